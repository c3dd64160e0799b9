"""Jobs: what works in the background, how far it is, what came of it; and the word to stop."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service import runs, worker
from legal_service.access import permissions
from legal_service.errors import Finding, Refusal, Words
from legal_service.jobs import queries
from legal_service.jobs.leases import STATUSES, JobFacts
from legal_service.statuses import status_of
from legal_service.web import forms, reader, speaking

MOST = 50


def show() -> str:
    """The newest jobs; one's own, or those in one status."""
    before, status = reader.asked_number("before"), request.args.get("status", "")
    mine = request.args.get("mine", "") == "1"
    with reader.reading() as session:
        found = queries.page(
            session,
            before=before,
            requested_by=reader.actor().email if mine else "",
            status=status if status in STATUSES else "",
            most=MOST + 1,
        )
    found = [runs.current(reader.installation(), one) for one in found]
    return render_template(
        "tapes/jobs.html",
        jobs=found[:MOST],
        more=found[MOST - 1].id if len(found) > MOST else None,
        first=before is None,
        status=status,
        mine=mine,
        statuses=STATUSES,
    )


def one(job_id: int, refused: Refusal | None = None) -> str:
    """One job: how far it is, or what came of it."""
    facts = _facts(job_id)
    return render_template(
        "tapes/job.html",
        job=facts,
        findings=findings_of(facts),
        refusal=refusal_of(facts),
        leads_to=_leads_to(facts),
        may_stop=may_stop(facts),
        refused=refused,
    )


def state(job_id: int) -> Response:
    """How far a job is, for the page that follows it."""
    facts = _facts(job_id)
    told = speaking.label("job_status", facts.status)
    return jsonify(
        status=facts.status,
        done=facts.done_units,
        total=facts.total_units,
        words=progress_words(facts),
        says=f"{speaking.label('job', facts.kind)} {facts.id}: {told}",
    )


def stop(job_id: int) -> ResponseReturnValue:
    """Ask a job to stop; whole cases done so far stay, nothing half-written does."""
    try:
        worker.stop(reader.installation(), actor=reader.actor(), job_id=job_id)
    except Refusal as refused:
        if refused.code == "unknown_job":
            raise
        return one(job_id, refused), status_of(refused.code)
    forms.say(Words("已请求取消。", "Asked to stop."))
    return redirect(url_for("job", job_id=job_id), 303)


def _facts(job_id: int) -> JobFacts:
    with reader.reading() as session:
        return runs.current(reader.installation(), queries.job(session, job_id))


def progress_words(facts: JobFacts) -> str:
    """How far a job is, in words."""
    if facts.total_units:
        return f"{facts.done_units:,}/{facts.total_units:,}"
    return "" if facts.finished else speaking.label("job_status", facts.status)


def may_stop(facts: JobFacts) -> bool:
    """Whether the reader may stop this job now."""
    return not facts.finished and (
        facts.requested_by == reader.actor().email or permissions.allowed(reader.actor().role, "job.stop")
    )


def findings_of(facts: JobFacts) -> list[Finding]:
    """The findings in a job's outcome, in both languages where the outcome has both."""
    rows: list[dict[str, Any]] = (facts.outcome or {}).get("findings", [])
    return [
        Finding(
            row["code"], row["severity"], row["where"],
            Words(row["message"], row.get("message_en", row["message"])), row.get("basis", ""),
        )
        for row in rows
    ]  # fmt: skip


def refusal_of(facts: JobFacts) -> Refusal | None:
    """The refusal that a job met, to be shown as any other."""
    told = (facts.outcome or {}).get("refusal")
    if not told:
        return None
    return Refusal(told["code"], Words(told["reason"], told.get("reason_en", told["reason"])), told.get("basis", ""))


def _leads_to(facts: JobFacts) -> tuple[str, Words] | None:
    """The page on which the result of a finished job is seen."""
    outcome = facts.outcome or {}
    if facts.kind == "import":
        return url_for("import_shown", job_id=facts.id), Words("查看导入结果", "See the import")
    if facts.kind == "package" and "case_no" in outcome:
        return url_for("case_packages", case_no=outcome["case_no"]), Words("查看证据包", "See the package")
    if facts.kind == "report" and facts.status == "done":
        return url_for("returns"), Words("查看监管报表", "See the returns")
    return None
