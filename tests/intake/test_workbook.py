"""The tape as one XLSX: the same as CSV when it is honest, and its tricks refused by name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from legal_service.accounts.models import Contract, Posting
from legal_service.errors import Finding
from legal_service.installation import Installation
from legal_service.intake import workbook_reading
from legal_service.intake.layout import BY_NAME
from tests.builders import ROWS, a_workbook, imported, picture, rows_of, tape_rows, write_documents
from tests.intake.conftest import Refused


def typed_workbook(path: Path, cell: Callable[[str, str, str], object] = lambda sheet, name, text: text) -> Path:
    """The small tape as Excel users write it: `cell` answers a value (number, date, formula text) or the text itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    timed = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in tape_rows().items():
        sheet = book.add_worksheet(name)
        for column, header in enumerate(rows[0]):
            sheet.write_string(0, column, header)
            for line, row in enumerate(rows, start=1):
                value = cell(name, header, row[header])
                if isinstance(value, datetime | date):
                    sheet.write_datetime(line, column, value, timed if isinstance(value, datetime) else dated)
                elif isinstance(value, bool):
                    sheet.write_boolean(line, column, value)
                elif isinstance(value, int | float):
                    sheet.write_number(line, column, value)
                elif str(value).startswith("="):
                    sheet.write_formula(line, column, str(value), value=row[header])
                else:
                    sheet.write_string(line, column, str(value))
    book.close()
    write_documents(path.parent, ROWS)
    return path


def as_excel_would(sheet: str, name: str, text: str) -> object:
    """Numbers as numbers, dates as dates, Y/N as truth values; long numbers stay text."""
    kind = BY_NAME[sheet].column(name).kind
    if not text:
        return text
    if kind in ("amount", "rate", "uplift", "whole") or name == "day_count":
        return float(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "moment":
        return datetime.fromisoformat(text).replace(tzinfo=None)
    return text == "Y" if kind == "flag" else text


@pytest.mark.parametrize("cell", [lambda sheet, name, text: text, as_excel_would], ids=["all text", "typed cells"])
def test_a_workbook_says_the_same_as_the_csv_files(
    installation: Installation, tape: Path, tmp_path: Path, cell: Callable[[str, str, str], object]
) -> None:
    imported(installation, tape)
    before = picture(installation)
    outcome = imported(installation, typed_workbook(tmp_path / "book" / "tape.xlsx", cell))
    assert outcome.findings == []
    assert (outcome.batch, outcome.read, outcome.unchanged) == (None, 21, 21)
    assert picture(installation) == before


def test_a_workbook_alone_in_a_folder_is_the_tape(installation: Installation, tmp_path: Path) -> None:
    a_workbook(tmp_path / "book" / "tape.xlsx")
    assert imported(installation, tmp_path / "book").created == 21


def test_sums_that_a_spreadsheet_computed_are_read_to_the_fen(installation: Installation, tmp_path: Path) -> None:
    path = typed_workbook(
        tmp_path / "book" / "tape.xlsx",
        lambda sheet, name, text: (
            0.1 + 0.2 if (sheet, name) == ("waivers", "amount") else as_excel_would(sheet, name, text)
        ),
    )
    written = path.read_bytes()
    path.write_bytes(
        edited(written, "xl/worksheets/sheet6.xml", lambda xml: xml.replace("<v>0.3</v>", "<v>0.30000000000000004</v>"))
    )
    assert imported(installation, path).findings == []
    assert [row.amount for row in rows_of(installation, Posting) if row.family == "waiver"] == [30]
    assert rows_of(installation, Contract)[0].disbursed_on == date(2024, 1, 10)


def test_a_formula_is_refused_by_its_cell(tmp_path: Path, refused: Refused) -> None:
    path = typed_workbook(
        tmp_path / "book" / "tape.xlsx",
        lambda sheet, name, text: "=6000*2" if (sheet, name, text) == ("loans", "principal", "12000.00") else text,
    )
    [finding] = refused(path)
    assert (finding.code, finding.where) == ("formula", "loans:2:principal")
    assert re.search(r"[A-Z]+2", finding.message.zh)


@pytest.mark.parametrize("sheet", ["strict", "prefixed"])
def test_a_formula_hides_in_no_dialect_of_the_format(tmp_path: Path, refused: Refused, sheet: str) -> None:
    path = typed_workbook(
        tmp_path / "book" / "tape.xlsx",
        lambda sheet, name, text: "=6000*2" if (sheet, name, text) == ("loans", "principal", "12000.00") else text,
    )
    main, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )

    def dialect(xml: str) -> str:
        if sheet == "strict":
            return xml.replace(main, strict)
        return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace(f'xmlns="{main}"', f'xmlns:x="{main}"')

    path.write_bytes(edited(path.read_bytes(), "xl/worksheets/sheet3.xml", dialect))
    assert {finding.code for finding in refused(path)} & {"formula", "bad_workbook"}


