"""The measures of a return, counted and summed over the rows of a frozen cut; each cell knows the rows it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legal_service.reports.categories import Categorised, categorised
from legal_service.reports.cut import Cut
from legal_service.reports.definition import TOTAL, Definition, Measure


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: a count, or an amount in fen. `code` is the category it is for, or `total`."""

    id: str
    code: str
    value: int
    rows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its cells, in the order of its dimension, and their total. Without a dimension: the total alone."""

    measure: Measure
    cells: tuple[Cell, ...]
    total: Cell

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """The cells, then the total."""
        return (*self.cells, self.total)


def measured(cut: Cut, definition: Definition) -> tuple[Measured, ...]:
    """Every measure of the definition. `ValueError` when a row falls into a category that the definition does not list.

    Nothing is dropped in silence: the cells of a measure always add up to its total.
    """
    rows = categorised(cut, definition.rules)
    return tuple(_measured(measure, definition, rows) for measure in definition.measures)


def rows_of(cut: Cut, definition: Definition, cell_id: str) -> frozenset[str]:
    """The ids of the rows that one number rests on; `KeyError` when the return has no such cell."""
    for one in measured(cut, definition):
        for cell in one.all_cells:
            if cell.id == cell_id:
                return cell.rows
    raise KeyError(cell_id)


def _measured(measure: Measure, definition: Definition, rows: Sequence[Categorised]) -> Measured:
    taken = [row for row in rows if row.kind == measure.kind and _meets(row, measure)]
    total = _cell(measure, TOTAL, taken)
    if not measure.by:
        return Measured(measure, (), total)
    parted: dict[str, list[Categorised]] = {code: [] for code in definition.dimensions[measure.by].cells}
    for row in taken:
        category = row.categories[measure.by]
        if category not in parted:
            raise ValueError(f"{row.row}: {measure.by} {category!r} is not in the definition of the return")
        parted[category].append(row)
    return Measured(measure, tuple(_cell(measure, code, part) for code, part in parted.items()), total)


def _meets(row: Categorised, measure: Measure) -> bool:
    return all(row.categories[name] == category for name, category in measure.where.items())


def _cell(measure: Measure, code: str, rows: Sequence[Categorised]) -> Cell:
    value = sum(row.amounts[measure.sums] for row in rows) if measure.sums else len(rows)
    return Cell(
        f"{measure.code}.{code}" if measure.by else measure.code, code, value, frozenset(row.row for row in rows)
    )
