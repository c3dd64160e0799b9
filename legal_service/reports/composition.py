"""A return as it is published: measures, small cells withheld, what changed since the issue before. The JSON follows from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legal_service.errors import Words
from legal_service.money import amount_text
from legal_service.reports import suppression
from legal_service.reports.cut import Cut, rows_digest
from legal_service.reports.definition import Definition
from legal_service.reports.measures import Cell, Measured, measured
from legal_service.reports.suppression import Table

Value = int | str | None
"""A count, an amount as text with two decimals, or None when withheld."""

WITHHELD = "*"


@dataclass(frozen=True, slots=True)
class Previous:
    """The issue before: what it published (None: withheld), and how the rows of its cut differ from those of this one."""

    number: int
    cut_sha256: str
    sha256: str
    definition_version: str
    values: Mapping[str, Value]
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Issue:
    """Which issue of the return this is, who prepared it, and what came before."""

    number: int
    prepared_by: str
    previous: Previous | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One number as published. Withheld, it says nothing of its rows either."""

    cell: Cell
    value: Value
    withheld: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what the issue before published. None: that issue had no such number."""

    id: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Return:
    """The whole return, ready to be written in its three forms."""

    definition: Definition
    cut: Cut
    cut_sha256: str
    issue: Issue
    measured: tuple[Measured, ...]
    published: Mapping[str, Published]
    differences: tuple[Difference, ...]

    @property
    def withheld(self) -> int:
        """How many numbers are withheld."""
        return sum(one.withheld for one in self.published.values())


def compose(cut: Cut, cut_sha256: str, definition: Definition, issue: Issue) -> Return:
    """Measure the cut, withhold small cells and compare with the issue before; a function of its arguments alone."""
    found = measured(cut, definition)
    before = issue.previous.values if issue.previous else {}
    stay = frozenset(cell.rows for one in found for cell in one.all_cells if before.get(cell.id, "") is None)
    hidden = _hidden(found, definition.rules.smallest_cell, stay)
    published = {
        cell.id: _published(one, cell, hidden if one.measure.suppress else frozenset())
        for one in found
        for cell in one.all_cells
    }
    return Return(definition, cut, cut_sha256, issue, found, published, _differences(issue.previous, published))


def _hidden(found: tuple[Measured, ...], smallest: int, stay: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    tables = [
        (one.measure.kind, Table(one.total.rows, tuple(cell.rows for cell in one.cells)))
        for one in found
        if one.measure.suppress
    ]
    return frozenset().union(
        *(suppression.withheld(part, smallest=smallest, before=stay) for part in suppression.tables_of_one_sort(tables))
    )


def _published(one: Measured, cell: Cell, hidden: frozenset[frozenset[str]]) -> Published:
    if cell.rows and cell.rows in hidden:
        return Published(cell, None, withheld=True)
    return Published(cell, amount_text(cell.value) if one.measure.unit == "yuan" else cell.value, withheld=False)


def _differences(previous: Previous | None, published: Mapping[str, Published]) -> tuple[Difference, ...]:
    if previous is None:
        return ()
    found = [
        Difference(id, _told(previous.values, id), WITHHELD if one.withheld else one.value)
        for id, one in published.items()
        if id not in previous.values or previous.values[id] != one.value
    ]
    gone = [Difference(id, _told(previous.values, id), None) for id in previous.values if id not in published]
    return (*found, *gone)


def _told(values: Mapping[str, Value], id: str) -> Value:
    if id not in values:
        return None
    value = values[id]
    return WITHHELD if value is None else value


def json_bytes(document: Any) -> bytes:
    """A JSON document as a file: UTF-8, indented, stable."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_json(whole: Return) -> dict[str, Any]:
    """The return as `return.json`."""
    definition, head, issue = whole.definition, whole.cut.head, whole.issue
    return {
        "return": definition.name,
        "title": _words(definition.title),
        "label": _words(definition.label),
        "header": {
            "institution": head.institution,
            "lenders": [{"name": name, "uscc": uscc} for name, uscc in head.lenders],
            "period": head.period.name,
            "from": head.period.first.isoformat(),
            "to": head.period.last.isoformat(),
            "data_cut": {
                "as_of": head.period.last.isoformat(),
                "sha256": whole.cut_sha256,
                "rows": len(whole.cut.rows),
            },
            "issue": issue.number,
            "definition_version": definition.version,
            "prepared_by": issue.prepared_by,
            "cap": {"rate": head.cap_rate, "basis": head.cap_basis, "status": head.cap_status},
        },
        "suppression": {
            "smallest_cell": definition.rules.smallest_cell,
            "says": _words(definition.suppression),
            "withheld": whole.withheld,
        },
        "measures": [_measure_json(one, whole) for one in whole.measured],
        "differences": _differences_json(whole),
    }


def _measure_json(one: Measured, whole: Return) -> dict[str, Any]:
    measure = one.measure
    return {
        "measure": measure.code,
        "section": measure.section,
        "title": _words(measure.title),
        "definition": _words(measure.says),
        "unit": measure.unit,
        "sources": list(measure.sources),
        "basis": measure.basis,
        "status": measure.status,
        "suppression": measure.suppress,
        **({"shown_because": _words(measure.why)} if measure.why else {}),
        "rows": {
            "kind": measure.kind,
            "where": dict(measure.where),
            "by": measure.by or None,
            "sums": measure.sums or None,
        },
        "cells": [_cell_json(one, cell, whole) for cell in one.all_cells],
    }


def _cell_json(one: Measured, cell: Cell, whole: Return) -> dict[str, Any]:
    shown = whole.published[cell.id]
    lineage: dict[str, Any] = {"rows": None, "rows_sha256": None}
    if not shown.withheld:
        lineage = {"rows": len(cell.rows), "rows_sha256": rows_digest(cell.rows)}
    return {
        "id": cell.id,
        "measure": one.measure.code,
        "cell": cell.code,
        "title": _words(cell_title(one, cell, whole.definition)),
        "value": shown.value,
        "withheld": shown.withheld,
        **lineage,
    }


def cell_title(one: Measured, cell: Cell, definition: Definition) -> Words:
    """What a cell is called: its category, or the total."""
    if cell is one.total:
        return Words(zh="合计", en="total")
    return definition.dimensions[one.measure.by].cells[cell.code]


def _differences_json(whole: Return) -> dict[str, Any] | None:
    previous = whole.issue.previous
    if previous is None:
        return None
    return {
        "since_issue": previous.number,
        "since_cut_sha256": previous.cut_sha256,
        "since_return_sha256": previous.sha256,
        "since_definition_version": previous.definition_version,
        "rows": dict(previous.rows),
        "numbers": [{"id": one.id, "before": one.before, "after": one.after} for one in whole.differences],
    }


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
