"""The statement of account with what only the case knows of it: whether the notice of acceleration arrived, or the complaint was served."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.accounts import queries as accounts
from legal_service.accounts.facts import NoticeArrival
from legal_service.accounts.models import Contract
from legal_service.accounts.statement import Statement
from legal_service.cases.acceleration import NOTICE, NoticeSent, NoticeServed, PaperHeld, arrival_of, complaint_served
from legal_service.cases.models import CaseLoan, ServiceAttempt
from legal_service.cases.queries.cases import proofs_withdrawn
from legal_service.cases.serving import COMPLAINT
from legal_service.contacts import queries as contacts
from legal_service.vault import queries as vault


def statement(session: Session, loan_no: str, as_of: date) -> Statement:
    """The statement of a loan at the close of a day, with the proof of its acceleration; refuses as `accounts` does."""
    row = accounts.contract_row(session, loan_no)
    accelerated = row.accelerated_on is not None and row.accelerated_on <= as_of
    if not accelerated:
        return accounts.statement(session, loan_no, as_of)
    cases = list(session.scalars(select(CaseLoan.case_id).where(CaseLoan.contract_id == row.id)))
    complaint = complaint_served(_served(session, cases, COMPLAINT), as_of)
    return accounts.statement(session, loan_no, as_of, notice=_arrival(session, row, cases, as_of), complaint=complaint)


def _served(session: Session, cases: list[int], document: str) -> list[NoticeServed]:
    """The recorded services of a paper on the borrower that took effect; one whose proof was withdrawn is not proven."""
    withdrawn = proofs_withdrawn(session, cases)
    attempts = session.scalars(
        select(ServiceAttempt)
        .where(ServiceAttempt.case_id.in_(cases), ServiceAttempt.document == document)
        .order_by(ServiceAttempt.id)
    )
    return [
        NoticeServed(one.effective_on, bool(one.proof_sha256) and one.id not in withdrawn, f"service_attempt:{one.id}")
        for one in attempts
        if one.party == "borrower" and one.effective_on is not None
    ]


def _arrival(session: Session, contract: Contract, cases: list[int], as_of: date) -> NoticeArrival | None:
    served = _served(session, cases, NOTICE)
    sent = [
        NoticeSent(
            one.at.astimezone(clock.SHANGHAI).date(),
            one.outcome,
            one.channel in ("letter", "visit"),
            one.content,
            one.row,
        )
        for one in contacts.contacts_of(session, [contract.id])
        if one.direction == "out" and one.party == "borrower"
    ]
    papers = [
        PaperHeld(one.kind, one.obtained_on, f"vault_item:{one.id}")
        for one in vault.items_of(session, f"loan:{contract.loan_no}")
        if one.form != "generated"
    ]
    return arrival_of(served, sent, papers, as_of)
