"""The state of the audit trail as the pages show it: walked whole, at most once a minute in each process."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from legal_service.access import queries

SECONDS = 60


@dataclass(frozen=True, slots=True)
class TrailState:
    """How many entries stood in an unbroken chain at a moment; `broken_at` is the number of the first bad one."""

    entries: int
    broken_at: int | None
    checked_at: datetime

    @property
    def ok(self) -> bool:
        """Whether the chain is whole."""
        return self.broken_at is None


class TrailWatch:
    """Keeps the last walk: a chain of a million entries takes some seconds to walk and must not be walked by every reader."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: TrailState | None = None

    def state(self, session: Session, *, now: datetime) -> TrailState:
        """The state now, or as it was found less than a minute ago (`checked_at` says when)."""
        with self._lock:
            if self._last is None or (now - self._last.checked_at).total_seconds() >= SECONDS:
                broken, entries = queries.walk_trail(session)
                self._last = TrailState(entries, broken.seq if broken else None, now)
            return self._last
