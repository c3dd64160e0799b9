"""Everything a PDF could say, read by pypdf and pdfminer: page text, all strings, names and streams of all objects.

`read_pdf` yields texts with their place; what cannot be read with certainty is an `Unreadable`.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pypdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTTextContainer
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from legal_service.redaction.gate_parts import Attached, Part, Raw, Residue, Said, Unreadable

_LARGEST_PICTURE = 64 * 64
_MOST_CURVES = 2000
_EDGE = 200
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)


def read_pdf(data: bytes) -> Iterator[Part]:
    """The parts of a PDF: texts, attachments, leftovers of fonts, and what cannot be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            yield Unreadable("document", "encrypted")
            return
        yield from _file(data)
        objects = list(_objects(reader))
        yield from _orphans(reader, objects)
        texts = list(_texts(reader, data))
        yield from texts
        yield from _walked(objects)
        yield from _fonts(objects, "".join(part.text for part in texts if isinstance(part, Said)))
    except Exception as error:  # any failure of a reader means: not proven clean
        yield Unreadable("document", f"parse_{type(error).__name__}")


def _file(data: bytes) -> Iterator[Part]:
    """The bytes themselves: older revisions, what follows the end, streams nothing refers to."""
    if data.count(b"startxref") > (2 if b"/Linearized" in data[:1024] else 1):
        yield Unreadable("file", "older_revision")
    if data.rpartition(b"%%EOF")[2].strip():
        yield Unreadable("file", "trailing_bytes")
    if not data.startswith(b"%PDF-"):
        yield Unreadable("file", "leading_bytes")
    for number, found in enumerate(_STREAM.findall(data)):
        try:
            body = zlib.decompressobj().decompress(found, 64 << 20)
        except zlib.error:
            body = found
        yield Raw(f"stream {number}", body)
    yield Raw("file", data)


def _objects(reader: pypdf.PdfReader) -> Iterator[tuple[str, Any]]:
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        yield f"object {number}", reader.get_object(IndirectObject(number, generation, reader))
    yield "trailer", reader.trailer


def _orphans(reader: pypdf.PdfReader, objects: list[tuple[str, Any]]) -> Iterator[Part]:
    """Objects that nothing refers to: no reader shows them, and they may be what was taken out."""
    reached: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum not in reached:
                reached.add(item.idnum)
                waiting.append(item.get_object())
        elif isinstance(item, ArrayObject):
            waiting += list(item)
        elif isinstance(item, DictionaryObject):
            waiting += [item.raw_get(key) for key in item]
    for place, item in objects:
        number = int(place.split()[-1]) if place != "trailer" else 0
        structural = isinstance(item, StreamObject) and str(item.get("/Type", "")) in {"/XRef", "/ObjStm"}
        if number and number not in reached and isinstance(item, StreamObject) and not structural:
            yield Unreadable(place, "orphan_object")


def _texts(reader: pypdf.PdfReader, data: bytes) -> Iterator[Part]:
    """Page text by two readers and three layouts."""
    before = ""
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        yield Said(f"page {number}", text)
        yield Said(f"page {number} and the one before", f"{before[-_EDGE:]}\n{text[:_EDGE]}")
        before = text
        contents = page.get_contents()
        if contents is not None and len(re.findall(rb"\s[cvy]\s", contents.get_data())) > _MOST_CURVES:
            yield Unreadable(f"page {number}", "drawn_shapes")
    for number, layout in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(all_texts=True)), start=1):
        boxes = "\n".join(element.get_text() for element in layout if isinstance(element, LTTextContainer))
        yield Said(f"page {number}", boxes)
        written = "".join(_written(layout))
        yield Said(f"page {number}", written)
        if "(cid:" in boxes or "(cid:" in written or "\ufffd" in boxes:
            yield Unreadable(f"page {number}", "unmapped_text")


def _written(element: Any) -> Iterator[str]:
    if isinstance(element, LTChar):
        yield element.get_text()
    elif isinstance(element, LTContainer):
        for inner in element:
            yield from _written(inner)


def _walked(objects: list[tuple[str, Any]]) -> Iterator[Part]:
    for place, item in objects:
        yield from _inside(place, item, 0)


def _inside(place: str, item: Any, depth: int) -> Iterator[Part]:
    if depth > 40:
        yield Unreadable(place, "nested_too_deep")
    elif isinstance(item, TextStringObject | ByteStringObject):
        raw = item.original_bytes if isinstance(item, TextStringObject) else bytes(item)
        yield Said(place, f"{item if isinstance(item, str) else ''}\n{_any_text(raw)}")
    elif isinstance(item, NameObject):
        yield Said(place, str(item), raw=True)
    elif isinstance(item, ArrayObject):
        for inner in item:
            yield from _inside(place, inner, depth + 1)
    elif isinstance(item, DictionaryObject):
        if isinstance(item, StreamObject):
            yield from _stream(place, item)
        for key, inner in item.items():
            yield Said(place, str(key), raw=True)
            yield from _inside(place, inner, depth + 1)


def _stream(place: str, stream: StreamObject) -> Iterator[Part]:
    kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    if subtype == "/Image":
        if int(stream.get("/Width", 1 << 16)) * int(stream.get("/Height", 1 << 16)) > _LARGEST_PICTURE:
            yield Unreadable(place, "picture")
        return
    data = stream.get_data()
    if kind == "/EmbeddedFile":
        yield Attached(place, data)
    if re.search(rb"\bBI\b.{0,300}?\bID\b", data, re.S) and re.search(rb"\bEI\b", data) and b"/Length1" not in data:
        size = re.search(rb"/W(?:idth)?\s+(\d+).{0,200}?/H(?:eight)?\s+(\d+)", data, re.S)
        if size and int(size[1]) * int(size[2]) > _LARGEST_PICTURE:
            yield Unreadable(place, "picture")
    yield Raw(place, data)
    if kind in {"/Metadata", "/EmbeddedFile", ""} and not str(stream.get("/Subtype", "")).startswith(
        ("/OpenType", "/CIDFont", "/Type1C")
    ):
        yield from _as_text(place, data)


def _as_text(place: str, data: bytes) -> Iterator[Part]:
    """Streams that are text (XMP, scripts, forms, pages) read as text, unless they are page drawing."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    if "\0" not in text and not re.search(r"\bT[jJ]\b", text):
        yield Said(place, text, raw=True)


def _fonts(objects: list[tuple[str, Any]], shown: str) -> Iterator[Part]:
    """Characters a font still knows though no page shows them: what was removed may be read off them."""
    for place, item in objects:
        if not isinstance(item, DictionaryObject) or str(item.get("/Type", "")) != "/Font":
            continue
        if str(item.get("/Subtype")) == "/Type3":
            yield Unreadable(place, "font_type3")
        table = item.get("/ToUnicode")
        if table is None:
            continue
        body = table.get_object().get_data()
        said = re.findall(rb"<([0-9A-Fa-f]{4,64})>\s*(?=\n|\r|<|endbf|\])", body)
        chars = (
            {char for one in said for char in bytes.fromhex(one.decode()).decode("utf-16-be", "ignore")}
            if said
            else set()
        )
        yield Residue(place, frozenset(chars - set(shown)))


def _any_text(data: bytes) -> str:
    """A string's bytes as whatever they may spell: UTF-8, UTF-16 in either order, GB18030."""
    return "\n".join(data.decode(encoding, "ignore") for encoding in ("utf-8", "gb18030", "utf-16-be", "utf-16-le"))
