"""Pages as pictures: the right size, small, the same every time, safe between threads, and bounded against absurd files."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pikepdf
import pytest
from PIL import Image

from legal_service.documents import files, page_images
from legal_service.documents.pdf import from_html
from legal_service.errors import Refusal

ON = date(2026, 11, 23)
TEXT = from_html("<p style='break-after: page'>尚欠本金 14,999.55 元</p><p>第二页</p>", title="两页", on=ON)
STAMPED = from_html("<p style='color: #c00; font-size: 40pt'>公章</p>", title="红章", on=ON)


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def a_page(across: float, down: float, **how: object) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(across, down))
        out = io.BytesIO()
        pdf.save(out, **how)
        return out.getvalue()


def test_a_page_of_text_is_a_small_grey_picture_of_the_width_asked_for() -> None:
    assert files.page_count(TEXT) == 2
    for width in (400, 1000):
        shown = picture(files.page_image(TEXT, 1, width))
        assert (shown.format, shown.mode, shown.size) == ("PNG", "L", (width, pytest.approx(width * 1.414, abs=2)))
        assert shown.getextrema()[0] < 100 < 250 < shown.getextrema()[1]  # there is ink on white
    assert len(files.page_image(TEXT, 1)) < 60_000


def test_a_red_stamp_stays_red() -> None:
    shown = picture(files.page_image(STAMPED, 1))
    assert shown.mode == "P"
    colours = {colour for _, colour in shown.convert("RGB").getcolors(10_000_000) or []}
    assert any(red > 150 and green < 60 and blue < 60 for red, green, blue in colours)


def test_all_pages_come_one_by_one_and_are_the_same_every_time() -> None:
    pages = files.page_images(TEXT, width=300)
    first = next(pages)
    assert first == files.page_image(TEXT, 1, 300)  # somebody else draws while the first waits
    assert list(pages) == [files.page_image(TEXT, 2, 300)]


def test_many_threads_draw_at_once() -> None:
    wanted = [(pdf, page) for _ in range(8) for pdf, page in ((TEXT, 1), (TEXT, 2), (STAMPED, 1))]
    alone = {place: files.page_image(*place, 200) for place in set(wanted)}
    with ThreadPoolExecutor(8) as many:
        drawn = list(many.map(lambda place: files.page_image(*place, 200), wanted))
    assert drawn == [alone[place] for place in wanted]


@pytest.mark.parametrize(
    ("pdf", "page", "width", "code"),
    [
        (TEXT, 0, 1000, "unknown_page"),
        (TEXT, 3, 1000, "unknown_page"),
        (TEXT, 1, 10, "bad_width"),
        (TEXT, 1, 100_000, "bad_width"),
        (b"", 1, 1000, "pdf_unreadable"),
        (b"%PDF-1.7 rubbish", 1, 1000, "pdf_unreadable"),
        (TEXT[: len(TEXT) // 3], 1, 1000, "pdf_unreadable"),
        (a_page(10, 14_000), 1, 1000, "page_too_large"),
        (a_page(200, 300, encryption=pikepdf.Encryption(user="geheim", owner="geheim")), 1, 1000, "pdf_unreadable"),
    ],
    ids=["page 0", "page 3", "narrow", "wide", "empty", "rubbish", "cut off", "ribbon", "password"],
)
def test_what_cannot_be_shown_is_refused(pdf: bytes, page: int, width: int, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        files.page_image(pdf, page, width)
    assert caught.value.code == code and caught.value.reason.zh and caught.value.reason.en


def test_files_beyond_the_bounds_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "MOST_PAGES", 1)
    with pytest.raises(Refusal, match="pdf_too_large"):
        files.page_count(TEXT)
    monkeypatch.setattr(page_images, "LARGEST_PDF", 100)
    with pytest.raises(Refusal, match="pdf_too_large"):
        next(files.page_images(STAMPED))


def test_a_refused_file_leaves_the_way_free_for_the_next() -> None:
    with pytest.raises(Refusal):
        files.page_count(b"rubbish")
    with ThreadPoolExecutor(1) as other:
        assert other.submit(files.page_count, TEXT).result(timeout=20) == 2
