"""The real server: `legal serve` answers on loopback with a worker beside it, and all of it ends together, even when killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from legal_service import config
from legal_service.access import files as keys
from legal_service.cli.serving import Beside
from legal_service.clock import now
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries
from tests.conftest import settings_in

LOGINS = [
    {"role": "lawyer", "email": "lin@demo.example", "name": "林", "password": "spring-river-41"},
    {"role": "regulator", "email": "gu@demo.example", "name": "顾", "password": "autumn-hill-77"},
]


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soon(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """What a condition answers, once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.1)
    return found


class Server:
    """`legal serve` on an installation, and the processes that belong to it."""

    def __init__(self, installation: Installation, log: Path, *options: str) -> None:
        self.port, self.log = free_port(), log
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGAL_")}
        command = [sys.executable, "-c", "from legal_service.cli import main; main()", "serve", *options]
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=config.ROOT,
                env={**kept, "LEGAL_INSTANCE": str(installation.settings.instance)},
                stdout=stream,
                stderr=stream,
            )

    def ask(self, path: str, host: str = "localhost", method: str = "GET") -> tuple[int, bytes]:
        """One request with a Host header of our choice."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether it answers yet."""
        assert self.process.poll() is None, self.told()
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def children(self) -> dict[int, str]:
        """Its child processes by number, with their command line."""
        try:
            threads = Path(f"/proc/{self.process.pid}/task").iterdir()
            numbers = [one for thread in threads for one in (thread / "children").read_text().split()]
            return {
                int(one): Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode() for one in numbers
            }
        except OSError:
            return {}

    def worker(self) -> int:
        """The number of its worker's process; 0 when it has none at the moment."""
        return next((number for number, command in self.children().items() if "--beside" in command), 0)

    def told(self) -> str:
        """What it wrote."""
        return self.log.read_text(encoding="utf-8")

    def end(self) -> None:
        """Kill whatever is left."""
        for number in [*self.children(), self.process.pid]:
            if alive(number):
                os.kill(number, signal.SIGKILL)
        self.process.wait()


def alive(number: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return ") Z" not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False


@pytest.fixture
def server(installation: Installation, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """`server("--no-worker")`: a running one, ended with the test."""
    started: list[Server] = []

    def start(*options: str) -> Server:
        found = Server(installation, tmp_path / f"log{len(started)}", *options)
        started.append(found)
        soon(found.answers)
        return found

    yield start
    for one in started:
        one.end()


def workers(installation: Installation) -> int:
    with installation.reading() as session:
        return queries.workers_alive(session, now())


def test_it_answers_and_its_worker_works_and_all_ends_together(
    installation: Installation, server: Callable[..., Server]
) -> None:
    keys.write_demo_logins(installation.settings, LOGINS)
    here = server()
    assert here.ask("/healthz", "evil.example")[0] == 403
    soon(lambda: here.ask("/readyz")[0] == 200)
    with installation.transaction(LOCAL_OPERATOR) as tx:
        job_id = jobs.enqueue(tx, kind="sweep", arguments={"as_of": "2026-03-31"})

    def status() -> str:
        with installation.reading() as session:
            return queries.job(session, job_id).status

    soon(lambda: status() == "done")
    here.ask("/loans/430104199005010028?name=zhangsan")
    told = here.told()
    assert f"http://127.0.0.1:{here.port}/" in told
    for login in LOGINS:
        line = next(one for one in told.splitlines() if login["email"] in one)
        assert login["password"] in line
    assert "公司律师 in-house lawyer" in told
    assert "监管人员 regulator" in told
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert {"endpoint", "request", "ms"} <= set(next(one for one in lines if one["event"] == "request"))
    assert [one["kind"] for one in lines if one["event"] == "job done"] == ["sweep"]
    assert "zhangsan" not in told
    assert "430104199005010028" not in told
    children = here.children()
    assert len(children) == 2
    here.process.send_signal(signal.SIGTERM)
    here.process.wait(timeout=25)
    assert not any(alive(one) for one in children)
    assert workers(installation) == 0


def test_a_killed_worker_comes_back_and_a_killed_server_leaves_nobody(
    installation: Installation, server: Callable[..., Server]
) -> None:
    here = server()
    first = soon(here.worker)
    soon(lambda: workers(installation) == 1)
    os.kill(first, signal.SIGKILL)
    second = soon(lambda: (found := here.worker()) != first and found)
    soon(lambda: workers(installation) == 2)  # the killed one is believed for half a minute
    left = here.children()
    assert second in left
    here.process.kill()
    here.process.wait()
    soon(lambda: not any(alive(one) for one in left))


def test_without_a_worker_it_is_not_ready(server: Callable[..., Server]) -> None:
    here = server("--no-worker")
    status, body = here.ask("/readyz")
    assert status == 503
    assert [one["name"] for one in json.loads(body)["checks"] if not one["ok"]] == ["worker"]
    assert here.worker() == 0
    here.process.send_signal(signal.SIGINT)
    here.process.wait(timeout=25)


def test_a_port_that_is_taken_is_refused(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        again = subprocess.run(
            [sys.executable, "-c", "from legal_service.cli import main; main()", "serve", "--port", port],
            cwd=config.ROOT,
            env={**os.environ, "LEGAL_INSTANCE": str(installation.settings.instance)},
            capture_output=True,
            check=False,
        )
    assert again.returncode == 1
    assert json.loads(again.stdout)["refusal"]["code"] == "port_taken"


def test_before_init_it_serves_and_says_what_is_missing(tmp_path: Path) -> None:
    nowhere = Installation(settings_in(tmp_path / "none"))
    here = Server(nowhere, tmp_path / "log")
    try:
        soon(here.answers)
        assert "尚未就绪 not ready" in here.told()
        assert here.ask("/readyz")[0] == 503
        child = soon(here.worker)
        time.sleep(3)
        assert here.worker() == child  # it waits for the instance
        nowhere.initialise()
        soon(lambda: here.ask("/readyz")[0] == 200)
    finally:
        here.end()
        nowhere.database.dispose()


def test_a_child_that_ends_at_once_is_started_again_with_patience(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    beside = Beside([sys.executable, "-c", f"open({str(mark)!r}, 'a').write('x')"])
    beside.start()
    soon(lambda: mark.is_file() and len(mark.read_text()) == 2)
    beside.stop()
    time.sleep(0.5)
    assert len(mark.read_text()) == 2
