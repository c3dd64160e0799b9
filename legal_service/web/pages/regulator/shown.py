"""One issue of a return as a document: its numbers, its files, and the check that it re-runs to the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from legal_service.money import parse_rate, percent_text
from legal_service.reports import operations, queries
from legal_service.reports.issues import IssueFacts, Verified
from legal_service.reports.queries.issues import File
from legal_service.web import reader
from legal_service.web.pages.counsel.received import zipped
from legal_service.web.pages.regulator.tables import laid_out
from legal_service.web.pages.regulator.tables import shown as written


def show(issue_id: int, verified: Verified | None = None) -> str:
    """The document, with the outcome of checking it when that was just asked for."""
    issue, others = issue_with_others(issue_id)
    store = reader.installation().store
    return render_template(
        "regulator/return.html",
        issue=issue,
        others=others,
        head=queries.heading(store, issue),
        sections=laid_out(queries.numbers_of(store, issue), queries.dimensions_of(issue.name)),
        verified=verified,
        written=written,
        percent=lambda rate: percent_text(parse_rate(rate)),
    )


def verify(issue_id: int) -> str:
    """Check the frozen files and make the return again from its cut: read only, so asking twice is no harm."""
    issue, _ = issue_with_others(issue_id)
    return show(issue_id, queries.verify(reader.installation().store, issue))


def file(issue_id: int, name: str) -> ResponseReturnValue:
    """One of the files that circulate with the return, as it was made."""
    issue, _ = issue_with_others(issue_id)
    return attached(queries.file_of(reader.installation().store, issue, name))


def cut(issue_id: int) -> ResponseReturnValue:
    """All files, the frozen rows among them, to re-run the return elsewhere; entered in the trail before a byte leaves."""
    with reader.transaction() as tx:
        files = operations.take_cut(tx, store=reader.installation().store, issue_id=issue_id)
        issue = queries.issue(tx.session, issue_id)
    content = _archive(files, f"{issue.name}-{issue.period}-{issue.issue}")
    return zipped(content, f"{issue.name}-{issue.period}-{issue.issue}.zip", hashlib.sha256(content).hexdigest())


def attached(found: File) -> Response:
    """A file to be saved, never opened in the page."""
    answer = Response(found.content, content_type=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.filename)
    answer.headers["X-Content-SHA256"] = found.sha256
    return answer


def issue_with_others(issue_id: int) -> tuple[IssueFacts, list[IssueFacts]]:
    """An issue, and the other issues of the same return and period, newest first. Refuses `unknown_issue`."""
    with reader.reading() as session:
        issue = queries.issue(session, issue_id)
        same = [one for one in queries.issues(session) if (one.name, one.period) == (issue.name, issue.period)]
    return issue, [one for one in same if one.id != issue.id]


def _archive(files: dict[str, bytes], folder: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}"), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()
