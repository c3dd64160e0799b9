"""A loan before and beside its case: what is owed, how it was graded, what is recommended and what blocks it, its papers."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.accounts import queries as accounts
from legal_service.cases import operations, queries
from legal_service.cases.escalation import recommend
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.parties import queries as parties
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked
from legal_service.statuses import status_of
from legal_service.vault import queries as vault
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.account import RATES
from legal_service.web.pages.cases.derivation import account_of
from legal_service.web.pages.cases.head import MENDED_BY, asked_day, on_the_desk
from legal_service.web.pages.cases.titles import exhibit_titles


def show(loan_no: str, *, refused: Refusal | None = None) -> str:
    """The page, as of `?as_of=` (today without it)."""
    today = clock.today()
    as_of = asked_day(today)
    with reader.reading() as session:
        row = accounts.contract_row(session, loan_no)
        particulars = accounts.particulars(session, row.id)
        case = queries.open_case_of(session, row.id)
        found = recommend(queries.position_of_loan(session, loan_no, as_of))
        return render_template(
            "cases/loan.html",
            loan=particulars,
            as_of=as_of,
            today=today,
            borrower=masked(Kind.PERSON, parties.borrower(session, row.person_id).name),
            lender=parties.lender(session, row.lender_id).name,
            account=account_of(session, loan_no, as_of),
            gradings=accounts.gradings_of(session, row.id),
            recommendation=found,
            blocks=[on_the_desk(one) for one in found.blocked_by],
            mended_by=MENDED_BY,
            case_no=case.case_no if case else "",
            papers=vault.items_of(session, f"loan:{loan_no}"),
            titles=exhibit_titles(),
            refused=refused,
            **RATES,
        )


def open_case(loan_no: str) -> ResponseReturnValue:
    """Open a case for the loan; asked again it leads to the case already open."""

    def work(tx: Transaction) -> Done:
        case_no = operations.open_case(tx, loan_nos=[loan_no], on=clock.today())
        return Done(url_for("case", case_no=case_no), Words(f"已建案 {case_no}。", f"Case {case_no} is open."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return show(loan_no, refused=refused), status_of(refused.code)
