"""Every failure is one shape, in the caller's language, and says what to do next; none tells of the inside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from legal_service.api.problems import TITLES
from legal_service.cases import queries
from legal_service.installation import Installation
from tests.api.conftest import CASE, Caller

FIELDS = {"type", "title", "status", "detail", "code", "basis"}


def problem(answer: object, status: int, code: str) -> dict[str, object]:
    """The problem in an answer, which must be of this status and code."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text  # type: ignore[attr-defined]
    told: dict[str, object] = answer.json  # type: ignore[attr-defined]
    assert (told["status"], told["code"]) == (status, code), told
    assert set(told) - {"errors", "findings"} == FIELDS
    assert told["type"] == f"/api/docs#problem-{status}"
    assert told["detail"]
    assert "机构内部规则" in str(told["basis"]) or "第" in str(told["basis"]), told
    return told


def test_a_refusal_carries_code_and_basis(lawyer: Caller) -> None:
    answer = lawyer.post(f"/cases/{CASE}/moves", {"stage": "judged"}, headers={"If-Match": '"1"'})
    told = problem(answer, 422, "no_such_move")
    assert "机构内部规则" in str(told["basis"])


@pytest.mark.parametrize(
    ("asked", "tag", "says"),
    [
        ("", "zh-CN", "没有这个案件"),
        ("zh-TW,zh;q=0.8", "zh-CN", "没有这个案件"),
        ("en-GB,en;q=0.9", "en", "no such case"),
        ("fr", "zh-CN", "没有这个案件"),
        ("zh;q=0.1, en;q=0.9", "en", "no such case"),
    ],
)
def test_it_speaks_the_language_that_was_asked_for(lawyer: Caller, asked: str, tag: str, says: str) -> None:
    answer = lawyer.get("/cases/none", headers={"Accept-Language": asked} if asked else {})
    assert says in str(problem(answer, 404, "unknown_case")["detail"])
    assert answer.headers["Content-Language"] == tag
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_address_that_is_not_there(lawyer: Caller) -> None:
    problem(lawyer.get("/nothing"), 404, "http_404")
    problem(lawyer.get("/jobs/0"), 404, "http_404")
    problem(lawyer.get("/jobs/99999999999999999999"), 404, "http_404")


def test_a_method_that_is_not_taken_keeps_allow(lawyer: Caller) -> None:
    answer = lawyer("PUT", "/cases")
    problem(answer, 405, "http_405")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    problem(lawyer("OPTIONS", "/me"), 405, "http_405")


def test_the_pages_answer_for_themselves(app: Flask) -> None:
    assert app.test_client().get("/nothing").mimetype == "text/html"


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff\xfe",
        b'{"loan_nos": ["HM0003"], "loan_nos": ["HM0001"]}',
        b'{"loan_nos": NaN}',
        b'{"loan_nos": ["\\ud800"]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_malformed(lawyer: Caller, raw: bytes) -> None:
    answer = lawyer("POST", "/cases", data=raw, content_type="application/json")
    problem(answer, 400, "malformed_request")


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"null", b"1"])
def test_a_body_is_one_object(lawyer: Caller, raw: bytes) -> None:
    told = problem(lawyer("POST", "/cases", data=raw, content_type="application/json"), 422, "invalid_request")
    assert {one["rule"] for one in told["errors"]} <= {"object", "null", "invalid"}  # type: ignore[index, attr-defined]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_another_content_type_is_refused(lawyer: Caller, content_type: str) -> None:
    problem(
        lawyer("POST", "/cases", data=b'{"loan_nos": ["HM0003"]}', content_type=content_type), 415, "wrong_content_type"
    )


def test_json_is_no_upload(lawyer: Caller) -> None:
    problem(lawyer.post("/imports", {"files": []}), 415, "wrong_content_type")


def test_too_large_is_refused_before_it_is_read(lawyer: Caller) -> None:
    answer = lawyer("POST", "/cases", data=b'{"x": "' + b"x" * 2**20 + b'"}', content_type="application/json")
    problem(answer, 413, "http_413")


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({}, "loan_nos", "required"),
        ({"loan_nos": []}, "loan_nos", "length"),
        ({"loan_nos": "HM0003"}, "loan_nos", "list"),
        ({"loan_nos": [7]}, "loan_nos.0", "text"),
        ({"loan_nos": ["a\x00b"]}, "loan_nos.0", "text"),
        ({"loan_nos": ["x" * 65]}, "loan_nos.0", "length"),
        ({"loan_nos": ["HM0003"], "on": "2026-02-30"}, "on", "date"),
        ({"loan_nos": ["HM0003"], "on": "0001-01-01"}, "on", "date"),
        ({"loan_nos": ["HM0003"], "on": "20260101"}, "on", "date"),
        ({"loan_nos": ["HM0003"], "owner": "x"}, "owner", "unknown_field"),
        ({"loan_nos": None}, "loan_nos", "null"),
    ],
)
def test_a_wrong_field_is_named_with_its_rule(lawyer: Caller, body: object, field: str, rule: str) -> None:
    told = problem(lawyer.post("/cases", body, headers={"Accept-Language": "en"}), 422, "invalid_request")
    faults = {(one["field"], one["rule"]) for one in told["errors"]}  # type: ignore[index, attr-defined]
    assert (field, rule) in faults
    assert field in str(told["detail"])


