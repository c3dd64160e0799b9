"""The heading of an issue and what its tables are parted by, from the store."""

from __future__ import annotations

import json

from legal_service.errors import Refusal
from legal_service.reports import files
from legal_service.reports.definition import Dimension
from legal_service.reports.heading import Heading, heading_of
from legal_service.reports.issues import IssueFacts
from legal_service.vault.store import BlobStore


def heading(store: BlobStore, issue: IssueFacts) -> Heading:
    """The heading of an issue from its own frozen files. Refuses `blob_missing`, `blob_damaged`."""
    return heading_of(json.loads(store.get(issue.sha256)), json.loads(store.get(issue.manifest_sha256)))


def dimensions_of(name: str) -> dict[str, Dimension]:
    """How this release parts the rows of a return, by code; nothing of a return that it does not make."""
    try:
        return dict(files.definition(name).dimensions)
    except Refusal:
        return {}


def makeable() -> list[str]:
    """The returns that this release makes, in the contract's order."""
    return [name for name in files.RETURNS if dimensions_of(name)]
