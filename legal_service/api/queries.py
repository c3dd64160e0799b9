"""What the API reads that no page asks for: the docket of all cases a page at a time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session

from legal_service.cases.docket import Due
from legal_service.cases.models import Case, Deadline
from legal_service.cases.queries import case_row, due_of
from legal_service.cases.reminders import DYING

Place = tuple[date, str, str, str, date]
"""Legal last day, case, rule, subject, trigger: together they name one deadline, and order all of them."""


def place_of(due: Due) -> Place:
    """Where a deadline stands on the docket."""
    return due.period.last_day, due.case_no, due.rule, due.subject, due.trigger


def docket_page(
    session: Session,
    *,
    case_no: str | None = None,
    until: date | None = None,
    dying: bool = False,
    after: Place | None,
    most: int,
) -> list[Due]:
    """So many deadlines after a place, earliest first; of one case (refuses `unknown_case`) or of all, up to a date.

    `dying`: only the open ones with which a claim dies.
    """
    order = (Deadline.last_day, Case.case_no, Deadline.rule, Deadline.subject, Deadline.trigger_on)
    query = select(Deadline, Case.case_no).join(Case, Case.id == Deadline.case_id).order_by(*order).limit(most)
    if case_no is not None:
        query = query.where(Deadline.case_id == case_row(session, case_no).id)
    if dying:
        query = query.where(Deadline.rule.in_(DYING), Deadline.done_on.is_(None))
    if until is not None:
        query = query.where(Deadline.last_day <= until)
    if after is not None:
        here = (literal(value, column.type) for value, column in zip(after, order, strict=True))
        query = query.where(tuple_(*order) > tuple_(*here))
    return [due_of(row, number) for row, number in session.execute(query)]
