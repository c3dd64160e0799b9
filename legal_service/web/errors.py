"""What a reader sees when something is refused, absent or broken: both languages, the next step, never a stack trace."""

from __future__ import annotations

import traceback

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.statuses import status_of
from legal_service.web import reader
from legal_service.web.log import request_id
from legal_service.web.readiness import database_unavailable

log = structlog.get_logger()

MESSAGES = {
    404: Words(
        zh="没有这个页面，或者它不在您可以查看的范围内。请从上方导航进入。",
        en="There is no such page, or it is not among those you may see. Use the navigation above.",
    ),
    405: Words(zh="该地址不接受这种请求。", en="This address does not take such a request."),
    413: Words(zh="提交的内容过大。", en="What was sent is too large."),
    500: Words(
        zh="服务出错，未作任何改动。请把发生时间与编号告知管理员，原因记在服务日志中。",
        en="The service failed and nothing was changed. Tell the administrator the time and number; the cause is in the service's log.",
    ),
}
OTHERWISE = Words(zh="该请求无法处理。", en="The request cannot be handled.")
CHANGED = Refusal(
    "version_conflict",
    Words(
        zh="他人同时变更了同一案件，您的这一步没有执行。请打开案件核对后再办。",
        en="Somebody changed the same case at the same moment and your step was not taken. Open the case, check, and do it again.",
    ),
    "机构内部规则：同一案件同一时刻只有一次变更（house policy）",
)


def install(app: Flask) -> None:
    """Answer refusals and failures with a page of the house. The API answers its own (`api.problems`)."""
    app.context_processor(lambda: {"request_number": request_id})
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Findings, _found)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, lambda failure: _refused(CHANGED))
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return _page(status_of(refusal.code), refusal.code, refusal.reason, refusal.basis)


def _found(found: Findings) -> ResponseReturnValue:
    says = Words(
        zh=f"发现 {len(found.findings)} 处问题，未作任何改动。",
        en=f"{len(found.findings)} findings; nothing was changed.",
    )
    return _page(422, "findings", says, "", found.findings)


def _form_expired(error: CSRFError) -> ResponseReturnValue:
    from legal_service.web.pages import sign_in  # late: the page knows the forms, the forms know no page

    return sign_in.form_expired()


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    answer = current_page(status, f"http_{status}", MESSAGES.get(status, OTHERWISE))
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Location", "Retry-After")}
    return answer, status, kept


def current_page(status: int, code: str, says: Words) -> str:
    """The message page for a status."""
    return render_template("message.html", status=status, code=code, says=says, basis="", findings=())


def _database(failure: SQLAlchemyError) -> ResponseReturnValue:
    record(failure)
    reader.house().found = False
    return _page(503, "database_unavailable", database_unavailable(failure), "")


def _failed(failure: Exception) -> ResponseReturnValue:
    record(failure)
    return _page(500, "http_500", MESSAGES[500], "")


def record(failure: Exception) -> None:
    """Into the log: which failure and where, without its words, which may quote a row."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(failure.__traceback__)]
    log.error("page failed", error=type(failure).__name__, endpoint=request.endpoint, at=places[-6:])


def _page(
    status: int, code: str, says: Words, basis: str, findings: list[Finding] | tuple[Finding, ...] = ()
) -> tuple[str, int]:
    page = render_template("message.html", status=status, code=code, says=says, basis=basis, findings=findings)
    return page, status
