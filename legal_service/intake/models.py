"""Tables of imports: each batch, and what a changed master row was before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class Batch(Owned, Base):
    """One import that wrote something: who, when, which files (name → SHA-256) and the counts."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    imported_at: Mapped[datetime] = mapped_column(Moment)
    imported_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)


class RowHistory(Owned, Base):
    """What a master row (lender, borrower, loan, instalment, rate, guarantor, complaint) was before a batch changed it."""

    __tablename__ = "row_history"
    __table_args__ = (Index("ix_row_history_place", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[str] = mapped_column(Encrypted("row_history.before"), info={"personal": Kind.PERSON})
    was_source_row: Mapped[str] = mapped_column(String(120))
