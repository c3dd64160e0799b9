"""The statement of claim as Word document, against plain docxtpl on the same template and values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import docx

from benchmarks import material
from benchmarks.pairing import Pair, same
from legal_service.documents.word import render


@contextmanager
def pair() -> Iterator[Pair]:
    """Ours also refuses missing fields, takes out paragraphs left empty, and gives the same bytes each time."""
    from docxtpl import DocxTemplate

    body, context = material.claim()

    def peer() -> bytes:
        template = DocxTemplate(io.BytesIO(body))
        template.render(context, autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    def agree(ours: bytes, theirs: bytes) -> str:
        same(_words(ours), _words(theirs), "words of the document")
        return ""

    yield Pair(
        ours=lambda: render(body, context, on=material.AS_OF),
        peer=peer,
        peer_name="docxtpl 0.20, autoescape",
        unit="ms/document",
        amount=1,
        note="same template and values, same words; ours also drops empty paragraphs and is reproducible",
        agree=agree,
    )


def _words(document: bytes) -> list[str]:
    opened = docx.Document(io.BytesIO(document))
    text = "".join(node.text or "" for node in opened.element.body.iter() if node.tag.endswith("}t"))
    return text.split()
