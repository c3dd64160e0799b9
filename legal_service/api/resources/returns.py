"""`/returns`: regulatory returns, their numbers down to the rows, their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api.paging import Page, listed
from legal_service.api.resource import Resource
from legal_service.api.resources.jobs import asked_for
from legal_service.api.running import Answer, File
from legal_service.api.schemas.jobs import Accepted
from legal_service.api.schemas.returns import IssueShape, NewReturn, ReturnFileQuery, RowShape, WholeIssue
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.reports import operations, queries
from legal_service.reports.issues import IssueFacts, MeasureFacts
from legal_service.reports.production import CUT, MEDIA
from legal_service.web import reader

resource = Resource("returns", Words("监管报表", "Returns"))
ONE = "/returns/<int(min=1, max=2147483647):issue_id>"


@resource.reads(
    "/returns", needs="return.read", says=Words("报表各期次", "The issues of returns"), gives=IssueShape, paged=True
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """Every issue of every return, the newest first."""
    page = listed(queries.issues(session), asked, lambda one: (one.id,), int, falling=True)
    return Page([told(one) for one in page.items], page.after)


@resource.writes(
    "/returns",
    needs="report.make",
    says=Words("制作报表（后台任务）", "Make a return (a job)"),
    tells=Words(
        "期间终了后才能制作。数据与口径未变则得到已有的期次。",
        "Only for a period that has ended. When neither rows nor definition changed, the issue already there is answered.",
    ),
    takes=NewReturn,
    gives=Accepted,
    status=202,
    located=True,
)
def make(tx: Transaction, asked: Mapping[str, Any]) -> Answer:
    """Ask for a return of a period."""
    operations.check_request(actor=tx.actor, today=clock.today(), name=asked["name"], period=asked["period"])
    return asked_for(tx, "report", {"name": asked["name"], "period": asked["period"]})


@resource.reads(
    ONE, needs="return.read", says=Words("一个期次及其全部数值", "One issue with all its numbers"), gives=WholeIssue
)
def show(session: Session, asked: Mapping[str, Any], issue_id: int) -> dict[str, Any]:
    """One issue, its measures with their definitions."""
    found = queries.issue(session, issue_id)
    measures = queries.numbers_of(reader.installation().store, found)
    return told(found) | {"measures": [_measure(one) for one in measures]}


@resource.reads(
    f"{ONE}/rows/<name:cell>",
    needs="report.inspect",
    says=Words("一个数值所依据的数据行（已去标识）", "The pseudonymised rows behind a number"),
    tells=Words(
        "会透露不予列示小格的行不在此给出（rows_withheld）；有核查权限者在网页上查看，每次留痕。",
        "Rows that would tell withheld cells are refused (rows_withheld); whoever may check opens them on the page, and each time is noted.",
    ),
    gives=RowShape,
    paged=True,
)
def rows(session: Session, asked: Mapping[str, Any], issue_id: int, cell: str) -> Page:
    """The rows of the frozen cut that a number rests on."""
    found = queries.rows_behind(reader.installation().store, queries.issue(session, issue_id), cell)
    page = listed(found.rows, asked, lambda one: (one["row"],), str)
    return Page([_row(one) for one in page.items], page.after)


@resource.reads(
    f"{ONE}/file",
    needs="return.read",
    says=Words("下载报表文件", "A file of an issue"),
    asks=ReturnFileQuery,
    file=tuple(dict.fromkeys(media for name, media in MEDIA.items() if name != CUT)),
)
def file(session: Session, asked: Mapping[str, Any], issue_id: int) -> File:
    """A file that circulates with the return."""
    found = queries.file_of(reader.installation().store, queries.issue(session, issue_id), asked["name"])
    return File(found.content, found.media_type, found.filename)


def told(one: IssueFacts) -> dict[str, Any]:
    """An issue as the outside sees it."""
    names = (
        "id",
        "name",
        "period",
        "issue",
        "status",
        "superseded_by",
        "made_by",
        "made_at",
        "sha256",
        "manifest_sha256",
    )
    return {name: getattr(one, name) for name in names} | {
        "title": _words(one.title),
        "recorded": one.recorded is not None and one.recorded.manifest_sha256 == one.manifest_sha256,
    }


def _measure(one: MeasureFacts) -> dict[str, Any]:
    return {
        "code": one.code,
        "section": _words(one.section_title),
        "title": _words(one.title),
        "definition": _words(one.definition),
        "unit": one.unit,
        "basis": one.basis,
        "status": one.status,
        "numbers": [
            {
                "key": each.key,
                "title": _words(each.title),
                "value": each.value,
                "withheld": each.withheld,
                "rows": each.rows,
            }
            for each in one.numbers
        ],
    }


def _row(line: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in line.items() if name not in ("row", "kind")}
    return {"row": line["row"], "kind": line["kind"], "values": values}


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
