"""When somebody is reminded of a deadline: by the length of what runs, and always near the internal date.

A claim that dies of time is told of 12, 6, 3 and 1 months before (law.md 1); every deadline 7, 3 and 1 days before its internal
date. Both are policies of the house: no article asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from legal_service import money
from legal_service.cases.docket import Due
from legal_service.law.debt_questions import REMINDERS as MONTHS
from legal_service.law.periods import Length, add

DAYS = (7, 3, 1)
"""So many days before the internal date."""

DYING = ("limitation", "guarantee_period", "enforcement")
"""Deadlines with whose last day the claim itself dies: limitation, the guarantor's liability, the right to enforcement."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A deadline somebody has to know of: whose case it is, what is at stake in fen, and the day of the reminder, if one is told."""

    due: Due
    owner: str
    claim_total: int
    reminded_on: date | None = None

    def as_json(self) -> dict[str, object]:
        """The deadline as the docket prints it, with its owner, what is at stake and the reminder."""
        return {
            **self.due.as_json(),
            "owner": self.owner,
            "claim_total": money.amount_text(self.claim_total),
            "reminded_on": self.reminded_on.isoformat() if self.reminded_on else None,
        }


def reminders(rule: str, trigger: date, last_day: date, internal: date) -> tuple[date, ...]:
    """The days on which somebody is reminded, earliest first; none on or before the day the period began.

    >>> [str(day) for day in reminders("docketing", date(2026, 7, 1), date(2026, 7, 8), date(2026, 7, 8))]
    ['2026-07-05', '2026-07-07']
    >>> [str(day) for day in reminders("enforcement", date(2026, 1, 5), date(2028, 1, 5), date(2028, 1, 5))][:4]
    ['2027-01-05', '2027-07-05', '2027-10-05', '2027-12-05']
    """
    found = {internal - timedelta(days=days) for days in DAYS}
    if rule in DYING:
        found |= {add(last_day, Length(-months, "month")) for months in MONTHS}
    return tuple(sorted(day for day in found if day > trigger))


def reminders_of(due: Due) -> tuple[date, ...]:
    """The days on which somebody is reminded of a deadline."""
    return reminders(due.rule, due.trigger, due.period.last_day, due.period.internal)


def ends_reminded(since: date, until: date) -> frozenset[date]:
    """The legal last days of dying claims of which a reminder by months falls between two days, both included.

    >>> sorted(map(str, ends_reminded(date(2026, 2, 28), date(2026, 2, 28))))[:4]
    ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']
    """
    far = max(MONTHS) * 31 + (until - since).days + 31
    days = (since + timedelta(days=ahead) for ahead in range(far))
    return frozenset(day for day in days if any(since <= add(day, Length(-one, "month")) <= until for one in MONTHS))


def internals_reminded(since: date, until: date) -> tuple[date, date]:
    """The internal dates of which a reminder by days may fall between two days: the first and the last."""
    return since + timedelta(days=min(DAYS)), until + timedelta(days=max(DAYS))
