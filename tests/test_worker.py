"""The worker: a killed one's job comes back exactly once, a refusal is final, progress is seen while it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from legal_service import worker
from legal_service.access import operations as access_operations
from legal_service.access import queries as access
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import outcomes, queries
from legal_service.jobs.leases import JobFacts
from legal_service.worker import Outcome, Run, perform, run_now, work
from tests import other_processes

REFUSED = Refusal(
    "no_contract", Words(zh="证据库中没有借款合同。", en="no contract in the vault."), "民事诉讼法 第一百二十四条"
)
FOUND = Finding("bad_amount", "error", "loans.csv:17:PRINCIPAL", Words(zh="金额有误", en="wrong amount"))


@pytest.fixture(autouse=True)
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second's silence is enough for the tests, here and in the processes they start."""
    monkeypatch.setattr(jobs, "LEASE_SECONDS", other_processes.LEASE)
    monkeypatch.setattr(worker, "HEARTBEAT_SECONDS", other_processes.HEARTBEAT)


def ask(installation: Installation, kind: str, **arguments: Any) -> int:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        return jobs.enqueue(tx, kind=kind, arguments=arguments)


def facts(installation: Installation, job_id: int) -> JobFacts:
    with installation.reading() as session:
        return queries.job(session, job_id)


def actions(installation: Installation) -> list[str]:
    with installation.reading() as session:
        return [entry.action for entry in access.entries(session)]


def add(run: Run) -> Outcome:
    """A task that adds a user and concludes, in one transaction."""
    with run.installation.transaction(run.actor) as tx:
        access_operations.add_user(tx, email="made@b.cn", role="lawyer", name="甲")
        return run.conclude(tx, {"added": 1})


def refuse(_run: Run) -> Outcome:
    raise REFUSED


def find(_run: Run) -> Outcome:
    raise Findings([FOUND])


def crash(_run: Run) -> Outcome:
    raise OSError("disk")


TASKS = {"add": add, "refuse": refuse, "find": find, "crash": crash}


class Workers:
    """Worker processes of one installation, all gone at the end of the test."""

    def __init__(self, installation: Installation) -> None:
        self.settings = installation.settings
        self.started: list[BaseProcess] = []

    def start(self, where: other_processes.Where) -> tuple[BaseProcess, Connection]:
        """Start one; `where` says in which part of the task it hangs (before, within the transaction, or nowhere)."""
        process, told = other_processes.start(other_processes.work, self.settings, where)
        self.started.append(process)
        return process, told

    def hanging(self, where: other_processes.Where) -> BaseProcess:
        """Start one and wait until it hangs in the middle of its task."""
        process, told = self.start(where)
        assert told.recv() == "inside"
        return process


@pytest.fixture
def workers(on_both: Installation) -> Iterator[Workers]:
    found = Workers(on_both)
    yield found
    for process in found.started:
        process.kill()
        process.join()


