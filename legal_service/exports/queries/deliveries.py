"""The deliveries of a package's bytes as the person sees them to whom it was granted."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.exports.models import Download
from legal_service.exports.packages import DownloadFacts


def downloads_under(session: Session, grant_id: int) -> list[DownloadFacts]:
    """Every delivery under one grant, oldest first; of somebody else's grant counsel's session shows none."""
    rows = session.scalars(select(Download).where(Download.grant_id == grant_id).order_by(Download.id))
    return [DownloadFacts(row.id, row.by, row.at, row.grant_id, row.sha256) for row in rows]
