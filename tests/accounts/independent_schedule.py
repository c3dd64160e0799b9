"""The independent reading of sections 4 and 5a on schedules, dated rates and segments; see `independent.py`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from legal_service.accounts.facts import InstalmentFact, LoanFacts

CAP = Fraction(24, 100)


def rounded(amount: Fraction) -> int:
    """Whole fen, half a fen upwards (no amount here is negative)."""
    return int(amount + Fraction(1, 2))


def months_later(day: date, months: int, keep_day: int | None = None) -> date:
    """The same day of a later month, or that month's last day if it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(keep_day or day.day, monthrange(year, month + 1)[1]))


def schedule(loan: LoanFacts) -> list[InstalmentFact]:
    """The instalments: as the tape gives them, else computed from the terms (section 5a)."""
    if loan.instalments:
        return sorted(loan.instalments, key=lambda each: each.number)
    rate, balance, months = Fraction(loan.annual_rate, 10**6), loan.disbursed_amount, loan.term_months
    by_days = interest_by_days(loan, balance, loan.disbursed_on, loan.first_due_on)
    if loan.method == "bullet":
        return [InstalmentFact(1, loan.first_due_on, balance, by_days, 0, "")]
    growth = (1 + rate / 12) ** months
    level = rounded(balance * rate / 12 * growth / (growth - 1)) if rate else rounded(Fraction(balance, months))
    rows = []
    for number in range(1, months + 1):
        interest = rounded(balance * rate / 12)
        if number == months:
            principal = balance
        elif loan.method == "equal_instalment":
            principal = level - interest
        elif loan.method == "equal_principal":
            principal = rounded(Fraction(loan.disbursed_amount, months))
        else:
            principal = 0
        if number == 1 and loan.first_due_on != months_later(loan.disbursed_on, 1):
            interest = by_days
        due_on = months_later(loan.first_due_on, number - 1, loan.first_due_on.day)
        rows.append(InstalmentFact(number, due_on, principal, interest, 0, ""))
        balance -= principal
    return rows


def rate_on(loan: LoanFacts, day: date) -> Fraction:
    """The contract rate of a day."""
    held = [each for each in loan.rates if each.from_on <= day]
    return Fraction(max(held, key=lambda each: each.from_on).annual_rate if held else loan.annual_rate, 10**6)


def interest_by_days(loan: LoanFacts, base: int, since: date, until: date) -> int:
    """Contract interest from one day, counted, to another, not counted."""
    clock = Clock()
    for number in range((until - since).days):
        clock.one_day(base, rate_on(loan, since + timedelta(days=number)))
    return clock.accrued(loan.day_count)


@dataclass
class Clock:
    """Days on end at one base and one rate make a segment; each segment is rounded once."""

    segments: list[list[Any]] = field(default_factory=list)  # [base, rate, days]

    def one_day(self, base: int, rate: Fraction) -> None:
        """Note one more day: it lengthens the segment of the day before if base and rate are still the same."""
        if self.segments and self.segments[-1][:2] == [base, rate]:
            self.segments[-1][2] += 1
        else:
            self.segments.append([base, rate, 1])

    def accrued(self, day_count: int) -> int:
        return sum(rounded(base * rate * days / day_count) for base, rate, days in self.segments)

    def ceiling(self) -> int:
        return sum(rounded(base * CAP * days / 365) for base, _, days in self.segments)
