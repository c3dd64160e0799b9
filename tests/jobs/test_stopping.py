"""Stopping a job: a waiting one at once, a running one at its next step, a finished one never; one transaction decides."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from legal_service import clock, labels
from legal_service.access import queries as access
from legal_service.access.operations import add_user
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.jobs import files, operations, queries
from legal_service.jobs.leases import LEASE_SECONDS, Stopped
from tests.jobs.test_operations import ask, beat, claim, claimed, conclude, facts, later

COLLECTOR = Actor("collector@a.cn", "甲", "collections")
COLLEAGUE = Actor("colleague@a.cn", "乙", "collections")
LAWYER = Actor("lawyer@a.cn", "丙", "lawyer")
COUNSEL = Actor("counsel@firm.cn", "丁", "counsel")


def stop(installation: Installation, job_id: int, actor: Actor = LOCAL_OPERATOR) -> None:
    with installation.transaction(actor) as tx:
        operations.ask_to_stop(tx, job_id=job_id)


def refused(installation: Installation, job_id: int, actor: Actor = LOCAL_OPERATOR) -> str:
    with pytest.raises(Refusal) as refusal:
        stop(installation, job_id, actor)
    assert refusal.value.reason.zh
    assert refusal.value.reason.en
    return refusal.value.code


def told(installation: Installation, action: str) -> list[str]:
    with installation.reading() as session:
        return [entry.actor for entry in access.entries(session) if entry.action == action]


def asked_by(installation: Installation, actor: Actor, **arguments: Any) -> int:
    with installation.transaction(actor) as tx:
        return operations.enqueue(tx, kind="import", arguments=arguments)


def test_a_waiting_job_is_stopped_at_once_and_asking_again_changes_nothing(on_both: Installation) -> None:
    job_id = ask(on_both)
    stop(on_both, job_id)
    seen = facts(on_both, job_id)
    assert (seen.status, seen.finished, seen.stop_asked_by) == ("stopped", True, LOCAL_OPERATOR.email)
    assert seen.outcome == {"stopped": True, "done": 0, "total": 0}
    stop(on_both, job_id)
    stop(on_both, job_id, LAWYER)
    assert facts(on_both, job_id) == seen
    assert told(on_both, "job.stop") == [LOCAL_OPERATOR.email]
    assert claim(on_both, later(60)) is None


def test_a_running_job_is_marked_and_ends_at_its_next_step(on_both: Installation) -> None:
    job_id = ask(on_both)
    taken = claimed(on_both, later(0))
    stop(on_both, job_id, LAWYER)
    stop(on_both, job_id, LAWYER)
    seen = facts(on_both, job_id)
    assert (seen.status, seen.stop_asked_by) == ("running", LAWYER.email)
    with on_both.reading() as session:
        assert queries.stop_asked(session, job_id) == LAWYER.email
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        operations.conclude_stopped(tx, taken, by=LAWYER.email, kept={"done": 2, "total": 7}, now=clock.now())
    seen = facts(on_both, job_id)
    assert (seen.status, seen.done_units, seen.total_units) == ("stopped", 2, 7)
    assert seen.outcome == {"stopped": True, "done": 2, "total": 7}
    assert told(on_both, "job.stop") == [LAWYER.email]
    assert len(told(on_both, "job.stopped")) == 1
    assert refused(on_both, 99) == "unknown_job"


def test_what_was_asked_to_stop_first_is_not_concluded(on_both: Installation) -> None:
    job_id = ask(on_both)
    taken = claimed(on_both, later(0))
    stop(on_both, job_id)
    with pytest.raises(Stopped), on_both.transaction(LOCAL_OPERATOR) as tx:
        add_user(tx, email="half@b.cn", role="lawyer", name="甲")
        operations.conclude(tx, taken, outcome={"loans": 3})
    with on_both.reading() as session:
        assert access.users(session) == []
    assert facts(on_both, job_id).status == "running"


@pytest.mark.parametrize("failed", [False, True])
def test_what_has_ended_is_not_stopped(on_both: Installation, failed: bool) -> None:
    job_id = ask(on_both)
    conclude(on_both, claimed(on_both, later(0)), {"loans": 3}, failed=failed)
    assert refused(on_both, job_id) == "job_finished"
    seen = facts(on_both, job_id)
    assert (seen.status, seen.stop_asked_by) == ("failed" if failed else "done", "")


def test_a_refusal_met_after_the_asking_is_told_as_a_refusal(on_both: Installation) -> None:
    job_id = ask(on_both)
    taken = claimed(on_both, later(0))
    stop(on_both, job_id)
    conclude(on_both, taken, {"refusal": {}}, failed=True)
    assert facts(on_both, job_id).status == "failed"


def test_stop_and_conclude_at_the_same_moment_are_decided_once(on_both: Installation) -> None:
    """Whoever commits first is right, and the other is told so."""
    for round_no in range(12):
        job_id = ask(on_both, arguments={"round": round_no})
        taken = claimed(on_both, later(0))
        both, ends = threading.Barrier(2), {}

        def finish(taken: Any = taken, both: Any = both, ends: Any = ends) -> None:
            both.wait()
            try:
                conclude(on_both, taken, {"loans": 3})
                ends["conclude"] = "done"
            except Stopped:
                ends["conclude"] = "stopped"

        other = threading.Thread(target=finish)
        other.start()
        both.wait()
        try:
            stop(on_both, job_id)
            ends["stop"] = "marked"
        except Refusal as refusal:
            ends["stop"] = refusal.code
        other.join()
        assert ends in (
            {"conclude": "done", "stop": "job_finished"},
            {"conclude": "stopped", "stop": "marked"},
        )
        assert facts(on_both, job_id).status == ("done" if ends["conclude"] == "done" else "running")


def test_a_job_whose_worker_is_dead_is_stopped_at_once(on_both: Installation) -> None:
    job_id = ask(on_both)
    stale = claimed(on_both, later(0))
    assert beat(on_both, stale, later(-LEASE_SECONDS - 1))  # last heard so long ago
    stop(on_both, job_id)
    assert facts(on_both, job_id).status == "stopped"
    with pytest.raises(Refusal) as lost:
        conclude(on_both, stale, {"loans": 3})
    assert lost.value.code == "job_lost"


def test_a_marked_job_whose_worker_dies_is_not_tried_again(on_both: Installation) -> None:
    marked, next_one = ask(on_both), ask(on_both, kind="package")
    assert claimed(on_both, later(0)).job_id == marked
    stop(on_both, marked)
    assert claimed(on_both, later(LEASE_SECONDS + 1)).job_id == next_one
    assert facts(on_both, marked).status == "stopped"


def test_a_marked_job_that_fails_unexpectedly_is_not_tried_again(on_both: Installation) -> None:
    job_id = ask(on_both)
    taken = claimed(on_both, later(0))
    stop(on_both, job_id)
    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        operations.give_up(session, taken, now=clock.now(), error="OSError")
    assert facts(on_both, job_id).status == "stopped"


def test_a_worker_told_to_end_hands_its_job_back_uncounted(on_both: Installation) -> None:
    job_id = ask(on_both)
    for _ in range(5):
        taken = claimed(on_both, later(0))
        with on_both.database.aside(institution_id=on_both.institution_id) as session:
            operations.put_back(session, taken, now=clock.now())
    seen = facts(on_both, job_id)
    assert (seen.status, seen.attempts) == ("waiting", 0)


def test_the_same_job_asked_anew_while_the_old_one_ends_is_a_new_job(on_both: Installation) -> None:
    old = ask(on_both)
    claimed(on_both, later(0))
    stop(on_both, old)
    new = ask(on_both)
    assert new != old
    assert ask(on_both) == new


def test_one_stops_ones_own_and_some_stop_others(on_both: Installation) -> None:
    assert refused(on_both, asked_by(on_both, COLLECTOR), COLLEAGUE) == "not_permitted"
    stop(on_both, asked_by(on_both, COLLECTOR), COLLECTOR)
    stop(on_both, asked_by(on_both, COLLECTOR, n=2), LAWYER)
    assert told(on_both, "job.stop") == [COLLECTOR.email, LAWYER.email]


def test_counsel_stops_nothing_and_does_not_learn_what_there_is(on_both: Installation) -> None:
    assert refused(on_both, asked_by(on_both, COLLECTOR), COUNSEL) in ("unknown_job", "not_permitted")


def test_stopped_has_its_words() -> None:
    words = labels.families()["job_status"]["stopped"]
    assert (words.zh, words.en) == ("已取消", "cancelled")


def test_a_word_left_beside_the_database_is_read_and_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "stops"
    assert files.word_left(folder, 7) == ""
    files.take_away(folder, 7)
    files.leave_word(folder, job_id=7, by=LAWYER.email)
    assert files.word_left(folder, 7) == LAWYER.email
    assert files.word_left(folder, 8) == ""
    files.take_away(folder, 7)
    assert list(folder.iterdir()) == []
