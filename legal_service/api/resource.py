"""Declaring the operations of a resource: address, method, permission, words, shapes, each in one place.

    blueprint = Resource("cases", Words("案件", "Cases"))

    @blueprint.reads("/cases/<name:case_no>", needs="case.read", says=Words("一个案件", "One case"), gives=CaseShape)
    def show(session, asked, case_no): ...

From the declaration follow the access rule (`rules`), the reading of the request, the answer, and the document.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Response
from flask_smorest import Blueprint  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFError
from marshmallow import Schema

from legal_service.access import permissions
from legal_service.api import running
from legal_service.api.arguments import FORM, JSON, Parser
from legal_service.api.idempotency import HEADER, REPLAYED
from legal_service.api.paging import PageQuery
from legal_service.api.problems import answer as problem_of
from legal_service.api.running import Manner, View
from legal_service.api.schemas import kinds
from legal_service.api.schemas.kinds import Part, Some, word
from legal_service.errors import Words
from legal_service.web import reader
from legal_service.web.guard import MOST_BYTES

PREFIX = "/api/v1"
Shape = type[Schema]

NAMED = {
    "case_no": Words("案号", "case number"),
    "loan_no": Words("借据号", "loan number"),
    "package_id": Words("证据包的包名", "name of a package"),
    "revision": Words("文书版本编号", "number of a revision"),
    "export_id": Words("证据包编号", "number of a package"),
    "grant_id": Words("授权编号", "number of a grant"),
    "job_id": Words("任务编号", "number of a job"),
    "issue_id": Words("报表期次的编号", "number of an issue of a return"),
    "cell": Words("数值的编号，如 loans_by_tier.mild", "key of a number, like loans_by_tier.mild"),
    "email": Words("用户的邮箱", "e-mail address of a user"),
    "token_id": Words("令牌编号", "number of a token"),
    "event_id": Words("程序事项编号", "number of an event"),
    "request_id": Words("强制推进申请编号", "number of a request"),
    "webhook_id": Words("推送编号", "number of a webhook"),
}
"""What stands in an address."""

KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "同一键的同一请求只执行一次 · the same request under the same key is done once",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[ -~]+$"},
}
MATCH_PARAMETER = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "上次读取所得的 ETag · the ETag of what was read",
    "schema": {"type": "string", "minLength": 1},
}
KNOWN_PARAMETER = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "已有的 ETag；未变则答 304 · the ETag one has; 304 when nothing changed",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "版本标记 · the version's tag", "schema": {"type": "string"}}}
REPLAY = {REPLAYED: {"description": "true：此前的答复 · an answer given before", "schema": {"const": "true"}}}
LINK = {"Link": {"description": '下一页 · the next page: <…>; rel="next"', "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "结果的地址 · where its result is", "schema": {"type": "string"}}}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as declared."""

    method: str
    needs: str
    says: Words
    tells: Words | None = None
    asks: Shape | None = None
    takes: Shape | None = None
    uploads: bool = False
    gives: Shape | None = None
    file: tuple[str, ...] = ()
    status: int = 200
    paged: bool = False
    versioned: bool = False
    tagged: bool = False
    matched: bool = False
    keyed: bool = False
    located: bool = False
    secret: str = ""
    most_bytes: int = MOST_BYTES
    may_refuse: tuple[int, ...] = field(default=())
    also: str = ""
    """A second permission: what the guard admits for one may need another."""
    prepare: Callable[[Any], Any] | None = None
    """Done with what was told before the transaction begins: writers must not wait for an upload to be copied."""
    takes_up_to: int = 0
    """A list of so many at most, in and out; what stands in it may be anything, and is answered in its place."""
    gives_also: Shape | None = None
    """What may stand in the place of an answer in such a list."""


