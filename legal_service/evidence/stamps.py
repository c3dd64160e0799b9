"""The running stamp of a binder: 「第 N 页 共 M 页」 on every page and 「证据N」 on every page of an exhibit.

One small sheet is laid out once per process with every character a stamp can hold; its embedded font, character codes and
widths are then enough to write each stamp as one line of text, so a stamp costs some hundred bytes and no layout.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pikepdf

from legal_service.documents.pdf import from_html

CHARACTERS = "第页共证据 0123456789"
_FONT = "/LegalStamp"
_SIZE = 9.0  # points on A4; larger or smaller pages in proportion
_MARGIN = 17.0  # 6 mm from the edges, inside which office printers still print
_A4_WIDTH = 595.28
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>")
_UPRIGHT = {  # page rotation → where right and up are, and which corner is lower left, in the page's own coordinates
    0: ((1, 0, 0, 1), (0, 1)),
    90: ((0, 1, -1, 0), (2, 1)),
    180: ((-1, 0, 0, -1), (2, 3)),
    270: ((0, -1, 1, 0), (0, 3)),
}


@dataclass(frozen=True, slots=True)
class StampFont:
    """A sheet (PDF) with the embedded font, and per character its code in hexadecimal and its width in thousandths of an em."""

    sheet: bytes
    glyphs: Mapping[str, tuple[str, int]]

    def width(self, text: str, size: float) -> float:
        """The width of a text in points."""
        return sum(self.glyphs[letter][1] for letter in text) * size / 1000

    def shown(self, text: str) -> str:
        """The text as a PDF string of character codes."""
        return "<" + "".join(self.glyphs[letter][0] for letter in text) + ">"


@lru_cache(maxsize=1)
def stamp_font() -> StampFont:
    """The font of all stamps. Raises `RuntimeError` when the renderer did not draw every character from one font."""
    sheet = from_html(f"<p style='font-family: 宋体'>{CHARACTERS}</p>", title="stamp", on=date(2000, 1, 1))
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        for font in fonts:
            glyphs = _glyphs(font)
            if set(CHARACTERS) <= set(glyphs):
                return StampFont(sheet=sheet, glyphs=glyphs)
    raise RuntimeError("the stamp sheet holds no single font with all characters of a stamp")


def _glyphs(font: pikepdf.Object) -> dict[str, tuple[str, int]]:
    widths: dict[int, int] = {}
    items = list(font.DescendantFonts[0].W)
    for first, run in zip(items[::2], items[1::2], strict=True):
        widths |= {int(first) + offset: int(width) for offset, width in enumerate(run)}
    return {
        chr(int(point, 16)): (code.decode().lower(), widths[int(code, 16)])
        for code, point in _PAIR.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    }


class Stamper:
    """Stamps the pages of one binder; the font is embedded once."""

    def __init__(self, binder: pikepdf.Pdf) -> None:
        self.face = stamp_font()
        with pikepdf.open(io.BytesIO(self.face.sheet)) as sheet:
            found = next(
                font for font in sheet.pages[0].Resources.Font.values() if set(CHARACTERS) <= set(_glyphs(font))
            )
            self._font = binder.copy_foreign(sheet.make_indirect(found))
        self._binder = binder
        self._before = binder.make_stream(b"q\n")

    def stamp(self, page: pikepdf.Page, *, number: int, total: int, label: str = "") -> None:
        """Write the running number at the lower right and the label at the upper right of the page as the reader sees it."""
        box = [float(value) for value in page.cropbox]
        box = [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]
        turn = int(page.obj.get("/Rotate", 0)) % 360
        (right_x, right_y, up_x, up_y), (corner_x, corner_y) = _UPRIGHT.get(turn, _UPRIGHT[0])
        wide, high = box[2] - box[0], box[3] - box[1]
        if turn in {90, 270}:
            wide, high = high, wide
        scale = min(wide, high) / _A4_WIDTH
        size, margin = _SIZE * scale, _MARGIN * scale
        lines = [(f"第 {number} 页 共 {total} 页", margin)]
        if label:
            lines.append((label, high - margin - size))
        drawn = [
            f"BT {_FONT} {size:.3f} Tf {wide - margin - self.face.width(text, size):.3f} {y:.3f} Td {self.face.shown(text)} Tj ET"
            for text, y in lines
        ]
        matrix = f"{right_x} {right_y} {up_x} {up_y} {box[corner_x]:.3f} {box[corner_y]:.3f} cm"
        after = self._binder.make_stream("\n".join(["\nQ q", matrix, "0 g", *drawn, "Q\n"]).encode())
        held = page.obj.get("/Contents")
        own = [] if held is None else list(held) if isinstance(held, pikepdf.Array) else [held]
        page.obj.Contents = pikepdf.Array([self._before, *own, after])
        self._lend_font(page)

    def _lend_font(self, page: pikepdf.Page) -> None:
        # A resources or font dictionary may be shared between pages: the page gets its own copies.
        resources = pikepdf.Dictionary(page.obj.get("/Resources", pikepdf.Dictionary()))
        fonts = pikepdf.Dictionary(resources.get("/Font", pikepdf.Dictionary()))
        fonts[_FONT] = self._font
        resources.Font = fonts
        page.obj.Resources = resources
