"""Tables of what left the house: packages, grants, downloads."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_service.database import Base, Moment, Owned


class Export(Owned, Base):
    """An evidence package that was built for one audience and recipient and passed the leak gate."""

    __tablename__ = "export"
    __table_args__ = (UniqueConstraint("institution_id", "package_id", "tagmanifest_sha256"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    package_id: Mapped[str] = mapped_column(String(80))
    case_id: Mapped[int] = mapped_column(ForeignKey("legal_case.id"), index=True)
    package: Mapped[str] = mapped_column(String(40))
    audience: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(200), default="", info={"staff": True})
    dated: Mapped[date] = mapped_column(Date)
    filename: Mapped[str] = mapped_column(String(200))
    tagmanifest_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    policy_version: Mapped[str] = mapped_column(String(60))
    withheld: Mapped[int] = mapped_column(Integer)
    built_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    built_at: Mapped[datetime] = mapped_column(Moment)


class Grant(Owned, Base):
    """One named person may download one package until a date, unless revoked."""

    __tablename__ = "download_grant"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(200), info={"staff": True})
    until_on: Mapped[date] = mapped_column(Date)
    granted_by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    granted_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    revoked_by: Mapped[str] = mapped_column(String(200), default="", info={"staff": True})


class Download(Owned, Base):
    """One delivery of a package's bytes to a person; under which grant, unless a colleague with the right to build it took it."""

    __tablename__ = "download"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("download_grant.id"), index=True, default=None)
    by: Mapped[str] = mapped_column(String(200), info={"staff": True})
    at: Mapped[datetime] = mapped_column(Moment)
    sha256: Mapped[str] = mapped_column(String(64))
