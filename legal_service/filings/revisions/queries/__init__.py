"""What the pages ask of a filing's revisions."""

from legal_service.filings.revisions.queries.reading import (
    content_of,
    doubts_of,
    drawn_today,
    file_of,
    files_of,
    newest_of,
    provenance_of,
    revision_facts,
    revisions_of,
    seen_on,
    stale_rows,
)

__all__ = [
    "content_of",
    "doubts_of",
    "drawn_today",
    "file_of",
    "files_of",
    "newest_of",
    "provenance_of",
    "revision_facts",
    "revisions_of",
    "seen_on",
    "stale_rows",
]
