"""The parts of a Word package and the places in it, as a person looking at the page would call them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from legal_service.errors import Refusal, Words

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
W = f"{{{NAMESPACE}}}"
R = f"{{{RELATIONSHIPS}}}"
A = f"{{{DRAWING}}}"
LARGEST_PART = 64 * 2**20
SYMBOLS = {
    ("Wingdings", "FE"): "☑", ("Wingdings", "A8"): "□", ("Wingdings", "6F"): "□", ("Wingdings", "FC"): "√", ("Wingdings 2", "52"): "☑",
    ("Wingdings 2", "A3"): "□", ("Wingdings 2", "50"): "√", ("Symbol", "B7"): "•",
}  # fmt: skip
"""Tick boxes that Word writes in symbol fonts: (font, last two hex digits) → the character."""

_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)


@dataclass(frozen=True, slots=True)
class Package:
    """A DOCX as its XML parts by name; `related` is a part's relationships, id → part name."""

    parts: dict[str, etree._Element]
    related: dict[str, dict[str, str]]


def opened(docx: bytes) -> Package:
    """Read a DOCX. Raises `Refusal("word_unreadable")` for what is not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            content = {
                entry.filename: archive.read(entry)
                for entry in archive.infolist()
                if entry.filename.endswith((".xml", ".rels")) and entry.file_size <= LARGEST_PART
            }
        parsed = {name: parse(text) for name, text in content.items()}
        document = parsed["word/document.xml"]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(
            "word_unreadable",
            Words(zh=f"不是可读取的 Word（.docx）文件：{error}", en=f"not a readable Word (.docx) file: {error}"),
        ) from error
    if document.find(f"{W}body") is None:
        raise Refusal("word_unreadable", Words(zh="Word 文件没有正文", en="the Word file has no body"))
    related = {
        name.replace("_rels/", "").removesuffix(".rels"): {
            item.get("Id", ""): _target(item.get("Target", "")) for item in root
        }
        for name, root in parsed.items()
        if name.endswith(".rels")
    }
    return Package({name: root for name, root in parsed.items() if not name.endswith(".rels")}, related)


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"word/{target}"


def parse(content: bytes) -> etree._Element:
    """Parse one part; entities are not resolved and nothing is fetched."""
    return etree.fromstring(content, _PARSER)


def story_parts(docx: bytes) -> dict[str, etree._Element]:
    """The parts that hold words: body first, then headers and footers, then notes."""
    parts = opened(docx).parts
    names = sorted((name for name in parts if _STORY.fullmatch(name)), key=lambda name: (_rank(name), name))
    return {name: parts[name] for name in names}


def _rank(name: str) -> int:
    return next(
        index for index, stem in enumerate(("document", "header", "footer", "footnotes", "endnotes")) if stem in name
    )


def text_of(paragraph: etree._Element) -> str:
    """The words of one paragraph, tabs and line breaks as such; paragraphs nested in it (text boxes) not included."""
    out = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen", f"{W}sym"):
        if node.tag == f"{W}tab" and node.getparent() is not None and node.getparent().tag == f"{W}tabs":  # type: ignore[union-attr]
            continue
        if node.tag == f"{W}t":
            out.append(node.text or "")
        elif node.tag == f"{W}sym":
            out.append(SYMBOLS.get((node.get(f"{W}font", ""), node.get(f"{W}char", "")[-2:].upper()), "?"))
        else:
            out.append({f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}.get(node.tag, "\n"))
    return "".join(out)


def paragraphs_of(docx: bytes) -> Iterator[tuple[Words, str]]:
    """The words of every paragraph with its place: 正文第3段, or 正文第1个表格第4行第2格第1段."""
    for place, element in paragraph_elements(docx):
        yield place, text_of(element)


def paragraph_elements(docx: bytes) -> Iterator[tuple[Words, etree._Element]]:
    """Every paragraph with its place, body first, then headers, footers and notes."""
    titles = {"document": ("正文", "body"), "header": ("页眉", "header"), "footer": ("页脚", "footer")}
    for name, root in story_parts(docx).items():
        zh, en = next((words for stem, words in titles.items() if stem in name), ("注释", "notes"))
        yield from _walk(root.find(f"{W}body") if "document" in name else root, zh, en)


def _walk(container: etree._Element | None, zh: str, en: str) -> Iterator[tuple[Words, etree._Element]]:
    paragraph = table = 0
    for node in blocks(container):
        if node.tag == f"{W}p":
            paragraph += 1
            yield Words(zh=f"{zh}第{paragraph}段", en=f"{en}, paragraph {paragraph}"), node
        else:
            table += 1
            for row, line in enumerate(node.findall(f"{W}tr"), start=1):
                for cell, box in enumerate(line.findall(f"{W}tc"), start=1):
                    yield from _walk(
                        box, f"{zh}第{table}个表格第{row}行第{cell}格", f"{en}, table {table}, row {row}, cell {cell}"
                    )


def element_name(node: etree._Element) -> str:
    """The local name of an element."""
    return str(etree.QName(node).localname)


def blocks(container: etree._Element | None) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, cell, header or footer, content controls opened."""
    for node in container if container is not None else ():
        if node.tag in {f"{W}p", f"{W}tbl"}:
            yield node
        elif node.tag == f"{W}sdt":
            yield from blocks(node.find(f"{W}sdtContent"))
        elif node.tag in {f"{W}customXml", f"{W}smartTag"}:
            yield from blocks(node)
