"""What the codes of a PDF font say: their characters and widths, for fonts whose text can be read with certainty.

Read are composite fonts with Identity-H and a ToUnicode map, and simple fonts with a ToUnicode map or a standard
encoding. Everything else (Type 3, predefined CJK maps, vertical writing, a map that contradicts the font) is withheld.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fontTools.agl import toUnicode
from fontTools.encodings import MacRoman, StandardEncoding
from fontTools.ttLib import TTFont, TTLibError

from legal_service.redaction.pdf_metrics import standard_widths
from legal_service.redaction.withheld import Withheld

_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.S)
_MOST_CODES = 70_000


@dataclass(frozen=True, slots=True)
class PdfFont:
    """One font as it is shown with: `wide` fonts take two bytes a code; widths are thousandths of the font size."""

    source: Any
    wide: bool
    texts: dict[int, str]
    widths: dict[int, float]
    default_width: float

    def codes(self, shown: bytes) -> Iterator[tuple[int, bytes]]:
        """The codes of a shown string with their bytes."""
        step = 2 if self.wide else 1
        for at in range(0, len(shown) - step + 1, step):
            piece = shown[at : at + step]
            yield int.from_bytes(piece, "big"), piece

    def text(self, code: int) -> str:
        """The characters of a code; withheld when nobody can say what the glyph shows."""
        text = self.texts.get(code, "")
        if not text or any(unicodedata.category(char) in {"Co", "Cn", "Cs"} or char == "\ufffd" for char in text):
            raise Withheld(
                "font_unmapped",
                "PDF 字体的文字编码无法识别",
                "a font of the PDF does not say which characters it shows",
            )
        return text

    def width(self, code: int) -> float:
        """The advance of a code in thousandths of the font size."""
        return self.widths.get(code, self.default_width)


def read_font(font: Any) -> PdfFont:
    """A PDF font dictionary as text and widths; raises `Withheld` for one that cannot be read with certainty."""
    subtype = str(font.get("/Subtype"))
    if subtype == "/Type0":
        return _composite(font)
    if subtype in {"/Type1", "/TrueType", "/MMType1"}:
        return _simple(font)
    raise Withheld("font_kind", f"PDF 使用了无法处理的字体类型 {subtype}", f"the PDF uses a font of kind {subtype}")


def _composite(font: Any) -> PdfFont:
    if str(font.get("/Encoding")) != "/Identity-H" or "/ToUnicode" not in font:
        raise Withheld(
            "font_encoding", "PDF 字体编码无法识别", "a composite font is not Identity-H with a ToUnicode map"
        )
    descendant = font.DescendantFonts[0]
    texts = to_unicode(font.ToUnicode.read_bytes())
    _not_contradicted(descendant, texts)
    return PdfFont(font, True, texts, _cid_widths(descendant.get("/W")), float(descendant.get("/DW", 1000)))


def _simple(font: Any) -> PdfFont:
    texts = _encoding(font)
    if "/ToUnicode" in font:
        texts |= to_unicode(font.ToUnicode.read_bytes())
    if not texts:
        raise Withheld(
            "font_encoding", "PDF 字体编码无法识别", "a simple font has neither an encoding nor a ToUnicode map"
        )
    if "/Widths" in font:
        first = int(font.get("/FirstChar", 0))
        widths = {first + at: float(width) for at, width in enumerate(font.Widths)}
        missing = float(font.FontDescriptor.get("/MissingWidth", 0)) if "/FontDescriptor" in font else 0.0
        return PdfFont(font, False, texts, widths, missing)
    return PdfFont(font, False, texts, standard_widths(str(font.get("/BaseFont")).lstrip("/")), 0.0)


def _encoding(font: Any) -> dict[int, str]:
    """The characters of a simple font by its named encoding and differences."""
    entry = font.get("/Encoding")
    name, differences = (str(entry), None) if entry is not None and not hasattr(entry, "keys") else ("", entry)
    if differences is not None:
        name = str(differences.get("/BaseEncoding", ""))
    embedded = "/FontDescriptor" in font and any(str(key).startswith("/FontFile") for key in font.FontDescriptor.keys())  # noqa: SIM118
    texts = _named(name, embedded=embedded, base=str(font.get("/BaseFont")))
    if differences is not None and "/Differences" in differences:
        code = 0
        for item in differences.Differences:
            if isinstance(item, int):
                code = item
            else:
                texts[code] = toUnicode(str(item).lstrip("/"))
                code += 1
    return {code: text for code, text in texts.items() if text}


def _named(name: str, *, embedded: bool, base: str) -> dict[int, str]:
    if name == "/WinAnsiEncoding":
        return {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    if name == "/MacRomanEncoding":
        return {code: toUnicode(glyph) for code, glyph in enumerate(MacRoman.MacRoman)}
    if name == "/StandardEncoding" or (not embedded and not re.search("Symbol|Dingbats", base)):
        return {code: toUnicode(glyph) for code, glyph in enumerate(StandardEncoding.StandardEncoding)}
    return {}


def to_unicode(stream: bytes) -> dict[int, str]:
    """The characters of each code in a ToUnicode map.

    >>> to_unicode(b"1 beginbfchar <0041> <5F20> endbfchar 1 beginbfrange <01> <02> <4E09> endbfrange")
    {65: '张', 1: '三', 2: '上'}
    """
    texts: dict[int, str] = {}
    for kind, body in _BLOCK.findall(stream):
        if kind == b"bfchar":
            found = _HEX.findall(body)
            texts |= {_code(code): _utf16(text) for code, text in zip(found[::2], found[1::2], strict=False)}
            continue
        for first, last, text, array in _RANGE.findall(body):
            if _code(last) - _code(first) > _MOST_CODES:
                raise Withheld("font_map", "PDF 字体编码表异常", "a ToUnicode map is out of bounds")
            if array:
                texts |= {_code(first) + at: _utf16(one) for at, one in enumerate(_HEX.findall(array))}
                continue
            start = _utf16(text)
            for at in range(_code(last) - _code(first) + 1):
                if start and ord(start[-1]) + at < 0x110000:
                    texts[_code(first) + at] = start[:-1] + chr(ord(start[-1]) + at)
    return texts


def _code(written: bytes) -> int:
    return int(re.sub(rb"\s", b"", written) or b"0", 16)


def _utf16(written: bytes) -> str:
    digits = re.sub(rb"\s", b"", written).decode("ascii")
    return bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0").decode("utf-16-be", "replace")


def _cid_widths(array: Any) -> dict[int, float]:
    """The W array: `c [w w …]` and `first last w`."""
    widths: dict[int, float] = {}
    items = list(array) if array is not None else []
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, int | float) or not hasattr(second, "__len__"):
            if at + 2 >= len(items) or int(second) - first > _MOST_CODES:
                break
            widths |= dict.fromkeys(range(first, int(second) + 1), float(items[at + 2]))
            at += 3
        else:
            widths |= {first + place: float(width) for place, width in enumerate(second)}
            at += 2
    return widths


def font_program(descriptor: Any) -> tuple[str, Any] | None:
    """The embedded font program of a descriptor: its key and stream."""
    for key in ("/FontFile2", "/FontFile3", "/FontFile"):
        if descriptor is not None and key in descriptor:
            return key, descriptor[key]
    return None


def _not_contradicted(descendant: Any, texts: dict[int, str]) -> None:
    """The font's own character map, where it has one, must not say otherwise than ToUnicode (a lying text layer)."""
    program = font_program(descendant.get("/FontDescriptor"))
    identity = str(descendant.get("/CIDToGIDMap", "/Identity")) == "/Identity"
    if program is None or not identity or str(program[1].get("/Subtype", "")) == "/CIDFontType0C":
        return
    try:
        font = TTFont(io.BytesIO(program[1].read_bytes()), lazy=True)
        if "cmap" not in font:
            return
        own, order = font.getBestCmap(), font.getGlyphOrder()
    except (TTLibError, KeyError, ValueError, AssertionError) as error:
        raise Withheld("font_program", "PDF 内嵌字体无法读取", "an embedded font cannot be read") from error
    said: dict[str, set[str]] = {}
    for code, glyph in (own or {}).items():
        said.setdefault(glyph, set()).add(_plain(chr(code)))
    for code, text in texts.items():
        glyph = order[code] if code < len(order) else ""
        if len(text) == 1 and glyph in said and _plain(text) not in said[glyph]:
            raise Withheld(
                "font_contradicted", "PDF 字体的文字编码与字形不一致", "a font's text map contradicts its glyphs"
            )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
