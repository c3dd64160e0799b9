"""The custody log: who did what to an item, as a hash chain of the institution and, within it, a chain of each item.

Proper custody and complete preservation carry the authenticity of electronic data (民事证据规定 第九十三条). The chain of the
institution shows that no entry was dropped; that of an item can be handed to a court alone, without other people's
entries. A chain proves integrity since the first entry; the truth of what was deposited must be shown otherwise
(人民法院在线诉讼规则 第十六至十九条, of chains of blocks; a chain of hashes can claim no more).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from legal_service import labels

Event = Literal["deposited", "verified", "exported", "sealed"]
EVENTS: tuple[Event, ...] = ("deposited", "verified", "exported", "sealed")

labels.register(
    "custody_event",
    {
        "deposited": ("入库", "deposited"),
        "verified": ("完整性校验", "fixity checked"),
        "exported": ("对外提供", "exported"),
        "sealed": ("加盖时间戳", "sealed by a timestamp"),
    },
)

GENESIS = "0" * 64
"""What the first entry of an institution, and of an item, stands on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `previous` is the hash of the institution's entry before it, `item_previous` of the same item's."""

    seq: int
    item: int
    sha256: str
    at: datetime
    actor: str
    event: Event
    detail: dict[str, Any]
    previous: str
    item_previous: str
    hash: str = ""

    def as_json(self) -> dict[str, Any]:
        """A line of custody.jsonl: all that is hashed, and the hash."""
        return {**_body(self), "hash": self.hash}


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken link. `code`: missing (an entry is gone), relinked (does not stand on the one before), altered."""

    seq: int
    code: Literal["missing", "relinked", "altered"]


def _body(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "item": entry.item,
        "sha256": entry.sha256,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "event": entry.event,
        "detail": entry.detail,
        "previous": entry.previous,
        "item_previous": entry.item_previous,
    }


def hash_of(entry: Entry) -> str:
    """SHA-256 in hexadecimal over the entry without its hash: UTF-8 JSON, keys sorted, no spaces, time in UTC."""
    canonical = json.dumps(_body(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def sealed(entry: Entry) -> Entry:
    """The entry with its hash."""
    return replace(entry, hash=hash_of(entry))


def read(line: dict[str, Any]) -> Entry:
    """An entry from a line of custody.jsonl; `KeyError` or `ValueError` on another shape. Nothing is verified here."""
    return Entry(**{**line, "at": datetime.fromisoformat(line["at"])})


def verify(entries: Iterable[Entry]) -> Break | None:
    """Walk the whole chain of one institution from its first entry: the first broken link, or None."""
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.seq != expected:
            return Break(seq=expected, code="missing")
        if entry.previous != previous:
            return Break(seq=entry.seq, code="relinked")
        if hash_of(entry) != entry.hash:
            return Break(seq=entry.seq, code="altered")
        previous, expected = entry.hash, expected + 1
    return None


def verify_items(entries: Iterable[Entry]) -> Break | None:
    """Walk the chains of single items, each from its deposit, as they stand in a package's custody.jsonl, ordered by seq."""
    heads: dict[int, Entry] = {}
    for entry in entries:
        head = heads.get(entry.item)
        if hash_of(entry) != entry.hash:
            return Break(seq=entry.seq, code="altered")
        if head is None and (entry.event != "deposited" or entry.item_previous != GENESIS):
            return Break(seq=entry.seq, code="missing")
        if head is not None and (entry.item_previous, entry.sha256) != (head.hash, head.sha256):
            return Break(seq=entry.seq, code="relinked")
        if head is not None and entry.seq <= head.seq:
            return Break(seq=entry.seq, code="relinked")
        heads[entry.item] = entry
    return None
