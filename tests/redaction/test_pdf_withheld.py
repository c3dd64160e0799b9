"""What of a PDF cannot be read with certainty is withheld with a reason, never handed over half done."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from legal_service.redaction.pdf import redact_pdf
from legal_service.redaction.withheld import Withheld

from .a_case import KNOWN, NAME, a_redactor
from .pdf_makers import edited, from_html, simple


def redacted(data: bytes) -> bytes:
    return redact_pdf(data, a_redactor(), KNOWN)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda pdf: _picture(pdf, 600, 800), "picture"),
        (lambda pdf: _content(pdf, b" /P1 scn 0 0 9 9 re f"), "pattern"),
        (lambda pdf: _content(pdf, b" 0 0 m " + b"1 2 3 4 5 6 c " * 700 + b"f"), "drawn_shapes"),
        (lambda pdf: _content(pdf, b" /Sh1 sh"), "operator"),
        (lambda pdf: _font(pdf, "/Encoding", pikepdf.Name("/GBK-EUC-H")), "font_encoding"),
        (lambda pdf: _font(pdf, "/Subtype", pikepdf.Name("/Type3")), "font_kind"),
        (lambda pdf: _font(pdf, "/ToUnicode", None), "font_encoding"),
        (
            lambda pdf: _font(pdf, "/ToUnicode", pdf.make_stream(b"1 beginbfchar <0001> <0020> endbfchar")),
            "font_unmapped",
        ),
    ],
)
def test_what_cannot_be_read_with_certainty_is_withheld(change, code):
    with pytest.raises(Withheld) as refused:
        redacted(edited(from_html(f"<p>借款人{NAME}还款 ok</p>"), change))
    assert refused.value.code == code
    assert refused.value.reason.zh.endswith("不予提供。")


def _content(pdf: pikepdf.Pdf, more: bytes) -> None:
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + more)


def _font(pdf: pikepdf.Pdf, key: str, value: object) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        if value is None:
            del font[key]
        else:
            font[key] = value


def _picture(pdf: pikepdf.Pdf, width: int, height: int) -> None:
    image = pdf.make_stream(b"\0" * (width * height))
    image["/Type"], image["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    image["/Width"], image["/Height"], image["/BitsPerComponent"] = width, height, 8
    image["/ColorSpace"] = pikepdf.Name.DeviceGray
    pdf.pages[0].obj.Resources["/XObject"] = pikepdf.Dictionary({"/Im1": image})
    _content(pdf, b" q 500 0 0 700 0 0 cm /Im1 Do Q")


def test_a_bullet_picture_is_dropped_and_the_text_stays():
    copy = redacted(edited(from_html("<p>还款记录</p>"), lambda pdf: _picture(pdf, 16, 16)))
    assert "还款记录" in extract_text(io.BytesIO(copy))
    assert b"/Image" not in copy


def test_a_font_map_that_contradicts_the_glyphs_is_withheld():
    """The page shows the name, the text layer says something harmless."""

    def lie(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            honest = font.ToUnicode.read_bytes()
            lying = honest.replace(f"<{ord('丰'):04x}>".encode(), f"<{ord('某'):04x}>".encode())
            assert lying != honest
            font["/ToUnicode"] = pdf.make_stream(lying)

    with pytest.raises(Withheld) as refused:
        redacted(edited(from_html(f"<p>借款人{NAME}</p>"), lie))
    assert refused.value.code == "font_contradicted"


def test_an_encrypted_or_broken_pdf_and_one_without_text_are_withheld():
    source = from_html("<p>还款</p>")
    locked = edited(source, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    for data, code in (
        (locked, "encrypted"),
        (b"%PDF-1.7 nonsense", "pdf_broken"),
        (simple(b"0 0 9 9 re f"), "no_text"),
    ):
        with pytest.raises(Withheld) as refused:
            redacted(data)
        assert refused.value.code == code
