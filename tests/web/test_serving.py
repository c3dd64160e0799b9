"""The pages under the real server: `legal serve` starts, answers on loopback, and stops when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from legal_service import config
from legal_service.installation import Installation


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, host: str) -> tuple[int, dict[str, str], bytes]:
    """One request with a Host header of our choice."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def started(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, at most half a minute."""
    for _ in range(150):
        try:
            ask(port, "/healthz", "localhost")
            return
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def test_legal_serve_answers_on_loopback_and_stops(installation: Installation, tmp_path: Path) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGAL_")}
    command = [sys.executable, "-c", "from legal_service.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=config.ROOT,
        env={**kept, "LEGAL_INSTANCE": str(installation.settings.instance)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        started(port, server)
        status, headers, body = ask(port, "/", f"127.0.0.1:{port}")
        assert status == 200
        assert "概览" in body.decode()
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "set-cookie" not in headers
        assert ask(port, "/readyz", "localhost")[0] == 200
        assert ask(port, "/", "evil.example")[0] == 403
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert server.returncode is not None
