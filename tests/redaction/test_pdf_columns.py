"""A column of small figures is no telephone number: the rest of a redacted PDF stays (issue A)."""

from __future__ import annotations

import io

import weasyprint
import xlsxwriter
from pypdf import PdfReader

from legal_service.redaction.copies import make_copy
from legal_service.redaction.files import policy_for
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.spans import KnownValue

DAYS = ("386", "355", "325", "294", "264", "233", "202", "172", "141", "111", "80")


def pdf_of(cells: tuple[str, ...]) -> bytes:
    rows = "".join(f"<tr><td>{number}</td><td>{cell}</td></tr>" for number, cell in enumerate(cells, 1))
    html = f"<p>borrower ID 110105199003072898</p><table>{rows}</table>"
    content = weasyprint.HTML(string=html).write_pdf()
    assert isinstance(content, bytes)
    return content


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_column_of_day_counts_stays_while_the_id_number_goes() -> None:
    known = (KnownValue(Kind.ID_NUMBER, "110105199003072898"),)
    copy = make_copy("x.pdf", pdf_of(DAYS), policy_for(Audience.EXTERNAL_COUNSEL), known)
    text = text_of(copy.data)
    assert all(day in text for day in DAYS)
    assert "19900307" not in text


def test_a_mobile_number_wrapped_once_in_its_cell_goes_although_nobody_told_us_of_it() -> None:
    copy = make_copy("x.pdf", pdf_of(("1391234<br>5678",)), policy_for(Audience.EXTERNAL_COUNSEL), ())
    assert "1234" not in text_of(copy.data)


def test_amounts_side_by_side_in_a_workbook_are_no_card_number_but_a_card_in_a_cell_is() -> None:
    clean, leaky = io.BytesIO(), io.BytesIO()
    for target, cells in ((clean, [6200000, 396550595, 80]), (leaky, ["6200000039655059580"])):
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        sheet = book.add_worksheet()
        for column, cell in enumerate(cells):
            sheet.write(0, column, cell)
        book.close()
    assert leaks("clean.xlsx", clean.getvalue(), []) == []
    assert {leak.kind for leak in leaks("leaky.xlsx", leaky.getvalue(), [])} == {Kind.BANK_CARD}
