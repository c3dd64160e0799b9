"""Shapes of the questions of law, drawn from their forms (`law/forms`).

They describe; what is right or wrong is decided where a question is answered, in the words of `legal law`. So what comes in is
handed on as it was written: 0.18 stays 0.18.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields

from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import AMOUNT, MISSING, Open, Part, Shape, Some, says, word
from legal_service.law.forms.parts import Field, Form

MOST_AT_ONCE = 1000
"""Questions of one batch."""

_PLAIN = r"^\s*-?[0-9]+(\.[0-9]+)?\s*$"
_ASKED: dict[str, dict[str, Any]] = {
    "amount": {"type": ["string", "number"], "pattern": _PLAIN},
    "rate": {"type": ["string", "number"], "pattern": _PLAIN},
    "day": {"type": ["string"], "format": "date"},
    "moment": {"type": ["string"]},
    "whole": {"type": ["integer", "string"], "pattern": "^[0-9]{1,9}$", "minimum": 0},
    "choice": {"type": ["string", "integer"]},
    "text": {"type": ["string", "integer"]},
    "flag": {"type": ["boolean", "string"]},
    "share": {"type": ["boolean", "string", "number"]},
    "texts": {"type": ["array", "string"], "items": {"type": "string"}},
}
"""Kind → what a question accepts; an amount may come as a number, a code as digits."""

_TOLD: dict[str, dict[str, Any]] = {
    "amount": {"type": "string", "pattern": AMOUNT},
    "rate": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string"},
    "whole": {"type": "integer"},
    "choice": {"type": "string"},
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "any": {},
}
"""Kind → how an answer tells it."""


class Asked(Shape):
    """The arguments of a question: described here, judged where it is answered."""

    def load(self, data: Any, *, many: bool | None = None, **_: Any) -> Any:
        """What came, as it came: one object; or, asked many at once, a list of anything, each answered in its place."""
        if many if many is not None else self.many:
            if not isinstance(data, list):
                raise ValidationError("list")
            if len(data) > MOST_AT_ONCE:
                raise ValidationError(LENGTH_OF_LIST.format(min=0, max=MOST_AT_ONCE))
            return data
        if not isinstance(data, Mapping):
            raise ValidationError("object")
        return dict(data)


class Answered(Shape):
    """The answer of a question, as `legal law` prints it. Members may be added."""

    class Meta:
        unknown = INCLUDE


class LawFailure(Shape):
    """Why one question of a batch has no answer."""

    code = word("代码", "code", required=True)
    reason = word("说明", "in words", required=True)
    basis = word("依据", "basis", required=True)


class LawFailed(Shape):
    """What stands in the place of an answer that could not be given."""

    error = Part(LawFailure, required=True, metadata=says("未能作答的原因", "why there is no answer"))


class Written(fields.Raw):
    """A value as it is written; its metadata say what it may be."""

    default_error_messages = MISSING


@cache
def asked(form: Form, *, by_address: bool = False) -> type[Schema]:
    """The shape of a question's arguments; in an address all of them are text."""
    name = f"Law{_title(form.name)}{'Asked' if by_address else ''}"
    return _shape(Asked, name, {one.name: _argument(one, name, by_address) for one in form.asks})


@cache
def answered(form: Form) -> type[Schema]:
    """The shape of a question's answer."""
    name = f"Law{_title(form.name)}Answer"
    return _shape(Answered, name, {one.name: _member(one, name) for one in form.gives})


def _shape(kind: type[Shape], name: str, members: Mapping[str, fields.Field[Any]]) -> type[Schema]:
    return type(name, (kind,), dict(members))


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace("_", "-").split("-"))


def _argument(one: Field, within: str, by_address: bool) -> fields.Field[Any]:
    if one.kind == "rows":
        name = f"{within}{_title(one.name)}"
        part = Part(_shape(Asked, name, {each.name: _argument(each, name, False) for each in one.fields}))
        return Some(part, required=one.required, allow_none=not one.required, metadata=_words(one))
    told = dict(_ASKED[one.kind])
    if one.kind == "whole" and one.most:
        told["maximum"] = one.most
    if one.kind == "choice" and one.options:
        told["enum"] = [*_codes(one), *([] if one.required or by_address else [None])]
    if by_address:
        told["type"] = "string"
        told.pop("minimum", None)
        told.pop("maximum", None)
    elif not one.required:
        told["type"] = [*told["type"], "null"]
    return Written(required=one.required, metadata=_words(one) | told)


def _codes(one: Field) -> Iterable[str | int]:
    codes = [option.code for option in one.options]
    return [*codes, *(int(code) for code in codes if code.isdecimal())]


def _member(one: Field, within: str) -> fields.Field[Any]:
    how: dict[str, Any] = {"required": one.required, "allow_none": not one.required, "metadata": _words(one)}
    if one.kind in ("rows", "object") and one.fields:
        name = f"{within}{_title(one.name)}"
        part = _shape(Answered, name, {each.name: _member(each, name) for each in one.fields})
        return Some(Part(part), **how) if one.kind == "rows" else Part(part, **how)
    if one.kind == "object":
        return Open(**how)
    told = dict(_TOLD[one.kind])
    if one.kind == "choice" and one.options:
        told["enum"] = [option.code for option in one.options] + ([] if one.required else [None])
    if not one.required and "type" in told:
        told["type"] = [told["type"], "null"]
    return Written(required=one.required, metadata=_words(one) | told)


def _words(one: Field) -> dict[str, Any]:
    if one.hint is None:
        return says(one.title.zh, one.title.en)
    return says(f"{one.title.zh}（{one.hint.zh}）", f"{one.title.en} ({one.hint.en})")
