"""Revisions as rows tell them, and the same facts drawn anew from today's books: what is stale, and which row moved.

Only the newest revision of a document is drawn anew; older ones are superseded whatever the books say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access.queries import trail_page
from legal_service.accounts.statement_json import as_json as statement_json
from legal_service.cases import queries as cases
from legal_service.contacts import queries as contacts
from legal_service.documents import files as templates
from legal_service.errors import Finding, Refusal, Words
from legal_service.evidence.queries import row_origins
from legal_service.filings import queries, rendering
from legal_service.filings.facts.claim_figures import figures
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.filings.models import Approval, Revision
from legal_service.filings.revisions.facts import (
    ApprovalFacts,
    FigureSource,
    MovedRow,
    RevisionFacts,
    StaleFigure,
    State,
)
from legal_service.filings.revisions.queries.moved import Books
from legal_service.filings.revisions.staleness import CLAIM, PARTS, Difference, differences
from legal_service.filings.revisions.titles import title_of
from legal_service.parties import queries as parties
from legal_service.vault.store import BlobStore

Facts = dict[str, Any]
Figures = list[dict[str, Any]]


def revisions_of(session: Session, case_no: str, *, own: Mapping[str, Any]) -> list[RevisionFacts]:
    """All revisions of a case, newest first, each with its standing today; refuses `unknown_case`.

    `own` are the institution's settings as plaintiff: a change of them makes a claim stale like a change of the books.
    """
    case = cases.case_row(session, case_no)
    rows = list(session.scalars(select(Revision).where(Revision.case_id == case.id).order_by(Revision.id.desc())))
    return [_facts(session, case_no, row, own) for row in rows]


def revision_facts(session: Session, case_no: str, revision_id: int, *, own: Mapping[str, Any]) -> RevisionFacts:
    """One revision of a case; refuses `unknown_case`, `unknown_revision`."""
    return _facts(session, case_no, _row(session, case_no, revision_id), own)


def stale_rows(session: Session, revision: RevisionFacts, *, own: Mapping[str, Any]) -> list[StaleFigure]:
    """Which figures (and other parts) would be different if the document were made today as of the same day, and which row moved.

    Nothing when it agrees with the books; a changed template is told by `template_current`. Refuses what making it would
    refuse now (for instance `several_contracts`).
    """
    row = _row(session, revision.case_no, revision.id)
    facts, now = drawn_today(session, revision.case_no, row.document, row.as_of, own)
    if queries.facts_digest(facts) == row.facts_sha256:
        return []
    books = Books(session, cases.contracts_of(session, row.case_id), row.made_at)
    plain, figures_now = (
        json.loads(queries.canonical(facts)),
        json.loads(queries.canonical({"figures": now}))["figures"],
    )

    def moved(one: Difference) -> tuple[MovedRow, ...]:
        if one.label == PARTS["evidence"]:
            return books.deposited(revision.case_no)
        return books.moved(one.rows_before, one.rows_now)

    return [
        StaleFigure(one.label, one.element, one.was, one.now, moved(one))
        for one in differences(row.document, row.figures, figures_now, json.loads(row.facts), plain)
    ]


def provenance_of(session: Session, revision: RevisionFacts) -> list[FigureSource]:
    """Every figure of the document in its order, the rows it rests on, and for each row the line of the tape or who recorded it."""
    told = _row(session, revision.case_no, revision.id).figures
    origins = row_origins(session, [row for one in told for row in one["sources"]])
    return [
        FigureSource(
            title_of(one["label"]), one["text"], one["element"], tuple(origins[source] for source in one["sources"])
        )
        for one in told
    ]


def file_of(store: BlobStore, revision: RevisionFacts, form: str) -> bytes:
    """The document as it was made, in one format; refuses `no_such_format`, `blob_missing`, `blob_damaged`."""
    return _content(store, revision.document, revision.files, form)


def _content(store: BlobStore, document: str, files: Mapping[str, str], form: str) -> bytes:
    if form not in files:
        forms = "、".join(sorted(files))
        raise Refusal(
            "no_such_format", Words(zh=f"{document} 只有 {forms} 格式。", en=f"{document} comes as {forms} only.")
        )
    return store.get(files[form])


def newest_of(session: Session, case_no: str, document: str) -> int | None:
    """The number of the revision of a document that counts."""
    row = queries.newest_revision(session, case_no, document)
    return row.id if row else None


def files_of(session: Session, case_no: str, revision_id: int) -> Mapping[str, str]:
    """The files of a revision, format → SHA-256, without asking how it stands; refuses `unknown_case`, `unknown_revision`."""
    return dict(_row(session, case_no, revision_id).files)


def content_of(session: Session, store: BlobStore, case_no: str, revision_id: int, form: str) -> bytes:
    """The bytes of a revision in one format; refuses `unknown_revision`, and as `file_of` does."""
    row = _row(session, case_no, revision_id)
    return _content(store, row.document, row.files, form)


def doubts_of(session: Session, revision: RevisionFacts, *, own: Mapping[str, Any]) -> list[Finding]:
    """What a lawyer must weigh before approving a claim, from today's facts as of its day; nothing for other documents."""
    if revision.document != CLAIM:
        return []
    return readiness(queries.claim_facts(session, revision.case_no, revision.as_of, own))


