"""Widths of the fourteen standard fonts, which a PDF may use without saying them (asked of PDFium)."""

from __future__ import annotations

import ctypes
from functools import lru_cache

import pypdfium2.raw as pdfium

from legal_service.redaction.withheld import Withheld

_STANDARD = frozenset(
    f"{family}{style}"
    for family, styles in (
        ("Helvetica", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Times", ("-Roman", "-Bold", "-Italic", "-BoldItalic")),
        ("Courier", ("", "-Bold", "-Oblique", "-BoldOblique")),
    )
    for style in styles
)


@lru_cache(maxsize=16)
def standard_widths(name: str) -> dict[int, float]:
    """The advance of each code of a standard font in thousandths; withheld for any other font without widths.

    >>> standard_widths("Courier")[65]
    600.0
    """
    if name not in _STANDARD:
        raise Withheld("font_widths", "PDF 字体缺少字宽", "a font of the PDF has no widths")
    document = pdfium.FPDF_CreateNewDocument()
    try:
        font = pdfium.FPDFText_LoadStandardFont(document, name.encode("ascii"))
        widths: dict[int, float] = {}
        width = ctypes.c_float()
        for code in range(32, 256):
            if pdfium.FPDFFont_GetGlyphWidth(font, code, ctypes.c_float(1000.0), ctypes.byref(width)):
                widths[code] = round(width.value, 3)
        pdfium.FPDFFont_Close(font)
    finally:
        pdfium.FPDF_CloseDocument(document)
    return widths
