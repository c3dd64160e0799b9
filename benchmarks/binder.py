"""Binding exhibits into one paginated PDF, against pypdf appending and stamping the same pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from benchmarks import material
from benchmarks.pairing import Pair, same
from legal_service.documents.pdf import from_html
from legal_service.evidence.binder import Front, Part, bind, page_count, paginate

EXHIBITS = 12
PAGES_EACH = 17


@contextmanager
def pair() -> Iterator[Pair]:
    """Twelve scanned exhibits of seventeen pages. Front pages are rendered beforehand for both."""
    front = Front(_front("封面", 2), _front("证据目录", 1))
    parts = [
        Part(number, f"借款合同{number}", material.scanned(PAGES_EACH, number)) for number in range(1, EXHIBITS + 1)
    ]
    counts = [page_count(part.pdf, part.title) for part in parts]
    pages, front = paginate(counts, lambda _: front)
    megabytes = sum(len(part.pdf) for part in parts) / material.MEGABYTE

    def agree(ours: bytes, peer: bytes) -> str:
        mine, theirs = pypdfium2.PdfDocument(ours), pypdfium2.PdfDocument(peer)
        same(len(mine), len(theirs), "pages")
        same(_of_exhibits(mine), _of_exhibits(theirs), "bookmarks of exhibits and their pages")
        return f"{len(mine)} pages, {megabytes:.0f} MB"

    yield Pair(
        ours=lambda: bind(front, parts, pages, title="起诉证据"),
        peer=lambda: _pypdf(front, parts, pages.total),
        peer_name="pypdf append + stamp",
        unit="pages/s",
        amount=pages.total,
        note="the peer stamps figures in Helvetica by a raw stream, without merge_page; ours 第N页共M页 in an embedded face",
        agree=agree,
    )


def _of_exhibits(document: pypdfium2.PdfDocument) -> list[tuple[str, int | None]]:
    marks = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
    return [(title, dest.get_index() if dest else None) for title, dest in marks if title[-1].isdigit()]


def _front(title: str, pages: int) -> bytes:
    body = "".join(f"<p style='break-after:page'>{title}</p>" for _ in range(pages - 1)) + f"<p>{title}</p>"
    return from_html(body, title=title, on=material.AS_OF)


def _pypdf(front: Front, parts: Sequence[Part], total: int) -> bytes:
    writer = PdfWriter()
    writer.append(io.BytesIO(front.cover), outline_item="封面")
    writer.append(io.BytesIO(front.catalogue), outline_item="证据目录")
    labels = [""] * len(writer.pages)
    for part in parts:
        writer.append(io.BytesIO(part.pdf), outline_item=f"证据{part.number} {part.title}")
        labels += [f"E{part.number}"] * (len(writer.pages) - len(labels))
    font = writer._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })
    )  # fmt: skip
    before = writer._add_object(_stream("q\n"))
    for number, (page, label) in enumerate(zip(writer.pages, labels, strict=True), 1):
        high = float(page.mediabox.height)
        text = f"\nQ BT /Stamp 9 Tf 480 17 Td ({number} / {total}) Tj ET BT /Stamp 9 Tf 540 {high - 26:.2f} Td ({label}) Tj ET"
        held = page["/Contents"].get_object() if "/Contents" in page else ArrayObject()
        own = list(held) if isinstance(held, ArrayObject) else [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject([before, *own, writer._add_object(_stream(text))])
        resources = page["/Resources"].get_object()
        fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
        fonts[NameObject("/Stamp")] = font
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stream(text: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(text.encode())
    return stream
