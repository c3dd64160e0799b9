"""Making filings: each a revision in the vault, and its approval by a named lawyer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from legal_service import clock
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.accounts import files as statements
from legal_service.accounts import queries as accounts
from legal_service.accounts.statement_json import as_json as statement_json
from legal_service.cases import operations as cases
from legal_service.cases import queries as case_queries
from legal_service.cases.models import Case
from legal_service.contacts import queries as contacts
from legal_service.database import Transaction
from legal_service.documents import files as templates
from legal_service.documents.manifest import Template
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.filings import queries, rendering
from legal_service.filings.facts.claim_figures import figures
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.filings.models import Approval, Revision
from legal_service.filings.revisions import queries as revisions
from legal_service.parties import queries as parties
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore

MAKES = ("statement_of_claim", "statement_of_account", "contact_log")
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A filing as made: its files by format, its template's version, the doubts a lawyer must see."""

    case_no: str
    document: str
    revision_id: int
    template_version: str
    files: Mapping[str, bytes]
    claim_total: int
    doubts: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    facts: dict[str, Any]
    figures: list[dict[str, Any]]
    files: dict[str, bytes]
    claim_total: int
    doubts: tuple[Finding, ...]


def make(
    tx: Transaction, *, store: BlobStore, case_no: str, document: str, as_of: date, own: Mapping[str, Any]
) -> Made:
    """Make one document of a case at the close of a date; the same facts and template are the same revision.

    Refuses `unknown_document`, and with `Findings` when the facts are not enough to file: nothing is made then.
    """
    permissions.require(tx.actor, "filing.make")
    if document not in MAKES:
        raise Refusal(
            "unknown_document",
            Words(
                zh=f"本版本可制作：{'、'.join(MAKES)}；没有 {document[:40]}。",
                en=f"this release makes: {', '.join(MAKES)}; not {document[:40]}.",
            ),
        )
    template = templates.load(document)
    draft = _draft(tx, case_no, document, as_of, own, template)
    digest = queries.facts_digest(draft.facts)
    case = case_queries.case_row(tx.session, case_no)
    revision = _revision(tx, case, document, as_of, template.version, digest, draft)
    for form, content in draft.files.items():
        deposit(
            tx,
            store=store,
            content=content,
            filename=f"{case_no}-{document}-{as_of.isoformat()}.{form}",
            media_type=MEDIA[form],
            kind=document if document != "statement_of_claim" else "filing",
            subject=f"case:{case_no}",
            form="generated",
            obtained_on=as_of,
            source=f"revision:{revision.id}",
        )
    if document in ("statement_of_claim", "statement_of_account"):
        cases.record_milestone(
            tx, case_no=case_no, kind="statement", subject="", reached_on=as_of, reference=as_of.isoformat()
        )
    cases.record_milestone(
        tx, case_no=case_no, kind="revision", subject=document, reached_on=as_of, reference=str(revision.id)
    )
    return Made(case_no, document, revision.id, template.version, draft.files, draft.claim_total, draft.doubts)


def _revision(
    tx: Transaction, case: Case, document: str, as_of: date, template_version: str, digest: str, draft: _Draft
) -> Revision:
    """The revision of these facts and this template: the one already there, or a new one."""
    revision = tx.session.scalar(
        select(Revision).where(
            Revision.case_id == case.id,
            Revision.document == document,
            Revision.facts_sha256 == digest,
            Revision.template_version == template_version,
        )
    )
    if revision is not None:
        return revision
    revision = Revision(
        case_id=case.id,
        document=document,
        as_of=as_of,
        template_version=template_version,
        facts_sha256=digest,
        files={form: hashlib.sha256(content).hexdigest() for form, content in draft.files.items()},
        figures=draft.figures,
        claim_total=draft.claim_total,
        made_by=tx.actor.email,
        made_at=tx.moment,
        facts=queries.canonical(draft.facts),
    )
    tx.session.add(revision)
    tx.session.flush()
    record(
        tx, action="filing.make", subject=f"revision:{revision.id}", document=document, template=template_version,
        case=case.case_no,
    )  # fmt: skip
    return revision


