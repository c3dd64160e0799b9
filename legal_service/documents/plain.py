"""The words of a Word document in reading order, for reviewers, for search, and for the leak gate."""

from __future__ import annotations

from legal_service.documents.word_numbering import Numbering, paragraph_properties
from legal_service.documents.word_parts import opened, paragraph_elements, text_of
from legal_service.documents.word_styles import Styles, value


def words_of_docx(docx: bytes) -> str:
    """Body (tables row by row, cell by cell), then headers, footers and notes; one paragraph a line, empty ones left out.

    Automatic numbers (一、 1.) are words too. Raises `Refusal("word_unreadable")`.
    """
    package = opened(docx)
    styles, numbering = Styles(package), Numbering(package)
    lines = []
    for place, element in paragraph_elements(docx):
        props = paragraph_properties(styles, numbering, element)
        number = value(props, "numId")
        label, after = (
            numbering.label(number, int(value(props, "ilvl", default="0")), place) if number else ("", "nothing")
        )
        text = text_of(element)
        if label or text.strip():
            lines.append(label + {"tab": "\t", "space": " "}.get(after, "") * bool(label) + text)
    return "\n".join(lines)
