"""What the database already holds of the numbers that a tape refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownPosting:
    """A repayment line already in the ledger (or earlier on the tape)."""

    kind: str
    on: date
    amount: int
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class KnownLoan:
    """What the checks need of a loan: its disbursement, the repayments in the ledger by reference, whether a cost table was signed."""

    disbursed_on: date | None
    repayments: dict[str, KnownPosting]
    signed_cost_table: bool = False


@dataclass(slots=True)
class Known:
    """What the database already holds of the numbers that the tape refers to."""

    borrowers: set[str] = field(default_factory=set)
    lenders: set[str] = field(default_factory=set)
    loans: dict[str, KnownLoan] = field(default_factory=dict)
