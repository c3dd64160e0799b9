"""A page of the work list, and how many cases each view holds. Cursors, not page numbers: a page far down costs what the first does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, func, literal, select, true, tuple_
from sqlalchemy.orm import Session

from legal_service.accounts.models import Contract
from legal_service.cases.models import Case, CaseLoan, WorkLine
from legal_service.cases.queries.search import cases_matching
from legal_service.cases.work_line import NEVER
from legal_service.cases.work_list import COUNTED_TO, VIEWS, Cursor, WorkListQuery, cursor_text, days_left, value_of
from legal_service.parties.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the list. `borrower` is personal: pages mask it. `claim_total` in fen, as of `claim_as_of`."""

    case_id: int
    case_no: str
    borrower: str
    loan_nos: tuple[str, ...]
    stage: str
    stage_since: date
    owner: str
    next_rule: str
    next_last_day: date | None
    next_internal: date | None
    days_left: int | None
    provisional: bool
    limitation_on: date | None
    tier: str
    days_past_due: int
    claim_total: int
    claim_as_of: date | None
    awaits_approval: bool
    gaps: int
    returned: bool
    version: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of the list. `total_known` only where the page itself shows it: nobody counts 200,000 cases for a footer."""

    lines: tuple[Line, ...]
    next_cursor: str | None
    previous_cursor: str | None
    total_known: int | None


_SORTED_BY: dict[str, ColumnElement[Any]] = {
    "due": WorkLine.next_last_day.expression,
    "limitation": func.coalesce(WorkLine.limitation_on, literal(NEVER, Date)),
    "claim": WorkLine.claim_total.expression,
    "days_past_due": WorkLine.days_past_due.expression,
    "case_no": Case.case_no.expression,
    "stage_since": Case.stage_since.expression,
}


def work_list(session: Session, query: WorkListQuery, today: date) -> WorkPage:
    """The page that a query asks for, nearest deadline first unless it says otherwise. Every line is open, but in stage `closed`."""
    key, cursor = _SORTED_BY[query.sort], query.after
    rows = select(WorkLine, key.label("key")).where(*_filters(session, query, today))
    if query.stage or query.owner or query.sort in ("case_no", "stage_since"):
        rows = rows.join(Case, Case.id == WorkLine.case_id)
    back = cursor is not None and cursor.back
    found = session.execute(_ordered(rows, key, query, back=back).limit(query.size + 1)).all()
    more, found = len(found) > query.size, list(found[: query.size])
    if back:
        found.reverse()
    earlier, later = (more, True) if back else (cursor is not None, more)
    lines = _lines(session, [row[0] for row in found], today)
    return WorkPage(
        lines=lines,
        next_cursor=_place(found[-1], query, back=False) if found and later else None,
        previous_cursor=_place(found[0], query, back=True) if found and earlier else None,
        total_known=len(lines) if cursor is None and not more else None,
    )


def view_counts(session: Session, today: date) -> dict[str, int]:
    """How many open cases each view holds; one more than `COUNTED_TO` stands for any number beyond it. One statement."""
    counted = [
        select(func.count())
        .select_from(
            select(WorkLine.id).where(WorkLine.open == true(), *_in_view(view, today)).limit(COUNTED_TO + 1).subquery()
        )
        .scalar_subquery()
        .label(view)
        for view in VIEWS
    ]
    return dict(zip(VIEWS, session.execute(select(*counted)).one(), strict=True))


def _in_view(view: str, today: date) -> list[ColumnElement[bool]]:
    """What a view adds to "open". Dates that have passed stay in: a deadline missed must not vanish from the list."""
    match view:
        case "due_today":
            return [WorkLine.next_last_day <= today]
        case "due_7":
            return [WorkLine.next_last_day <= today + timedelta(days=7)]
        case "limitation_90":
            return [WorkLine.limitation_on <= today + timedelta(days=90)]
        case "my_approvals":
            return [WorkLine.awaits_approval == true()]
        case "gaps":
            return [WorkLine.gaps > 0]
        case "returned":
            return [WorkLine.returned == true()]
        case _:
            return []


def _filters(session: Session, query: WorkListQuery, today: date) -> list[ColumnElement[bool]]:
    found = [WorkLine.open == literal(query.stage != "closed"), *_in_view(query.view, today)]
    if query.stage:
        found.append(Case.stage == query.stage)
    if query.tier:
        found.append(WorkLine.tier == query.tier)
    if query.owner:
        found.append(Case.opened_by == query.owner)
    if query.text:
        found.append(WorkLine.case_id.in_(cases_matching(session, query.text)))
    return found


def _ordered(rows: Select[Any], key: ColumnElement[Any], query: WorkListQuery, *, back: bool) -> Select[Any]:
    falling = query.desc is not back
    if query.after is not None:
        here = tuple_(literal(value_of(query.after), key.type), literal(query.after.case_id))
        place = tuple_(key, WorkLine.case_id)
        rows = rows.where(place < here if falling else place > here)
    return rows.order_by(key.desc() if falling else key, WorkLine.case_id.desc() if falling else WorkLine.case_id)


def _place(row: Any, query: WorkListQuery, *, back: bool) -> str:
    value = row.key.isoformat() if isinstance(row.key, date) else row.key
    return cursor_text(Cursor(query.sort, query.desc, value, row[0].case_id, back))


def _lines(session: Session, rows: Sequence[WorkLine], today: date) -> tuple[Line, ...]:
    """The page's rows with what the case and its borrower add; only their names are decrypted."""
    keys = [row.case_id for row in rows]
    about = {
        found.id: found
        for found in session.execute(
            select(Case.id, Case.case_no, Case.stage, Case.stage_since, Case.opened_by, Case.version, Person.name)
            .join(Person, Person.id == Case.person_id)
            .where(Case.id.in_(keys))
        )
    }
    loans: dict[int, list[str]] = defaultdict(list)
    pursued = select(CaseLoan.case_id, Contract.loan_no).join(Contract, Contract.id == CaseLoan.contract_id)
    for case_id, loan_no in session.execute(pursued.where(CaseLoan.case_id.in_(keys)).order_by(Contract.loan_no)):
        loans[case_id].append(loan_no)
    return tuple(_line(row, about[row.case_id], tuple(loans[row.case_id]), today) for row in rows)


def _line(row: WorkLine, case: Any, loan_nos: tuple[str, ...], today: date) -> Line:
    last_day = None if row.next_last_day == NEVER else row.next_last_day
    return Line(
        case_id=row.case_id,
        case_no=case.case_no,
        borrower=case.name,
        loan_nos=loan_nos,
        stage=case.stage,
        stage_since=case.stage_since,
        owner=case.opened_by,
        next_rule=row.next_rule,
        next_last_day=last_day,
        next_internal=row.next_internal,
        days_left=days_left(last_day, today),
        provisional=row.next_provisional,
        limitation_on=row.limitation_on,
        tier=row.tier,
        days_past_due=row.days_past_due,
        claim_total=row.claim_total,
        claim_as_of=row.claim_as_of,
        awaits_approval=row.awaits_approval,
        gaps=row.gaps,
        returned=row.returned,
        version=case.version,
    )
