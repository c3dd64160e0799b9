"""The tape as read: sheets of raw cells with their line numbers, before anything is believed."""

from __future__ import annotations

from dataclasses import dataclass, field

from legal_service.errors import Finding, Words

LONGEST_CELL = 20_000
"""No cell of a loan tape is longer; a longer one is a mistake or an attack."""
MOST_ROWS = 2_000_000
MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One file or sheet: `name` as messages show it (`loans.csv`), header and rows as text, each row with its line."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sha256: str
    findings: tuple[Finding, ...] = field(default=())


def error(code: str, where: str, zh: str, en: str, basis: str = "") -> Finding:
    """A finding that stops the import."""
    return Finding(code, "error", where, Words(zh=zh, en=en), basis)


def doubt(code: str, where: str, zh: str, en: str, basis: str = "") -> Finding:
    """A finding that is imported all the same and shown."""
    return Finding(code, "doubt", where, Words(zh=zh, en=en), basis)
