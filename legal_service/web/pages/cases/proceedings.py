"""The proceedings of a case: court numbers, submissions and what the court answered, every event; the forms to record the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from legal_service import labels
from legal_service.cases import litigants, operations, queries, stages, sureties
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.cases.queries import proceedings as told
from legal_service.cases.queries.proceedings import Recorded
from legal_service.cases.step_data import FIELDS, Field
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import head_of, on_the_desk

ON, REASON = Words("日期", "On"), Words("理由", "Why")


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the form; options are codes with their words."""

    name: str
    field: Field
    required: bool
    options: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class EventShown:
    """An event as the page tells it: what, with which particulars, by whom."""

    recorded: Recorded
    name: Words
    basis: str
    particulars: tuple[tuple[Words, Words], ...]
    may_be_withdrawn: bool


def show(case_no: str, *, refused: Refusal | None = None) -> str:
    """The page; `?step=` chooses the event or move whose form is open."""
    step = request.values.get("step", "")
    with reader.reading() as session:
        head = head_of(session, case_no)
        row = queries.case_row(session, case_no)
        found = told.proceedings_of(session, row.id)
        kinds = tuple(code for code, kind in KINDS.items() if head.stage in kind.stages and not kind.made_by_move)
        moves = tuple(one for one in stages.moves_from(head.stage) if stages.transition(head.stage, one).event)
        forced = told.forced_of(session, row.id)
        return render_template(
            "cases/proceedings.html",
            head=head,
            tab="case_proceedings",
            step=step if step in kinds or step in moves else "",
            is_move=step in moves,
            fields=_fields(step, head.stage, head.position.parties) if step in kinds or step in moves else (),
            kinds=kinds,
            moves=moves,
            numbers=told.court_numbers(found),
            track=found.track(),
            submissions=told.submissions_of(session, row.id),
            findings=[one.finding() for one in told.returns_of_siblings(session, row)],
            sureties=list(sureties.warnings(head.position)),
            events=[_shown(one) for one in reversed(told.recorded(session, row.id))],
            forced=forced,
            reader_email=reader.actor().email,
            blocked=_blocked(head.stage, head.position),
            refused=refused,
        )


def _blocked(stage: str, position: object) -> tuple[str, ...]:
    """The moves that guards stand against, and that two persons may force."""
    found = []
    for target in stages.moves_from(stage):
        standing = stages.blockers(position, target)  # type: ignore[arg-type]
        if standing and not stages.never_forced(position, target):  # type: ignore[arg-type]
            found.append(target)
    return tuple(found)


def _fields(step: str, stage: str, parties: Iterable[str]) -> tuple[FieldShown, ...]:
    kind = KINDS[step] if step in KINDS else stages.transition(stage, step).kind
    assert kind is not None
    return tuple(
        FieldShown(name, FIELDS[name], name in kind.needs, _options(name, parties))
        for name in (*kind.needs, *kind.allows, "note")
    )


def _options(name: str, parties: Iterable[str]) -> tuple[tuple[str, Words], ...]:
    if name == "party":
        return tuple((one, litigants.name(one)) for one in parties)
    field = FIELDS[name]
    return tuple((code, labels.label(field.family, code)) for code in field.choices)


def _shown(one: Recorded) -> EventShown:
    kind = KINDS[one.event.kind]
    return EventShown(
        one,
        labels.label("proceeding", one.event.kind),
        kind.basis,
        tuple((FIELDS[name].label, _value(name, value)) for name, value in one.event.data.items() if name != "note"),
        not kind.made_by_move and not one.withdrawn,
    )


def _value(name: str, value: str) -> Words:
    field = FIELDS[name]
    if name == "party":
        return litigants.name(value)
    return labels.label(field.family, value) if value in field.choices else Words(value, value)


def told_fields() -> dict[str, str]:
    """What a form tells of a step: its fields as typed, those left empty left out."""
    return {name: value for name in FIELDS if (value := request.form.get(f"data-{name}", "").strip())}


def _answer(case_no: str, refused: Refusal) -> ResponseReturnValue:
    return show(case_no, refused=on_the_desk(refused)), status_of(refused.code)


def record(case_no: str) -> ResponseReturnValue:
    """Record an event."""

    def work(tx: Transaction) -> Done:
        kind = forms.choice("step", Words("程序事项", "Event"), tuple(KINDS))
        operations.record_event(tx, case_no=case_no, kind=kind, on=past_day("on", ON), data=told_fields())
        name = labels.label("proceeding", kind)
        return Done(
            url_for("case_proceedings", case_no=case_no), Words(f"已登记：{name.zh}。", f"Recorded: {name.en}.")
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return _answer(case_no, refused)


def withdraw(case_no: str) -> ResponseReturnValue:
    """Take an event back that was entered wrongly."""

    def work(tx: Transaction) -> Done:
        number = request.form.get("event", "")
        key = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        operations.withdraw_event(tx, case_no=case_no, event_id=key)
        return Done(
            url_for("case_proceedings", case_no=case_no),
            Words("已撤销登记，原记录仍可见。", "Taken back; the line stays visible."),
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return _answer(case_no, refused)


def ask(case_no: str) -> ResponseReturnValue:
    """Ask that a move be forced."""

    def work(tx: Transaction) -> Done:
        target = forms.choice("target", Words("进入阶段", "To stage"), stages.STAGES)
        reason = forms.text("reason", REASON, most=1000)
        operations.ask_force(
            tx, case_no=case_no, target=target, on=past_day("on", ON), reason=reason, data=told_fields()
        )
        return Done(
            url_for("case_proceedings", case_no=case_no),
            Words("已申请强制推进，等待第二人决定。", "Asked; a second person decides."),
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return _answer(case_no, refused)


def decide(case_no: str) -> ResponseReturnValue:
    """Grant or refuse a forced move."""

    def work(tx: Transaction) -> Done:
        number = request.form.get("request", "")
        key = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        grant = forms.choice("decision", Words("决定", "Decision"), ("grant", "refuse")) == "grant"
        operations.decide_force(tx, case_no=case_no, request_id=key, grant=grant)
        return Done(
            url_for("case_proceedings", case_no=case_no),
            Words("已批准，案件已推进。", "Granted; the case was moved.") if grant else Words("已驳回。", "Refused."),
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return _answer(case_no, refused)
