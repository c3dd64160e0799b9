"""An issue laid out as the document prints it: section by section, measures parted alike side by side in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legal_service import money
from legal_service.errors import Words
from legal_service.reports.composition import Value
from legal_service.reports.definition import Dimension
from legal_service.reports.issues import MeasureFacts, Number

CATEGORY, MEASURE = Words("分类", "category"), Words("指标", "measure")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its title, whether it is the total, the numbers in the order of the table's measures."""

    title: Words
    total: bool
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """One table. `by` is what its rows are parted by; the lone table of a section has a measure to a line."""

    by: str
    name: Words
    measures: tuple[MeasureFacts, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its tables."""

    code: str
    title: Words
    tables: tuple[Laid, ...]

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """The measures of all its tables."""
        return tuple(measure for table in self.tables for measure in table.measures)


def laid_out(measures: Sequence[MeasureFacts], dimensions: Mapping[str, Dimension]) -> list[Part]:
    """The sections in the order of the return."""
    return [
        Part(
            code,
            next(one.section_title for one in measures if one.section == code),
            _tables(measures, code, dimensions),
        )
        for code in dict.fromkeys(one.section for one in measures)
    ]


def _tables(measures: Sequence[MeasureFacts], section: str, dimensions: Mapping[str, Dimension]) -> tuple[Laid, ...]:
    here = [one for one in measures if one.section == section]
    tables = []
    for by in dict.fromkeys(one.takes["by"] for one in here if one.takes["by"]):
        columns = tuple(one for one in here if one.takes["by"] == by)
        last = len(columns[0].numbers) - 1
        lines = tuple(
            Line(number.title, place == last, tuple(one.numbers[place] for one in columns))
            for place, number in enumerate(columns[0].numbers)
        )
        tables.append(Laid(by, dimensions[by].title if by in dimensions else CATEGORY, columns, lines))
    if single := tuple(one for one in here if not one.takes["by"]):
        tables.append(Laid("", MEASURE, single, tuple(Line(one.title, False, one.numbers) for one in single)))
    return tuple(tables)


def shown(value: Value) -> str:
    """A published value as read: thousands parted, amounts with two decimals.

    >>> shown(1234), shown("1234.50"), shown(None)
    ('1,234', '1,234.50', '—')
    """
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else money.grouped(money.parse_amount(value))


def moved(before: Number | None, after: Number | None) -> str:
    """By how much a number moved, with its sign; empty where either issue does not show it.

    >>> from legal_service.errors import Words
    >>> one, two = (Number("k", Words("", ""), value, False, 1, "") for value in ("10.00", "7.50"))
    >>> moved(one, two), moved(one, None)
    ('−2.50', '')
    """
    if before is None or after is None or before.value is None or after.value is None:
        return ""
    if isinstance(before.value, int) and isinstance(after.value, int):
        by = after.value - before.value
        return f"{'−' if by < 0 else '+'}{abs(by):,}"
    fen = money.parse_amount(str(after.value)) - money.parse_amount(str(before.value))
    return f"{'−' if fen < 0 else '+'}{money.grouped(abs(fen))}"
