"""What the database already knows of the numbers on a tape."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts.models import Contract, Posting
from legal_service.intake.known import Known, KnownLoan, KnownPosting
from legal_service.intake.models import Batch
from legal_service.intake.rows import Tape
from legal_service.parties.models import Lender, Person

CHUNK = 400
"""Numbers asked for in one query: below SQLite's limit of bound parameters."""


def chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    """Sorted distinct keys, a chunk at a time."""
    ordered = sorted(set(keys) - {""})
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def known_of(session: Session, tape: Tape) -> Known:
    """The borrowers, lenders and loans that the tape refers to and the database holds."""
    known = Known(lenders=set(session.scalars(select(Lender.lender_no))))
    loan_nos = [row.text("loan_no") for rows in tape.rows.values() for row in rows]
    borrower_nos = [row.text("borrower_no") for row in tape.rows["loans"]]
    for part in chunks(borrower_nos):
        known.borrowers.update(session.scalars(select(Person.borrower_no).where(Person.borrower_no.in_(part))))
    for part in chunks(loan_nos):
        contracts = session.execute(
            select(Contract.id, Contract.loan_no, Contract.disbursed_on, Contract.signed_cost_table).where(
                Contract.loan_no.in_(part)
            )
        ).all()
        ledger: dict[int, dict[str, KnownPosting]] = {contract_id: {} for contract_id, *_ in contracts}
        for line in standing_postings(session, list(ledger)):
            if line.family == "repayment":
                ledger[line.contract_id][line.reference] = KnownPosting(
                    line.kind, line.posted_on, line.amount, line.reverses
                )
        for contract_id, loan_no, disbursed_on, signed in contracts:
            known.loans[loan_no] = KnownLoan(disbursed_on, ledger[contract_id], signed)
    return known


def standing_postings(session: Session, contract_ids: list[int]) -> list[Posting]:
    """The ledger lines of these contracts that have not been undone."""
    lines = list(session.scalars(select(Posting).where(Posting.contract_id.in_(contract_ids)).order_by(Posting.id)))
    undone = {line.undoes_id for line in lines if line.undoes_id is not None}
    return [line for line in lines if line.kind != "undoing" and line.id not in undone]


def contract_ids(session: Session, tape: Tape) -> dict[str, int]:
    """The keys of the contracts that the tape refers to, by loan number."""
    found: dict[str, int] = {}
    for part in chunks(row.text("loan_no") for rows in tape.rows.values() for row in rows):
        for key, loan_no in session.execute(select(Contract.id, Contract.loan_no).where(Contract.loan_no.in_(part))):
            found[loan_no] = key
    return found


def last_batch(session: Session) -> Batch | None:
    """The newest batch."""
    return session.scalar(select(Batch).order_by(Batch.id.desc()).limit(1))
