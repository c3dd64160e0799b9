"""The audit trail as a hash chain: what each entry seals, and how a break is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
"""What the first entry of an institution seals."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    previous: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the trail ended when it was last written; `genuine` when its mark is one only this installation can make."""

    seq: int
    sealed: str
    genuine: bool


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken link: `code` is missing, reordered, altered, cut_off (at the end), unmarked or head_altered."""

    seq: int
    code: str


def seal(entry: Entry) -> str:
    """SHA-256 over the entry in canonical JSON (sorted keys, UTC, no spaces), the seal before it included."""
    body = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(entries: Iterable[Entry], head: Head | None = None) -> tuple[Break | None, int, str]:
    """Walk the chain from its first entry: (first broken link or None, entries read, seal of the last good one).

    Without `head` the walk cannot tell that the newest entries are gone.
    """
    previous, count = GENESIS, 0
    for entry in entries:
        if entry.seq != count + 1:
            return Break(seq=count + 1, code="missing"), count, previous
        if entry.previous != previous:
            return Break(seq=entry.seq, code="reordered"), count, previous
        if seal(entry) != entry.sealed:
            return Break(seq=entry.seq, code="altered"), count, previous
        previous, count = entry.sealed, count + 1
    return None if head is None else _end_of(head, count, previous), count, previous


def _end_of(head: Head, count: int, sealed: str) -> Break | None:
    if not head.genuine:
        return Break(seq=head.seq, code="head_altered")
    if head.seq > count:
        return Break(seq=count + 1, code="cut_off")
    if head.seq < count:
        return Break(seq=head.seq + 1, code="unmarked")
    return None if head.sealed == sealed else Break(seq=count, code="altered")
