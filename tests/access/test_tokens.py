"""Bearer tokens: made by their owner, for a purpose, until a date; shown once; stopped at once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from legal_service.access import operations, queries
from legal_service.access.models import ApiToken
from legal_service.access.queries import TokenFacts, UserFacts
from legal_service.access.tokens import longest_until
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.access.people import NOON, actor, add, after, aside, at, refusal, trail

TODAY, UNTIL = date(2026, 3, 2), date(2026, 12, 31)


def create(installation: Installation, found: UserFacts, by: Actor | None = None, **more: object) -> str:
    asked = {"user_id": found.id, "name": "核心系统", "until": UNTIL} | more
    with at(installation, by=by or actor(found)) as tx:
        return operations.create_token(tx, **asked)  # type: ignore[arg-type]


def owner(installation: Installation, token: str, on: date = TODAY) -> UserFacts | None:
    with installation.reading() as session:
        held = queries.token_held(session, token, on)
        return held and held.owner


def tokens(installation: Installation, found: UserFacts) -> list[TokenFacts]:
    with installation.reading() as session:
        return queries.tokens_of(session, found.id)


def test_a_token_speaks_for_its_owner_and_is_not_stored(on_both: Installation) -> None:
    found = add(on_both)
    token = create(on_both, found)
    assert re.fullmatch(r"lgl_[A-Za-z0-9_-]{43}", token)
    assert owner(on_both, token) == found
    with on_both.reading() as session:
        row = session.scalars(select(ApiToken)).one()
    assert owner(on_both, row.token_sha256) is None
    assert trail(on_both)[-1] == ("wang@b.cn", "token.create", "user:wang@b.cn")
    assert [(one.name, one.until_on, one.holds(TODAY)) for one in tokens(on_both, found)] == [("核心系统", UNTIL, True)]


@pytest.mark.parametrize("token", ["", "lgl_", "lgl_" + "0" * 43, "\ud800", "lgl_令牌"])
def test_an_unknown_token_speaks_for_nobody(installation: Installation, token: str) -> None:
    create(installation, add(installation))
    assert owner(installation, token) is None


def test_its_last_day_counts_and_the_next_does_not(installation: Installation) -> None:
    found = add(installation)
    token = create(installation, found)
    assert owner(installation, token, UNTIL) is not None
    assert owner(installation, token, UNTIL + timedelta(days=1)) is None
    assert not tokens(installation, found)[0].holds(UNTIL + timedelta(days=1))


@pytest.mark.parametrize("until", [TODAY, date(2027, 3, 2)])
def test_a_token_may_end_today_or_in_a_year(installation: Installation, until: date) -> None:
    assert create(installation, add(installation), until=until)


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2027, 3, 3), date(9999, 12, 31), date(1, 1, 1)])
def test_a_token_ends_neither_before_today_nor_after_a_year(installation: Installation, until: date) -> None:
    with pytest.raises(Refusal) as refused:
        create(installation, add(installation), until=until)
    assert refusal(refused) == "bad_date"


def test_a_year_from_the_last_of_february() -> None:
    assert longest_until(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb"])
def test_a_token_says_what_it_is_for(installation: Installation, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        create(installation, add(installation), name=name)
    assert refusal(refused) == "bad_name"


def test_nobody_makes_a_token_in_anothers_name(installation: Installation) -> None:
    found = add(installation)
    for other in (add(installation, "li@b.cn"), add(installation, "root@b.cn", "admin")):
        with pytest.raises(Refusal) as refused:
            create(installation, found, by=actor(other))
        assert refusal(refused) == "not_permitted"
    assert create(installation, found, by=LOCAL_OPERATOR)  # who sits at the machine may act by --by anyway


@pytest.mark.parametrize("role", ["counsel", "regulator", "auditor", "admin", "collections"])
def test_every_named_role_has_tokens_of_its_own(installation: Installation, role: str) -> None:
    found = add(installation, role=role)
    token = create(installation, found)
    with installation.transaction(actor(found)) as tx:  # held to the rows that this role sees
        operations.revoke_token(tx, token_id=tokens(installation, found)[0].id, user_id=found.id)
    assert owner(installation, token) is None


def test_a_closed_account_has_no_tokens(on_both: Installation) -> None:
    found = add(on_both)
    token = create(on_both, found)
    with at(on_both, after(1)) as tx:
        operations.deactivate_user(tx, email="wang@b.cn")
    assert owner(on_both, token) is None
    add(on_both)
    assert owner(on_both, token) is None  # reopened, the account has no old doors
    assert [one.revoked_at for one in tokens(on_both, found)] == [after(1)]


def test_a_revoked_token_stops_at_once_and_its_like_do_not(on_both: Installation) -> None:
    found = add(on_both)
    first, second = create(on_both, found), create(on_both, found)
    for moment in (after(1), after(2)):  # twice is once
        with at(on_both, moment, by=actor(found)) as tx:
            operations.revoke_token(tx, token_id=tokens(on_both, found)[-1].id, user_id=found.id)
    assert owner(on_both, first) is None
    assert owner(on_both, second) == found
    assert [one.revoked_at for one in tokens(on_both, found)] == [None, after(1)]
    assert [action for _actor, action, _subject in trail(on_both)].count("token.revoke") == 1


def test_a_token_is_revoked_by_its_owner_or_an_administrator(installation: Installation) -> None:
    found, other = add(installation), add(installation, "li@b.cn")
    token = create(installation, found)
    number = tokens(installation, found)[0].id
    for by, user_id in ((other, found.id), (other, other.id)):
        with pytest.raises(Refusal) as refused, at(installation, by=actor(by)) as tx:
            operations.revoke_token(tx, token_id=number, user_id=user_id)
        assert refusal(refused) == "not_permitted"
    admin = actor(add(installation, "root@b.cn", "admin"))
    with pytest.raises(Refusal) as refused, at(installation, by=admin) as tx:
        operations.revoke_token(tx, token_id=number, user_id=other.id)
    assert refusal(refused) == "unknown_token"
    assert owner(installation, token) is not None
    with at(installation, by=admin) as tx:
        operations.revoke_token(tx, token_id=number, user_id=found.id)
    assert owner(installation, token) is None


def test_its_use_is_noted_once_a_minute(on_both: Installation) -> None:
    found = add(on_both)
    token = create(on_both, found)
    seen = []
    for seconds in (0, 59, 60, 30):
        moment = after(seconds=seconds)
        with on_both.reading() as session:
            news = queries.token_use_is_news(session, token, moment)
        with aside(on_both) as session:
            operations.note_token_use(session, token, moment)
        seen.append((tokens(on_both, found)[0].used_at, news))
    assert seen == [(NOON, True), (NOON, False), (after(1), True), (after(1), False)]
    with on_both.reading() as session:
        assert not queries.token_use_is_news(session, "lgl_x", NOON)
