"""An issue of a return as facts: when it was made, its numbers with their definitions, how two issues differ, whether it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from legal_service import labels
from legal_service.errors import Language, Words
from legal_service.reports.composition import Value
from legal_service.reports.cut import Cut, line_of
from legal_service.reports.verification import Problem

Status = Literal["current", "superseded"]

labels.register(
    "issue_status",
    {
        "current": ("现行", "current"),
        "superseded": ("已有更新的期次", "superseded by a later issue"),
    },
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry of the audit trail that tells of an issue: its number, when, and the seal over it and all before it."""

    seq: int
    at: datetime
    sealed: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """One issue of a return for a period. `sha256` is of its JSON, `manifest_sha256` of the manifest that names all its files.

    `superseded_by` is the number of the newest issue of the period when that is another. `recorded` is None when the trail
    tells of no such issue: then it is not to be relied on.
    """

    id: int
    name: str
    title: Words
    period: str
    issue: int
    status: Status
    superseded_by: int | None
    made_by: str
    made_at: datetime
    sha256: str
    manifest_sha256: str
    cut_sha256: str
    definition_version: str
    recorded: Recorded | None


@dataclass(frozen=True, slots=True)
class Number:
    """One number as published, under its key (`loans_by_tier.mild`): None and `withheld` for a small cell.

    `rows` counts the rows behind it and `rows_sha256` recognises them; neither is told of a withheld one.
    """

    key: str
    title: Words
    value: Value
    withheld: bool
    rows: int | None
    rows_sha256: str | None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure of the return with its definition, and its numbers; the last one is the total.

    `suppressed` says whether small cells are withheld, `shown_because` why they are not.
    """

    code: str
    section: str
    section_title: Words
    title: Words
    definition: Words
    unit: str
    sources: tuple[str, ...]
    basis: str
    status: str
    suppressed: bool
    shown_because: Words | None
    takes: Mapping[str, Any]
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class RowsBehind:
    """The rows a number rests on, as frozen in the cut; `small` when they would tell withheld cells."""

    key: str
    rows: tuple[Mapping[str, Any], ...]
    small: bool


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number in two issues side by side; None where an issue has no such number."""

    key: str
    measure: Words
    title: Words
    before: Number | None
    after: Number | None

    @property
    def changed(self) -> bool:
        """Whether what was published differs."""
        if self.before is None or self.after is None:
            return True
        return (self.before.value, self.before.withheld) != (self.after.value, self.after.withheld)


@dataclass(frozen=True, slots=True)
class Differences:
    """Two issues side by side: every number, how many rows of the cut came, went or changed, whether the definition did."""

    numbers: tuple[NumberChange, ...]
    rows: Mapping[str, int]
    definition_changed: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome of checking an issue: files against the manifest, the manifest against the trail, all made again from the cut."""

    files: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def as_json(self, language: Language) -> dict[str, Any]:
        """The shape of `legal report verify`."""
        return {"ok": self.ok, "files": self.files, "problems": [one.as_json(language) for one in self.problems]}


def measures_of(document: Mapping[str, Any], sections: Mapping[str, Words]) -> list[MeasureFacts]:
    """The measures of a `return.json`, in its order; a section that is not named any more stands for itself."""
    return [
        MeasureFacts(
            code=one["measure"],
            section=one["section"],
            section_title=sections.get(one["section"], Words(zh=one["section"], en=one["section"])),
            title=_words(one["title"]),
            definition=_words(one["definition"]),
            unit=one["unit"],
            sources=tuple(one["sources"]),
            basis=one["basis"],
            status=one["status"],
            suppressed=bool(one["suppression"]),
            shown_because=_words(one["shown_because"]) if "shown_because" in one else None,
            takes=dict(one["rows"]),
            numbers=tuple(_number(cell) for cell in one["cells"]),
        )
        for one in document["measures"]
    ]


def side_by_side(older: list[MeasureFacts], newer: list[MeasureFacts]) -> tuple[NumberChange, ...]:
    """Every number of either issue, in the order of the newer one."""
    before = {number.key: (measure, number) for measure in older for number in measure.numbers}
    after = {number.key: (measure, number) for measure in newer for number in measure.numbers}
    found = []
    for key in dict.fromkeys([*after, *before]):
        measure, number = after.get(key) or before[key]
        old, new = before.get(key), after.get(key)
        found.append(NumberChange(key, measure.title, number.title, old[1] if old else None, new[1] if new else None))
    return tuple(found)


def row_changes(before: Cut, now: Cut) -> dict[str, int]:
    """How many rows of a cut came in, went or changed since the one before."""
    old = {row.row: line_of(row) for row in before.rows}
    new = {row.row: line_of(row) for row in now.rows}
    return {
        "added": len(new.keys() - old.keys()),
        "removed": len(old.keys() - new.keys()),
        "changed": sum(new[row] != old[row] for row in new.keys() & old.keys()),
    }


def _number(cell: Mapping[str, Any]) -> Number:
    return Number(
        cell["id"], _words(cell["title"]), cell["value"], bool(cell["withheld"]), cell["rows"], cell["rows_sha256"]
    )


def _words(told: Mapping[str, str]) -> Words:
    return Words(zh=told["zh"], en=told["en"])
