"""The evidence of a case: what a procedure needs, what is there, what is missing and how to mend it; adding and taking papers."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.evidence import operations, queries
from legal_service.evidence.drawers import GROUPS
from legal_service.exports import queries as exports
from legal_service.filings.operations import MAKES
from legal_service.statuses import status_of
from legal_service.vault import queries as vault
from legal_service.vault.media import UNKNOWN
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.papers.exhibits import by_group, checklist, held_items
from legal_service.web.pages.papers.sending import attachment

MOST_BYTES = operations.MOST_BYTES
FIRST = operations.COUNTED
FORMS = ("electronic", "original", "copy")
KIND, FORM = Words("证据种类", "Kind of exhibit"), Words("形式", "Form")
OBTAINED, SOURCE, FILE = Words("取得日期", "Obtained on"), Words("来源", "Source"), Words("文件", "File")


def show(case_no: str, *, refused: Refusal | Findings | None = None) -> str:
    """The checklist of a procedure (`?package=`, the claim without it) with the papers of the case."""
    drawers = drawer.drawers()
    asked = request.values.get("package", "")
    package = asked if asked in drawers.packages else FIRST
    with reader.reading() as session:
        head = head_of(session, case_no)
        originals = queries.originals_of_case(session, case_no)
        held = held_items(
            originals,
            vault.custody_of(session, [item.id for item in originals]),
            exports.known_values(session, case_no),
        )
        facts = queries.facts_of_case(session, case_no, head.today)
        gaps = queries.package_gaps(session, case_no, package, head.today, drawers, MAKES)
    return render_template(
        "papers/evidence.html",
        head=head,
        tab="case_evidence",
        package=package,
        definition=drawers.packages[package],
        packages=[drawers.packages[FIRST], *(one for one in drawers.packages.values() if one.package != FIRST)],
        found=checklist(package, held, facts, drawers),
        gaps=gaps,
        kinds=by_group(drawers),
        groups=GROUPS,
        addable={code for code, kind in drawers.kinds.items() if not kind.generated},
        forms=FORMS,
        chosen=request.values.get("kind", ""),
        most_megabytes=MOST_BYTES >> 20,
        refused=refused,
    )


def add(case_no: str) -> ResponseReturnValue:
    """Take a paper into the vault; the same content of the same kind again is the item already there."""

    def work(tx: Transaction) -> Done:
        kinds = frozenset(code for code, kind in drawer.drawers().kinds.items() if not kind.generated)
        kind = forms.choice("kind", KIND, kinds)
        form = forms.choice("form", FORM, FORMS)
        obtained_on = past_day("obtained_on", OBTAINED) if request.form.get("obtained_on", "").strip() else None
        source = forms.text("source", SOURCE, most=200, required=False)
        sent = forms.file("file", FILE)
        item = operations.add_evidence(
            tx,
            store=reader.installation().store,
            case_no=case_no,
            content=sent.stream.read(),
            filename=sent.filename or "",
            kind=kind,
            known_kinds=kinds,
            form=form,  # type: ignore[arg-type]  # one of FORMS
            obtained_on=obtained_on,
            source=source,
        )
        there = url_for("case_evidence", case_no=case_no, package=request.form.get("package") or None)
        return Done(f"{there}#item-{item.id}", _told(item.sha256, item.media_type, item.deposited_at < tx.moment))

    try:
        return forms.act(work)
    except Findings as found:
        return show(case_no, refused=found), 422
    except Refusal as refused:
        at = {"bad_filename": "file", "bad_file_size": "file", "unknown_kind": "kind"}.get(refused.code)
        if at:
            refused.field = at  # type: ignore[attr-defined]  # where the page shows it
        return show(case_no, refused=refused), status_of(refused.code)


def _told(sha256: str, media_type: str, held: bool) -> Words:
    if held:
        return Words(
            zh=f"该文件此前已在本案证据中（SHA-256 {sha256[:12]}），未重复存入。",
            en=f"This file is already among the evidence of the case (SHA-256 {sha256[:12]}); not taken in again.",
        )
    zh, en = f"已存入证据库，SHA-256 {sha256[:12]}。", f"In the vault, SHA-256 {sha256[:12]}."
    if media_type == UNKNOWN:
        zh, en = (
            zh + "无法识别文件类型，请核对是否传对。",
            en + " Its type is not known to us: check that it is the right file.",
        )
    return Words(zh=zh, en=en)


def take(case_no: str, item_id: int) -> ResponseReturnValue:
    """Hand an original to a colleague; the trail tells of it before a byte leaves."""
    with reader.transaction() as tx:
        taken = operations.take_original(tx, store=reader.installation().store, case_no=case_no, item_id=item_id)
    return attachment(taken.content, media_type=taken.item.media_type, filename=taken.item.filename)
