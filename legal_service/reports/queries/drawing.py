"""Drawing the cut of a return from the rooms below, as everything stood at the close of the period's last day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from legal_service import clock
from legal_service.access.models import Institution
from legal_service.accounts.models import Contract
from legal_service.accounts.portfolio.queries import Reckoned, portfolio_totals
from legal_service.accounts.rules import Rules, rules_on
from legal_service.cases.models import Case, StageEntry
from legal_service.complaints.models import Complaint as ComplaintRow
from legal_service.contacts.models import ContactAttempt
from legal_service.errors import Refusal, Words
from legal_service.exports.models import Export
from legal_service.filings.models import Approval, Revision
from legal_service.law import files as law
from legal_service.money import rate_text
from legal_service.parties.models import Lender
from legal_service.reports.cut import (
    Approved,
    Built,
    CaseFile,
    Complaint,
    Contact,
    Cut,
    Head,
    Loan,
    Row,
    Settlement,
)
from legal_service.reports.models import ReturnIssue
from legal_service.reports.periods import Period
from legal_service.settlements.models import SettlementAttempt

Progress = Callable[[int, int, str], None]

_NO_CONSENT = frozenset({"", "n", "no", "none", "false", "0", "否", "无", "未同意", "不同意", "没有"})


def draw(session: Session, *, name: str, period: Period, progress: Progress) -> Cut:
    """Every row that the return of a period rests on. Statements are computed from the ledger as it is recorded now: a late
    correction shows in the next issue. Reads only; the session should be a reading one of its own.
    """
    rules = rules_on(law.parameters(), period.last)
    head = _head(session, name, period, rules)
    rows: tuple[Row, ...] = (
        *_loans(session, period, rules, progress),
        *_contacts(session, period),
        *_complaints(session, period),
        *_settlements(session, period),
        *_cases(session, period),
        *_approved(session, period),
        *_packages(session, period),
    )
    return Cut(head, rows)


def latest_issue(session: Session, name: str, period: str) -> ReturnIssue | None:
    """The newest issue of a return for a period."""
    found = select(ReturnIssue).where(ReturnIssue.name == name, ReturnIssue.period == period)
    return session.scalar(found.order_by(ReturnIssue.issue.desc()).limit(1))


def _head(session: Session, name: str, period: Period, rules: Rules) -> Head:
    institution = session.get_one(Institution, session.info["institution_id"])
    lenders = [
        (one.name, one.uscc) for one in session.execute(select(Lender.name, Lender.uscc).order_by(Lender.lender_no))
    ]
    return Head(
        name=name,
        period=period,
        institution=lenders[0][0] if len(lenders) == 1 else institution.name,
        lenders=tuple(lenders),
        cap_rate=rate_text(rules.cap_rate),
        cap_basis=rules.cap_basis,
        cap_status=rules.cap_status,
    )


def _loans(session: Session, period: Period, rules: Rules, progress: Progress) -> Iterator[Loan]:
    disbursed = Contract.disbursed_on <= period.last
    total = session.scalar(select(func.count(Contract.id)).where(disbursed)) or 0
    compensated = set(
        session.scalars(select(Contract.loan_no).where(disbursed, Contract.compensated_on <= period.last))
    )
    done = 0
    for portion in portfolio_totals(session, as_of=period.last, rules=rules):
        for one in portion:
            yield _loan(one, one.loan_no in compensated)
            done += 1
            if done % 100 == 0:
                progress(done, total, f"已计算 {done}/{total} 笔 statements")
    progress(done, total, f"已计算 {done}/{total} 笔 statements")


def _loan(one: Reckoned, compensated: bool) -> Loan:
    totals = one.totals
    return Loan(
        row=f"contract:{one.loan_no}",
        compensated=compensated,
        days_past_due=totals.days_past_due,
        tier=totals.tier,
        five_class_floor=totals.five_class_floor,
        principal=totals.principal,
        overdue_principal=totals.overdue_principal,
        due=totals.total,
        reduction=totals.reduction,
    )


def _contacts(session: Session, period: Period) -> Iterator[Contact]:
    """The attempts of the period that stand: a revision that a newer one replaced does not count."""
    one, newer = ContactAttempt, aliased(ContactAttempt)
    replaced = exists().where(
        newer.institution_id == one.institution_id, newer.contact_no == one.contact_no, newer.revision > one.revision
    )
    found = select(one.id, one.at, one.channel, one.direction, one.party, one.outcome, one.consent).where(
        one.at >= _midnight(period.first), one.at < _midnight(period.last + timedelta(days=1)), ~replaced
    )
    for row in session.execute(found.order_by(one.id)):
        consent = consented(row.consent)
        yield Contact(f"contact_attempt:{row.id}", row.at, row.channel, row.direction, row.party, row.outcome, consent)


def consented(told: str) -> bool:
    """Whether the tape's remark on consent says that there was one.

    >>> [consented(told) for told in ("Y", "2026-03-01 书面", "N", "", "无")]
    [True, True, False, False, False]
    """
    return told.strip().lower() not in _NO_CONSENT


def _complaints(session: Session, period: Period) -> Iterator[Complaint]:
    one = ComplaintRow
    found = select(one.id, one.received_on, one.closed_on).where(
        one.received_on <= period.last, or_(one.closed_on.is_(None), one.closed_on >= period.first)
    )
    for row in session.execute(found.order_by(one.id)):
        closed = row.closed_on if row.closed_on and row.closed_on <= period.last else None
        yield Complaint(f"complaint:{row.id}", row.received_on, closed)


def _settlements(session: Session, period: Period) -> Iterator[Settlement]:
    one = SettlementAttempt
    found = select(one.id, one.attempted_on, one.outcome).where(one.attempted_on.between(period.first, period.last))
    for row in session.execute(found.order_by(one.id)):
        yield Settlement(f"settlement_attempt:{row.id}", row.attempted_on, row.outcome)


def _cases(session: Session, period: Period) -> Iterator[CaseFile]:
    history: dict[int, list[StageEntry]] = defaultdict(list)
    for entry in session.scalars(
        select(StageEntry).where(StageEntry.entered_on <= period.last).order_by(StageEntry.id)
    ):
        history[entry.case_id].append(entry)
    for case in session.scalars(select(Case).where(Case.opened_on <= period.last).order_by(Case.case_no)):
        moves = history[case.id]
        if moves and moves[-1].to_stage == "closed" and moves[-1].entered_on < period.first:
            continue
        submitted = next((move for move in moves if move.to_stage == "submitted"), None)
        claim, reduction = _claim(session, case, submitted.moved_at) if submitted else (None, None)
        yield CaseFile(
            row=f"case:{case.case_no}",
            opened_on=case.opened_on,
            stage=moves[-1].to_stage if moves else "assessment",
            submitted_on=submitted.entered_on if submitted else None,
            claim=claim,
            reduction=reduction,
        )


def _claim(session: Session, case: Case, submitted_at: datetime) -> tuple[int, int]:
    """Claim total and reduction of the statement of claim that was approved when the case was submitted."""
    revision = session.scalar(
        select(Revision)
        .join(Approval, Approval.revision_id == Revision.id)
        .where(
            Revision.case_id == case.id,
            Revision.document == "statement_of_claim",
            Approval.approved_at <= submitted_at,
        )
        .order_by(Revision.id.desc())
        .limit(1)
    )
    if revision is None:
        raise Refusal(
            "claim_unknown",
            Words(
                zh=f"案件 {case.case_no} 已提交立案，但没有当时经律师审批的起诉状，标的额不明；请先核查案件记录。",
                en=f"case {case.case_no} was submitted, but no statement of claim was approved by then: its claim is unknown.",
            ),
            "机构内部规则：未经具名律师审批不得提交（house policy）",
        )
    return revision.claim_total, json.loads(revision.facts)["account"]["reduced"]["value"]


def _approved(session: Session, period: Period) -> Iterator[Approved]:
    first = func.min(Approval.approved_on)
    found = (
        select(Revision.id, Revision.document, first.label("first"))
        .join(Approval, Approval.revision_id == Revision.id)
        .group_by(Revision.id, Revision.document)
        .having(first.between(period.first, period.last))
        .order_by(Revision.id)
    )
    for row in session.execute(found):
        yield Approved(f"revision:{row.id}", row.first, row.document)


def _packages(session: Session, period: Period) -> Iterator[Built]:
    found = select(Export.id, Export.audience, Export.built_at).where(
        Export.built_at >= _midnight(period.first), Export.built_at < _midnight(period.last + timedelta(days=1))
    )
    for row in session.execute(found.order_by(Export.id)):
        yield Built(f"export:{row.id}", row.built_at.date(), row.audience)


def _midnight(day: date) -> datetime:
    return clock.midday(day).replace(hour=0)
