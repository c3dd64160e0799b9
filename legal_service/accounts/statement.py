"""The statement of account (欠款明细): what one borrower owes on one loan at the close of a day, and why.

`compute` is a function of the facts, the day and the rules of law alone. Every line, posting and charge carries the rows it
rests on. Source: contract.md section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service.accounts import delinquency
from legal_service.accounts.acceleration import accelerated
from legal_service.accounts.cap import CapTest, Unpaid, cap_test, examine
from legal_service.accounts.claim import Claim
from legal_service.accounts.debt import Charge, Debt, DueLine, Part, Taking
from legal_service.accounts.delinquency import Oldest
from legal_service.accounts.doubts import doubts_of
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import Period, plan
from legal_service.accounts.interest import Segment
from legal_service.accounts.reversals import Reversed, ledger_on
from legal_service.accounts.rules import Rules
from legal_service.accounts.walk import walk
from legal_service.errors import Finding, Refusal, Words
from legal_service.money import Fen


@dataclass(frozen=True, slots=True)
class Line:
    """One instalment, or the acceleration line: as scheduled, what was paid of it, what accrued on it, what is unpaid."""

    period: Period
    due: bool
    principal_paid: Fen
    interest_paid: Fen
    paid_off_on: date | None
    overdue_days: int
    penalty: Fen
    compound: Fen
    principal_unpaid: Fen
    interest_unpaid: Fen
    penalty_unpaid: Fen
    compound_unpaid: Fen
    penalty_segments: tuple[Segment, ...]
    compound_segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A payment, deduction or waiver and where it went. `unapplied`: money waiting for the next due day, or the part of a waiver
    that found nothing to waive."""

    on: date
    kind: str
    component: str
    reference: str
    amount: Fen
    parts: tuple[Part, ...]
    order: tuple[str, ...]
    unapplied: Fen
    row: str

    def to(self, component: str) -> Fen:
        """How much of it went to a component."""
        return sum(part.amount for part in self.parts if part.component == component)


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A fee or a cost of realising the debt. `instalment` is set for a fee of the schedule."""

    on: date
    kind: str
    instalment: int | None
    reference: str
    amount: Fen
    paid: Fen
    unpaid: Fen
    disclosed: bool
    row: str

    @property
    def is_cost(self) -> bool:
        """Whether it is a cost of realising the debt (实现债权的费用), outside the 24 % test."""
        return self.kind == "legal_cost"


@dataclass(frozen=True, slots=True)
class Statement:
    """The account of one loan at the close of `as_of`. Amounts are unpaid and due, except `principal_undue`."""

    facts: LoanFacts
    rules: Rules
    as_of: date
    days_past_due: int
    oldest_due_on: date | None
    tier: str
    five_class_floor: str
    why_tier: Words
    principal_due: Fen
    principal_undue: Fen
    interest: Fen
    penalty: Fen
    compound: Fen
    fees: Fen
    costs: Fen
    undisclosed_fees: Fen
    unapplied: Fen
    cap: CapTest
    claim: Claim
    accelerated_on: date | None
    lines: tuple[Line, ...]
    postings: tuple[Entry, ...]
    charges: tuple[ChargeLine, ...]
    reversed: tuple[Reversed, ...]
    doubts: tuple[Finding, ...]

    @property
    def accelerates(self) -> bool:
        """Whether the acceleration told of took up anything: on or after the last due day nothing is left to accelerate."""
        return any(line.period.number is None for line in self.lines)

    @property
    def undisclosed_reduced(self) -> Fen:
        """The part of the undisclosed fees that the cap's reduction has already taken off, and that is not deducted again."""
        return min(self.cap.reduction, self.undisclosed_fees)

    @property
    def undisclosed_left(self) -> Fen:
        """The undisclosed fees that leave the claim besides the reduction."""
        return self.undisclosed_fees - self.undisclosed_reduced

    @property
    def principal(self) -> Fen:
        """All principal still out."""
        return self.principal_due + self.principal_undue

    @property
    def total(self) -> Fen:
        """All that is due and unpaid."""
        return self.principal_due + self.interest + self.penalty + self.compound + self.fees + self.costs


