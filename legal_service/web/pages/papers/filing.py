"""One revision of a filing: its pages beside the data it used, its files, and its approval by a named lawyer."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.database import Transaction
from legal_service.documents.files import page_count, page_image
from legal_service.errors import Finding, Refusal, Words
from legal_service.exports import queries as exports
from legal_service.filings import operations
from legal_service.filings.operations import MEDIA
from legal_service.filings.revisions import queries
from legal_service.filings.revisions.facts import RevisionFacts, StaleFigure
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.papers.figures import element_words, exhibit_of, origin_words, sections
from legal_service.web.pages.papers.sending import attachment, findings_without_names

WIDTH, A4 = 1240, 1754
"""Pixels across a page's picture, and the height that the layout keeps for it."""
CHECKED = Words("核对声明", "Confirmation")


def show(case_no: str, revision_id: int, *, refused: Refusal | None = None) -> str:
    """The page. What would differ were it made today is asked only of a stale revision."""
    own = reader.installation().settings.plaintiff
    with reader.reading() as session:
        head = head_of(session, case_no)
        revision = queries.revision_facts(session, case_no, revision_id, own=own)
        moved, unreadable = _moved(session, revision)
        return render_template(
            "papers/filing.html",
            head=head,
            tab="case_filings",
            revision=revision,
            newest=queries.newest_of(session, case_no, revision.document),
            moved=moved,
            unreadable=unreadable,
            doubts=_doubts(session, revision),
            sections=sections(queries.provenance_of(session, revision)),
            pages=page_count(queries.file_of(reader.installation().store, revision, "pdf")),
            width=WIDTH,
            height=A4,
            element_words=element_words,
            exhibit_of=exhibit_of,
            origin_words=origin_words,
            refused=refused,
        )


def _moved(session: Session, revision: RevisionFacts) -> tuple[list[StaleFigure], Refusal | None]:
    """What moved since a stale revision was made, or why it could not be made at all today."""
    if revision.state != "stale":
        return [], None
    try:
        return queries.stale_rows(session, revision, own=reader.installation().settings.plaintiff), None
    except Refusal as refused:
        return [], refused


def _doubts(session: Session, revision: RevisionFacts) -> list[Finding]:
    if revision.state not in ("draft", "approved"):
        return []
    found = queries.doubts_of(session, revision, own=reader.installation().settings.plaintiff)
    return findings_without_names(found, exports.known_values(session, revision.case_no))


def page(case_no: str, revision_id: int, page: int) -> ResponseReturnValue:
    """A page of the document as a picture. It names the parties in full: the trail tells, once a day, who looked at it."""
    here, user = reader.installation(), reader.actor()
    with reader.reading() as session:
        files = queries.files_of(session, case_no, revision_id)
        seen = queries.seen_on(session, case_no, revision_id, by=user.email, on=clock.today())
    if not seen:
        with reader.transaction() as tx:
            operations.note_seen(tx, case_no=case_no, revision_id=revision_id)
    return Response(page_image(here.store.get(files["pdf"]), page, WIDTH), content_type="image/png")


def file(case_no: str, revision_id: int, form: str) -> ResponseReturnValue:
    """The document as a file; the trail tells who took it."""
    with reader.transaction() as tx:
        content = operations.take_filing(
            tx, store=reader.installation().store, case_no=case_no, revision_id=revision_id, form=form
        )
        facts = queries.revision_facts(tx.session, case_no, revision_id, own=reader.installation().settings.plaintiff)
    name = f"{case_no}-{facts.document}-{facts.as_of.isoformat()}.{form}"
    return attachment(content, media_type=MEDIA[form], filename=name)


def approve(case_no: str, revision_id: int) -> ResponseReturnValue:
    """Approve the revision that was read, and no other; one that another lawyer approved meanwhile is shown with his name."""

    def work(tx: Transaction) -> Done:
        own = reader.installation().settings.plaintiff
        facts = queries.revision_facts(tx.session, case_no, revision_id, own=own)
        there = url_for("case_filing", case_no=case_no, revision_id=revision_id)
        if facts.newest and facts.approvals:
            return Done(
                there,
                Words(
                    zh="此版此前已经审批，见下方审批人与时间；未重复审批。",
                    en="This revision was approved before: see below by whom and when. Nothing was added.",
                ),
            )
        if request.form.get("checked") != "yes":
            raise forms.bad_field("checked", CHECKED, Words("须勾选后才能审批", "must be ticked before you approve"))
        operations.approve(tx, case_no=case_no, document=facts.document, revision_id=revision_id, own=own)
        return Done(there, Words(zh="已审批。", en="Approved."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return show(case_no, revision_id, refused=refused), status_of(refused.code)
