"""The law through the API: the answers of `legal law`, typed, one at a time or many, and nobody's particulars in the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from legal_service import definitions
from legal_service.access.permissions import ROLES
from legal_service.accounts.questions import QUESTIONS
from legal_service.api.schemas.law import MOST_AT_ONCE
from legal_service.cli.law import law
from legal_service.law import forms, schemas
from tests.api.conftest import Caller
from tests.law.test_cases import CASES, written

ALL_CASES = {name: [written(case) for case in cases] for name, cases in definitions.load_all(CASES).items()}
EVERY_CASE = [case for cases in ALL_CASES.values() for case in cases]


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGAL_LANGUAGE", "zh")


def _by_command_line(case: dict[str, Any]) -> Any:
    done = CliRunner().invoke(law, [case["ask"], "--input", "-"], input=json.dumps(case["given"]))
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ALL_CASES)
def test_each_worked_case_is_answered_alike_by_command_line_and_api(name: str, lawyer: Caller) -> None:
    for case in ALL_CASES[name]:
        told, answer = _by_command_line(case), lawyer.post(f"/law/{case['ask']}", case["given"])
        assert answer.json is not None
        if "refused" in case:
            assert (answer.status_code, answer.json["code"]) == (422, told["refusal"]["code"]), case["says"]
            assert answer.json["basis"] == told["refusal"]["basis"]
        else:
            assert (answer.status_code, answer.json) == (200, told), case["says"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_batch_answers_in_order_and_a_wrong_line_in_its_place(question: str, lawyer: Caller) -> None:
    good = [case["given"] for case in EVERY_CASE if case["ask"] == question and "refused" not in case][:3]
    assert good, f"tests/law/cases holds no example of {question}"
    asked = [good[0], "nonsense", {"colour": "red"}, *good[1:], None]
    answer = lawyer.post(f"/law/{question}/batch", asked)
    assert answer.status_code == 200, answer.text
    found: Any = answer.json
    wrong = [number for number, one in enumerate(found) if set(one) == {"error"}]
    assert wrong == [1, 2, len(asked) - 1]
    assert {found[number]["error"]["code"] for number in wrong} == {"wrong_argument"}
    assert found[0] == lawyer.post(f"/law/{question}", good[0]).json


def test_a_batch_is_a_list_of_bounded_length(lawyer: Caller) -> None:
    line = {"amount": "1.00"}
    whole = lawyer.post("/law/amount/batch", [line] * MOST_AT_ONCE)
    assert (whole.status_code, len(whole.json or [])) == (200, 1000)
    assert lawyer.post("/law/amount/batch", [line] * (MOST_AT_ONCE + 1)).status_code == 422
    assert lawyer.post("/law/amount/batch", line).status_code == 422
    assert lawyer.post("/law/amount/batch", []).json == []


def test_every_question_has_its_form_and_is_in_command_line_and_document(app: Flask) -> None:
    assert {form.name for form in forms.FORMS} == set(schemas.QUESTIONS)
    assert set(law.commands) == set(QUESTIONS)
    paths = app.test_client().get("/api/openapi.json").json["paths"]  # type: ignore[index]
    for name in QUESTIONS:
        for path in (f"/api/v1/law/{name}", f"/api/v1/law/{name}/batch"):
            operation = paths[path]["post"]
            assert operation["x-permission"] == "law.read"
            assert "Idempotency-Key" not in str(operation)


def test_the_document_types_what_is_asked_and_told(app: Flask) -> None:
    document: Any = app.test_client().get("/api/openapi.json").json
    shapes = document["components"]["schemas"]
    fee, answer = shapes["LawFee"], shapes["LawFeeAnswer"]
    assert fee["required"] == ["kind"]
    assert "appeal" in fee["properties"]["kind"]["enum"]
    assert fee["additionalProperties"] is False
    assert answer["properties"]["fee"]["type"] == "string"
    assert {"fee", "full", "halved", "basis", "working"} <= set(answer["required"])
    events = shapes["LawLimitation"]["properties"]["events"]
    assert events["items"] == {"$ref": "#/components/schemas/LawLimitationEvents"}
    assert shapes["LawLimitationEvents"]["required"] == ["kind", "on"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_form_names_every_argument_taken_and_every_member_told(question: str, lawyer: Caller) -> None:
    form = QUESTIONS[question].form
    for case in EVERY_CASE:
        if case["ask"] != question or "refused" in case:
            continue
        assert set(case["given"]) <= {field.name for field in form.asks}, case["says"]
        told: Any = lawyer.post(f"/law/{question}", case["given"]).json
        _declared(told, form.gives, case["says"])


def _declared(told: Any, fields: Any, where: str) -> None:
    assert set(told) <= {field.name for field in fields}, where
    for field in fields:
        assert told.get(field.name) is not None or not field.required, f"{where}: {field.name}"
        inner = told.get(field.name)
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict) and field.fields:
                _declared(one, field.fields, f"{where}: {field.name}")


def test_a_form_offers_the_choices_that_the_law_knows(lawyer: Caller) -> None:
    for name, question in QUESTIONS.items():
        for field in question.form.asks:
            if field.kind != "choice" or field.drawn:
                continue
            told = [
                lawyer.post(f"/law/{name}", {**case["given"], field.name: "no such"})
                for case in EVERY_CASE
                if case["ask"] == name and "refused" not in case
            ]
            assert {one.status_code for one in told} == {422}, (name, field.name)
            details = [str((one.json or {})["detail"]) for one in told]
            known = {one.code for one in field.options}
            assert any(all(code in detail for code in known) for detail in details), (name, field.name, details[0])


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_every_role_may_ask(role: str, call_as: Any) -> None:
    assert call_as(role).post("/law/amount", {"amount": "12000"}).json == {"chinese": "壹万贰仟元整"}


def test_no_number_or_name_of_a_person_is_logged(lawyer: Caller, capfd: pytest.CaptureFixture[str]) -> None:
    lawyer.post("/law/identifier", {"kind": "id_card", "value": "11010519491231002X"})
    lawyer.post("/law/identifier/batch", [{"kind": "mobile", "value": "13800138000"}])
    lawyer.post("/law/anonymise", {"names": ["欧阳娜娜"]})
    lawyer.post("/law/identifier", {"kind": "欧阳娜娜", "value": "11010519491231002X"})
    told = "".join(capfd.readouterr())
    assert "api-law.identifier" in told
    for secret in ("11010519491231002X", "13800138000", "欧阳娜娜", "1949"):
        assert secret not in told


def test_where_the_cases_lie() -> None:
    assert Path(CASES).is_dir()
    assert len(EVERY_CASE) > 40