@pytest.mark.parametrize(
    ("question", "field", "rule"),
    [
        ("limit=0", "limit", "range"),
        ("limit=101", "limit", "range"),
        ("limit=ten", "limit", "integer"),
        ("limit=1e1", "limit", "integer"),
        ("limit=１０", "limit", "integer"),
        ("limit=1&limit=2", "limit", "once"),
        ("size=10", "size", "unknown_field"),
        ("desc=1", "desc", "boolean"),
        ("desc=True", "desc", "boolean"),
        ("stage=nowhere", "stage", "choice"),
        ("owner=%00", "owner", "text"),
    ],
)
def test_a_wrong_question_is_named_with_its_rule(lawyer: Caller, question: str, field: str, rule: str) -> None:
    told = problem(lawyer.get(f"/cases?{question}"), 422, "invalid_request")
    assert (field, rule) in {(one["field"], one["rule"]) for one in told["errors"]}  # type: ignore[index, attr-defined]


@pytest.mark.parametrize(
    ("path", "body", "says", "says_in_english"),
    [
        (
            "/law/amount/batch",
            [{"amount": "1"}] * 1001,
            "请求 至多 1,000 项",
            "it must have at most 1,000 items",
        ),
        ("/cases", {"loan_nos": []}, "loan_nos 须为 1 至 50 项", "loan_nos must have 1 to 50 items"),
        (
            "/cases",
            {"loan_nos": ["x" * 65]},
            "loan_nos.0 须为 1 至 64 个字符",
            "loan_nos.0 must have 1 to 64 characters",
        ),
    ],
)
def test_a_length_says_its_limit(lawyer: Caller, path: str, body: object, says: str, says_in_english: str) -> None:
    told = problem(lawyer.post(path, body), 422, "invalid_request")
    assert says in str(told["detail"])
    assert [one["rule"] for one in told["errors"]] == ["length"]  # type: ignore[index, attr-defined]
    assert told["errors"][0]["says"] == says.partition(" ")[2]  # type: ignore[index]
    english = lawyer.post(path, body, headers={"Accept-Language": "en"})
    assert says_in_english in str(problem(english, 422, "invalid_request")["detail"])


def test_a_number_out_of_range_says_the_range(lawyer: Caller) -> None:
    told = problem(lawyer.get("/cases?limit=101"), 422, "invalid_request")
    assert "limit 须在 1 至 100 之间" in str(told["detail"])


@pytest.mark.parametrize("raw", [b"null", b'{"amount": "1"}', b'"x"', b"7"])
def test_many_at_once_are_a_list(lawyer: Caller, raw: bytes) -> None:
    answer = lawyer("POST", "/law/amount/batch", data=raw, content_type="application/json")
    told = problem(answer, 422, "invalid_request")
    assert "接口约定" in str(told["basis"])


@pytest.mark.parametrize("question", ["amount=1&amount=2", "amount=1&amount=1"])
def test_an_argument_in_an_address_stands_once(lawyer: Caller, question: str) -> None:
    told = problem(lawyer.get(f"/law/amount?{question}"), 422, "invalid_request")
    assert "接口约定" in str(told["basis"])


def test_all_faults_are_told_at_once(lawyer: Caller) -> None:
    body = {"document": "poem", "mode": "pigeon", "sent_on": "soon"}
    told = problem(lawyer.post(f"/cases/{CASE}/services", body), 422, "invalid_request")
    assert {one["field"] for one in told["errors"]} == {"document", "mode", "sent_on", "address", "outcome"}  # type: ignore[index, attr-defined]


def test_findings_come_one_by_one(lawyer: Caller) -> None:
    from io import BytesIO

    answer = lawyer(
        "POST", f"/cases/{CASE}/evidence", data={"kind": "contract", "file": (BytesIO(b"MZ\x90\x00"), "x.pdf")}
    )
    told = problem(answer, 422, "findings")
    assert set(told["findings"][0]) == {"code", "severity", "where", "message", "basis"}  # type: ignore[index]


def test_without_a_token_it_says_how(call_as: Callable[[str], Caller]) -> None:
    answer = call_as("").get("/me")
    problem(answer, 401, "sign_in_required")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_failure_of_ours_tells_nothing_of_the_inside(
    lawyer: Caller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("张三 430104199005010028")

    monkeypatch.setattr(queries, "case_json", broken)
    answer = lawyer.get(f"/cases/{CASE}")
    problem(answer, 500, "http_500")
    for secret in ("张三", "430104", "ValueError", "Traceback", ".py"):
        assert secret not in answer.text
    logged = "".join(capsys.readouterr())
    assert "ValueError" in logged
    assert "430104" not in logged


def test_a_database_that_is_gone_is_503_with_retry_after(lawyer: Caller, house: Installation) -> None:
    with house.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE job RENAME TO lost")
    answer = lawyer.get("/jobs")
    problem(answer, 503, "database_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "no such table" not in answer.text


def test_every_status_that_may_come_has_a_title() -> None:
    from legal_service import statuses

    assert set(statuses._EXACT.values()) | {404, 410, 422, 405} <= set(TITLES)
    assert all(words.zh and words.en for words in TITLES.values())
