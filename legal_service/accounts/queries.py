"""Rows of contracts and postings as facts. An undone line and its undoing are both left out: the pair counts as absent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts import books
from legal_service.accounts.books import Books
from legal_service.accounts.facts import (
    InstalmentFact,
    LoanFacts,
    Method,
    NoticeArrival,
    PostingFact,
    PostingKind,
    RateSegment,
)
from legal_service.accounts.models import Contract, Grading, Guarantee, InstalmentRow, Posting, RateRow
from legal_service.accounts.reconcile import Difference, reconcile
from legal_service.accounts.rules import rules_on
from legal_service.accounts.sheet import SheetNames
from legal_service.accounts.statement import Statement, compute
from legal_service.errors import Refusal, Words
from legal_service.law import files as law
from legal_service.law.parameters import Parameters
from legal_service.parties import queries as parties
from legal_service.parties.people import GuarantorFacts


@dataclass(frozen=True, slots=True)
class ContractParticulars:
    """What a filing says of the contract beyond the account itself."""

    id: int
    loan_no: str
    contract_no: str
    product: str
    person_id: int
    lender_id: int
    agreed_court: str
    agreed_court_connection: str
    address_for_service: str
    e_service: bool
    acceleration_clause: bool
    accelerated_on: date | None
    signed_cost_table: bool
    compensated_on: date | None
    compensated_by: str
    co_lender_shares: str
    arbitration_clause: bool
    notarised: bool


def contract_row(session: Session, loan_no: str) -> Contract:
    """The contract with this loan number; refuses `unknown_loan`."""
    row = session.scalar(select(Contract).where(Contract.loan_no == loan_no))
    if row is None:
        raise Refusal("unknown_loan", Words(zh=f"没有这笔贷款：{loan_no[:64]}", en=f"no such loan: {loan_no[:64]}"))
    return row


def particulars(session: Session, contract_id: int) -> ContractParticulars:
    """The particulars of a contract."""
    row = session.get_one(Contract, contract_id)
    return ContractParticulars(
        id=row.id,
        loan_no=row.loan_no,
        contract_no=row.contract_no,
        product=row.product,
        person_id=row.person_id,
        lender_id=row.lender_id,
        agreed_court=row.agreed_court,
        agreed_court_connection=row.agreed_court_connection,
        address_for_service=row.address_for_service or "",
        e_service=row.e_service,
        acceleration_clause=row.acceleration_clause,
        accelerated_on=row.accelerated_on,
        signed_cost_table=row.signed_cost_table,
        compensated_on=row.compensated_on,
        compensated_by=row.compensated_by,
        co_lender_shares=row.co_lender_shares,
        arbitration_clause=row.arbitration_clause,
        notarised=row.notarised,
    )


def loan_facts(session: Session, loan_no: str) -> LoanFacts:
    """One loan with its ledger; refuses `unknown_loan`."""
    return next(iter(_facts_of(session, [contract_row(session, loan_no)])))


def facts_by_contract(
    session: Session, contract_ids: Sequence[int], *, chunk: int = 500
) -> Iterator[tuple[int, LoanFacts]]:
    """(contract id, facts) of these loans, by contract id, a chunk of rows at a time."""
    wanted = sorted(contract_ids)
    for start in range(0, len(wanted), chunk):
        query = select(Contract).where(Contract.id.in_(wanted[start : start + chunk])).order_by(Contract.id)
        rows = list(session.scalars(query))
        yield from zip((row.id for row in rows), _facts_of(session, rows), strict=True)


def portfolio_facts(session: Session, *, chunk: int = 500) -> Iterator[tuple[int, LoanFacts]]:
    """(contract id, facts) of every loan, by contract id, a chunk of rows at a time."""
    last = 0
    while rows := list(session.scalars(select(Contract).where(Contract.id > last).order_by(Contract.id).limit(chunk))):
        yield from zip((row.id for row in rows), _facts_of(session, rows), strict=True)
        last = rows[-1].id
        session.expunge_all()


def portfolio_books(session: Session, *, chunk: int = 500) -> Iterator[tuple[Books, LoanFacts]]:
    """(the lender's books, facts) of every loan whose tape carried any, a chunk of rows at a time."""
    last = 0
    kept = select(Contract).where(Contract.extra.is_not(None)).order_by(Contract.id).limit(chunk)
    while rows := list(session.scalars(kept.where(Contract.id > last))):
        told = [(row, found) for row in rows if (found := books.read(row.extra))]
        yield from zip((found for _, found in told), _facts_of(session, [row for row, _ in told]), strict=True)
        last = rows[-1].id
        session.expunge_all()


def books_of(session: Session, loan_no: str) -> Books:
    """The lender's books of one loan; refuses `unknown_loan`."""
    return books.read(contract_row(session, loan_no).extra)


def differences(session: Session, *, as_of: date, loan_no: str = "") -> tuple[int, list[Difference]]:
    """How many loans have books to compare, and every figure on which they and our statement differ; of one loan, or of all."""
    if loan_no:
        found = books_of(session, loan_no)
        told: Iterable[tuple[Books, LoanFacts]] = [(found, loan_facts(session, loan_no))] if found else []
    else:
        told = portfolio_books(session)
    parameters, compared, answer = law.parameters(), 0, []
    for said, facts in told:
        compared += 1
        on = partial(_statement_on, facts, parameters)
        answer += reconcile(said, facts.loan_no, on, as_of)
    return compared, answer


def _statement_on(facts: LoanFacts, parameters: Parameters, on: date) -> Statement:
    return compute(facts, on, rules_on(parameters, on))


def _facts_of(session: Session, contracts: Sequence[Contract]) -> list[LoanFacts]:
    keys = [row.id for row in contracts]
    rates: dict[int, list[RateSegment]] = defaultdict(list)
    for rate in session.scalars(select(RateRow).where(RateRow.contract_id.in_(keys)).order_by(RateRow.from_on)):
        rates[rate.contract_id].append(RateSegment(rate.from_on, rate.annual_rate, f"contract_rate:{rate.id}"))
    instalments: dict[int, list[InstalmentFact]] = defaultdict(list)
    for line in session.scalars(
        select(InstalmentRow).where(InstalmentRow.contract_id.in_(keys)).order_by(InstalmentRow.number)
    ):
        instalments[line.contract_id].append(
            InstalmentFact(line.number, line.due_on, line.principal, line.interest, line.fee, f"instalment:{line.id}")
        )
    ledger: dict[int, list[Posting]] = defaultdict(list)
    for posting in session.scalars(
        select(Posting).where(Posting.contract_id.in_(keys)).order_by(Posting.posted_on, Posting.id)
    ):
        ledger[posting.contract_id].append(posting)
    types = parties.lender_types(session)
    return [
        replace(
            _loan(row, rates[row.id], instalments[row.id], _standing(ledger[row.id])),
            lender_type=types.get(row.lender_id, ""),
        )
        for row in contracts
    ]


def _standing(lines: Sequence[Posting]) -> tuple[PostingFact, ...]:
    undone = {line.undoes_id for line in lines if line.undoes_id is not None}
    return tuple(
        PostingFact(
            on=line.posted_on,
            kind=cast(PostingKind, line.kind),
            amount=line.amount,
            reference=line.reference,
            row=f"posting:{line.id}",
            position=position,
            component=line.component,
            reverses=line.reverses,
            designated=tuple(part for part in line.designated.split(",") if part),
            disclosed=line.disclosed,
            taker=line.taker,
            channel=line.channel,
        )
        for position, line in enumerate(lines)
        if line.kind != "undoing" and line.id not in undone
    )


def _loan(
    row: Contract, rates: list[RateSegment], instalments: list[InstalmentFact], postings: tuple[PostingFact, ...]
) -> LoanFacts:
    return LoanFacts(
        loan_no=row.loan_no,
        contract_no=row.contract_no,
        principal=row.principal,
        disbursed_amount=row.disbursed_amount,
        annual_rate=row.annual_rate,
        penalty_uplift=row.penalty_uplift,
        compound=row.compound,
        day_count=360 if row.day_count == 360 else 365,
        method=cast(Method, row.method),
        term_months=row.term_months,
        disbursed_on=row.disbursed_on,
        first_due_on=row.first_due_on,
        row=f"contract:{row.loan_no}",
        allocation=row.allocation,
        acceleration_clause=row.acceleration_clause,
        accelerated_on=row.accelerated_on,
        signed_cost_table=row.signed_cost_table,
        rates=tuple(rates),
        instalments=tuple(instalments),
        postings=postings,
    )


def guarantors(session: Session, contract_id: int) -> list[GuarantorFacts]:
    """The guarantors of a contract, in the order of the tape."""
    rows = session.scalars(select(Guarantee).where(Guarantee.contract_id == contract_id).order_by(Guarantee.id))
    return [
        GuarantorFacts(
            name=row.name,
            id_number=row.id_number,
            phone=row.phone or "",
            domicile=row.domicile or "",
            liability=row.liability,
            guarantee_until=row.guarantee_until.isoformat() if row.guarantee_until else "",
            row=f"guarantee:{row.id}",
        )
        for row in rows
    ]


def latest_gradings(session: Session, as_of: date) -> dict[int, Grading]:
    """The newest grading of each contract on or before a date."""
    newest: dict[int, Grading] = {}
    for row in session.scalars(select(Grading).where(Grading.as_of <= as_of).order_by(Grading.as_of)):
        newest[row.contract_id] = row
    return newest


def gradings_of(session: Session, contract_id: int) -> list[Grading]:
    """The gradings of a contract, newest first: one for each business date on which its grade changed."""
    return list(
        session.scalars(select(Grading).where(Grading.contract_id == contract_id).order_by(Grading.as_of.desc()))
    )


def statement(
    session: Session,
    loan_no: str,
    as_of: date,
    *,
    notice: NoticeArrival | None = None,
    complaint: NoticeArrival | None = None,
) -> Statement:
    """The statement of account of a loan at the close of a date; refuses `unknown_loan`, `before_disbursement`.

    `notice` and `complaint` are what a higher room knows of the arrival of an acceleration notice and of the service of the
    complaint (`cases.queries.statement`).
    """
    facts = replace(loan_facts(session, loan_no), notice=notice, complaint=complaint)
    return compute(facts, as_of, rules_on(law.parameters(), as_of))


def sheet_names(session: Session, loan_no: str) -> SheetNames:
    """The names that the statement's sheet prints."""
    contract = contract_row(session, loan_no)
    return SheetNames(
        lender=parties.lender(session, contract.lender_id).name,
        borrower=parties.borrower(session, contract.person_id).name,
        prepared_by="业务系统",
    )
