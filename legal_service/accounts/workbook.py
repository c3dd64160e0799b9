"""A statement as a spreadsheet (XLSX) and as CSV, for people who check figures in their own tools.

Text cells are written as text: nothing that came with the tape can become a formula. The same statement gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from legal_service import clock
from legal_service.accounts.basis import articles
from legal_service.accounts.explanation import steps
from legal_service.accounts.interest import penalty_rate_text
from legal_service.accounts.statement import Statement
from legal_service.money import amount_text, rate_text


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of fen in a cell."""

    fen: int


Cell = str | int | date | Money | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, the heads of its columns, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def xlsx(statement: Statement) -> bytes:
    """The workbook: summary, instalments, postings, charges, interest segments, cap test, basis, derivation."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = clock.midday(statement.as_of).replace(tzinfo=None)
    book.set_properties({"title": f"欠款明细 {statement.facts.loan_no}", "created": created})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for sheet in sheets(statement):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head, formats["head"])
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, cell, formats)
    book.close()
    return memory.getvalue()


def csv_text(statement: Statement) -> str:
    """The same tables one below the other, each under its name; begins with the byte order mark Excel needs for Chinese."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    for sheet in sheets(statement):
        writer.writerow([sheet.name])
        writer.writerow(sheet.heads)
        writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
        writer.writerow([])
    return out.getvalue()


def sheets(statement: Statement) -> tuple[Sheet, ...]:
    """All tables of the statement."""
    return (
        Sheet("汇总 Summary", ("项目 Item", "数值 Value"), tuple(_summary(statement))),
        Sheet("分期 Lines", _LINE_HEADS, tuple(_lines(statement))),
        Sheet("入账 Postings", _POSTING_HEADS, tuple(_postings(statement))),
        Sheet("费用 Charges", _CHARGE_HEADS, tuple(_charges(statement))),
        Sheet("罚息复利 Segments", _SEGMENT_HEADS, tuple(_segments(statement))),
        Sheet("上限测试 Cap", _CAP_HEADS, tuple(_cap(statement))),
        Sheet("依据 Basis", ("依据", "Basis"), tuple((a.read("zh"), a.read("en")) for a in articles(statement))),
        Sheet("推导 Derivation", ("步骤", "Step"), tuple((step.zh, step.en) for step in steps(statement))),
    )


_LINE_HEADS = (
    "期次 Instalment", "应还日 Due on", "应还本金 Principal", "应还利息 Interest", "费用 Fee", "已还本金 Principal paid",
    "已还利息 Interest paid", "付清日 Paid off on", "逾期天数 Overdue days", "罚息 Penalty", "复利 Compound",
)  # fmt: skip
_POSTING_HEADS = (
    "日期 On", "种类 Kind", "流水号 Reference", "金额 Amount", "抵费用成本 To costs", "抵费用 To fees", "抵利息 To interest",
    "抵罚息 To penalty", "抵复利 To compound", "抵本金 To principal", "未抵充 Unapplied",
)  # fmt: skip
_CHARGE_HEADS = (
    "日期 On",
    "种类 Kind",
    "流水号 Reference",
    "金额 Amount",
    "已付 Paid",
    "未付 Unpaid",
    "已明示 Disclosed",
)
_SEGMENT_HEADS = (
    "期次 Instalment", "种类 Kind", "自 From", "至 To", "天数 Days", "基数 Base", "年利率 Rate", "金额 Amount", "依据行 Row",
)  # fmt: skip
_CAP_HEADS = (
    "期次 Instalment", "应还日 Due on", "基数 Base", "天数 Days", "期内利息 Interest", "利息上限 Bound",
    "罚息加复利 Penalty and compound", "其上限 Bound", "超出 Excess",
)  # fmt: skip


