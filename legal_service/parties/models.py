"""Tables of lenders and borrowers."""

from __future__ import annotations

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Owned
from legal_service.redaction.kinds import Kind


class Lender(Owned, Base):
    """A lender on the tape: the plaintiff. An organisation, so its particulars are kept in clear."""

    __tablename__ = "lender"
    __table_args__ = (UniqueConstraint("institution_id", "lender_no"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lender_no: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    uscc: Mapped[str] = mapped_column(String(18))
    address: Mapped[str] = mapped_column(String(300))
    legal_representative: Mapped[str] = mapped_column(String(100), info={"staff": True})
    post: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(60), default="")
    lender_type: Mapped[str] = mapped_column(String(20))
    account_name: Mapped[str] = mapped_column(String(200), default="")
    account_no: Mapped[str] = mapped_column(String(60), default="")
    account_bank: Mapped[str] = mapped_column(String(200), default="")
    source_row: Mapped[str] = mapped_column(String(120))


class Person(Owned, Base):
    """A borrower. Everything that identifies a person is encrypted; `*_index` columns find equal values blindly."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("institution_id", "borrower_no"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    borrower_no: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Encrypted("person.name"), info={"personal": Kind.PERSON})
    id_type: Mapped[str] = mapped_column(String(20))
    id_number: Mapped[str] = mapped_column(Encrypted("person.id_number"), info={"personal": Kind.ID_NUMBER})
    id_number_index: Mapped[str] = mapped_column(String(64), index=True)
    name_index: Mapped[str] = mapped_column(String(64), index=True)
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    gender: Mapped[str] = mapped_column(String(10), default="")
    ethnicity: Mapped[str] = mapped_column(String(30), default="")
    birth_date: Mapped[str | None] = mapped_column(Encrypted("person.birth_date"), info={"personal": Kind.BIRTH_DATE})
    phone: Mapped[str] = mapped_column(Encrypted("person.phone"), info={"personal": Kind.MOBILE})
    phone2: Mapped[str | None] = mapped_column(Encrypted("person.phone2"), info={"personal": Kind.MOBILE})
    domicile: Mapped[str] = mapped_column(Encrypted("person.domicile"), info={"personal": Kind.ADDRESS})
    residence: Mapped[str | None] = mapped_column(Encrypted("person.residence"), info={"personal": Kind.ADDRESS})
    employer: Mapped[str | None] = mapped_column(Encrypted("person.employer"), info={"personal": Kind.EMPLOYER})
    email: Mapped[str | None] = mapped_column(Encrypted("person.email"), info={"personal": Kind.EMAIL})
    wechat: Mapped[str | None] = mapped_column(Encrypted("person.wechat"), info={"personal": Kind.WECHAT})
    bank_card: Mapped[str | None] = mapped_column(Encrypted("person.bank_card"), info={"personal": Kind.BANK_CARD})
    province: Mapped[str] = mapped_column(String(30), default="")
    source_row: Mapped[str] = mapped_column(String(120))
