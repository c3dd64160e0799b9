"""Many cases at once: first what would happen to each, then, when the lawyer has seen it, one job that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.filings import queries as filings
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.jobs import operations as jobs
from legal_service.money import Fen
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done

MOST = 100
DOCUMENT = "statement_of_claim"
AS_OF = Words("截至日", "As of")


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would happen to one case: the amount claimed, or why nothing would be made; doubts a lawyer must see."""

    case_no: str
    claim_total: Fen | None
    refusals: tuple[Words, ...]
    doubts: int


def preview(refused: Refusal | None = None) -> ResponseReturnValue:
    """What making the statement of claim would come to for each case chosen; nothing is written."""
    today = clock.today()
    try:
        as_of = min(forms.day("as_of", AS_OF, required=False) or today, today)
    except Refusal as bad:
        refused, as_of = bad, today
    chosen = list(dict.fromkeys(request.form.getlist("case")))[:MOST]
    with reader.reading() as session:
        prospects = [_prospect(session, case_no, as_of) for case_no in chosen]
    page = render_template(
        "work/preview.html",
        prospects=prospects,
        ready=[one.case_no for one in prospects if not one.refusals],
        as_of=as_of,
        today=today,
        back=request.form.get("back", "")[:2000],
        refused=refused,
    )
    return (page, status_of(refused.code)) if refused else page


def _prospect(session: Session, case_no: str, as_of: date) -> Prospect:
    try:
        facts = filings.claim_facts(session, case_no, as_of, reader.installation().settings.plaintiff)
        found = readiness(facts)
    except Refusal as refusal:
        return Prospect(case_no, None, (refusal.reason,), 0)
    except Findings as findings:
        return Prospect(case_no, None, tuple(one.message for one in findings.findings), 0)
    errors = tuple(one.message for one in found if one.severity == "error")
    return Prospect(case_no, facts.account.claim_total.value, errors, len(found) - len(errors))


def make() -> ResponseReturnValue:
    """Ask for the job that makes the filings of the cases shown as ready."""

    def work(tx: Transaction) -> Done:
        as_of = forms.the_day("as_of", AS_OF)
        chosen = sorted(set(request.form.getlist("case")))[:MOST]
        if not chosen:
            raise forms.bad_field("case", Words("案件", "Cases"), Words("请至少选择一件", "needs one at least"))
        arguments = {"document": DOCUMENT, "cases": chosen, "as_of": as_of.isoformat(), "out": ""}
        job_id = jobs.enqueue(tx, kind="filing_batch", arguments=arguments)
        return Done(url_for("job", job_id=job_id), Words("已提交，逐件制作。", "Sent; made one by one."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return preview(refused)
