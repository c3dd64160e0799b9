"""`/cases/…/events` and `/cases/…/forced-moves`: what happened before the court, and moves that two persons answer for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legal_service import clock
from legal_service.api import masking
from legal_service.api.resource import Resource
from legal_service.api.resources.jobs import asked_for
from legal_service.api.running import Answer
from legal_service.api.schemas.jobs import Accepted
from legal_service.api.schemas.proceedings import (
    EventRecorded,
    EventWithdrawn,
    ForceAsked,
    ForceDecision,
    ManyMoves,
    NewEvent,
    NewForce,
    Prospects,
)
from legal_service.api.speech import language
from legal_service.cases import operations, queries
from legal_service.database import Transaction
from legal_service.errors import Words

resource = Resource("proceedings", Words("程序", "Proceedings"))


@resource.writes(
    "/cases/<name:case_no>/events",
    needs="case.record",
    says=Words("登记程序事项", "Record an event of the proceedings"),
    tells=Words(
        "期限随之开始或结束；同一事项再次登记不产生新记录。",
        "Deadlines open and close with it; the same event again is the one there.",
    ),
    takes=NewEvent,
    gives=EventRecorded,
    status=201,
)
def record_event(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record an event at the stage the case is in."""
    number = operations.record_event(tx, case_no=case_no, kind=told["kind"], on=told["on"], data=told["data"])
    return {"case_no": case_no, "recorded": number}


@resource.writes(
    "/cases/<name:case_no>/events/<int(min=1, max=2147483647):event_id>/withdrawal",
    needs="docket.correct",
    says=Words("撤销误登的程序事项", "Take back an event entered wrongly"),
    gives=EventWithdrawn,
)
def withdraw_event(tx: Transaction, told: Mapping[str, Any], case_no: str, event_id: int) -> dict[str, Any]:
    """Take an event back; its line stays visible."""
    ended = operations.withdraw_event(tx, case_no=case_no, event_id=event_id)
    return {"case_no": case_no, "withdrawn": event_id, "ended": ended}


@resource.writes(
    "/cases/<name:case_no>/forced-moves",
    needs="case.advance",
    says=Words("申请强制推进", "Ask to force a move"),
    tells=Words("案件此时不动；由第二名具名人员决定。", "Nothing moves yet; a second named person decides."),
    takes=NewForce,
    gives=ForceAsked,
    status=201,
)
def ask_force(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Ask that a move be made although guards stand against it."""
    on = told["on"] or clock.today()
    number = operations.ask_force(
        tx, case_no=case_no, target=told["stage"], on=on, reason=told["reason"], data=told["data"]
    )
    return {"case_no": case_no, "request": number}


@resource.writes(
    "/cases/<name:case_no>/forced-moves/<int(min=1, max=2147483647):request_id>/decision",
    needs="case.force",
    says=Words("决定强制推进的申请", "Decide on a forced move"),
    takes=ForceDecision,
    gives=ForceAsked,
)
def decide_force(tx: Transaction, told: Mapping[str, Any], case_no: str, request_id: int) -> dict[str, Any]:
    """Grant or refuse a request that somebody else made."""
    operations.decide_force(tx, case_no=case_no, request_id=request_id, grant=told["grant"])
    return {"case_no": case_no, "request": request_id}


@resource.writes(
    "/case-moves",
    needs="case.advance",
    says=Words("批量推进案件（后台任务）", "Move many cases (a job)"),
    tells=Words(
        "逐案一个事务，逐案报告；再次执行不重复。先用 /case-moves/preview 看结果。",
        "One transaction a case, each reported; safe to run twice. See /case-moves/preview first.",
    ),
    takes=ManyMoves,
    gives=Accepted,
    status=202,
    located=True,
)
def move_many(tx: Transaction, told: Mapping[str, Any]) -> Answer:
    """Ask for the job that moves these cases."""
    steps = [one.as_json() for one in _steps(told)]
    return asked_for(tx, "case_advance", {"stage": told["stage"], "steps": steps})


@resource.writes(
    "/case-moves/preview",
    needs="case.advance",
    says=Words("批量推进的预览", "What moving many cases would come to"),
    takes=ManyMoves,
    gives=Prospects,
)
def preview_many(tx: Transaction, told: Mapping[str, Any]) -> dict[str, Any]:
    """What would happen to each; nothing is written."""
    tongue = language()
    return {
        "cases": [
            {
                "case_no": one.case_no,
                "would_move": not one.refusals and not one.already,
                "unchanged": one.already,
                "refusals": [
                    {"code": refusal.code, "reason": masking.prose(refusal.reason.read(tongue)), "basis": refusal.basis}
                    for refusal in one.refusals
                ],
            }
            for one in queries.prospects(tx.session, _steps(told), told["stage"])
        ]
    }


def _steps(told: Mapping[str, Any]) -> list[queries.Step]:
    on, common = told["on"] or clock.today(), told["data"] or {}
    found = {
        one["case_no"]: queries.Step(one["case_no"], one["on"] or on, {**common, **(one["data"] or {})})
        for one in told["cases"]
    }
    return list(found.values())
