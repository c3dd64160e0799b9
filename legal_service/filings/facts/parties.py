"""From the parties on the books to the parties of the form: what the ID number tells is filled in, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from legal_service.filings.facts.claim_people import Gender, Organisation, OrganisationKind, Ownership, Person
from legal_service.law import identifiers
from legal_service.parties.people import Borrower, GuarantorFacts, LenderFacts

_SEXES: dict[str, Gender] = {
    "男": "male",
    "女": "female",
    "male": "male",
    "female": "female",
    "m": "male",
    "f": "female",
}
ID_TYPES = {"id_card": "居民身份证", "passport": "护照"}


def plaintiff(lender: LenderFacts, own: Mapping[str, Any]) -> Organisation:
    """The lender as plaintiff; what the tape does not give comes from the institution's own settings."""

    def told(value: str, name: str) -> str:
        return value or str(own.get(name, ""))

    name = told(lender.name, "name")
    address = told(lender.address, "address")
    return Organisation(
        name=name,
        domicile=address,
        registered_at=str(own.get("registered_at", "")) or address,
        representative=told(lender.legal_representative, "legal_representative"),
        post=told(lender.post, "post"),
        phone=told(lender.phone, "phone"),
        uscc=told(lender.uscc, "uscc"),
        kind=cast(OrganisationKind, own.get("kind", "")) or _kind(name),
        ownership=cast(Ownership, own.get("ownership", "")),
        row=lender.row,
    )


def _kind(name: str) -> OrganisationKind:
    """The form of company that its own name states.

    >>> _kind("甲银行股份有限公司"), _kind("乙消费金融有限公司"), _kind("丙合作社")
    ('shares', 'limited', '')
    """
    if name.endswith("股份有限公司"):
        return "shares"
    return "limited" if name.endswith(("有限公司", "有限责任公司")) else ""


def defendant(borrower: Borrower) -> Person:
    """The borrower as the form asks for him or her."""
    gender, born = _from_id(borrower.id_type, borrower.id_number)
    return Person(
        name=borrower.name,
        gender=_SEXES.get(borrower.gender.lower(), gender),
        ethnicity=borrower.ethnicity,
        birth_date=borrower.birth_date or born,
        employer=borrower.employer,
        post="",
        phone=borrower.phone,
        domicile=borrower.domicile,
        residence=borrower.residence,
        id_type=ID_TYPES.get(borrower.id_type, borrower.id_type),
        id_number=borrower.id_number,
        row=borrower.row,
    )


def guarantor(facts: GuarantorFacts) -> Person:
    """A guarantor as a defendant; the tape gives name, ID number, phone and domicile only."""
    gender, born = _from_id("id_card", facts.id_number)
    return Person(
        name=facts.name,
        gender=gender,
        ethnicity="",
        birth_date=born,
        employer="",
        post="",
        phone=facts.phone,
        domicile=facts.domicile,
        residence="",
        id_type=ID_TYPES["id_card"],
        id_number=facts.id_number,
        row=facts.row,
    )


def _from_id(id_type: str, number: str) -> tuple[Gender, str]:
    found = identifiers.check("id_card", number) if id_type == "id_card" else None
    if found is None or not found.valid:
        return "", ""
    return _SEXES.get(found.parts.get("sex", ""), ""), found.parts.get("birth_date", "")
