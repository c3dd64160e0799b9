"""The structured log: one JSON line per request and per event, and no personal data, by construction.

A line keeps only the keys entered in `KEPT`; a value is a number, a code, or plain English of the house. Whatever could be a
name, a number of a person, an address or a quotation from a row is withheld, wherever it came from. The address asked for,
its query, the body and the caller's network address are not there to be logged: the endpoint's name stands for them.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from legal_service import clock
from legal_service.config import Settings

REQUEST = ("request", "method", "endpoint", "status", "ms", "user")
WORK = ("job", "kind", "code", "error", "at", "attempt", "webhook", "seq", "answered", "because", "count")
KEPT = frozenset({"time", "level", "event", "logger", *REQUEST, *WORK})
"""The keys that a line may have; any other is dropped."""

WITHHELD = "[withheld]"
_PLAIN = re.compile(r"[\x20-\x7e]{0,300}")
_TELLING = re.compile(r"\d{7,}|@|\d[Xx]\b")
LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}

log = structlog.get_logger()


def allow_listed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Keep the keys entered above, and of their values what cannot tell of a person (structlog processor).

    >>> allow_listed(None, "info", {"event": "job done", "job": 7, "name": "张三", "kind": "张三", "error": "13800138000"})
    {'event': 'job done', 'job': 7, 'kind': '[withheld]', 'error': '[withheld]'}
    """
    return {key: value if key in ("time", "request") else _plain(value) for key, value in event.items() if key in KEPT}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _TELLING.search(value):
        return value
    return WITHHELD


def _dated(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    numbered = {"request": number} if (number := request_id()) else {}
    return {"time": clock.now().isoformat(timespec="milliseconds"), **numbered, **event}


def configure(level: str) -> None:
    """Write the log of this process to its error stream, from `level` on; an unknown level is `info`."""
    lowest = LEVELS.get(level.strip().lower(), LEVELS["info"])
    structlog.configure(
        processors=[_dated, structlog.processors.add_log_level, allow_listed, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(one, _Library) for one in root.handlers):
        root.addHandler(_Library())


class _Library(logging.Handler):
    """What libraries say: who and where, never the words, which may quote an address or a row."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        place = f"{record.module}:{record.lineno}"
        log.log(record.levelno, "a library warns", logger=record.name, at=place)


def install(app: Flask, settings: Settings) -> None:
    """Number every request and log it once it is answered. To be installed first: then it measures what follows."""
    configure(settings.log_level)
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The number of this request, as error pages and `X-Request-Id` give it; empty outside a request."""
    return str(g.get("request_id", "")) if g else ""


def _begin() -> None:
    g.request_id, g.request_began = secrets.token_hex(8), time.perf_counter()


def _end(response: Response) -> Response:
    if "request_began" not in g:
        return response
    response.headers["X-Request-Id"] = g.request_id
    known = getattr(g.get("signed"), "user", None)  # as far as this request came to know; nobody is looked up for a log
    log.log(
        logging.ERROR if response.status_code >= 500 else logging.INFO,
        "request",
        method=request.method,
        endpoint=request.endpoint or "none",
        status=response.status_code,
        ms=round((time.perf_counter() - g.request_began) * 1000, 1),
        user=getattr(known, "id", None),
    )
    return response
