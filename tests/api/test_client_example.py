"""The example in the guide works: run as a partner would, against a server on a port, with a worker beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from legal_service import config
from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import work
from tests.api.conftest import CASE, token_of

SCRIPT = config.ROOT / "docs" / "guide" / "api_client.py"


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def working(house: Installation) -> Iterator[None]:
    """A worker beside it."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(0.3):
            work(house, TASKS, once=True)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join(60)


def run(url: str, token: str, case_no: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LEGAL_URL": url, "LEGAL_TOKEN": token, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), case_no], env=environment, capture_output=True, text=True, timeout=240
    )


def test_the_example_goes_from_deadlines_to_a_package(house: Installation, served: str, working: None) -> None:
    found = run(served, token_of(house, "lawyer"), CASE)
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"{CASE}: assessment since 2024-11-04" in found.stdout
    assert "HM0001: total" in found.stdout
    assert f"package: {CASE}-statement_of_claim-external_counsel-" in found.stdout


def test_it_prints_a_problem_as_it_is_told(house: Installation, served: str) -> None:
    found = run(served, token_of(house, "auditor"), CASE)
    assert found.returncode == 1
    assert "403 not_permitted" in found.stderr
    assert "Traceback" not in found.stderr
