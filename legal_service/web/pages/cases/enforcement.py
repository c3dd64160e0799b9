"""Enforcement of a case on its page: where the title stands, measures with their ends, clues, the release list; one form at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import labels
from legal_service.cases import litigants
from legal_service.cases import queries as cases
from legal_service.cases.personal import REASONS
from legal_service.cases.position import CasePosition
from legal_service.database import Transaction
from legal_service.enforcement import operations, queries
from legal_service.enforcement.records import RECORDS, Field
from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.head import head_of

FORMS: dict[str, Words] = {
    "clue": Words("登记财产线索", "Record a clue"),
    "measure": Words("登记申请的措施", "Record a measure asked for"),
    "entry": Words("登记措施的进展", "Record what became of a measure"),
    "term": Words("登记判项（逐项追加）", "Record a judgment term (added to those there)"),
    "recovery": Words("登记回款或冲销", "Record money received"),
    "release": Words("登记解除事项办结", "Record a release as done"),
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the open form, with its options."""

    name: str
    field: Field
    options: tuple[tuple[str, Words], ...]


def show(case_no: str, *, refused: Refusal | None = None, revealed: tuple[int, str] | None = None) -> str:
    """The page; `?record=` chooses the form that is open."""
    record = request.values.get("record", "")
    with reader.reading() as session:
        head = head_of(session, case_no)
        row = cases.case_row(session, case_no)
        told = queries.position_json(session, case_no, head.as_of, reader.language())
        clues = [
            (one, one.description if revealed and revealed[0] == one.id else "＊＊＊＊")
            for one in queries.clues_of(session, row.id)
        ]
        return render_template(
            "cases/enforcement.html",
            head=head,
            tab="case_enforcement",
            told=told,
            clues=clues,
            revealed=revealed[0] if revealed else 0,
            reasons=REASONS,
            party=litigants.name,
            forms=FORMS,
            record=record if record in FORMS else "",
            fields=_fields(session, record, head.position, told) if record in FORMS else (),
            refused=refused,
        )


def _fields(session: Session, record: str, position: CasePosition, told: dict[str, Any]) -> tuple[FieldShown, ...]:
    found = []
    for name, field in RECORDS[record].items():
        options: tuple[tuple[str, Words], ...] = ()
        if field.form == "choice":
            options = tuple((code, labels.label(field.family, code)) for code in field.choices)
        elif name == "party":
            options = tuple((one, litigants.name(one)) for one in position.parties[1:])
        elif name == "clue_id":
            options = tuple((str(one["id"]), _clue_name(one)) for one in told["clues"])
        elif name == "measure_id":
            options = tuple((str(one["id"]), _measure_name(one)) for one in told["measures"])
        elif name == "item":
            open_ones = [one for one in told["release"]["items"] if not one["done_on"] and one["item"][:2] != "M-"]
            options = tuple((one["item"], labels.label("release_item", one["item"])) for one in open_ones)
        elif field.form == "flag":
            options = (("N", Words("否", "no")), ("Y", Words("是", "yes")))
        found.append(FieldShown(name, field, options))
    return tuple(found)


def _clue_name(one: dict[str, Any]) -> Words:
    name = labels.label("clue", one["kind"])
    return Words(f"{one['id']} {name.zh}", f"{one['id']} {name.en}")


def _measure_name(one: dict[str, Any]) -> Words:
    name = labels.label("measure", one["kind"])
    return Words(f"M-{one['id']} {name.zh}", f"M-{one['id']} {name.en}")


def record(case_no: str) -> ResponseReturnValue:
    """Make the record of the open form."""

    def work(tx: Transaction) -> Done:
        kind = forms.choice("record", Words("记录", "Record"), tuple(FORMS))
        told: Any = {name: request.form.get(f"data-{name}", "").strip() for name in RECORDS[kind]}
        if kind == "term":
            kind, told = "terms", [*_terms_there(tx, case_no), told]
        operations.record_one(tx, case_no=case_no, record=kind, told=told)
        return Done(url_for("case_enforcement", case_no=case_no), Words("已登记。", "Recorded."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)


def _terms_there(tx: Transaction, case_no: str) -> list[dict[str, object]]:
    case = cases.case_row(tx.session, case_no)
    return [
        {
            "component": one.component,
            "party": one.party,
            "claimed": f"{one.claimed // 100}.{one.claimed % 100:02d}",
            "awarded": f"{one.awarded // 100}.{one.awarded % 100:02d}",
            "due_on": one.due_on.isoformat(),
            "reason": one.reason,
        }
        for one in queries.terms_of(tx.session, case.id)
    ]


def reveal(case_no: str) -> ResponseReturnValue:
    """Show what a clue describes, after the trail has noted who sees it and why."""
    number = request.form.get("clue", "")
    key = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    try:
        with reader.transaction() as tx:
            text = operations.reveal_clue(tx, case_no=case_no, clue_id=key, reason=request.form.get("why", ""))
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)
    return show(case_no, revealed=(key, text))
