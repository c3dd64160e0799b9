"""The law as one installation has it: the session of its database carries where its own notices lie."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from legal_service.law import files
from legal_service.law.calendar import Calendar

NOTICES = "law.notices"
"""The name under which a session carries the folder of the notices that its institution loaded (`Path`)."""


def notices_folder(session: Session) -> Path | None:
    """Where the institution's own notices lie; None for a session that no installation opened."""
    found = session.info.get(NOTICES)
    return found if isinstance(found, Path) else None


def calendar(session: Session) -> Calendar:
    """The calendar that periods of this institution are reckoned by: this release's notices and its own."""
    return files.calendar(notices_folder(session))
