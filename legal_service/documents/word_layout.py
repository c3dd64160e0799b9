"""A Word document as HTML and CSS, and so as PDF, word for word; what cannot be shown faithfully is refused by name and place."""

from __future__ import annotations

from datetime import date

from lxml import etree

from legal_service.documents import pdf
from legal_service.documents.word_format import Setting
from legal_service.documents.word_numbering import Numbering
from legal_service.documents.word_pages import Pages, sections_of
from legal_service.documents.word_parts import W, blocks, opened
from legal_service.documents.word_sheet import Sheet
from legal_service.documents.word_styles import Styles, unsupported
from legal_service.documents.word_tables import Tables
from legal_service.documents.word_text import Text
from legal_service.errors import Words

_BASE = """\
body{margin:0}
p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;orphans:2;widows:2;bookmark-level:none}
table{border-collapse:collapse;table-layout:fixed}
td{padding:0;vertical-align:top}
.stop{display:inline-block;text-indent:0;white-space:pre}"""
_PASSED = {f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "smartTag", "sectPr", "tcPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")}  # fmt: skip


def word_pdf(docx: bytes, *, title: str, on: date) -> bytes:
    """The PDF of a Word document, with the same words. Raises what `html_of` and `pdf.from_html` raise."""
    html, css = html_of(docx)
    return pdf.from_html(html, css=css, title=title, on=on)


def html_of(docx: bytes) -> tuple[str, str]:
    """HTML and CSS that lay a Word document out for print as Word does.

    Covered: sections, headers, footers and page numbers; styles; paragraphs, numbering and tabs; tables with merged cells.
    Everything else raises `Refusal("word_unsupported")` naming the element and its place; never a silent omission.
    """
    return _Conversion(docx).run()


class _Conversion:
    def __init__(self, docx: bytes) -> None:
        self.package = opened(docx)
        self.styles = Styles(self.package)
        self.sheet = Sheet()
        self.text = Text(self.styles, Numbering(self.package), self.sheet)
        self.tables = Tables(
            self.styles,
            self.sheet,
            self.content,
            compatibility=_compatibility(self.package.parts.get("word/settings.xml")),
        )
        self.pages = Pages(self.package, self.styles, self.story)

    def run(self) -> tuple[str, str]:
        body = self.package.parts["word/document.xml"].find(f"{W}body")
        assert body is not None  # `opened` has seen to it
        _refuse_strangers(body, Words(zh="正文", en="body"))
        self.sheet.rules.append(_BASE)
        out, paragraph, table = "", 0, 0
        for number, section in enumerate(sections_of(body), start=1):
            running, rules = self.pages.page(section, number)
            self.sheet.rules += [*rules, self.pages.numbers(section)]
            setting = Setting(pitch=self.pages.grid(section))
            inside = ""
            for block in section.blocks:
                if block.tag == f"{W}p":
                    paragraph += 1
                    inside += self.text.paragraph(
                        block, Words(zh=f"正文第{paragraph}段", en=f"body, paragraph {paragraph}"), setting
                    )
                else:
                    table += 1
                    inside += self.tables.table(
                        block, Words(zh=f"正文第{table}个表格", en=f"body, table {table}"), setting
                    )
            start = self.pages.starts_at(section)
            reset = "" if start is None else f";counter-reset:page {start}"
            out += f'<div style="page:s{number}{reset}">{running}{inside}</div>'
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>{out}</body></html>',
            self.sheet.css(),
        )

    def content(self, container: etree._Element, where: Words, setting: Setting) -> str:
        """The blocks of a cell."""
        _refuse_strangers(container, where)
        out, paragraph, table = "", 0, 0
        found = list(blocks(container))
        for block in found:
            if block.tag == f"{W}p":
                paragraph += 1
                if _is_closing(block, found):
                    continue
                out += self.text.paragraph(
                    block, Words(zh=f"{where.zh}第{paragraph}段", en=f"{where.en}, paragraph {paragraph}"), setting
                )
            else:
                table += 1
                out += self.tables.table(
                    block, Words(zh=f"{where.zh}内第{table}个表格", en=f"{where.en}, table {table} inside"), setting
                )
        return out

    def story(self, container: etree._Element, where: Words, setting: Setting) -> str:
        """A header or footer."""
        return self.content(container, where, setting)


def _is_closing(block: etree._Element, found: list[etree._Element]) -> bool:
    """The empty paragraph Word demands after a table that ends a cell takes no room of its own."""
    return len(found) > 1 and block is found[-1] and found[-2].tag == f"{W}tbl" and block.find(f"{W}r") is None


def _refuse_strangers(container: etree._Element, where: Words) -> None:
    for child in container:
        if child.tag not in _PASSED:
            name = etree.QName(child).localname
            zh = {
                "ins": "未接受的修订",
                "del": "未接受的修订",
                "altChunk": "外部内容",
                "AlternateContent": "文本框或图形",
            }.get(name, "")
            raise unsupported(name, where, zh=zh)


def _compatibility(settings: etree._Element | None) -> int:
    for setting in settings.iter(f"{W}compatSetting") if settings is not None else ():
        if setting.get(f"{W}name") == "compatibilityMode":
            return int(setting.get(f"{W}val", "12"))
    return 12
