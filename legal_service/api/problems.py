"""Every failure of the API as one shape: application/problem+json (RFC 9457) with `code` and `basis`.

`status` says what a program may do next, `code` what happened, `detail` says it in the caller's language, `basis` is the
article or the policy of the house. Wrong fields come as `errors`, findings of an import or a filing as `findings`.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from flask import Response, current_app, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from legal_service.api.arguments import POLICY
from legal_service.api.rulebook import Invalid
from legal_service.api.speech import SPOKEN, language
from legal_service.errors import Findings, Refusal, Words
from legal_service.statuses import status_of

MEDIA = "application/problem+json"
KEPT_HEADERS = ("Allow", "Retry-After", "Location")
RETRY_SECONDS = "5"

log = structlog.get_logger()

TITLES: dict[int, Words] = {
    400: Words(zh="请求无法读取", en="The request cannot be read"),
    401: Words(zh="需要登录或有效的令牌", en="Sign in or send a valid token"),
    403: Words(zh="不允许", en="Not allowed"),
    404: Words(zh="没有，或不在可见范围内", en="Not there, or not among what you may see"),
    405: Words(zh="该地址不接受这种方法", en="Not by this method"),
    409: Words(zh="与当前状态冲突", en="In conflict with the present state"),
    410: Words(zh="授权已失效", en="No longer granted"),
    412: Words(zh="已被他人变更", en="Changed by somebody else"),
    413: Words(zh="内容过大", en="Too large"),
    415: Words(zh="内容类型不对", en="Wrong content type"),
    422: Words(zh="已读懂，但不能照办", en="Understood, and not done"),
    428: Words(zh="须带 If-Match", en="If-Match is needed"),
    429: Words(zh="请求过于频繁", en="Too many requests"),
    500: Words(zh="服务出错", en="The service failed"),
    503: Words(zh="服务暂不可用", en="Not available now"),
}
"""Status → the title of its problem type. The reference page explains each."""

DETAILS: dict[int, Words] = {
    400: Words(zh="请求不是可读的 HTTP 或 JSON。", en="The request is not readable as HTTP or JSON."),
    404: Words(
        zh="没有这个地址，或者它不在您可以查看的范围内。",
        en="There is no such address, or it is not among those you may see.",
    ),
    405: Words(
        zh="该地址不接受这种方法；Allow 列出可用的方法。",
        en="This address does not take this method; Allow lists those it takes.",
    ),
    413: Words(zh="发送的内容超过该地址的上限。", en="What was sent is above the limit of this address."),
    500: Words(
        zh="服务出错，未作任何改动；原因记在服务日志中。",
        en="The service failed and nothing was changed; the cause is in its log.",
    ),
}
HOUSE = "机构内部规则：本系统的一般规则（house policy: the rules of this service）"
"""The basis of a refusal that names none of its own."""
OTHERWISE = Words(zh="该请求无法处理。", en="The request cannot be handled.")
UNAVAILABLE = Words(
    zh="数据库暂不可用，未作任何改动；请稍后再试。",
    en="The database is not available; nothing was changed. Try again later.",
)
CONFLICT = Words(
    zh="他人同时变更了同一事物，本次未作改动；请重新读取后再试。",
    en="Somebody changed the same thing at the same moment and nothing was done; read it again and retry.",
)
CONFLICT_BASIS = "机构内部规则：同一案件同一时刻只有一次变更（house policy）"


def problem(
    status: int,
    code: str,
    detail: Words,
    basis: str = POLICY,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """One problem in the caller's language; `more` are `errors` or `findings`."""
    spoken = language()
    body = {
        "type": f"/api/docs#problem-{status}",
        "title": TITLES.get(status, Words(zh="无法处理", en=HTTPStatus(status).phrase)).read(spoken),
        "status": status,
        "detail": detail.read(spoken),
        "code": code,
        "basis": basis or HOUSE,
        **more,
    }
    answer = Response(json.dumps(body, ensure_ascii=False), status, content_type=MEDIA)
    answer.headers.update(headers or {})
    answer.headers["Content-Language"] = SPOKEN[spoken]
    answer.headers.add("Vary", "Accept-Language")
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="legal"'
    if status in (429, 503):
        answer.headers.setdefault("Retry-After", RETRY_SECONDS)
    return answer


def answer(failure: Exception) -> Response:
    """The problem that a failure of any kind is to the caller."""
    match failure:
        case Refusal():
            return problem(status_of(failure.code), failure.code, failure.reason, failure.basis)
        case Findings():
            return _found(failure)
        case Invalid():
            told = [one.as_json(language()) for one in failure.faults]
            return problem(422, "invalid_request", failure.says, errors=told)
        case CSRFError():
            says = Words(zh="以会话登录时，改动须带 X-CSRF-Token。", en="With a session, a change needs X-CSRF-Token.")
            return problem(400, "csrf_missing", says)
        case HTTPException():
            return _http(failure)
        case StaleDataError():
            return problem(409, "version_conflict", CONFLICT, CONFLICT_BASIS)
        case SQLAlchemyError():
            _record(failure)
            return problem(503, "database_unavailable", UNAVAILABLE)
    _record(failure)
    return problem(500, "http_500", DETAILS[500])


def _found(failure: Findings) -> Response:
    count = sum(one.severity == "error" for one in failure.findings)
    says = Words(
        zh=f"有 {count} 处错误，未作任何改动；findings 逐条说明。",
        en=f"{count} errors and nothing was changed; findings tells each.",
    )
    told = [one.as_json(language()) for one in failure.findings]
    bases = dict.fromkeys(one.basis for one in failure.findings if one.basis)
    return problem(422, "findings", says, "；".join(bases), findings=told)


def _http(failure: HTTPException) -> Response:
    status = failure.code or 500
    if status < 400 or status == 304:
        return failure.get_response(request.environ)  # type: ignore[return-value]
    kept = {name: value for name, value in failure.get_headers() if name in KEPT_HEADERS}
    if isinstance(failure, MethodNotAllowed) and failure.valid_methods:
        kept["Allow"] = ", ".join(sorted(failure.valid_methods))
    return problem(status, f"http_{status}", DETAILS.get(status, OTHERWISE), headers=kept)


def outside_routes() -> Response | None:
    """A problem for an address below /api that is not there, or not by this method; pages answer for everything else."""
    if request.routing_exception is None or not request.path.startswith("/api/"):
        return None
    return answer(request.routing_exception)


def _record(failure: Exception) -> None:
    """Into the log: which failure and where, without its words, which may quote a row."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(failure.__traceback__)]
    log.error("call failed", error=type(failure).__name__, endpoint=request.endpoint, at=places[-6:])
    if isinstance(failure, SQLAlchemyError):
        current_app.extensions["legal_service"].found = False