def seen_on(session: Session, case_no: str, revision_id: int, *, by: str, on: date) -> bool:
    """Whether the trail tells that somebody looked at the pages of a revision on a day (Shanghai)."""
    asked = trail_page(session, before=None, actor=by, action="filing.read", subject=f"case:{case_no}", most=50)
    return any(
        (one.detail.get("revision"), one.detail.get("form")) == (revision_id, "pages")
        and one.at.astimezone(clock.SHANGHAI).date() == on
        for one in asked
    )


def drawn_today(
    session: Session, case_no: str, document: str, as_of: date, own: Mapping[str, Any]
) -> tuple[Facts, Figures]:
    """The facts and figures that making the document now, as of that day, would keep with its revision."""
    if document == CLAIM:
        claim = queries.claim_facts(session, case_no, as_of, own)
        return asdict(claim), [one.as_json() for one in figures(claim)]
    row = queries.only_contract(session, case_no)
    if document == "statement_of_account":
        account = statement_json(cases.statement(session, row.loan_no, as_of), "zh")
        return account, [_figure(name, rows, "statement") for name, rows in account["sources"].items()]
    log = rendering.log_facts(
        case_no=case_no,
        loans=[row.loan_no],
        lender=parties.lender(session, row.lender_id).name,
        borrower=parties.borrower(session, row.person_id).name,
        as_of=as_of,
        contacts=contacts.contacts_of(session, [row.id]),
    )
    return asdict(log), [_figure(one.contact_no, [one.row], "contact_log") for one in log.contacts]


def _figure(label: str, rows: list[str], element: str) -> dict[str, Any]:
    return {"label": label, "text": "", "sources": list(rows), "element": element}


def _row(session: Session, case_no: str, revision_id: int) -> Revision:
    case = cases.case_row(session, case_no)
    row = session.scalar(select(Revision).where(Revision.id == revision_id, Revision.case_id == case.id))
    if row is None:
        raise Refusal(
            "unknown_revision",
            Words(zh=f"本案没有第 {revision_id} 号文书版本。", en=f"the case has no revision {revision_id}."),
        )
    return row


def _facts(session: Session, case_no: str, row: Revision, own: Mapping[str, Any]) -> RevisionFacts:
    template = templates.load(row.document)
    latest = queries.newest_revision(session, case_no, row.document)
    newest = latest is not None and latest.id == row.id
    approvals = tuple(
        ApprovalFacts(one.approved_by, one.approved_on, one.approved_at)
        for one in session.scalars(select(Approval).where(Approval.revision_id == row.id).order_by(Approval.id))
    )
    current = template.version == row.template_version
    return RevisionFacts(
        id=row.id,
        case_no=case_no,
        document=row.document,
        title=template.manifest.title,
        as_of=row.as_of,
        template_version=row.template_version,
        template_current=current,
        files=dict(row.files),
        claim_total=row.claim_total,
        made_by=row.made_by,
        made_at=row.made_at,
        approvals=approvals,
        newest=newest,
        state=_state(session, case_no, row, own, newest, current, bool(approvals)),
    )


def _state(
    session: Session, case_no: str, row: Revision, own: Mapping[str, Any], newest: bool, current: bool, approved: bool
) -> State:
    if not newest:
        return "superseded"
    if not current or not _agrees(session, case_no, row, own):
        return "stale"
    return "approved" if approved else "draft"


def _agrees(session: Session, case_no: str, row: Revision, own: Mapping[str, Any]) -> bool:
    try:
        facts, _ = drawn_today(session, case_no, row.document, row.as_of, own)
    except Refusal:
        return False
    return queries.facts_digest(facts) == row.facts_sha256
