"""Loading a State Council notice: the file is kept with the instance, and every open deadline it moves is reckoned anew.

One business transaction writes the trail, the deadlines and the lines of the work list; the file is put in place last, whole
or not at all. Should the commit fail after that, loading the notice again finds the file there and the deadlines still to
move, and moves them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from legal_service.access import permissions
from legal_service.access import queries as access
from legal_service.access.operations import record
from legal_service.cases import queries
from legal_service.cases.docket import Recomputed
from legal_service.cases.models import Deadline
from legal_service.cases.operations import work_lines
from legal_service.cases.operations.deadlines import move_deadline
from legal_service.cases.queries.deadlines import limitation_within, moved_by
from legal_service.database import Transaction
from legal_service.errors import Finding, Language
from legal_service.law import files, notices
from legal_service.law.calendar import Notice
from legal_service.law.queries import notices_folder

ACTION = "law.notice.load"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a notice comes to: `changed` when the notice is new or other than before, or a deadline is written."""

    notice: Notice
    sha256: str
    changed: bool
    shipped: bool
    docket: Recomputed
    doubts: tuple[Finding, ...]

    def as_json(self, language: Language) -> dict[str, object]:
        """Year, title, source and status; what moved, what was confirmed, what is done and stays; the doubts."""
        return {
            "year": self.notice.year,
            "notice": self.notice.title,
            "published": self.notice.published.isoformat(),
            "sources": list(self.notice.sources),
            "status": self.notice.status,
            "sha256": self.sha256,
            "shipped": self.shipped,
            "changed": self.changed,
            **self.docket.as_json(),
            "findings": [one.as_json(language) for one in self.doubts],
        }


def load_notice(tx: Transaction, *, content: bytes, name: str) -> Loaded:
    """Load a notice in the session's installation; the same one again changes nothing, not even the trail.

    `name` is the file's. Raises `Findings` for a notice that is not in order; refuses `not_permitted`.
    """
    permissions.require(tx.actor, "notice.load")
    loaded = preview_notice(tx.session, content=content, name=name, on=tx.moment.date())
    if not loaded.changed:
        return loaded
    notice, year = loaded.notice, loaded.notice.year
    record(
        tx, action=ACTION, subject=f"law:{year}", sha256=loaded.sha256, notice=notice.title, status=notice.status,
        published=notice.published.isoformat(), sources=list(notice.sources),
        holidays={day.isoformat(): festival for day, festival in sorted(notice.holidays.items())},
        working_weekends=[day.isoformat() for day in sorted(notice.working_weekends)],
        moved=len(loaded.docket.moved), confirmed=len(loaded.docket.confirmed), done=len(loaded.docket.done),
    )  # fmt: skip
    touched = []
    for one in (*loaded.docket.moved, *loaded.docket.confirmed):
        row = tx.session.get(Deadline, one.deadline_id)
        assert row is not None
        move_deadline(tx, row=row, case_no=one.due.case_no, after=one.after, because=f"notice:{year}")
        touched.append(one.due.case_no)
    tx.session.flush()
    folder = notices_folder(tx.session)
    if folder is not None and not loaded.shipped:
        files.keep_notice(folder, year, content)
    for case_no in dict.fromkeys([*touched, *limitation_within(tx.session, year)]):
        work_lines.after_record(tx, case=queries.case_row(tx.session, case_no), demanded=True)
    return loaded


def preview_notice(session: Session, *, content: bytes, name: str, on: date) -> Loaded:
    """What loading a notice would come to on a day; reads only."""
    draft = notices.read(content, name, shipped=files.shipped(), today=on)
    notice, folder = draft.notice, notices_folder(session)
    docket = moved_by(session, year=notice.year, calendar=files.calendar_with(notice, folder))
    sha256, shipped = hashlib.sha256(content).hexdigest(), files.released(notice)
    kept = shipped or (_recorded(session, notice.year) == sha256 and files.is_kept(folder, notice.year, content))
    changed = bool(docket.moved or docket.confirmed) or not kept
    return Loaded(notice, sha256, changed, shipped, docket, draft.doubts)


def _recorded(session: Session, year: int) -> str:
    """The hash of the notice of a year that the trail says was loaded last."""
    newest = access.trail_page(session, before=None, action=ACTION, subject=f"law:{year}", most=1)
    return str(newest[0].detail["sha256"]) if newest else ""
