"""What a reader sees when something is absent or broken: both languages, the next step, no stack trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web import queries
from tests.conftest import settings_in
from tests.web.conftest import Desk, plain


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[FlaskClient]:
    """A reader before an installation on which `legal init` was never run."""
    yield create_app(Installation(settings_in(tmp_path / "none"))).test_client()


@pytest.mark.parametrize(
    ("spoken", "says"), [("zh", "没有这个页面"), ("hant", "沒有這個頁面"), ("en", "There is no such page")]
)
def test_an_unknown_page_says_so_in_the_readers_language(lawyer: Desk, spoken: str, says: str) -> None:
    answer = lawyer.get(f"/no-such-page?lang={spoken}")
    assert answer.status_code == 404
    assert says in plain(answer.get_data(as_text=True))


@pytest.mark.parametrize("url", ["//evil.example/x", "/x<script>alert(1)</script>", "/x?lang=%22%3E%3Cscript%3E"])
def test_an_address_is_never_echoed(browser: FlaskClient, url: str) -> None:
    html = browser.get(url).get_data(as_text=True)
    assert html.count("<script") == 1  # our own
    assert "evil.example" not in html


def test_before_init_the_page_says_what_to_run(bare: FlaskClient) -> None:
    answer = bare.get("/sign-in")
    assert answer.status_code == 503
    text = plain(answer.get_data(as_text=True))
    assert "not_initialised" in text
    assert ".venv/bin/legal init" in text
    assert "请先执行 legal init" in text
    assert "run legal init first" in plain(bare.get("/sign-in?lang=en").get_data(as_text=True))


def test_alive_needs_no_instance(bare: FlaskClient) -> None:
    assert bare.get("/healthz").status_code == 200


def test_after_init_the_same_process_answers(tmp_path: Path, fresh_instance: Path) -> None:
    installation = Installation(settings_in(tmp_path / "instance"))
    browser = create_app(installation).test_client()
    assert browser.get("/sign-in").status_code == 503
    shutil.copytree(fresh_instance, tmp_path / "instance")  # what `legal init` makes
    assert browser.get("/sign-in").status_code == 200
    installation.database.dispose()


def test_a_failure_shows_neither_its_words_nor_its_place(
    lawyer: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise ValueError("张三 430104199005010028")

    monkeypatch.setattr(queries, "loans", broken)
    answer = lawyer.get("/overview")
    assert answer.status_code == 500
    html = answer.get_data(as_text=True)
    assert "服务出错" in html
    for secret in ("张三", "430104", "ValueError", "Traceback", ".py"):
        assert secret not in html
    logged = capsys.readouterr().err
    assert "ValueError" in logged  # the administrator finds the cause,
    assert "430104" not in logged  # but not the person


def test_a_database_that_is_gone_is_named_as_such(installation: Installation, lawyer: Desk) -> None:
    assert lawyer.get("/overview").status_code == 200
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE job RENAME TO lost")
    answer = lawyer.get("/overview")
    assert answer.status_code == 503
    html = answer.get_data(as_text=True)
    assert "database_unavailable" in html
    assert "SELECT" not in html
    assert "no such table" not in html
