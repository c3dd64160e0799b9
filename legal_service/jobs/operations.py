"""Asking for jobs and running them: a row in the business transaction, a lease, a fence; and asking them to stop.

`enqueue`, `conclude` and `ask_to_stop` belong to business transactions. `claim`, `beat`, `give_up`, `put_back`, `hear` are
small writes of the worker, made aside (`Database.aside`): they must not wait for, nor be part of, the business they tell of.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access import permissions
from legal_service.access.models import AuditEntry
from legal_service.access.operations import record
from legal_service.database import Actor, Transaction
from legal_service.jobs.leases import (
    FORGOTTEN_SECONDS,
    LEASE_SECONDS,
    MOST_ATTEMPTS,
    UNFINISHED,
    Claim,
    Stopped,
    key_of,
    patience,
)
from legal_service.jobs.models import Job, Worker
from legal_service.jobs.outcomes import job_finished, job_lost, not_yours
from legal_service.jobs.queries import unknown_job

STOPS_OTHERS = frozenset({"lawyer", "compliance", "admin", "operator"})
"""Roles that may stop a job asked for by somebody else."""


def enqueue(tx: Transaction, *, kind: str, arguments: dict[str, Any]) -> int:
    """Ask for a job; the same job asked for again while it is unfinished, and not being stopped, is the same row. Answers its id."""
    key = key_of(kind, arguments)
    going_on = (Job.key == key, Job.status.in_(UNFINISHED), Job.stop_asked_by == "")
    found = tx.session.scalar(select(Job.id).where(*going_on).order_by(Job.id))
    if found is not None:
        return found
    row = Job(
        kind=kind,
        key=key,
        arguments=json.dumps(arguments, ensure_ascii=False, sort_keys=True),
        status="waiting",
        requested_by=tx.actor.email,
        requested_at=tx.moment,
        ready_at=tx.moment,
    )
    tx.session.add(row)
    tx.session.flush()
    record(tx, action="job.request", subject=f"job:{row.id}", kind=kind)
    return row.id


def claim(session: Session, *, now: datetime, job_id: int | None = None) -> Claim | None:
    """Take the oldest job that is ready, or whose worker fell silent; None when there is none.

    A job tried too often is laid to rest (`dead`), one that was to stop when its worker died is `stopped`, and the next
    one looked at.
    """
    free = or_(
        and_(Job.status == "waiting", Job.ready_at <= now),
        and_(Job.status == "running", Job.leased_until < now),
    )
    query = select(Job).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    if job_id is not None:
        query = query.where(Job.id == job_id)
    while (row := session.scalar(query)) is not None and (row.stop_asked_by or row.attempts >= MOST_ATTEMPTS):
        if row.stop_asked_by:
            _stop(row, now, {})
        else:
            row.status, row.finished_at, row.leased_until = "dead", now, None
            row.outcome = json.dumps({"error": "attempts_exhausted", "attempts": row.attempts})
        session.flush()
    if row is None:
        return None
    row.status, row.attempts, row.fence = "running", row.attempts + 1, row.fence + 1
    row.leased_until = clock.seconds_from(now, LEASE_SECONDS)
    session.flush()
    return Claim(row.id, row.kind, json.loads(row.arguments), row.requested_by, row.fence, row.attempts)


def beat(session: Session, claimed: Claim, *, now: datetime, done: int, total: int, text: str) -> bool:
    """Say that the worker lives and how far it is; False when the job is no longer its own."""
    changed = session.execute(
        update(Job)
        .where(Job.id == claimed.job_id, Job.fence == claimed.fence, Job.status == "running")
        .values(
            leased_until=clock.seconds_from(now, LEASE_SECONDS),
            done_units=done,
            total_units=total,
            progress_text=text[:200],
        )
    )
    return cast("CursorResult[Any]", changed).rowcount == 1


def conclude(
    tx: Transaction, claimed: Claim, *, outcome: dict[str, Any], failed: bool = False, now: datetime | None = None
) -> None:
    """Finish the job in the transaction of its business: both happen or neither.

    `now` is when the work ended (a transaction's own moment is when it began). Refuses `job_lost` when another worker has
    taken the job over and raises `Stopped` when it was asked to stop before; the whole transaction must then roll back.
    """
    row = tx.session.scalar(select(Job).where(Job.id == claimed.job_id).with_for_update())
    if row is None or row.fence != claimed.fence or row.status != "running":
        raise job_lost(claimed.job_id)
    if row.stop_asked_by and not failed:
        raise Stopped(row.stop_asked_by)
    row.status = "failed" if failed else "done"
    row.done_units = row.total_units
    row.finished_at = now or tx.moment
    row.leased_until = None
    row.outcome = json.dumps(outcome, ensure_ascii=False, sort_keys=True)
    tx.session.flush()
    record(tx, action=f"job.{row.status}", subject=f"job:{row.id}", kind=row.kind)


def give_up(session: Session, claimed: Claim, *, now: datetime, error: str) -> None:
    """After an unexpected failure: wait and try again, or lay the job to rest after the last attempt."""
    row = _own(session, claimed)
    if row is None:
        return
    row.leased_until = None
    if row.stop_asked_by:
        _stop(row, now, {})
    elif claimed.attempts >= MOST_ATTEMPTS:
        row.status, row.finished_at = "dead", now
        row.outcome = json.dumps({"error": error, "attempts": claimed.attempts})
    else:
        row.status, row.ready_at, row.progress_text = (
            "waiting",
            clock.seconds_from(now, patience(claimed.attempts)),
            error[:200],
        )


def put_back(session: Session, claimed: Claim, *, now: datetime) -> None:
    """A worker told to end hands its job back: ready at once, and the attempt does not count."""
    row = _own(session, claimed)
    if row is None:
        return
    row.leased_until = None
    if row.stop_asked_by:
        _stop(row, now, {})
    else:
        row.status, row.ready_at, row.attempts, row.progress_text = "waiting", now, row.attempts - 1, ""


def _own(session: Session, claimed: Claim) -> Job | None:
    row = session.get(Job, claimed.job_id)
    return None if row is None or row.fence != claimed.fence or row.status != "running" else row


def ask_to_stop(tx: Transaction, *, job_id: int) -> None:
    """Stop a job: a waiting one, or one whose worker died, at once; a running one ends at its next step.

    Asked again it changes nothing. Refuses `unknown_job`, `not_permitted` (others' jobs: permission `job.stop`) and
    `job_finished`. The door calls it through `worker.stop`, which reaches a task amid its transaction too.
    """
    row = tx.session.scalar(select(Job).where(Job.id == job_id).with_for_update())
    if row is None:
        raise unknown_job(job_id)
    require_may_stop(tx.actor, row.requested_by)
    if row.status not in (*UNFINISHED, "stopped"):
        raise job_finished(job_id)
    row.stop_asked_by = row.stop_asked_by or tx.actor.email
    now = clock.now()  # the transaction may have begun long before it could write
    if row.status == "waiting" or (row.status == "running" and row.leased_until is not None and row.leased_until < now):
        _stop(row, now, {})
    if row.stop_asked_by == tx.actor.email and not _told(tx.session, job_id):
        record(tx, action="job.stop", subject=f"job:{job_id}", kind=row.kind)
    tx.session.flush()


def _told(session: Session, job_id: int) -> bool:
    entry = select(AuditEntry.id).where(AuditEntry.action == "job.stop", AuditEntry.subject == f"job:{job_id}")
    return session.scalar(entry.limit(1)) is not None


def mark_to_stop(session: Session, *, job_id: int, by: str) -> None:
    """Mark a running job aside, where a mark in a transaction would wait for the very task that is to stop."""
    session.execute(
        update(Job).where(Job.id == job_id, Job.status == "running", Job.stop_asked_by == "").values(stop_asked_by=by)
    )


def conclude_stopped(
    tx: Transaction, claimed: Claim, *, by: str, kept: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """Finish a job that was asked to stop, telling what it kept; answers the outcome. Refuses `job_lost`."""
    row = tx.session.scalar(select(Job).where(Job.id == claimed.job_id).with_for_update())
    if row is None or row.fence != claimed.fence or row.status not in ("running", "stopped"):
        raise job_lost(claimed.job_id)
    row.stop_asked_by = row.stop_asked_by or by
    outcome = _stop(row, now, kept)
    tx.session.flush()
    record(tx, action="job.stopped", subject=f"job:{row.id}", kind=row.kind)
    return outcome


def _stop(row: Job, now: datetime, kept: dict[str, Any]) -> dict[str, Any]:
    outcome = {"stopped": True, "done": 0, "total": row.total_units} | kept
    row.status, row.finished_at, row.leased_until = "stopped", row.finished_at or now, None
    row.done_units, row.total_units = outcome["done"], outcome["total"]
    row.outcome = json.dumps(outcome, ensure_ascii=False, sort_keys=True)
    return outcome


def require_may_stop(actor: Actor, requested_by: str) -> None:
    """Whoever asked for a job may stop it, and so may lawyers, compliance and administrators. Refuses `not_permitted`."""
    permissions.require(actor, "job.stop")
    if actor.email != requested_by and actor.role not in STOPS_OTHERS:
        raise not_yours()


def hear(session: Session, *, name: str, began_at: datetime, now: datetime) -> None:
    """A worker says that it lives; those silent for a day are struck off."""
    heard = session.execute(update(Worker).where(Worker.name == name).values(heard_at=now))
    if cast("CursorResult[Any]", heard).rowcount == 0:
        session.add(Worker(name=name, began_at=began_at, heard_at=now))
    session.execute(delete(Worker).where(Worker.heard_at < clock.seconds_from(now, -FORGOTTEN_SECONDS)))


def take_leave(session: Session, *, name: str) -> None:
    """A worker that ends says so: it is not waited for."""
    session.execute(delete(Worker).where(Worker.name == name))
