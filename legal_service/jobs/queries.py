"""Jobs as their requesters see them."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.errors import Refusal, Words
from legal_service.jobs.leases import JobFacts
from legal_service.jobs.models import Job


def job_facts(row: Job) -> JobFacts:
    """A job row as facts."""
    return JobFacts(
        id=row.id,
        kind=row.kind,
        status=row.status,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        attempts=row.attempts,
        done_units=row.done_units,
        total_units=row.total_units,
        progress_text=row.progress_text,
        outcome=None if row.outcome is None else json.loads(row.outcome),
        finished_at=row.finished_at,
    )


def job(session: Session, job_id: int) -> JobFacts:
    """One job; refuses `unknown_job`."""
    row = session.get(Job, job_id)
    if row is None:
        raise Refusal("unknown_job", Words(zh=f"没有任务 {job_id}", en=f"no job {job_id}"))
    return job_facts(row)


def newest(session: Session, most: int = 50) -> list[JobFacts]:
    """The newest jobs first."""
    return [job_facts(row) for row in session.scalars(select(Job).order_by(Job.id.desc()).limit(most))]
