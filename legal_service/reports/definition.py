"""What a return measures, as `returns/<name>.yaml` says it: codes, words in both languages, units, sources, suppression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from legal_service.definitions import DefinitionError
from legal_service.errors import Words

Unit = Literal["count", "yuan"]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: the rows it takes (`kind`, `where`), how they are parted (`by`, may be empty), counted or summed.

    `sums` names the amount that is summed, empty when rows are counted. `suppress` says whether small cells are withheld,
    `why` the reason when they are not. `status` tells how far the rule behind it was checked (verified, secondary,
    awaiting_counsel, internal).
    """

    code: str
    section: str
    title: Words
    says: Words
    unit: Unit
    sources: tuple[str, ...]
    kind: str
    where: Mapping[str, str]
    by: str
    sums: str
    suppress: bool
    why: Words | None
    basis: str
    status: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits the measures count by: quiet hours from and until (o'clock), bands of days of complaints, smallest cell."""

    quiet_from: int
    quiet_until: int
    complaint_days: tuple[int, ...]
    smallest_cell: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """How the rows of a measure are parted: what the parting is called, and every category there is."""

    title: Words
    cells: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Definition:
    """A return. `version` is the number a person gives it and the first twelve digits of its file's SHA-256."""

    name: str
    version: str
    title: Words
    label: Words
    suppression: Words
    rules: Rules
    sections: Mapping[str, Words]
    dimensions: Mapping[str, Dimension]
    measures: tuple[Measure, ...]


_FIELDS = {"name", "version", "title", "label", "rules", "sections", "dimensions", "measures"}
_MEASURE = {"code", "section", "title", "says", "unit", "sources", "rows", "suppress"}
_MORE = {"where", "by", "sums", "why", "basis", "status"}
_RULES = {"quiet_hours", "complaint_days", "suppression"}


def read(raw: Any, *, name: str, digest: str) -> Definition:
    """A definition from its YAML value; raises `DefinitionError` naming what is wrong. `digest` is the file's SHA-256."""
    _fields(raw, _FIELDS, set(), name)
    if raw["name"] != name:
        raise DefinitionError(f"{name}.yaml names itself {raw['name']!r}")
    rules = raw["rules"]
    _fields(rules, _RULES, set(), f"{name}: rules")
    definition = Definition(
        name=name,
        version=f"{raw['version']}-{digest[:12]}",
        title=_words(raw["title"], f"{name}: title"),
        label=_words(raw["label"], f"{name}: label"),
        suppression=_words(rules["suppression"]["says"], f"{name}: suppression"),
        rules=Rules(
            quiet_from=rules["quiet_hours"]["from"],
            quiet_until=rules["quiet_hours"]["until"],
            complaint_days=tuple(rules["complaint_days"]["values"]),
            smallest_cell=rules["suppression"]["smallest_cell"],
        ),
        sections={code: _words(words, f"{name}: section {code}") for code, words in raw["sections"].items()},
        dimensions={code: _dimension(one, f"{name}: {code}") for code, one in raw["dimensions"].items()},
        measures=tuple(_measure(one, rules) for one in raw["measures"]),
    )
    for fault in _faults(definition):
        raise DefinitionError(f"{name}: {fault}")
    return definition


def _dimension(raw: Any, where: str) -> Dimension:
    _fields(raw, {"title", "cells"}, set(), where)
    return Dimension(
        _words(raw["title"], where), {code: _words(words, f"{where}.{code}") for code, words in raw["cells"].items()}
    )


def _measure(raw: Any, rules: Mapping[str, Any]) -> Measure:
    _fields(raw, _MEASURE, _MORE, f"measure {raw.get('code') if isinstance(raw, dict) else raw!r}")
    rule = rules.get(raw.get("basis", ""), {})
    code = raw["code"]
    return Measure(
        code=code,
        section=raw["section"],
        title=_words(raw["title"], f"{code}: title"),
        says=_words(raw["says"], f"{code}: says"),
        unit=cast(Unit, raw["unit"]),
        sources=tuple(raw["sources"]),
        kind=raw["rows"],
        where=dict(raw.get("where", {})),
        by=raw.get("by", ""),
        sums=raw.get("sums", ""),
        suppress=raw["suppress"],
        why=_words(raw["why"], f"{code}: why") if "why" in raw else None,
        basis=rule.get("basis", raw.get("basis", "")),
        status=rule.get("status", raw.get("status", "internal")),
    )


def _faults(definition: Definition) -> Iterator[str]:
    codes = [measure.code for measure in definition.measures]
    yield from (f"measure {code} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1}))
    for measure in definition.measures:
        if measure.section not in definition.sections:
            yield f"{measure.code}: no section {measure.section!r}"
        if measure.by and measure.by not in definition.dimensions:
            yield f"{measure.code}: no dimension {measure.by!r}"
        if measure.unit != ("yuan" if measure.sums else "count"):
            yield f"{measure.code}: rows are counted, amounts are in yuan"
        if measure.suppress is not True and measure.why is None:
            yield f"{measure.code}: says not why small cells are shown"
    if any(TOTAL in dimension.cells for dimension in definition.dimensions.values()):
        yield f"{TOTAL!r} is the sum, it cannot be a cell"


def _fields(raw: Any, required: set[str], optional: set[str], where: str) -> None:
    if not isinstance(raw, dict):
        raise DefinitionError(f"{where}: not a mapping")
    if missing := required - set(raw):
        raise DefinitionError(f"{where}: lacks {', '.join(sorted(missing))}")
    if unknown := set(raw) - required - optional:
        raise DefinitionError(f"{where}: unknown {', '.join(sorted(unknown))}")


def _words(raw: Any, where: str) -> Words:
    if not (isinstance(raw, dict) and set(raw) == {"zh", "en"} and all(isinstance(text, str) for text in raw.values())):
        raise DefinitionError(f"{where}: needs zh and en")
    return Words(zh=raw["zh"], en=raw["en"])
