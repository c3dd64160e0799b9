"""From the facts of a case to the bytes of its documents: one function a document, pure, the same for every audience.

The caller hands in facts already drawn for their reader: redaction happens on facts, before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legal_service import labels
from legal_service.contacts.log import Contact
from legal_service.documents.manifest import Template
from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html
from legal_service.documents.word import render
from legal_service.documents.word_layout import word_pdf
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.facts.statement_of_claim import context as claim_context
from legal_service.redaction.kinds import Kind


def statement_of_claim(template: Template, facts: ClaimFacts, on: date) -> dict[str, bytes]:
    """The complaint as DOCX, and as the PDF that comes from that same DOCX: {"docx": …, "pdf": …}."""
    docx = render(template.body, claim_context(facts), on=on)
    return {"docx": docx, "pdf": word_pdf(docx, title=template.manifest.title.zh, on=on)}


@dataclass(frozen=True, slots=True)
class LogFacts:
    """The contact log of a case for the evidence: contacts with the parties only; `left_out` counts those with strangers."""

    case_no: str
    loans: str
    lender: str
    borrower: str = field(metadata={"personal": Kind.PERSON})
    as_of: date
    contacts: tuple[Contact, ...]
    left_out: int


def log_facts(
    *, case_no: str, loans: Sequence[str], lender: str, borrower: str, as_of: date, contacts: Sequence[Contact]
) -> LogFacts:
    """The log as of the close of a day; contacts with third persons stay out (个人信息保护法 第六条)."""
    told = [one for one in contacts if one.at.date() <= as_of]
    kept = tuple(one for one in told if one.party != "third_party")
    return LogFacts(case_no, "、".join(loans), lender, borrower, as_of, kept, len(told) - len(kept))


def contact_log(template: Template, facts: LogFacts, on: date) -> bytes:
    """The contact log as PDF."""
    html = render_html(template.body.decode(), log_context(facts), name="contact_log/body.html")
    return from_html(html, css=template.style, title=f"催收记录 {facts.case_no}", on=on)


def log_context(facts: LogFacts) -> dict[str, Any]:
    """The values of `templates/contact_log`, all text."""
    return {
        "case_no": facts.case_no,
        "loans": facts.loans,
        "lender": facts.lender,
        "borrower": facts.borrower,
        "as_of": facts.as_of.isoformat(),
        "left_out": str(facts.left_out),
        "rows": [
            {
                "contact_no": one.contact_no,
                "at": one.at.strftime("%Y-%m-%d %H:%M"),
                "channel": labels.label("channel", one.channel).zh,
                "direction": labels.label("direction", one.direction).zh,
                "party": labels.label("party", one.party).zh,
                "address": one.address,
                "outcome": labels.label("outcome", one.outcome).zh,
                "content": one.content,
            }
            for one in facts.contacts
        ],
    }
