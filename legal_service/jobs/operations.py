"""Asking for jobs and running them: a row in the business transaction, a lease, a fence.

`enqueue` and `conclude` belong to business transactions. `claim`, `beat` and `give_up` are small writes of the worker,
made aside (`Database.aside`): they must not wait for, nor be part of, the business they tell of.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access.operations import record
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.jobs.leases import LEASE_SECONDS, MOST_ATTEMPTS, UNFINISHED, Claim, key_of, patience
from legal_service.jobs.models import Job


def enqueue(tx: Transaction, *, kind: str, arguments: dict[str, Any]) -> int:
    """Ask for a job; the same job asked for again while it is unfinished is the same row. Answers its id."""
    key = key_of(kind, arguments)
    found = tx.session.scalar(select(Job.id).where(Job.key == key, Job.status.in_(UNFINISHED)).order_by(Job.id))
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

    A job tried too often is laid to rest (`dead`), and the next one looked at.
    """
    free = or_(
        and_(Job.status == "waiting", Job.ready_at <= now),
        and_(Job.status == "running", Job.leased_until < now),
    )
    query = select(Job).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    if job_id is not None:
        query = query.where(Job.id == job_id)
    while (row := session.scalar(query)) is not None and row.attempts >= MOST_ATTEMPTS:
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

    `now` is when the work ended (a transaction's own moment is when it began). Refuses `job_lost` when another worker has taken the job over; the whole transaction must then roll back.
    """
    row = tx.session.scalar(select(Job).where(Job.id == claimed.job_id).with_for_update())
    if row is None or row.fence != claimed.fence or row.status != "running":
        raise job_lost(claimed)
    row.status = "failed" if failed else "done"
    row.done_units = row.total_units
    row.finished_at = now or tx.moment
    row.leased_until = None
    row.outcome = json.dumps(outcome, ensure_ascii=False, sort_keys=True)
    tx.session.flush()
    record(tx, action=f"job.{row.status}", subject=f"job:{row.id}", kind=row.kind)


def job_lost(claimed: Claim) -> Refusal:
    """The refusal of a worker whose job another has taken over."""
    return Refusal(
        "job_lost",
        Words(
            zh=f"任务 {claimed.job_id} 已由另一工作进程接手，本次结果作废。",
            en=f"job {claimed.job_id} was taken over by another worker; this result is void.",
        ),
        "机构内部规则：一项任务同时只由一个工作进程执行（house policy: one worker a job）",
    )


def give_up(session: Session, claimed: Claim, *, now: datetime, error: str) -> None:
    """After an unexpected failure: wait and try again, or lay the job to rest after the last attempt."""
    row = session.get(Job, claimed.job_id)
    if row is None or row.fence != claimed.fence or row.status != "running":
        return
    row.leased_until = None
    if claimed.attempts >= MOST_ATTEMPTS:
        row.status, row.finished_at = "dead", now
        row.outcome = json.dumps({"error": error, "attempts": claimed.attempts})
    else:
        row.status, row.ready_at, row.progress_text = (
            "waiting",
            clock.seconds_from(now, patience(claimed.attempts)),
            error[:200],
        )
