"""An instance that already holds the small tape, and the question every refusal must answer: is all as it was?"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from legal_service.errors import Finding
from legal_service.installation import Installation
from tests.builders import a_tape, imported, picture
from tests.conftest import settings_in

Refused = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, fresh_instance: Path) -> Iterator[Installation]:
    """An instance with the small tape imported. Only for tests after which it is as it was: see `refused`."""
    folder = tmp_path_factory.mktemp("settled")
    shutil.copytree(fresh_instance, folder / "instance")
    installation = Installation(settings_in(folder / "instance")).opened()
    assert imported(installation, a_tape(folder / "tape")).findings == []
    yield installation
    installation.database.dispose()


@pytest.fixture
def refused(settled: Installation) -> Refused:
    """Import a bad tape into the settled instance; answers its errors, after checking that nothing at all has changed."""

    def errors(path: Path, **how: object) -> list[Finding]:
        before = picture(settled)
        outcome = imported(settled, path, **how)
        assert picture(settled) == before, "a refused tape left a trace"
        assert (outcome.batch, outcome.created, outcome.updated) == (None, 0, 0)
        found = [finding for finding in outcome.findings if finding.severity == "error"]
        assert found, "nothing was refused"
        return found

    return errors


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """The small tape, to be spoilt."""
    return a_tape(tmp_path / "tape")
