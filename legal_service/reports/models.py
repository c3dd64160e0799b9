"""Tables of returns: each issue frozen with its cut, so that it re-runs to the same bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Moment, Owned


class ReturnIssue(Owned, Base):
    """One issue of a return for a period. Append only: a late correction makes the next issue and leaves this one as it was.

    `cut_sha256` names the frozen rows in the vault, `sha256` the return's JSON, `manifest_sha256` the manifest that names
    all its files.
    """

    __tablename__ = "return_issue"
    __table_args__ = (UniqueConstraint("institution_id", "name", "period", "issue"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(10))
    issue: Mapped[int] = mapped_column(Integer)
    cut_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    definition_version: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    made_at: Mapped[datetime] = mapped_column(Moment)
