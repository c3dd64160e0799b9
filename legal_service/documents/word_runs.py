"""What stands in a Word paragraph, piece by piece: text, tabs, breaks, page numbers; anything else is refused."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from legal_service.documents.word_parts import SYMBOLS, W, element_name
from legal_service.documents.word_styles import Properties, Styles, flat, merged, unsupported, value
from legal_service.documents.word_tabs import Piece
from legal_service.errors import Words

_SILENT = {f"{W}{name}" for name in ("pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "sdtPr", "sdtEndPr")}  # fmt: skip
_OPENED = {f"{W}{name}" for name in ("hyperlink", "smartTag", "sdt", "sdtContent")}
_COUNTERS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": ""}


class Runs:
    """Reads the runs of paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles

    def pieces(self, element: etree._Element, base: Properties, where: Words) -> list[Piece]:
        """The pieces of one paragraph; `base` is what its runs look like before their own formatting."""
        return list(self._pieces(element, base, where, []))

    def _pieces(self, element: etree._Element, base: Properties, where: Words, fields: list[str]) -> Iterator[Piece]:
        for child in element:
            if child.tag in _SILENT:
                continue
            if child.tag in _OPENED:
                yield from self._pieces(child, base, where, fields)
            elif child.tag == f"{W}fldSimple":
                run = child.find(f".//{W}r")
                yield self._counter(child.get(f"{W}instr", ""), base if run is None else self._run(run, base), where)
            elif child.tag == f"{W}r":
                yield from self._run_pieces(child, self._run(child, base), where, fields)
            else:
                raise _refusal(child, where)

    def _run(self, element: etree._Element, base: Properties) -> Properties:
        direct = flat(element.find(f"{W}rPr"))
        named = value(direct, "rStyle")
        return merged(base, self.styles.of_style(named, "character", "rPr") if named else {}, direct)

    def _run_pieces(self, element: etree._Element, run: Properties, where: Words, fields: list[str]) -> Iterator[Piece]:
        for child in element:
            name = element_name(child)
            if child.tag in _SILENT:
                continue
            if name == "fldChar":
                yield from self._field(child.get(f"{W}fldCharType", ""), run, where, fields)
            elif name == "instrText" and fields:
                fields[-1] += child.text or ""
            elif fields and fields[-1].endswith("\x00"):
                continue  # the result Word once computed; we count pages ourselves
            elif name == "t":
                yield Piece("text", child.text or "", run)
            elif name == "tab":
                yield Piece("tab", "", run)
            elif name == "cr" or (name == "br" and child.get(f"{W}type", "textWrapping") == "textWrapping"):
                yield Piece("line", "", run)
            elif name == "br" and child.get(f"{W}type") == "page":
                yield Piece("page", "", run)
            elif name == "noBreakHyphen":
                yield Piece("text", "-", run)
            elif name == "sym" and (
                drawn := SYMBOLS.get((child.get(f"{W}font", ""), child.get(f"{W}char", "")[-2:].upper()))
            ):
                yield Piece("text", drawn, run)
            elif name != "softHyphen":
                raise _refusal(child, where)

    def _field(self, kind: str, run: Properties, where: Words, fields: list[str]) -> Iterator[Piece]:
        if kind == "begin":
            fields.append("")
        elif kind == "separate" and fields:
            fields[-1] += "\x00"
        elif kind == "end" and fields:
            yield self._counter(fields.pop().rstrip("\x00"), run, where)

    def _counter(self, instruction: str, run: Properties, where: Words) -> Piece:
        counter = _COUNTERS.get(instruction.split()[0].upper() if instruction.split() else "", "")
        if not counter:
            raise unsupported(
                f"field {instruction.strip()}",
                where,
                zh=f"域代码“{instruction.strip()}”",
                en=f"the field {instruction.strip()}",
            )
        return Piece("counter", counter, run)


def _refusal(element: etree._Element, where: Words) -> Exception:
    names = {
        "drawing": ("图片、文本框或图形", "a picture, text box or shape"), "pict": ("图片、文本框或图形", "a picture, text box or shape"),
        "AlternateContent": ("文本框或图形", "a text box or shape"), "object": ("嵌入对象", "an embedded object"),
        "oMath": ("公式", "an equation"), "oMathPara": ("公式", "an equation"), "ins": ("未接受的修订", "tracked changes"),
        "del": ("未接受的修订", "tracked changes"), "footnoteReference": ("脚注", "a footnote"), "endnoteReference": ("尾注", "an endnote"),
        "commentRangeStart": ("批注", "a comment"), "commentReference": ("批注", "a comment"), "ruby": ("拼音指南", "ruby"),
        "sym": ("符号字体", "a symbol font"), "altChunk": ("外部内容", "an imported part"),
    }  # fmt: skip
    name = element_name(element)
    zh, en = names.get(name, (name, name))
    return unsupported(name, where, zh=zh, en=en)
