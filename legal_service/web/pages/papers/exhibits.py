"""The evidence of a case laid beside what a procedure needs: each exhibit, what is there of it, what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from legal_service.evidence.checklist import Facts, needed
from legal_service.evidence.drawers import Drawers, ExhibitKind, Place
from legal_service.redaction.spans import KnownValue
from legal_service.vault import custody
from legal_service.vault.facts import Item
from legal_service.web.pages.papers.sending import without_names

State = Literal["there", "missing", "made", "none"]
HOUSE_PAPERS = frozenset({"filing", "package"})
"""Kinds under which the house keeps its own papers: shown on their own pages."""


@dataclass(frozen=True, slots=True)
class Held:
    """One original: as the vault knows it, its name and source without the persons of the case, and its custody."""

    item: Item
    name: str
    source: str
    custody: tuple[custody.Entry, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One exhibit of a procedure: its place in the list, whether this case needs it, how it stands, what is there."""

    number: int
    place: Place
    kind: ExhibitKind
    needed: bool
    state: State
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The exhibits that count, those this case can do without, and papers of kinds that the procedure does not name."""

    lines: tuple[Line, ...]
    spare: tuple[Line, ...]
    others: tuple[tuple[ExhibitKind | None, tuple[Held, ...]], ...]

    @property
    def needed(self) -> int:
        """How many exhibits the procedure needs from outside."""
        return sum(line.needed and line.state != "made" for line in self.lines)

    @property
    def there(self) -> int:
        """How many of those are there."""
        return sum(line.needed and line.state == "there" for line in self.lines)


def checklist(package: str, items: Iterable[Held], facts: Facts, drawers: Drawers) -> Checklist:
    """The list of a procedure, in the order in which its exhibits are numbered."""
    held: defaultdict[str, list[Held]] = defaultdict(list)
    for one in items:
        held[one.item.kind].append(one)
    definition = drawers.packages[package]
    lines = []
    for number, place in enumerate(definition.exhibits, 1):
        kind, there = drawers.kinds[place.kind], tuple(held.pop(place.kind, ()))
        wanted = needed(place, facts)
        state: State = "made" if kind.generated else "there" if there else "missing" if wanted else "none"
        lines.append(Line(number, place, kind, wanted, state, there))
    return Checklist(
        lines=tuple(line for line in lines if line.state != "none"),
        spare=tuple(line for line in lines if line.state == "none"),
        others=tuple((drawers.kinds.get(kind), tuple(there)) for kind, there in sorted(held.items())),
    )


def held_items(items: Iterable[Item], entries: Iterable[custody.Entry], known: Iterable[KnownValue]) -> list[Held]:
    """The originals with their custody, each chain proven by itself."""
    kept: defaultdict[int, list[custody.Entry]] = defaultdict(list)
    for entry in entries:
        kept[entry.item].append(entry)
    values = tuple(known)
    return [
        Held(
            item,
            without_names(item.filename, values),
            "" if item.source.startswith("batch:") else without_names(item.source, values),
            tuple(kept[item.id]),
            bool(kept[item.id]) and custody.verify_items(kept[item.id]) is None,
        )
        for item in items
        if item.kind not in HOUSE_PAPERS
    ]


def by_group(drawers: Drawers) -> Mapping[str, list[ExhibitKind]]:
    """The kinds that may be added, class by class; what the house makes itself is not added."""
    found: defaultdict[str, list[ExhibitKind]] = defaultdict(list)
    for kind in drawers.kinds.values():
        if not kind.generated:
            found[kind.group].append(kind)
    return found
