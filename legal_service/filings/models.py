"""Tables of filings: each revision of a document, and its approval by a named lawyer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class Revision(Owned, Base):
    """One version of a filing: same facts, same template, same as-of date are the same revision."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("case_id", "document", "facts_sha256", "template_version"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    document: Mapped[str] = mapped_column(String(50))
    as_of: Mapped[date] = mapped_column(Date)
    template_version: Mapped[str] = mapped_column(String(64))
    facts_sha256: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    claim_total: Mapped[int] = mapped_column(BigInteger)
    made_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    made_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[str] = mapped_column(Encrypted("revision.facts"), info={"personal": Kind.PERSON})


class Approval(Owned, Base):
    """A named lawyer's approval of one revision. Append only."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("revision_id", "approved_by"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    approved_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    approved_on: Mapped[date] = mapped_column(Date)
    approved_at: Mapped[datetime] = mapped_column(Moment)
