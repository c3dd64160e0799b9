"""Jobs in pages, what they were asked, and which workers are alive."""

from __future__ import annotations

from datetime import datetime

import pytest

from legal_service import clock
from legal_service.database import Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.jobs import operations, queries
from legal_service.jobs.leases import FORGOTTEN_SECONDS, HEARD_SECONDS
from tests.jobs.test_operations import ask, claimed, conclude, later

LAWYER = Actor("lawyer@a.cn", "丙", "lawyer")


def hear(installation: Installation, name: str, now: datetime) -> None:
    with installation.database.aside(institution_id=installation.institution_id) as session:
        operations.hear(session, name=name, began_at=now, now=now)


def alive(installation: Installation, now: datetime) -> int:
    with installation.reading() as session:
        return queries.workers_alive(session, now)


def test_jobs_come_in_pages_newest_first(on_both: Installation) -> None:
    own = [ask(on_both, arguments={"n": n}) for n in range(3)]
    with on_both.transaction(LAWYER) as tx:
        other = operations.enqueue(tx, kind="import", arguments={"path": "x"})
    conclude(on_both, claimed(on_both, later(0)), {"loans": 1})
    with on_both.reading() as session:
        assert [one.id for one in queries.page(session, before=None)] == [other, *reversed(own)]
        assert [one.id for one in queries.page(session, before=None, most=2)] == [other, own[2]]
        assert [one.id for one in queries.page(session, before=own[2], most=2)] == [own[1], own[0]]
        assert [one.id for one in queries.page(session, before=None, requested_by=LAWYER.email)] == [other]
        assert [one.id for one in queries.page(session, before=None, status="done")] == [own[0]]
        assert queries.page(session, before=None, requested_by=LAWYER.email, status="done") == []
        assert queries.page(session, before=own[0]) == []
        first = queries.page(session, before=None)[0]
        assert first.requested_by == LAWYER.email
        assert first.ready_at == first.requested_at
        assert first.stop_asked_by == ""
        assert not hasattr(first, "arguments")


def test_what_a_job_was_asked_is_asked_for_by_itself(on_both: Installation) -> None:
    job_id = ask(on_both, arguments={"path": "/tape", "mapping": None})
    with on_both.reading() as session:
        assert queries.arguments_of(session, job_id) == {"path": "/tape", "mapping": None}
        with pytest.raises(Refusal) as refused:
            queries.arguments_of(session, 99)
    assert refused.value.code == "unknown_job"


def test_a_worker_is_alive_while_it_is_heard(on_both: Installation) -> None:
    now = clock.now()
    assert alive(on_both, now) == 0
    hear(on_both, "one", now)
    hear(on_both, "two", now)
    assert alive(on_both, now) == 2
    hear(on_both, "two", clock.seconds_from(now, HEARD_SECONDS))
    assert alive(on_both, clock.seconds_from(now, HEARD_SECONDS + 1)) == 1
    assert alive(on_both, clock.seconds_from(now, HEARD_SECONDS * 3)) == 0


def test_a_worker_that_takes_leave_or_was_silent_for_a_day_is_struck_off(on_both: Installation) -> None:
    now = clock.now()
    hear(on_both, "old", clock.seconds_from(now, -FORGOTTEN_SECONDS - 1))
    hear(on_both, "new", now)
    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        operations.take_leave(session, name="new")
    with on_both.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM worker").scalar() == 0
    assert alive(on_both, now) == 0
