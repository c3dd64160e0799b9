"""Tables of institutions, users, their sign-ins and tokens, and the audit trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned


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
    language: Mapped[str] = mapped_column(String(8), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    password_set_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)


class SignIn(Owned, Base):
    """One signed-in browser. The cookie holds the token, the row only its hash; an ended row admits nobody."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class SignInFailure(Owned, Base):
    """One failed attempt to sign in, by the blind index of what was typed: the throttle counts these."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_who_index_at", "who_index", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    who_index: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class ApiToken(Owned, Base):
    """A bearer token of one user for one purpose, until a date unless revoked; only its hash is kept. `use`: what it opens."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    use: Mapped[str] = mapped_column(String(10), default="api", server_default="api")
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    until_on: Mapped[date] = mapped_column(Date)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    used_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class Answer(Owned, Base):
    """The answer given to a write asked for under a key (Idempotency-Key), kept in the transaction of that write."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("institution_id", "asked_by", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    key: Mapped[str] = mapped_column(String(128))
    request_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Encrypted("answer.body"), info={"personal": "PERSON"})
    answered_at: Mapped[datetime] = mapped_column(Moment)


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
