"""What an export must know: the personal values of a case, where each row came from, what was built before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract, Guarantee, InstalmentRow, Posting, RateRow
from legal_service.cases import queries as cases
from legal_service.contacts import queries as contacts
from legal_service.contacts.models import ContactAttempt
from legal_service.errors import Refusal, Words
from legal_service.exports.models import Export
from legal_service.parties import queries as parties
from legal_service.parties.models import Lender, Person
from legal_service.parties.people import secrets_of
from legal_service.redaction.kinds import Kind
from legal_service.redaction.spans import KnownValue

_MOBILE = re.compile(r"(\+?86[- ]?)?1\d{10}")
_LANDLINE = re.compile(r"0\d{2,3}[- ]?\d{7,8}(-\d{1,6})?")


def known_values(session: Session, case_no: str) -> tuple[KnownValue, ...]:
    """Every personal value that the house knows of a case: borrower, guarantors, and whoever else was contacted."""
    return tuple(dict.fromkeys([*_of_parties(session, case_no), *third_persons(session, case_no)]))


def _of_parties(session: Session, case_no: str) -> Iterable[KnownValue]:
    case = cases.case_row(session, case_no)
    yield from (KnownValue(kind, value) for kind, value in secrets_of(parties.borrower(session, case.person_id)))
    for contract in cases.contracts_of(session, case.id):
        if contract.address_for_service:
            yield KnownValue(Kind.ADDRESS, contract.address_for_service)
        for guarantor in accounts.guarantors(session, contract.id):
            yield from (KnownValue(kind, value) for kind, value in secrets_of(guarantor))


def third_persons(session: Session, case_no: str) -> tuple[KnownValue, ...]:
    """The numbers and addresses of persons outside the case who were contacted: hidden from every reader, the court too."""
    case = cases.case_row(session, case_no)
    keys = [contract.id for contract in cases.contracts_of(session, case.id)]
    of_parties = {value.value for value in _of_parties(session, case_no)}
    found = [one.address.strip() for one in contacts.contacts_of(session, keys) if one.party == "third_party"]
    return tuple(
        KnownValue(kind_of(value), value) for value in dict.fromkeys(found) if value and value not in of_parties
    )


def kind_of(address: str) -> Kind:
    """What a contact address is: the log keeps numbers, mailboxes and places in one column.

    >>> kind_of("13800138000"), kind_of("a@example.com"), kind_of("甲市乙路1号")
    (<Kind.MOBILE: 'MOBILE'>, <Kind.EMAIL: 'EMAIL'>, <Kind.ADDRESS: 'ADDRESS'>)
    """
    if _MOBILE.fullmatch(address):
        return Kind.MOBILE
    if _LANDLINE.fullmatch(address):
        return Kind.LANDLINE
    return Kind.EMAIL if "@" in address else Kind.ADDRESS


_TABLES: dict[str, Any] = {
    "posting": Posting,
    "instalment": InstalmentRow,
    "contract_rate": RateRow,
    "guarantee": Guarantee,
    "person": Person,
    "lender": Lender,
    "contact_attempt": ContactAttempt,
}


def origins(session: Session, rows: Iterable[str]) -> dict[str, str]:
    """Where rows came from: row id (`posting:12`, `contract:HM1`) → batch, file and line of the tape."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        table, _, key = row.partition(":")
        wanted[table].add(key)
    found: dict[str, str] = {}
    for table, keys in sorted(wanted.items()):
        if table == "contract":
            for loan_no, source in session.execute(
                select(Contract.loan_no, Contract.source_row).where(Contract.loan_no.in_(keys))
            ):
                found[f"contract:{loan_no}"] = source
        elif table in _TABLES:
            model = _TABLES[table]
            numbers = sorted(int(key) for key in keys if key.isdigit())
            for start in range(0, len(numbers), 400):
                part = numbers[start : start + 400]
                for key, source in session.execute(select(model.id, model.source_row).where(model.id.in_(part))):
                    found[f"{table}:{key}"] = source
    return found


def export_with(session: Session, package_id: str) -> Export:
    """The newest export of a package id; refuses `unknown_package`."""
    row = session.scalar(select(Export).where(Export.package_id == package_id).order_by(Export.id.desc()).limit(1))
    if row is None:
        raise Refusal("unknown_package", Words(zh=f"没有证据包 {package_id[:80]}", en=f"no package {package_id[:80]}"))
    return row


def lender_values(session: Session, lender_id: int) -> tuple[str, ...]:
    """The lender's own particulars: an organisation's seat, numbers and representative stay in clear for every reader."""
    lender = parties.lender(session, lender_id)
    own = (lender.phone, lender.account_no, lender.uscc, lender.address, lender.legal_representative)
    return tuple(value for value in own if value)
