"""The docket of the whole portfolio as somebody watches it: what falls on which day, which claim dies first, whom to remind of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from legal_service.cases.models import Case, Deadline, WorkLine
from legal_service.cases.queries.cases import due_of
from legal_service.cases.reminders import DYING, Watched, ends_reminded, internals_reminded, reminders_of

MOST = 200
"""A reader is shown no more at once; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class Falling:
    """So many open deadlines of a rule whose legal last day is a day; `case_no` the first of them."""

    on: date
    rule: str
    count: int
    case_no: str


def falling(session: Session, first: date, last: date, *, owner: str = "") -> list[Falling]:
    """The open deadlines between two days, by day and rule; of all cases or of those that somebody opened."""
    query: Select[*tuple[Any, ...]] = (
        select(Deadline.last_day, Deadline.rule, func.count(), func.min(Case.case_no))
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.done_on.is_(None), Deadline.last_day.between(first, last))
        .group_by(Deadline.last_day, Deadline.rule)
        .order_by(Deadline.last_day, Deadline.rule)
    )
    return [Falling(row[0], row[1], row[2], row[3]) for row in session.execute(_owned(query, owner))]


def open_between(
    session: Session, first: date | None, last: date | None, *, owner: str = "", most: int | None = MOST
) -> list[Watched]:
    """The open deadlines whose legal last day lies between two days, earliest first."""
    query = _watched()
    if first is not None:
        query = query.where(Deadline.last_day >= first)
    if last is not None:
        query = query.where(Deadline.last_day <= last)
    return _told(session, _owned(query, owner).limit(most))


def dying(session: Session, *, until: date | None = None, owner: str = "", most: int = MOST) -> list[Watched]:
    """The claims that die of time, the first to die first; those that are past and not dealt with lead.

    What is at stake is the claim of the whole case, as the work list has it.
    """
    query = _watched().where(Deadline.rule.in_(DYING))
    if until is not None:
        query = query.where(Deadline.last_day <= until)
    return _told(session, _owned(query, owner).limit(most))


def reminded(session: Session, since: date, until: date, *, owner: str = "", most: int = MOST) -> list[Watched]:
    """The open deadlines of which somebody is to be reminded between two days, both included: the newest reminder of each.

    Earliest legal last day first.
    """
    near = Deadline.internal.between(*internals_reminded(since, until))
    months = and_(Deadline.rule.in_(DYING), Deadline.last_day.in_(sorted(ends_reminded(since, until))))
    found = []
    for one in _told(session, _owned(_watched().where(or_(near, months)), owner)):
        days = [day for day in reminders_of(one.due) if since <= day <= until]
        if days:
            found.append(Watched(one.due, one.owner, one.claim_total, max(days)))
        if len(found) == most:
            break
    return found


def _watched() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(Deadline, Case.case_no, Case.opened_by, WorkLine.claim_total)
        .join(Case, Case.id == Deadline.case_id)
        .outerjoin(WorkLine, WorkLine.case_id == Case.id)
        .where(Deadline.done_on.is_(None))
        .order_by(Deadline.last_day, Case.case_no, Deadline.rule, Deadline.subject, Deadline.trigger_on)
    )
    return query


def _owned(query: Select[*tuple[Any, ...]], owner: str) -> Select[*tuple[Any, ...]]:
    return query.where(Case.opened_by == owner) if owner else query


def _told(session: Session, query: Select[*tuple[Any, ...]]) -> list[Watched]:
    return [
        Watched(due_of(row, case_no), owner, claim_total or 0)
        for row, case_no, owner, claim_total in session.execute(query)
    ]
