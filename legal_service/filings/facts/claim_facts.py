"""All the facts that a 民事起诉状（金融借款合同纠纷）needs, frozen.

The caller gathers them from the rooms below; nothing here is looked up or guessed. What is not known is the empty string or
None: the element then stays blank on the form and `readiness` names it. Fields with `metadata["personal"]` are personal
data of that kind; a copy for another audience is drawn by replacing them before anything is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from legal_service.filings.facts.claim_people import Agent, Defendant, Organisation, Person
from legal_service.law.parameters import Status
from legal_service.money import Fen, Micro
from legal_service.redaction.kinds import Kind

Value = TypeVar("Value", int, date)

RepaymentMethod = Literal["equal_instalment", "equal_principal", "bullet", "monthly", "quarterly", "yearly", "other"]
Remedy = Literal["none", "acceleration", "termination"]


@dataclass(frozen=True, slots=True)
class Stated(Generic[Value]):
    """A figure as the books state it (fen, millionths, hundredths, days or a date) and the ids of the rows it rests on."""

    value: Value
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The numbers of the contract's clauses as its text bears them (十二 or 12.1); empty: not known."""

    rate: str = ""
    uplift: str = ""
    compound: str = ""
    penalty: str = ""
    acceleration: str = ""
    costs: str = ""


@dataclass(frozen=True, slots=True)
class DatedRate:
    """The yearly rate that holds from a date on."""

    from_on: date
    rate: Stated[Micro]


@dataclass(frozen=True, slots=True)
class Contract:
    """The loan contract. `penalty_uplift` is in hundredths (50 = +50 %).

    `annual_rate` is the rate agreed at first; `rates` are its dated changes in force as of the statement, oldest first.
    """

    name: str
    number: str
    signed_on: date | None
    signed_at: str
    agreed_amount: Stated[Fen]
    disbursed_amount: Stated[Fen]
    disbursed_on: Stated[date]
    starts_on: Stated[date]
    ends_on: Stated[date]
    annual_rate: Stated[Micro]
    penalty_uplift: Stated[int]
    compound: bool
    day_count: Literal[360, 365]
    method: RepaymentMethod
    row: str
    method_text: str = ""
    clauses: Clauses = field(default_factory=Clauses)
    rates: tuple[DatedRate, ...] = ()

    @property
    def rate_in_force(self) -> Stated[Micro]:
        """The yearly rate of the day of the statement: that of the last change, else the one agreed at first."""
        return self.rates[-1].rate if self.rates else self.annual_rate


