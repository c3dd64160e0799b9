"""What two PDFs have in common: the pages, and the words on them."""

from __future__ import annotations

import pypdfium2

from benchmarks.pairing import same


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page, without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def agree_on_pages(ours: bytes, peer: bytes) -> str:
    """Raise `Disagreement` unless both have the same words on the same number of pages."""
    mine, theirs = page_texts(ours), page_texts(peer)
    same(len(mine), len(theirs), "pages")
    same(sorted("".join(mine)), sorted("".join(theirs)), "characters")
    return f"{len(mine)} pages"
