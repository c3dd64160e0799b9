"""Sections of a Word document as CSS pages: size, margins, running headers and footers, page numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from legal_service.documents.word_format import Setting
from legal_service.documents.word_parts import Package, R, W, blocks
from legal_service.documents.word_sheet import points, pt
from legal_service.documents.word_styles import Styles, unsupported
from legal_service.errors import Words

_KNOWN = {
    "headerReference", "footerReference", "pgSz", "pgMar", "pgNumType", "cols", "docGrid", "titlePg", "type", "vAlign", "textDirection",
    "formProt", "noEndnote", "footnotePr", "endnotePr", "paperSrc",
}  # fmt: skip
_SELECTOR = {"default": "", "first": ":first", "even": ":left"}
_PAGE_NUMBERS = {"decimal": "counter(page)", "numberInDash": '"- " counter(page) " -"'}

StoryContent = Callable[[etree._Element, Words, Setting], str]


@dataclass
class Section:
    """Blocks that share a page layout, and the `w:sectPr` that says which."""

    layout: etree._Element
    blocks: list[etree._Element] = field(default_factory=list)


def sections_of(body: etree._Element) -> Iterator[Section]:
    """The sections of a body; the last takes the `w:sectPr` at the end of the body."""
    gathered: list[etree._Element] = []
    for block in blocks(body):
        gathered.append(block)
        layout = block.find(f"{W}pPr/{W}sectPr")
        if layout is not None:
            yield Section(layout, gathered)
            gathered = []
    last = body.find(f"{W}sectPr")
    if gathered or last is not None:
        yield Section(etree.Element(f"{W}sectPr") if last is None else last, gathered)


class Pages:
    """Converts page layouts; `content` converts a header or footer."""

    def __init__(self, package: Package, styles: Styles, content: StoryContent) -> None:
        self.package = package
        self.styles = styles
        self.content = content
        self._inherited: dict[tuple[str, str], str] = {}

    def grid(self, section: Section) -> float:
        """The pitch of the line grid in points, 0 where there is none."""
        grid = section.layout.find(f"{W}docGrid")
        if grid is None or grid.get(f"{W}type") not in {"lines", "linesAndChars", "snapToChars"}:
            return 0.0
        return points(grid.get(f"{W}linePitch", "0"))

    def page(self, section: Section, number: int) -> tuple[str, list[str]]:
        """The running elements of a section and its `@page` rules; its page name is `s` and its number."""
        where = Words(zh=f"第{number}节的页面设置", en=f"page layout of section {number}")
        self._check(section.layout, number, where)
        size, margin = section.layout.find(f"{W}pgSz"), section.layout.find(f"{W}pgMar")

        def length(element: etree._Element | None, name: str, default: int) -> float:
            return points(abs(int((element.get(f"{W}{name}") if element is not None else None) or default)))

        edges = {
            "top": length(margin, "top", 1440), "right": length(margin, "right", 1800), "bottom": length(margin, "bottom", 1440),
            "left": length(margin, "left", 1800) + length(margin, "gutter", 0),
        }  # fmt: skip
        distances = {"header": length(margin, "header", 851), "footer": length(margin, "footer", 992)}
        rules = [
            f"@page s{number}{{size:{pt(length(size, 'w', 11906))} {pt(length(size, 'h', 16838))};"
            f"margin:{' '.join(pt(edge) for edge in edges.values())}}}"
        ]
        running = ""
        for kind, story in self._stories(section.layout):
            selector = ":nth(1 of {})".format(f"s{number}") if story == "first" else f" s{number}{_SELECTOR[story]}"
            box, align = ("@top-center", "top") if kind == "header" else ("@bottom-center", "bottom")
            name = f"s{number}-{kind}-{story}"
            part = self._inherited.get((kind, story))
            if part is None:
                rules.append(f"@page{selector}{{{box}{{content:none}}}}")
                continue
            zh, en = ("页眉", "header") if kind == "header" else ("页脚", "footer")
            inside = self.content(self.package.parts[part], Words(zh=zh, en=en), Setting(pitch=self.grid(section)))
            running += f'<div style="position:running({name})">{inside}</div>'
            rules.append(
                f"@page{selector}{{{box}{{content:element({name});width:100%;vertical-align:{align};padding-{align}:{pt(distances[kind])}}}}}"
            )
        return running, rules

    def _stories(self, layout: etree._Element) -> Iterator[tuple[str, str]]:
        """The headers and footers in force, the special ones after the ordinary: later rules win."""
        rels = self.package.related.get("word/document.xml", {})
        for kind in ("header", "footer"):
            for reference in layout.findall(f"{W}{kind}Reference"):
                self._inherited[kind, reference.get(f"{W}type", "default")] = rels[reference.get(f"{R}id", "")]
        title = layout.find(f"{W}titlePg")
        first = title is not None and title.get(f"{W}val", "1") not in {"0", "false"}
        for kind in ("header", "footer"):
            if (kind, "default") in self._inherited:
                yield kind, "default"
            if self.styles.even_and_odd:
                yield kind, "even"
            if first:
                yield kind, "first"

    def _check(self, layout: etree._Element, number: int, where: Words) -> None:
        for child in layout:
            name = etree.QName(child).localname
            chosen = child.get(f"{W}val", "")
            if name not in _KNOWN:
                raise unsupported(name, where)
            if name == "cols" and int(child.get(f"{W}num", "1")) > 1:
                raise unsupported("cols", where, zh="分栏", en="columns")
            if (name == "type" and number > 1 and chosen not in {"nextPage", ""}) or (
                name == "vAlign" and chosen != "top"
            ):
                raise unsupported(f"{name} {chosen}", where, zh=f"分节方式 {chosen}", en=f"section {name} {chosen}")
            if name == "textDirection" and chosen not in {"lrTb", ""}:
                raise unsupported("textDirection", where, zh="竖排文字", en="vertical text")
            if name == "pgNumType" and child.get(f"{W}fmt", "decimal") not in _PAGE_NUMBERS:
                raise unsupported("pgNumType", where, zh="页码格式", en="page number format")

    def numbers(self, section: Section) -> str:
        """CSS of the page number, and where it starts anew."""
        kind = section.layout.find(f"{W}pgNumType")
        shown = _PAGE_NUMBERS["decimal" if kind is None else kind.get(f"{W}fmt", "decimal")]
        return f".number-page::before{{content:{shown}}}.number-pages::before{{content:counter(pages)}}"

    def starts_at(self, section: Section) -> int | None:
        """The page number a section starts at, where it says so."""
        kind = section.layout.find(f"{W}pgNumType")
        start = None if kind is None else kind.get(f"{W}start")
        return None if start is None else int(start)
