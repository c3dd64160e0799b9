"""A revision of a filing as facts: its files, approvals and standing, and what its figures rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from legal_service import labels
from legal_service.errors import Words
from legal_service.evidence.origins import RowOrigin
from legal_service.money import Fen

State = Literal["draft", "approved", "superseded", "stale"]
How = Literal["added", "gone", "changed"]

labels.register(
    "revision_state",
    {
        "draft": ("待审批", "awaiting approval"),
        "approved": ("已审批", "approved"),
        "superseded": ("已被新版取代", "superseded by a newer revision"),
        "stale": ("依据已变动", "what it rests on has changed"),
    },
)
labels.register(
    "row_move",
    {
        "added": ("新增", "came in"),
        "gone": ("已撤销或不再计入", "undone, or no longer counted"),
        "changed": ("已更改", "was changed"),
    },
)


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """A named lawyer's approval of one revision."""

    by: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """One revision of a document. `files` maps format to SHA-256; `claim_total` in fen.

    `newest` is the one that counts; `template_current` is False when its template was changed since. A stale revision keeps its
    approvals, but no package can be built on it.
    """

    id: int
    case_no: str
    document: str
    title: Words
    as_of: date
    template_version: str
    template_current: bool
    files: Mapping[str, str]
    claim_total: Fen
    made_by: str
    made_at: datetime
    approvals: tuple[ApprovalFacts, ...]
    newest: bool
    state: State


@dataclass(frozen=True, slots=True)
class FigureSource:
    """A figure of the document: what it is, as printed, where it stands, and the rows it rests on with where each came from."""

    label: Words
    text: str
    element: str
    rows: tuple[RowOrigin, ...]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A row that came in, went or was changed since the revision was made; `at` is when, as far as the books tell."""

    origin: RowOrigin
    how: How
    at: datetime | None


@dataclass(frozen=True, slots=True)
class StaleFigure:
    """A figure that would be different if the document were made today, as of the same day.

    `was` and `now` are as printed (equal when it only rests on other rows; `now` empty when it would not be there). For what
    is no figure (parties, evidence list) both are empty: the label names the part of the document.
    """

    label: Words
    element: str
    was: str
    now: str
    rows: tuple[MovedRow, ...]
