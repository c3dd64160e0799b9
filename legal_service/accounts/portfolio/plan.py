"""The instalments of a loan in integers, mirroring `accounts.instalments`, `acceleration` and `schedule.interest_by_days`."""

from __future__ import annotations

from typing import Any

from legal_service.accounts.portfolio.layout import (
    ACCELERATED_ON,
    ACCELERATION,
    ANCHOR,
    BALANCE,
    BULLET,
    COMPUTED,
    DAY_COUNT,
    DUE_ON,
    FEE_OF,
    FROM_ON,
    INTEREST_OF,
    MICRO,
    NEW_RATE,
    OPENED_ON,
    PAID_OUT,
    PAID_OUT_ON,
    PRINCIPAL_OF,
    RATE,
    compiled,
)  # fmt: skip


@compiled
def rounded(numerator: int, denominator: int) -> int:
    """`money.round_half_up` of what is not negative, without doubling the numerator."""
    quotient = numerator // denominator
    return quotient + (1 if 2 * (numerator - quotient * denominator) >= denominator else 0)


@compiled
def reduced(numerator: int, denominator: int) -> tuple[int, int]:
    """A fraction in its lowest terms: the same quotient from smaller products."""
    one, other = numerator, denominator
    while other:
        one, other = other, one % other
    return (numerator // one, denominator // one) if numerator else (0, 1)


@compiled
def civil(ordinal: int) -> tuple[int, int]:
    """Months since the year 0, and the day of the month, of `date.fromordinal`."""
    shifted = ordinal + 305  # days since 0000-03-01
    era, day = shifted // 146097, shifted % 146097
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    of_year = day - (365 * year + year // 4 - year // 100)
    march = (5 * of_year + 2) // 153
    return (year + era * 400) * 12 + march + 2, of_year - (153 * march + 2) // 5 + 1


@compiled
def last_day_of(month: int) -> int:
    """Days in a month counted since the year 0."""
    year, of_year = month // 12, month % 12
    if of_year == 1:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if of_year in (3, 5, 8, 10) else 31


@compiled
def one_month(opened_on: int, due_on: int, loan: Any) -> bool:
    """`instalments._one_month`: the due day is a month on, or a month on with the day of the first due day."""
    month, day = civil(opened_on)
    due_month, due_day = civil(due_on)
    if due_month != month + 1:
        return False
    longest = last_day_of(due_month)
    kept = day if opened_on == loan[PAID_OUT_ON] else loan[ANCHOR]
    return bool(due_day == min(day, longest) or due_day == min(kept, longest))


@compiled
def regular(period: Any, loan: Any, rates: Any) -> bool:
    """`Period.regular`: a month's interest, not counted by days; in a computed schedule no rate changes within it."""
    if loan[BULLET] or period[ACCELERATION] or not one_month(period[OPENED_ON], period[DUE_ON], loan):
        return False
    if loan[COMPUTED]:
        for at in range(len(rates)):
            if period[OPENED_ON] < rates[at, FROM_ON] < period[DUE_ON]:
                return False
    return True


@compiled
def interest_by_days(principal: int, opened_on: int, until: int, loan: Any, rates: Any) -> int:
    """`schedule.interest_by_days`: one rounding for each stretch of constant rate."""
    total, start, rate = 0, opened_on, loan[RATE]
    for at in range(len(rates)):
        change = rates[at, FROM_ON]
        if change >= until:
            break
        if change > opened_on:
            total += rounded(principal * rate * (change - start), MICRO * loan[DAY_COUNT])
            start = change
        rate = rates[at, NEW_RATE]
    return total + rounded(principal * rate * (until - start), MICRO * loan[DAY_COUNT])


@compiled
def planned(loan: Any, instalments: Any, rates: Any, periods: Any, as_of: int) -> int:
    """`instalments.plan` and `acceleration.accelerated`: fills `periods`, answers how many there are."""
    count, difference = len(instalments), -loan[PAID_OUT]
    for at in range(count):
        for column in range(4):
            periods[at, column] = instalments[at, column]
        difference += instalments[at, PRINCIPAL_OF]
    for at in range(count - 1, -1, -1):
        cut = difference if difference < 0 else min(periods[at, PRINCIPAL_OF], difference)
        periods[at, PRINCIPAL_OF] -= cut
        difference -= cut
    balance, opened_on = loan[PAID_OUT], loan[PAID_OUT_ON]
    for at in range(count):
        periods[at, BALANCE], periods[at, OPENED_ON], periods[at, ACCELERATION] = balance, opened_on, 0
        balance -= periods[at, PRINCIPAL_OF]
        opened_on = periods[at, DUE_ON]
    day = loan[ACCELERATED_ON]
    if not day or day > as_of or periods[count - 1, DUE_ON] <= day:
        return count
    undue, principal = count, 0
    while undue and periods[undue - 1, DUE_ON] > day:
        undue -= 1
        principal += periods[undue, PRINCIPAL_OF]
    opened_on = periods[undue - 1, DUE_ON] if undue else loan[PAID_OUT_ON]
    line = periods[undue]
    line[DUE_ON], line[PRINCIPAL_OF], line[FEE_OF] = day, principal, 0
    line[INTEREST_OF] = interest_by_days(principal, opened_on, day, loan, rates)
    line[BALANCE], line[OPENED_ON], line[ACCELERATION] = principal, opened_on, 1
    return undue + 1
