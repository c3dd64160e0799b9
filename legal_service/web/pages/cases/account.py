"""The account of a case: what is owed on each loan at the close of a day, and how every amount came about; and the same as files."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.accounts import files, queries
from legal_service.accounts.interest import penalty_rate_text
from legal_service.accounts.statement_json import as_json
from legal_service.cases import operations
from legal_service.cases import queries as cases
from legal_service.errors import Refusal, Words
from legal_service.money import percent_text, rate_text
from legal_service.web import reader
from legal_service.web.pages.cases.derivation import account_of
from legal_service.web.pages.cases.head import asked_day, head_of

FORMS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""File name's ending → media type."""

RATES = {"penalty_rate_text": penalty_rate_text, "percent_text": percent_text, "rate_text": rate_text}
"""How rates are written, for the templates."""


def show(case_no: str) -> str:
    """The page, as of `?as_of=` (today without it)."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        accounts = [account_of(session, loan_no, head.as_of) for loan_no in head.loans]
    return render_template("cases/account.html", head=head, tab="case_account", accounts=accounts, **RATES)


def statement_file(loan_no: str, form: str) -> ResponseReturnValue:
    """The statement as a file, exactly as `legal statement` makes it.

    The PDF is the paper for the court and prints the borrower's name: who takes it is entered in the trail.
    """
    if form not in FORMS:
        raise Refusal(
            "unknown_file",
            Words(
                zh=f"没有这种文件格式；有：{'、'.join(FORMS)}。",
                en=f"no such form of file; there are: {', '.join(FORMS)}.",
            ),
        )
    as_of = asked_day(clock.today())
    if form == "pdf":
        with reader.transaction() as tx:
            operations.statement_taken(tx, loan_no=loan_no, as_of=as_of, form=form)
    with reader.reading() as session:
        content = _content(session, loan_no, form)
    answer = Response(content, content_type=FORMS[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"statement-{loan_no}-{as_of.isoformat()}.{form}")
    return answer


def _content(session: Session, loan_no: str, form: str) -> bytes:
    statement = cases.statement(session, loan_no, asked_day(clock.today()))
    if form == "json":
        return files.json_bytes(as_json(statement, reader.language()))
    if form == "pdf":
        return files.pdf(statement, queries.sheet_names(session, loan_no))
    return files.table(statement, form)
