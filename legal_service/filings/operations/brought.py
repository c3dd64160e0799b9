"""Approving a filing that was drawn up elsewhere: its file lies in the vault of the case, and a named lawyer answers for it."""

from __future__ import annotations

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import operations as cases
from legal_service.cases import queries as case_queries
from legal_service.cases.papers import PAPERS
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.filings.operations.making import MAKES
from legal_service.vault import queries as vault


def approve_brought(tx: Transaction, *, case_no: str, document: str, sha256: str) -> int:
    """A named lawyer approves a file of the case's vault as this document; answers the vault item. Again changes nothing.

    Only for documents that this release does not make itself: the figures of those it makes stay traceable. Refuses
    `named_lawyer_required`, `unknown_document`, `made_here`, `unknown_proof`.
    """
    permissions.require_named_lawyer(tx.actor)
    if document in MAKES:
        raise _refused(
            "made_here",
            f"{document} 由本系统制作，金额可逐项追溯；请先制作再审批。",
            f"{document} is made here, each figure traceable; make it, then approve it.",
        )
    if document not in PAPERS:
        raise _refused(
            "unknown_document",
            f"没有 {document[:40]} 这种文书；可为：{'、'.join(PAPERS)}。",
            f"there is no document {document[:40]}; one of: {', '.join(PAPERS)}.",
        )
    item = next(
        (one for one in vault.with_content(tx.session, sha256) if one.subject == f"case:{case_no}"), None
    )  # fmt: skip
    case_queries.case_row(tx.session, case_no)
    if item is None:
        raise _refused(
            "unknown_proof",
            "本案证据库中没有这份文件；先执行 legal evidence add 案号 文件 --kind other，再填其 sha256。",
            "the file is not in this case's vault: legal evidence add CASE_NO FILE --kind other, then give its sha256.",
        )
    on = tx.moment.date()
    reference = f"item:{item.id}"
    position = case_queries.position_of(tx.session, case_no, on)
    newest = position.newest("revision", document)
    if newest is None or newest.reference != reference:
        cases.record_milestone(
            tx, case_no=case_no, kind="revision", subject=document, reached_on=on, reference=reference
        )
        record(tx, action="filing.brought", subject=f"case:{case_no}", document=document, item=item.id, sha256=sha256)
    cases.record_milestone(tx, case_no=case_no, kind="approval", subject=document, reached_on=on, reference=reference)
    return item.id


def _refused(code: str, zh: str, en: str) -> Refusal:
    return Refusal(
        code, Words(zh=zh, en=en), "机构内部规则：外部起草文书的审批（house policy: filings drawn up elsewhere）"
    )
