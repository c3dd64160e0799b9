"""Where to sue and by which procedure, as the law suggests it for a case: warnings first, every reason with article and mark."""

from __future__ import annotations

from flask import render_template

from legal_service.cases import queries
from legal_service.cases.suggestions import Suggestions
from legal_service.errors import Refusal
from legal_service.law.published.files import published
from legal_service.money import percent_text
from legal_service.web import reader
from legal_service.web.pages.cases.head import head_of


def show(case_no: str) -> str:
    """The page, for a filing on `?as_of=` (today without it); what cannot be suggested says why."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        refused: Refusal | None = None
        found: Suggestions | None = None
        try:
            tables = published(reader.installation().settings.instance)
            found = queries.suggestions(session, case_no, head.as_of, tables)
        except Refusal as no:
            refused = no
    return render_template(
        "cases/suggestions.html",
        head=head,
        tab="case_suggestions",
        found=found,
        refused=refused,
        percent_text=percent_text,
    )
