"""The row of a background job: the users see it, and one local worker or Celery runs it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Encrypted, Moment, Owned


class Job(Owned, Base):
    """What, for whom, how far, with what outcome. `status`: waiting, running, done, failed, stopped, dead."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_status_ready_at", "status", "ready_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(128), index=True)
    arguments: Mapped[str] = mapped_column(Encrypted("job.arguments"), info={"personal": "PERSON"})
    status: Mapped[str] = mapped_column(String(12), default="waiting")
    requested_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    requested_at: Mapped[datetime] = mapped_column(Moment)
    ready_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    fence: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    done_units: Mapped[int] = mapped_column(Integer, default=0)
    total_units: Mapped[int] = mapped_column(Integer, default=0)
    progress_text: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str | None] = mapped_column(Encrypted("job.outcome"), default=None, info={"personal": "PERSON"})
    finished_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    stop_asked_by: Mapped[str] = mapped_column(String(200), default="", info={"staff": True})


class Worker(Owned, Base):
    """A working process: when it began, when it was last heard. `/readyz` asks whether one is alive."""

    __tablename__ = "worker"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    heard_at: Mapped[datetime] = mapped_column(Moment, index=True)
