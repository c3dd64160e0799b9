"""How long a worker may be silent before its job is another's, and how often a job is tried."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from legal_service import labels

LEASE_SECONDS = 6.0
HEARTBEAT_SECONDS = 1.5
MOST_ATTEMPTS = 3
HEARD_SECONDS = 30.0
"""A worker not heard for so long is taken for dead."""
FORGOTTEN_SECONDS = 86_400.0
"""A worker silent for a day is struck off the list."""
UNFINISHED = ("waiting", "running")
STATUSES = ("waiting", "running", "done", "failed", "stopped", "dead")

labels.register(
    "job_status",
    {
        "waiting": ("等待中", "waiting"),
        "running": ("进行中", "running"),
        "done": ("已完成", "done"),
        "failed": ("已拒绝", "refused"),
        "stopped": ("已取消", "cancelled"),
        "dead": ("多次失败", "failed for good"),
    },
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job held by one worker; `fence` rises with every claim, so that a stale worker's word no longer counts."""

    job_id: int
    kind: str
    arguments: dict[str, Any]
    requested_by: str
    fence: int
    attempts: int


class Stopped(Exception):
    """Raised within a task at its next step once somebody asked to stop it; the open transaction rolls back.

    `by` is who asked.
    """

    def __init__(self, by: str) -> None:
        super().__init__("stopped")
        self.by = by


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job as its requester sees it; `stop_asked_by` is filled once somebody asked to stop it, finished or not."""

    id: int
    kind: str
    status: str
    requested_by: str
    requested_at: datetime
    ready_at: datetime
    attempts: int
    done_units: int
    total_units: int
    progress_text: str
    outcome: dict[str, Any] | None
    finished_at: datetime | None
    stop_asked_by: str = ""

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status not in UNFINISHED


def key_of(kind: str, arguments: dict[str, Any]) -> str:
    """The key under which an unfinished job is asked for only once.

    >>> key_of("sweep", {"as_of": "2026-03-31"}) == key_of("sweep", {"as_of": "2026-03-31"})
    True
    """
    canonical = json.dumps([kind, arguments], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def patience(attempts: int) -> float:
    """Seconds to wait before the next attempt after an unexpected failure.

    >>> [patience(n) for n in (1, 2, 3)]
    [2.0, 4.0, 8.0]
    """
    return float(2**attempts)
