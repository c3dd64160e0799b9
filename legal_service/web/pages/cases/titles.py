"""What papers are called: exhibits as the lawyers' drawer titles them, filings as their templates do."""

from __future__ import annotations

from legal_service.documents import files as templates
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.web.names import name

MADE_HERE = {
    "filing": Words("诉讼文书", "filing"),
    "package": Words("证据包", "evidence package"),
}
"""What the house itself puts into the vault and no drawer names."""


def exhibit_titles() -> dict[str, Words]:
    """Kind of evidence → its title."""
    return MADE_HERE | {code: kind.title for code, kind in drawer.load_drawers().kinds.items()}


def filing_title(code: str) -> Words:
    """The title of a filing; without a template what the table of stages calls it, else its code."""
    try:
        return templates.load(code).manifest.title
    except (Refusal, OSError):
        return name("paper", code)
