"""The statement of claim laid out as PDF, against plain WeasyPrint on the same HTML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import material
from benchmarks.pages import agree_on_pages
from benchmarks.pairing import Pair
from legal_service.documents import files
from legal_service.documents.pdf import from_html
from legal_service.documents.word import render
from legal_service.documents.word_layout import html_of


@contextmanager
def pair() -> Iterator[Pair]:
    """Both sides get the HTML that our Word conversion made, and the same typefaces."""
    files.prepare()
    import weasyprint

    body, context = material.claim()
    html, css = html_of(render(body, context, on=material.AS_OF))
    yield Pair(
        ours=lambda: from_html(html, css=css, title="民事起诉状", on=material.AS_OF),
        peer=lambda: weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=css)]),
        peer_name="WeasyPrint write_pdf",
        unit="ms/document",
        amount=1,
        note="same HTML and typefaces; ours writes PDF/A-3u and refuses missing glyphs, the peer plain PDF",
        agree=agree_on_pages,
    )