def compute(facts: LoanFacts, as_of: date, rules: Rules) -> Statement:
    """The statement of one loan. Refuses a day before the disbursement, and terms no schedule follows from."""
    _check(facts, as_of)
    scheduled = plan(facts)
    accelerates = facts.accelerated_on is not None and facts.accelerated_on <= as_of
    periods = accelerated(facts, scheduled.periods) if accelerates else scheduled.periods
    ledger = ledger_on(facts.postings, as_of)
    debt, takings = walk(facts, periods, ledger.standing, as_of)
    day = as_of.toordinal()
    lines = [_line(line, day) for line in debt.lines]
    lines += [_undue(period) for period in periods[len(lines) :]]
    required = rules.disclosure_from is not None and facts.disbursed_on >= rules.disclosure_from
    untold = required and not facts.signed_cost_table
    charges = tuple(_charge_line(charge, untold) for charge in debt.charges)
    undisclosed, told = _fees_told(charges) if required else (0, 0)
    unpaid = _unpaid(lines, charges)
    cap = _cap(lines, charges, debt, unpaid, rules)
    oldest = _oldest(debt, day)
    days_past_due = debt.days_past_due(day)
    principal_due = sum(line.principal_unpaid for line in lines)
    costs = sum(charge.unpaid for charge in charges if charge.is_cost)
    claimable = unpaid.less_both(cap.reduction, undisclosed)
    return Statement(
        facts=facts,
        rules=rules,
        as_of=as_of,
        days_past_due=days_past_due,
        oldest_due_on=oldest.due_on if oldest else None,
        tier=delinquency.tier(days_past_due),
        five_class_floor=delinquency.five_class_floor(days_past_due),
        why_tier=delinquency.why(oldest, as_of),
        principal_due=principal_due,
        principal_undue=sum(line.period.principal for line in lines if not line.due),
        interest=unpaid.interest,
        penalty=unpaid.penalty,
        compound=unpaid.compound,
        fees=unpaid.fees,
        costs=costs,
        undisclosed_fees=undisclosed,
        unapplied=sum(taking.left for taking in takings if not taking.waives),
        cap=cap,
        claim=Claim(principal_due, claimable.interest, claimable.penalty, claimable.compound, claimable.fees, costs),
        accelerated_on=facts.accelerated_on if accelerates else None,
        lines=tuple(lines),
        postings=tuple(_entry(taking) for taking in takings),
        charges=charges,
        reversed=ledger.reversed,
        doubts=doubts_of(
            facts,
            as_of,
            scheduled.difference,
            ledger,
            rules,
            undisclosed,
            told if untold else 0,
            cap,
            periods is not scheduled.periods,
        ),
    )


def _check(facts: LoanFacts, as_of: date) -> None:
    if as_of < facts.disbursed_on:
        reason = Words(
            zh=f"贷款 {facts.loan_no} 于 {facts.disbursed_on} 放款，{as_of} 尚无账可对",
            en=f"loan {facts.loan_no} was disbursed on {facts.disbursed_on}: there is no account as of {as_of}",
        )
        raise Refusal("not_disbursed", reason, "民法典 第六百七十条")


def _line(line: DueLine, day: int) -> Line:
    penalty, compound = line.penalty.accrued(day), line.compound.accrued(day)
    until = day if line.paid_off is None else line.paid_off
    return Line(
        period=line.period,
        due=True,
        principal_paid=line.principal_paid,
        interest_paid=line.interest_paid,
        paid_off_on=None if line.paid_off is None else date.fromordinal(line.paid_off),
        overdue_days=until - line.day,
        penalty=penalty,
        compound=compound,
        principal_unpaid=line.principal,
        interest_unpaid=line.interest,
        penalty_unpaid=penalty - line.penalty_settled,
        compound_unpaid=compound - line.compound_settled,
        penalty_segments=line.penalty.segments(day),
        compound_segments=line.compound.segments(day),
    )


def _undue(period: Period) -> Line:
    return Line(period, False, 0, 0, None, 0, 0, 0, 0, 0, 0, 0, (), ())


def _charge_line(charge: Charge, untold: bool) -> ChargeLine:
    """A charge as it stands; `untold`: no cost table was signed where one is required, so nothing told of the schedule's fees."""
    return ChargeLine(
        on=charge.on,
        kind=charge.kind,
        instalment=charge.line.period.number if charge.line is not None else None,
        reference=charge.reference,
        amount=charge.amount,
        paid=charge.paid,
        unpaid=charge.unpaid,
        disclosed=charge.disclosed and not (untold and charge.line is not None),
        row=charge.row,
    )


def _entry(taking: Taking) -> Entry:
    posting = taking.posting
    return Entry(
        on=posting.on,
        kind=posting.kind,
        component=posting.component,
        reference=posting.reference,
        amount=posting.amount,
        parts=tuple(taking.parts),
        order=taking.order,
        unapplied=taking.left,
        row=posting.row,
    )


def _unpaid(lines: list[Line], charges: tuple[ChargeLine, ...]) -> Unpaid:
    return Unpaid(
        interest=sum(line.interest_unpaid for line in lines),
        penalty=sum(line.penalty_unpaid for line in lines),
        compound=sum(line.compound_unpaid for line in lines),
        fees=sum(charge.unpaid for charge in charges if not charge.is_cost),
    )


def _fees_told(charges: tuple[ChargeLine, ...]) -> tuple[Fen, Fen]:
    """Unpaid fees the borrower was not told of, and those he was told of, where he must be told before the contract."""
    fees = [charge for charge in charges if not charge.is_cost]
    told = sum(charge.unpaid for charge in fees if charge.disclosed)
    return sum(charge.unpaid for charge in fees) - told, told


def _cap(lines: list[Line], charges: tuple[ChargeLine, ...], debt: Debt, unpaid: Unpaid, rules: Rules) -> CapTest:
    due = (line for line in lines if line.due)
    under_test = tuple(
        examine(line.period, line.penalty, line.compound, line.penalty_segments, rules.cap_rate) for line in due
    )
    fees = sum(charge.amount for charge in charges if not charge.is_cost)
    return cap_test(under_test, fees=fees, principal_days=debt.principal_days, unpaid=unpaid, rules=rules)


def _oldest(debt: Debt, day: int) -> Oldest | None:
    line = debt.oldest_overdue(day)
    if line is None:
        return None
    fee = line.fee.unpaid if line.fee is not None else 0
    return Oldest(line.period.number, line.period.due_on, line.principal, line.interest, fee)