def soon(condition: Any, seconds: float = 15) -> None:
    """Wait until something becomes true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


@pytest.mark.parametrize("where", ["before", "within"])
def test_a_killed_workers_job_comes_back_exactly_once(
    on_both: Installation, workers: Workers, where: other_processes.Where
) -> None:
    job_id = ask(on_both, "slow")
    victim = workers.hanging(where)
    victim.kill()  # SIGKILL
    victim.join()
    assert facts(on_both, job_id).status == "running"
    with on_both.reading() as session:
        assert access.users(session) == []
    time.sleep(1.2)  # the lease of the dead runs out
    heirs = [workers.start("nowhere") for _ in range(2)]
    assert sorted(told.recv() for _process, told in heirs) == [0, 1]
    seen = facts(on_both, job_id)
    assert (seen.status, seen.attempts, seen.outcome) == ("done", 2, {"added": 1})
    told = actions(on_both)
    assert (told.count("job.request"), told.count("job.done"), told.count("user.add")) == (1, 1, 1)
    with on_both.reading() as session:
        assert len(access.users(session)) == 1
        assert access.walk_trail(session)[0] is None


def test_progress_is_seen_from_outside_and_the_lease_is_kept_while_it_runs(
    on_both: Installation, workers: Workers
) -> None:
    job_id = ask(on_both, "slow")
    workers.hanging("before")
    soon(lambda: facts(on_both, job_id).progress_text == "第三步")
    seen = facts(on_both, job_id)
    assert (seen.status, seen.done_units, seen.total_units, seen.attempts) == ("running", 3, 10, 1)
    time.sleep(1.5)
    assert work(on_both, TASKS, once=True) == 0
    assert facts(on_both, job_id).attempts == 1


def test_whoever_asks_takes_over_from_the_dead(on_both: Installation, workers: Workers) -> None:
    job_id = ask(on_both, "slow")
    victim = workers.hanging("within")
    victim.kill()  # SIGKILL
    victim.join()
    assert run_now(on_both, actor=LOCAL_OPERATOR, kind="slow", arguments={}, tasks={"slow": add}) == {"added": 1}
    assert facts(on_both, job_id).attempts == 2


def test_a_refusal_is_final_and_told(on_both: Installation) -> None:
    job_id = ask(on_both, "refuse")
    assert work(on_both, TASKS, once=True) == 1
    seen = facts(on_both, job_id)
    assert (seen.status, seen.attempts) == ("failed", 1)
    assert seen.outcome is not None
    assert seen.outcome["refusal"]["code"] == "no_contract"
    assert "job.failed" in actions(on_both)
    assert work(on_both, TASKS, once=True) == 0


def test_the_command_line_raises_what_its_own_task_refused(on_both: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        run_now(on_both, actor=LOCAL_OPERATOR, kind="refuse", arguments={}, tasks=TASKS)
    assert refused.value is REFUSED
    with pytest.raises(Findings):
        run_now(on_both, actor=LOCAL_OPERATOR, kind="find", arguments={}, tasks=TASKS)


@pytest.mark.parametrize("kind", ["refuse", "find"])
def test_who_waited_for_another_worker_meets_the_same_refusal(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    real = jobs.claim

    def another_is_faster(session: Any, *, now: Any, job_id: int | None = None) -> Any:
        if job_id is not None:
            return None
        return real(session, now=now)

    monkeypatch.setattr(jobs, "claim", another_is_faster)
    monkeypatch.setattr(time, "sleep", lambda _seconds: work(installation, TASKS, once=True))
    with pytest.raises((Refusal, Findings)) as raised:
        run_now(installation, actor=LOCAL_OPERATOR, kind=kind, arguments={}, tasks=TASKS)
    if isinstance(raised.value, Refusal):
        assert raised.value.as_json("zh") == REFUSED.as_json("zh")
        assert raised.value.as_json("en") == REFUSED.as_json("en")
    else:
        assert raised.value.findings == [FOUND]


def test_an_unexpected_failure_is_raised_and_tried_again_later(on_both: Installation) -> None:
    with pytest.raises(OSError, match="disk"):
        run_now(on_both, actor=LOCAL_OPERATOR, kind="crash", arguments={}, tasks=TASKS)
    with on_both.reading() as session:
        seen = queries.newest(session)[0]
    assert (seen.status, seen.attempts, seen.progress_text) == ("waiting", 1, "OSError")


def test_a_dead_job_is_a_refusal_to_whoever_asked(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_ATTEMPTS", 1)
    job_id = ask(installation, "crash")
    assert work(installation, TASKS, once=True) == 1
    seen = facts(installation, job_id)
    assert seen.status == "dead"
    with pytest.raises(Refusal) as refused:
        outcomes.answer(seen)
    assert refused.value.code == "job_dead"
    assert "OSError" in refused.value.reason.zh


def test_the_worker_outlives_a_job_of_unknown_kind_and_does_the_next(installation: Installation) -> None:
    ask(installation, "no such kind")
    job_id = ask(installation, "add")
    assert work(installation, TASKS, once=True) == 2
    assert facts(installation, job_id).status == "done"


def test_a_job_runs_as_its_requester_and_fails_when_he_is_gone(installation: Installation) -> None:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        access_operations.add_user(tx, email="boss@b.cn", role="admin", name="乙")
    with installation.transaction(installation.actor("boss@b.cn")) as tx:
        job_id = jobs.enqueue(tx, kind="add", arguments={})
    with installation.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user_account SET active = 0")
    assert work(installation, TASKS, once=True) == 1
    seen = facts(installation, job_id)
    assert seen.status == "failed"
    assert seen.outcome is not None
    assert seen.outcome["refusal"]["code"] == "unknown_user"


def test_a_worker_that_lost_its_job_stops_at_its_next_step(on_both: Installation) -> None:
    ask(on_both, "long")
    steps: list[int] = []

    def long(run: Run) -> Outcome:
        for step in range(3):
            run.renew()
            run.progress(step, 3, "步")
            steps.append(step)
            with on_both.database.aside(institution_id=on_both.institution_id) as session:
                stolen = jobs.claim(session, now=worker.clock.seconds_from(worker.clock.now(), 60))
            assert stolen is not None
        return {}

    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        claimed = jobs.claim(session, now=worker.clock.now())
    assert claimed is not None
    with pytest.raises(Refusal) as refused:
        perform(on_both, claimed, {"long": long}, lambda done, total, text: None)
    assert refused.value.code == "job_lost"
    assert steps == [0]
