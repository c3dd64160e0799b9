"""Redacted copies of text, CSV, JSON and JSON lines that keep their structure.

A cell and the whole row are both read: a value spread over cells (surname | given name) is found in the row, a value
alone in a cell is found there.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from legal_service.redaction.detect import detect
from legal_service.redaction.operators import Redactor
from legal_service.redaction.spans import KnownValue, Span
from legal_service.redaction.withheld import Withheld

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = frozenset("0123456789.,+-%")


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with mark) or GB18030; withheld when it is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Withheld("encoding_unknown", "文件编码无法识别", "the encoding of the file is not UTF-8, UTF-16 or GB18030")


def redact_text(text: str, redactor: Redactor, known: Iterable[KnownValue], place: str = "") -> str:
    """The text with every find replaced; places are `line N` unless the caller names one."""
    pieces, end = [], 0
    for span in detect(text, known):
        where = place or f"line {text.count(chr(10), 0, span.start) + 1}"
        pieces += [text[end : span.start], redactor.written(span, text[span.start : span.end], where)]
        end = span.end
    return "".join([*pieces, text[end:]])


def redact_csv(text: str, redactor: Redactor, known: Iterable[KnownValue]) -> str:
    """A CSV with the same rows and columns; cells that could run as a formula are neutralised with an apostrophe."""
    values = tuple(known)
    written = io.StringIO()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    writer = csv.writer(written, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        cells = _row(row, rows[0], redactor, values, number)
        writer.writerow([_inert(cell) for cell in cells])
    return written.getvalue()


def _row(
    row: list[str], header: list[str], redactor: Redactor, known: tuple[KnownValue, ...], number: int
) -> list[str]:
    """Finds of one row: in each cell alone, in the cell after its column's name, and across the cells of the row."""
    spans: list[list[Span]] = [detect(cell, known) for cell in row]
    if number > 1:
        for at, cell in enumerate(row):
            label = header[at] if at < len(header) else ""
            if label and cell and not spans[at]:
                lead = f"{label}："
                spans[at] = [
                    _shifted(span, -len(lead)) for span in detect(lead + cell, known) if span.start >= len(lead)
                ]
    for span in detect("\t".join(row), known):
        start = 0
        for at, cell in enumerate(row):
            inside = _shifted(span, -start)
            first, last = max(0, inside.start), min(len(cell), inside.end)
            if last > first and not any(other.start < last and first < other.end for other in spans[at]):
                torn = replace(
                    span, start=first, end=last, form=span.form if inside.end - inside.start == last - first else "part"
                )
                spans[at] = sorted([*spans[at], torn], key=lambda one: one.start)
            start += len(cell) + 1
    return [_rewritten(cell, spans[at], redactor, f"row {number}, column {at + 1}") for at, cell in enumerate(row)]


def _shifted(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)


def _rewritten(cell: str, spans: list[Span], redactor: Redactor, place: str) -> str:
    pieces, end = [], 0
    for span in spans:
        pieces += [cell[end : span.start], redactor.written(span, cell[span.start : span.end], place)]
        end = span.end
    return "".join([*pieces, cell[end:]])


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not set(cell) <= _NUMBER else cell


def redact_json(text: str, redactor: Redactor, known: Iterable[KnownValue]) -> str:
    """A JSON document with the same shape; strings, keys and long whole numbers are read."""
    document = _parsed(text)
    return _dumped(_walked(document, redactor, tuple(known), "$"), "") + "\n"


def redact_jsonl(text: str, redactor: Redactor, known: Iterable[KnownValue]) -> str:
    """JSON lines, one document a line."""
    values = tuple(known)
    lines = [
        _dumped(_walked(_parsed(line), redactor, values, f"line {number}"), None)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    return "".join(f"{line}\n" for line in lines)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_float=_Literal)
    except (ValueError, RecursionError) as error:
        raise Withheld("json_broken", "JSON 无法解析", "the JSON cannot be parsed") from error


class _Literal(str):
    """A decimal number that is written as it was read (0.180 stays 0.180)."""


def _dumped(node: Any, indent: str | None) -> str:
    """JSON text of a walked document; `indent` is the current margin, None for one line."""
    inner = None if indent is None else indent + "  "
    opening, closing = ("", "") if indent is None else (f"\n{inner}", f"\n{indent}")
    comma = ", " if indent is None else f",{opening}"
    if isinstance(node, dict) and node:
        entries = [f"{json.dumps(key, ensure_ascii=False)}: {_dumped(value, inner)}" for key, value in node.items()]
        return f"{{{opening}{comma.join(entries)}{closing}}}"
    if isinstance(node, list) and node:
        return f"[{opening}{comma.join(_dumped(value, inner) for value in node)}{closing}]"
    return str(node) if isinstance(node, _Literal) else json.dumps(node, ensure_ascii=False)


def _walked(node: Any, redactor: Redactor, known: tuple[KnownValue, ...], place: str) -> Any:
    if isinstance(node, dict):
        return {
            redact_text(key, redactor, known, f"{place} (key)"): _labelled(
                key, value, redactor, known, f"{place}.{number}"
            )
            for number, (key, value) in enumerate(node.items())
        }
    if isinstance(node, list):
        return [_walked(value, redactor, known, f"{place}[{number}]") for number, value in enumerate(node)]
    if isinstance(node, _Literal) or (isinstance(node, int) and not isinstance(node, bool)):
        redacted = redact_text(str(node), redactor, known, place)
        return node if redacted == str(node) else redacted
    return redact_text(node, redactor, known, place) if isinstance(node, str) else node


def _labelled(key: str, value: Any, redactor: Redactor, known: tuple[KnownValue, ...], place: str) -> Any:
    """A string under a telling key (姓名, 手机) is read together with its key."""
    if not isinstance(value, str) or isinstance(value, _Literal) or not value:
        return _walked(value, redactor, known, place)
    lead = f"{key}："
    spans = [_shifted(span, -len(lead)) for span in detect(lead + value, known) if span.start >= len(lead)]
    alone = [
        span for span in detect(value, known) if not any(one.start < span.end and span.start < one.end for one in spans)
    ]
    return _rewritten(value, sorted([*spans, *alone], key=lambda span: span.start), redactor, place)
