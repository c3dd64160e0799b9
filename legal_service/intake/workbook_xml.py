"""What a workbook hides from a reader of values: formulas, error values, far-off cells, more bytes than it declares.

Read from the file's own XML before the value reader sees it, which would drop or hide the first two and take as much
memory as the last two ask for.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from legal_service.intake.tape import MOST_BYTES

MOST_CELLS = 20_000_000
"""Cells of the rectangle that a sheet spans; the value reader takes memory for each, empty or not."""
_MOST_RATIO = 200
_SMALL = 10_000_000
_PIECE = 1 << 16


class TooLarge(ValueError):
    """The workbook would take more memory than an honest tape does; the message says where."""


@dataclass(slots=True)
class Hidden:
    """The cells of one sheet that hold a formula or an error value, as (column, line), counted from 0 and 1."""

    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)


def hidden_cells(data: bytes) -> dict[str, Hidden]:
    """What each sheet hides, by title.

    Raises `TooLarge`; `zipfile.BadZipFile`, `KeyError`, `etree.XMLSyntaxError` when the file is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _check_sizes(data, package.infolist())
        relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _parser())
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        found: dict[str, Hidden] = {}
        for sheet in etree.fromstring(package.read("xl/workbook.xml"), _parser()).iter("{*}sheet"):
            relation = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
            path = posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")
            with package.open(path) as stream:
                found[sheet.get("name", "")] = _walk(stream, sheet.get("name", ""))
    return found


def letters(column: int) -> str:
    """A column as the workbook names it.

    >>> [letters(column) for column in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _check_sizes(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    total = 0
    for one in entries:
        total += one.file_size
        if total > MOST_BYTES or (one.file_size > _SMALL and one.file_size > _MOST_RATIO * max(one.compress_size, 1)):
            raise TooLarge(one.filename)
    for one in entries:
        if _unpacked(data, one) != one.file_size:
            raise TooLarge(one.filename)


def _unpacked(data: bytes, one: zipfile.ZipInfo) -> int:
    """How many bytes an entry really unpacks to, at most one piece more than it declares."""
    name, extra = struct.unpack_from("<HH", data, one.header_offset + 26)
    start = one.header_offset + 30 + name + extra
    packed = data[start : start + one.compress_size]
    if one.flag_bits & 1 or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"{one.filename}: encrypted, or packed in an unusual way")
    if one.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    unpacker, size = zlib.decompressobj(-15), 0
    for offset in range(0, len(packed), _PIECE):
        piece = packed[offset : offset + _PIECE]
        while piece and size <= one.file_size:
            size += len(unpacker.decompress(piece, 1 << 20))
            piece = unpacker.unconsumed_tail
    return size + len(unpacker.flush())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _walk(stream: object, title: str) -> Hidden:
    hidden = Hidden()
    widest = deepest = 0
    for column, line, cell in _cells(stream):
        kinds = {etree.QName(part).localname for part in cell}
        if not kinds:
            continue
        widest, deepest = max(widest, column + 1), max(deepest, line)
        if widest * deepest > MOST_CELLS:
            raise TooLarge(f"{title}!{letters(column)}{line}")
        if "f" in kinds:
            hidden.formulas.append((column, line))
        elif cell.get("t") == "e":
            hidden.errors.append((column, line))
    return hidden


def _cells(stream: object) -> Iterator[tuple[int, int, etree._Element]]:
    """Each cell with its column (from 0) and line (from 1); a cell that names no place follows the one before it."""
    line = 0
    for _, row in etree.iterparse(stream, tag="{*}row", resolve_entities=False, no_network=True):
        line = int(row.get("r") or line + 1)
        column = -1
        for cell in row.iterchildren("{*}c"):
            column = _column(cell.get("r")) if cell.get("r") else column + 1
            yield column, line, cell
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def _column(reference: str) -> int:
    """The column of a cell reference, counted from 0.

    >>> _column("A1"), _column("XFD7")
    (0, 16383)
    """
    column = 0
    for one in reference.upper():
        if not "A" <= one <= "Z":
            break
        column = column * 26 + ord(one) - ord("A") + 1
    return column - 1
