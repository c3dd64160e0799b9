"""Reading the tape from one XLSX workbook: sheets named like the files, values as text, formulas refused by name."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from legal_service.errors import Finding
from legal_service.intake.tape import MOST_ROWS, RawSheet, error
from legal_service.intake.workbook_xml import Hidden, TooLarge, hidden_cells, letters

_EXACT = 10**15
"""A number of the workbook has fifteen digits; a longer one has lost the rest."""

Cell = str | int | float | bool | date | datetime | time | object

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, CalamineError,
    KeyError, IndexError, OSError, ValueError, NotImplementedError,
)  # fmt: skip


def read(data: bytes, name: str) -> list[RawSheet]:
    """All sheets of a workbook. A file that is not an honest XLSX gives one sheet with one `error`."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        hidden = hidden_cells(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        titles = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        return [_sheet(book, title, digest, hidden[title]) for title in titles]
    except TooLarge as failure:
        finding = error(
            "workbook_too_large",
            f"{name}:1",
            f"{failure} 处解压后过大或跨度过大（疑为压缩炸弹，或远处有多余单元格）；请删去多余内容，分批或改用 CSV。",
            f"at {failure} the workbook unpacks or spans too large (a zip bomb, or a stray far-off cell); "
            "delete what is surplus, split it or use CSV.",
        )
    except _DAMAGED as failure:
        finding = error(
            "bad_workbook",
            f"{name}:1",
            f"不是可读的 XLSX 文件（{str(failure)[:120]}）；请用 Excel 或 WPS 重新另存为 .xlsx。",
            f"not a readable XLSX file ({str(failure)[:120]}); save it again as .xlsx.",
        )
    return [RawSheet(name, (), (), digest, (finding,))]


def _sheet(book: CalamineWorkbook, title: str, digest: str, hidden: Hidden) -> RawSheet:
    grid = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    header = tuple(_text(cell) for cell in grid[0]) if grid else ()
    while header and not header[-1].strip():
        header = header[:-1]
    findings = _hidden(title, header, hidden)
    rows: list[tuple[int, tuple[str, ...]]] = []
    for line, cells in enumerate(grid[1:], start=2):
        texts = tuple(_text(cell) for cell in cells)
        if not any(text.strip() for text in texts):
            continue
        for column, cell in zip(header, cells, strict=False):
            findings += _form(f"{title}:{line}:{column.strip()[:40]}", cell)
        if any(text.strip() for text in texts[len(header) :]):
            findings.append(
                error(
                    "long_row",
                    f"{title}:{line}",
                    f"本行在第 {len(header)} 列之后还有内容，而表头没有；请补表头或删去多余单元格。",
                    f"there are cells after column {len(header)}, where the header ends; name them or delete them.",
                )
            )
        rows.append((line, texts[: len(header)] + ("",) * (len(header) - len(texts))))
        if len(rows) > MOST_ROWS:
            break
    return RawSheet(title, header, tuple(rows), digest, tuple(findings))


def _hidden(title: str, header: tuple[str, ...], hidden: Hidden) -> list[Finding]:
    def where(column: int, line: int) -> str:
        named = header[column].strip()[:40] if column < len(header) else ""
        return f"{title}:{line}:{named or letters(column)}"

    formulas = [
        error(
            "formula",
            where(column, line),
            f"单元格 {letters(column)}{line} 是公式；请粘贴为数值后再导入。",
            f"cell {letters(column)}{line} holds a formula; paste it as a value.",
        )
        for column, line in hidden.formulas
    ]
    return formulas + [
        error(
            "error_value",
            where(column, line),
            f"单元格 {letters(column)}{line} 是错误值（如 #N/A）；请填入真实内容或清空。",
            f"cell {letters(column)}{line} holds an error value such as #N/A; enter what it should be, or clear it.",
        )
        for column, line in hidden.errors
    ]


def _form(where: str, cell: Cell) -> list[Finding]:
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        return [
            error(
                "number_lost_digits",
                where,
                "长号码以数字格式存储，15 位以后的数字已丢失；请将该列设为文本格式后重填。",
                "a long number stored as a number has lost its digits after the 15th; make the column text and enter it again.",
            )
        ]
    return []


def _text(cell: Cell) -> str:
    """A cell as the tape's text: numbers to the fifteen digits a workbook has, dates in ISO, booleans as Y/N.

    >>> _text(12000.0), _text(0.18), _text(0.1 + 0.2), _text(0.000001), _text(date(2026, 3, 1)), _text(True)
    ('12000', '0.18', '0.3', '0.000001', '2026-03-01', 'Y')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        return (
            cell.isoformat(sep=" ") if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else cell.date().isoformat()
        )
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
