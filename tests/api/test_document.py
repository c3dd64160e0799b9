"""The document says everything, in both languages; the reference page is drawn from it, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from legal_service import api
from legal_service.access.permissions import PERMISSIONS
from legal_service.api.problems import TITLES
from legal_service.api.rulebook import RULES
from tests.api.conftest import CASE, Caller

HAN = re.compile("[一-鿿]")


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/api/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    found: dict[str, Any] = answer.json  # type: ignore[assignment]
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if method != "parameters"
    ]


def test_it_is_openapi_3_1_and_holds_every_rule(app: Flask, document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    told = operations(document)
    assert len(told) == sum(len(by) for by in api.rules(app).values()) - 2  # but for the document and its page
    assert all(path.startswith("/api/v1/") for path, _, _ in told)
    numbers = [one["operationId"] for _, _, one in told]
    assert len(set(numbers)) == len(numbers)


def test_every_operation_says_who_may_and_what_in_both_languages(document: dict[str, Any]) -> None:
    for path, method, told in operations(document):
        zh, _, en = told["summary"].partition(" · ")
        assert HAN.search(zh), (path, method)
        assert en and not HAN.search(en), (path, method)
        shared = document["paths"][path].get("parameters", [])
        assert all(" · " in one["description"] for one in [*shared, *told.get("parameters", [])]), (path, method)
        assert set(told["x-permission"].split(" + ")) <= set(PERMISSIONS) | {"signed_in"}


def test_every_operation_declares_its_failures(document: dict[str, Any]) -> None:
    for path, method, told in operations(document):
        statuses = set(told["responses"])
        assert {"401", "403", "422", "500", "503"} <= statuses, (path, method)
        assert "default" not in statuses
        if "requestBody" in told:
            assert {"413", "415"} <= statuses
        if method == "post" and "stop" not in path and "/law/" not in path:
            assert "Idempotency-Key" in [one.get("name") for one in told.get("parameters", [])], path
    problems = document["components"]["responses"]
    assert {f"Problem{status}" for status in TITLES} == set(problems)
    for told in problems.values():
        assert list(told["content"]) == ["application/problem+json"]


def test_every_field_has_a_type_and_what_comes_in_is_closed(document: dict[str, Any]) -> None:
    for name, shape in document["components"]["schemas"].items():
        for field, told in shape.get("properties", {}).items():
            assert {"type", "$ref", "anyOf", "allOf"} & set(told) or field == "value", (name, field)
            if told.get("type") == "string" and name.startswith("New"):
                assert {"maxLength", "enum", "format", "pattern"} & set(told), (name, field)
        if not re.match("Law.*Answer", name):  # members may be added to the answers of law (contract.md, top)
            assert shape["additionalProperties"] is False, name


def test_versions_and_pages_are_declared(document: dict[str, Any]) -> None:
    case = document["paths"]["/api/v1/cases/{case_no}"]["get"]
    assert {"200", "304"} <= set(case["responses"])
    assert "ETag" in case["responses"]["200"]["headers"]
    move = document["paths"]["/api/v1/cases/{case_no}/moves"]["post"]
    assert {"409", "412", "428"} <= set(move["responses"])
    assert next(one for one in move["parameters"] if one["name"] == "If-Match")["required"] is True
    listed = document["paths"]["/api/v1/cases"]["get"]
    assert "Link" in listed["responses"]["200"]["headers"]


@pytest.mark.parametrize("lang", ["zh", "hant", "en"])
def test_the_reference_is_drawn_without_a_script_of_its_own(app: Flask, document: dict[str, Any], lang: str) -> None:
    answer = app.test_client().get(f"/api/docs?lang={lang}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    main = html[html.index("<main") : html.index("</main>")]
    assert "<script" not in main
    assert "style=" not in html
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    for _, method, told in operations(document):
        assert f'id="{told["operationId"]}"' in main, method
    for status in TITLES:
        assert f'id="problem-{status}"' in main
    for rule in RULES:
        assert f"<code>{rule}</code>" in main
    for anchor in set(re.findall(r'href="#([\w-]+)"', main)):
        assert f'id="{anchor}"' in main, anchor


def test_the_english_reference_has_no_chinese_left(app: Flask) -> None:
    html = app.test_client().get("/api/docs?lang=en").get_data(as_text=True)
    main = html[html.index("<main") : html.index("</main>")]
    text = re.sub(r"<[^>]+>", " ", main)
    assert HAN.findall(text.replace("中文", "")) == []


def test_the_type_of_a_problem_leads_to_its_explanation(app: Flask, call_as: Callable[[str], Caller]) -> None:
    told = call_as("lawyer").get("/cases/none").json
    assert told is not None
    page, _, anchor = told["type"].partition("#")
    assert f'id="{anchor}"' in app.test_client().get(page).get_data(as_text=True)


def test_dumping_drops_nothing_of_a_case(lawyer: Caller) -> None:
    from legal_service.api.schemas.cases import CaseShape

    case = lawyer.read(f"/cases/{CASE}")
    assert set(case) == set(CaseShape().dump_fields)
