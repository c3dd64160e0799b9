"""`/api/docs`: the reference, rendered here from the document, in the language of the page; no script, nothing from outside."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Blueprint, Flask, render_template

from legal_service.api.document import ABOUT, document, serve
from legal_service.api.problems import TITLES, answer
from legal_service.api.rulebook import RULES
from legal_service.web import guard

METHODS = ("get", "post", "delete")


def install(app: Flask) -> None:
    """Add the document and its reference page: public, for they hold no data."""
    pages = Blueprint("api-docs", __name__, template_folder="pages", url_prefix="/api")
    pages.register_error_handler(Exception, answer)
    for path, view in (("/openapi.json", serve), ("/docs", show)):
        pages.add_url_rule(path, view.__name__, view, methods=["GET"], provide_automatic_options=False)
        guard.enter(app, {f"api-docs.{view.__name__}": {"GET": guard.PUBLIC}})
    app.register_blueprint(pages)


def show() -> str:
    """The page."""
    found = document()
    return render_template(
        "api_reference.html",
        groups=groups(found),
        schemas=sorted(found["components"]["schemas"].items()),
        problems=TITLES,
        rules=RULES,
        about=ABOUT,
        both=both,
        typed=typed,
    )


def groups(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations by resource, in the order of the document, with the names that the page shows."""
    by_tag: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, methods in found["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                shared = methods.get("parameters", [])
                told = {
                    "path": path,
                    "method": method.upper(),
                    **operation,
                    "parameters": [*shared, *operation.get("parameters", [])],
                }
                by_tag[operation["tags"][0]].append(told)
    titles = {tag["name"].removeprefix("api-"): tag["description"] for tag in found["tags"]}
    return [{"name": tag, "title": titles.get(tag, tag), "operations": listed} for tag, listed in by_tag.items()]


def both(text: str) -> tuple[str, str]:
    """The two languages of a description written as `中文 · English` or as two paragraphs."""
    for mark in ("\n\n", " · "):
        zh, found, en = text.partition(mark)
        if found:
            return zh, en
    return text, text


Typed = list[tuple[str, str]]
"""A type in words, each with the shape that it leads to, if it does."""


def typed(schema: dict[str, Any]) -> Typed:
    """A schema in a few words: `string 1…64`, `[CaseLine]`, `string: paid settled …`."""
    if "$ref" in schema:
        name = str(schema["$ref"].rpartition("/")[2])
        return [(name, name)]
    if "anyOf" in schema:
        parts = [typed(one) for one in schema["anyOf"]]
        return [word for place, part in enumerate(parts) for word in ([(" | ", "")] if place else []) + part]
    kind = schema.get("type", "any")
    told = " | ".join(kind) if isinstance(kind, list) else str(kind)
    if "array" in told:
        before, _, after = told.partition("array")
        return [(f"{before}[", ""), *typed(schema.get("items", {})), (f"]{after}", "")]
    if "format" in schema:
        told += f" ({schema['format']})"
    if "enum" in schema:
        told += ": " + " ".join(str(one) for one in schema["enum"] if one is not None)
    low, high = schema.get("minimum", schema.get("minLength")), schema.get("maximum", schema.get("maxLength"))
    return [(told if high is None else f"{told} {'' if low is None else low}…{high}", "")]
