"""The row of a job: asked for once, claimed by one, lost by the silent, laid to rest after three attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from legal_service import clock
from legal_service.access import queries as access
from legal_service.access.operations import add_user
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.jobs import operations, queries
from legal_service.jobs.leases import LEASE_SECONDS, MOST_ATTEMPTS, Claim, JobFacts, patience

SWEEP = {"as_of": "2026-03-31"}


def ask(installation: Installation, kind: str = "sweep", arguments: dict[str, Any] = SWEEP) -> int:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        return operations.enqueue(tx, kind=kind, arguments=arguments)


def claim(installation: Installation, now: datetime, job_id: int | None = None) -> Claim | None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        return operations.claim(session, now=now, job_id=job_id)


def claimed(installation: Installation, now: datetime) -> Claim:
    found = claim(installation, now)
    assert found is not None
    return found


def conclude(installation: Installation, claim: Claim, outcome: dict[str, Any], *, failed: bool = False) -> None:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        operations.conclude(tx, claim, outcome=outcome, failed=failed)


def facts(installation: Installation, job_id: int) -> JobFacts:
    with installation.reading() as session:
        return queries.job(session, job_id)


def beat(
    installation: Installation, claim: Claim, now: datetime, done: int = 0, total: int = 0, text: str = ""
) -> bool:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        return operations.beat(session, claim, now=now, done=done, total=total, text=text)


def give_up(installation: Installation, claim: Claim, now: datetime) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        operations.give_up(session, claim, now=now, error="OSError")


def later(seconds: float) -> datetime:
    return clock.seconds_from(clock.now(), seconds)


def test_the_same_job_asked_again_is_the_same_row_until_it_is_finished(on_both: Installation) -> None:
    first = ask(on_both)
    assert ask(on_both) == first
    assert ask(on_both, arguments={"as_of": "2026-04-01"}) != first
    assert ask(on_both, kind="other") != first
    taken = claimed(on_both, later(0))
    assert taken.job_id == first
    assert ask(on_both) == first
    conclude(on_both, taken, {"loans": 3})
    assert ask(on_both) != first
    with on_both.reading() as session:
        assert [entry.action for entry in access.entries(session)].count("job.request") == 4


def test_arguments_and_outcome_are_encrypted_in_the_row(on_both: Installation) -> None:
    ask(on_both, arguments={"recipient": "zhang@counsel.cn"})
    conclude(on_both, claimed(on_both, later(0)), {"name": "张三"})
    with on_both.database.engine.connect() as connection:
        arguments, outcome = connection.execute(text("SELECT arguments, outcome FROM job")).one()
    assert b"zhang@counsel.cn" not in bytes(arguments)
    assert "张三".encode() not in bytes(outcome)


def test_a_claim_is_one_workers_until_it_falls_silent(on_both: Installation) -> None:
    job_id = ask(on_both)
    first = claimed(on_both, later(0))
    assert (first.job_id, first.kind, first.arguments, first.fence, first.attempts) == (job_id, "sweep", SWEEP, 1, 1)
    assert claim(on_both, later(0)) is None
    assert claim(on_both, later(LEASE_SECONDS - 1)) is None
    second = claimed(on_both, later(LEASE_SECONDS + 1))
    assert (second.job_id, second.fence, second.attempts) == (job_id, 2, 2)


def test_a_heartbeat_keeps_the_job_and_shows_progress(on_both: Installation) -> None:
    job_id = ask(on_both)
    taken = claimed(on_both, later(0))
    assert beat(on_both, taken, later(5), done=7, total=20, text="已评定 7/20")
    assert claim(on_both, later(LEASE_SECONDS + 1)) is None
    seen = facts(on_both, job_id)
    assert (seen.status, seen.done_units, seen.total_units, seen.progress_text) == ("running", 7, 20, "已评定 7/20")


def test_a_stale_workers_word_no_longer_counts(on_both: Installation) -> None:
    job_id = ask(on_both)
    stale = claimed(on_both, later(0))
    fresh = claimed(on_both, later(LEASE_SECONDS + 1))
    assert beat(on_both, stale, later(LEASE_SECONDS + 2)) is False
    with pytest.raises(Refusal) as refused, on_both.transaction(LOCAL_OPERATOR) as tx:
        add_user(tx, email="stale@b.cn", role="lawyer", name="甲")
        operations.conclude(tx, stale, outcome={"by": "stale"})
    assert refused.value.code == "job_lost"
    give_up(on_both, stale, later(0))
    assert facts(on_both, job_id).status == "running"
    conclude(on_both, fresh, {"by": "fresh"})
    with pytest.raises(Refusal):
        conclude(on_both, stale, {"by": "stale"})
    with pytest.raises(Refusal):
        conclude(on_both, fresh, {"by": "fresh again"})
    seen = facts(on_both, job_id)
    assert (seen.status, seen.outcome, seen.finished) == ("done", {"by": "fresh"}, True)
    with on_both.reading() as session:
        assert access.users(session) == []
        assert [entry.action for entry in access.entries(session)].count("job.done") == 1


def test_jobs_are_taken_oldest_first_or_by_number(on_both: Installation) -> None:
    first, second = ask(on_both), ask(on_both, kind="package")
    found = claim(on_both, later(0), job_id=second)
    assert found is not None
    assert found.job_id == second
    assert claimed(on_both, later(0)).job_id == first


def test_after_an_unexpected_failure_it_waits_and_after_the_third_it_rests(on_both: Installation) -> None:
    job_id = ask(on_both)
    waited = 0.0
    for attempt in range(1, MOST_ATTEMPTS + 1):
        taken = claimed(on_both, later(waited))
        assert taken.attempts == attempt
        give_up(on_both, taken, later(waited))
        if attempt < MOST_ATTEMPTS:
            assert facts(on_both, job_id).status == "waiting"
            assert claim(on_both, later(waited + patience(attempt) - 1)) is None
        waited += patience(attempt) + 1
    seen = facts(on_both, job_id)
    assert (seen.status, seen.outcome) == ("dead", {"error": "OSError", "attempts": MOST_ATTEMPTS})
    assert claim(on_both, later(3600)) is None
    assert ask(on_both) != job_id


def test_a_job_whose_workers_all_died_rests_and_the_next_is_taken(on_both: Installation) -> None:
    dying, healthy = ask(on_both), ask(on_both, kind="package")
    for attempt in range(MOST_ATTEMPTS):
        found = claim(on_both, later(attempt * (LEASE_SECONDS + 1)), job_id=dying)
        assert found is not None
    after = later(MOST_ATTEMPTS * (LEASE_SECONDS + 1))
    assert claimed(on_both, after).job_id == healthy
    seen = facts(on_both, dying)
    assert (seen.status, seen.outcome) == ("dead", {"error": "attempts_exhausted", "attempts": MOST_ATTEMPTS})


def test_an_unknown_job_is_refused(installation: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        facts(installation, 99)
    assert refused.value.code == "unknown_job"


def test_a_job_of_a_transaction_that_failed_was_never_asked_for(on_both: Installation) -> None:
    with pytest.raises(ZeroDivisionError), on_both.transaction(LOCAL_OPERATOR) as tx:
        operations.enqueue(tx, kind="sweep", arguments=SWEEP)
        raise ZeroDivisionError
    assert claim(on_both, later(1)) is None
    with on_both.reading() as session:
        assert queries.newest(session) == []
