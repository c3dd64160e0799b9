"""The log: one line per request, by endpoint and number; nothing in it tells of a person, whatever is planted."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient

from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web import log
from tests.web.a_portfolio import SECRETS


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines written since last asked."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]


@pytest.fixture(autouse=True)
def _level(installation: Installation) -> None:
    log.configure("info")


def test_a_request_is_one_line_and_carries_its_number(browser: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    answer = browser.get("/healthz?name=张三", headers={"User-Agent": "李四", "X-Request-Id": "mine"})
    number = answer.headers["X-Request-Id"]
    assert len(number) == 16
    assert number != browser.get("/healthz").headers["X-Request-Id"]
    first, _second = logged(capsys)
    assert first.pop("ms") >= 0
    assert first.pop("time").endswith("+08:00")
    assert first == {
        "event": "request",
        "level": "info",
        "request": number,
        "method": "GET",
        "endpoint": "healthz",
        "status": 200,
        "user": None,
    }


def test_who_is_signed_in_is_a_number(
    installation: Installation, desk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = desk("lawyer")
    capsys.readouterr()
    assert signed.get("/me").status_code == 200
    (line,) = logged(capsys)
    assert line["endpoint"] == "me"
    assert isinstance(line["user"], int)
    assert signed.email not in json.dumps(line)


def test_nothing_personal_is_logged_whatever_is_asked(browser: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for secret in SECRETS:
        browser.get(f"/cases/{secret}?q={secret}", headers={"Referer": secret, "Cookie": f"x={secret}"})
        browser.post("/sign-in", data={"email": secret, "password": secret})
        browser.open("/healthz", method=secret if secret.isascii() and secret.isalpha() else "GET")
    told = capsys.readouterr().err
    assert told.count('"event": "request"') == 3 * len(SECRETS)
    assert [secret for secret in SECRETS if secret in told] == []
    assert "/cases" not in told
    assert "127.0.0.1" not in told


def test_a_planted_name_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("job done", job=7, name="张三", phone="13800138000", arguments={"path": "/x"})
    (line,) = logged(capsys)
    assert set(line) == {"time", "level", "event", "job"}
    assert line["job"] == 7


@pytest.mark.parametrize(
    "value",
    [
        "张三",
        "张三 zhang",
        "430104199005010028",
        "1380013 8000x13800138000",
        "a@b.cn",
        {"name": "x"},
        b"x",
        "x\ny",
        "x" * 301,
    ],
)
def test_a_planted_value_under_a_known_key_is_withheld(capsys: pytest.CaptureFixture[str], value: object) -> None:
    structlog.get_logger().warning("job failed", error=value, at=[value, "worker.py:12 perform"], kind="import")
    (line,) = logged(capsys)
    assert (line["error"], line["kind"]) == (log.WITHHELD, "import")
    assert line["at"] == [log.WITHHELD, "worker.py:12 perform"]


def test_an_event_that_quotes_is_withheld(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("导入 张三")
    assert logged(capsys)[0]["event"] == log.WITHHELD


def test_what_a_library_says_is_told_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("weasyprint").warning("cannot lay out %s", "张三")
    logging.getLogger("weasyprint").info("not even this")
    told = [line for line in logged(capsys) if line["event"] == "a library warns"]
    assert [(line["logger"], line["level"]) for line in told] == [("weasyprint", "warning")]
    assert "张三" not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(("level", "lines"), [("info", 1), ("INFO", 1), ("warning", 0), ("nonsense", 1)])
def test_the_level_is_a_setting(capsys: pytest.CaptureFixture[str], level: str, lines: int) -> None:
    log.configure(level)
    structlog.get_logger().debug("x")
    structlog.get_logger().info("job done")
    assert len(logged(capsys)) == lines


def test_a_failure_is_logged_with_the_number_of_its_request(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(installation)

    def fail() -> str:
        raise ValueError("张三 430104199005010028")

    monkeypatch.setitem(app.view_functions, "healthz", fail)
    capsys.readouterr()
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500
    lines = logged(capsys)
    assert {line["request"] for line in lines} == {answer.headers["X-Request-Id"]}
    assert [line["level"] for line in lines] == ["error", "error"]
    assert "张三" not in json.dumps(lines, ensure_ascii=False)
    assert "430104199005010028" not in json.dumps(lines)


def test_outside_a_request_there_is_no_number() -> None:
    assert log.request_id() == ""
