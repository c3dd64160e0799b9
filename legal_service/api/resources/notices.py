"""`/law/notices`: State Council holiday notices; loading one reckons anew every open deadline that it moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service.access import permissions
from legal_service.api.paging import Page, cursor, cut, place
from legal_service.api.resource import Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.notices import (
    LoadedShape,
    MovedShape,
    NewCorrection,
    NewNotice,
    NoticeQuery,
    NoticeShape,
)
from legal_service.api.speech import language
from legal_service.cases import operations
from legal_service.cases.queries.notices import notices
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.web import reader

resource = Resource("notices", Words("节假日安排通知", "Holiday notices"))


@resource.reads(
    "/law/notices",
    needs="law.read",
    says=Words("已知的通知，新年份在前", "The notices known, the newest year first"),
    gives=NoticeShape,
    paged=True,
)
def show(session: Session, asked: Mapping[str, Any]) -> Page:
    """Every notice; who loaded it is told to those who read cases."""
    own = permissions.allowed(reader.actor().role, "case.read")
    (before,) = place(asked["cursor"], str) or ("9999",)
    found = [one for one in notices(session) if one.notice.year < int(before)]
    page = cut(found, asked["limit"], lambda one: cursor(str(one.notice.year)))
    return Page([one.as_json() if own else one.as_json() | {"loaded_by": None} for one in page.items], page.after)


@resource.writes(
    "/law/notices",
    needs="notice.load",
    says=Words("录入一年的通知", "Load the notice of a year"),
    tells=Words(
        "未完成的期限随之重新计算，已办结的不变；同一文件再次录入无变动。?dry_run=true 只列出将变动的期限。",
        "Open deadlines are reckoned anew, done ones stay; the same file again changes nothing. ?dry_run=true only tells what would move.",
    ),
    asks=NoticeQuery,
    takes=NewNotice,
    uploads=True,
    gives=LoadedShape,
)
def load(tx: Transaction, told: Mapping[str, Any]) -> Answer:
    """Load it, or tell what that would come to."""
    content, name = told["file"].stream.read(), told["file"].filename
    if told["dry_run"]:
        permissions.require(tx.actor, "notice.load")
        found = operations.preview_notice(tx.session, content=content, name=name, on=tx.moment.date())
    else:
        found = operations.load_notice(tx, content=content, name=name)
    return Answer(found.as_json(language()) | {"dry_run": told["dry_run"]}, exact=True)


@resource.writes(
    "/cases/<name:case_no>/deadlines/corrections",
    needs="docket.correct",
    says=Words("更正未完成期限的起算日", "Correct the trigger of an open deadline"),
    takes=NewCorrection,
    gives=MovedShape,
)
def correct(tx: Transaction, told: Mapping[str, Any], case_no: str) -> Answer:
    """The deadline is reckoned anew from the right day."""
    moved = operations.correct_deadline(
        tx, case_no=case_no, rule=told["rule"], subject=told["subject"], trigger=told["trigger"],
        corrected=told["to"], reason=told["reason"],
    )  # fmt: skip
    return Answer(moved.as_json(), exact=True)
