"""What a reader sees when something is refused, absent or broken: both languages, the next step, never a stack trace."""

from __future__ import annotations

import traceback

import structlog
from flask import Flask, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from legal_service.errors import Refusal, Words
from legal_service.web import reader
from legal_service.web.readiness import database_unavailable

log = structlog.get_logger()

STATUS = {
    "not_initialised": 503,
    "bad_field_keys": 503,
    "store_unavailable": 503,
    "fonts_missing": 503,
    "not_loopback": 403,
    "no_access_rule": 403,
}
"""Refusal → status; any other refusal is 422: understood, and not done."""

MESSAGES = {
    404: Words(zh="没有这个页面。请从上方导航进入。", en="There is no such page. Use the navigation above."),
    405: Words(
        zh="本界面只供查看，只接受 GET 与 HEAD。办理事项请用 legal 命令行。",
        en="This interface is for reading and answers GET and HEAD only. Use the legal command line to act.",
    ),
    500: Words(
        zh="服务出错，未作任何改动。请把发生时间告知管理员，原因记在服务日志中。",
        en="The service failed and nothing was changed. Tell the administrator the time; the cause is in the service's log.",
    ),
}
OTHERWISE = Words(zh="该请求无法处理。", en="The request cannot be handled.")


def install(app: Flask) -> None:
    """Answer refusals and failures with a page of the house."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Refusal) -> tuple[str, int]:
    return _page(STATUS.get(refusal.code, 422), refusal.code, refusal.reason, refusal.basis)


def _http(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    status = error.code or 500
    page, status = _page(status, f"http_{status}", MESSAGES.get(status, OTHERWISE), "")
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Location", "Retry-After")}
    return page, status, kept


def _database(failure: SQLAlchemyError) -> tuple[str, int]:
    _record(failure)
    reader.house().found = False
    return _page(503, "database_unavailable", database_unavailable(failure), "")


def _failed(failure: Exception) -> tuple[str, int]:
    _record(failure)
    return _page(500, "http_500", MESSAGES[500], "")


def _record(failure: Exception) -> None:
    """Into the log: which failure and where, without its words, which may quote a row."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(failure.__traceback__)]
    log.error("page failed", error=type(failure).__name__, endpoint=request.endpoint, at=places[-6:])


def _page(status: int, code: str, says: Words, basis: str) -> tuple[str, int]:
    return render_template("message.html", status=status, code=code, says=says, basis=basis), status