def test_a_formula_on_a_sheet_that_is_no_part_of_the_tape_harms_nobody(
    installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "book" / "tape.xlsx"
    a_workbook(path)
    book = xlsxwriter.Workbook(str(tmp_path / "other.xlsx"))
    book.add_worksheet("说明").write_formula(0, 0, "=1+1")
    book.add_chartsheet("图")
    for name, rows in tape_rows().items():
        sheet = book.add_worksheet(name)
        for column, header in enumerate(rows[0]):
            for line, text in enumerate([header, *(row[header] for row in rows)]):
                sheet.write_string(line, column, text)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=loans!$A$2:$A$3"})
    book.worksheets_objs[1].set_chart(chart)
    book.close()
    path.write_bytes((tmp_path / "other.xlsx").read_bytes())
    outcome = imported(installation, path)
    assert [(one.code, one.severity, one.where) for one in outcome.findings] == [("unknown_sheet", "doubt", "说明:1")]
    assert outcome.created == 21


def test_a_long_number_stored_as_a_number_has_lost_digits(tmp_path: Path, refused: Refused) -> None:
    path = typed_workbook(
        tmp_path / "book" / "tape.xlsx",
        lambda sheet, name, text: float(text[:17] + "0") if (sheet, name) == ("borrowers", "id_number") else text,
    )
    found = refused(path)
    assert ("number_lost_digits", "borrowers:2:id_number") in [(one.code, one.where) for one in found]


def test_an_error_value_is_not_taken_for_an_empty_cell(tmp_path: Path, refused: Refused) -> None:
    path = typed_workbook(tmp_path / "book" / "tape.xlsx", as_excel_would)
    broken = edited(
        path.read_bytes(),
        "xl/worksheets/sheet2.xml",
        lambda xml: re.sub(r'<c r="I2"[^>]*>.*?</c>', '<c r="I2" t="e"><v>#N/A</v></c>', xml, count=1),
    )
    path.write_bytes(broken)
    assert [(one.code, one.where) for one in refused(path)] == [("error_value", "borrowers:2:employer")]


def edited(book: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename == part:
                after = change(content.decode())
                assert after != content.decode()
                content = after.encode()
            new.writestr(one.filename, content)
    return made.getvalue()


def codes(book: bytes) -> list[tuple[str, str]]:
    found: list[Finding] = [one for sheet in workbook_reading.read(book, "tape.xlsx") for one in sheet.findings]
    return [(one.code, one.where) for one in found]


def a_small_book(far: tuple[int, int] | None = None) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("loans")
    sheet.write_string(0, 0, "loan_no")
    if far:
        sheet.write_string(*far, "x")
    book.close()
    return made.getvalue()


def test_a_zip_bomb_is_refused_unread() -> None:
    bomb = edited(a_small_book(), "xl/sharedStrings.xml", lambda xml: xml + " " * 60_000_000)
    assert len(bomb) < 200_000
    assert codes(bomb) == [("workbook_too_large", "tape.xlsx:1")]


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    """The directory says one size and its checksum; the bytes unpack to another: readers that trust it drown."""
    content = b"<x>" + b" " * 3_000_000
    honest = edited(a_small_book(), "xl/sharedStrings.xml", lambda xml: xml + content.decode())
    lying = bytearray(honest)
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        one = package.getinfo("xl/sharedStrings.xml")
        short, checksum = one.file_size - 2_000_000, zlib.crc32(package.read(one)[: one.file_size - 2_000_000])
    entry = honest.rindex(b"xl/sharedStrings.xml") - 46
    assert honest[entry : entry + 4] == b"PK\x01\x02"
    lying[entry + 16 : entry + 20] = checksum.to_bytes(4, "little")
    lying[entry + 24 : entry + 28] = short.to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(lying))) as package:
        assert (
            len(package.read("xl/sharedStrings.xml")) == short
        )  # a reader that trusts the directory sees nothing wrong
    assert codes(bytes(lying)) == [("workbook_too_large", "tape.xlsx:1")]


def test_a_cell_at_the_end_of_the_world_is_refused_before_memory_is_taken_for_all_before_it() -> None:
    [(code, _)] = codes(a_small_book(far=(1_048_575, 16_383)))
    assert code == "workbook_too_large"
    assert (
        "XFD1048576" in workbook_reading.read(a_small_book(far=(1_048_575, 16_383)), "t.xlsx")[0].findings[0].message.zh
    )


@pytest.mark.parametrize(
    "book",
    [b"", b"PK\x03\x04", b"not a workbook", a_small_book()[:-200], a_small_book()[:500]],
    ids=["empty", "four bytes", "text", "cut at the end", "cut early"],
)
def test_what_is_no_workbook_is_refused_in_words(book: bytes) -> None:
    assert codes(book) == [("bad_workbook", "tape.xlsx:1")]


def test_a_workbook_without_its_sheet_or_with_an_entity_is_refused() -> None:
    assert codes(edited(a_small_book(), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet1", "sheet9"))) == [
        ("bad_workbook", "tape.xlsx:1")
    ]
    doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    found = workbook_reading.read(
        edited(
            a_small_book(),
            "xl/sharedStrings.xml",
            lambda xml: xml.replace("<sst", doctype + "<sst").replace("loan_no", "&a;"),
        ),
        "tape.xlsx",
    )
    hostname = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "\x00"
    assert hostname not in str(found)
