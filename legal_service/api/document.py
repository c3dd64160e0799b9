"""The OpenAPI 3.1 document: what flask-smorest draws from the declarations, with our problems, tokens and words."""

from __future__ import annotations

import json
from typing import Any

from apispec import APISpec
from flask import Flask, Response, current_app
from flask_smorest import Api  # type: ignore[import-untyped]
from werkzeug.routing import BaseConverter

from legal_service import __version__
from legal_service.api.problems import MEDIA, TITLES
from legal_service.api.schemas.kinds import Upload
from legal_service.api.schemas.problems import Problem
from legal_service.errors import Words

NAME = r"[^/\x00-\x1f\x7f]{1,190}"
ABOUT = (
    Words(
        zh="惠民贷法务系统的接口：案件、账目、证据、文书、证据包、报表、任务与事件推送。命令行 legal 与网页用的是同样的查询与操作；规则、权限与数据范围只有一处。",
        en="The interface of the legal escalation and document service: cases, accounts, evidence, filings, packages, returns, "
        "jobs and webhooks. It calls the same queries and operations as the command line and the pages; rules, permissions "
        "and row scope have one home.",
    ),
    Words(
        zh="金额为带两位小数的文本，日期为 ISO 8601，时间带时差。个人信息一律遮盖。列表按 cursor 翻页。写入可带 Idempotency-Key；变更案件须带 If-Match。",
        en="Amounts are texts with two decimals, dates ISO 8601, moments carry their offset. Personal data is always masked. "
        "Lists page by cursor. A write may carry an Idempotency-Key; a change of a case needs If-Match.",
    ),
)
"""What the document says of itself, paragraph by paragraph."""


class NameConverter(BaseConverter):
    """A case number, loan number or package id in an address: anything but a slash and control characters."""

    regex = NAME
    part_isolating = True


class DocumentedApi(Api):  # type: ignore[misc]
    """flask-smorest's Api with problems as every failure's shape, and no error handling of its own."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Each resource answers its own failures (`problems.answer`)."""

    def _register_responses(self) -> None:
        """One documented problem for each status."""
        for status, title in TITLES.items():
            headers = {"Retry-After": {"description": "秒 · seconds", "schema": {"type": "string"}}}
            told: dict[str, Any] = {
                "description": f"{title.zh} · {title.en}",
                "content": {MEDIA: {"schema": Problem}},
            }
            if status in (429, 503):
                told["headers"] = headers
            self.spec.components.response(f"Problem{status}", told)

    def _register_pagination_header(self) -> None:
        """Lists page by cursor, in the body."""


def install(app: Flask) -> DocumentedApi:
    """Prepare the document of an application; resources are entered into what this answers."""
    app.url_map.converters["name"] = NameConverter
    app.config.update(
        API_TITLE="惠民贷 法务接口 · Legal escalation and document service",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": "\n\n".join(f"{one.zh}\n\n{one.en}" for one in ABOUT), "x-release": __version__},
            "security": [{"token": []}, {"session": []}],
            "servers": [{"url": "/"}],
        },
    )
    api = DocumentedApi()
    api.register_converter(NameConverter, _name_schema)
    api.register_field(Upload, "string", "binary")
    api.init_app(app)
    _security(api.spec)
    return api


def _name_schema(_: NameConverter) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": 190, "pattern": r"^[^/\u0000-\u001f\u007f]{1,190}$"}


def _security(spec: APISpec) -> None:
    spec.components.security_scheme(
        "token",
        {"type": "http", "scheme": "bearer", "description": "本人的访问令牌 · a token of one's own (POST /tokens)"},
    )
    spec.components.security_scheme(
        "session",
        {
            "type": "apiKey",
            "in": "cookie",
            "name": "legal",
            "description": "网页登录的会话；改动须带 X-CSRF-Token · the browser's session; a change needs X-CSRF-Token",
        },
    )


def document() -> dict[str, Any]:
    """The document of this application."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    found = api.spec.to_dict()
    assert isinstance(found, dict)
    return found


def serve() -> Response:
    """`/api/openapi.json`."""
    return Response(json.dumps(document(), ensure_ascii=False, indent=1), content_type="application/json")