def _summary(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    cap = statement.cap
    yield ("贷款编号 Loan", statement.facts.loan_no)
    yield ("截至 As of", statement.as_of)
    yield ("计息基础 Day count", statement.facts.day_count)
    yield ("逾期天数 Days past due", statement.days_past_due)
    yield ("最早未付清的应还日 Oldest due on", statement.oldest_due_on)
    yield ("分层 Tier", statement.tier)
    yield ("五级分类下限 Five-class floor", statement.five_class_floor)
    yield ("分层理由 Why", f"{statement.why_tier.zh} {statement.why_tier.en}")
    yield ("提前到期日 Accelerated on", statement.accelerated_on)
    yield ("到期本金 Principal due", Money(statement.principal_due))
    yield ("未到期本金 Principal not yet due", Money(statement.principal_undue))
    yield ("本金合计 Principal", Money(statement.principal))
    yield ("期内利息 Contract interest", Money(statement.interest))
    yield ("罚息 Penalty", Money(statement.penalty))
    yield ("复利 Compound", Money(statement.compound))
    yield ("费用 Fees", Money(statement.fees))
    yield ("实现债权的费用 Costs", Money(statement.costs))
    yield ("合计 Total", Money(statement.total))
    yield ("待抵充款 Unapplied", Money(statement.unapplied))
    yield ("上限年率 Cap rate", rate_text(cap.rate))
    yield ("上限依据 Cap basis", cap.basis)
    yield ("全程上限 Ceiling", Money(cap.ceiling))
    yield ("计收合计 Charged", Money(cap.charged))
    yield ("各期超出 Per-period reduction", Money(cap.per_period_reduction))
    yield ("全程超出 Lifetime reduction", Money(cap.lifetime_reduction))
    yield ("减除 Reduction", Money(cap.reduction))
    yield ("已付而超出 Paid excess", Money(cap.paid_excess))
    yield ("未明示费用 Undisclosed fees", Money(statement.undisclosed_fees))
    yield ("其中已在减除之内 Already in the reduction", Money(statement.undisclosed_reduced))
    yield ("主张金额 Claim total", Money(statement.claim.total))


def _lines(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    for line in statement.lines:
        period = line.period
        yield (
            _number(period.number), period.due_on, Money(period.principal), Money(period.interest), Money(period.fee),
            Money(line.principal_paid), Money(line.interest_paid), line.paid_off_on, line.overdue_days,
            Money(line.penalty), Money(line.compound),
        )  # fmt: skip


def _postings(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    order = ("costs", "fees", "interest", "penalty", "compound", "principal")
    for entry in statement.postings:
        parts = (Money(entry.to(component)) for component in order)
        yield (entry.on, entry.kind, entry.reference, Money(entry.amount), *parts, Money(entry.unapplied))


def _charges(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    for charge in statement.charges:
        yield (
            charge.on, charge.kind, charge.reference, Money(charge.amount), Money(charge.paid), Money(charge.unpaid),
            "Y" if charge.disclosed else "N",
        )  # fmt: skip


def _segments(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    for line in statement.lines:
        for kind, segments in (("罚息 penalty", line.penalty_segments), ("复利 compound", line.compound_segments)):
            for part in segments:
                yield (
                    _number(line.period.number), kind, part.from_on, part.to_on, part.days, Money(part.base),
                    penalty_rate_text(part.rate), Money(part.amount), ", ".join(part.rows),
                )  # fmt: skip


def _cap(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    for line in statement.cap.tested:
        yield (
            _number(line.instalment), line.due_on, Money(line.base), line.days, Money(line.interest),
            Money(line.interest_bound), Money(line.default), Money(line.default_bound), Money(line.excess),
        )  # fmt: skip


def _number(number: int | None) -> Cell:
    return "提前到期 accelerated" if number is None else number


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[str, object]) -> None:
    if isinstance(cell, Money):
        page.write_number(row, column, cell.fen / 100, formats["money"])  # shown with two decimals; exact below 9e13
    elif isinstance(cell, int):
        page.write_number(row, column, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, column, clock.midday(cell).replace(hour=0, tzinfo=None), formats["day"])
    elif cell is not None:
        page.write_string(row, column, cell)


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(_plain(row[column]))) for row in sheet.rows), default=0)
    return max(12, min(80, longest + 2))


def _plain(cell: Cell) -> str:
    """A cell as CSV text; text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> _plain("=1+1"), _plain(Money(-5)), _plain("第 1 期")
    ("'=1+1", '-0.05', '第 1 期')
    """
    if isinstance(cell, Money):
        return amount_text(cell.fen)
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
    return str(cell)
