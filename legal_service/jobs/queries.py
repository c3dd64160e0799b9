"""Jobs as their requesters see them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from legal_service import clock
from legal_service.errors import Refusal, Words
from legal_service.jobs.leases import HEARD_SECONDS, UNFINISHED, JobFacts
from legal_service.jobs.models import Job, Worker


def job_facts(row: Job) -> JobFacts:
    """A job row as facts."""
    return JobFacts(
        id=row.id,
        kind=row.kind,
        status=row.status,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        ready_at=row.ready_at,
        attempts=row.attempts,
        done_units=row.done_units,
        total_units=row.total_units,
        progress_text=row.progress_text,
        outcome=None if row.outcome is None else json.loads(row.outcome),
        finished_at=row.finished_at,
        stop_asked_by=row.stop_asked_by,
    )


def job(session: Session, job_id: int) -> JobFacts:
    """One job; refuses `unknown_job`."""
    row = session.get(Job, job_id)
    if row is None:
        raise unknown_job(job_id)
    return job_facts(row)


def unknown_job(job_id: int) -> Refusal:
    """The refusal of a number under which there is no job, or none that the reader may see."""
    return Refusal("unknown_job", Words(zh=f"没有任务 {job_id}", en=f"no job {job_id}"))


def newest(session: Session, most: int = 50) -> list[JobFacts]:
    """The newest jobs first."""
    return page(session, before=None, most=most)


def page(
    session: Session,
    *,
    before: int | None,
    requested_by: str = "",
    status: str = "",
    kind: str = "",
    most: int = 50,
) -> list[JobFacts]:
    """The newest jobs first, `most` of them older than job `before`: all of them, one requester's, those in one status, or of one kind."""
    query = select(Job).options(defer(Job.arguments)).order_by(Job.id.desc()).limit(most)
    if before is not None:
        query = query.where(Job.id < before)
    if requested_by:
        query = query.where(Job.requested_by == requested_by)
    if status:
        query = query.where(Job.status == status)
    if kind:
        query = query.where(Job.kind == kind)
    return [job_facts(row) for row in session.scalars(query)]


def unfinished(session: Session, kind: str) -> list[JobFacts]:
    """The jobs of a kind that wait or run, the oldest first."""
    query = select(Job).where(Job.kind == kind, Job.status.in_(UNFINISHED)).order_by(Job.id)
    return [job_facts(row) for row in session.scalars(query)]


def arguments_of(session: Session, job_id: int) -> dict[str, Any]:
    """What a job was asked to do: for its requester and those who may see what he asked; it can name persons and files."""
    row = session.get(Job, job_id)
    if row is None:
        raise unknown_job(job_id)
    found = json.loads(row.arguments)
    assert isinstance(found, dict)
    return found


def stop_asked(session: Session, job_id: int) -> str:
    """Who asked to stop a job; empty when nobody did."""
    return session.scalar(select(Job.stop_asked_by).where(Job.id == job_id)) or ""


def workers_alive(session: Session, now: datetime) -> int:
    """How many workers were heard within the last half minute."""
    heard = Worker.heard_at >= clock.seconds_from(now, -HEARD_SECONDS)
    return session.scalar(select(func.count(Worker.id)).where(heard)) or 0
