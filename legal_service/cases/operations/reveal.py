"""Showing a masked value, and taking a paper that names a person: done by a named person and entered in the trail.

个人信息保护法 第五十一条 asks for limited rights and for measures that make every access accountable.
"""

from __future__ import annotations

from datetime import date

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.accounts import queries as accounts
from legal_service.cases import queries
from legal_service.cases.personal import REASONS
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words

BASIS = "个人信息保护法 第六条、第五十一条"


def reveal(tx: Transaction, *, case_no: str, field: str, reason: str) -> str:
    """The value of one personal field of a case (`borrower.phone`), for a reason that the trail keeps; every time anew.

    Refuses `unknown_case`, `reason_required`, `no_such_field`.
    """
    permissions.require(tx.actor, "personal.reveal")
    if reason not in REASONS:
        raise Refusal(
            "reason_required",
            Words(zh="请先选择查看理由，再点“显示”。", en="Choose the reason first, then “show”."),
            BASIS,
        )
    known = [*queries.personal_fields(tx.session, case_no), *queries.contact_fields(tx.session, case_no)]
    found = next((one for one in known if one.code == field), None)
    if found is None:
        raise Refusal(
            "no_such_field",
            Words(
                zh="本案没有这一项个人信息，请刷新页面。",
                en="This case has no such personal field; open the page anew.",
            ),
            BASIS,
        )
    record(tx, action="personal.reveal", subject=f"case:{case_no}", field=found.code, reason=reason)
    return found.value


def statement_taken(tx: Transaction, *, loan_no: str, as_of: date, form: str) -> None:
    """Note that somebody took the statement of a loan as a file that names the borrower; refuses `unknown_loan`."""
    permissions.require(tx.actor, "filing.read")
    row = accounts.contract_row(tx.session, loan_no)
    case = queries.open_case_of(tx.session, row.id)
    subject = f"case:{case.case_no}" if case else f"loan:{row.loan_no}"
    record(tx, action="statement.taken", subject=subject, loan=row.loan_no, as_of=as_of.isoformat(), form=form)
