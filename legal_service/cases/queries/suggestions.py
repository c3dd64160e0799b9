"""The facts of a case that the law's suggestions rest on: its clauses, its parties' places, what is claimed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from legal_service.accounts.models import Contract
from legal_service.cases.position import CasePosition
from legal_service.cases.queries.cases import case_row, contracts_of, position_of
from legal_service.cases.suggestions import OfLoans, Suggestions
from legal_service.law import files as law
from legal_service.law import jurisdiction, track
from legal_service.law.ceilings import LICENSED, Ceilings, Lender, ceilings
from legal_service.law.jurisdiction import Candidate, Forum, ForumFacts, connection_of, court_province, courts_in
from legal_service.law.published.tables import Published
from legal_service.law.queries import calendar
from legal_service.parties import queries as parties
from legal_service.parties.people import Borrower, LenderFacts
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked

MADE_ONLINE = frozenset({"signature_certificate", "face_verification"})
"""Exhibits that only a contract made online has; without them nobody recorded how it was made."""


def suggestions(session: Session, case_no: str, as_of: date, published: Published) -> Suggestions:
    """What the law suggests for a case filed on a day. Refuses `unknown_case`, and days before the law loaded."""
    case = case_row(session, case_no)
    position = position_of(session, case_no, as_of)
    lender, borrower = parties.lender(session, case.lender_id), parties.borrower(session, case.person_id)
    rules = law.parameters()
    groups: dict[tuple[ForumFacts, Ceilings | None], list[str]] = {}
    for contract in contracts_of(session, case.id):
        facts = _forum_facts(contract, lender, borrower, position)
        groups.setdefault((facts, _ceilings(contract, lender, as_of, published)), []).append(contract.loan_no)
    found = [(facts, jurisdiction.suggest(facts, rules), limits, loans) for (facts, limits), loans in groups.items()]
    facts, forum, _, _ = found[0]
    claim = track.ClaimFacts(
        filed_on=as_of,
        amount=position.claim_total,
        province=court_province(facts, forum, borrower.province),
        guarantors=sum(loan.has_guarantors for loan in position.loans),
    )
    return Suggestions(
        case_no=case_no,
        filed_on=as_of,
        loans=tuple(OfLoans(tuple(loans), _without_addresses(forum), limits) for _, forum, limits, loans in found),
        track=track.suggest(claim, rules, published, calendar(session)),
    )


def _forum_facts(contract: Contract, lender: LenderFacts, borrower: Borrower, position: CasePosition) -> ForumFacts:
    return ForumFacts(
        filed_on=position.as_of,
        plaintiff_seat=lender.address,
        lender_type=lender.lender_type,
        defendant_domicile=borrower.domicile,
        defendant_residence=borrower.residence,
        agreed_courts=courts_in(contract.agreed_court),
        connection=connection_of(contract.agreed_court_connection),
        online=True if MADE_ONLINE & position.evidence_kinds else None,
        arbitration=contract.arbitration_clause,
    )


def _ceilings(contract: Contract, lender: LenderFacts, as_of: date, published: Published) -> Ceilings | None:
    """The ceilings on a loan; the day of disbursement stands for the day of the contract, which the tape does not give."""
    if lender.lender_type not in LICENSED:
        return None
    kind = cast(Lender, lender.lender_type)
    return ceilings(kind, law.parameters(), published, contract_on=contract.disbursed_on, on=as_of)


def _without_addresses(forum: Forum) -> Forum:
    """The places with the defendant's address masked to its district."""
    payment = forum.payment_order
    return replace(
        forum,
        candidates=tuple(_masked(one) for one in forum.candidates),
        payment_order=payment and _masked(payment),
    )


def _masked(one: Candidate) -> Candidate:
    if one.place in ("defendant_domicile", "habitual_residence"):
        return replace(one, where=masked(Kind.ADDRESS, one.where))
    return one
