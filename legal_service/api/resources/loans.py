"""`/loans`: a loan, its statement of account to the letter of the contract, and the recommendation for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service.accounts import queries
from legal_service.accounts.statement_json import as_json
from legal_service.api import masking
from legal_service.api.resource import Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.loans import LoanShape, OnDay, RecommendationShape, StatementShape
from legal_service.api.speech import language
from legal_service.cases import queries as cases
from legal_service.cases.escalation import recommend as recommended
from legal_service.errors import Words
from legal_service.money import amount_text, rate_text
from legal_service.parties import queries as parties
from legal_service.redaction.kinds import Kind

resource = Resource("loans", Words("贷款", "Loans"))
LOAN = "/loans/<name:loan_no>"


@resource.reads(LOAN, needs="portfolio.read", says=Words("一笔贷款", "One loan"), gives=LoanShape)
def show(session: Session, asked: Mapping[str, Any], loan_no: str) -> dict[str, Any]:
    """The contract of a loan; the borrower masked."""
    row = queries.contract_row(session, loan_no)
    borrower, case = parties.borrower(session, row.person_id), cases.open_case_of(session, row.id)
    return {
        "loan_no": row.loan_no,
        "contract_no": row.contract_no,
        "product": row.product,
        "lender": parties.lender(session, row.lender_id).name,
        "borrower": {
            "name": masking.value(Kind.PERSON, borrower.name),
            "id_number": masking.value(Kind.ID_NUMBER, borrower.id_number),
            "phone": masking.value(Kind.MOBILE, borrower.phone),
        },
        "principal": amount_text(row.principal),
        "disbursed_amount": amount_text(row.disbursed_amount),
        "disbursed_on": row.disbursed_on,
        "first_due_on": row.first_due_on,
        "term_months": row.term_months,
        "method": row.method,
        "annual_rate": rate_text(row.annual_rate),
        "accelerated_on": row.accelerated_on,
        "case_no": case.case_no if case else None,
    }


@resource.reads(
    f"{LOAN}/statement",
    needs="portfolio.read",
    says=Words("欠款明细（contract.md 第 4 节的形状）", "Statement of account, as `legal statement` prints it"),
    asks=OnDay,
    gives=StatementShape,
)
def statement(session: Session, asked: Mapping[str, Any], loan_no: str) -> Answer:
    """The statement at the close of a day."""
    return Answer(as_json(cases.statement(session, loan_no, asked["as_of"]), language()), exact=True)


@resource.reads(
    f"{LOAN}/recommendation",
    needs="portfolio.read",
    says=Words("下一步建议及理由（由人决定）", "What to do next and why; a person decides"),
    asks=OnDay,
    gives=RecommendationShape,
)
def recommendation(session: Session, asked: Mapping[str, Any], loan_no: str) -> dict[str, Any]:
    """The recommendation as of a day."""
    found, spoken = recommended(cases.position_of_loan(session, loan_no, asked["as_of"])), language()
    return {
        "action": found.action,
        "because": [one.read(spoken) for one in found.because],
        "blocked_by": [f"{one.reason.read(spoken)}〔{one.basis}〕" for one in found.blocked_by],
    }
