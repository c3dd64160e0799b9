"""The local worker: runs the jobs whose rows the business transactions left behind. A thin call of operations.

The same `perform` serves the command line (which is its own worker while it waits) and `legal worker`. A task gets a
`Run`; it reports progress through it, and concludes the job in the transaction of its business.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from legal_service import clock
from legal_service.database import LOCAL_OPERATOR, Actor, Transaction
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries as job_queries
from legal_service.jobs.leases import HEARTBEAT_SECONDS, Claim, JobFacts

log = structlog.get_logger()

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
    stop: threading.Event = field(default_factory=threading.Event)
    lost: bool = False

    @property
    def arguments(self) -> dict[str, Any]:
        """What the job was asked to do."""
        return self.claimed.arguments

    def progress(self, done: int, total: int, text: str) -> None:
        """Say how far the task is; the heartbeat writes it to the row, beside any transaction that is open.

        Refuses `job_lost` when another worker has taken the job over meanwhile: going on would be in vain.
        """
        if self.lost:
            raise jobs.job_lost(self.claimed)
        self.done, self.total, self.text = done, total, text
        self.watch(done, total, text)

    def renew(self) -> None:
        """Renew the lease and write the progress now: for tasks of many transactions, between two of them."""
        with self.installation.database.aside(institution_id=self.installation.institution_id) as session:
            self.lost = not jobs.beat(
                session, self.claimed, now=clock.now(), done=self.done, total=self.total, text=self.text
            )

    def conclude(self, tx: Transaction, outcome: Outcome, *, failed: bool = False) -> Outcome:
        """Finish the job in the task's own transaction."""
        jobs.conclude(tx, self.claimed, outcome=outcome, failed=failed, now=clock.now())
        return outcome

    def beat_until_stopped(self) -> None:
        """Renew the lease; while another transaction holds SQLite's write lock nobody can take the job either."""
        while not self.stop.wait(HEARTBEAT_SECONDS):
            with suppress(OperationalError):
                self.renew()


Task = Callable[[Run], Outcome]


def perform(
    installation: Installation, claimed: Claim, tasks: dict[str, Task], watch: Callable[[int, int, str], None]
) -> Outcome:
    """Run one claimed job to its end and answer its outcome.

    A refusal fails the job for good (trying again would refuse again) and is raised; anything unexpected is raised
    after the job was put back for another attempt.
    """
    run = Run(installation, claimed, LOCAL_OPERATOR, watch)
    pulse = threading.Thread(target=run.beat_until_stopped, daemon=True, name=f"heartbeat-{claimed.job_id}")
    pulse.start()
    try:
        if claimed.requested_by != LOCAL_OPERATOR.email:
            run.actor = installation.actor(claimed.requested_by)
        return tasks[claimed.kind](run)
    except (Refusal, Findings) as refused:
        with installation.transaction(run.actor) as tx:
            jobs.conclude(tx, claimed, outcome=_told(refused), failed=True)
        raise
    except BaseException as failure:
        with installation.database.aside(institution_id=installation.institution_id) as session:
            jobs.give_up(session, claimed, now=clock.now(), error=type(failure).__name__)
        raise
    finally:
        run.stop.set()
        pulse.join(HEARTBEAT_SECONDS)


def _told(refused: Refusal | Findings) -> Outcome:
    if isinstance(refused, Refusal):
        return {"refusal": refused.as_json("zh") | {"reason_en": refused.reason.en}}
    return {"findings": [one.as_json("zh") | {"message_en": one.message.en} for one in refused.findings]}


def _answer(facts: JobFacts) -> Outcome:
    """What another worker's end of the job means to who waited for it: its outcome, or the refusal it met."""
    outcome = facts.outcome or {}
    if facts.status == "done":
        return outcome
    if told := outcome.get("refusal"):
        raise Refusal(told["code"], Words(zh=told["reason"], en=told["reason_en"]), told["basis"])
    if "findings" in outcome:
        raise Findings(
            [
                Finding(
                    one["code"], one["severity"], one["where"],
                    Words(zh=one["message"], en=one["message_en"]), one["basis"],
                )
                for one in outcome["findings"]
            ]
        )  # fmt: skip
    raise Refusal(
        "job_dead",
        Words(
            zh=f"任务 {facts.id} 试了 {facts.attempts} 次均未成功（{outcome.get('error', '')}），不再自动重试；请查明原因后重新提交。",
            en=f"job {facts.id} failed {facts.attempts} times ({outcome.get('error', '')}) and is not tried again; mend the cause and ask anew.",
        ),
        "机构内部规则：任务重试（house policy: retries）",
    )


def run_now(
    installation: Installation,
    *,
    actor: Actor,
    kind: str,
    arguments: dict[str, Any],
    tasks: dict[str, Task],
    watch: Callable[[int, int, str], None] = lambda done, total, text: None,
) -> Outcome:
    """Ask for a job and be its worker; when another worker has it, watch until that one is done, or take over from the dead."""
    with installation.transaction(actor) as tx:
        job_id = jobs.enqueue(tx, kind=kind, arguments=arguments)
    while True:
        with installation.database.aside(institution_id=installation.institution_id) as session:
            claimed = jobs.claim(session, now=clock.now(), job_id=job_id)
        if claimed is not None:
            return perform(installation, claimed, tasks, watch)
        facts = job_of(installation, job_id)
        if facts.finished:
            return _answer(facts)
        watch(facts.done_units, facts.total_units, facts.progress_text)
        time.sleep(0.3)


def job_of(installation: Installation, job_id: int) -> JobFacts:
    """The job as it stands."""
    with installation.reading() as session:
        return job_queries.job(session, job_id)


def work(installation: Installation, tasks: dict[str, Task], *, once: bool = False, idle_seconds: float = 1.0) -> int:
    """Run jobs as they come; with `once`, until none is ready. Answers how many were performed."""
    performed = 0
    while True:
        with installation.database.aside(institution_id=installation.institution_id) as session:
            claimed = jobs.claim(session, now=clock.now())
        if claimed is None:
            if once:
                return performed
            time.sleep(idle_seconds)
            continue
        try:
            perform(installation, claimed, tasks, lambda done, total, text: None)
        except (Refusal, Findings) as refused:
            log.info("job refused", job=claimed.job_id, kind=claimed.kind, code=getattr(refused, "code", "findings"))
        except Exception as failure:  # the worker outlives any one job
            log.error("job failed", job=claimed.job_id, kind=claimed.kind, error=type(failure).__name__)
        performed += 1
