"""How long a sign-in lasts, and how often one may try: a browser left open is not an open door, a guess is not free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

IDLE_MINUTES = 60
"""A sign-in ends when no page was asked for so long."""
LONGEST_HOURS = 12
"""A sign-in ends after a working day, however busy."""
SEEN_SECONDS = 60
"""How often it is written down that a sign-in or a token is in use."""
MOST_FAILURES = 5
"""So many failures of one account within the window, then it must wait."""
WINDOW_MINUTES = 15
"""The window in which failures are counted."""

_IDLE = timedelta(minutes=IDLE_MINUTES)
_WINDOW = timedelta(minutes=WINDOW_MINUTES)


def window_began(now: datetime) -> datetime:
    """The moment since which failures count."""
    return now - _WINDOW


def wait_seconds(failures: Sequence[datetime], now: datetime) -> int:
    """Seconds until the account may try again: 0, or until fewer than five of its failures are in the window.

    Nobody is locked out for good: a refused try is not to be noted as another failure, and the wait is 15 minutes at most.
    """
    recent = sorted(moment for moment in failures if now - moment < _WINDOW)
    if len(recent) < MOST_FAILURES:
        return 0
    left = recent[-MOST_FAILURES] + _WINDOW - now
    return -(-left // timedelta(seconds=1))


def runs_until(began_at: datetime) -> datetime:
    """When a sign-in ends at the latest."""
    return began_at + timedelta(hours=LONGEST_HOURS)


def over(*, seen_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a sign-in has run out, by the working day or by an hour without a page."""
    return now >= ends_at or now - seen_at > _IDLE


def seen_again(seen_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to write down again that a sign-in or token is in use."""
    return seen_at is None or now - seen_at >= timedelta(seconds=SEEN_SECONDS)
