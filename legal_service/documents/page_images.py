"""Pages of a PDF as small PNG pictures, to be looked at beside the figures they print.

A page without colour is grey, a page with a stamp or a photograph has a palette of its own; both are 8 bits a pixel.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image, ImageChops

from legal_service.errors import Refusal, Words

MOST_PAGES = 2000
LARGEST_PDF = 256 << 20
NARROWEST, WIDEST = 100, 2400
MOST_PIXELS = 12_000_000
GREY_ENOUGH = 12
"""How far the three colours of a pixel may lie apart before it counts as coloured: smoothing of text stays below."""
_COLOURS = 64
_BLANK = (255, 255, 255, 255)

_ONE_AT_A_TIME = threading.RLock()  # pdfium keeps global state: two threads inside it at once corrupt the process


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; refuses `pdf_unreadable`, `pdf_too_large`."""
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, width: int = 1000) -> bytes:
    """One page (counted from 1) as a PNG of a width in pixels; the same bytes give the same picture.

    Refuses `unknown_page`, `bad_width`, `page_too_large` for a page so long that its picture would not fit the bound,
    and as `page_count` does.
    """
    if not NARROWEST <= width <= WIDEST:
        raise Refusal(
            "bad_width",
            Words(
                zh=f"页面图片的宽度须在 {NARROWEST} 至 {WIDEST} 像素之间。",
                en=f"a page picture is {NARROWEST} to {WIDEST} pixels wide.",
            ),
        )
    with _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise Refusal(
                "unknown_page",
                Words(
                    zh=f"没有第 {page} 页：该文件共 {len(document)} 页。",
                    en=f"there is no page {page}: the file has {len(document)}.",
                ),
            )
        picture = _drawn(document, page - 1, width)
    return _png(picture)


def page_images(pdf: bytes, *, width: int = 1000) -> Iterator[bytes]:
    """Every page as a PNG, one at a time: only one picture is in memory, and nobody waits while the caller does not ask."""
    for page in range(1, page_count(pdf) + 1):
        yield page_image(pdf, page, width)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, nobody else inside pdfium meanwhile; closed before anybody else comes in."""
    if len(pdf) > LARGEST_PDF:
        raise _too_large(f"{LARGEST_PDF >> 20} MB", f"{LARGEST_PDF >> 20} MB")
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as failure:
            raise _unreadable() from failure
        try:
            if len(document) > MOST_PAGES:
                raise _too_large(f"{MOST_PAGES} 页", f"{MOST_PAGES} pages")
            yield document
        finally:
            document.close()


def _drawn(document: pypdfium2.PdfDocument, index: int, width: int) -> Image.Image:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as failure:
        raise _unreadable() from failure
    try:
        across, down = page.get_size()
        if across <= 0 or down <= 0 or width * (width * down / across) > MOST_PIXELS:
            raise Refusal(
                "page_too_large",
                Words(
                    zh=f"第 {index + 1} 页的尺寸异常，不能显示为图片；请下载文件查看。",
                    en=f"page {index + 1} has an absurd size and is not shown as a picture; download the file.",
                ),
            )
        bitmap = page.render(scale=width / across, fill_color=_BLANK, may_draw_forms=False)
        try:
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            return picture
        finally:
            bitmap.close()
    finally:
        page.close()


def _png(picture: Image.Image) -> bytes:
    small = picture.quantize(_COLOURS, dither=Image.Dither.NONE) if _coloured(picture) else picture.convert("L")
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _coloured(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return int(apart.getextrema()[1]) > GREY_ENOUGH


def _unreadable() -> Refusal:
    return Refusal(
        "pdf_unreadable",
        Words(
            zh="该 PDF 无法打开（已损坏或有密码），不能显示为图片；请下载文件查看。",
            en="the PDF cannot be opened (damaged, or with a password) and is not shown as pictures; download the file.",
        ),
    )


def _too_large(zh: str, en: str) -> Refusal:
    return Refusal(
        "pdf_too_large",
        Words(
            zh=f"该 PDF 超过 {zh}，不能显示为图片；请下载文件查看。",
            en=f"the PDF has more than {en} and is not shown as pictures; download the file.",
        ),
    )
