"""Tables of the vault: its items and the custody log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned

LONG = BigInteger().with_variant(Integer, "sqlite")


class VaultItem(Owned, Base):
    """One item of evidence: what it is, where it came from, and the hash under which its bytes lie in the store."""

    __tablename__ = "vault_item"
    __table_args__ = (
        UniqueConstraint("institution_id", "subject", "kind", "sha256"),
        CheckConstraint("form IN ('original', 'copy', 'electronic', 'generated')", name="form"),
        CheckConstraint("size >= 0", name="size"),
    )

    id: Mapped[int] = mapped_column(LONG, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    filename: Mapped[str] = mapped_column(Encrypted("vault_item.filename"), info={"personal": "PERSON"})
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(121))
    form: Mapped[str] = mapped_column(String(10))
    obtained_on: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Encrypted("vault_item.source"), info={"personal": "PERSON"})
    deposited_at: Mapped[datetime] = mapped_column(Moment)
    deposited_by: Mapped[str] = mapped_column(String(200), info={"staff": True})


class CustodyEntry(Owned, Base):
    """One entry of the custody log; appended, never changed."""

    __tablename__ = "custody_entry"
    __table_args__ = (
        UniqueConstraint("institution_id", "seq"),
        CheckConstraint("event IN ('deposited', 'verified', 'exported', 'sealed')", name="event"),
    )

    id: Mapped[int] = mapped_column(LONG, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    item_id: Mapped[int] = mapped_column(ForeignKey("vault_item.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(200), info={"staff": True})
    event: Mapped[str] = mapped_column(String(10))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    item_previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
