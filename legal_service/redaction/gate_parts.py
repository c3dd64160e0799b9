"""What a reader of the gate reports: texts, attached files, leftovers, and what it cannot read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Text at a place; `raw` text (names, code) is searched for known values only, not for patterns."""

    where: str
    text: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that are no text for a reader (fonts, profiles, the file itself): searched for the values as they stand."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the file."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Residue:
    """Characters left in a font though no page shows them."""

    where: str
    chars: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something the gate cannot read, and therefore not let through."""

    where: str
    why: str


Part = Said | Raw | Attached | Residue | Unreadable
