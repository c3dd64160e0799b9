"""A return as a spreadsheet: cover, numbers, definitions, changes. The same return gives the same bytes.

Text is written as text: nothing that came with the tape can become a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from legal_service import clock
from legal_service.errors import Words
from legal_service.reports.composition import WITHHELD, Return, Value, cell_title
from legal_service.reports.definition import Unit

UNITS: dict[Unit, str] = {"count": "个 count", "yuan": "元 yuan"}
_ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount of yuan in a cell."""

    text: str


Box = str | int | Yuan


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, the heads and widths of its columns, its rows."""

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Box, ...], ...]


def xlsx(whole: Return) -> bytes:
    """The workbook of a return."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = clock.midday(whole.cut.head.period.last).replace(tzinfo=None)
    book.set_properties({"title": title(whole), "created": created})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "yuan": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }
    for sheet in sheets(whole):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for column, (head, width) in enumerate(sheet.heads):
            page.set_column(column, column, width)
            page.write_string(0, column, head, formats["head"])
        for number, row in enumerate(sheet.rows, start=1):
            for column, box in enumerate(row):
                if isinstance(box, Yuan):
                    page.write_number(number, column, float(Decimal(box.text)), formats["yuan"])
                elif isinstance(box, int):
                    page.write_number(number, column, box, formats["count"])
                else:
                    page.write_string(number, column, box, formats["text"])
    book.close()
    return memory.getvalue()


def title(whole: Return) -> str:
    """What the documents of a return are called: return, period, issue."""
    return f"{whole.definition.title.zh} {whole.cut.head.period.name} 第{whole.issue.number}版"


def sheets(whole: Return) -> tuple[Sheet, ...]:
    """All tables of the return."""
    return (
        Sheet("封面 Cover", (("项目 Item", 34), ("内容 Content", 90)), tuple(_cover(whole))),
        Sheet(
            "数据 Numbers",
            (("编号 Id", 34), ("部分 Section", 24), ("指标 Measure", 34), ("分类 Cell", 26), ("单位 Unit", 12), ("数值 Value", 20), ("所据行数 Rows", 14)),
            tuple(_numbers(whole)),
        ),
        Sheet(
            "定义 Definitions",
            (("指标 Measure", 26), ("名称 Title", 34), ("口径 Definition", 70), ("来源 Sources", 16), ("依据 Basis", 40), ("核实 Status", 18), ("抑制 Suppression", 40)),
            tuple(_definitions(whole)),
        ),
        Sheet(
            "变更 Differences",
            (("编号 Id", 34), ("前一版次 Before", 20), ("本版次 After", 20)),
            tuple((one.id, _box(one.before), _box(one.after)) for one in whole.differences),
        ),
    )  # fmt: skip


def _cover(whole: Return) -> Iterator[tuple[Box, ...]]:
    definition, head, issue = whole.definition, whole.cut.head, whole.issue
    yield ("报表 Return", _both(definition.title))
    yield ("性质 Nature", _both(definition.label))
    yield ("机构 Institution", head.institution)
    for name, uscc in head.lenders:
        yield ("贷款人 Lender", f"{name} {uscc}")
    yield ("期间 Period", f"{head.period.name}（{head.period.first} — {head.period.last}）")
    yield ("数据截点 Data cut", f"{head.period.last} 日终 close of day; SHA-256 {whole.cut_sha256}")
    yield ("数据行数 Rows of the cut", len(whole.cut.rows))
    yield ("版次 Issue", issue.number)
    yield ("口径版本 Definition version", definition.version)
    yield ("制表人 Prepared by", issue.prepared_by)
    yield ("司法上限 Cap", f"{head.cap_rate} {head.cap_basis} ({head.cap_status})")
    yield ("抑制规则 Suppression", _both(definition.suppression))
    yield ("不列示数 Withheld", whole.withheld)
    if issue.previous:
        yield ("前一版次 Issue before", f"{issue.previous.number}; SHA-256 {issue.previous.sha256}")


def _numbers(whole: Return) -> Iterator[tuple[Box, ...]]:
    for one in whole.measured:
        for cell in one.all_cells:
            shown = whole.published[cell.id]
            yield (
                cell.id,
                _both(whole.definition.sections[one.measure.section]),
                _both(one.measure.title),
                _both(cell_title(one, cell, whole.definition)),
                UNITS[one.measure.unit],
                WITHHELD if shown.withheld else _box(shown.value),
                WITHHELD if shown.withheld else len(cell.rows),
            )


def _definitions(whole: Return) -> Iterator[tuple[Box, ...]]:
    for measure in (one.measure for one in whole.measured):
        rule = _both(measure.why) if measure.why else "1–4不列示 cells of 1–4 withheld"
        yield (
            measure.code,
            _both(measure.title),
            _both(measure.says),
            "、".join(measure.sources),
            measure.basis,
            measure.status,
            rule,
        )


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}"


def _box(value: Value) -> Box:
    if value is None:
        return _ABSENT
    return Yuan(value) if isinstance(value, str) and value != WITHHELD else value
