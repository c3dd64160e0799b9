"""Complaints (投诉)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Owned
from legal_service.redaction.kinds import Kind


class Complaint(Owned, Base):
    """A complaint about one loan; open until `closed_on`."""

    __tablename__ = "complaint"
    __table_args__ = (UniqueConstraint("institution_id", "complaint_no"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    complaint_no: Mapped[str] = mapped_column(String(64))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    received_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[str | None] = mapped_column(Encrypted("complaint.content"), info={"personal": Kind.PERSON})
    closed_on: Mapped[date | None] = mapped_column(Date, default=None)
    outcome: Mapped[str] = mapped_column(Encrypted("complaint.outcome"), default="", info={"personal": Kind.PERSON})
    source_row: Mapped[str] = mapped_column(String(120))
