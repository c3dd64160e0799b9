"""Redact facts, then render: a copy of frozen facts in which every marked field is treated by the reader's policy.

A field is marked where it is born: `field(metadata={"personal": Kind.ID_NUMBER})` for a value of one kind, `{"prose": True}`
for free text. Facts may nest facts, tuples, lists and dictionaries of them; unmarked fields pass unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from legal_service.redaction.entries import Redaction
from legal_service.redaction.kinds import Kind
from legal_service.redaction.operators import REMOVED, Redactor
from legal_service.redaction.policy import Operator, Policy
from legal_service.redaction.spans import KnownValue, Span
from legal_service.redaction.surface import codes_view
from legal_service.redaction.text import redact_text

Facts = TypeVar("Facts")


def redact_facts(
    facts: Facts,
    policy: Policy,
    known: Iterable[KnownValue],
    recipient: str,
    *,
    key: bytes = b"",
    allowed: Iterable[str] = (),
) -> tuple[Facts, list[Redaction]]:
    """The facts as the recipient may see them, and the log of what was treated where.

    Values in marked fields become known values of the free texts, together with `known`. `key` is the pseudonym key of
    recipient and purpose (`operators.recipient_key`); `allowed` are an organisation's own values, which stay. A hidden date becomes None: a date field holds no coarser value.
    """
    values = tuple(dict.fromkeys([*known, *values_of(facts)]))
    redactor = Redactor(policy, key, spared=frozenset(codes_view(value).chars for value in allowed))
    redactor.meet(values)
    written: Facts = _treated(facts, redactor, values, recipient)
    return written, redactor.tally.entries()


def values_of(facts: object) -> Iterator[KnownValue]:
    """Every value in a marked field, as a known value of the case."""
    for _, kind, value in _marked(facts):
        text = value.isoformat() if isinstance(value, date) else str(value)
        if text.strip():
            yield KnownValue(kind, text)


def _marked(node: object) -> Iterator[tuple[str, Kind, Any]]:
    if is_dataclass(node) and not isinstance(node, type):
        for one in fields(node):
            value = getattr(node, one.name)
            kind = one.metadata.get("personal")
            if kind is None:
                yield from _marked(value)
            else:
                yield from (
                    (one.name, Kind(kind), each)
                    for each in (value if isinstance(value, tuple | list) else (value,))
                    if each is not None
                )
    elif isinstance(node, tuple | list):
        for each in node:
            yield from _marked(each)
    elif isinstance(node, dict):
        for each in node.values():
            yield from _marked(each)


def _treated(node: Any, redactor: Redactor, known: tuple[KnownValue, ...], place: str) -> Any:
    if is_dataclass(node) and not isinstance(node, type):
        changes = {}
        for one in fields(node):
            if not one.init:
                continue
            value = getattr(node, one.name)
            new = _field(value, dict(one.metadata), redactor, known, f"{place}.{one.name}")
            if new is not value:
                changes[one.name] = new
        return replace(node, **changes) if changes else node
    if isinstance(node, tuple):
        return tuple(_treated(each, redactor, known, f"{place}[{at}]") for at, each in enumerate(node))
    if isinstance(node, list):
        return [_treated(each, redactor, known, f"{place}[{at}]") for at, each in enumerate(node)]
    if isinstance(node, dict):
        return {key: _treated(each, redactor, known, f"{place}.{key}") for key, each in node.items()}
    return node


def _field(value: Any, marks: dict[str, Any], redactor: Redactor, known: tuple[KnownValue, ...], place: str) -> Any:
    if value is None or value == "":
        return value
    if "personal" in marks:
        if isinstance(value, tuple | list):
            return type(value)(_value(each, Kind(marks["personal"]), redactor, place) for each in value)
        return _value(value, Kind(marks["personal"]), redactor, place)
    if marks.get("prose"):
        if isinstance(value, tuple | list):
            return type(value)(redact_text(each, redactor, known, place) for each in value)
        return redact_text(value, redactor, known, place)
    return _treated(value, redactor, known, place)


def _value(value: Any, kind: Kind, redactor: Redactor, place: str) -> Any:
    """One marked value: the whole of it is personal, whatever it looks like."""
    operator = redactor.policy.operator(kind)
    if operator is Operator.KEEP:
        return value
    if isinstance(value, date):  # a date field cannot hold a coarser value, so it is emptied
        redactor.tally.add(kind, Operator.REMOVE, place)
        return None
    text = str(value)
    written = redactor.written(Span(0, len(text), kind, text), text, place)
    if kind is Kind.ADDRESS and operator in {Operator.MASK, Operator.GENERALISE}:
        return re.sub(r"\*+$", "", written) + "***" if written.strip("*") else REMOVED
    return written
