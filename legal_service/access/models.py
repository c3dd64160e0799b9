"""Tables of institutions, users and the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Moment, Owned


class Institution(Base):
    """A lender that uses this installation. Every other row belongs to one."""

    __tablename__ = "institution"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)


class User(Owned, Base):
    """A named person (or counsel outside) with one role."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("institution_id", "email"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str] = mapped_column(String(200), info={"staff": True})
    name: Mapped[str] = mapped_column(String(100), info={"staff": True})
    role: Mapped[str] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class AuditEntry(Owned, Base):
    """One write: who, when, what, to what. Each entry seals the one before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("institution_id", "seq"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(200), info={"staff": True})
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[str] = mapped_column(String(200), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(String(64))


class TrailHead(Owned, Base):
    """The newest entry of an institution's trail, so that entries cut off its end are missed.

    `mark` is made with a key that is not in the database: who can write to the database alone cannot move the head.
    """

    __tablename__ = "trail_head"
    __table_args__ = (UniqueConstraint("institution_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[str] = mapped_column(String(64))
    mark: Mapped[str] = mapped_column(String(64))
