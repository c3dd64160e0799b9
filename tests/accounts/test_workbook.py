"""The statement as XLSX and CSV: the same figures, no formula from outside, the same bytes each time."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from dataclasses import replace

import openpyxl

from legal_service.accounts.workbook import csv_text, sheets, xlsx
from tests.accounts.a_loan import a_loan, paid, statement_of

HOSTILE = '=HYPERLINK("http://evil","x")'


def test_the_workbook_opens_and_shows_the_figures() -> None:
    statement = statement_of(a_loan(paid("2026-02-25", "1030.00")), "2026-03-20")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(statement)))
    assert book.sheetnames == [sheet.name for sheet in sheets(statement)]
    summary = {row[0].value: row[1].value for row in book["汇总 Summary"].iter_rows(min_row=2)}
    assert summary["到期本金 Principal due"] == statement.principal_due / 100
    assert summary["主张金额 Claim total"] == statement.claim.total / 100
    lines = list(book["分期 Lines"].iter_rows(min_row=2, values_only=True))
    assert [line[0] for line in lines] == [1, 2, 3]
    assert lines[0][5] == 995.00


def test_the_same_statement_gives_the_same_bytes() -> None:
    statement = statement_of(a_loan(paid("2026-02-25", "1030.00")), "2026-03-20")
    first = xlsx(statement)
    time.sleep(1.1)  # a clock in the file would show
    assert xlsx(statement) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_from_the_tape_becomes_a_formula_or_a_link() -> None:
    loan = replace(a_loan(paid("2026-02-25", "30.00", HOSTILE)), loan_no="@SUM(A1)")
    statement = statement_of(loan, "2026-03-20")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(statement)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert HOSTILE in [cell.value for cell in cells]
    fields = [field for row in csv.reader(io.StringIO(csv_text(statement).removeprefix("\ufeff"))) for field in row]
    assert "'" + HOSTILE in fields
    assert "'@SUM(A1)" in fields
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@"))]


def test_csv_begins_with_the_byte_order_mark_and_names_its_tables() -> None:
    text = csv_text(statement_of(a_loan(), "2026-03-20"))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert "\r\n分期 Lines\r\n" in text
    assert "1,2026-02-15,1000.00,30.00,0.00,0.00,0.00,,33,16.50,0.00" in text
