"""Runs and paragraphs of a Word document as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree

from legal_service.documents.word_format import Setting, indents, paragraph_css
from legal_service.documents.word_numbering import Numbering, paragraph_properties
from legal_service.documents.word_parts import W
from legal_service.documents.word_runs import Runs
from legal_service.documents.word_sheet import Declarations, Sheet, is_wide, points, run_css, size_of
from legal_service.documents.word_styles import Properties, Styles, flat, merged, on, value
from legal_service.documents.word_tabs import Piece, set_out
from legal_service.errors import Words


class Text:
    """Converts paragraphs, in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering, sheet: Sheet) -> None:
        self.styles = styles
        self.numbering = numbering
        self.sheet = sheet
        self.runs = Runs(styles)

    def paragraph(self, element: etree._Element, where: Words, setting: Setting) -> str:
        """One paragraph as `<p>` (two where a page break stands inside it)."""
        props = paragraph_properties(self.styles, self.numbering, element, setting.table_style)
        base = self.run_base(props, setting)
        pieces = self.runs.pieces(element, base, where)
        mark = merged(base, flat(element.find(f"{W}pPr/{W}rPr")))
        lead = next((piece.run for piece in pieces if piece.kind in {"text", "counter"}), mark)
        label = self._label(props, merged(lead, mark), where)
        plain = {name: kept for name, kept in lead.items() if name in {"rFonts", "sz"}}
        css = run_css(self.styles, plain, wide=True, where=where) | paragraph_css(props, lead, pieces, where, setting)
        flow = setting.flow
        parts = _split(label + pieces if label else pieces)
        out = []
        for index, part in enumerate(parts):
            if index and not part:
                flow.break_before = True
                continue
            if flow.break_before or index or on(props, "pageBreakBefore"):
                css = css | {"break-before": "page"}
            flow.break_before = False
            if index == 0 and not part and len(parts) > 1:
                flow.break_before = True
                continue
            out.append(self._element(part, css, props, lead, where))
        return "".join(out)

    def run_base(self, props: Properties, setting: Setting) -> Properties:
        """What a run of a paragraph looks like before its own formatting."""
        table = self.styles.of_style(setting.table_style, "table", "rPr") if setting.table_style else {}
        return merged(self.styles.run_defaults, table, self.styles.of_style(value(props, "pStyle"), "paragraph", "rPr"))

    def _label(self, props: Properties, run: Properties, where: Words) -> list[Piece]:
        number = value(props, "numId")
        if not number:
            return []
        depth = int(value(props, "ilvl", default="0"))
        text, after = self.numbering.label(number, depth, where)
        if not text:
            return []
        level = self.numbering.level(number, depth)
        own = merged(run, flat(None if level is None else level.find(f"{W}rPr")))
        if value(own, "rFonts", "ascii") in {"Symbol", "Wingdings", "Courier New"}:
            own = run
        follows = {"tab": [Piece("tab", "", own)], "space": [Piece("text", " ", own)]}.get(after, [])
        return [Piece("text", text, own), *follows]

    def _element(
        self, pieces: list[Piece], css: Declarations, props: Properties, lead: Properties, where: Words
    ) -> str:
        def drawn(part: list[Piece]) -> str:
            return "".join(self._drawn(piece, css, where) for piece in part)

        left, _right, first = indents(props, size_of(lead))
        every = points(self.styles.tab_every)
        content = set_out(pieces, drawn, stops=props.get("tabs", {}), left=left, first=left + first, every=every)
        return f'<p class="{self.sheet.named(css)}">{content or "<br>"}</p>'

    def _drawn(self, piece: Piece, around: Declarations, where: Words) -> str:
        if piece.kind == "counter":
            css = run_css(self.styles, piece.run, wide=False, where=where)
            return f'<span class="{self.sheet.named(_different(css, around))} number-{piece.text}"></span>'
        out = []
        for wide, text in _by_script(piece.text):
            css = _different(run_css(self.styles, piece.run, wide=wide, where=where), around)
            escaped = html.escape(text, quote=False)
            out.append(f'<span class="{self.sheet.named(css)}">{escaped}</span>' if css else escaped)
        return "".join(out)


def _different(css: Declarations, around: Declarations) -> Declarations:
    return {name: text for name, text in css.items() if around.get(name) != text}


def _by_script(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches of East Asian and other characters; spaces go with what stands before them."""
    start, wide = 0, bool(text) and is_wide(text[0])
    for index, character in enumerate(text):
        if character not in " \u3000" and is_wide(character) != wide:
            if index > start:
                yield wide, text[start:index]
            start, wide = index, not wide
    if text[start:]:
        yield wide, text[start:]


def _split(pieces: list[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind == "page":
            parts.append([])
        elif piece.kind != "text" or piece.text:
            parts[-1].append(piece)
    return parts
