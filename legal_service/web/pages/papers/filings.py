"""The filings of a case: every revision with its standing, and making one."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal, Words
from legal_service.exports import queries as exports
from legal_service.filings import operations
from legal_service.filings.operations import MAKES
from legal_service.filings.revisions import queries
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.days import past_day
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.cases.titles import filing_title
from legal_service.web.pages.papers.sending import findings_without_names

DOCUMENT, AS_OF = Words("文书", "Document"), Words("截至", "As of")


def show(case_no: str, *, refused: Refusal | Findings | None = None) -> str:
    """The page; what refused a document is shown row by row, and what was entered stays."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        revisions = queries.revisions_of(session, case_no, own=reader.installation().settings.plaintiff)
        if isinstance(refused, Findings):
            refused = Findings(findings_without_names(refused.findings, exports.known_values(session, case_no)))
    return render_template(
        "papers/filings.html",
        head=head,
        tab="case_filings",
        revisions=revisions,
        documents=[(code, filing_title(code)) for code in MAKES],
        refused=refused,
    )


def make(case_no: str) -> ResponseReturnValue:
    """Make a document; the same facts and template are the revision already there."""

    def work(tx: Transaction) -> Done:
        document, as_of = forms.choice("document", DOCUMENT, MAKES), past_day("as_of", AS_OF)
        own = reader.installation().settings.plaintiff
        store = reader.installation().store
        made = operations.make(tx, store=store, case_no=case_no, document=document, as_of=as_of, own=own)
        facts = queries.revision_facts(tx.session, case_no, made.revision_id, own=own)
        says = Words(zh="已制作，请核对后审批。", en="Made. Check it before it is approved.")
        if facts.made_at < tx.moment:
            says = Words(
                zh="账目、证据与模板均无变化：这就是已有的那一版，未另行制作。",
                en="Books, evidence and template are unchanged: this is the revision already there; nothing new was made.",
            )
        return Done(url_for("case_filing", case_no=case_no, revision_id=made.revision_id), says)

    try:
        return forms.act(work)
    except Findings as found:
        return show(case_no, refused=found), 422
    except Refusal as refused:
        return show(case_no, refused=refused), status_of(refused.code)
