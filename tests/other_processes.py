"""What the tests let other processes do to the same instance: work, hang and be killed, append to the trail.

The processes come from a fork server that has the house already imported: starting one costs little, and it shares no
connection with the tests.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from legal_service import worker
from legal_service.access import operations as access
from legal_service.config import Settings
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.worker import Outcome, Run

LEASE, HEARTBEAT = 1.0, 0.2
"""A second's silence is enough for the tests."""

Where = Literal["before", "within", "nowhere"]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.other_processes"])


def start(target: Callable[..., None], settings: Settings, *asked: Any) -> tuple[BaseProcess, Connection]:
    """Start a process on an instance; what it has to say comes through the connection."""
    here, there = _processes.Pipe(duplex=False)
    process = _processes.Process(target=target, args=(settings, there, *asked), daemon=True)
    process.start()
    there.close()
    return process, here


def work(settings: Settings, told: Connection, where: Where) -> None:
    """Be a worker with one task, which hangs before or within its transaction, or not at all; tell how many were done."""
    jobs.LEASE_SECONDS, worker.HEARTBEAT_SECONDS = LEASE, HEARTBEAT  # type: ignore[misc]

    def slow(run: Run) -> Outcome:
        run.progress(3, 10, "第三步")
        if where == "before":
            told.send("inside")
            time.sleep(60)
        with run.installation.transaction(run.actor) as tx:
            access.add_user(tx, email="made@b.cn", role="lawyer", name="甲")
            tx.session.flush()
            if where == "within":
                told.send("inside")
                time.sleep(60)
            return run.conclude(tx, {"added": 1})

    told.send(worker.work(Installation(settings), {"slow": slow}, once=True))


def append(settings: Settings, told: Connection, who: str, times: int) -> None:
    """Append two entries to the trail in each of so many transactions."""
    installation = Installation(settings)
    for number in range(times):
        with installation.transaction(LOCAL_OPERATOR) as tx:
            access.record(tx, action="test.append", subject=f"{who}:{number}")
            access.record(tx, action="test.append", subject=f"{who}:{number}b")
    told.send("done")
