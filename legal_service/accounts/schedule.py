"""Repayment schedules: what a contract makes due on which day (还款计划表).

Four methods: equal instalments (等额本息), equal principal (等额本金), interest only (先息后本), bullet (到期还本付息). Amounts in
fen, yearly rates in millionths, every posted item rounded HALF_UP once. Source: contract.md section 5a; law.md 3.2.

A rate that changes on a dated day (rates.csv) re-prices the balance from the next period on; a period that the change cuts
in two is counted by days, each part at its own rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from legal_service.accounts.facts import Method
from legal_service.errors import Refusal, Words
from legal_service.money import MICRO, Fen, Micro, round_half_up

METHODS: tuple[Method, ...] = ("equal_instalment", "equal_principal", "interest_only", "bullet")
LONGEST = 600
"""Months; no consumer loan runs fifty years."""

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms a schedule follows from. `rates` are dated changes of the yearly rate, oldest first."""

    principal: Fen
    annual_rate: Micro
    months: int
    method: Method
    disbursed_on: date
    first_due_on: date
    day_count: int
    rates: tuple[tuple[date, Micro], ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One instalment: what falls due, the balance left after it, and the period it pays for (first day counts, last not)."""

    number: int
    due_on: date
    principal: Fen
    interest: Fen
    balance: Fen
    opened_on: date
    regular: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole schedule. `payment` is the regular sum to pay each time, None where it changes from month to month."""

    payment: Fen | None
    rows: tuple[ScheduleRow, ...]

    @property
    def total_interest(self) -> Fen:
        """All contract interest of the schedule."""
        return sum(row.interest for row in self.rows)


def months_after(day: date, months: int, *, day_of_month: int = 0) -> date:
    """The same day so many months later, clamped at the month's end; `day_of_month` keeps an earlier anchor.

    >>> months_after(date(2024, 1, 31), 1), months_after(date(2024, 2, 29), 1, day_of_month=31)
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 31))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    longest = _MONTH_DAYS[month]
    if month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        longest = 29
    return date(year, month + 1, min(day_of_month or day.day, longest))


def level_payment(principal: Fen, annual_rate: Micro, months: int) -> Fen:
    """The equal instalment: P·r·(1+r)^n / ((1+r)^n − 1) with r a twelfth of the yearly rate, exact until the one rounding.

    >>> level_payment(1_200_000, 120_000, 12), level_payment(1_200_000, 0, 12)
    (106619, 100000)
    """
    if annual_rate == 0:
        return round_half_up(principal, months)
    unit = 12 * MICRO
    grown, flat = (unit + annual_rate) ** months, unit**months
    return round_half_up(principal * annual_rate * grown, unit * (grown - flat))


def interest_of_month(balance: Fen, annual_rate: Micro) -> Fen:
    """Interest of a regular month: balance × rate / 12.

    >>> interest_of_month(1_000_000, 180_000)
    15000
    """
    return round_half_up(balance * annual_rate, 12 * MICRO)


def interest_by_days(
    base: Fen, opened_on: date, until: date, annual_rate: Micro, rates: tuple[tuple[date, Micro], ...], day_count: int
) -> Fen:
    """Interest from `opened_on` (counted) to `until` (not counted), one rounding for each stretch of constant rate.

    >>> interest_by_days(1_000_000, date(2026, 1, 10), date(2026, 2, 20), 180_000, (), 360)
    20500
    """
    cuts = [from_on for from_on, _ in rates if opened_on < from_on < until]
    edges = [opened_on, *cuts, until]
    return sum(
        round_half_up(base * rate_on(start, annual_rate, rates) * (end - start).days, MICRO * day_count)
        for start, end in pairwise(edges)
    )


def rate_on(day: date, annual_rate: Micro, rates: tuple[tuple[date, Micro], ...]) -> Micro:
    """The yearly rate that rules on a day: the last dated change on or before it, else the contract's.

    >>> rate_on(date(2026, 3, 1), 180_000, ((date(2026, 3, 1), 150_000),))
    150000
    """
    ruling = annual_rate
    for from_on, rate in rates:
        if from_on > day:
            break
        ruling = rate
    return ruling


def build(terms: Terms) -> Schedule:
    """The schedule of a contract, from the first due day to the last. Refuses terms that no schedule follows from.

    >>> rows = build(Terms(1_200_000, 120_000, 12, "equal_instalment", date(2026, 1, 15), date(2026, 2, 15), 360)).rows
    >>> rows[0].principal, rows[0].interest, rows[-1].principal, rows[-1].interest, rows[-1].balance
    (94619, 12000, 105558, 1056, 0)
    """
    _check(terms)
    return _bullet(terms) if terms.method == "bullet" else _monthly(terms)


def _monthly(terms: Terms) -> Schedule:
    balance, opened_on, anchor = terms.principal, terms.disbursed_on, terms.first_due_on.day
    first_regular = months_after(terms.disbursed_on, 1) == terms.first_due_on
    rate: Micro | None = None
    share, payment = 0, None
    rows = []
    for number in range(1, terms.months + 1):
        due_on = months_after(terms.first_due_on, number - 1, day_of_month=anchor)
        ruling = rate_on(opened_on, terms.annual_rate, terms.rates)
        if ruling != rate:
            rate = ruling
            share = _share(terms, balance, rate, terms.months - number + 1)
            payment = share if number == 1 else payment
        monthly = interest_of_month(balance, rate)
        regular = (number > 1 or first_regular) and not (
            terms.rates and any(opened_on < on < due_on for on, _ in terms.rates)
        )
        interest = (
            monthly
            if regular
            else interest_by_days(balance, opened_on, due_on, terms.annual_rate, terms.rates, terms.day_count)
        )
        part = share - monthly if terms.method == "equal_instalment" else share
        principal = balance if number == terms.months else min(balance, max(0, part))
        balance -= principal
        rows.append(ScheduleRow(number, due_on, principal, interest, balance, opened_on, regular))
        opened_on = due_on
    if terms.method == "interest_only":
        payment = interest_of_month(terms.principal, rate_on(terms.disbursed_on, terms.annual_rate, terms.rates))
    return Schedule(payment=None if terms.method == "equal_principal" else payment, rows=tuple(rows))


def _share(terms: Terms, balance: Fen, rate: Micro, months_left: int) -> Fen:
    """What is paid each month: with equal instalments both parts together, else the principal alone."""
    if terms.method == "equal_instalment":
        return _level_payment(balance, rate, months_left)
    return round_half_up(terms.principal, terms.months) if terms.method == "equal_principal" else 0


_level_payment = lru_cache(maxsize=4096)(level_payment)


def _bullet(terms: Terms) -> Schedule:
    interest = interest_by_days(
        terms.principal, terms.disbursed_on, terms.first_due_on, terms.annual_rate, terms.rates, terms.day_count
    )
    row = ScheduleRow(1, terms.first_due_on, terms.principal, interest, 0, terms.disbursed_on, regular=False)
    return Schedule(payment=terms.principal + interest, rows=(row,))


def _check(terms: Terms) -> None:
    wrong = None
    if terms.principal <= 0:
        wrong = Words(zh="本金须大于零", en="the principal must be above zero")
    elif terms.annual_rate < 0:
        wrong = Words(zh="年利率不得为负", en="the yearly rate must not be negative")
    elif not 1 <= terms.months <= LONGEST:
        wrong = Words(zh=f"期数须在 1 至 {LONGEST} 个月之间", en=f"the term must be 1 to {LONGEST} months")
    elif terms.method not in METHODS:
        wrong = Words(
            zh=f"还款方式须为 {'、'.join(METHODS)} 之一", en=f"the method must be one of {', '.join(METHODS)}"
        )
    elif terms.first_due_on <= terms.disbursed_on:
        wrong = Words(zh="首个还款日须晚于放款日", en="the first due day must be later than the disbursement")
    elif terms.day_count not in (360, 365):
        wrong = Words(zh="计息基础须为 360 或 365", en="the day count must be 360 or 365")
    if wrong:
        raise Refusal("schedule_terms", wrong, "contract.md 5a")
