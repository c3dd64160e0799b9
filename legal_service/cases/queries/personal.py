"""The personal values of a case: its borrower's, its guarantors', the addresses for service, and where somebody was contacted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.cases.personal import PersonalField
from legal_service.cases.queries.cases import case_row, contracts_of, service_rows
from legal_service.contacts import queries as contacts
from legal_service.contacts.log import address_kind
from legal_service.parties import queries as parties
from legal_service.parties.people import Borrower, GuarantorFacts
from legal_service.redaction.kinds import Kind


def personal_fields(session: Session, case_no: str) -> list[PersonalField]:
    """Who the parties are: borrower, addresses for service, guarantors; empty values are left out. Refuses `unknown_case`."""
    case = case_row(session, case_no)
    found = list(_of_person(parties.borrower(session, case.person_id), "borrower", ""))
    for contract in contracts_of(session, case.id):
        if contract.address_for_service:
            found.append(
                PersonalField(
                    "contract", contract.loan_no, "address_for_service", Kind.ADDRESS, contract.address_for_service
                )
            )
        for guarantor in accounts.guarantors(session, contract.id):
            found += _of_person(guarantor, "guarantor", guarantor.row.partition(":")[2])
    return found


def contact_fields(session: Session, case_no: str) -> list[PersonalField]:
    """Where somebody was contacted or served in a case (numbers, mailboxes, places), and what was said there."""
    case = case_row(session, case_no)
    keys = [contract.id for contract in contracts_of(session, case.id)]
    found = [
        PersonalField("contact", one.contact_no, which, kind, value)
        for one in contacts.contacts_of(session, keys)
        for which, kind, value in (
            ("address", address_kind(one.address), one.address),
            ("content", Kind.PERSON, one.content),
        )
        if value
    ]
    return found + [
        PersonalField("service", str(row.id), "address", address_kind(row.address), row.address)
        for row in service_rows(session, case_no)
        if row.address
    ]


def _of_person(facts: Borrower | GuarantorFacts, party: str, of: str) -> Iterator[PersonalField]:
    for place in fields(facts):
        kind, value = place.metadata.get("personal"), getattr(facts, place.name)
        if kind is not None and value:
            yield PersonalField(party, of, place.name, kind, value)
