"""The holiday notices an installation knows: those of its release and those loaded, with who loaded them and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from legal_service.access import queries as access
from legal_service.law import files
from legal_service.law.calendar import Notice
from legal_service.law.queries import notices_folder


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """One notice; `loaded_by` and `loaded_at` are empty for one of this release. `superseded`: the release has the year by now."""

    notice: Notice
    loaded_by: str = ""
    loaded_at: datetime | None = None
    superseded: bool = False

    def as_json(self) -> dict[str, object]:
        """Year, title, source and status, the number of days, who loaded it and when."""
        return {
            "year": self.notice.year,
            "notice": self.notice.title,
            "published": self.notice.published.isoformat(),
            "sources": list(self.notice.sources),
            "status": self.notice.status,
            "holidays": len(self.notice.holidays),
            "working_weekends": len(self.notice.working_weekends),
            "loaded_by": self.loaded_by or None,
            "loaded_at": self.loaded_at.isoformat(timespec="seconds") if self.loaded_at else None,
            "superseded": self.superseded,
        }


def notices(session: Session) -> list[KnownNotice]:
    """Every notice known, the newest year first. Refuses `notice_damaged`."""
    folder = notices_folder(session)
    found = [KnownNotice(one) for one in files.shipped().values()]
    for year, own in (files.loaded_notices(folder) if folder else {}).items():
        newest = access.trail_page(session, before=None, action="law.notice.load", subject=f"law:{year}", most=1)
        by, at = (newest[0].actor, newest[0].at) if newest else ("", None)
        found.append(KnownNotice(own, by, at, superseded=files.released(own)))
    return sorted(found, key=lambda one: (-one.notice.year, one.superseded))
