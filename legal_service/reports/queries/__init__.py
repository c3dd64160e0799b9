"""What the room reads: the cut of a return from the rooms below, and the issues made, with their numbers, rows and files."""

from legal_service.reports.queries.drawing import consented, draw, latest_issue
from legal_service.reports.queries.heading import dimensions_of, heading, makeable
from legal_service.reports.queries.issues import (
    differences,
    file_of,
    issue,
    issue_row,
    issues,
    kept,
    numbers_of,
    rows_behind,
    verify,
)

__all__ = [
    "consented",
    "differences",
    "dimensions_of",
    "draw",
    "file_of",
    "heading",
    "issue",
    "issue_row",
    "issues",
    "kept",
    "latest_issue",
    "makeable",
    "numbers_of",
    "rows_behind",
    "verify",
]
