"""Taking personal data out of a text PDF, against the usual way: a picture of each page with black boxes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
from PIL import Image, ImageDraw

from benchmarks import material
from benchmarks.pages import page_texts
from benchmarks.pairing import Disagreement, Pair, same
from benchmarks.pdf_log import long_log
from legal_service.documents import files as templates
from legal_service.filings import rendering
from legal_service.redaction import files
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.operators import Redactor
from legal_service.redaction.pdf import redact_pdf
from legal_service.redaction.spans import KnownValue

DPI = 150
ROWS = 60


@contextmanager
def pair() -> Iterator[Pair]:
    """A contact log for the public; the peer is told the known values, ours finds others by rule as well."""
    log = long_log(ROWS)
    original = rendering.contact_log(templates.load("contact_log"), log, material.AS_OF)
    known = (KnownValue(Kind.PERSON, log.borrower), KnownValue(Kind.MOBILE, log.contacts[0].address))
    pages = len(page_texts(original))

    def agree(ours: bytes, peer: bytes) -> str:
        mine, theirs = page_texts(ours), page_texts(peer)
        same(len(mine), len(theirs), "pages")
        before, told = "".join(page_texts(original)), "".join(mine + theirs)
        same([value.value for value in known if value.value not in before], [], "known values that are not on the page")
        if any(value.value in told for value in known):
            raise Disagreement("a known value is still to be read")
        return f"{pages} pages; characters still text: ours {len(''.join(mine))}, peer {len(''.join(theirs))}; bytes: ours {len(ours)}, peer {len(peer)}"

    yield Pair(
        ours=lambda: redact_pdf(original, Redactor(files.policy_for(Audience.PUBLIC)), known),
        peer=lambda: _pictures(original, [value.value for value in known]),
        peer_name=f"pypdfium2 raster {DPI} dpi + boxes + JPEG",
        unit="ms/page",
        amount=pages,
        note="the peer hides the known values only and its pages are pictures; ours stay text and what rules find goes too",
        agree=agree,
    )


def _pictures(original: bytes, values: Sequence[str]) -> bytes:
    document = pypdfium2.PdfDocument(original)
    scale = DPI / 72
    sheets: list[Image.Image] = []
    for page in document:
        sheet = page.render(scale=scale).to_pil().convert("RGB")
        pen, text = ImageDraw.Draw(sheet), page.get_textpage()
        for value in values:
            search = text.search(value)
            while (found := search.get_next()) is not None:
                for number in range(text.count_rects(*found)):
                    left, bottom, right, top = (side * scale for side in text.get_rect(number))
                    pen.rectangle((left, sheet.height - top, right, sheet.height - bottom), fill="black")
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=DPI)
    document.close()
    return out.getvalue()
