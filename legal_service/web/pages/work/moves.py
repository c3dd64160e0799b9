"""Moving many cases at once: first what would happen to each, then one job that does it and reports each."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.cases import queries, stages
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.jobs import operations as jobs
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import on_the_desk

MOST = 100
ON, TARGET = Words("日期", "On"), Words("进入阶段", "To stage")
TARGETS = tuple(stage for stage in stages.STAGES if stage not in ("assessment", "closed"))


def preview(refused: Refusal | None = None) -> ResponseReturnValue:
    """What moving each case chosen would come to; nothing is written. Without a stage only the choice is shown."""
    chosen = list(dict.fromkeys(request.form.getlist("case")))[:MOST]
    target = request.form.get("target", "")
    on = clock.today()
    if request.form.get("on", "").strip():
        try:
            on = past_day("on", ON)
        except Refusal as bad:
            refused = bad
    found = []
    if target in TARGETS:
        with reader.reading() as session:
            found = queries.prospects(session, [queries.Step(one, on, {}) for one in chosen], target)
    page = render_template(
        "work/moves.html",
        chosen=chosen,
        target=target if target in TARGETS else "",
        targets=TARGETS,
        on=on,
        today=clock.today(),
        prospects=[(one, [on_the_desk(refusal) for refusal in one.refusals]) for one in found],
        ready=[one.case_no for one in found if not one.refusals and not one.already],
        back=request.form.get("back", "")[:2000],
        refused=refused,
    )
    return (page, status_of(refused.code)) if refused else page


def move() -> ResponseReturnValue:
    """Ask for the job that moves the cases shown as ready."""

    def work(tx: Transaction) -> Done:
        on, target = past_day("on", ON), forms.choice("target", TARGET, TARGETS)
        chosen = sorted(set(request.form.getlist("case")))[:MOST]
        if not chosen:
            raise forms.bad_field("case", Words("案件", "Cases"), Words("请至少选择一件", "needs one at least"))
        steps = [queries.Step(one, on, {}).as_json() for one in chosen]
        job_id = jobs.enqueue(tx, kind="case_advance", arguments={"stage": target, "steps": steps})
        return Done(url_for("job", job_id=job_id), Words("已提交，逐件推进。", "Sent; moved one by one."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return preview(refused)