class Resource(Blueprint):  # type: ignore[misc]
    """The operations of one resource. `rules` and `limits` are read by the guard."""

    ARGUMENTS_PARSER = Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {"json": JSON, "multipart": FORM}  # noqa: RUF012

    def __init__(self, name: str, title: Words) -> None:
        super().__init__(f"api-{name}", __name__, url_prefix=PREFIX, description=f"{title.zh} · {title.en}")
        self.title = title
        self.rules: dict[str, dict[str, str]] = {}
        self.limits: dict[str, int] = {}
        self.register_error_handler(Exception, problem_of)
        self.register_error_handler(CSRFError, problem_of)  # the pages' own, entered by its status, would come first

    def reads(self, path: str, *, paged: bool = False, **how: Any) -> Callable[[View], View]:
        """A GET that reads: `view(session, asked, **named)`."""
        return self._operation(path, Operation(method="GET", paged=paged, **how), running.read)

    def writes(self, path: str, *, method: str = "POST", **how: Any) -> Callable[[View], View]:
        """A change: `view(tx, told, **named)`. A POST takes an Idempotency-Key."""
        return self._operation(path, Operation(method=method, keyed=method == "POST", **how), running.write)

    def computes(self, path: str, *, method: str = "GET", **how: Any) -> Callable[[View], View]:
        """What needs no rows: `view(asked, **named)`."""
        return self._operation(path, Operation(method=method, **how), running.compute)

    def _operation(self, path: str, declared: Operation, run: Callable[..., Response]) -> Callable[[View], View]:
        asks = declared.asks or (PageQuery if declared.paged else None)

        def enter(view: View) -> View:
            shape = _page_of(declared.gives) if declared.paged and declared.gives else declared.gives
            manner = Manner(
                declared.status,
                shape() if shape else None,
                declared.keyed,
                declared.matched,
                declared.secret,
                declared.prepare,
            )

            @functools.wraps(view)
            def call(*read: Any, **named: Any) -> Response:
                asked = read[0] if asks else {}
                told = read[-1] if declared.takes else {}
                if declared.also:
                    permissions.require(reader.actor(), declared.also)
                return run(view, manner, asked, told, named)

            call.__doc__ = None
            entered: Any = call
            body = "multipart" if declared.uploads else "json"
            if declared.takes:
                taken = declared.takes(many=bool(declared.takes_up_to))
                entered = self.ARGUMENTS_PARSER.use_args(taken, location=body)(entered)
            if asks:
                entered = self.ARGUMENTS_PARSER.use_args(asks, location="query")(entered)
            entered._apidoc = {
                "arguments": {"parameters": _parameters(declared, asks, body)},
                "manual_doc": _document(declared, shape, view.__name__, self.name),
            }
            entered.provide_automatic_options = False
            endpoint = f"{self.name}.{view.__name__}"
            self.rules[endpoint] = {declared.method: declared.needs}
            self.limits[endpoint] = declared.most_bytes
            self.add_url_rule(
                path,
                view.__name__,
                entered,
                methods=[declared.method],
                tags=[self.name.removeprefix("api-")],
                parameters=[
                    {"in": "path", "name": name, "description": f"{NAMED[name].zh} · {NAMED[name].en}"}
                    for name in re.findall(r"(\w+)>", path)
                ],
            )
            return view

        return enter


@functools.cache
def _page_of(item: Shape) -> Shape:
    """The envelope of a list."""
    fields = {
        "items": Some(Part(item), required=True),
        "next": word(
            "下一页的 cursor；没有则为 null", "cursor of the next page, null at the end", required=True, allow_none=True
        ),
    }
    return type(f"{item.__name__}Page", (kinds.Shape,), fields)


def _parameters(declared: Operation, asks: Shape | None, body: str) -> list[dict[str, Any]]:
    """Questions, headers and body of an operation, as flask-smorest documents them."""
    found: list[dict[str, Any]] = [{"in": "query", "schema": asks}] if asks else []
    found += [
        header
        for wanted, header in (
            (declared.keyed, KEY_PARAMETER),
            (declared.matched, MATCH_PARAMETER),
            (declared.versioned, KNOWN_PARAMETER),
        )
        if wanted
    ]
    taken: Any = declared.takes
    if declared.takes_up_to:
        taken = {"type": "array", "maxItems": declared.takes_up_to, "items": {"anyOf": [declared.takes, {}]}}
    return found + ([{"in": body, "required": True, "schema": taken}] if declared.takes else [])


def _document(declared: Operation, shape: Shape | None, name: str, resource: str) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    refuses = {400, 401, 403, 404, 422, 500, 503, *declared.may_refuse}
    if declared.paged:
        headers |= LINK
    if declared.versioned or declared.matched or declared.tagged:
        headers |= ETAG
    if declared.located:
        headers |= LOCATION
    if declared.keyed:
        headers |= REPLAY
    if declared.matched:
        refuses |= {409, 412, 428}
    if declared.method != "GET":
        refuses |= {409}
    if declared.takes:
        refuses |= {413, 415}
    responses: dict[str, Any] = {str(declared.status): _success(declared, shape, headers)}
    if declared.versioned:
        responses["304"] = {"description": "未变 · not modified", "headers": ETAG}
    responses |= {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(refuses)}
    document: dict[str, Any] = {
        "operationId": f"{resource.removeprefix('api-').replace('-', '_')}_{name}",
        "summary": f"{declared.says.zh} · {declared.says.en}",
        "responses": responses,
        "x-permission": " + ".join(filter(None, (declared.needs, declared.also))),
    }
    if declared.tells:
        document["description"] = f"{declared.tells.zh}\n\n{declared.tells.en}"
    return document


def _success(declared: Operation, shape: Shape | None, headers: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"description": f"{declared.says.zh} · {declared.says.en}"}
    if headers:
        told["headers"] = headers
    if declared.file:
        binary = {"type": "string", "format": "binary"}
        told["content"] = {
            media: {"schema": {"type": "object"} if media == JSON else binary} for media in declared.file
        }
    elif shape is not None:
        each = {"anyOf": [shape, declared.gives_also]} if declared.gives_also else shape
        told["content"] = {JSON: {"schema": {"type": "array", "items": each} if declared.takes_up_to else shape}}
    return told
