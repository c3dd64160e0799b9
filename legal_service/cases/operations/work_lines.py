"""Work lines: what the list shows of a case, rewritten in the transaction of every write to it. Derived, never a source.

Every write of the room ends here. Figures move with the opening, the moves and the sweep, and say as of when; the rest
follows at once. A higher room says how gaps are counted (`count_gaps_by`): this room may not look up the stairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.access.operations import record
from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Grading
from legal_service.cases import limitation, queries
from legal_service.cases.models import Case, Deadline, StageEntry, WorkLine
from legal_service.cases.position import CasePosition
from legal_service.cases.queries.limitation import acts_of as acts_of
from legal_service.cases.work_line import NextDeadline, awaits_approval, fell_back, figures_of
from legal_service.database import Transaction
from legal_service.law import files as law
from legal_service.law.queries import calendar

GapCounter = Callable[[Session, str, date], int | None]
"""Counts what the evidence of a case lacks on a date; None when that cannot be told now."""

_counters: list[GapCounter] = []


def count_gaps_by(counter: GapCounter) -> None:
    """Say how the gaps of a case are counted; the room of evidence does, once, when it is loaded."""
    _counters[:] = [counter]


def gaps_on(session: Session, case_no: str, on: date) -> int | None:
    """The gaps of a case on a date; None while nobody counts them."""
    return _counters[0](session, case_no, on) if _counters else None


def refresh(tx: Transaction, *, case_no: str, as_of: date | None = None) -> None:
    """Make the whole line of a case anew from the rows, its figures as of a date (default: the date they have)."""
    case = queries.case_row(tx.session, case_no)
    line = _line(tx.session, case.id)
    if case.stage == "closed":
        _write(tx, case, line, _closed(case))
        return
    on = as_of or (line.claim_as_of if line else None) or business_date(tx.session) or case.stage_since
    on = max(on, case.opened_on)
    position = queries.position_of(tx.session, case_no, on)
    values = _standing(tx.session, case) | _figures(position) | {"limitation_on": _limitation(tx.session, case, on)}
    gaps = gaps_on(tx.session, case_no, on)
    _write(tx, case, line, values | ({} if gaps is None else {"gaps": gaps}))


def after_move(tx: Transaction, *, case: Case, position: CasePosition) -> None:
    """The case moved: all but its gaps. Figures never go back to an earlier date."""
    line = _line(tx.session, case.id)
    if line is None or case.stage == "closed":
        refresh(tx, case_no=case.case_no, as_of=position.as_of)
        return
    values = _standing(tx.session, case)
    on = line.claim_as_of
    if on is None or position.as_of >= on:
        on = position.as_of
        values |= _figures(position)
    _write(tx, case, line, values | {"limitation_on": _limitation(tx.session, case, on)})


def after_record(tx: Transaction, *, case: Case, demanded: bool = False) -> None:
    """Something was recorded: deadlines and approvals; `demanded`, when a demand was served, limitation too."""
    line = _line(tx.session, case.id)
    if line is None or line.claim_as_of is None or case.stage == "closed":
        refresh(tx, case_no=case.case_no)
        return
    values = _standing(tx.session, case)
    if demanded:
        values["limitation_on"] = _limitation(tx.session, case, line.claim_as_of)
    _write(tx, case, line, values)


def recount_gaps(tx: Transaction, *, case_no: str) -> None:
    """Papers came or an agreement was reached: count what the evidence lacks."""
    case = queries.case_row(tx.session, case_no)
    line = _line(tx.session, case.id)
    if line is None or line.claim_as_of is None or case.stage == "closed":
        refresh(tx, case_no=case_no)
        return
    gaps = gaps_on(tx.session, case_no, line.claim_as_of)
    if gaps is not None:
        _write(tx, case, line, {"gaps": gaps})


def rebuild(tx: Transaction, *, as_of: date, case_nos: Iterable[str] | None = None) -> int:
    """Make the lines of all cases (or of some) anew, figures as of a date; answers how many."""
    wanted = queries.case_numbers(tx.session) if case_nos is None else list(case_nos)
    for case_no in wanted:
        refresh(tx, case_no=case_no, as_of=as_of)
    if wanted:
        record(tx, action="work_line.rebuild", subject=f"as_of:{as_of}", lines=len(wanted))
    return len(wanted)


def without_line(session: Session, most: int) -> list[str]:
    """Cases that have no line yet: those of an instance made by an earlier release."""
    query = select(Case.case_no).where(Case.id.not_in(select(WorkLine.case_id))).order_by(Case.id).limit(most)
    return list(session.scalars(query))


def business_date(session: Session) -> date | None:
    """The date of the newest sweep: as of when the house's figures stand."""
    return session.scalar(select(func.max(Grading.as_of)))


def _line(session: Session, case_id: int) -> WorkLine | None:
    return session.scalar(select(WorkLine).where(WorkLine.case_id == case_id))


def _closed(case: Case) -> dict[str, Any]:
    """A closed case claims nothing, waits for nothing and warns of nothing."""
    nothing = NextDeadline()
    return {
        "open": False,
        "next_rule": nothing.rule,
        "next_last_day": nothing.last_day,
        "next_internal": nothing.internal,
        "next_provisional": nothing.provisional,
        "limitation_on": None,
        "awaits_approval": False,
        "gaps": 0,
        "returned": False,
        "days_past_due": 0,
        "tier": "none",
        "claim_total": 0,
        "claim_as_of": case.stage_since,
    }


def _standing(session: Session, case: Case) -> dict[str, Any]:
    due = session.execute(
        select(Deadline.rule, Deadline.last_day, Deadline.internal, Deadline.provisional)
        .where(Deadline.case_id == case.id, Deadline.done_on.is_(None))
        .order_by(Deadline.last_day, Deadline.internal, Deadline.rule, Deadline.id)
        .limit(1)
    ).first()
    nearest = NextDeadline(*due) if due else NextDeadline()
    last_move = session.execute(
        select(StageEntry.from_stage, StageEntry.to_stage)
        .where(StageEntry.case_id == case.id)
        .order_by(StageEntry.id.desc())
        .limit(1)
    ).first()
    return {
        "open": True,
        "next_rule": nearest.rule,
        "next_last_day": nearest.last_day,
        "next_internal": nearest.internal,
        "next_provisional": nearest.provisional,
        "awaits_approval": awaits_approval(queries.milestones_of(session, case.id)),
        "returned": last_move is not None and fell_back(*last_move),
    }


def _figures(position: CasePosition) -> dict[str, Any]:
    found = figures_of(position)
    return {
        "days_past_due": found.days_past_due,
        "tier": found.tier,
        "claim_total": found.claim_total,
        "claim_as_of": found.as_of,
    }


def _limitation(session: Session, case: Case, on: date) -> date | None:
    loans = [
        limitation.term_of(accounts.loan_facts(session, one.loan_no), on)
        for one in queries.contracts_of(session, case.id)
    ]
    return limitation.ends_on(loans, acts_of(session, [case.id])[case.id], on, law.parameters(), calendar(session))


def _write(tx: Transaction, case: Case, line: WorkLine | None, values: dict[str, Any]) -> None:
    if line is None:
        tx.session.add(WorkLine(case_id=case.id, **values))
    else:
        for name, value in values.items():
            if getattr(line, name) != value:
                setattr(line, name, value)
        if not tx.session.is_modified(line):
            return
    if not tx.session.info.get("recorded"):
        record(tx, action="work_line.refresh", subject=f"case:{case.case_no}")
    tx.session.flush()
