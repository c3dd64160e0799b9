"""`/work`: the work list, nearest deadline first. View, filters, order, columns and place live in the URL, to be shared and kept."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.cases import queries, stages
from legal_service.cases.queries.work_list import Line, WorkPage, view_counts, work_list
from legal_service.cases.work_list import COLUMNS, SORTS, TIERS, VIEWS, WorkListQuery, read_query, shown_count
from legal_service.errors import Refusal
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked
from legal_service.statuses import status_of
from legal_service.web import reader

SORTED_BY = {
    "case_no": "case_no",
    "stage_since": "stage_since",
    "next_last_day": "due",
    "days_left": "due",
    "limitation_on": "limitation",
    "days_past_due": "days_past_due",
    "claim_total": "claim",
}
"""Column → the order that its heading asks for."""
NUMBERS = ("days_past_due", "claim_total", "gaps")


def show() -> ResponseReturnValue:
    """The page; a question that cannot be read is refused above the usual list."""
    today = clock.today()
    refused: Refusal | None = None
    try:
        query = read_query(_told())
    except Refusal as bad:
        refused, query = bad, WorkListQuery()
    with reader.reading() as session:
        try:
            page = work_list(session, query, today)
        except Refusal as bad:  # what filters would name a person, and an address is no place for that
            refused, query = bad, replace(query, text="")
            page = work_list(session, query, today)
        counts = view_counts(session, today)
        owned = bool(page.lines) or bool(queries.case_numbers(session))
    html = render_template(
        "work/list.html",
        page=page,
        query=query,
        views=[(view, shown_count(counts[view]), _asks(query.from_start(view=view))) for view in VIEWS],
        today=today,
        refused=refused,
        any_case=owned,
        columns=COLUMNS,
        sorts=SORTS,
        stages=stages.STAGES,
        tiers=TIERS,
        numbers=NUMBERS,
        asks=_asks,
        order=lambda column: _order(query, column),
        masked_name=_masked,
        places=_places(query, page),
    )
    return html, status_of(refused.code) if refused else 200


def _told() -> dict[str, str]:
    """The questions of the URL; columns ticked one by one become the list that a shared address holds."""
    ticked = request.args.getlist("column")
    return request.args.to_dict() | ({"columns": ",".join(ticked)} if ticked else {})


def _masked(line: Line) -> str:
    return masked(Kind.PERSON, line.borrower)


def _asks(query: WorkListQuery) -> str:
    return "?" + urlencode(query.as_parameters())


def _order(query: WorkListQuery, column: str) -> tuple[str, str] | None:
    """Where a column's heading leads, and how it stands now (`aria-sort`); None for one that gives no order."""
    sort = SORTED_BY.get(column)
    if sort is None:
        return None
    now = query.sort == sort
    stands = ("descending" if query.desc else "ascending") if now else "none"
    return _asks(query.from_start(sort=sort, desc=now and not query.desc)), stands


def _places(query: WorkListQuery, page: WorkPage) -> tuple[str | None, str | None]:
    """The addresses of the pages before and after."""
    known = query.from_start().as_parameters()
    before, after = (
        "?" + urlencode({**known, "after": cursor}) if cursor else None
        for cursor in (page.previous_cursor, page.next_cursor)
    )
    return before, after
