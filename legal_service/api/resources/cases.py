"""`/cases`: opening a case, reading where it stands, moving it, and recording what its guards ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api import masking, versions
from legal_service.api.paging import Page, listed
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.cases import (
    AsOf,
    CaseLine,
    CaseShape,
    EventShape,
    Move,
    NewCase,
    NewService,
    NewSettlement,
    ServiceRecorded,
    SettlementRecorded,
    TimelineQuery,
    WorkQuery,
)
from legal_service.api.speech import language
from legal_service.cases import operations, queries, serving
from legal_service.cases.stages import CLOSING_REASONS
from legal_service.cases.timeline import Event
from legal_service.cases.work_list import WorkListQuery, read_cursor
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.money import amount_text
from legal_service.redaction.kinds import Kind

resource = Resource("cases", Words("案件", "Cases"))


@resource.reads(
    "/cases",
    needs="case.read",
    says=Words("办案清单，期限近的在前", "The work list, nearest deadline first"),
    tells=Words(
        "按姓名或号码查找请用网页：个人信息不进地址。",
        "Searching by name or number is done on the pages: personal data does not belong in an address.",
    ),
    asks=WorkQuery,
    gives=CaseLine,
    paged=True,
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """The cases that the caller sees, a page at a time."""
    after = asked["cursor"] and read_cursor(asked["cursor"], sort=asked["sort"], desc=asked["desc"])
    filters = {name: asked[name] for name in ("view", "stage", "tier", "owner", "sort", "desc")}
    query = WorkListQuery(**filters, after=after, size=asked["limit"])
    found = queries.work_list(session, query, clock.today())
    return Page([_line(one) for one in found.lines], found.next_cursor)


def _line(one: queries.Line) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in CaseLine().fields if name not in ("borrower", "claim_total")}
    return told | {
        "borrower": masking.value(Kind.PERSON, one.borrower),
        "claim_total": amount_text(one.claim_total),
    }


@resource.writes(
    "/cases",
    needs="case.open",
    says=Words("建案", "Open a case"),
    tells=Words("同样的贷款再次请求，得到已有的案件。", "The same loans asked for again answer the case already open."),
    takes=NewCase,
    gives=CaseShape,
    status=201,
    located=True,
    tagged=True,
)
def open_case(tx: Transaction, told: Mapping[str, Any]) -> Answer:
    """Open one case for loans of one borrower."""
    on = told["on"] or clock.today()
    case_no = operations.open_case(tx, loan_nos=told["loan_nos"], on=on)
    answer = _case(tx.session, case_no, on)
    return Answer(answer.body, headers={"Location": f"{PREFIX}/cases/{case_no}"}, version=answer.version)


@resource.reads(
    "/cases/<name:case_no>",
    needs="case.read",
    says=Words("案件现状：到哪一步、下一期限、卡在哪", "Where a case stands, what is due next, what blocks it"),
    asks=AsOf,
    gives=CaseShape,
    versioned=True,
)
def show(session: Session, asked: Mapping[str, Any], case_no: str) -> Answer:
    """One case."""
    return _case(session, case_no, asked["as_of"] or clock.today())


def _case(session: Session, case_no: str, as_of: date) -> Answer:
    document: dict[str, Any] = queries.case_json(session, case_no, as_of, language())
    for move in document["history"]:  # what else a move tells is prose and may name a person
        reason = move["data"].get("reason")
        move["data"] = {"reason": reason} if reason in CLOSING_REASONS else {}
    for event in document["events"]:
        event["data"] = {name: value for name, value in event["data"].items() if name != "note"}
    return Answer(document, version=document["version"])


@resource.writes(
    "/cases/<name:case_no>/moves",
    needs="case.advance",
    says=Words("推进案件", "Move a case on"),
    tells=Words(
        "有未满足的条件即 422，写明理由与依据；他人已变更即 412。",
        "A guard that stands answers 422 with reason and basis; a change by somebody else answers 412.",
    ),
    takes=Move,
    gives=CaseShape,
    matched=True,
)
def move(tx: Transaction, told: Mapping[str, Any], case_no: str) -> Answer:
    """Move a case to a stage."""
    versions.check(queries.case_row(tx.session, case_no).version)
    on = told["on"] or clock.today()
    operations.advance(tx, case_no=case_no, target=told["stage"], on=on, data=told["data"])
    return _case(tx.session, case_no, on)


@resource.reads(
    "/cases/<name:case_no>/timeline",
    needs="case.read",
    says=Words("时间线，新的在前", "The time line of a case, newest first"),
    asks=TimelineQuery,
    gives=EventShape,
    paged=True,
)
def timeline(session: Session, asked: Mapping[str, Any], case_no: str) -> Page:
    """Everything that happened in a case."""
    found = [one for one in queries.timeline(session, case_no) if asked["kind"] in (None, one.kind)]
    page = listed(found, asked, _age, date, str, str, str, falling=True)
    return Page([_event(one) for one in page.items], page.after)


def _age(one: Event) -> tuple[date, str, str, str]:
    """Where an event stands in the list: by day and hour; what shares them is told apart by what it says."""
    clocked = one.moment.isoformat() if one.moment and one.moment.date() == one.on else ""
    told = hashlib.sha256(f"{one.ref}{one.words.zh}".encode()).hexdigest()
    return one.on, clocked, one.kind, told[:16]


def _event(one: Event) -> dict[str, Any]:
    return {
        "on": one.on,
        "moment": one.moment,
        "kind": one.kind,
        "says": masking.prose(one.words.read(language())),
        "of": one.of,
        "by": one.by,
        "ref": ":".join(one.ref),
    }


@resource.writes(
    "/cases/<name:case_no>/services",
    needs="case.record",
    says=Words("记录一次送达", "Record an attempt to serve a paper"),
    takes=NewService,
    gives=ServiceRecorded,
    status=201,
)
def record_service(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record an attempt to serve a demand, with its proof."""
    paper = serving.parse(dict(told))
    recorded = operations.record_service(tx, case_no=case_no, paper=paper)
    return {"case_no": case_no, "recorded": recorded, "effective_on": paper.effective_on}


@resource.writes(
    "/cases/<name:case_no>/settlements",
    needs="case.record",
    says=Words("记录一次和解尝试", "Record an attempt to settle"),
    takes=NewSettlement,
    gives=SettlementRecorded,
    status=201,
)
def record_settlement(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record an attempt to settle, for one loan of the case or for each."""
    recorded = operations.record_settlement(
        tx,
        case_no=case_no,
        attempted_on=told["on"],
        channel=told["channel"],
        offer=told["offer"],
        outcome=told["outcome"],
        agreed_until=told["agreed_until"],
        loan_no=told["loan_no"],
    )
    return {"case_no": case_no, "recorded": recorded}
