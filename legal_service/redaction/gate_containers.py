"""ZIP files and what is built on them (DOCX, XLSX): every member, every XML text, attribute, comment and name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from legal_service.redaction.gate_parts import Attached, Part, Raw, Said, Unreadable

_MOST_MEMBERS = 20_000
_MOST_BYTES = 1 << 30
_MOST_RATIO = 300


def read_zip(data: bytes) -> Iterator[Part]:
    """The members of an archive as attached files, office parts as text; bombs, encryption and escapes are unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            yield Said("archive comment", _loose(archive.comment))
            if why := _unsafe(members):
                yield Unreadable("archive", why)
                return
            office = any(member.filename == "[Content_Types].xml" for member in members)
            for member in members:
                yield Said("member names", f"{member.filename}\n{_loose(member.comment)}\n{_loose(member.extra)}")
                if member.is_dir():
                    continue
                body = archive.read(member)
                yield from _office(member.filename, body) if office else iter([Attached(member.filename, body)])
            yield from _between(data, members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        yield Unreadable("archive", f"parse_{type(error).__name__}")


def _unsafe(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_BYTES:
        return "too_large"
    if len({member.filename for member in members}) < len(members):
        return "duplicate_member"
    for member in members:
        if member.flag_bits & 0x1:
            return "encrypted"
        if member.file_size > 1 << 20 and member.file_size > _MOST_RATIO * max(1, member.compress_size):
            return "bomb"
        if member.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member.filename):
            return "path_escape"
    return ""


def _between(data: bytes, members: list[zipfile.ZipInfo]) -> Iterator[Part]:
    """Bytes before the first member (an archive may be glued to something else)."""
    first = min((member.header_offset for member in members), default=0)
    if first > 0 or not data.startswith(b"PK"):
        yield Unreadable("archive", "leading_bytes")


def _office(name: str, body: bytes) -> Iterator[Part]:
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        yield Attached(name, body)
        return
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        yield Unreadable(name, "xml_broken")
        return
    texts: list[str] = []
    attributes: list[str] = []
    for node in root.iter():
        texts += [str(node.text or ""), str(node.tail or "")]
        if isinstance(node.tag, str):
            attributes += [str(value) for value in node.attrib.values()]
    running = "".join(str(text) for text in root.itertext())
    # cells of a sheet are no running text: two amounts side by side are no card number
    yield Said(name, running, raw=name.startswith("xl/"))
    yield Said(name, "\n".join(texts))
    yield Said(name, "\n".join(attributes))
    yield Raw(name, body)


def _loose(data: bytes) -> str:
    return data.decode("utf-8", "ignore") + "\n" + data.decode("gb18030", "ignore")
