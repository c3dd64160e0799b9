"""The leak gate: the last reader of every file that leaves the house.

It knows what may not be seen, reads the finished bytes with readers the redactor does not use, and lets nothing through
that it cannot read. It shares no code with the redactor: one mistake must not pass twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from asn1crypto import tsp

from legal_service.redaction.gate_containers import read_zip
from legal_service.redaction.gate_numbers import numbers
from legal_service.redaction.gate_parts import Attached, Part, Raw, Residue, Said, Unreadable
from legal_service.redaction.gate_pdf import read_pdf
from legal_service.redaction.gate_words import Sought, plain, said, sought
from legal_service.redaction.kinds import Kind

Code = Literal["known_value", "unmasked_number", "residual_glyphs", "unreadable"]
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """One reason not to let a file go: where it stands and what kind leaks; the value itself is never repeated."""

    code: Code
    where: str
    kind: Kind | None = None
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """The shape that `leakcheck --json` prints."""
        return {"code": self.code, "where": self.where, "kind": self.kind.value if self.kind else "", "why": self.why}


def leaks(name: str, data: bytes, known: Iterable[tuple[Kind, str]], allowed: Iterable[str] = ()) -> list[Leak]:
    """Everything in a file that must not leave, empty when it is clean.

    `known` are the values the reader may not see (leave out what his policy keeps); `allowed` are strings that may stand
    in clear though they look like a personal number (a court's telephone, the lender's own account). Bytes in, leaks out.
    """
    targets = sought(known)
    permitted = frozenset(_bare(value) for value in allowed)
    found = dict.fromkeys(_searched(part, targets, permitted) for part in [Said("file name", name)])
    collected: dict[Leak, None] = {leak: None for group in found for leak in group}
    for part in _parts(name, data, 0):
        for leak in _searched(part, targets, permitted):
            collected[leak] = None
    return list(collected)


def _bare(value: str) -> str:
    return "".join(char for char in plain(value) if char.isalnum())


def _parts(name: str, data: bytes, depth: int) -> Iterator[Part]:
    """The parts of a file, and of the files in it, with places like `package.zip › a.pdf › page 2`."""
    if depth > _DEEPEST:
        yield Unreadable(name, "nested_too_deep")
        return
    for part in _read(name, data):
        where = f"{name} › {part.where}" if part.where else name
        if isinstance(part, Attached):
            yield Said(where, part.where)
            yield from _parts(where, part.data, depth + 1)
        else:
            yield replace(part, where=where)


def _read(name: str, data: bytes) -> Iterable[Part]:
    """By the first bytes, never by the name: who leaks may also misname."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # first: a stored archive shows its members' first bytes
        return read_zip(data)
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(_PICTURES):
        return [Unreadable("", "picture")]
    if data.startswith(b"\x30\x82") and name.endswith(".tsr"):
        return _timestamp(data)
    return _text(data)


def _timestamp(data: bytes) -> Iterable[Part]:
    """A timestamp reply is binary but fully structured; its names are read, its bytes searched."""
    try:
        reply = tsp.TimeStampResp.load(data, strict=True)
        return [Said("", repr(reply.native), raw=True), Raw("", data)]
    except (ValueError, TypeError):
        return [Unreadable("", "binary")]


def _text(data: bytes) -> Iterable[Part]:
    """Text in any encoding the house knows; bytes that are no text are unreadable."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(char < " " and char not in "\t\n\r\f" for char in text) == 0:
            return [Said("", text), Said("", text.replace(",", "").replace("\t", ""), raw=True)]
    return [Unreadable("", "binary")]


def _searched(part: Part, targets: list[Sought], allowed: frozenset[str]) -> tuple[Leak, ...]:
    if isinstance(part, Unreadable):
        return (Leak("unreadable", part.where, why=part.why),)
    if isinstance(part, Residue):
        return tuple(
            Leak("residual_glyphs", part.where, target.kind)
            for target in targets
            if target.kind is Kind.PERSON and target.whole and target.whole <= part.chars
        )
    if isinstance(part, Raw):
        return tuple(
            Leak("known_value", part.where, target.kind)
            for target in targets
            if any(literal in part.data for literal in target.literals)
        )
    if not isinstance(part, Said) or not part.text:
        return ()
    found = [
        Leak("known_value", part.where, target.kind)
        for text in said(part.text)
        for target in targets
        if target.expression.search(text)
    ]
    if not part.raw:
        found += [
            Leak("unmasked_number", part.where, kind)
            for kind, written, _ in numbers(plain(part.text))
            if _bare(written) not in allowed
        ]
    return tuple(found)
