"""The sweep's part in the work list: the figures and the limitation of every open case on the business date, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from legal_service.cases import limitation
from legal_service.cases.models import Case, CaseLoan, Deadline, WorkLine
from legal_service.cases.operations.followed import follow_records
from legal_service.cases.operations.guarantee_deadlines import RULE
from legal_service.cases.operations.work_lines import acts_of, after_record, gaps_on
from legal_service.cases.work_line import Figures, together
from legal_service.database import Transaction
from legal_service.law import files as law
from legal_service.law.calendar import Calendar
from legal_service.law.queries import calendar

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Aged:
    """A loan of an open case on the business date."""

    figures: Figures
    term: limitation.LoanTerm


@dataclass(frozen=True, slots=True)
class Counted:
    """The gaps of a case as its line had them and as they were counted: written only where nobody counted since."""

    before: int
    now: int


def pursued(session: Session) -> dict[int, int]:
    """Contract → the open case that pursues it."""
    query = select(CaseLoan.contract_id, CaseLoan.case_id).join(Case, Case.id == CaseLoan.case_id)
    return {row.contract_id: row.case_id for row in session.execute(query.where(Case.stage != "closed"))}


def count_gaps(session: Session, *, as_of: date, progress: Callable[[int, int, str], None]) -> dict[int, Counted]:
    """Count the gaps of every open case; answers those that differ from their line. Reads only."""
    query = select(Case.id, Case.case_no, WorkLine.gaps).join(WorkLine, WorkLine.case_id == Case.id)
    cases = session.execute(query.where(WorkLine.open.is_(True)).order_by(Case.id)).all()
    found: dict[int, Counted] = {}
    for done, (case_id, case_no, before) in enumerate(cases, 1):
        now = gaps_on(session, case_no, as_of)
        if now is not None and now != before:
            found[case_id] = Counted(before, now)
        if done % 50 == 0:
            progress(done, len(cases), f"已核对证据 {done}/{len(cases)} 件 evidence counted")
            session.expunge_all()
    return found


def age_lines(
    tx: Transaction, *, as_of: date, loans: Mapping[int, Aged], gaps: Mapping[int, Counted] | None = None
) -> int:
    """Write what a sweep found into the lines of open cases; answers how many changed. The caller records.

    A line that stands at a later date (not one still to come) keeps its figures: an earlier day swept again turns nothing back.
    """
    owned: dict[int, list[Aged | None]] = {}
    for contract_id, case_id in pursued(tx.session).items():
        owned.setdefault(case_id, []).append(loans.get(contract_id))
    cases = {case: [one for one in those if one] for case, those in owned.items() if None not in those}
    wanted, written, known = sorted(cases), 0, calendar(tx.session)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        acts = acts_of(tx.session, part)
        changes, barred_otherwise = [], []
        for line in tx.session.execute(_STORED.where(WorkLine.case_id.in_(part))):
            values: dict[str, Any] = {}
            if line.claim_as_of is None or as_of >= min(line.claim_as_of, tx.moment.date()):
                values = _aged(cases[line.case_id], acts[line.case_id], as_of, known)
            counted = (gaps or {}).get(line.case_id)
            if counted is not None and counted.before == line.gaps:
                values["gaps"] = counted.now
            if values.get("limitation_on", line.limitation_on) != line.limitation_on:
                barred_otherwise.append(line.case_id)
            if any(getattr(line, name) != value for name, value in values.items()):
                changes.append({"id": line.id, **values})
        for same in _alike(changes):
            tx.session.execute(update(WorkLine), same)
        written += len(changes)
        followed = {*barred_otherwise, *_guarantors_free(tx.session, part, as_of)}
        for case in tx.session.scalars(select(Case).where(Case.id.in_(followed)).order_by(Case.id)):
            follow_records(tx, case=case, on=as_of)
            after_record(tx, case=case)
    return written


def _guarantors_free(session: Session, part: list[int], as_of: date) -> list[int]:
    """The cases of a part on whose docket a guarantee period is still open that was over on a date."""
    query = select(Deadline.case_id).where(Deadline.rule == RULE, Deadline.done_on.is_(None), Deadline.raw < as_of)
    return list(session.scalars(query.where(Deadline.case_id.in_(part))))


_STORED = select(
    WorkLine.id, WorkLine.case_id, WorkLine.days_past_due, WorkLine.tier, WorkLine.claim_total, WorkLine.claim_as_of,
    WorkLine.limitation_on, WorkLine.gaps,
)  # fmt: skip


def _aged(loans: list[Aged], acts: tuple[Any, ...], as_of: date, known: Calendar) -> dict[str, Any]:
    figures = together([one.figures for one in loans])
    return {
        "days_past_due": figures.days_past_due,
        "tier": figures.tier,
        "claim_total": figures.claim_total,
        "claim_as_of": figures.as_of,
        "limitation_on": limitation.ends_on([one.term for one in loans], acts, as_of, law.parameters(), known),
    }


def _alike(changes: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Changes with the same columns together: one statement each."""
    grouped: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in changes:
        grouped.setdefault(tuple(one), []).append(one)
    return list(grouped.values())
