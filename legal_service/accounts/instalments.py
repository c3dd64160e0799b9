"""The instalments of a loan, each with the period it pays for: as the tape gives them, else computed from the terms.

The loan's principal is what the borrower received (民法典 670). A schedule on the tape that adds up to another sum is brought
back to it: what is too much is taken from the last instalments, what is missing falls to the last one, and the difference
is reported as a doubt, never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service.accounts import schedule
from legal_service.accounts.facts import InstalmentFact, LoanFacts, RateSegment
from legal_service.money import Fen, Micro


@dataclass(frozen=True, slots=True)
class Period:
    """One line that falls due, and the period its interest is for.

    `base` is the scheduled balance the interest is counted on; `regular` says that the interest is a month's, not counted by
    days. `number` is None for the acceleration line. `row` is the line's own row: the instalment on the tape, else the contract;
    `rows` are all it rests on, the dated rates of its own days among them where its interest is computed.
    """

    number: int | None
    due_on: date
    principal: Fen
    interest: Fen
    fee: Fen
    base: Fen
    opened_on: date
    regular: bool
    rows: tuple[str, ...]
    row: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All periods by due day, and by how much the tape's principal differs from the sum paid out (0 where it agrees)."""

    periods: tuple[Period, ...]
    difference: Fen = 0


def rate_changes(facts: LoanFacts) -> tuple[RateSegment, ...]:
    """The dated changes of the yearly rate, oldest first; a row that repeats the rate already ruling changes nothing."""
    ruling = facts.annual_rate
    changes = []
    for segment in sorted(facts.rates, key=lambda segment: segment.from_on):
        if segment.annual_rate != ruling:
            changes.append(segment)
            ruling = segment.annual_rate
    return tuple(changes)


def rates_of(facts: LoanFacts) -> tuple[tuple[date, Micro], ...]:
    """The same changes as plain days and rates."""
    return tuple((change.from_on, change.annual_rate) for change in rate_changes(facts))


def rate_rows(facts: LoanFacts, changes: tuple[RateSegment, ...], opened_on: date, until: date) -> tuple[str, ...]:
    """The rows of the rates that rule from a day (counted) to another (not counted); of the first day alone where both are one.

    `changes` are those of `rate_changes`; the contract's own row stands for its own rate.
    """
    ruling = [facts.row]
    for change in changes:
        if change.from_on <= opened_on:
            ruling = [change.row]
        elif change.from_on < until:
            ruling.append(change.row)
    return tuple(ruling)


def plan(facts: LoanFacts) -> Plan:
    """The schedule that binds the parties. Refuses terms that no schedule follows from."""
    return _given(facts) if facts.instalments else _computed(facts)


def _computed(facts: LoanFacts) -> Plan:
    terms = schedule.Terms(
        principal=facts.disbursed_amount,
        annual_rate=facts.annual_rate,
        months=facts.term_months,
        method=facts.method,
        disbursed_on=facts.disbursed_on,
        first_due_on=facts.first_due_on,
        day_count=facts.day_count,
        rates=rates_of(facts),
    )
    changes, own = rate_changes(facts), (facts.row,)
    return Plan(
        tuple(
            Period(
                row.number, row.due_on, row.principal, row.interest, 0, row.balance + row.principal, row.opened_on,
                row.regular, with_rates(facts, changes, row.opened_on, row.due_on) if changes else own, facts.row, True,
            )
            for row in schedule.build(terms).rows
        )
    )  # fmt: skip


def with_rates(
    facts: LoanFacts, changes: tuple[RateSegment, ...], opened_on: date, until: date, *between: str
) -> tuple[str, ...]:
    """The contract's row, other rows between, and those of the rates that rule on the days of a period."""
    return tuple(dict.fromkeys((facts.row, *between, *rate_rows(facts, changes, opened_on, until))))


def _given(facts: LoanFacts) -> Plan:
    given = sorted(facts.instalments, key=lambda line: (line.due_on, line.number))
    difference = sum(line.principal for line in given) - facts.disbursed_amount
    principals = _fitted([line.principal for line in given], difference)
    balance, opened_on = facts.disbursed_amount, facts.disbursed_on
    periods = []
    for line, principal in zip(given, principals, strict=True):
        regular = facts.method != "bullet" and _one_month(opened_on, line, facts)
        periods.append(
            Period(
                line.number, line.due_on, principal, line.interest, line.fee, balance, opened_on, regular,
                (facts.row, line.row), line.row,
            )
        )  # fmt: skip
        balance -= principal
        opened_on = line.due_on
    return Plan(tuple(periods), difference)


def _one_month(opened_on: date, line: InstalmentFact, facts: LoanFacts) -> bool:
    """Whether the period is one calendar month; later periods keep the day of the first due day, clamped."""
    anchor = 0 if opened_on == facts.disbursed_on else facts.first_due_on.day
    return line.due_on in (
        schedule.months_after(opened_on, 1),
        schedule.months_after(opened_on, 1, day_of_month=anchor),
    )


def _fitted(principals: list[Fen], difference: Fen) -> list[Fen]:
    """The principals brought to the sum paid out.

    >>> _fitted([300, 300, 300], 400), _fitted([300, 300, 300], -100)
    ([300, 200, 0], [300, 300, 400])
    """
    fitted = list(principals)
    if difference < 0:
        fitted[-1] -= difference
        return fitted
    for index in range(len(fitted) - 1, -1, -1):
        cut = min(fitted[index], difference)
        fitted[index] -= cut
        difference -= cut
    return fitted
