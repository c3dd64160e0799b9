"""Tables of webhooks and their deliveries. What happened is not stored twice: a delivery points to its entry in the trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned


class Webhook(Owned, Base):
    """An address of a partner's system that is told of some kinds of events; `read_to` is the last trail entry looked at."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[str] = mapped_column(String(300))
    secret: Mapped[str] = mapped_column(Encrypted("webhook.secret"), info={"secret": True})
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    stopped_because: Mapped[str] = mapped_column(String(60), default="")
    read_to: Mapped[int] = mapped_column(BigInteger)
    created_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    created_at: Mapped[datetime] = mapped_column(Moment)


class Delivery(Owned, Base):
    """One event for one webhook: waiting, delivered, or given up. `seq` is the entry of the trail that it tells of."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "seq"),
        Index("ix_webhook_delivery_due", "status", "webhook_id", "seq"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    event: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(12), default="waiting")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    ready_at: Mapped[datetime] = mapped_column(Moment)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    answered: Mapped[int | None] = mapped_column(Integer, default=None)
