"""The lines of an invented ledger, as they stand on the tape and as the account reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from legal_service.accounts.facts import PostingFact
from legal_service.money import amount_text

RepaymentKind = Literal["payment", "deduction", "reversal"]


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money that came, or the undoing of it."""

    on: date
    amount: int
    reference: str
    channel: str
    kind: RepaymentKind
    reverses: str = ""
    designated: str = ""

    def fact(self) -> PostingFact:
        """As the account reads it."""
        order = tuple(self.designated.split(",")) if self.designated else ()
        row = f"repayment:{self.reference}"
        return PostingFact(
            self.on,
            self.kind,
            self.amount,
            self.reference,
            row,
            0,
            reverses=self.reverses,
            designated=order,
            channel=self.channel,
        )

    def row(self) -> dict[str, str]:
        """The line of repayments.csv."""
        return {
            "paid_on": self.on.isoformat(),
            "amount": amount_text(self.amount),
            "reference": self.reference,
            "channel": self.channel,
            "kind": self.kind,
            "reverses": self.reverses,
            "designated": self.designated,
        }


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee or a cost."""

    on: date
    kind: str
    amount: int
    reference: str
    taker: str
    disclosed: bool

    def fact(self) -> PostingFact:
        """As the account reads it."""
        row = f"charge:{self.reference}"
        return PostingFact(
            self.on,
            "charge",
            self.amount,
            self.reference,
            row,
            0,
            component=self.kind,
            disclosed=self.disclosed,
            taker=self.taker,
        )

    def row(self) -> dict[str, str]:
        """The line of charges.csv."""
        return {
            "on": self.on.isoformat(),
            "kind": self.kind,
            "amount": amount_text(self.amount),
            "reference": self.reference,
            "taker": self.taker,
            "disclosed": "Y" if self.disclosed else "N",
        }


@dataclass(frozen=True, slots=True)
class Waiver:
    """A sum let off, with who approved it."""

    on: date
    kind: str
    amount: int
    reference: str
    approved_by: str

    def fact(self) -> PostingFact:
        """As the account reads it."""
        row = f"waiver:{self.reference}"
        return PostingFact(self.on, "waiver", self.amount, self.reference, row, 0, component=self.kind)

    def row(self) -> dict[str, str]:
        """The line of waivers.csv."""
        return {
            "on": self.on.isoformat(),
            "kind": self.kind,
            "amount": amount_text(self.amount),
            "reference": self.reference,
            "approved_by": self.approved_by,
        }


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in arrears: from the due day that was missed until the day it was made good (None: still open)."""

    due_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What happened on one loan until the business date."""

    repayments: tuple[Repayment, ...]
    charges: tuple[Charge, ...]
    waivers: tuple[Waiver, ...]
    episodes: tuple[Episode, ...]
    accelerated_on: date | None
    compensated_on: date | None
    compensated_amount: int

    def facts(self) -> tuple[PostingFact, ...]:
        """All lines as the account reads them, numbered as the import orders a day: repayments, charges, waivers."""
        return (
            *(replace(line.fact(), position=place) for place, line in enumerate(self.repayments)),
            *(replace(line.fact(), position=place) for place, line in enumerate(self.charges, len(self.repayments))),
            *(
                replace(line.fact(), position=place)
                for place, line in enumerate(self.waivers, len(self.repayments) + len(self.charges))
            ),
        )
