"""The local worker: runs the jobs whose rows the business transactions left behind. A thin call of operations.

The same `perform` serves the command line (which is its own worker while it waits) and `legal worker`. A task gets a
`Run`; it reports progress through it, and concludes the job in the transaction of its business. `stop` asks a task to
end at its next step: what it holds open rolls back, what it has committed stays and is told.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from legal_service import clock
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Findings, Refusal
from legal_service.installation import Installation
from legal_service.jobs import files as words
from legal_service.jobs import operations as jobs
from legal_service.jobs import outcomes
from legal_service.jobs import queries as job_queries
from legal_service.jobs.leases import HEARTBEAT_SECONDS, Claim, JobFacts, Stopped
from legal_service.runs import Outcome as Outcome
from legal_service.runs import Run as Run
from legal_service.runs import words_of

log = structlog.get_logger()

HEAR_SECONDS = 5.0


Task = Callable[[Run], Outcome]


def perform(
    installation: Installation, claimed: Claim, tasks: dict[str, Task], watch: Callable[[int, int, str], None]
) -> Outcome:
    """Run one claimed job to its end and answer its outcome.

    A refusal fails the job for good (trying again would refuse again) and is raised; so is `job_stopped`. Anything
    unexpected is raised after the job was put back for another attempt. Who is interrupted at the keyboard has stopped
    the job; a worker told to end (`SystemExit`) hands it to the next.
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
            jobs.conclude(tx, claimed, outcome=outcomes.told(refused), failed=True)
        raise
    except Stopped as stopped:
        raise outcomes.job_stopped(claimed.job_id, _conclude_stopped(run, stopped.by)) from stopped
    except KeyboardInterrupt:
        _conclude_stopped(run, run.actor.email)
        raise
    except BaseException as failure:
        with installation.database.aside(institution_id=installation.institution_id) as session:
            if isinstance(failure, SystemExit):
                jobs.put_back(session, claimed, now=clock.now())
            else:
                jobs.give_up(session, claimed, now=clock.now(), error=type(failure).__name__)
        raise
    finally:
        run.ended.set()
        pulse.join(HEARTBEAT_SECONDS)
        words.take_progress_away(words_of(installation), claimed.job_id)


def _conclude_stopped(run: Run, by: str) -> Outcome:
    kept = {"total": run.total} | run.kept
    with run.installation.transaction(run.actor) as tx:
        outcome = jobs.conclude_stopped(tx, run.claimed, by=by, kept=kept, now=clock.now())
    words.take_away(words_of(run.installation), run.claimed.job_id)
    return outcome


def stop(installation: Installation, *, actor: Actor, job_id: int) -> None:
    """Ask a job to stop, so that a task amid its transaction hears of it too.

    Writers wait for one another, so a mark made in a transaction would come when the task has committed. The word goes
    ahead: aside in the row, or, as SQLite has no aside while somebody writes, in a file next to it. Then the transaction
    of `ask_to_stop` decides. Refuses as that does.
    """
    with installation.reading(actor) as session:
        facts = job_queries.job(session, job_id)
    jobs.require_may_stop(actor, facts.requested_by)
    folder = words_of(installation)
    try:
        if facts.status == "running" and installation.database.engine.dialect.name == "sqlite":
            words.leave_word(folder, job_id=job_id, by=actor.email)
        elif facts.status == "running":
            with installation.database.aside(institution_id=installation.institution_id) as session:
                jobs.mark_to_stop(session, job_id=job_id, by=actor.email)
        with installation.transaction(actor) as tx:
            jobs.ask_to_stop(tx, job_id=job_id)
    finally:
        words.take_away(folder, job_id)


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
            return outcomes.answer(facts)
        watch(facts.done_units, facts.total_units, facts.progress_text)
        time.sleep(0.3)


def job_of(installation: Installation, job_id: int) -> JobFacts:
    """The job as it stands."""
    with installation.reading() as session:
        return job_queries.job(session, job_id)


def work(
    installation: Installation,
    tasks: dict[str, Task],
    *,
    once: bool = False,
    idle_seconds: float = 1.0,
    idle: Callable[[], None] | None = None,
) -> int:
    """Run jobs as they come; with `once`, until none is ready. Answers how many were performed.

    `idle` is called after each job and whenever none is ready. What fails in it, or in a job, is logged, never fatal; a
    database that does not answer is waited for.
    """
    performed = 0
    with _heard(installation):
        while True:
            claimed = _next(installation, patient=not once)
            if claimed is not None:
                _perform_logged(installation, claimed, tasks)
                performed += 1
            if idle is not None:
                _call_logged(idle)
            if claimed is None:
                if once:
                    return performed
                time.sleep(idle_seconds)


def _next(installation: Installation, *, patient: bool) -> Claim | None:
    try:
        with installation.database.aside(institution_id=installation.institution_id) as session:
            return jobs.claim(session, now=clock.now())
    except OperationalError as failure:
        if not patient:
            raise
        log.warning("database does not answer", error=type(failure).__name__)
        return None


def _perform_logged(installation: Installation, claimed: Claim, tasks: dict[str, Task]) -> None:
    began = time.monotonic()
    told: dict[str, Any] = {"job": claimed.job_id, "kind": claimed.kind}
    try:
        perform(installation, claimed, tasks, lambda done, total, text: None)
        log.info("job done", **told, ms=round((time.monotonic() - began) * 1000))
    except (Refusal, Findings) as refused:
        log.info("job refused", **told, code=getattr(refused, "code", "findings"))
    except Exception as failure:  # the worker outlives any one job
        log.error("job failed", **told, error=type(failure).__name__)


def _call_logged(idle: Callable[[], None]) -> None:
    try:
        idle()
    except Exception as failure:  # what is done between jobs does not end the worker
        log.error("between jobs", error=type(failure).__name__)


@contextmanager
def _heard(installation: Installation) -> Iterator[None]:
    """Say every few seconds that this worker lives, also while a job runs; say farewell at the end."""
    name, began_at = f"{os.getpid()}-{secrets.token_hex(4)}", clock.now()
    ended = threading.Event()

    def hear() -> None:
        with (
            suppress(OperationalError),
            installation.database.aside(institution_id=installation.institution_id) as session,
        ):
            jobs.hear(session, name=name, began_at=began_at, now=clock.now())

    def go_on() -> None:
        while not ended.wait(HEAR_SECONDS):
            hear()

    hear()
    pulse = threading.Thread(target=go_on, daemon=True, name="heard")
    pulse.start()
    try:
        yield
    finally:
        ended.set()
        pulse.join(HEAR_SECONDS)
        with (
            suppress(OperationalError),
            installation.database.aside(institution_id=installation.institution_id) as session,
        ):
            jobs.take_leave(session, name=name)
