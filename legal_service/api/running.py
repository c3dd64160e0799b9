"""How one call runs: in which session, under which key, and how its result becomes an answer.

A view is a thin call of queries or operations. A reading one gets a session that sees what the caller may see, a writing one
the caller's transaction; what it answers is dumped while that is open, and kept in it when the call came under a key.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, send_file
from flask_wtf.csrf import CSRFError, validate_csrf
from marshmallow import Schema
from werkzeug.exceptions import MethodNotAllowed

from legal_service.access.answers import KeptAnswer
from legal_service.api import idempotency, versions
from legal_service.api.paging import Page
from legal_service.api.speech import SPOKEN, language
from legal_service.web import reader

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view answers when there is more to say than a body: another status, headers, a version for the ETag."""

    body: Any = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    exact: bool = False
    """The body is the room's own JSON, written as it is; its shape is declared all the same."""


@dataclass(frozen=True, slots=True)
class File:
    """Bytes to download, with their type and the name they are saved under."""

    content: bytes
    media: str
    name: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How the answers of one operation are given: its usual status and shape, whether it takes a key or a version."""

    status: int
    shape: Schema | None
    keyed: bool = False
    matched: bool = False
    secret: str = ""
    prepare: Callable[[Any], Any] | None = None


def read(
    view: View, manner: Manner, asked: Mapping[str, Any], told: Mapping[str, Any], named: dict[str, Any]
) -> Response:
    """Run a reading view."""
    with reader.reading() as session:
        body, status, headers, etag = _dumped(view(session, asked, **named), manner)
    return _response(body, status, headers, etag)


def write(
    view: View, manner: Manner, asked: Mapping[str, Any], told: Mapping[str, Any], named: dict[str, Any]
) -> Response:
    """Run a writing view in one transaction; under a key, once."""
    if request.method == "HEAD":
        raise MethodNotAllowed(["GET"])  # a scanner's HEAD must not count as a download
    if request.method == "GET" and reader.signed().via == "session" and not _by_own_hand():
        raise CSRFError  # another site's link carries the cookie: it must not take a package in the reader's name
    key = idempotency.asked(told) if manner.keyed else None
    if manner.matched:
        versions.required()
    if manner.prepare is not None:
        if key is not None and (answered := _answered(key)) is not None:
            return answered
        told = manner.prepare(told)
    with reader.transaction() as tx:
        if key is not None and (found := idempotency.kept(tx, key)) is not None:
            return _again(found)
        body, status, headers, etag = _dumped(view(tx, {**asked, **told}, **named), manner)
        if key is not None:
            told_with = headers if etag is None else headers | {"ETag": f'"{etag}"'}
            idempotency.keep(tx, key, status=status, body=body, headers=told_with, secret=manner.secret)
    return _response(body, status, headers, etag)


def _by_own_hand() -> bool:
    try:
        validate_csrf(request.headers.get("X-CSRF-Token"))
    except ValueError:
        return False
    return True


def _answered(key: idempotency.Asked) -> Response | None:
    """The answer given before, looked up without a transaction: nothing is prepared for what is done already."""
    with reader.reading() as session:
        found = idempotency.kept_for(session, reader.actor().email, key)
    return None if found is None else _again(found)


def _again(found: KeptAnswer) -> Response:
    body, status, headers = idempotency.told_again(found)
    return _response(body, status, headers, None)


def compute(
    view: View, manner: Manner, asked: Mapping[str, Any], told: Mapping[str, Any], named: dict[str, Any]
) -> Response:
    """Run a view that needs no rows."""
    body, status, headers, etag = _dumped(view(told or asked, **named), manner)
    return _response(body, status, headers, etag)


def _dumped(result: Any, manner: Manner) -> tuple[Any, int, dict[str, str], str | None]:
    answer = result if isinstance(result, Answer) else Answer(result)
    body, status, headers = answer.body, answer.status or manner.status, dict(answer.headers)
    if isinstance(body, File):
        return body, status, headers, None
    if isinstance(body, Page):
        headers |= body.headers()
        body = {"items": list(body.items), "next": body.after}
    if body is not None and manner.shape is not None and not answer.exact:
        body = manner.shape.dump(body)
    etag = None if answer.version is None else versions.tag(answer.version, body)
    return body, status, headers, etag


def _response(body: Any, status: int, headers: Mapping[str, str], etag: str | None) -> Response:
    if isinstance(body, File):
        return send_file(io.BytesIO(body.content), mimetype=body.media, as_attachment=True, download_name=body.name)
    if body is None:
        response = Response(status=status)
        del response.headers["Content-Type"]
    else:
        response = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")
        response.headers["Content-Language"] = SPOKEN[language()]
        response.headers.add("Vary", "Accept-Language")
    response.headers.update(headers)
    return response if etag is None else versions.stamp(response, etag)
