"""Reading a request strictly: unknown names, repeated names, wrong types and wrong content types are all refused."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from legal_service.api.rulebook import Fault, Invalid, faults_of
from legal_service.errors import Refusal, Words

JSON = "application/json"
FORM = "multipart/form-data"
DEEPEST = 32
POLICY = "机构内部规则：接口约定（house policy: the API's contract）"


def document(raw: bytes) -> Any:
    """One JSON document in UTF-8: no NaN, no name twice in one object, no number that a float would falsify.

    Refuses `malformed_request`.
    """
    try:
        found = json.loads(
            raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once
        )
        json.dumps(found, ensure_ascii=False, default=str).encode()  # half a surrogate pair is no text
        _not_too_deep(found)
    except (ValueError, RecursionError) as failure:
        raise Refusal(
            "malformed_request",
            Words(
                zh="内容不是可读的 JSON（UTF-8，名称不重复）。",
                en="The content is not readable JSON (UTF-8, no name twice).",
            ),
            POLICY,
        ) from failure
    return found


def _not_too_deep(found: Any) -> None:
    """No question is asked in more than some levels; what reads them goes down one call a level."""
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise ValueError("too deep")


def _inside(one: Any) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def wrong_content_type(wanted: str) -> Refusal:
    """The refusal of a body that came as something else."""
    return Refusal(
        "wrong_content_type",
        Words(zh=f"内容类型须为 {wanted}。", en=f"The content type must be {wanted}."),
        POLICY,
    )


class Parser(FlaskParser):
    """The one reader of bodies and questions. `multipart` is a form with its files; everything else is as in webargs."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012 - the schema says what it takes
    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}  # noqa: RUF012

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The JSON body; an empty one is an empty object where nothing is required."""
        raw = req.get_data(cache=True)
        if not raw and not req.mimetype and not any(one.required for one in schema.fields.values()):
            return {}
        if req.mimetype != JSON:
            raise wrong_content_type(JSON)
        return document(raw)

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The questions after `?`."""
        _not_repeated(list(req.args.items(multi=True)), schema)
        return super().load_querystring(req, schema)

    def load_multipart(self, req: Request, schema: Schema) -> Any:
        """Fields and files of a form; a field of several files is a list."""
        if req.mimetype != FORM:
            raise wrong_content_type(FORM)
        pairs: list[tuple[str, Any]] = [*req.form.items(multi=True), *req.files.items(multi=True)]
        _not_repeated(pairs, schema)
        lists = _lists(schema)
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in lists:
                found.setdefault(name, []).append(value)
            else:
                found[name] = value
        return found

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: Any) -> NoReturn:
        """All faults at once, without the name of the place they were read from."""
        raise Invalid([fault for messages in error.messages_dict.values() for fault in faults_of(messages)])


def _lists(schema: Schema) -> set[str]:
    return {name for name, field in schema.fields.items() if isinstance(field, fields.List)}


def _not_repeated(pairs: list[tuple[str, Any]], schema: Schema) -> None:
    counted = Counter(name for name, _ in pairs)
    repeated = sorted(name for name, times in counted.items() if times > 1 and name not in _lists(schema))
    if repeated:
        raise Invalid([Fault(name[:120], "once") for name in repeated])
