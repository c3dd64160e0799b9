"""Sign-ins: how long they hold, what ends them, and how often one may guess."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from legal_service.access import operations, queries, sign_ins
from legal_service.access.models import SignIn, SignInFailure
from legal_service.access.queries import SignedIn
from legal_service.access.sign_ins import MOST_FAILURES, wait_seconds
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.access.people import NOON, actor, add, after, aside, at, refusal, trail, user


def begin(installation: Installation, email: str = "wang@b.cn", moment: datetime = NOON) -> str:
    found = user(installation, email)
    with at(installation, moment, by=actor(found)) as tx:
        return operations.begin_sign_in(tx, user_id=found.id)


def look(installation: Installation, token: str, moment: datetime = NOON) -> SignedIn | None:
    with installation.reading() as session:
        return queries.signed_in(session, token, moment)


# -- holding


def test_a_token_finds_its_sign_in_and_is_not_stored(on_both: Installation) -> None:
    add(on_both)
    token = begin(on_both)
    found = look(on_both, token)
    assert found is not None
    assert found.user == user(on_both)
    assert (found.began_at, found.seen_at, found.ends_at) == (NOON, NOON, after(hours=12))
    assert len(token) == 43
    with on_both.reading() as session:
        row = session.scalars(select(SignIn)).one()
    assert token not in (row.token_sha256, row.token_sha256[:43])
    assert look(on_both, row.token_sha256) is None  # who copied the database is not signed in


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\ud800", "令牌"])
def test_an_unknown_token_finds_nobody(installation: Installation, token: str) -> None:
    add(installation)
    begin(installation)
    assert look(installation, token) is None


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (NOON, True),
        (after(60), True),
        (after(60, seconds=1), False),
        (after(hours=11), False),
    ],
)
def test_an_hour_without_a_page_ends_it(installation: Installation, moment: datetime, holds: bool) -> None:
    add(installation)
    assert (look(installation, begin(installation), moment) is not None) is holds


def test_in_use_it_lasts_a_working_day_and_no_longer(on_both: Installation) -> None:
    add(on_both)
    token = begin(on_both)
    for half_hours in range(1, 24):
        seen = look(on_both, token, after(30 * half_hours))
        assert seen is not None
        with aside(on_both) as session:
            operations.touch(session, sign_in_id=seen.sign_in_id, now=after(30 * half_hours))
    assert look(on_both, token, after(hours=12, seconds=-1)) is not None
    assert look(on_both, token, after(hours=12)) is None


def test_it_is_never_seen_earlier_than_it_was(installation: Installation) -> None:
    add(installation)
    token = begin(installation)
    found = look(installation, token)
    assert found is not None
    for moment in (after(10), after(5)):
        with aside(installation) as session:
            operations.touch(session, sign_in_id=found.sign_in_id, now=moment)
    again = look(installation, token, after(20))
    assert again is not None
    assert again.seen_at == after(10)


@pytest.mark.parametrize(("seconds", "again"), [(0, False), (59, False), (60, True), (600, True)])
def test_that_it_is_in_use_is_written_once_a_minute(seconds: int, again: bool) -> None:
    assert sign_ins.seen_again(NOON, after(seconds=seconds)) is again
    assert sign_ins.seen_again(None, NOON)


# -- ending


def test_signing_out_ends_this_sign_in_and_no_other(on_both: Installation) -> None:
    found = add(on_both)
    here, there = begin(on_both), begin(on_both)
    signed = look(on_both, here)
    assert signed is not None
    for _ in range(2):  # twice is once
        with at(on_both, after(1), by=actor(found)) as tx:
            operations.end_sign_in(tx, sign_in_id=signed.sign_in_id)
    assert look(on_both, here, after(2)) is None
    assert look(on_both, there, after(2)) is not None
    told = [action for _actor, action, subject in trail(on_both) if subject == "user:wang@b.cn"]
    assert told == ["user.add", "sign_in.begin", "sign_in.begin", "sign_in.end"]
    with aside(on_both) as session:
        operations.touch(session, sign_in_id=signed.sign_in_id, now=after(3))
    assert look(on_both, here, after(3)) is None


def test_nobody_ends_anothers_sign_in_but_an_administrator(installation: Installation) -> None:
    add(installation)
    other, admin = add(installation, "li@b.cn"), add(installation, "root@b.cn", "admin")
    token = begin(installation)
    signed = look(installation, token)
    assert signed is not None
    with pytest.raises(Refusal) as refused, at(installation, by=actor(other)) as tx:
        operations.end_sign_in(tx, sign_in_id=signed.sign_in_id)
    assert refusal(refused) == "not_permitted"
    assert look(installation, token) is not None
    with at(installation, by=actor(admin)) as tx:
        operations.end_sign_in(tx, sign_in_id=signed.sign_in_id)
    assert look(installation, token) is None


def test_whose_account_is_closed_is_out_at_once_and_stays_out(on_both: Installation) -> None:
    found = add(on_both)
    token = begin(on_both)
    with at(on_both, after(1)) as tx:
        operations.deactivate_user(tx, email="wang@b.cn")
    assert look(on_both, token, after(1)) is None
    with pytest.raises(Refusal) as refused, at(on_both, after(2)) as tx:
        operations.begin_sign_in(tx, user_id=found.id)
    assert refusal(refused) == "unknown_user"
    add(on_both)
    assert look(on_both, token, after(3)) is None


def test_a_changed_role_holds_from_the_next_page_on(installation: Installation) -> None:
    add(installation)
    token = begin(installation)
    add(installation, role="auditor")
    found = look(installation, token)
    assert found is not None
    assert found.user.role == "auditor"


def test_sign_ins_long_over_are_forgotten(installation: Installation) -> None:
    add(installation)
    begin(installation, moment=after(days=-40))
    begin(installation, moment=after(days=-20))
    begin(installation)
    with installation.reading() as session:
        assert len(session.scalars(select(SignIn)).all()) == 2


# -- the throttle


def test_four_failures_cost_nothing_and_the_fifth_a_wait() -> None:
    failures = [after(minute) for minute in range(MOST_FAILURES)]
    assert wait_seconds(failures[:-1], after(5)) == 0
    assert wait_seconds(failures, after(5)) == 10 * 60  # until the first of the five is a quarter of an hour old


def test_the_wait_is_over_when_it_said_and_never_longer_than_the_window() -> None:
    failures = [after(minute) for minute in range(MOST_FAILURES)]
    wait = wait_seconds(failures, after(5))
    assert wait_seconds(failures, after(5, seconds=wait - 1)) == 1
    assert wait_seconds(failures, after(5, seconds=wait)) == 0
    assert wait_seconds([NOON] * 1000, NOON) == 15 * 60
    assert wait_seconds([NOON] * 5, after(seconds=0.4)) == 15 * 60


def test_the_order_of_the_failures_does_not_matter_and_old_ones_do_not_count() -> None:
    failures = [after(minute) for minute in (4, 0, 3, 1, 2)]
    assert wait_seconds(failures, after(5)) == 10 * 60
    assert wait_seconds([*failures[:4], after(-15)], after(0)) == 0
    assert wait_seconds([], NOON) == 0


def failures_of(installation: Installation, who: str) -> list[datetime]:
    with installation.reading() as session:
        return queries.sign_in_failures(session, queries.who_index(session, who), after(-15))


def fail(installation: Installation, who: str, moment: datetime = NOON) -> None:
    with aside(installation) as session:
        operations.note_failure(session, who=who, now=moment)


def test_failures_are_counted_by_account_whether_it_exists_or_not_and_name_nobody(on_both: Installation) -> None:
    add(on_both)
    for who in ("wang@b.cn", " WANG@b.cn", "ghost@b.cn", "\ud800", "x" * 5000):
        fail(on_both, who)
    assert len(failures_of(on_both, "wang@b.cn")) == 2
    assert len(failures_of(on_both, "ghost@b.cn")) == 1
    assert failures_of(on_both, "li@b.cn") == []
    with on_both.database.engine.connect() as connection:
        stored = connection.execute(text("SELECT who_index FROM sign_in_failure")).scalars().all()
    assert all(len(one) == 64 and "wang" not in one for one in stored)
    assert [action for _actor, action, _subject in trail(on_both)] == ["user.add"]  # the trail is not for typing errors


def test_old_failures_go_as_new_ones_come(installation: Installation) -> None:
    fail(installation, "a@b.cn", after(-16))
    fail(installation, "b@b.cn", after(-14))
    fail(installation, "c@b.cn")
    with installation.reading() as session:
        assert len(session.scalars(select(SignInFailure)).all()) == 2


@pytest.mark.parametrize("role", ["lawyer", "counsel", "regulator"])
def test_signing_in_forgets_ones_own_failures_only(on_both: Installation, role: str) -> None:
    found = add(on_both, role=role)
    fail(on_both, "wang@b.cn")
    fail(on_both, "li@b.cn")
    with on_both.transaction(actor(found)) as tx:  # held to the rows that this role sees
        operations.begin_sign_in(tx, user_id=found.id)
    assert failures_of(on_both, "wang@b.cn") == []
    assert len(failures_of(on_both, "li@b.cn")) == 1


def test_a_hundred_tries_at_once_are_still_five(on_both: Installation) -> None:
    add(on_both)
    waits: list[int] = []

    def attempt() -> None:
        with aside(on_both) as session:
            waits.append(operations.claim_attempt(session, who="wang@b.cn", now=NOON))

    crowd = [threading.Thread(target=attempt) for _ in range(20)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(waits) == [0] * MOST_FAILURES + [15 * 60] * (20 - MOST_FAILURES)
    with aside(on_both) as session:  # a refused try is no failure: nobody is locked out for good
        assert operations.claim_attempt(session, who="wang@b.cn", now=NOON + timedelta(minutes=15)) == 0
    begin(on_both)
    with aside(on_both) as session:
        assert operations.claim_attempt(session, who="wang@b.cn", now=NOON) == 0
