"""Cases as facts: their position on a date, their history, their docket."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service import labels, money
from legal_service.accounts import queries as accounts
from legal_service.accounts.instalments import plan
from legal_service.accounts.models import Contract
from legal_service.accounts.statement import Statement
from legal_service.cases import stages, sureties
from legal_service.cases.docket import Due
from legal_service.cases.litigants import parties_of
from legal_service.cases.models import Case, CaseLoan, Deadline, Milestone, ServiceAttempt, StageEntry
from legal_service.cases.position import NOTHING_YET, Attempted, CasePosition, Contacted, LoanPosition, Served
from legal_service.cases.position import Milestone as MilestoneFact
from legal_service.cases.queries.proceedings import (
    court_numbers,
    event_json,
    forced_json,
    forced_of,
    proceedings_of,
    recorded,
    returns_of_siblings,
    submissions_of,
)
from legal_service.complaints import queries as complaints
from legal_service.contacts import queries as contacts
from legal_service.errors import Language, Refusal, Words
from legal_service.law.periods import Period
from legal_service.settlements import queries as settlements
from legal_service.vault import queries as vault


def case_row(session: Session, case_no: str) -> Case:
    """The case with this number; refuses `unknown_case`."""
    row = session.scalar(select(Case).where(Case.case_no == case_no))
    if row is None:
        raise Refusal("unknown_case", Words(zh=f"没有这个案件：{case_no[:40]}", en=f"no such case: {case_no[:40]}"))
    return row


def contracts_of(session: Session, case_id: int) -> list[Contract]:
    """The loan contracts pursued in a case, by loan number."""
    query = select(Contract).join(CaseLoan, CaseLoan.contract_id == Contract.id).where(CaseLoan.case_id == case_id)
    return list(session.scalars(query.order_by(Contract.loan_no)))


def open_case_of(session: Session, contract_id: int) -> Case | None:
    """The open case that pursues a loan, if any."""
    query = select(Case).join(CaseLoan, CaseLoan.case_id == Case.id).where(CaseLoan.contract_id == contract_id)
    return session.scalar(query.where(Case.stage != "closed"))


def position_of(session: Session, case_no: str, as_of: date) -> CasePosition:
    """The position of a case at the close of a date."""
    case = case_row(session, case_no)
    return _position(session, contracts_of(session, case.id), as_of, case)


def position_of_loan(session: Session, loan_no: str, as_of: date) -> CasePosition:
    """The position of a loan: its open case if it has one, else as before a case (stage `assessment`)."""
    contract = accounts.contract_row(session, loan_no)
    case = open_case_of(session, contract.id)
    return _position(session, contracts_of(session, case.id) if case else [contract], as_of, case)


def _position(session: Session, contracts: Sequence[Contract], as_of: date, case: Case | None) -> CasePosition:
    keys = [contract.id for contract in contracts]
    subjects = [f"loan:{contract.loan_no}" for contract in contracts] + ([f"case:{case.case_no}"] if case else [])
    open_complaints = complaints.open_on(complaints.complaints_of(session, keys), as_of)
    return CasePosition(
        case_no=case.case_no if case else "",
        stage=case.stage if case else "assessment",
        since=case.stage_since if case else as_of,
        as_of=as_of,
        loans=tuple(_loan(session, contract, as_of) for contract in contracts),
        contacts=tuple(
            Contacted(one.at.date(), one.channel, one.party, one.outcome)
            for one in contacts.contacts_of(session, keys)
            if one.at.date() <= as_of
        ),
        settlements=_attempts(session, contracts, as_of),
        served=tuple(services_of(session, case.case_no)) if case else (),
        open_complaints=tuple(one.complaint_no for one in open_complaints),
        milestones=tuple(milestones_of(session, case.id)) if case else (),
        evidence_kinds=frozenset(item.kind for subject in subjects for item in vault.items_of(session, subject)),
        proceedings=proceedings_of(session, case.id) if case else NOTHING_YET,
        docket=tuple(docket(session, case_no=case.case_no)) if case else (),
        parties=parties_of(_guarantors(session, contracts)),
    )


def _guarantors(session: Session, contracts: Sequence[Contract]) -> int:
    """How many people guarantee the loans, each counted once."""
    return len({one.id_number for contract in contracts for one in accounts.guarantors(session, contract.id)})


def _attempts(session: Session, contracts: Sequence[Contract], as_of: date) -> tuple[Attempted, ...]:
    found = [
        Attempted(one.attempted_on, one.outcome, one.agreed_until, contract.loan_no)
        for contract in contracts
        for one in settlements.attempts_of(session, [contract.id])
        if one.attempted_on <= as_of
    ]
    return tuple(sorted(found, key=lambda one: one.on))


def _loan(session: Session, contract: Contract, as_of: date) -> LoanPosition:
    statement: Statement = accounts.statement(session, contract.loan_no, as_of)
    return LoanPosition(
        loan_no=contract.loan_no,
        days_past_due=statement.days_past_due,
        oldest_due_on=statement.oldest_due_on,
        tier=statement.tier,
        claim_total=statement.claim.total,
        last_due_on=plan(statement.facts).periods[-1].due_on,
        accelerated_on=contract.accelerated_on
        if contract.accelerated_on and contract.accelerated_on <= as_of
        else None,
        arbitration_clause=contract.arbitration_clause,
        notarised=contract.notarised,
        compensated_on=contract.compensated_on,
        compensated_by=contract.compensated_by,
        co_lender_shares=contract.co_lender_shares,
        has_guarantors=bool(accounts.guarantors(session, contract.id)),
    )


def milestones_of(session: Session, case_id: int) -> list[MilestoneFact]:
    """The milestones of a case in the order they were recorded."""
    rows = session.scalars(select(Milestone).where(Milestone.case_id == case_id).order_by(Milestone.id))
    return [MilestoneFact(row.kind, row.subject, row.reached_on, row.by, row.reference) for row in rows]


def service_rows(session: Session, case_no: str) -> list[ServiceAttempt]:
    """The attempts to serve papers in a case, in the order recorded."""
    case = case_row(session, case_no)
    query = select(ServiceAttempt).where(ServiceAttempt.case_id == case.id)
    return list(session.scalars(query.order_by(ServiceAttempt.id)))


def services_of(session: Session, case_no: str) -> list[Served]:
    """The papers served in a case, as the guards see them; a proof that was withdrawn proves nothing."""
    rows = service_rows(session, case_no)
    withdrawn = proofs_withdrawn(session, {row.case_id for row in rows})
    return [
        Served(row.document, row.party, row.effective_on, bool(row.proof_sha256) and row.id not in withdrawn)
        for row in rows
    ]


def proofs_withdrawn(session: Session, case_ids: Collection[int]) -> frozenset[int]:
    """The attempts to serve, by id, whose proof a named person withdrew."""
    query = select(Milestone.subject).where(Milestone.kind == "proof_withdrawn", Milestone.case_id.in_(case_ids))
    return frozenset(int(subject) for subject in session.scalars(query))


def history_of(session: Session, case_id: int) -> list[StageEntry]:
    """The moves of a case, oldest first."""
    return list(session.scalars(select(StageEntry).where(StageEntry.case_id == case_id).order_by(StageEntry.id)))


def docket(session: Session, *, case_no: str | None = None, until: date | None = None) -> list[Due]:
    """Deadlines by legal last day; of one case or of all, up to a date."""
    query = select(Deadline, Case.case_no).join(Case, Case.id == Deadline.case_id)
    if case_no is not None:
        query = query.where(Deadline.case_id == case_row(session, case_no).id)
    if until is not None:
        query = query.where(Deadline.last_day <= until)
    found = session.execute(query.order_by(Deadline.last_day, Case.case_no, Deadline.rule, Deadline.subject))
    return [due_of(row, number) for row, number in found]


def due_of(row: Deadline, case_no: str) -> Due:
    """A deadline row as a fact."""
    period = Period(
        raw=row.raw, last_day=row.last_day, internal=row.internal, provisional=row.provisional, basis=row.basis
    )
    return Due(case_no, row.rule, row.subject, row.trigger_on, period, row.done_on, row.closed_reason)


def case_numbers(session: Session, *, stage: str | None = None) -> list[str]:
    """All case numbers, or those in a stage."""
    query = select(Case.case_no).order_by(Case.case_no)
    return list(session.scalars(query if stage is None else query.where(Case.stage == stage)))


def cases(session: Session) -> list[Case]:
    """All cases by number."""
    return list(session.scalars(select(Case).order_by(Case.case_no)))


def case_json(session: Session, case_no: str, as_of: date, language: Language) -> dict[str, object]:
    """A case as the outside sees it: where it stands, what is due, what blocks its next moves, what happened."""
    case = case_row(session, case_no)
    position = position_of(session, case_no, as_of)
    history = [
        {
            "from": entry.from_stage,
            "to": entry.to_stage,
            "on": entry.entered_on.isoformat(),
            "by": entry.moved_by,
            "data": json.loads(entry.data),
        }
        for entry in history_of(session, case.id)
    ]
    moves = stages.moves_from(case.stage)
    blocked = [
        {"move": move, "code": refusal.code, "reason": refusal.reason.read(language), "basis": refusal.basis}
        for move in moves
        for refusal in stages.blockers(position, move)
    ]
    return {
        "case_no": case_no,
        "stage": case.stage,
        "stage_label": labels.label("stage", case.stage).read(language),
        "since": case.stage_since.isoformat(),
        "opened_on": case.opened_on.isoformat(),
        "as_of": as_of.isoformat(),
        "claim_total": money.amount_text(position.claim_total),
        "loans": [
            {
                "loan_no": loan.loan_no,
                "days_past_due": loan.days_past_due,
                "tier": loan.tier,
                "claim_total": money.amount_text(loan.claim_total),
            }
            for loan in position.loans
        ],
        "next_moves": [move for move in moves if not stages.blockers(position, move)],
        "blocked_by": blocked,
        "docket": [one.as_json() for one in docket(session, case_no=case_no)],
        "history": history,
        "milestones": [
            {"kind": one.kind, "subject": one.subject, "on": one.on.isoformat(), "by": one.by}
            for one in position.milestones
        ],
        "served": [
            {
                "document": one.document,
                "party": one.party,
                "effective_on": one.effective_on.isoformat() if one.effective_on else None,
            }
            for one in position.served
        ],
        "version": case.version,
    } | _proceedings_json(session, case, position, language)


def _proceedings_json(session: Session, case: Case, position: CasePosition, language: Language) -> dict[str, object]:
    return {
        "parties": list(position.parties),
        "track": position.proceedings.track(),
        "court_numbers": court_numbers(position.proceedings),
        "submissions": [one.as_json() for one in submissions_of(session, case.id)],
        "events": [event_json(one) for one in recorded(session, case.id)],
        "findings": [
            one.as_json(language)
            for one in (*sureties.warnings(position), *(one.finding() for one in returns_of_siblings(session, case)))
        ],
        "forced": [forced_json(one) for one in forced_of(session, case.id)],
    }
