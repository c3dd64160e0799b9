"""What every room's tests may ask for: an installed instance of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from legal_service.config import Settings
from legal_service.installation import Installation
from tests.postgres import empty_postgres, new_database, postgres_server, postgres_url
from tests.workers import pytest_xdist_make_scheduler

__all__ = ["empty_postgres", "postgres_server", "postgres_url", "pytest_xdist_make_scheduler"]  # found here by pytest


def settings_in(folder: Path) -> Settings:
    """Settings that need no server and read nothing of the machine: SQLite and a vault below this folder."""
    return Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'service.db'}",
        store_url=f"file://{folder / 'vault'}",
        broker_url="",
        secret_key="",
        field_keys="",
        tsa_url="",
        language="zh",
    )


@pytest.fixture(scope="session")
def fresh_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance as `legal init` leaves it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("fresh") / "instance"
    made = Installation(settings_in(folder))
    made.initialise()
    made.database.dispose()
    return folder


@pytest.fixture
def installation(tmp_path: Path, fresh_instance: Path) -> Iterator[Installation]:
    """An initialised instance in `tmp_path / "instance"`: SQLite, keys, an empty vault."""
    folder = tmp_path / "instance"
    shutil.copytree(fresh_instance, folder)
    installed = Installation(settings_in(folder)).opened()
    yield installed
    installed.database.dispose()


@pytest.fixture(scope="session")
def fresh_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An instance on PostgreSQL as `legal init` leaves it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("fresh-postgres") / "instance"
    settings = replace(settings_in(folder), database_url=new_database(postgres_server))
    made = Installation(settings)
    made.initialise()
    made.database.dispose()
    return settings


@pytest.fixture
def postgres_installation(tmp_path: Path, postgres_server: str, fresh_postgres: Settings) -> Iterator[Installation]:
    """An initialised instance whose database is on PostgreSQL, and its own."""
    folder = tmp_path / "postgres-instance"
    shutil.copytree(fresh_postgres.instance, folder)
    url = new_database(postgres_server, template=fresh_postgres.database_url.rpartition("/")[2])
    installed = Installation(replace(settings_in(folder), database_url=url)).opened()
    yield installed
    installed.database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request: pytest.FixtureRequest) -> Installation:
    """An initialised instance, on each engine in turn."""
    found = request.getfixturevalue("installation" if request.param == "sqlite" else "postgres_installation")
    assert isinstance(found, Installation)
    return found
