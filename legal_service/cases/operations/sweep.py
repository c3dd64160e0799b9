"""The daily sweep: every loan aged and graded on a business date, and the recommendation for it recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract, Grading
from legal_service.accounts.portfolio.queries import Reckoned, portfolio_totals
from legal_service.accounts.rules import rules_on
from legal_service.cases import limitation, queries
from legal_service.cases.escalation import recommend
from legal_service.cases.operations.ageing import Aged, Counted, age_lines, pursued
from legal_service.cases.work_line import Figures
from legal_service.database import Transaction
from legal_service.law import files as law

TIERS = ("none", "mild", "moderate", "severe")


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of one loan, as it will be recorded; `aged` for the line of its case, if it has one. Amounts in fen."""

    contract_id: int
    days_past_due: int
    tier: str
    five_class_floor: str
    total: int
    principal: int
    action: str
    aged: Aged | None = None


_RECORDED = tuple(one.name for one in fields(Graded) if one.name != "aged")


@dataclass(frozen=True, slots=True)
class Swept:
    """The outcome of a sweep; `changed` counts loans whose tier differs from the one on record."""

    as_of: date
    loans: int
    tiers: dict[str, int]
    changed: int

    def as_json(self) -> dict[str, object]:
        """The shape of contract.md."""
        return {"as_of": self.as_of.isoformat(), "loans": self.loans, "tiers": self.tiers, "changed": self.changed}


def grade(session: Session, *, as_of: date, progress: Callable[[int, int, str], None]) -> list[Graded]:
    """Age and grade every loan disbursed by the date; reads only."""
    total = session.scalar(select(func.count()).select_from(Contract).where(Contract.disbursed_on <= as_of)) or 0
    rules = rules_on(law.parameters(), as_of)
    in_case = pursued(session)
    graded: list[Graded] = []
    apart = 0
    for portion in portfolio_totals(session, as_of=as_of, rules=rules):
        cased = [one.contract_id for one in portion if one.contract_id in in_case]
        terms = {loan: limitation.term_of(facts, as_of) for loan, facts in accounts.facts_by_contract(session, cased)}
        for one in portion:
            graded.append(_graded(session, one, as_of, terms.get(one.contract_id)))
            apart += one.apart
            if len(graded) % 50 == 0:
                progress(len(graded), total, f"已评定 {len(graded)}/{total} 笔 graded")
    alone = f"，其中 {apart} 笔逐笔计算 of which {apart} one by one" if apart else ""
    progress(len(graded), total, f"已评定 {len(graded)}/{total} 笔 graded{alone}")
    return graded


def _graded(session: Session, one: Reckoned, as_of: date, term: limitation.LoanTerm | None) -> Graded:
    totals, action = one.totals, "none"
    if totals.days_past_due:
        action = recommend(queries.position_of_loan(session, one.loan_no, as_of)).action
    figures = Figures(totals.days_past_due, totals.tier, totals.claim_total, as_of)
    return Graded(
        contract_id=one.contract_id,
        days_past_due=totals.days_past_due,
        tier=totals.tier,
        five_class_floor=totals.five_class_floor,
        total=totals.total,
        principal=totals.principal,
        action=action,
        aged=Aged(figures, term) if term else None,
    )


def sweep(tx: Transaction, *, as_of: date, graded: list[Graded], gaps: Mapping[int, Counted] | None = None) -> Swept:
    """Record what a grading found: a row where tier, class or action differ from the last before the date.

    The work lines of open cases follow, with their gaps where those were counted anew (`ageing.count_gaps`).
    """
    permissions.require(tx.actor, "portfolio.sweep")
    before: dict[int, Grading] = {}
    same_day: dict[int, Grading] = {}
    for row in tx.session.scalars(select(Grading).where(Grading.as_of <= as_of).order_by(Grading.as_of)):
        (same_day if row.as_of == as_of else before)[row.contract_id] = row
    changed = written = 0
    for one in graded:
        last, today = before.get(one.contract_id), same_day.get(one.contract_id)
        standing = today or last
        changed += one.tier != (standing.tier if standing else "none")
        if standing is not None and _says(standing) == (one.tier, one.five_class_floor, one.action):
            continue
        written += 1
        values = {name: getattr(one, name) for name in _RECORDED}
        if today is None:
            tx.session.add(Grading(as_of=as_of, **values))
        else:
            for name, value in values.items():
                setattr(today, name, value)
    counts = Counter(one.tier for one in graded)
    swept = Swept(as_of, len(graded), {tier: counts.get(tier, 0) for tier in TIERS}, changed)
    tx.session.flush()
    lines = age_lines(tx, as_of=as_of, loans={one.contract_id: one.aged for one in graded if one.aged}, gaps=gaps)
    if written or lines:
        record(
            tx,
            action="portfolio.sweep",
            subject=f"as_of:{as_of}",
            loans=swept.loans,
            tiers=swept.tiers,
            changed=changed,
            written=written,
            lines=lines,
        )
    return swept


def _says(row: Grading) -> tuple[str, str, str]:
    return row.tier, row.five_class_floor, row.action
