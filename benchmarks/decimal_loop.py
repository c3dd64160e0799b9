"""The peer of `statements_portfolio`: a loop in `Decimal` and `date` over plain rows, as one writes it from contract.md section 4.

Amounts are yuan, as a NUMERIC column gives them; every segment is one multiplication and one rounding. Designations, dated
rates and reversals do not occur in the loans it is given. It shares no line with the engine.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from sqlite3 import Connection
from typing import Any

CENT, NOTHING = Decimal("0.01"), Decimal(0)
CAP = Decimal("0.24")
DISCLOSED_FROM = date(2026, 8, 1)
WITHIN = {"costs": ("costs",), "interest": ("interest", "compound", "penalty", "fees"), "principal": ("principal",)}


def cents(amount: Decimal) -> Decimal:
    """Rounded to the fen, half a fen upwards."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(slots=True)
class Loan:
    """A loan as the rows have it."""

    amount: Decimal
    rate: Decimal
    uplift: Decimal
    compound: bool
    day_count: int
    disbursed_on: date
    first_due_on: date
    accelerated_on: date | None
    allocation: str
    signed: bool
    instalments: list[tuple[date, Decimal, Decimal, Decimal]] = field(default_factory=list)
    postings: list[tuple[date, str, Decimal, str, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """An instalment that has fallen due, or the acceleration line: what is unpaid, and what has accrued."""

    due_on: date
    principal: Decimal
    interest: Decimal
    fee: Charge | None = None
    since: date = date.min
    penalty: Decimal = NOTHING
    bound: Decimal = NOTHING
    compound_since: date = date.min
    compound: Decimal = NOTHING
    penalty_settled: Decimal = NOTHING
    compound_settled: Decimal = NOTHING

    def unpaid(self) -> bool:
        """Whether it is overdue once its day is past."""
        return bool(self.principal or self.interest or (self.fee and self.fee.owed))


@dataclass(slots=True)
class Charge:
    """A fee or a cost."""

    kind: str
    owed: Decimal
    disclosed: bool


class Account:
    """The account of one loan, from event to event."""

    def __init__(self, loan: Loan) -> None:
        self.loan = loan
        self.lines: list[Line] = []
        self.charges: list[Charge] = []
        self.credit: list[Decimal] = []
        self.rate = loan.rate * (1 + loan.uplift)
        self.outstanding, self.outstanding_since = loan.amount, loan.disbursed_on
        self.principal_days = self.charged = self.excess = NOTHING
        self.orders = []
        for clause in loan.allocation.split(";"):
            days, _, order = clause.rpartition(":")
            self.orders.append((int(days or 0), [part for kind in order.split(",") for part in WITHIN[kind]]))

    def penalty(self, line: Line, day: date) -> tuple[Decimal, Decimal]:
        """Penalty and its bound under the test, by the close of a day."""
        days = (day - line.since).days
        if not line.principal or not days:
            return line.penalty, line.bound
        penalty = cents(line.principal * self.rate * days / self.loan.day_count)
        return line.penalty + penalty, line.bound + cents(line.principal * CAP * days / 365)

    def compound(self, line: Line, day: date) -> Decimal:
        """Compound interest by the close of a day."""
        days = (day - line.compound_since).days
        if not self.loan.compound or not line.interest or not days:
            return line.compound
        return line.compound + cents(line.interest * self.rate * days / self.loan.day_count)

    def days_past_due(self, day: date) -> int:
        """Days since the oldest unpaid line fell due."""
        return next(((day - line.due_on).days for line in self.lines if line.due_on < day and line.unpaid()), 0)

    def fall_due(self, period: Period) -> None:
        """An instalment falls due, and is held against the bound of its period."""
        line = Line(period.due_on, period.principal, period.interest, since=period.due_on, compound_since=period.due_on)
        if period.fee:
            line.fee = self.charge("fees", period.fee, self.loan.signed)
        self.lines.append(line)
        if period.regular:
            bound = cents(period.balance * CAP / 12)
        else:
            bound = cents(period.balance * CAP * (period.due_on - period.opened_on).days / 365)
        self.charged += period.interest
        self.excess += max(NOTHING, period.interest - bound)

    def charge(self, kind: str, amount: Decimal, disclosed: bool) -> Charge:
        """A charge falls due."""
        self.charges.append(Charge(kind, amount, disclosed))
        self.charged += amount if kind == "fees" else NOTHING
        return self.charges[-1]

    def pay(self, left: Decimal, day: date) -> Decimal:
        """Appropriate a payment; answers what is left over."""
        late = self.days_past_due(day)
        order = next(order for days, order in reversed(self.orders) if late >= days)
        for kind in order:
            if not left:
                break
            left = self.settle(kind, left, day)
        return left

    def settle(self, kind: str, left: Decimal, day: date) -> Decimal:
        """Lay an amount against one kind, oldest due first."""
        if kind in ("fees", "costs"):
            for charge in self.charges:
                if charge.kind == kind and charge.owed:
                    part = min(left, charge.owed)
                    charge.owed -= part
                    left -= part
            return left
        for line in self.lines:
            if not left:
                break
            if kind == "principal" and line.principal:
                part = min(left, line.principal)
                line.penalty, line.bound = self.penalty(line, day)
                line.since = day
                line.principal -= part
                self.principal_falls(part, day)
            elif kind == "interest" and line.interest:
                part = min(left, line.interest)
                line.compound, line.compound_since = self.compound(line, day), day
                line.interest -= part
            elif kind == "penalty":
                part = min(left, self.penalty(line, day)[0] - line.penalty_settled)
                line.penalty_settled += part
            elif kind == "compound":
                part = min(left, self.compound(line, day) - line.compound_settled)
                line.compound_settled += part
            else:
                continue
            left -= part
        return left

    def principal_falls(self, part: Decimal, day: date) -> None:
        """Count the principal that was out, and take off what was paid."""
        self.principal_days += self.outstanding * (day - self.outstanding_since).days
        self.outstanding -= part
        self.outstanding_since = day


@dataclass(slots=True)
class Period:
    """An instalment with the period its interest is for."""

    due_on: date
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal
    opened_on: date
    regular: bool


def periods(loan: Loan, as_of: date) -> list[Period]:
    """The instalments, the last ones cut or raised to the sum paid out, and acceleration on its day."""
    found, balance, opened_on = [], loan.amount, loan.disbursed_on
    for due_on, principal, interest, fee in loan.instalments:
        principal = min(principal, balance)
        found.append(Period(due_on, principal, interest, fee, balance, opened_on, _month(opened_on, due_on, loan)))
        balance, opened_on = balance - principal, due_on
    found[-1].principal += balance
    day = loan.accelerated_on
    undue = [one for one in found if day and one.due_on > day]
    if not day or day > as_of or not undue:
        return found
    due = found[: len(found) - len(undue)]
    principal, opened_on = sum((one.principal for one in undue), NOTHING), due[-1].due_on if due else loan.disbursed_on
    interest = cents(principal * loan.rate * (day - opened_on).days / loan.day_count)
    return [*due, Period(day, principal, interest, NOTHING, principal, opened_on, False)]


def _month(opened_on: date, due_on: date, loan: Loan) -> bool:
    year, month = divmod(opened_on.year * 12 + opened_on.month, 12)
    if (due_on.year, due_on.month) != (year, month + 1):
        return False
    longest = monthrange(year, month + 1)[1]
    anchor = opened_on.day if opened_on == loan.disbursed_on else loan.first_due_on.day
    return due_on.day in (min(opened_on.day, longest), min(anchor, longest))


def totals(loan: Loan, as_of: date) -> tuple[int | Decimal, ...]:
    """The figures of `accounts.portfolio.totals.Totals`, in that order."""
    account, scheduled = Account(loan), periods(loan, as_of)
    due = [one for one in scheduled if one.due_on <= as_of]
    events: dict[date, tuple[list[Period], list[Any], list[Any]]] = {}
    for period in due:
        events.setdefault(period.due_on, ([], [], []))[0].append(period)
    for posting in loan.postings:
        if posting[0] <= as_of:
            events.setdefault(posting[0], ([], [], []))[1 if posting[1] == "charge" else 2].append(posting)
    for day in sorted(events):
        falling, charged, booked = events[day]
        for period in falling:
            account.fall_due(period)
        for _, _, amount, component, disclosed in charged:
            account.charge("costs" if component == "legal_cost" else "fees", amount, disclosed)
        if account.credit and (falling or charged):
            account.credit = [left for one in account.credit if (left := account.pay(one, day))]
        for _, kind, amount, component, _ in booked:
            if kind == "waiver":
                account.settle(component, amount, day)
            elif left := account.pay(amount, day):
                account.credit.append(left)
    account.principal_falls(NOTHING, as_of)
    undue = sum((one.principal for one in scheduled[len(due) :]), NOTHING)
    return _added(account, undue, as_of)


def _added(account: Account, undue: Decimal, as_of: date) -> tuple[int | Decimal, ...]:
    principal = interest = penalty = compound = overdue = NOTHING
    for line in account.lines:
        accrued, bound = account.penalty(line, as_of)
        upon = account.compound(line, as_of)
        principal += line.principal
        overdue += line.principal if line.due_on < as_of else NOTHING
        interest += line.interest
        penalty += accrued - line.penalty_settled
        compound += upon - line.compound_settled
        account.charged += accrued + upon
        account.excess += max(NOTHING, accrued + upon - bound)
    fees = sum((one.owed for one in account.charges if one.kind == "fees"), NOTHING)
    costs = sum((one.owed for one in account.charges if one.kind == "costs"), NOTHING)
    hidden = NOTHING
    if account.loan.disbursed_on >= DISCLOSED_FROM:
        hidden = sum((one.owed for one in account.charges if one.kind == "fees" and not one.disclosed), NOTHING)
    ceiling = cents(account.principal_days * CAP / 365)
    life = max(NOTHING, account.charged - account.excess - ceiling)
    unpaid = interest + penalty + compound + fees
    reduction = min(account.excess + life, unpaid)
    claim = principal + costs + unpaid - max(hidden, reduction)
    return (
        account.days_past_due(as_of), principal, undue, interest, penalty, compound, fees, costs, principal + unpaid + costs,
        hidden, sum(account.credit, NOTHING), overdue, ceiling, account.charged, account.excess, life, reduction,
        account.excess + life - reduction, claim,
    )  # fmt: skip


def read(connection: Connection) -> Iterator[Loan]:
    """Every loan from the rows, by contract id."""
    loans = {row[0]: _loan(row[1:]) for row in connection.execute(_LOANS)}
    for key, due_on, principal, interest, fee in connection.execute(_INSTALMENTS):
        loans[key].instalments.append((date.fromisoformat(due_on), _yuan(principal), _yuan(interest), _yuan(fee)))
    for key, on, kind, amount, component, disclosed in connection.execute(_POSTINGS):
        loans[key].postings.append((date.fromisoformat(on), kind, _yuan(amount), component, bool(disclosed)))
    yield from loans.values()


_LOANS = """SELECT id, disbursed_amount, annual_rate, penalty_uplift, compound, day_count, disbursed_on, first_due_on,
  accelerated_on, allocation, signed_cost_table FROM contract ORDER BY id"""
_INSTALMENTS = (
    """SELECT contract_id, due_on, principal, interest, fee FROM instalment ORDER BY contract_id, due_on, number"""
)
_POSTINGS = """SELECT contract_id, posted_on, kind, amount, component, disclosed FROM posting
  ORDER BY contract_id, posted_on, id"""


def _loan(row: tuple[Any, ...]) -> Loan:
    amount, rate, uplift, compound, day_count, disbursed_on, first_due_on, accelerated_on, allocation, signed = row
    return Loan(
        _yuan(amount), Decimal(rate).scaleb(-6), Decimal(uplift).scaleb(-2), bool(compound), day_count,
        date.fromisoformat(disbursed_on), date.fromisoformat(first_due_on),
        date.fromisoformat(accelerated_on) if accelerated_on else None, allocation, bool(signed),
    )  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
