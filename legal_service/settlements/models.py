"""Attempts to settle out of court (庭外和解)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned
from legal_service.redaction.kinds import Kind


class SettlementAttempt(Owned, Base):
    """One documented attempt to settle a loan: what was offered, how, and what came of it. Append only."""

    __tablename__ = "settlement_attempt"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    attempted_on: Mapped[date] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(20))
    offer: Mapped[str] = mapped_column(Encrypted("settlement_attempt.offer"), info={"personal": Kind.PERSON})
    outcome: Mapped[str] = mapped_column(String(20))
    agreed_until: Mapped[date | None] = mapped_column(Date, default=None)
    recorded_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    recorded_at: Mapped[datetime] = mapped_column(Moment)
