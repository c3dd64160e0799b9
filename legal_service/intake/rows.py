"""From raw sheets to typed rows: headers recognised, each cell parsed, each doubt named by row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from legal_service.errors import Finding
from legal_service.intake.cells import CellError, Value, parse
from legal_service.intake.layout import BY_NAME, SHEETS, Column, Sheet
from legal_service.intake.mapping import HeaderMapping
from legal_service.intake.tape import LONGEST_CELL, RawSheet, doubt, error


@dataclass(slots=True)
class Row:
    """One row of the tape with its values; `extra` keeps unknown columns; `clean` turns False with its first error.

    `unsaid` names the optional columns that its file does not have: of these the row says nothing. `books` holds the lender's
    own balances and splits.
    """

    sheet: str
    where: str
    values: dict[str, Value]
    extra: dict[str, str] = field(default_factory=dict)
    clean: bool = True
    unsaid: frozenset[str] = frozenset()
    books: dict[str, Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text value; the empty string when absent."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    @property
    def key(self) -> tuple[Value, ...]:
        """The values that identify the row within its sheet."""
        return tuple(self.values.get(name) for name in BY_NAME[self.sheet].key)


@dataclass(slots=True)
class Tape:
    """The typed tape: rows by sheet, the findings so far, the digests of the files it came from.

    `unread` names the sheets that could not be read as a whole: what their rows would have said is unknown.
    """

    rows: dict[str, list[Row]]
    findings: list[Finding]
    files: dict[str, str]
    unread: set[str] = field(default_factory=set)
    first: dict[str, dict[tuple[Value, ...], Row]] = field(default_factory=dict)

    def reject(self, row: Row, finding: Finding) -> None:
        """Note an error of a row."""
        row.clean = False
        self.findings.append(finding)

    def doubt_future(self, row: Row, name: str, zh: str, en: str, today: date) -> None:
        """A date after the day of the import is a doubt, never an error: it may have been planned."""
        on = row.values.get(name)
        if isinstance(on, date) and on > today:
            shown = BY_NAME[row.sheet].column(name).shown
            self.findings.append(
                doubt(
                    "future_date",
                    f"{row.where}:{shown}",
                    f"{zh} {on} 晚于导入日 {today}，请核对。",
                    f"{en} on {on}, after the day of import ({today}); check it.",
                )
            )

    @property
    def read(self) -> int:
        """How many rows were read."""
        return sum(len(rows) for rows in self.rows.values())


def type_tape(raw: Sequence[RawSheet], mapping: HeaderMapping) -> Tape:
    """Recognise and type every sheet. A sheet whose name means nothing is a doubt; a tape without any sheet an error."""
    tape = Tape({sheet.name: [] for sheet in SHEETS}, [], {})
    recognised = 0
    for one in raw:
        title, _, suffix = (
            one.name.rpartition(".") if one.name.lower().endswith((".csv", ".xlsx")) else (one.name, "", "")
        )
        name = mapping.sheet(title) if suffix.lower() != "xlsx" else None
        if name is None:
            tape.findings += (one.findings if suffix.lower() == "xlsx" else ()) or (_unknown(one.name),)
            continue
        recognised += 1
        tape.files[one.name] = one.sha256
        tape.findings += one.findings
        if _broken(one):
            tape.unread.add(name)
        if one.header:
            _type_sheet(tape, one, BY_NAME[name], mapping)
        elif not one.findings:
            tape.findings.append(
                error(
                    "empty_file",
                    f"{one.name}:1",
                    "文件为空，没有表头；请重新导出，或删去该文件。",
                    "the file is empty: no header; export it again, or take it away.",
                )
            )
    if not recognised and not any(finding.severity == "error" for finding in tape.findings):
        tape.findings.append(
            error(
                "empty_tape",
                "tape:1",
                "没有找到任何可导入的文件；请放入 loans.csv、borrowers.csv 等，或用 --mapping 指定文件名。",
                "no file to import was found; put loans.csv, borrowers.csv and so on there, or name them with --mapping.",
            )
        )
    return tape


def _unknown(name: str) -> Finding:
    return doubt(
        "unknown_sheet",
        f"{name}:1",
        "不认识的文件或工作表，未导入；请改名，或用 --mapping 指定。",
        "unknown file or sheet, not imported; rename it, or name it with --mapping.",
    )


def _broken(raw: RawSheet) -> bool:
    """Whether an error belongs to no row of the sheet: its header, its encoding, its form."""
    lines = {str(line) for line, _ in raw.rows}
    return any(finding.severity == "error" and _line(raw, finding) not in lines for finding in raw.findings)


def _line(raw: RawSheet, finding: Finding) -> str:
    return finding.where.removeprefix(f"{raw.name}:").partition(":")[0]


def _columns(tape: Tape, raw: RawSheet, sheet: Sheet, mapping: HeaderMapping) -> list[Column | str]:
    known = {column.name: column for column in sheet.recognised}
    seen: dict[str, str] = {}
    columns: list[Column | str] = []
    for place, header in enumerate(raw.header):
        shown = header.strip()[:40]
        if not shown:
            columns.append("")
            tape.findings += _unnamed(raw, place)
            continue
        name = mapping.column(sheet.name, header)
        if name not in known:
            tape.findings.append(_unknown_column(raw, sheet, shown))
            columns.append(f"{header.strip()} ({place + 1})" if name in seen else header.strip())
            seen[name] = shown
            continue
        if name in seen:
            tape.unread.add(sheet.name)
            tape.findings.append(
                error(
                    "duplicate_column",
                    f"{raw.name}:1:{shown}",
                    f"列 {shown} 与列 {seen[name]} 重复（同为 {name}）；请只保留一列。",
                    f"the column {shown} duplicates the column {seen[name]} (both are {name}); keep one.",
                )
            )
        columns.append("" if name in seen else known[name])
        seen.setdefault(name, shown)
    for column in sheet.columns:
        if column.required and column.name not in seen:
            tape.unread.add(sheet.name)
            tape.findings.append(
                error(
                    "missing_column",
                    f"{raw.name}:1:{column.shown}",
                    f"缺少必需列 {column.shown}；请补上，或用 --mapping 把现有列对应过来。",
                    f"the required column {column.shown} is missing; add it, or map one of yours to it with --mapping.",
                )
            )
    return columns


def _unnamed(raw: RawSheet, place: int) -> list[Finding]:
    line = next((line for line, cells in raw.rows if len(cells) > place and cells[place].strip()), None)
    if line is None:
        return []
    return [
        doubt(
            "unnamed_column",
            f"{raw.name}:{line}",
            f"第 {place + 1} 列没有列名，其内容未导入；请补列名。",
            f"column {place + 1} has no name and was not imported; name it.",
        )
    ]


def _unknown_column(raw: RawSheet, sheet: Sheet, shown: str) -> Finding:
    kept = sheet.name == "loans"
    return doubt(
        "unknown_column",
        f"{raw.name}:1:{shown}",
        f"不认识的列 {shown}，" + ("原样附存于借款合同" if kept else "未导入") + "；如应识别，请用 --mapping 对应。",
        f"unknown column {shown}, "
        + ("kept with the contract as it is" if kept else "not imported")
        + "; if it should be known, map it with --mapping.",
    )


def _type_sheet(tape: Tape, raw: RawSheet, sheet: Sheet, mapping: HeaderMapping) -> None:
    columns = _columns(tape, raw, sheet, mapping)
    present = {column.name for column in columns if isinstance(column, Column)}
    lost = {column.name for column in sheet.columns if column.required and column.name not in present}
    broken = {_line(raw, finding) for finding in raw.findings if finding.severity == "error"}
    unsaid = {one.name: parse(one, "") for one in sheet.columns if one.name not in present and not one.required}
    for line, cells in raw.rows:
        row = Row(
            sheet.name,
            f"{raw.name}:{line}",
            dict(unsaid),
            clean=str(line) not in broken and not lost,
            unsaid=frozenset(unsaid),
        )
        for column, cell in zip(columns, cells, strict=False):
            if len(cell) > LONGEST_CELL:
                tape.reject(row, _too_long(f"{row.where}:{getattr(column, 'shown', column)}", len(cell)))
            elif isinstance(column, Column):
                _type_cell(tape, row, column, cell, mapping, row.books if column in sheet.books else row.values)
            elif cell.strip() and column:
                row.extra[column] = cell.strip()
        tape.rows[sheet.name].append(row)
        _unique(tape, row, sheet)


def _too_long(where: str, length: int) -> Finding:
    return error(
        "cell_too_long",
        where,
        f"单元格有 {length} 个字符，上限 {LONGEST_CELL}；请核对引号与内容后缩短。",
        f"the cell has {length} characters where {LONGEST_CELL} are allowed; check its quotes and shorten it.",
    )


def _type_cell(
    tape: Tape, row: Row, column: Column, cell: str, mapping: HeaderMapping, values: dict[str, Value]
) -> None:
    if column.kind in ("choice", "flag") or column.name == "id_type":
        cell = mapping.value(column.name, cell, column.choices)
    elif column.name in ("id_number", "uscc"):
        cell = cell.upper()
    try:
        values[column.name] = parse(column, cell)
    except CellError as failure:
        tape.reject(row, Finding(failure.code, "error", f"{row.where}:{column.shown}", failure.words))


def _unique(tape: Tape, row: Row, sheet: Sheet) -> None:
    key = row.key
    if None in key or "" in key:
        return
    before = tape.first.setdefault(sheet.name, {}).setdefault(key, row)
    if before is not row:
        shown = sheet.column(sheet.key[-1]).shown
        before.clean = False  # which of the two is right, nobody can tell
        tape.reject(
            row,
            error(
                "duplicate_key",
                f"{row.where}:{shown}",
                f"{shown} 与 {before.where} 重复；同一编号只能出现一次，请删去或更正其一。",
                f"{shown} duplicates {before.where}; a number may appear once: delete or correct one of them.",
            ),
        )