@dataclass(frozen=True, slots=True)
class Account:
    """The statement of account the claim rests on (contract.md section 4), every figure with its rows; `claim_account` reads it.

    `principal` … `costs` are what is claimed at the close of `as_of`: due, unpaid, after the reduction to the cap and without
    fees never disclosed; they add up to `claim_total`. `reduced` and `undisclosed_fees` are what was left out for those two
    reasons. `principal_paid` and `interest_paid` (contract interest, penalty and compound together) were appropriated from
    payments. `overdue_since` is the day after the oldest unpaid due day. `row` is the id of the statement itself.
    """

    as_of: date
    principal: Stated[Fen]
    principal_undue: Stated[Fen]
    interest: Stated[Fen]
    penalty: Stated[Fen]
    compound: Stated[Fen]
    fees: Stated[Fen]
    costs: Stated[Fen]
    claim_total: Stated[Fen]
    reduced: Stated[Fen]
    undisclosed_fees: Stated[Fen]
    cap_rate: Micro
    principal_paid: Stated[Fen]
    interest_paid: Stated[Fen]
    interest_paid_until: Stated[date] | None
    overdue_since: Stated[date] | None
    days_past_due: Stated[int]
    row: str
    cap_basis: str = "法发〔2017〕22号 第二条"
    cap_status: Status = "awaiting_counsel"


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand for payment that reached its addressee. `means` reads 短信, 邮政特快专递 and the like."""

    on: Stated[date]
    means: str


@dataclass(frozen=True, slots=True)
class Breach:
    """What the lender did upon default. One remedy only: acceleration and termination never stand together.

    `effective_on` is the day the loan fell due early or the contract ended; `notice_reached_on` the day the notice arrived.
    """

    remedy: Remedy
    effective_on: Stated[date] | None = None
    notice_reached_on: Stated[date] | None = None
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A contract of guarantee (保证). `unclear` counts as general (民法典 686(2)). `until` is the agreed end of the period.

    `row` is also the `row` of the guarantor's `Person`: that is how the two are matched.
    """

    guarantor: str = field(metadata={"personal": Kind.PERSON})
    liability: Literal["joint", "general", "unclear"]
    signed_on: date | None
    content: str = field(metadata={"prose": True})
    until: date | None
    demanded_on: date | None
    row: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Real security: a mortgage or pledge (抵押、质押). `fixed_on` and `limit` belong to a maximum-amount charge."""

    kind: Literal["mortgage", "pledge"]
    provider: str = field(metadata={"personal": Kind.PERSON})
    thing: str = field(metadata={"personal": Kind.TITLE_CERTIFICATE})
    signed_on: date | None
    registration: Literal["formal", "preliminary", "none"]
    row: str
    maximum: bool = False
    fixed_on: date | None = None
    limit: Stated[Fen] | None = None


@dataclass(frozen=True, slots=True)
class OtherSecurity:
    """Any other kind of security, in words."""

    form: str = field(metadata={"prose": True})
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Forum:
    """What was agreed on courts and arbitration. `clause` is the clause's number and words; `connection` ties the court to
    the dispute (民事诉讼法 第三十五条)."""

    court: str = ""
    clause: str = field(default="", metadata={"prose": True})
    connection: str = field(default="", metadata={"prose": True})
    arbitration: bool = False


@dataclass(frozen=True, slots=True)
class Preservation:
    """Preservation taken before suit (诉前保全)."""

    court: str
    on: date | None
    case_number: str


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost of realising the debt (律师费, 公证费…), part of the statement's costs."""

    name: str
    amount: Stated[Fen]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A line of the evidence list: number, name, source (民事诉讼法 第一百二十四条) and what it proves."""

    number: int
    name: str
    source: str = field(metadata={"prose": True})
    purpose: str


@dataclass(frozen=True, slots=True)
class MediationWishes:
    """The plaintiff's own answers to the last part of the form; None leaves both boxes blank."""

    known: bool | None = None
    speed: bool | None = None
    fees: bool | None = None
    mediators: bool | None = None
    confidentiality: bool | None = None
    enforceability: bool | None = None
    wanted: Literal["yes", "no", "undecided", ""] = ""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Everything one statement of claim rests on: one plaintiff organisation, one borrower and any guarantors as defendants."""

    plaintiff: Organisation
    agents: tuple[Agent, ...]
    defendants: tuple[Defendant, ...]
    contract: Contract
    account: Account
    breach: Breach
    guarantees: tuple[Guarantee, ...]
    forum: Forum
    evidence: tuple[EvidenceItem, ...]
    mediation: MediationWishes
    charges: tuple[Charge, ...] = ()
    other_security: OtherSecurity | None = None
    preservation: Preservation | None = None
    costs: tuple[CostItem, ...] = ()
    court_fee: bool = True
    until_paid: bool = True
    other_claims: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    signed_on: date | None = None

    @property
    def borrower(self) -> Person:
        """The borrower among the defendants. Raises `LookupError` when there is none (readiness names it first)."""
        for defendant in self.defendants:
            if defendant.role == "borrower":
                return defendant.person
        raise LookupError("no defendant is the borrower")

    @property
    def guarantors_sued(self) -> tuple[Person, ...]:
        """The guarantors among the defendants, in order."""
        return tuple(defendant.person for defendant in self.defendants if defendant.role == "guarantor")

    def liability_of(self, guarantor: Person) -> Literal["joint", "general"] | None:
        """How a guarantor is liable; an unclear guarantee is a general one (民法典 686(2)). None: no guarantee on file."""
        for guarantee in self.guarantees:
            if guarantee.row == guarantor.row:
                return "joint" if guarantee.liability == "joint" else "general"
        return None
