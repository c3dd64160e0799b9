"""A real PostgreSQL for the tests: Debian's, on loopback, in a temporary folder, gone afterwards.

`postgres_url` is an empty database of the session, `empty_postgres` one of a test's own; `tests/conftest.py` has the
initialised instance on it. Where PostgreSQL is not installed the tests fail and say how to get it; they are never left out.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

ROLE = "legal"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=64MB")
_numbers = count(1)


def binaries() -> Path:
    """The folder of the newest PostgreSQL that Debian installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        pytest.fail(
            "PostgreSQL is not installed on this machine: run `make setup` (as root, it installs Debian's)",
            pytrace=False,
        )
    return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name)))


def _account() -> dict[str, str]:
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@contextmanager
def server() -> Iterator[str]:
    """A running server; answers its URL without a database name."""
    home = Path(tempfile.mkdtemp(prefix="legal-postgres-"))
    account = _account()
    if account:
        shutil.chown(home, **account)
    try:
        data = home / "data"
        subprocess.run(
            [binaries() / "initdb", "-D", data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True, capture_output=True, cwd=home, **account,
        )  # fmt: skip
        with (home / "log").open("wb") as log:
            port, process = _started(data, log.fileno(), account)
            try:
                yield f"postgresql+psycopg://{ROLE}@127.0.0.1:{port}/"
            finally:
                process.send_signal(signal.SIGINT)  # a fast shutdown: open connections are closed
                process.wait(timeout=20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _started(data: Path, log: int, account: dict[str, str]) -> tuple[int, subprocess.Popen[bytes]]:
    for _attempt in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", *FAST]
        process = subprocess.Popen(
            [binaries() / "postgres", "-D", data, *(part for one in settings for part in ("-c", one))],
            stdout=log, stderr=log, cwd=data.parent, start_new_session=True,
            preexec_fn=_die_with_the_tests, **account,
        )  # fmt: skip
        if _answers(port, process):
            return port, process
    raise RuntimeError("PostgreSQL does not start")


def _die_with_the_tests() -> None:
    """Linux: a server whose tests were killed is shut down too (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 30
    while process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=ROLE, dbname="postgres").close()
            return True
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                process.kill()
                raise
            time.sleep(0.05)
    return False


def new_database(server_url: str, template: str = "template0") -> str:
    """Make a database of its own for one test; answers its URL."""
    name = f"legal_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(_plain(server_url, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return server_url + name


def _plain(server_url: str, database: str) -> str:
    return server_url.replace("postgresql+psycopg", "postgresql") + database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running PostgreSQL, without a database name."""
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The URL of an empty database on a running PostgreSQL, shared by the session."""
    return new_database(postgres_server)


@pytest.fixture
def empty_postgres(postgres_server: str) -> str:
    """The URL of an empty database for one test."""
    return new_database(postgres_server)
