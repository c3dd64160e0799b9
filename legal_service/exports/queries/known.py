"""The personal values that the house knows of a case: what a copy for a reader must hide."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.cases import queries as cases
from legal_service.contacts import queries as contacts
from legal_service.contacts.log import address_kind as kind_of
from legal_service.parties import queries as parties
from legal_service.parties.people import secrets_of
from legal_service.redaction.kinds import Kind
from legal_service.redaction.spans import KnownValue


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


def lender_values(session: Session, lender_id: int) -> tuple[str, ...]:
    """The lender's own particulars: an organisation's seat, numbers and representative stay in clear for every reader."""
    lender = parties.lender(session, lender_id)
    own = (lender.phone, lender.account_no, lender.uscc, lender.address, lender.legal_representative)
    return tuple(value for value in own if value)
