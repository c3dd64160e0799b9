"""What a file is, told by its bytes."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from PIL import Image

from legal_service.vault import media


def a_docx() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def an_xlsx() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def an_image(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (2, 2)).save(buffer, form)
    return buffer.getvalue()


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    return buffer.getvalue()


FILES = {
    "合同.pdf": (b"%PDF-1.4\n...", "application/pdf"),
    "合同.docx": (a_docx(), media.DOCX),
    "流水.xlsx": (an_xlsx(), media.XLSX),
    "身份证.png": (an_image("PNG"), "image/png"),
    "身份证.JPG": (an_image("JPEG"), "image/jpeg"),
    "扫描.tif": (an_image("TIFF"), "image/tiff"),
    "全部.zip": (a_zip(), "application/zip"),
    "说明.txt": ("借款人张三称已还款。\n".encode(), "text/plain"),
    "记录.csv": ("时间,渠道\n2026-03-01,sms\n".encode("gb18030"), "text/csv"),
    "一列.csv": ("金额\n1.00\n".encode(), "text/plain"),
    "日志.json": ('{"结果": "接通"}'.encode(), "application/json"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_what_they_are(name: str) -> None:
    content, expected = FILES[name]
    assert media.sniff(content) == expected
    assert media.check(name, content) is None


def test_a_word_file_called_pdf_is_found() -> None:
    finding = media.check("合同.pdf", a_docx())
    assert finding is not None
    assert (finding.code, finding.severity, finding.where) == ("media_type_mismatch", "error", "合同.pdf")


def test_a_spreadsheet_called_docx_is_found() -> None:
    finding = media.check("合同.docx", an_xlsx())
    assert finding is not None
    assert finding.code == "media_type_mismatch"


def test_a_json_file_cut_in_the_middle_is_no_json() -> None:
    content = '{"结果": "接'.encode()
    assert media.sniff(content) == "text/plain"
    assert media.check("日志.json", content) is not None


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 cut off", b"\x00\x01\x02", b"MZ\x90\x00\x03", b"\xff\xfe\xff\xff\x00"]
)
def test_nothing_we_know(content: bytes) -> None:
    assert media.sniff(content) == media.UNKNOWN


def test_an_unknown_suffix_is_a_doubt() -> None:
    finding = media.check("合同", b"%PDF-1.7")
    assert finding is not None
    assert (finding.code, finding.severity) == ("suffix_unknown", "doubt")


def test_deeply_nested_json_does_not_bring_us_down() -> None:
    assert media.sniff(b"[" * 100_000) == "text/plain"
