"""The debt of one loan as it stands on the day the walk through the ledger has reached: what is due and not yet paid.

The only mutable state of the room. Days are `date.toordinal()`. `walk.py` moves it from day to day; `statement.py` freezes it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from legal_service.accounts.facts import PostingFact
from legal_service.accounts.instalments import Period
from legal_service.accounts.interest import Accrual, PenaltyRate
from legal_service.money import Fen

Component = Literal["costs", "interest", "compound", "penalty", "fees", "principal"]
COMPONENTS: tuple[Component, ...] = ("costs", "interest", "compound", "penalty", "fees", "principal")


class Part(NamedTuple):
    """One stroke of an appropriation: how much of a posting went to which component of which line, and when."""

    component: Component
    instalment: int | None
    row: str
    amount: Fen
    on: date


class Taking:
    """A payment or waiver while it is being applied: what is left of it and where the rest went."""

    __slots__ = ("left", "order", "parts", "posting", "waives")

    def __init__(self, posting: PostingFact) -> None:
        self.posting = posting
        self.waives = posting.kind == "waiver"
        self.left: Fen = posting.amount
        self.order: tuple[str, ...] = ()
        self.parts: list[Part] = []

    def take(self, owed: Fen) -> Fen:
        """As much of what is owed as is left."""
        part = min(owed, self.left)
        self.left -= part
        return part


class Charge:
    """A fee, or a cost of realising the debt, that has fallen due. `line` is the instalment that a scheduled fee belongs to."""

    __slots__ = ("amount", "component", "disclosed", "kind", "line", "on", "paid", "reference", "row", "unpaid")

    def __init__(
        self,
        *,
        on: date,
        kind: str,
        amount: Fen,
        reference: str,
        row: str,
        disclosed: bool = True,
        line: DueLine | None = None,
    ) -> None:
        self.on = on
        self.kind = kind
        self.component: Component = "costs" if kind == "legal_cost" else "fees"
        self.amount = amount
        self.unpaid = amount
        self.paid: Fen = 0
        self.reference = reference
        self.row = row
        self.disclosed = disclosed
        self.line = line


class DueLine:
    """An instalment (or the acceleration line) that has fallen due. `principal` and `interest` are what is unpaid of it."""

    __slots__ = (
        "compound", "compound_settled", "day", "fee", "interest", "interest_paid", "paid_off",
        "penalty", "penalty_settled", "period", "principal", "principal_paid",
    )  # fmt: skip

    def __init__(self, period: Period, *, rate: PenaltyRate, rate_row: str, day_count: int, compound: bool) -> None:
        self.period = period
        self.day = period.due_on.toordinal()
        self.principal = period.principal
        self.interest = period.interest
        self.principal_paid: Fen = 0
        self.interest_paid: Fen = 0
        self.fee: Charge | None = None
        row = rate_row if period.computed else period.row
        base = period.interest if compound else 0
        day, principal = self.day, period.principal
        self.penalty = Accrual(day=day, base=principal, rate=rate, day_count=day_count, row=row, rate_row=rate_row)
        self.compound = Accrual(day=day, base=base, rate=rate, day_count=day_count, row=row, rate_row=rate_row)
        self.penalty_settled: Fen = 0
        self.compound_settled: Fen = 0
        self.paid_off: int | None = None

    @property
    def outstanding(self) -> bool:
        """Whether principal, interest or fee is unpaid: that is what makes a line overdue."""
        return bool(self.principal or self.interest or (self.fee is not None and self.fee.unpaid))

    def owed(self, component: Component, day: int) -> Fen:
        """What is unpaid of a component at a day."""
        if component == "interest":
            return self.interest
        if component == "principal":
            return self.principal
        if component == "penalty":
            return self.penalty.accrued(day) - self.penalty_settled
        return self.compound.accrued(day) - self.compound_settled

    def reduce(self, component: Component, amount: Fen, day: int, row: str, *, waived: bool) -> None:
        """Take a payment or waiver off a component; less principal or interest means a new segment from that day on."""
        if component == "interest":
            self.interest -= amount
            self.interest_paid += 0 if waived else amount
            if self.compound.base:
                self.compound.rebase(day, self.interest, row)
        elif component == "principal":
            self.principal -= amount
            self.principal_paid += 0 if waived else amount
            self.penalty.rebase(day, self.principal, row)
        elif component == "penalty":
            self.penalty_settled += amount
        else:
            self.compound_settled += amount


class Debt:
    """All lines and charges of one loan that have fallen due, and the principal still out."""

    def __init__(
        self, *, principal: Fen, disbursed_on: date, rate: PenaltyRate, rate_row: str, day_count: int, compound: bool
    ) -> None:
        self.rate = rate
        self.rate_row = rate_row
        self.lines: list[DueLine] = []
        self.charges: list[Charge] = []
        self.principal_days = 0
        self._day_count = day_count
        self._compound = compound
        self._open: list[DueLine] = []
        self._open_charges: list[Charge] = []
        self._outstanding = principal
        self._outstanding_since = disbursed_on.toordinal()

    def fall_due(self, period: Period) -> None:
        """A line falls due, with its fee where it has one."""
        line = DueLine(
            period, rate=self.rate, rate_row=self.rate_row, day_count=self._day_count, compound=self._compound
        )
        self.lines.append(line)
        self._open.append(line)
        if period.fee:
            line.fee = Charge(
                on=period.due_on, kind="instalment_fee", amount=period.fee, reference="", row=period.row, line=line
            )
            self._charge(line.fee)

    def charge(self, posting: PostingFact) -> None:
        """A fee or cost falls due on the day it is booked."""
        self._charge(
            Charge(
                on=posting.on,
                kind=posting.component or "other",
                amount=posting.amount,
                reference=posting.reference,
                row=posting.row,
                disclosed=posting.disclosed,
            )
        )

    def reprice(self, day: int, rate: PenaltyRate, row: str) -> None:
        """The penalty rate changes from a day on, for every open line."""
        self.rate, self.rate_row = rate, row
        for line in self._open:
            line.penalty.reprice(day, rate, row)
            line.compound.reprice(day, rate, row)

    def settle(self, component: Component, taking: Taking, day: int) -> None:
        """Apply a payment or waiver to one component, oldest due first, as far as it reaches."""
        if component in ("fees", "costs"):
            self._settle_charges(component, taking, day)
            return
        for line in self._open:
            owed = line.owed(component, day)
            if owed:
                part = taking.take(owed)
                line.reduce(component, part, day, taking.posting.row, waived=taking.waives)
                taking.parts.append(Part(component, line.period.number, line.period.row, part, date.fromordinal(day)))
                if component == "principal":
                    self._principal_falls(part, day)
                if not taking.left:
                    return

    def tidy(self, day: int) -> None:
        """Note which lines were paid off on a day, and set aside those on which nothing at all is left."""
        for line in self._open:
            if line.paid_off is None and not line.outstanding:
                line.paid_off = day
        self._open = [
            line
            for line in self._open
            if line.paid_off is None or line.owed("penalty", day) or line.owed("compound", day)
        ]
        self._open_charges = [charge for charge in self._open_charges if charge.unpaid]

    def oldest_overdue(self, day: int) -> DueLine | None:
        """The oldest line due before a day with principal, interest or fee unpaid."""
        return next((line for line in self._open if line.day < day and line.paid_off is None), None)

    def days_past_due(self, day: int) -> int:
        """Days since the oldest overdue line fell due, 0 without one."""
        oldest = self.oldest_overdue(day)
        return 0 if oldest is None else day - oldest.day

    def close(self, day: int) -> None:
        """Count the principal out up to the close of the last day."""
        self._principal_falls(0, day)

    def _charge(self, charge: Charge) -> None:
        self.charges.append(charge)
        self._open_charges.append(charge)

    def _principal_falls(self, amount: Fen, day: int) -> None:
        self.principal_days += self._outstanding * (day - self._outstanding_since)
        self._outstanding_since = day
        self._outstanding -= amount

    def _settle_charges(self, component: Component, taking: Taking, day: int) -> None:
        for charge in self._open_charges:
            if charge.component == component and charge.unpaid and taking.left:
                part = taking.take(charge.unpaid)
                charge.unpaid -= part
                charge.paid += 0 if taking.waives else part
                number = charge.line.period.number if charge.line is not None else None
                taking.parts.append(Part(component, number, charge.row, part, date.fromordinal(day)))
