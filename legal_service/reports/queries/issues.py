"""The issues of returns, for whoever checks them: reads issues, the audit trail and the store, and no other table.

Everything is told as it was frozen with the issue; the books of today are not asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.access.models import AuditEntry
from legal_service.errors import Refusal, Words
from legal_service.reports import files, verification
from legal_service.reports.cut import decode, digest, line_of
from legal_service.reports.definition import Definition
from legal_service.reports.issues import (
    Differences,
    IssueFacts,
    MeasureFacts,
    Recorded,
    RowsBehind,
    Verified,
    measures_of,
    row_changes,
    side_by_side,
)
from legal_service.reports.measures import measured
from legal_service.reports.models import ReturnIssue
from legal_service.reports.production import CUT, MANIFEST, MEDIA, RETURN
from legal_service.reports.verification import Problem
from legal_service.vault.store import BlobStore

SUPPRESSION = "机构内部规则：小样本抑制；个人信息保护法 第六条"


@dataclass(frozen=True, slots=True)
class File:
    """A file of an issue as it was made."""

    filename: str
    media_type: str
    content: bytes
    sha256: str


def issues(session: Session) -> list[IssueFacts]:
    """Every issue of every return, the newest period first and within it the newest issue."""
    rows = list(session.scalars(select(ReturnIssue)))
    newest: dict[tuple[str, str], int] = {}
    for row in rows:
        newest[row.name, row.period] = max(row.issue, newest.get((row.name, row.period), 0))
    told = _recorded(session)
    titles = {name: _title(name) for name in {row.name for row in rows}}
    found = [_facts(row, titles[row.name], newest[row.name, row.period], told) for row in rows]
    return sorted(found, key=lambda one: (one.period, one.name, one.issue), reverse=True)


def issue(session: Session, issue_id: int) -> IssueFacts:
    """One issue; refuses `unknown_issue`."""
    row = issue_row(session, issue_id)
    same = select(ReturnIssue.issue).where(ReturnIssue.name == row.name, ReturnIssue.period == row.period)
    newest = max(session.scalars(same))
    return _facts(row, _title(row.name), newest, _recorded(session, f"return:{row.name}-{row.period}"))


def issue_row(session: Session, issue_id: int) -> ReturnIssue:
    """The row of an issue; refuses `unknown_issue`."""
    row = session.scalar(select(ReturnIssue).where(ReturnIssue.id == issue_id))
    if row is None:
        raise Refusal("unknown_issue", Words(zh=f"没有第 {issue_id} 号报表", en=f"there is no issue {issue_id}"))
    return row


def numbers_of(store: BlobStore, issue: IssueFacts) -> list[MeasureFacts]:
    """The measures of an issue with definitions and numbers, as published. Refuses `blob_missing`, `blob_damaged`."""
    definition = _definition(issue.name)
    return measures_of(json.loads(store.get(issue.sha256)), definition.sections if definition else {})


def rows_behind(store: BlobStore, issue: IssueFacts, key: str, *, checking: bool = False) -> RowsBehind:
    """The pseudonymised rows that a number rests on, from the frozen cut.

    Rows that would tell a withheld cell (of that number, or shared with one) are refused, `rows_withheld`, unless `checking`:
    that is for `operations.inspect_rows`, which notes who looked. Refuses `unknown_number`, `definition_differs`.
    """
    definition = files.definition(issue.name)
    if definition.version != issue.definition_version:
        raise Refusal(
            "definition_differs",
            Words(
                zh=f"该报表按口径版本 {issue.definition_version} 制作，本机为 {definition.version}，不能追到数据行；请用制作时的软件版本。",
                en=f"made with definition {issue.definition_version}, here is {definition.version}: its rows cannot be traced here; use the software it was made with.",
            ),
        )
    cut = decode(store.get(issue.cut_sha256))
    rows = {cell.id: cell.rows for one in measured(cut, definition) for cell in one.all_cells}
    if key not in rows:
        raise Refusal(
            "unknown_number", Words(zh=f"报表中没有编号 {key[:80]}", en=f"the return has no number {key[:80]}")
        )
    numbers = [number for one in numbers_of(store, issue) for number in one.numbers]
    hidden = frozenset().union(*(rows[number.key] for number in numbers if number.withheld))
    small = bool(rows[key] & hidden)
    if small and not checking:
        raise Refusal(
            "rows_withheld",
            Words(
                zh="这些数据行会透露不予列示的小格；有核查权限的人可以查看，每次查看记入审计日志。",
                en="these rows would tell small cells that are withheld; whoever may check can open them, and each time is entered in the audit trail.",
            ),
            SUPPRESSION,
        )
    return RowsBehind(key, tuple(line_of(row) for row in cut.rows if row.row in rows[key]), small)


def differences(store: BlobStore, older: IssueFacts, newer: IssueFacts) -> Differences:
    """Two issues of the same return and period side by side; refuses `not_comparable`."""
    if (older.name, older.period) != (newer.name, newer.period):
        raise Refusal(
            "not_comparable",
            Words(
                zh="只能比较同一报表、同一期间的两个期次。",
                en="only issues of one return and one period can be compared.",
            ),
        )
    cuts = [decode(store.get(one.cut_sha256)) for one in (older, newer)]
    return Differences(
        numbers=side_by_side(numbers_of(store, older), numbers_of(store, newer)),
        rows=row_changes(*cuts),
        definition_changed=older.definition_version != newer.definition_version,
    )


def verify(store: BlobStore, issue: IssueFacts) -> Verified:
    """Check an issue as `legal report verify` does, made again from its frozen cut, and against the audit trail.

    Takes a few seconds (the PDF is printed again). Never refuses: what is missing or damaged is a problem.
    """
    try:
        held = kept(store, issue)
    except Refusal as refusal:
        return Verified(0, (Problem(MANIFEST, refusal.code, refusal.reason),))
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        told = _problem(
            MANIFEST, "unreadable", f"清单无法读取：{failure!r}", f"the manifest cannot be read: {failure!r}"
        )
        return Verified(0, (told,))
    problems = verification.verify(held, files.press)
    for name, named in ((CUT, issue.cut_sha256), (RETURN, issue.sha256)):
        if name in held and digest(held[name]) != named:
            problems.append(
                _problem(name, "not_of_this_issue", "不是该期次登记的文件", "not the file this issue names")
            )
    if issue.recorded is None:
        problems.append(
            _problem(MANIFEST, "not_in_trail", "审计日志中没有该期次", "the audit trail tells of no such issue")
        )
    elif issue.recorded.manifest_sha256 != issue.manifest_sha256:
        problems.append(
            _problem(MANIFEST, "trail_differs", "与审计日志所记的清单不符", "not the manifest the audit trail names")
        )
    return Verified(len(held), tuple(problems))


def file_of(store: BlobStore, issue: IssueFacts, name: str) -> File:
    """A file that circulates with the return: JSON, workbook, PDF or manifest; refuses `unknown_file`.

    The cut is row by row and not among them: `operations.take_cut` hands it to whoever checks, and notes it.
    """
    if name == CUT or name not in MEDIA:
        names = "、".join(one for one in MEDIA if one != CUT)
        raise Refusal(
            "unknown_file", Words(zh=f"可下载的文件：{names}。", en=f"files that can be downloaded: {names}.")
        )
    return _file(store, issue, name)


def kept(store: BlobStore, issue: ReturnIssue | IssueFacts) -> dict[str, bytes]:
    """The frozen files of an issue by name, the cut among them, from the store. Refuses `blob_missing`, `blob_damaged`."""
    manifest = store.get(issue.manifest_sha256)
    told = json.loads(manifest)["files"]
    return {name: store.get(one["sha256"]) for name, one in told.items()} | {MANIFEST: manifest}


def _file(store: BlobStore, issue: IssueFacts, name: str) -> File:
    manifest = store.get(issue.manifest_sha256)
    content = manifest if name == MANIFEST else store.get(json.loads(manifest)["files"][name]["sha256"])
    return File(f"{issue.name}-{issue.period}-{issue.issue}-{name}", MEDIA[name], content, digest(content))


def _recorded(session: Session, subject: str = "") -> dict[tuple[str, int], Recorded]:
    """What the trail tells of issues made, by subject and issue number."""
    query = select(AuditEntry).where(AuditEntry.action == "report.make")
    if subject:
        query = query.where(AuditEntry.subject == subject)
    found: dict[tuple[str, int], Recorded] = {}
    for entry in session.scalars(query.order_by(AuditEntry.seq)):
        detail: Mapping[str, Any] = entry.detail
        key = (entry.subject, int(detail["issue"]))
        found.setdefault(key, Recorded(entry.seq, entry.at, entry.sealed, str(detail["manifest"])))
    return found


def _definition(name: str) -> Definition | None:
    """The definition of this release; None for a return of another: its frozen numbers are read all the same."""
    try:
        return files.definition(name)
    except Refusal:
        return None


def _title(name: str) -> Words:
    definition = _definition(name)
    return definition.title if definition else Words(zh=name, en=name)


def _facts(row: ReturnIssue, title: Words, newest: int, told: Mapping[tuple[str, int], Recorded]) -> IssueFacts:
    return IssueFacts(
        id=row.id,
        name=row.name,
        title=title,
        period=row.period,
        issue=row.issue,
        status="current" if row.issue == newest else "superseded",
        superseded_by=None if row.issue == newest else newest,
        made_by=row.made_by,
        made_at=row.made_at,
        sha256=row.sha256,
        manifest_sha256=row.manifest_sha256,
        cut_sha256=row.cut_sha256,
        definition_version=row.definition_version,
        recorded=told.get((f"return:{row.name}-{row.period}", row.issue)),
    )


def _problem(file: str, code: str, zh: str, en: str) -> Problem:
    return Problem(file, code, Words(zh=zh, en=en))
