"""Recording events of the proceedings, with the deadlines they open and close, and taking one back that was entered wrongly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from legal_service import labels
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import event_guards, queries
from legal_service.cases.docket import TAKEN_BACK
from legal_service.cases.guards import policy
from legal_service.cases.models import Case, Deadline, ProceedingEvent
from legal_service.cases.operations import work_lines
from legal_service.cases.operations.deadlines import close_deadline, open_deadline
from legal_service.cases.proceeding_kinds import KINDS, Kind, kind_of
from legal_service.cases.proceedings import Proceedings
from legal_service.cases.queries.proceedings import proceedings_of
from legal_service.cases.refusals import joined
from legal_service.cases.step_data import FIELDS, read_data
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words


def record_event(tx: Transaction, *, case_no: str, kind: str, on: date, data: Mapping[str, Any] | None = None) -> int:
    """Record an event at the stage the case is in; answer its id. The same event again is the one already there.

    Refuses `unknown_event`, `not_at_this_stage`, `bad_step_data`, or with the code of the first guard of the event.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    row = kind_of(kind, case.stage)
    read = read_data(data or {}, needs=row.needs, allows=row.allows, what=labels.label("proceeding", kind).zh)
    found = proceedings_of(tx.session, case.id)
    for one in found.all(kind):
        if (one.on, dict(one.data)) == (on, read):
            return one.key
    position = queries.position_of(tx.session, case_no, on)
    standing = event_guards.blockers(position, kind, on, read)
    if standing:
        raise joined(standing)
    return enter(tx, case=case, kind=kind, on=on, data=read)


def enter(tx: Transaction, *, case: Case, kind: str, on: date, data: dict[str, str]) -> int:
    """Write an event that was found to be in order, with what follows on the docket; answer its id."""
    number = data.get("number", "")
    before = proceedings_of(tx.session, case.id)
    row = ProceedingEvent(
        case_id=case.id, kind=kind, happened_on=on, court=data.get("court") or before.value("court"), reason=data.get("return_reason", ""),
        data=json.dumps(data, ensure_ascii=False, sort_keys=True),
        number_index=tx.keys.blind("proceeding_event.number", number) if number else "",
        recorded_by=tx.actor.email, recorded_at=tx.moment,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    told = {name: value for name, value in data.items() if FIELDS[name].trail}
    record(tx, action="case.event", subject=f"case:{case.case_no}", event=kind, on=on.isoformat(), of=row.id, **told)
    _follow(tx, case, KINDS[kind], on, data, before)
    work_lines.after_record(tx, case=case)
    return row.id


def _follow(tx: Transaction, case: Case, kind: Kind, on: date, data: dict[str, str], before: Proceedings) -> None:
    """The docket after an event: what it ends, then what it opens."""
    party = data.get("party", "")
    for closing in kind.closes:
        close_rule(tx, case=case, rule=closing.rule, on=on, subject=party if closing.party else None)
    known = dict(data)
    docketed = before.newest("docketed")
    known["docketed_on"] = (docketed.on if docketed else on).isoformat()
    for opening in kind.opens:
        if opening.rule == "appeal_judgment" and before.track() == "small_claims":
            continue  # CPL 165: final at one instance
        if opening.wanted(known):
            open_deadline(
                tx, case=case, rule=opening.rule, trigger=opening.trigger(on, known), subject=opening.subject(known)
            )


def close_rule(tx: Transaction, *, case: Case, rule: str, on: date, subject: str | None, reason: str = "") -> None:
    """Mark the open deadlines of a rule as done: of one party, or (None) of every one."""
    query = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule, Deadline.done_on.is_(None))
    if subject is not None:
        query = query.where(Deadline.subject == subject)
    for row in tx.session.scalars(query.order_by(Deadline.id)).all():
        close_deadline(tx, case=case, row=row, on=on, reason=reason)


def withdraw_event(tx: Transaction, *, case_no: str, event_id: int) -> list[str]:
    """Take back an event entered wrongly, by a named person; answer the rules of the open deadlines that end with it.

    The line stays visible. Deadlines that the event had closed stay done: what is done never moves. Refuses
    `named_person_required`, `unknown_case_event`, and `made_by_move` for what a move of the case recorded.
    """
    permissions.require(tx.actor, "docket.correct")
    permissions.require_named(tx.actor)
    case = queries.case_row(tx.session, case_no)
    row = tx.session.get(ProceedingEvent, event_id)
    if row is None or row.case_id != case.id or row.withdraws is not None:
        raise Refusal(
            "unknown_case_event",
            Words(zh="本案没有这条程序事项。", en="the case has no such event."),
            policy("程序事项的撤销登记"),
        )
    if KINDS[row.kind].made_by_move:
        raise Refusal(
            "made_by_move",
            Words(
                zh="该事项随案件阶段推进而登记，不能单独撤销；请把案件移到正确的阶段。",
                en="a move of the case recorded this event; it is not taken back alone: move the case to the right stage.",
            ),
            policy("程序事项的撤销登记"),
        )
    if tx.session.scalar(select(ProceedingEvent.id).where(ProceedingEvent.withdraws == event_id)) is not None:
        return []
    tx.session.add(
        ProceedingEvent(
            case_id=case.id, kind=row.kind, happened_on=row.happened_on, data="{}", withdraws=row.id,
            recorded_by=tx.actor.email, recorded_at=tx.moment,
        )
    )  # fmt: skip
    record(tx, action="case.event_withdrawn", subject=f"case:{case_no}", event=row.kind, of=event_id)
    ended = _unfollow(tx, case, row)
    tx.session.flush()
    work_lines.after_record(tx, case=case)
    return ended


def _unfollow(tx: Transaction, case: Case, row: ProceedingEvent) -> list[str]:
    data = json.loads(row.data)
    docketed = proceedings_of(tx.session, case.id).newest("docketed")
    data["docketed_on"] = (docketed.on if docketed else row.happened_on).isoformat()
    ended = []
    for opening in KINDS[row.kind].opens:
        if not opening.wanted(data):
            continue
        query = select(Deadline).where(
            Deadline.case_id == case.id, Deadline.rule == opening.rule, Deadline.done_on.is_(None),
            Deadline.trigger_on == opening.trigger(row.happened_on, data), Deadline.subject == opening.subject(data),
        )  # fmt: skip
        for deadline in tx.session.scalars(query).all():
            close_deadline(tx, case=case, row=deadline, on=tx.moment.date(), reason=TAKEN_BACK)
            ended.append(opening.rule)
    return ended
