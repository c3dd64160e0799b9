"""Deadlines reckoned anew: what a deadline comes to by its rule and trigger, and what another calendar would move."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.cases.docket import Moved, Recomputed
from legal_service.cases.models import Case, Deadline, WorkLine
from legal_service.cases.queries.cases import due_of
from legal_service.errors import Refusal
from legal_service.law import files as law
from legal_service.law import periods
from legal_service.law.calendar import Calendar
from legal_service.law.periods import Period


def period_of(rule: str, trigger: date, calendar: Calendar) -> Period:
    """The period of a rule of the docket from its trigger, as the law stood that day."""
    parameter = law.parameters().parameter(f"periods/{rule}")
    instruments = law.instruments()
    computation = periods.computation_basis(instruments["civil_procedure_law"], instruments["civil_code"], trigger)
    return periods.by_rule(parameter, trigger, calendar, computation)


def moved_by(session: Session, *, year: int, calendar: Calendar) -> Recomputed:
    """What the deadlines of all cases would be by another calendar, which has (another) notice of a year. Reads only.

    A deadline of a rule that this release does not know any more stands as it was computed.
    """
    first, last = reach(year)
    query = (
        select(Deadline, Case.case_no)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.raw.between(first, last))
        .order_by(Deadline.last_day, Case.case_no, Deadline.rule, Deadline.subject, Deadline.id)
    )
    moved, confirmed, done = [], [], []
    for row, case_no in session.execute(query):
        try:
            after = period_of(row.rule, row.trigger_on, calendar)
        except Refusal:
            continue
        one = Moved(row.id, due_of(row, case_no), after)
        if row.done_on is not None:
            done += [one] if one.differs else []
        elif one.differs:
            moved.append(one)
        elif row.provisional != after.provisional:
            confirmed.append(one)
    return Recomputed(tuple(moved), tuple(confirmed), tuple(done))


def limitation_within(session: Session, year: int) -> list[str]:
    """The open cases whose line warns of a limitation that the notice of a year may move."""
    query = select(Case.case_no).join(WorkLine, WorkLine.case_id == Case.id).order_by(Case.id)
    return list(session.scalars(query.where(WorkLine.open.is_(True), WorkLine.limitation_on.between(*reach(year)))))


def reach(year: int) -> tuple[date, date]:
    """The days on which a period may end that the notice of a year has a say in: no holiday is a month long."""
    return date(year - 1, 12, 1), date(year + 1, 1, 31)
