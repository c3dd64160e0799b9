"""One return made once for all tests, and an installation with a small book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command

from legal_service import config
from legal_service.access import files as keys
from legal_service.access.operations import found_institution
from legal_service.database import Base
from legal_service.installation import Installation, alembic_config
from legal_service.reports import files
from legal_service.reports.cut import encode
from legal_service.reports.production import produce
from legal_service.vault import files as vault

from . import a_book
from .a_return import FIRST, NAME, a_quarter


@pytest.fixture(scope="session")
def made() -> dict[str, bytes]:
    """The five files of the first issue of `a_quarter()`."""
    return produce(encode(a_quarter()), files.press(NAME), FIRST)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An instance whose database holds the book of `a_book`, and another institution's with the same loan."""
    monkeypatch.setenv("LEGAL_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("LEGAL_DATABASE_URL", f"sqlite:///{tmp_path / 'instance' / 'service.db'}")
    monkeypatch.setenv("LEGAL_STORE_URL", f"file://{tmp_path / 'instance' / 'vault'}")
    monkeypatch.setenv("LEGAL_LANGUAGE", "zh")
    settings = config.load()
    settings.instance.mkdir()
    keys.make_keys(settings)
    vault.open_store(settings.store_url, create=True)
    installation = Installation(settings)
    Base.metadata.create_all(installation.database.engine)
    command.stamp(alembic_config(installation.database), "head")
    with installation.database.aside(institution_id=None) as session:
        found_institution(session, code="default", name="本机构")
    with installation.database.aside(institution_id=installation.institution_id) as session:
        a_book.write(session)
    yield installation
    installation.database.dispose()
