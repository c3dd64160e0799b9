"""Stopping what runs: a task amid its transaction leaves nothing, a batch keeps its whole cases, a worker told to end loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from legal_service import tasks, worker
from legal_service.access import operations as access_operations
from legal_service.access import queries as access
from legal_service.clock import now
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries
from legal_service.worker import Outcome, Run, run_now, work
from tests import other_processes
from tests.test_worker import ask, facts, soon


@pytest.fixture(autouse=True)
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LEASE_SECONDS", other_processes.LEASE)
    monkeypatch.setattr(worker, "HEARTBEAT_SECONDS", other_processes.HEARTBEAT)
    monkeypatch.setattr(worker, "HEAR_SECONDS", 0.1)


def people(installation: Installation) -> int:
    with installation.reading() as session:
        return len(access.users(session))


class Amid:
    """A task that writes, then goes on step by step within the same transaction until it is stopped."""

    def __init__(self, seconds: float = 20) -> None:
        self.inside, self.seconds = threading.Event(), seconds

    def __call__(self, run: Run) -> Outcome:
        with run.installation.transaction(run.actor) as tx:
            access_operations.add_user(tx, email="half@b.cn", role="lawyer", name="甲")
            tx.session.flush()
            self.inside.set()
            until = time.monotonic() + self.seconds
            while time.monotonic() < until:
                run.progress(1, 10, "写入")
                time.sleep(0.02)
            return run.conclude(tx, {"added": 1})


@contextmanager
def working(installation: Installation, kinds: dict[str, Any]) -> Iterator[None]:
    """A worker in a thread beside the test, which does what there is to do."""
    thread = threading.Thread(target=lambda: work(installation, kinds, once=True))
    thread.start()
    yield
    thread.join(30)
    assert not thread.is_alive()


def test_a_task_amid_its_transaction_is_stopped_and_leaves_nothing(on_both: Installation) -> None:
    """No writer gets in while it writes, on either engine: the word to stop must still reach it."""
    job_id, task = ask(on_both, "amid"), Amid()
    with working(on_both, {"amid": task}):
        assert task.inside.wait(10)
        began = time.monotonic()
        worker.stop(on_both, actor=LOCAL_OPERATOR, job_id=job_id)
        assert time.monotonic() - began < 8
        soon(lambda: facts(on_both, job_id).finished)
    seen = facts(on_both, job_id)
    assert (seen.status, seen.stop_asked_by, seen.done_units) == ("stopped", LOCAL_OPERATOR.email, 0)
    assert seen.outcome is not None
    assert seen.outcome["done"] == 0
    assert people(on_both) == 0
    folder = on_both.settings.instance / "stops"
    assert not folder.exists() or list(folder.iterdir()) == []
    with on_both.reading() as session:
        actions = [entry.action for entry in access.entries(session)]
        assert (actions.count("job.stop"), actions.count("job.stopped"), actions.count("job.done")) == (1, 1, 0)
        assert access.walk_trail(session)[0] is None


def test_a_stop_that_comes_too_late_is_refused_and_leaves_no_word(on_both: Installation) -> None:
    job_id = ask(on_both, "amid")
    assert work(on_both, {"amid": Amid(seconds=0)}, once=True) == 1
    with pytest.raises(Refusal) as refused:
        worker.stop(on_both, actor=LOCAL_OPERATOR, job_id=job_id)
    assert refused.value.code == "job_finished"
    folder = on_both.settings.instance / "stops"
    assert not folder.exists() or list(folder.iterdir()) == []
    assert people(on_both) == 1


def test_a_batch_keeps_the_whole_cases_done_so_far(on_both: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(tx: Any, *, case_no: str, **_asked: Any) -> Any:
        access_operations.add_user(tx, email=f"{case_no}@b.cn", role="lawyer", name=case_no)
        made.append(case_no)
        return SimpleNamespace(files={})

    monkeypatch.setattr(tasks.filings, "make", make)
    arguments = {"cases": [f"c{n}" for n in range(6)], "document": "x", "as_of": date(2026, 3, 1).isoformat()}
    job_id = ask(on_both, "filing_batch", **arguments)

    def batch(run: Run) -> Outcome:
        real = run.renew

        def renew() -> None:
            if len(made) == 4:
                worker.stop(on_both, actor=LOCAL_OPERATOR, job_id=job_id)
            real()

        run.renew = renew  # type: ignore[method-assign]
        return tasks.filing_batch(run)

    assert work(on_both, {"filing_batch": batch}, once=True) == 1
    seen = facts(on_both, job_id)
    assert (seen.status, seen.done_units, seen.total_units) == ("stopped", 4, 6)
    assert seen.outcome == {"stopped": True, "done": 4, "total": 6, "made": 4, "refused": []}
    assert people(on_both) == 4


def test_who_waits_for_a_stopped_job_is_told(on_both: Installation) -> None:
    task = Amid()

    def stop() -> None:
        task.inside.wait(10)
        with on_both.reading() as session:
            job_id = queries.newest(session)[0].id
        worker.stop(on_both, actor=LOCAL_OPERATOR, job_id=job_id)

    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Refusal) as refused:
        run_now(on_both, actor=LOCAL_OPERATOR, kind="amid", arguments={}, tasks={"amid": task})
    stopper.join()
    assert refused.value.code == "job_stopped"
    assert "未作任何改动" in refused.value.reason.zh
    assert people(on_both) == 0


def test_an_interrupt_at_the_keyboard_stops_the_job_for_good(on_both: Installation) -> None:
    def interrupted(run: Run) -> Outcome:
        run.progress(1, 2, "步")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_now(on_both, actor=LOCAL_OPERATOR, kind="x", arguments={}, tasks={"x": interrupted})
    with on_both.reading() as session:
        assert queries.newest(session)[0].status == "stopped"
    assert work(on_both, {"x": interrupted}, once=True) == 0


def test_a_worker_told_to_end_hands_its_job_to_the_next(on_both: Installation) -> None:
    def told_to_end(_run: Run) -> Outcome:
        raise SystemExit(0)

    job_id = ask(on_both, "x")
    with pytest.raises(SystemExit):
        work(on_both, {"x": told_to_end})
    seen = facts(on_both, job_id)
    assert (seen.status, seen.attempts) == ("waiting", 0)


def test_a_worker_is_heard_also_while_a_job_runs_and_takes_leave(on_both: Installation) -> None:
    heard: list[int] = []

    def alive() -> int:
        with on_both.reading() as session:
            return queries.workers_alive(session, now())

    def look(run: Run) -> Outcome:
        time.sleep(0.3)
        heard.append(alive())
        with run.installation.transaction(run.actor) as tx:
            return run.conclude(tx, {})

    ask(on_both, "look")
    assert work(on_both, {"look": look}, once=True) == 1
    assert heard == [1]
    assert alive() == 0


def test_who_runs_his_own_job_is_no_worker(on_both: Installation) -> None:
    def look(run: Run) -> Outcome:
        with on_both.reading() as session:
            workers = queries.workers_alive(session, now())
        with run.installation.transaction(run.actor) as tx:
            return run.conclude(tx, {"workers": workers})

    found = run_now(on_both, actor=LOCAL_OPERATOR, kind="look", arguments={}, tasks={"look": look})
    assert found == {"workers": 0}


def test_what_is_done_between_jobs_is_done_and_kills_nobody(installation: Installation) -> None:
    called: list[int] = []

    def idle() -> None:
        called.append(1)
        if len(called) == 1:
            raise OSError("the partner does not answer")

    def nothing(run: Run) -> Outcome:
        with run.installation.transaction(run.actor) as tx:
            return run.conclude(tx, {})

    ask(installation, "nothing")
    assert work(installation, {"nothing": nothing}, once=True, idle=idle) == 1
    assert len(called) == 2


def test_a_database_that_does_not_answer_is_waited_for(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = jobs.claim, []

    def claim(session: Any, *, now: Any, job_id: int | None = None) -> Any:
        asked.append(1)
        if len(asked) == 1:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return real(session, now=now)

    def end(_run: Run) -> Outcome:
        raise SystemExit(0)

    monkeypatch.setattr(jobs, "claim", claim)
    ask(installation, "end")
    with pytest.raises(SystemExit):
        work(installation, {"end": end}, idle_seconds=0.01)
    assert len(asked) == 2
