"""Alive is not ready: `/readyz` says what is missing and how to mend it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from legal_service import clock, config
from legal_service.application import create_app
from legal_service.documents import files as documents
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.web.names import name
from tests.conftest import settings_in
from tests.web.a_portfolio import a_job, put


def failing(browser: FlaskClient, url: str = "/readyz") -> dict[str, str]:
    """The checks that fail, with what they say; the status must agree."""
    answer = browser.get(url)
    told = answer.get_json()
    found = {check["name"]: check["says"] for check in told["checks"] if not check["ok"]}
    assert told["ready"] is (not found)
    assert answer.status_code == (503 if found else 200)
    assert {check["name"] for check in told["checks"]} == {"fonts", "keys", "migrations", "store", "worker", "jobs"}
    return found


@pytest.fixture(autouse=True)
def _a_worker(installation: Installation) -> None:
    """One that was heard a moment ago."""
    hear(installation, clock.now())


def hear(installation: Installation, at: datetime) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        jobs.hear(session, name="one", began_at=at, now=at)


def test_an_initialised_instance_is_ready(browser: FlaskClient) -> None:
    assert failing(browser) == {}
    assert browser.get("/healthz").get_json() == {"status": "ok"}


def test_before_init_keys_migrations_store_and_jobs_are_missing(tmp_path: Path) -> None:
    browser = create_app(Installation(settings_in(tmp_path / "none"))).test_client()
    assert browser.get("/healthz").status_code == 200
    found = failing(browser)
    assert set(found) == {"keys", "migrations", "store", "worker", "jobs"}
    assert all("legal init" in says for says in found.values())
    assert not (tmp_path / "none").exists()  # asking changes nothing


def test_an_older_schema_is_not_ready(installation: Installation) -> None:
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert set(failing(create_app(installation).test_client())) == {"migrations", "worker", "jobs"}


def test_a_missing_store_is_named(installation: Installation) -> None:
    shutil.rmtree(installation.settings.instance / "vault")
    assert set(failing(create_app(installation).test_client())) == {"store"}


def test_without_a_worker_it_says_how_to_start_one_in_the_readers_language(installation: Installation) -> None:
    hear(installation, clock.now() - timedelta(seconds=40))
    browser = create_app(installation).test_client()
    assert set(found := failing(browser)) == {"worker"}
    assert "legal worker" in found["worker"]
    assert "没有工作进程" in found["worker"]
    assert "no worker is running" in failing(browser, "/readyz?lang=en")["worker"]
    assert (name("check", "worker").zh, name("check", "worker").en) == ("工作进程", "worker")


def test_it_tells_anybody_and_names_no_place_and_no_secret(installation: Installation, tmp_path: Path) -> None:
    settings = replace(
        installation.settings,
        store_url=f"file://{tmp_path}/elsewhere",
        field_keys="not-a-key-but-a-secret",
        database_url="postgresql+psycopg://boss:hunter2@127.0.0.1:1/books",
    )
    for asked in ("/readyz", "/readyz?lang=en"):
        answer = create_app(Installation(settings)).test_client().get(asked)
        assert answer.status_code == 503
        told = answer.get_data(as_text=True)
        for hidden in (str(tmp_path), "elsewhere", "secret", "hunter2", "boss", "127.0.0.1"):
            assert hidden not in told
    reachable = replace(settings, field_keys="")
    told = create_app(Installation(reachable)).test_client().get("/readyz").get_data(as_text=True)
    assert "OperationalError" in told
    assert "hunter2" not in told
    assert "127.0.0.1" not in told


def test_missing_fonts_are_named(browser: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "FONTS", tmp_path)
    documents.prepare.cache_clear()
    try:
        assert "make setup" in failing(browser)["fonts"]
    finally:
        documents.prepare.cache_clear()


def test_a_job_whose_worker_fell_silent_is_stuck(installation: Installation) -> None:
    now = clock.now()
    put(installation, a_job("sweep", "running", at=now, leased_until=now - timedelta(seconds=90)))
    found = failing(create_app(installation).test_client(), "/readyz?lang=en")
    assert found == {"jobs": "1 jobs lost their worker and 0 wait for one: start legal worker."}


def test_a_job_that_nobody_takes_is_stuck(installation: Installation) -> None:
    put(installation, a_job("package", "waiting", at=clock.now() - timedelta(minutes=6)))
    assert "1 个任务久等无人处理" in failing(create_app(installation).test_client())["jobs"]


def test_jobs_on_their_way_are_no_trouble(installation: Installation) -> None:
    now = clock.now()
    put(
        installation,
        a_job("sweep", "running", at=now, leased_until=now + timedelta(seconds=5)),
        a_job("package", "waiting", at=now - timedelta(seconds=20)),
        a_job("import", "done", at=now - timedelta(days=3)),
        a_job("import", "failed", at=now - timedelta(days=2)),
    )
    assert failing(create_app(installation).test_client()) == {}
