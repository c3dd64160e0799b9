"""The contact log (催收记录)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class ContactAttempt(Owned, Base):
    """One attempt to reach somebody about a loan. Append only: a changed line gets the next `revision`; the newest counts."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        UniqueConstraint("institution_id", "contact_no", "revision"),
        Index("ix_contact_attempt_contract_at", "contract_id", "at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contact_no: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(5))
    party: Mapped[str] = mapped_column(String(15))
    address: Mapped[str] = mapped_column(Encrypted("contact_attempt.address"), info={"personal": Kind.ADDRESS})
    outcome: Mapped[str] = mapped_column(String(20))
    agency: Mapped[str] = mapped_column(String(200), default="")
    agent: Mapped[str] = mapped_column(String(100), default="", info={"staff": True})
    content: Mapped[str | None] = mapped_column(Encrypted("contact_attempt.content"), info={"personal": Kind.PERSON})
    recording: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(20), default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    source_row: Mapped[str] = mapped_column(String(120))
