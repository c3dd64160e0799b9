"""Tables of loan contracts and their ledger. Postings are appended, never amended: a mistake is undone by a new line."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind

_BY_BEGINNING = {"loan_no": "varchar_pattern_ops", "contract_no": "varchar_pattern_ops"}
"""Found by their beginning too, whatever the server's collation."""

RowId = BigInteger().with_variant(Integer, "sqlite")


class Contract(Owned, Base):
    """A loan contract (借款合同) as the tape gives it. Amounts in fen, rates in millionths, uplift in hundredths."""

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("institution_id", "loan_no"),
        Index("ix_contract_loan_no", "loan_no", postgresql_ops=_BY_BEGINNING),
        Index("ix_contract_contract_no", "contract_no", postgresql_ops=_BY_BEGINNING),
        CheckConstraint("disbursed_amount > 0", name="disbursed_positive"),
        CheckConstraint("day_count IN (360, 365)", name="day_count_known"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    loan_no: Mapped[str] = mapped_column(String(64))
    contract_no: Mapped[str] = mapped_column(String(100))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    lender_id: Mapped[int] = mapped_column(ForeignKey("lender.id"))
    product: Mapped[str] = mapped_column(String(100))
    principal: Mapped[int] = mapped_column(BigInteger)
    disbursed_amount: Mapped[int] = mapped_column(BigInteger)
    annual_rate: Mapped[int] = mapped_column(Integer)
    penalty_uplift: Mapped[int] = mapped_column(Integer)
    compound: Mapped[bool] = mapped_column(Boolean)
    day_count: Mapped[int] = mapped_column(Integer)
    method: Mapped[str] = mapped_column(String(20))
    term_months: Mapped[int] = mapped_column(Integer)
    disbursed_on: Mapped[date] = mapped_column(Date)
    first_due_on: Mapped[date] = mapped_column(Date)
    acceleration_clause: Mapped[bool] = mapped_column(Boolean, default=False)
    accelerated_on: Mapped[date | None] = mapped_column(Date, default=None)
    agreed_court: Mapped[str] = mapped_column(String(200), default="")
    agreed_court_connection: Mapped[str] = mapped_column(String(200), default="")
    address_for_service: Mapped[str | None] = mapped_column(
        Encrypted("contract.address_for_service"), info={"personal": Kind.ADDRESS}
    )
    e_service: Mapped[bool] = mapped_column(Boolean, default=False)
    allocation: Mapped[str] = mapped_column(String(200))
    signed_cost_table: Mapped[bool] = mapped_column(Boolean, default=False)
    compensated_on: Mapped[date | None] = mapped_column(Date, default=None)
    compensated_by: Mapped[str] = mapped_column(
        Encrypted("contract.compensated_by"), default="", info={"personal": Kind.PERSON}
    )
    compensated_amount: Mapped[int | None] = mapped_column(BigInteger, default=None)
    co_lender_shares: Mapped[str] = mapped_column(String(300), default="")
    arbitration_clause: Mapped[bool] = mapped_column(Boolean, default=False)
    notarised: Mapped[bool] = mapped_column(Boolean, default=False)
    extra: Mapped[str | None] = mapped_column(Encrypted("contract.extra"), info={"personal": Kind.PERSON})
    source_row: Mapped[str] = mapped_column(String(120))


class RateRow(Owned, Base):
    """A dated annual rate of a variable-rate contract."""

    __tablename__ = "contract_rate"
    __table_args__ = (UniqueConstraint("contract_id", "from_on"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    from_on: Mapped[date] = mapped_column(Date)
    annual_rate: Mapped[int] = mapped_column(Integer)
    source_row: Mapped[str] = mapped_column(String(120))


class InstalmentRow(Owned, Base):
    """An instalment that the tape gives; absent ones are computed from the terms."""

    __tablename__ = "instalment"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[date] = mapped_column(Date)
    principal: Mapped[int] = mapped_column(BigInteger)
    interest: Mapped[int] = mapped_column(BigInteger)
    fee: Mapped[int] = mapped_column(BigInteger, default=0)
    source_row: Mapped[str] = mapped_column(String(120))


class Posting(Owned, Base):
    """A line of the ledger: repayment, deduction, reversal, charge, waiver, or the undoing of a wrong line.

    `family` is the file a line belongs to (repayment, charge, waiver). A changed line of the tape becomes an `undoing`
    (its `undoes_id` names the wrong line) and a new line of the same reference with the next `revision`.
    """

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("contract_id", "family", "reference", "revision", "kind"),
        UniqueConstraint("undoes_id"),
        Index("ix_posting_contract_on", "contract_id", "posted_on"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    family: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(12))
    posted_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str] = mapped_column(String(100))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    component: Mapped[str] = mapped_column(String(20), default="")
    reverses: Mapped[str] = mapped_column(String(100), default="")
    designated: Mapped[str] = mapped_column(String(60), default="")
    disclosed: Mapped[bool] = mapped_column(Boolean, default=True)
    taker: Mapped[str] = mapped_column(String(200), default="")
    approved_by: Mapped[str] = mapped_column(String(100), default="", info={"staff": True})
    channel: Mapped[str] = mapped_column(String(60), default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    source_row: Mapped[str] = mapped_column(String(120))


class Guarantee(Owned, Base):
    """A guarantee (保证) for one loan, and the guarantor's particulars."""

    __tablename__ = "guarantee"
    __table_args__ = (UniqueConstraint("contract_id", "id_number_index"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    name: Mapped[str] = mapped_column(Encrypted("guarantee.name"), info={"personal": Kind.PERSON})
    id_number: Mapped[str] = mapped_column(Encrypted("guarantee.id_number"), info={"personal": Kind.ID_NUMBER})
    id_number_index: Mapped[str] = mapped_column(String(64), index=True)
    phone: Mapped[str | None] = mapped_column(Encrypted("guarantee.phone"), info={"personal": Kind.MOBILE})
    domicile: Mapped[str | None] = mapped_column(Encrypted("guarantee.domicile"), info={"personal": Kind.ADDRESS})
    liability: Mapped[str] = mapped_column(String(10))
    guarantee_until: Mapped[date | None] = mapped_column(Date, default=None)
    source_row: Mapped[str] = mapped_column(String(120))


class Grading(Owned, Base):
    """The grade of a loan on a business date, as a sweep found it; kept only when it differs from the one before."""

    __tablename__ = "grading"
    __table_args__ = (UniqueConstraint("contract_id", "as_of"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    as_of: Mapped[date] = mapped_column(Date, index=True)
    days_past_due: Mapped[int] = mapped_column(Integer)
    tier: Mapped[str] = mapped_column(String(10))
    five_class_floor: Mapped[str] = mapped_column(String(10))
    total: Mapped[int] = mapped_column(BigInteger)
    principal: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(20))
