"""The contact log as PDF, against plain WeasyPrint on the same HTML and style."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from benchmarks import material
from benchmarks.pages import agree_on_pages
from benchmarks.pairing import Pair
from legal_service.documents import files
from legal_service.documents.page import render_html
from legal_service.documents.pdf import from_html
from legal_service.filings import rendering

ROWS = 100


@contextmanager
def pair() -> Iterator[Pair]:
    """A log of 100 contacts; filling the template is outside the timing on both sides."""
    files.prepare()
    import weasyprint

    template = files.load("contact_log")
    html = render_html(template.body.decode(), rendering.log_context(long_log(ROWS)), name="contact_log/body.html")

    def peer() -> bytes:
        style = weasyprint.CSS(string=template.style)
        made: bytes = weasyprint.HTML(string=html).write_pdf(stylesheets=[style])
        return made

    yield Pair(
        ours=lambda: from_html(html, css=template.style, title="催收记录", on=material.AS_OF),
        peer=peer,
        peer_name="WeasyPrint write_pdf",
        unit="ms/document",
        amount=1,
        note=f"{ROWS} contacts, same HTML and typefaces; ours writes PDF/A-3u, the peer plain PDF",
        agree=agree_on_pages,
    )


def long_log(rows: int) -> rendering.LogFacts:
    """The log of the invented case, its contacts repeated until there are so many."""
    log = material.case().log
    several = log.contacts * (rows // len(log.contacts) + 1)
    contacts = tuple(
        replace(one, contact_no=f"T{number:06d}", at=one.at + timedelta(minutes=number))
        for number, one in enumerate(several[:rows])
    )
    return replace(log, contacts=contacts)
