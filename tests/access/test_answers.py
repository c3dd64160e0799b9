"""Kept answers: the same request again is answered and not done again; the write and its answer are there both or neither."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from legal_service.access import operations, queries
from legal_service.access.models import Answer
from legal_service.access.queries import KeptAnswer
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.access.people import NOON, actor, add, after, at, refusal, trail

REQUEST, OTHER = "a" * 64, "b" * 64
BODY = '{"case_no":"HM-2026-0001","name":"张三"}'


def keep(installation: Installation, key: str = "k1", by: str = "wang@b.cn", minutes: float = 0) -> None:
    found = add(installation, by)
    with at(installation, after(minutes), by=actor(found)) as tx:
        operations.keep_answer(tx, key=key, request_sha256=REQUEST, status=201, body=BODY)


def kept(installation: Installation, key: str = "k1", by: str = "wang@b.cn") -> KeptAnswer | None:
    with installation.reading() as session:
        return queries.kept_answer(session, asked_by=by, key=key)


def test_an_answer_comes_back_as_it_was_given_to_whoever_asked(on_both: Installation) -> None:
    keep(on_both)
    assert kept(on_both) == KeptAnswer(REQUEST, 201, BODY)
    assert kept(on_both, key="k2") is None
    assert kept(on_both, by="li@b.cn") is None  # another's key is another key
    keep(on_both, by="li@b.cn")


def test_what_was_answered_is_encrypted_and_not_printed(installation: Installation) -> None:
    keep(installation)
    with installation.database.engine.connect() as connection:
        stored = connection.execute(text("SELECT body FROM answer")).scalar_one()
    assert "张三".encode() not in bytes(stored)
    assert "张三" not in repr(kept(installation))


def test_the_same_key_for_another_request_is_refused() -> None:
    found = KeptAnswer(REQUEST, 201, BODY)
    operations.check_key(None, REQUEST)
    operations.check_key(found, REQUEST)
    with pytest.raises(Refusal) as refused:
        operations.check_key(found, OTHER)
    assert refusal(refused) == "key_reused"
    assert refused.value.basis.startswith("机构内部规则")


def test_a_write_that_fails_keeps_no_answer(on_both: Installation) -> None:
    found = add(on_both)
    with pytest.raises(ZeroDivisionError), at(on_both, by=actor(found)) as tx:
        operations.keep_answer(tx, key="k1", request_sha256=REQUEST, status=201, body=BODY)
        raise ZeroDivisionError
    assert kept(on_both) is None


def test_of_two_writes_with_one_key_only_one_can_be(on_both: Installation) -> None:
    from sqlalchemy.exc import IntegrityError

    keep(on_both)
    with pytest.raises(IntegrityError):
        keep(on_both, minutes=1)


def test_a_request_that_changed_nothing_leaves_its_own_trace(on_both: Installation) -> None:
    keep(on_both)
    assert trail(on_both)[-1] == ("wang@b.cn", "answer.keep", "request:" + "a" * 16)
    add(on_both, "root@b.cn", "admin")
    with at(on_both) as tx:
        operations.add_user(tx, email="li@b.cn", role="lawyer", name="")
        operations.keep_answer(tx, key="k9", request_sha256=REQUEST, status=201, body=BODY)
    assert trail(on_both)[-1][1] == "user.add"


def test_after_a_week_an_answer_is_forgotten(on_both: Installation) -> None:
    week = 7 * 24 * 60
    keep(on_both, "old", minutes=-week - 1)
    keep(on_both, "week", minutes=-week)
    keep(on_both, "new")
    with on_both.reading() as session:
        assert set(session.scalars(select(Answer.key))) == {"week", "new"}
        assert session.scalars(select(Answer.answered_at).where(Answer.key == "new")).one() == NOON
    keep(on_both, "old")  # and its key is free again


@pytest.mark.parametrize("key", ["", "x" * 129, "键", "a\nb", "\x00"])
def test_a_key_is_plain_text_of_a_length_that_can_be_kept(installation: Installation, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        keep(installation, key)
    assert refusal(refused) == "bad_key"
