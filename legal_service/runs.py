"""One attempt at one job: what a task gets to report by, and how far a job is at this moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from legal_service import clock
from legal_service.database import Actor, Transaction
from legal_service.installation import Installation
from legal_service.jobs import files as words
from legal_service.jobs import operations as jobs
from legal_service.jobs import outcomes
from legal_service.jobs import queries as job_queries
from legal_service.jobs.leases import HEARTBEAT_SECONDS, Claim, JobFacts, Stopped

Outcome = dict[str, Any]


@dataclass
class Run:
    """One attempt at one job."""

    installation: Installation
    claimed: Claim
    actor: Actor
    watch: Callable[[int, int, str], None] = lambda done, total, text: None
    done: int = 0
    total: int = 0
    text: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    lost: bool = False
    stop_asked_by: str = ""
    kept: Outcome = field(default_factory=dict)
    """What stands should the task be stopped now: a batch fills it after each case (`done`, `total`, and its own)."""

    @property
    def arguments(self) -> dict[str, Any]:
        """What the job was asked to do."""
        return self.claimed.arguments

    def progress(self, done: int, total: int, text: str) -> None:
        """Say how far the task is; the heartbeat writes it to the row, beside any transaction that is open.

        Raises `Stopped` when somebody asked to stop the job, and refuses `job_lost` when another worker has taken it
        over meanwhile: going on would be in vain.
        """
        self._go_on()
        self.done, self.total, self.text = done, total, text
        self.watch(done, total, text)

    def renew(self) -> None:
        """Renew the lease, write the progress now and see whether to go on: for tasks of many transactions, between two."""
        self.beat()
        self._go_on()

    def beat(self) -> None:
        """Renew the lease, write the progress, read whether the job is still ours and wanted."""
        with self.installation.database.aside(institution_id=self.installation.institution_id) as session:
            self.lost = not jobs.beat(
                session, self.claimed, now=clock.now(), done=self.done, total=self.total, text=self.text
            )
            self.stop_asked_by = job_queries.stop_asked(session, self.claimed.job_id)

    def _go_on(self) -> None:
        if by := self.stop_asked_by or words.word_left(words_of(self.installation), self.claimed.job_id):
            raise Stopped(by)
        if self.lost:
            raise outcomes.job_lost(self.claimed.job_id)

    def conclude(self, tx: Transaction, outcome: Outcome, *, failed: bool = False) -> Outcome:
        """Finish the job in the task's own transaction."""
        jobs.conclude(tx, self.claimed, outcome=outcome, failed=failed, now=clock.now())
        return outcome

    def beat_until_stopped(self) -> None:
        """Renew the lease; while another transaction holds SQLite's write lock nobody can take the job either.

        How far the task is goes into a file beside such a database first, for the row waits for the very same lock.
        """
        beside = self.installation.database.engine.dialect.name == "sqlite"
        while not self.ended.wait(HEARTBEAT_SECONDS):
            if beside:
                self._leave_progress()
            with suppress(OperationalError):
                self.beat()

    def _leave_progress(self) -> None:
        words.leave_progress(
            words_of(self.installation), job_id=self.claimed.job_id, done=self.done, total=self.total, text=self.text
        )


def words_of(installation: Installation) -> Path:
    """Where the words about jobs lie that a database cannot carry just now."""
    return installation.settings.instance / "stops"


def current(installation: Installation, facts: JobFacts) -> JobFacts:
    """A job as it is this moment: its row, and what a task amid its transaction said beside a SQLite database."""
    said = words.progress_left(words_of(installation), facts.id) if facts.status in ("running", "waiting") else None
    if said is None:
        return facts
    done, total, text = said
    return replace(facts, status="running", done_units=done, total_units=total, progress_text=text)
