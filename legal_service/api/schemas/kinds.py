"""Kinds of fields: strict on the way in, declared on the way out. What is wrong with one is a rule of `api.rulebook`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from legal_service.api.rulebook import LENGTH_OF_TEXT, RANGE

MISSING: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required",
    "null": "null",
    "validator_failed": "invalid",
}
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
"""Dates that the law and the calendar of the house can say anything about."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
AMOUNT = r"^-?[0-9]{1,15}\.[0-9]{2}$"


class Shape(Schema):
    """One object: fields that are not named are refused."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "unknown_field", "type": "object"}  # noqa: RUF012 - marshmallow's own manner


class Text(fields.String):
    """Text in Unicode without control characters (line breaks and tabs are allowed)."""

    default_error_messages = MISSING | {"invalid": "text", "invalid_utf8": "text"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\r\t" for one in value):
            raise self.make_error("invalid")
        return value


class Yes(fields.Boolean):
    """true or false of JSON; in questions and forms the words true and false. Nothing else stands for either."""

    default_error_messages = MISSING | {"invalid": "boolean"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if isinstance(value, bool):
            return value
        if value in ("true", "false") and self.metadata.get("written"):
            return bool(value == "true")
        raise self.make_error("invalid")


class Whole(fields.Integer):
    """A whole number."""

    default_error_messages = MISSING | {"invalid": "integer", "too_large": "range"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and self.metadata.get("written") and re.fullmatch(r"-?\d{1,12}", value, re.ASCII):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


class Day(fields.Date):
    """A date as 2026-03-31. On the way out a date, or its ISO text as rooms write it."""

    default_error_messages = MISSING | {"invalid": "date", "invalid_type": "date", "format": "date"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError("date")
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise ValidationError("date") from None
        if not EARLIEST <= found <= LATEST:
            raise ValidationError("date")
        return found

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value


class Moment(fields.DateTime):
    """A moment with its offset, on the way out only."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value.isoformat())


class Some(fields.List[Any]):
    """A list."""

    default_error_messages = MISSING | {"invalid": "list"}


class Part(fields.Nested):
    """An object inside another."""

    default_error_messages = MISSING | {"type": "object"}


class Anything(fields.Raw):
    """Any JSON: what a room writes for a kind that only its reader knows."""

    default_error_messages = MISSING


class Open(fields.Dict):
    """An object whose names are not fixed."""

    default_error_messages = MISSING | {"invalid": "object"}


class Upload(fields.Raw):
    """A file in multipart/form-data."""

    default_error_messages = MISSING | {"invalid": "file"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not hasattr(value, "stream") or not value.filename:
            raise self.make_error("invalid")
        return value


def says(zh: str, en: str) -> dict[str, str]:
    """The description of a field in both languages, for the reference."""
    return {"description": f"{zh} · {en}"}


def text(most: int, zh: str, en: str, *, least: int = 1, **how: Any) -> Text:
    """Text of bounded length."""
    return Text(validate=validate.Length(min=least, max=most, error=LENGTH_OF_TEXT), metadata=says(zh, en), **how)


def choice(options: Iterable[str], zh: str, en: str, **how: Any) -> Text:
    """One of some codes."""
    return Text(validate=validate.OneOf(list(options), error="choice"), metadata=says(zh, en), **how)


def day(zh: str, en: str, **how: Any) -> Day:
    """A date."""
    return Day(metadata=says(zh, en), **how)


def yes(zh: str, en: str, *, written: bool = False, **how: Any) -> Yes:
    """True or false; `written` as words, in questions and forms."""
    return Yes(metadata=says(zh, en) | ({"written": True} if written else {}), **how)


def number(least: int, most: int, zh: str, en: str, *, written: bool = False, **how: Any) -> Whole:
    """A whole number within bounds; `written` in digits, in questions."""
    told: dict[str, Any] = says(zh, en) | ({"written": True} if written else {})
    return Whole(validate=validate.Range(min=least, max=most, error=RANGE), metadata=told, **how)


def amount(zh: str, en: str, **how: Any) -> Text:
    """An amount of yuan as text with two decimals: "12345.67"."""
    return Text(validate=validate.Regexp(AMOUNT, error="amount"), metadata=says(zh, en), **how)


def word(zh: str, en: str, **how: Any) -> Text:
    """Text on the way out: its length is nobody's worry."""
    return Text(metadata=says(zh, en), **how)


def moment(zh: str, en: str, **how: Any) -> Moment:
    """A moment on the way out."""
    return Moment(metadata=says(zh, en), **how)
