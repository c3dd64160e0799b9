"""The service as its users meet it: `legal serve` on loopback, with its worker, in processes of their own."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from legal_service import config

LEGAL = (sys.executable, "-c", "from legal_service.cli import main; main()")
STARTS_WITHIN = 60.0


def environment(instance: Path, **more: str) -> dict[str, str]:
    """What the processes see of this machine: nothing of its own settings, the sample instance, Chinese."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGAL_")}
    return {**kept, "LEGAL_INSTANCE": str(instance), "LEGAL_LANGUAGE": "zh", **more}


def legal(instance: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command line as a user would, and answer what it said."""
    return subprocess.run(
        [*LEGAL, *words], cwd=config.ROOT, env=environment(instance), capture_output=True, text=True, timeout=120
    )


@dataclass(frozen=True)
class Running:
    """A server that answers at `origin`; what its processes say goes to `log`."""

    origin: str
    log: Path


@contextmanager
def running(instance: Path, log: Path, **settings: str) -> Iterator[Running]:
    """Start the server (and with it the worker) on a free port, wait until it is ready, stop all of it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [*LEGAL, "serve", "--port", str(port)],
            cwd=config.ROOT,
            env=environment(instance, **settings),
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            preexec_fn=_die_with_the_tests,
        )
    try:
        _wait(port, process, log)
        yield Running(f"http://127.0.0.1:{port}", log)
    finally:
        _stop(process)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"`legal serve` ended with {process.returncode}:\n{_end_of(log)}")
        if _answers(port):
            return
        time.sleep(0.2)
    raise RuntimeError(f"`legal serve` does not answer within {STARTS_WITHIN:.0f} s:\n{_end_of(log)}")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, as Ctrl-C would; then end whatever of its session is left."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]


def _die_with_the_tests() -> None:
    """Linux: a server whose tests were killed is ended too (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
