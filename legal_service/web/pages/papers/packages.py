"""The packages of a case: for whom one can be drawn, asking for one, following the job, and all that were built."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock, runs, worker
from legal_service.access import queries as access
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.exports import queries
from legal_service.exports.offers import offer
from legal_service.exports.recipients import recipient_of
from legal_service.jobs import operations as jobs
from legal_service.jobs import outcomes
from legal_service.jobs import queries as job_queries
from legal_service.jobs.leases import JobFacts
from legal_service.redaction import files as redaction
from legal_service.redaction.kinds import Audience
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.papers.offers import MENDED_BY, by_kind, common_blockers, on_the_desk, recipient_needed

KIND = "package"
PACKAGE, AUDIENCE = Words("证据包种类", "Kind of package"), Words("接收方", "Reader")
RECIPIENT, ON = Words("接收人邮箱", "Recipient’s e-mail"), Words("证据包日期", "Date of the package")


@dataclass(frozen=True, slots=True)
class Asked:
    """A package that was asked for: its job, what was asked, and what came of it (the package's number, or why not)."""

    job: JobFacts
    audience: str
    recipient: str
    export_id: int | None = None
    gaps: int = 0
    refused: Refusal | Findings | None = None


def show(case_no: str, *, refused: Refusal | Findings | None = None) -> str:
    """The page; `?job=` follows the job of a package just asked for, unfinished ones of the case are shown anyway."""
    drawers = drawer.drawers()
    with reader.reading() as session:
        head = head_of(session, case_no)
        packages = queries.packages_of(session, case_no)
        may_build = reader.may("package.build")
        own = reader.installation().settings.plaintiff
        offers = queries.audiences_offered(session, case_no, own=own) if may_build else []
        first, rest = by_kind(offers) if offers else ([], [])
        return render_template(
            "papers/packages.html",
            head=head,
            tab="case_packages",
            packages=packages,
            live={one.export_id: sum(each.state(head.today) == "live" for each in one.grants) for one in packages},
            drawers=drawers,
            kinds=[drawers.packages["statement_of_claim"]]
            + [one for code, one in drawers.packages.items() if code != "statement_of_claim"],
            offers=offers,
            common=common_blockers(offers),
            first=first,
            rest=rest,
            recipient_needed=recipient_needed,
            on_the_desk=on_the_desk,
            mended_by=MENDED_BY,
            asked=_asked(session, case_no, {one.sha256: one.export_id for one in packages}),
            workers=job_queries.workers_alive(session, clock.now()),
            names={str(user["email"]) for user in access.users(session) if user["active"]},
            refused=refused,
        )


def _asked(session: Session, case_no: str, built: dict[str, int]) -> list[Asked]:
    found = {one.id: one for one in job_queries.unfinished(session, KIND)}
    asked = request.args.get("job", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        try:
            one = job_queries.job(session, int(asked))
            found |= {one.id: one} if one.kind == KIND else {}
        except Refusal:
            pass  # a number in the address that is no job: the page says nothing of it
    return [
        _followed(runs.current(reader.installation(), job), arguments, built)
        for job in found.values()
        if (arguments := job_queries.arguments_of(session, job.id))["case_no"] == case_no
    ]


def _followed(job: JobFacts, arguments: dict[str, str], built: dict[str, int]) -> Asked:
    audience, recipient = arguments["audience"], arguments["recipient"]
    if not job.finished:
        return Asked(job, audience, recipient)
    try:
        outcome = outcomes.answer(job)
    except (Refusal, Findings) as refused:
        told = on_the_desk(refused) if isinstance(refused, Refusal) else refused
        return Asked(job, audience, recipient, refused=told)
    return Asked(job, audience, recipient, built.get(outcome["sha256"]), len(outcome["gaps"]))


def build(case_no: str) -> ResponseReturnValue:
    """Ask for a package, after the checks that building itself makes; asked twice, it is the same job."""

    def work(tx: Transaction) -> Done:
        package = forms.choice("package", PACKAGE, drawer.drawers().packages)
        audience = Audience(forms.choice("audience", AUDIENCE, [one.value for one in Audience]))
        on, recipient = past_day("on", ON), _recipient(audience)
        own = reader.installation().settings.plaintiff
        for standing in queries.blockers(tx.session, case_no, audience, own=own):
            raise on_the_desk(standing)
        arguments = {
            "case_no": case_no,
            "package": package,
            "audience": audience.value,
            "recipient": recipient,
            "on": on.isoformat(),
        }
        job_id = jobs.enqueue(tx, kind=KIND, arguments=arguments)
        return Done(
            url_for("case_packages", case_no=case_no, job=job_id),
            Words(
                zh="已开始制作，完成后在此显示。可以离开本页。",
                en="Under way; it appears here when done. You may leave this page.",
            ),
        )

    try:
        return forms.act(work)
    except Findings as found:
        return show(case_no, refused=found), 422
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)


def _recipient(audience: Audience) -> str:
    try:
        recipient = recipient_of(forms.text("recipient", RECIPIENT, most=200, required=False))
    except Refusal as refused:
        refused.field = "recipient"  # type: ignore[attr-defined]  # where the page shows it
        raise
    asked = offer(redaction.policy_for(audience), ())
    if not recipient and recipient_needed(asked):
        because = asked.recipient_because
        raise forms.bad_field("recipient", RECIPIENT, Words(f"必填：{because.zh}", f"is required: {because.en}"))
    return recipient


def stop(case_no: str, job_id: int) -> ResponseReturnValue:
    """Cancel the making of a package of this case; what it held open is undone, nothing was handed out."""
    with reader.reading() as session:
        facts = job_queries.job(session, job_id)
        if facts.kind != KIND or job_queries.arguments_of(session, job_id)["case_no"] != case_no:
            raise job_queries.unknown_job(job_id)
    try:
        worker.stop(reader.installation(), actor=reader.actor(), job_id=job_id)
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)
    says = Words(zh="已要求取消。", en="Asked to cancel.")
    return forms.follow(Done(url_for("case_packages", case_no=case_no, job=job_id), says))
