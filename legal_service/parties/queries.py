"""Rows of lenders and borrowers as facts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.parties.models import Lender, Person
from legal_service.parties.people import Borrower, LenderFacts


def borrower_facts(row: Person) -> Borrower:
    """A person row as facts."""
    return Borrower(
        borrower_no=row.borrower_no,
        name=row.name,
        id_type=row.id_type,
        id_number=row.id_number,
        gender=row.gender,
        ethnicity=row.ethnicity,
        birth_date=row.birth_date or "",
        phone=row.phone,
        phone2=row.phone2 or "",
        domicile=row.domicile,
        residence=row.residence or "",
        employer=row.employer or "",
        email=row.email or "",
        wechat=row.wechat or "",
        bank_card=row.bank_card or "",
        province=row.province,
        row=f"person:{row.id}",
    )


def lender_facts(row: Lender) -> LenderFacts:
    """A lender row as facts."""
    return LenderFacts(
        lender_no=row.lender_no,
        name=row.name,
        uscc=row.uscc,
        address=row.address,
        legal_representative=row.legal_representative,
        post=row.post,
        phone=row.phone,
        lender_type=row.lender_type,
        account_name=row.account_name,
        account_no=row.account_no,
        account_bank=row.account_bank,
        row=f"lender:{row.id}",
    )


def borrower(session: Session, person_id: int) -> Borrower:
    """The borrower with this key."""
    return borrower_facts(session.get_one(Person, person_id))


def lender(session: Session, lender_id: int) -> LenderFacts:
    """The lender with this key."""
    return lender_facts(session.get_one(Lender, lender_id))


def lender_types(session: Session) -> dict[int, str]:
    """The kind of every lender, by its key; empty where the tape names none."""
    return {row.id: row.lender_type for row in session.execute(select(Lender.id, Lender.lender_type))}


def lenders(session: Session) -> list[LenderFacts]:
    """All lenders, by number."""
    return [lender_facts(row) for row in session.scalars(select(Lender).order_by(Lender.lender_no))]