def _draft(
    tx: Transaction, case_no: str, document: str, as_of: date, own: Mapping[str, Any], template: Template
) -> _Draft:
    if document == "statement_of_claim":
        facts = queries.claim_facts(tx.session, case_no, as_of, own)
        found = readiness(facts)
        if any(one.severity == "error" for one in found):
            raise Findings(found)
        return _Draft(
            facts=asdict(facts),
            figures=[asdict(one) for one in figures(facts)],
            files=rendering.statement_of_claim(template, facts, as_of),
            claim_total=facts.account.claim_total.value,
            doubts=tuple(found),
        )
    row = queries.only_contract(tx.session, case_no)
    statement = case_queries.statement(tx.session, row.loan_no, as_of)
    if document == "statement_of_account":
        document_json = statement_json(statement, "zh")
        pdf = statements.pdf(statement, accounts.sheet_names(tx.session, row.loan_no))
        sources = [
            {"label": name, "text": "", "sources": list(rows), "element": "statement"}
            for name, rows in document_json["sources"].items()
        ]
        return _Draft(document_json, sources, {"pdf": pdf}, statement.claim.total, ())
    log = rendering.log_facts(
        case_no=case_no,
        loans=[row.loan_no],
        lender=parties.lender(tx.session, row.lender_id).name,
        borrower=parties.borrower(tx.session, row.person_id).name,
        as_of=as_of,
        contacts=contacts.contacts_of(tx.session, [row.id]),
    )
    sources = [
        {"label": one.contact_no, "text": "", "sources": [one.row], "element": "contact_log"} for one in log.contacts
    ]
    return _Draft(asdict(log), sources, {"pdf": rendering.contact_log(template, log, as_of)}, statement.claim.total, ())


def approve(
    tx: Transaction,
    *,
    case_no: str,
    document: str,
    revision_id: int | None = None,
    own: Mapping[str, Any] | None = None,
) -> int:
    """A named lawyer approves the newest revision of a document; answers the revision. Again by the same lawyer changes nothing.

    With `revision_id`, what the lawyer has read: refuses `superseded_revision` when it is not the newest any more, and, given
    the institution's settings `own`, `stale_filing` when what it rests on has changed since. Refuses `named_lawyer_required`,
    `nothing_to_approve`.
    """
    permissions.require_named_lawyer(tx.actor)
    revision = queries.newest_revision(tx.session, case_no, document)
    if revision is None:
        raise Refusal(
            "nothing_to_approve",
            Words(
                zh=f"本案还没有 {document[:40]}；先执行 legal filing make {case_no} {document[:40]}。",
                en=f"there is no {document[:40]} in this case yet: legal filing make {case_no} {document[:40]}.",
            ),
            "机构内部规则：先制作、后审批（house policy）",
        )
    if revision_id is not None:
        _as_read(tx, case_no, revision, revision_id, own)
    if all(one.approved_by != tx.actor.email for one in queries.approvals_of(tx.session, revision.id)):
        tx.session.add(
            Approval(
                revision_id=revision.id, approved_by=tx.actor.email, approved_on=tx.moment.date(), approved_at=tx.moment
            )
        )
        tx.session.flush()
        record(tx, action="filing.approve", subject=f"case:{case_no}", document=document, revision=revision.id)
    cases.record_milestone(
        tx, case_no=case_no, kind="approval", subject=document, reached_on=tx.moment.date(), reference=str(revision.id)
    )
    return revision.id


def _as_read(
    tx: Transaction, case_no: str, revision: Revision, revision_id: int, own: Mapping[str, Any] | None
) -> None:
    if revision.id != revision_id:
        raise Refusal(
            "superseded_revision",
            Words(
                zh="此版之后已有新版，未作审批；请审阅最新一版。",
                en="There is a newer revision and nothing was approved; read the newest one.",
            ),
            "机构内部规则：只审批最新一版（house policy: only the newest revision is approved）",
        )
    if own is not None and revisions.revision_facts(tx.session, case_no, revision.id, own=own).state == "stale":
        raise Refusal(
            "stale_filing",
            Words(
                zh="此版所依据的记录、证据或模板已有变动，未作审批；请重新制作后审阅新版。",
                en="Rows, evidence or the template that this revision rests on have changed and nothing was approved; make it again and read the new one.",
            ),
            "机构内部规则：文书与账目须一致（house policy）",
        )


def take_filing(tx: Transaction, *, store: BlobStore, case_no: str, revision_id: int, form: str) -> bytes:
    """A revision as a file for a colleague; that he took it is entered in the trail, for it names the parties in full.

    Refuses `unknown_case`, `unknown_revision`, `no_such_format`, `blob_missing`, `blob_damaged`.
    """
    permissions.require(tx.actor, "filing.read")
    content = revisions.content_of(tx.session, store, case_no, revision_id, form)
    record(tx, action="filing.read", subject=f"case:{case_no}", revision=revision_id, form=form)
    return content


def note_seen(tx: Transaction, *, case_no: str, revision_id: int) -> None:
    """Enter that the pages of a revision were looked at, once a day for each reader; refuses `unknown_revision`."""
    permissions.require(tx.actor, "filing.read")
    revisions.files_of(tx.session, case_no, revision_id)
    if not revisions.seen_on(
        tx.session, case_no, revision_id, by=tx.actor.email, on=tx.moment.astimezone(clock.SHANGHAI).date()
    ):
        record(tx, action="filing.read", subject=f"case:{case_no}", revision=revision_id, form="pages")
