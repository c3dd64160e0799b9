"""The search box: sent by POST, so that no name, number or phone stands in an address, a log or a history."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from legal_service.cases import queries
from legal_service.cases.search import SearchResult
from legal_service.errors import Refusal
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked
from legal_service.statuses import status_of
from legal_service.web import reader


def show() -> ResponseReturnValue:
    """What was searched, how, and what it found; people masked."""
    typed = request.form.get("q", "").strip()[:80]
    refused: Refusal | None = None
    found: SearchResult | None = None
    if typed:
        try:
            with reader.reading() as session:
                found = queries.search(session, typed)
        except Refusal as bad:
            refused = bad
    page = render_template(
        "work/search.html", found=found, refused=refused, name=lambda borrower: masked(Kind.PERSON, borrower)
    )
    return page, status_of(refused.code) if refused else 200
