"""Passwords: which are good enough, who sets them, and what knowing the right one costs and opens."""

from __future__ import annotations

import math
import statistics
import threading
import time

import pytest

from legal_service.access import operations, passwords, queries
from legal_service.access.operations import passwords as hashing
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.access.people import GOOD, NOON, actor, add, after, aside, at, refusal, trail, user

ANOTHER = "另一个 much longer one"


def set_password(installation: Installation, password: str, by: Actor = LOCAL_OPERATOR, **more: bool) -> None:
    with at(installation, by=by) as tx:
        operations.set_password(tx, email="wang@b.cn", password=password, **more)


def signs_in(installation: Installation, password: str) -> bool:
    return operations.verify_password(user(installation), password)


# -- what is good enough


@pytest.mark.parametrize(
    "password", [GOOD, "x7-" * 4, "床前明月光疑是地上霜举头", "lawyers drink tea", "y" * 199 + "z"]
)
def test_a_long_password_of_any_characters_is_good_enough(password: str) -> None:
    passwords.check(password, email="wang@b.cn", name="王律师")


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("", "12"),
        ("abcdefghijk", "12"),
        ("x y" * 67, "200"),
        ("aaaaaaaaaaaaaa", "同一个字符"),
        ("AAAAAAAaaaaaaa", "同一个字符"),
        ("　" * 12, "同一个字符"),
        ("password1234", "常见"),
        ("PassWord1234", "常见"),
        ("ｐａｓｓｗｏｒｄ１２３４", "常见"),
        ("woaini1314520", "常见"),
        ("zhangsan.li@bank.example", "本人"),
        ("ZhangSan.Li@Bank.example2026", "本人"),
        ("zhangsan.li1990", "本人"),
        ("Alexandra Wang-Smith", "本人"),
        ("2026Alexandra Wang-Smith!!", "本人"),
    ],
)
def test_a_weak_password_is_refused_with_the_rule_it_breaks(password: str, rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        passwords.check(password, email="zhangsan.li@bank.example", name="Alexandra Wang-Smith")
    assert refusal(refused) == "weak_password"
    assert rule in refused.value.reason.zh
    assert refused.value.basis.startswith("机构内部规则")


def test_every_common_password_listed_is_long_enough_to_need_listing() -> None:
    assert {one for one in passwords.COMMONEST if len(one) < passwords.SHORTEST or one != one.casefold()} == set()
    assert len(passwords.COMMONEST) > 60


def test_a_generated_password_is_strong_and_nobody_misreads_it() -> None:
    many = {operations.generated_password() for _ in range(200)}
    assert len(many) == 200
    letters = {character for one in many for character in one if character != "-"}
    assert letters == set(passwords.ALPHABET)
    assert not letters & set("iIlLoO01")
    assert passwords.GROUP * passwords.GROUPS * math.log2(len(passwords.ALPHABET)) >= 80
    for one in many:
        passwords.check(one, email="wang@b.cn", name="王律师")


# -- who sets them


def test_a_password_opens_only_to_its_owner_and_is_not_stored(on_both: Installation) -> None:
    add(on_both)
    assert not signs_in(on_both, "")
    set_password(on_both, GOOD)
    found = user(on_both)
    assert signs_in(on_both, GOOD)
    assert not signs_in(on_both, GOOD + " ")
    assert not signs_in(on_both, "")
    assert found.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert found.password_set_at == NOON
    assert not found.must_change
    assert GOOD not in repr(found)
    assert found.password_hash not in repr(found)


def test_the_trail_tells_of_a_password_and_not_which(on_both: Installation) -> None:
    add(on_both)
    set_password(on_both, GOOD)
    assert trail(on_both)[-1] == (LOCAL_OPERATOR.email, "user.password", "user:wang@b.cn")
    with on_both.reading() as session:
        last = queries.trail_of(session, "user:wang@b.cn")[0]
    assert last.detail == {"must_change": False, "sign_ins": 0}


def test_a_weak_password_changes_nothing(installation: Installation) -> None:
    add(installation)
    set_password(installation, GOOD)
    with pytest.raises(Refusal):
        set_password(installation, "short")
    assert signs_in(installation, GOOD)


def test_one_sets_ones_own_and_an_administrator_anybodys(installation: Installation) -> None:
    own, other = actor(add(installation)), actor(add(installation, "li@b.cn", "collections"))
    admin = actor(add(installation, "root@b.cn", "admin"))
    set_password(installation, GOOD, by=own)
    assert not user(installation).must_change
    with pytest.raises(Refusal) as refused:
        set_password(installation, ANOTHER, by=other)
    assert refusal(refused) == "not_permitted"
    set_password(installation, ANOTHER, by=admin)
    assert user(installation).must_change  # the administrator knows it: it does not stay


def test_a_one_time_password_must_be_changed_for_another(installation: Installation) -> None:
    own = actor(add(installation))
    with at(installation) as tx:
        once = operations.new_password(tx, email="Wang@b.cn")
    assert signs_in(installation, once)
    assert user(installation).must_change
    with pytest.raises(Refusal) as refused:
        set_password(installation, once, by=own)
    assert refusal(refused) == "weak_password"
    set_password(installation, GOOD, by=own)
    assert not user(installation).must_change


@pytest.mark.parametrize("role", ["lawyer", "collections", "auditor", "counsel"])
def test_only_who_adds_users_gives_one_time_passwords(installation: Installation, role: str) -> None:
    add(installation)
    with pytest.raises(Refusal) as refused, at(installation, by=actor(add(installation, "a@b.cn", role))) as tx:
        operations.new_password(tx, email="wang@b.cn")
    assert refusal(refused) == "not_permitted"


def test_nobody_unknown_or_closed_gets_a_password(installation: Installation) -> None:
    add(installation)
    with at(installation) as tx:
        operations.deactivate_user(tx, email="wang@b.cn")
    for email in ("wang@b.cn", "nobody@b.cn"):
        with pytest.raises(Refusal) as refused, at(installation) as tx:
            operations.new_password(tx, email=email)
        assert refusal(refused) == "unknown_user"


def test_a_new_password_ends_every_other_sign_in(on_both: Installation) -> None:
    found = add(on_both)
    tokens = []
    for _ in range(3):
        with at(on_both, by=actor(found)) as tx:
            tokens.append(operations.begin_sign_in(tx, user_id=found.id))
    with on_both.reading() as session:
        here = queries.signed_in(session, tokens[1], NOON)
    assert here is not None
    with at(on_both, after(1), by=actor(found)) as tx:
        operations.set_password(tx, email="wang@b.cn", password=GOOD, keep=here.sign_in_id)
    with on_both.reading() as session:
        assert [queries.signed_in(session, token, after(2)) is not None for token in tokens] == [False, True, False]


# -- what verifying costs


def test_a_chinese_keyboard_types_the_same_password(installation: Installation) -> None:
    add(installation)
    set_password(installation, "ＡＢＣ１２３ｘｙｚ～～～horse")
    assert signs_in(installation, "ABC123xyz~~~horse")


@pytest.mark.parametrize("typed", ["\ud800" * 12, "x" * 1_000_000, "\x00" * 20])
def test_what_no_keyboard_types_is_wrong_and_nothing_more(installation: Installation, typed: str) -> None:
    add(installation)
    set_password(installation, GOOD)
    assert not signs_in(installation, typed)


def test_a_damaged_hash_admits_nobody(installation: Installation) -> None:
    found = add(installation)
    assert not operations.verify_password(found, "")
    for damaged in ("x", "$argon2id$v=19$m=65536,t=3,p=4$", "plain:" + GOOD):
        object.__setattr__(found, "password_hash", damaged)
        assert not operations.verify_password(found, GOOD)


def test_nobody_can_tell_an_unknown_account_by_the_time_it_takes(installation: Installation) -> None:
    known = add(installation)
    set_password(installation, GOOD)
    known, without = user(installation), add(installation, "li@b.cn")
    operations.verify_password(None, "warm")

    def cost(found: queries.UserFacts | None) -> float:
        began = time.process_time()
        operations.verify_password(found, "wrong password")
        return time.process_time() - began

    taken = {who: statistics.median(cost(who) for _ in range(3)) for who in (known, without, None)}
    assert min(taken.values()) > max(taken.values()) / 3
    assert min(taken.values()) > 0.005


def test_no_more_than_two_are_verified_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    within, most, lock = 0, 0, threading.Lock()

    def slow(_hashed: str, _password: str) -> bool:
        nonlocal within, most
        with lock:
            within += 1
            most = max(most, within)
        time.sleep(0.02)
        with lock:
            within -= 1
        return False

    monkeypatch.setattr(hashing, "_matches", slow)
    crowd = [threading.Thread(target=operations.verify_password, args=(None, "x")) for _ in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert most == 2


def test_a_hash_of_former_parameters_is_made_anew_after_a_sign_in(on_both: Installation) -> None:
    from argon2 import PasswordHasher
    from sqlalchemy import text

    add(on_both)
    former = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    with on_both.database.engine.begin() as connection:
        connection.execute(text("UPDATE user_account SET password_hash = :hash"), {"hash": former})
    before = user(on_both)
    assert operations.verify_password(before, GOOD)
    with aside(on_both) as session:
        assert operations.rehash(session, user=before, password=GOOD)
    now = user(on_both)
    assert now.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert operations.verify_password(now, GOOD)
    with aside(on_both) as session:
        assert not operations.rehash(session, user=now, password=GOOD)
        assert operations.rehash(session, user=before, password=ANOTHER)  # too late: it was set meanwhile
    assert signs_in(on_both, GOOD)
