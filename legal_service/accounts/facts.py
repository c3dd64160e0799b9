"""What the account rests on, as frozen facts: the terms of the contract and the lines of the ledger.

`queries.py` turns rows into these; the pure modules of the room see only these. Every fact carries `row`, the id of the
row it came from (`contract:HM0001`, `posting:1234`, `instalment:88`), so that every figure can say what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from legal_service import labels
from legal_service.money import Fen, Micro

Method = Literal["equal_instalment", "equal_principal", "interest_only", "bullet"]
PostingKind = Literal["payment", "deduction", "reversal", "charge", "waiver"]

labels.register(
    "method",
    {
        "equal_instalment": ("等额本息", "equal instalments"),
        "equal_principal": ("等额本金", "equal principal"),
        "interest_only": ("按月付息、到期还本", "interest monthly, principal at the end"),
        "bullet": ("到期一次还本付息", "one payment at the end"),
    },
)
labels.register(
    "charge",
    {
        "service_fee": ("服务费", "service fee"),
        "insurance": ("保险费", "insurance premium"),
        "guarantee_fee": ("担保费", "guarantee fee"),
        "legal_cost": ("实现债权的费用", "costs of realising the debt"),
        "other": ("其他费用", "other charge"),
    },
)
labels.register(
    "waiver",
    {
        "interest": ("减免利息", "interest waived"),
        "penalty": ("减免罚息", "penalty interest waived"),
        "compound": ("减免复利", "compound interest waived"),
        "fees": ("减免费用", "fees waived"),
        "principal": ("减免本金", "principal waived"),
    },
)


@dataclass(frozen=True, slots=True)
class RateSegment:
    """The annual rate that holds from a date on (rates.csv)."""

    from_on: date
    annual_rate: Micro
    row: str


@dataclass(frozen=True, slots=True)
class InstalmentFact:
    """One instalment as the tape gives it (instalments.csv) or as computed from the terms."""

    number: int
    due_on: date
    principal: Fen
    interest: Fen
    fee: Fen
    row: str


@dataclass(frozen=True, slots=True)
class PostingFact:
    """One line of the ledger. Amounts are positive fen; `kind` says what the line does.

    `component` is the kind of a charge (service_fee, insurance, guarantee_fee, legal_cost, other) or of a waiver
    (interest, penalty, compound, fees, principal), else empty. `reverses` is the reference of the repayment that a
    reversal undoes. `designated` is the debtor's order (costs, interest, principal), possibly empty. `position` orders
    lines of one day as they stood in the ledger.
    """

    on: date
    kind: PostingKind
    amount: Fen
    reference: str
    row: str
    position: int
    component: str = ""
    reverses: str = ""
    designated: tuple[str, ...] = ()
    disclosed: bool = True
    taker: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class NoticeArrival:
    """The day on which the notice of acceleration reached the borrower (民法典 565), and the rows that prove it.

    A higher room knows it (`cases.queries.statement`): papers served, receipts in the vault, the contact log.
    """

    on: date
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """One loan contract with its ledger: all that a statement of account needs.

    `notice` and `complaint`: when an acceleration notice, and when the copy of a complaint, is known to have reached the borrower.

    `lender_type` is the lender's kind on the tape (empty: the tape names none; None: not asked). `penalty_uplift` is in hundredths (0.5 = +50 % is 50). `allocation` is the contract's order as written on the tape
    (`costs,interest,principal` or with later orders `…;91:costs,principal,interest`).
    """

    loan_no: str
    contract_no: str
    principal: Fen
    disbursed_amount: Fen
    annual_rate: Micro
    penalty_uplift: int
    compound: bool
    day_count: Literal[360, 365]
    method: Method
    term_months: int
    disbursed_on: date
    first_due_on: date
    row: str
    allocation: str = "costs,interest,principal"
    acceleration_clause: bool = False
    accelerated_on: date | None = None
    signed_cost_table: bool = False
    rates: tuple[RateSegment, ...] = ()
    instalments: tuple[InstalmentFact, ...] = ()
    postings: tuple[PostingFact, ...] = field(default=())
    notice: NoticeArrival | None = None
    complaint: NoticeArrival | None = None
    lender_type: str | None = None
