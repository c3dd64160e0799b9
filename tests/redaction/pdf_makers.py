"""PDFs for the tests: from HTML through WeasyPrint, and hostile ones by hand with pikepdf."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import pikepdf
import weasyprint

from .a_case import ADDRESS, CARD, CLEAN, ID, MOBILE, NAME

STYLE = "body{font-family:'Noto Serif CJK SC';font-size:11pt} .narrow{width:5em} td{border:1px solid #000;width:6em}"


@lru_cache(maxsize=16)
def from_html(body: str) -> bytes:
    """A text PDF with embedded CID fonts."""
    pdf: bytes = weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").write_pdf()
    return pdf


def a_contract() -> bytes:
    """Two pages with values in running text, wrapped in narrow cells, split into runs, and in the footer."""
    return from_html(
        f"<style>@page{{@bottom-center{{content:'{NAME} {MOBILE}';font-family:'Noto Serif CJK SC'}}}}</style>"
        f"<h1>借款合同</h1><p>{CLEAN}</p><p>借款人{NAME}，身份证号{ID}，住{ADDRESS}。</p>"
        f"<table><tr><td>{NAME}</td><td>{ID}</td><td>{CARD}</td></tr></table>"
        f"<p>张<b>三</b><i>丰</i>与{MOBILE[:3]}<b>{MOBILE[3:7]}</b>{MOBILE[7:]}，Zhang Sanfeng</p>"
        f"<p style='color:white'>隐藏{NAME}</p><p class=narrow>电话号码是{MOBILE}，请拨打</p>"
        f"<p style='page-break-before:always'>第二页：{NAME}签字</p>"
    )


def edited(data: bytes, change: Any, **saving: Any) -> bytes:
    """The PDF after `change(pdf)`."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(written, **saving)
        return written.getvalue()


def simple(content: bytes, *, font: dict[str, Any] | None = None, pages: int = 1) -> bytes:
    """A PDF in standard Helvetica (or another font dictionary) that shows the given content stream."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        entry = font or {
            "/Type": pikepdf.Name.Font,
            "/Subtype": pikepdf.Name.Type1,
            "/BaseFont": pikepdf.Name.Helvetica,
        }
        page.obj["/Resources"] = pikepdf.Dictionary(
            Font=pikepdf.Dictionary({"/F1": pdf.make_indirect(pikepdf.Dictionary(entry))})
        )
        page.obj["/Contents"] = pdf.make_stream(content)
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()
