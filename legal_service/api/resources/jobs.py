"""`/jobs`: background work, its progress and outcome, and asking it to stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import labels, worker
from legal_service.api import masking
from legal_service.api.paging import Page, cursor, cut, place
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.jobs import JobShape, JobsQuery
from legal_service.api.speech import language
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.jobs import operations, queries
from legal_service.jobs.leases import JobFacts
from legal_service.web import reader

resource = Resource("jobs", Words("任务", "Jobs"))
ID = "<int(min=1, max=2147483647):job_id>"


@resource.reads(
    "/jobs",
    needs="job.read",
    says=Words("任务，新的在前", "Jobs, newest first"),
    asks=JobsQuery,
    gives=JobShape,
    paged=True,
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """The newest jobs first."""
    after = place(asked["cursor"], int)
    found = queries.page(
        session,
        before=after[0] if after else None,
        requested_by=reader.actor().email if asked["mine"] else "",
        status=asked["status"],
        most=asked["limit"] + 1,
    )
    page = cut(found, asked["limit"], lambda one: cursor(one.id))
    return Page([told(one) for one in page.items], page.after)


@resource.reads(f"/jobs/{ID}", needs="job.read", says=Words("一个任务", "One job"), gives=JobShape)
def show(session: Session, asked: Mapping[str, Any], job_id: int) -> dict[str, Any]:
    """One job."""
    return told(queries.job(session, job_id))


@resource.computes(
    f"/jobs/{ID}/stop",
    method="POST",
    needs="job.stop",
    says=Words("取消任务", "Stop a job"),
    tells=Words(
        "等待中的立即取消；进行中的在下一步停下，已提交的部分保留。再次请求不再改变什么。",
        "A waiting one stops at once, a running one at its next step; what was committed stays. Asking again changes nothing.",
    ),
    gives=JobShape,
    status=202,
)
def stop(asked: Mapping[str, Any], job_id: int) -> dict[str, Any]:
    """Ask a job to stop; it reaches a task amid its own transaction, so it is no transaction of ours."""
    here = reader.installation()
    worker.stop(here, actor=reader.actor(), job_id=job_id)
    with reader.reading() as session:
        return told(queries.job(session, job_id))


def told(job: JobFacts) -> dict[str, Any]:
    """A job as the outside sees it."""
    return {
        "id": job.id,
        "kind": job.kind,
        "status": job.status,
        "status_label": labels.label("job_status", job.status).read(language()),
        "requested_by": job.requested_by,
        "requested_at": job.requested_at,
        "attempts": job.attempts,
        "done_units": job.done_units,
        "total_units": job.total_units,
        "progress_text": masking.prose(job.progress_text),
        "stop_asked_by": job.stop_asked_by,
        "finished_at": job.finished_at,
        "outcome": None if job.outcome is None else masking.outcome(job.outcome),
    }


def asked_for(tx: Transaction, kind: str, arguments: Mapping[str, Any]) -> Answer:
    """Ask for a job in the caller's transaction; 202 with its address."""
    job_id = operations.enqueue(tx, kind=kind, arguments=dict(arguments))
    return Answer({"job": job_id}, status=202, headers={"Location": f"{PREFIX}/jobs/{job_id}"})
