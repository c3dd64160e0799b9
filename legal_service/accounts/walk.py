"""The walk through a loan's life, day by day: what falls due, acceleration, then postings.

What a payment leaves over stays unapplied and is drawn on the next day on which something falls due, oldest money first.
Fees and costs fall due on the day they are booked. Source: contract.md section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from legal_service.accounts.appropriation import Allocation, appropriate, order_for, parse, waive
from legal_service.accounts.debt import Debt, Taking
from legal_service.accounts.facts import LoanFacts, PostingFact, RateSegment
from legal_service.accounts.instalments import Period, rate_changes, rate_rows, rates_of
from legal_service.accounts.interest import penalty_rate
from legal_service.accounts.schedule import rate_on


@dataclass(slots=True)
class _Day:
    """What happens on one day, in the order in which it counts."""

    rates: list[RateSegment] = field(default_factory=list)
    due: list[Period] = field(default_factory=list)
    charges: list[PostingFact] = field(default_factory=list)
    postings: list[PostingFact] = field(default_factory=list)


def walk(
    facts: LoanFacts, periods: tuple[Period, ...], standing: tuple[PostingFact, ...], as_of: date
) -> tuple[Debt, list[Taking]]:
    """Take the debt from disbursement to the close of `as_of`; also every payment and waiver with where it went."""
    rate = rate_on(facts.disbursed_on, facts.annual_rate, rates_of(facts))
    debt = Debt(
        principal=facts.disbursed_amount,
        disbursed_on=facts.disbursed_on,
        rate=penalty_rate(rate, facts.penalty_uplift),
        rate_row=rate_rows(facts, rate_changes(facts), facts.disbursed_on, facts.disbursed_on)[-1],
        day_count=facts.day_count,
        compound=facts.compound,
    )
    allocation = parse(facts.allocation)
    takings: list[Taking] = []
    credit: list[Taking] = []
    days = _days(facts, periods, standing, as_of)
    for day in sorted(days):
        events = days[day]
        for change in events.rates:
            debt.reprice(day, penalty_rate(change.annual_rate, facts.penalty_uplift), change.row)
        for period in events.due:
            debt.fall_due(period)
        for charge in events.charges:
            debt.charge(charge)
        if events.due:
            debt.tidy(day)
        if credit and (events.due or events.charges):
            credit = _draw(debt, credit, allocation, day)
        for posting in events.postings:
            taking = Taking(posting)
            takings.append(taking)
            if taking.waives:
                waive(debt, taking, day)
                continue
            appropriate(debt, taking, day, order_for(taking, allocation, debt.days_past_due(day)))
            if taking.left:
                credit.append(taking)
    debt.close(as_of.toordinal())
    return debt, takings


def _draw(debt: Debt, credit: list[Taking], allocation: Allocation, day: int) -> list[Taking]:
    """Draw on the money left over from earlier payments; answers with what is still left over."""
    for taking in credit:
        appropriate(debt, taking, day, order_for(taking, allocation, debt.days_past_due(day)))
    return [taking for taking in credit if taking.left]


def _days(
    facts: LoanFacts, periods: tuple[Period, ...], standing: tuple[PostingFact, ...], as_of: date
) -> dict[int, _Day]:
    last = as_of.toordinal()
    days: dict[int, _Day] = {}

    def on(day: int) -> _Day:
        return days.get(day) or days.setdefault(day, _Day())

    for segment in rate_changes(facts):
        if facts.disbursed_on < segment.from_on <= as_of:
            on(segment.from_on.toordinal()).rates.append(segment)
    for period in periods:
        ordinal = period.due_on.toordinal()
        if ordinal > last:
            break
        on(ordinal).due.append(period)
    for posting in standing:
        events = on(posting.on.toordinal())
        (events.charges if posting.kind == "charge" else events.postings).append(posting)
    return days
