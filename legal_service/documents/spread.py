"""Justified Chinese: the slack of a line shared out between its hanzi, as Word does and WeasyPrint does not.

WeasyPrint stretches only spaces, so a Chinese paragraph ends ragged, or tears open at its one space. After layout this
moves each justified line's characters apart by equal parts of what is missing to the margin. It reaches into the boxes
of WeasyPrint 70 (pinned below 71); line breaks and page breaks stay as they were laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from legal_service.documents.word_sheet import is_wide

_MOST = 3.0
"""A line wants more than three characters' room only when it was ended on purpose, or by a long number; it is left alone."""


def spread(document: Any) -> None:
    """Move the characters of all justified lines of a laid-out WeasyPrint document; the last line of a paragraph stays."""
    lines: dict[int, list[tuple[Any, Any]]] = {}
    for page in document.pages:
        for block, line in _lines(page._page_box):
            lines.setdefault(id(block.element) if block.element is not None else id(block), []).append((block, line))
    for paragraph in lines.values():
        for block, line in paragraph[:-1]:
            _spread_line(block, line)
        block, line = paragraph[-1]
        if line.style["text_align_last"] == "justify":
            _spread_line(block, line)


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            if child.style["text_align_all"] == "justify":
                yield box, child
        else:
            yield from _lines(child)


def _spread_line(block: Any, line: Any) -> None:
    texts = list(_texts(line))
    if not texts or any(text is None for text in texts):
        return
    stretched = [_Stretched(text, last=text is texts[-1]) for text in texts]
    start = texts[0].position_x
    natural = texts[-1].position_x + texts[-1].width - start - sum(item.box.width - item.natural for item in stretched)
    slack = block.content_box_x() + block.width - start - natural
    places = sum(item.places for item in stretched) - 0.5 * stretched[0].opens - 0.5 * stretched[-1].closes
    if places <= 0 or not 0 < slack <= _MOST * line.style["font_size"]:
        slack, places = 0.0, 1.0
    _widen(line, {id(item.box): item for item in stretched}, slack / places)


def _texts(box: Any) -> Iterator[Any]:
    """The text boxes of a line in order; None where something else stands in it (a tab stop, a picture)."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        elif child.is_in_normal_flow():
            yield None


class _Stretched:
    """One text box: how wide it is by itself, and how many of its characters may move apart."""

    def __init__(self, box: Any, *, last: bool) -> None:
        from weasyprint.text.line_break import line_size

        self.box = box
        self.text = box.text.rstrip(" ") if last else box.text
        layout = _layout(self.text, box.style, 0.0)
        self.natural = line_size(layout.get_first_line()[0], box.style)[0] if self.text else 0.0
        self.places = sum(map(_moves, self.text))
        self.opens = bool(self.text) and _moves(self.text[0])
        self.closes = bool(self.text) and _moves(self.text[-1])


def _moves(character: str) -> bool:
    return character in " \u00a0" or is_wide(character)


def _widen(line: Any, items: dict[int, _Stretched], each: float) -> None:
    moved, closes = 0.0, False

    def walk(box: Any) -> None:
        nonlocal moved, closes
        before = moved
        item = items.get(id(box))
        if item is None:
            box.position_x += moved
            for child in getattr(box, "children", ()):
                walk(child)
            box.width += moved - before
            return
        if box is not next(iter(items.values())).box:
            moved += each * 0.5 * (closes + item.opens)
        box.position_x += moved
        width = item.natural + each * (item.places - 0.5 * item.opens - 0.5 * item.closes)
        moved, closes = moved + width - box.width, item.closes
        box.width = width
        if item.text:
            box.text = item.text
            box.pango_layout = _layout(item.text, box.style, each)
            box.pango_layout.deactivate()

    for child in line.children:
        walk(child)
    line.width += moved


def _layout(text: str, style: Any, each: float) -> Any:
    from weasyprint.text.ffi import TO_UNITS, ffi, pango
    from weasyprint.text.line_break import Layout

    class Spread(Layout):  # type: ignore[misc,unused-ignore]
        """A layout that keeps its letters apart each time it is made again for drawing."""

        def set_text(self, text: str, justify: bool = False) -> None:
            super().set_text(text, justify=False)
            attributes = pango.pango_layout_get_attributes(self.layout)
            if attributes == ffi.NULL:
                attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            for first, last in _stretches(text) if each else ():
                attribute = pango.pango_attr_letter_spacing_new(round(each * TO_UNITS))
                attribute.start_index, attribute.end_index = first, last
                pango.pango_attr_list_change(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)

    layout = Spread(style)
    layout.set_text(text)
    return layout


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Byte ranges of the characters that move.

    >>> list(_stretches("第12条"))
    [(0, 3), (5, 8)]
    """
    at, start = 0, -1
    for character in text:
        moves = _moves(character)
        if moves and start < 0:
            start = at
        if not moves and start >= 0:
            yield start, at
            start = -1
        at += len(character.encode())
    if start >= 0:
        yield start, at
