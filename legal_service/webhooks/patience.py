"""How long a failed delivery waits for its next attempt, and after how many it is given up."""

from __future__ import annotations

WAITS = (10.0, 60.0, 300.0, 1_800.0, 7_200.0, 21_600.0, 43_200.0, 86_400.0, 86_400.0)
"""Seconds: 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h, 24 h and 24 h again; ten attempts within some three days."""


def wait_after(attempts: int) -> float | None:
    """Seconds to wait after so many failed attempts; None when there have been enough.

    >>> [wait_after(n) for n in (1, 2, 9, 10)]
    [10.0, 60.0, 86400.0, None]
    """
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
