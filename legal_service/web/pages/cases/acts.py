"""What is done on a case's pages: moving it, recording service and settlement, showing a masked value. Rules live in the rooms."""

from __future__ import annotations

from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue

from legal_service import labels
from legal_service.cases import operations, queries, serving, stages
from legal_service.cases.serving import BadServiceRecord, ServedPaper
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.settlements.operations import CHANNELS, OUTCOMES
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases import contacts, timeline
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import MENDED_BY, blocks_of
from legal_service.web.pages.cases.people import Revealed
from legal_service.web.pages.cases.proceedings import told_fields

TARGET, ON, REASON = Words("进入阶段", "To stage"), Words("日期", "On"), Words("结案原因", "Reason")


def move(case_no: str) -> ResponseReturnValue:
    """Move the case to a stage, or close it; a page that is no longer current is shown anew with what changed."""

    def work(tx: Transaction) -> Done:
        forms.unchanged(queries.case_row(tx.session, case_no).version)
        target = forms.choice("target", TARGET, stages.STAGES)
        data = (
            {"reason": forms.choice("reason", REASON, stages.CLOSING_REASONS)} if target == "closed" else told_fields()
        )
        operations.advance(tx, case_no=case_no, target=target, on=past_day("on", ON), data=data)
        name = labels.label("stage", target)
        return Done(
            url_for("case", case_no=case_no), Words(f"案件已进入「{name.zh}」。", f"The case is now in: {name.en}.")
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return timeline.show(
            case_no,
            refused=_retold(refused, case_no),
            since_version=_version() if refused.code == "stale_page" else None,
        ), status_of(refused.code)


def _version() -> int | None:
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def _retold(refused: Refusal, case_no: str) -> Refusal:
    """What guards refused, in the words of the desk."""
    if refused.code not in MENDED_BY:
        return refused
    with reader.reading() as session:
        position = queries.position_of(session, case_no, date.fromisoformat(request.form["on"].strip()))
    standing = [one.refusal for one in blocks_of(position, [request.form["target"]])]
    return Refusal(
        refused.code,
        Words(
            "；".join(one.reason.zh.rstrip("。") for one in standing) + "。",
            "; ".join(one.reason.en for one in standing),
        ),
        "；".join(dict.fromkeys(one.basis for one in standing)),
    )


def record_service(case_no: str) -> ResponseReturnValue:
    """Record an attempt to serve a demand, with its proof from the case's vault."""

    def work(tx: Transaction) -> Done:
        operations.record_service(tx, case_no=case_no, paper=_paper(tx, case_no))
        return Done(url_for("case_contacts", case_no=case_no), Words("送达已登记。", "The service is recorded."))

    try:
        return forms.act(work)
    except BadServiceRecord as wrong:
        refused: Refusal = forms.bad_field(
            "to" if wrong.field == "address" else wrong.field, contacts.SERVICE_FIELDS[wrong.field], wrong.rule
        )
    except Refusal as found:
        refused = found
    return contacts.show(case_no, refused=refused, form="service"), status_of(refused.code)


def _paper(tx: Transaction, case_no: str) -> ServedPaper:
    chosen, written = (
        request.form.get("to", ""),
        forms.text("address", contacts.SERVICE_FIELDS["address"], required=False),
    )
    known = {one.code: one.value for one in queries.personal_fields(tx.session, case_no)}
    past_day("sent_on", contacts.SERVICE_FIELDS["sent_on"])
    if request.form.get("effective_on", "").strip():
        past_day("effective_on", contacts.SERVICE_FIELDS["effective_on"])
    told = {name: request.form.get(name, "").strip() for name in contacts.SERVICE_FIELDS}
    return serving.parse({**told, "address": known.get(chosen, written)})


def record_settlement(case_no: str) -> ResponseReturnValue:
    """Record an attempt to settle."""

    def work(tx: Transaction) -> Done:
        name = contacts.SETTLEMENT_FIELDS
        loans = [row.loan_no for row in queries.contracts_of(tx.session, queries.case_row(tx.session, case_no).id)]
        loan_no = forms.choice("loan_no", name["loan_no"], ("", *loans))
        outcome = forms.choice("result", name["result"], OUTCOMES)
        until = forms.day("agreed_until", name["agreed_until"], required=outcome == "agreed")
        operations.record_settlement(
            tx,
            case_no=case_no,
            attempted_on=past_day("attempted_on", name["attempted_on"]),
            channel=forms.choice("channel", name["channel"], CHANNELS),
            offer=forms.text("offer", name["offer"], most=2000),
            outcome=outcome,
            agreed_until=until,
            loan_no=loan_no or None,
        )
        return Done(
            url_for("case_contacts", case_no=case_no), Words("和解尝试已登记。", "The attempt to settle is recorded.")
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return contacts.show(case_no, refused=refused, form="settlement"), status_of(refused.code)


def reveal(case_no: str) -> ResponseReturnValue:
    """Show one masked value in the answer page, after the trail has noted who sees it and why; every showing is noted."""
    field, page = request.form.get("field", "")[:120], request.form.get("page", "")
    show = contacts.show if page == "contacts" else timeline.show
    try:
        with reader.transaction() as tx:
            value = operations.reveal(tx, case_no=case_no, field=field, reason=request.form.get("why", ""))
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)
    return show(case_no, revealed=Revealed(field, value))
