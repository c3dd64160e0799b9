"""`legal serve` and `legal worker`: the web interface with one worker beside it, which lives and ends with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import Any

import click
import structlog
from rich.cells import cell_len
from sqlalchemy.exc import SQLAlchemyError

from legal_service import config, labels
from legal_service.access import files as keys
from legal_service.cli import speech
from legal_service.cli.options import opened
from legal_service.config import Settings
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation, installed
from legal_service.web import log

THREADS = 8
"""SQLite lets one write at a time and all read: one process with some threads; as many connections as its pool holds for two each."""
STOP_SECONDS = 10
FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 1.0, 30.0, 60.0
WORKER = (sys.executable, "-c", "from legal_service.cli import main; main()", "worker", "--beside")

lines = structlog.get_logger()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-worker", is_flag=True, help="不附带任务工作进程 without a worker beside it")
@speech.refusals()
def serve(host: str, port: int, no_worker: bool) -> None:
    """启动网页服务与一个任务工作进程（默认仅本机）。Serve the web interface with one worker, on loopback by default."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    settings = config.load()
    log.configure(settings.log_level)
    _free(host, port)
    _say_what_is_served(settings, host, port)
    server = Granian(
        "legal_service.application:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
        log_access=False,  # it would write addresses; `web.log` writes endpoints
    )
    beside = None if no_worker else Beside([*WORKER, str(os.getpid())], after=partial(_answers, host, port))
    try:
        if beside is not None:
            beside.start()
        server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)
    finally:
        if beside is not None:
            beside.stop()


@click.command()
@click.option("--once", is_flag=True, help="做完现有任务即退出 stop when none is ready")
@click.option("--beside", type=int, default=0, hidden=True, help="the server whose worker this is")
@speech.refusals()
def worker(once: bool, beside: int) -> None:
    """任务工作进程：执行任务、推送事件。A worker: runs jobs and delivers events."""
    from legal_service.tasks import TASKS
    from legal_service.webhooks import operations as webhooks
    from legal_service.worker import work

    log.configure(config.load().log_level)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))  # the job in hand goes back to the next worker
    if beside:
        _end_with(beside)
    installation = _opened_sooner_or_later() if beside else opened()
    house, institution = installation.database, installation.institution_id
    if once:
        performed = work(
            installation,
            TASKS,
            once=True,
            idle=lambda: _ignore(webhooks.deliver_due(house, institution_id=institution)),
        )
        click.echo(f"{performed} 个任务 jobs", err=True)
        return
    ended = threading.Event()
    deliveries = partial(webhooks.keep_delivering, house, institution_id=institution, stop=ended)
    threading.Thread(target=deliveries, daemon=True, name="deliveries").start()
    try:
        work(installation, TASKS)
    finally:
        ended.set()


def _ignore(_answer: object) -> None:
    """Deliveries between jobs are logged where they are made."""


def _application(server: int) -> Callable[..., Any]:
    """The WSGI application, made in granian's own process, which ends when the server is gone."""
    from legal_service.application import create_app

    _end_with(server)
    return create_app()


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, even killed: in good order first, by force after some seconds."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()


def _opened_sooner_or_later() -> Installation:
    """The installation, once it is set up and its database answers: the pages say meanwhile what is missing."""
    while True:
        found = installed()
        try:
            return found.opened()
        except (Refusal, SQLAlchemyError):
            time.sleep(2)


class Beside:
    """A child process that is started again whenever it ends, the more slowly the sooner it ended, until it is stopped."""

    def __init__(self, command: list[str], *, after: Callable[[], bool] = lambda: True) -> None:
        self.command, self.after = command, after
        self._ended, self._lock = threading.Event(), threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, in a thread: the child comes once `after` says so, or after some seconds."""
        threading.Thread(target=self._keep, daemon=True, name="beside").start()

    def _keep(self) -> None:
        latest, pause = time.monotonic() + STOP_SECONDS, FIRST_PAUSE
        while not self.after() and time.monotonic() < latest and not self._ended.wait(0.1):
            pass
        while True:
            began = time.monotonic()
            with self._lock:
                if self._ended.is_set():
                    return
                self._process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=sys.stderr,
                    start_new_session=True,  # Ctrl-C is the server's; it stops us in good order
                )
            code = self._process.wait()
            if self._ended.is_set():
                return
            lines.warning("the worker ended and is started again", code=code)
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            self._ended.wait(pause)

    def stop(self) -> None:
        """End it: it hands back what it has in hand."""
        self._ended.set()
        with self._lock:
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(host: str, port: int) -> bool:
    """Whether the server answers already: the worker's start must not delay the first page."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        connection = HTTPConnection(near, port, timeout=STOP_SECONDS)
        connection.request("HEAD", "/healthz")
        connection.getresponse().close()
        connection.close()
    except (OSError, HTTPException):
        return False
    return True


def _free(host: str, port: int) -> None:
    """Refuse `port_taken` before anything starts; two servers on one port would share its callers."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as failure:
            raise Refusal(
                "port_taken",
                Words(
                    zh=f"无法在 {host}:{port} 上监听（{failure.strerror}）：可能已有服务在运行，请换一个端口，如 --port {port + 1}。",
                    en=f"cannot listen on {host}:{port} ({failure.strerror}): a server may be running; try another port, --port {port + 1}.",
                ),
            ) from failure


def _say_what_is_served(settings: Settings, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    say = partial(click.echo, err=True)
    say(f"http://{shown}:{port}/  在浏览器打开 open in a browser · Ctrl-C 停止 stops")
    found = installed()
    try:
        found.opened()
    except (Refusal, SQLAlchemyError) as missing:
        told = missing.reason.read(settings.language) if isinstance(missing, Refusal) else type(missing).__name__
        say(f"尚未就绪 not ready: {told}")
    else:
        found.database.dispose()  # before the processes part
    if logins := keys.demo_logins(settings):
        say("演示用户（虚构，口令为本次安装所生成）invented users, passwords made at set-up:")
        for line in table([_row(one) for one in logins]):
            say(f"  {line}")


def _row(login: dict[str, str]) -> tuple[str, ...]:
    role = labels.label("role", login["role"])
    return (f"{role.zh} {role.en}", login["email"], login["password"])


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns as wide as their widest cell; a hanzi takes two places.

    >>> table([("律师 lawyer", "a"), ("审计 x", "b")])
    ['律师 lawyer  a', '审计 x       b']
    """
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    padded = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return [line.rstrip() for line in padded]
