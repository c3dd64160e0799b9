"""Users: added and changed by whoever may, found by address, and the trail tells of it."""

from __future__ import annotations

import threading

import pytest

from legal_service.access import operations, queries
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.access.people import GOOD, refusal, user


def add(
    installation: Installation, email: str, role: str = "lawyer", name: str = "王律师", by: Actor = LOCAL_OPERATOR
) -> bool:
    with installation.transaction(by) as tx:
        return operations.add_user(tx, email=email, role=role, name=name)


def actions(installation: Installation) -> list[tuple[str, str]]:
    with installation.reading() as session:
        return [(entry.action, entry.subject) for entry in queries.entries(session)]


def test_a_user_is_added_once_and_changed_with_a_trace(on_both: Installation) -> None:
    assert add(on_both, "Wang@B.cn ") is True
    assert add(on_both, "wang@b.cn") is False
    assert add(on_both, "wang@b.cn", role="admin") is True
    assert actions(on_both) == [("user.add", "user:wang@b.cn"), ("user.change", "user:wang@b.cn")]
    with on_both.reading() as session:
        assert queries.users(session) == [
            {
                "id": user(on_both).id,
                "email": "wang@b.cn",
                "name": "王律师",
                "role": "admin",
                "active": True,
                "has_password": False,
                "must_change": False,
            }
        ]
        assert queries.name_of(session, "wang@b.cn") == "王律师"
        assert queries.name_of(session, "other@b.cn") == "other@b.cn"


def test_a_change_without_a_name_keeps_the_name(installation: Installation) -> None:
    add(installation, "wang@b.cn")
    assert add(installation, "wang@b.cn", role="admin", name="") is True
    with installation.reading() as session:
        assert queries.name_of(session, "wang@b.cn") == "王律师"


def test_the_actor_behind_an_address(installation: Installation) -> None:
    add(installation, "wang@b.cn")
    actor = installation.actor(" WANG@b.cn")
    assert actor == Actor(email="wang@b.cn", name="王律师", role="lawyer", named=True)
    assert installation.actor(None) is LOCAL_OPERATOR
    with pytest.raises(Refusal) as refused:
        installation.actor("nobody@b.cn")
    assert refused.value.code == "unknown_user"


@pytest.mark.parametrize("email", ["", "x", "a b@c.cn", "@c.cn", "a@", "a@b@c", "x" * 300 + "@b.cn"])
def test_what_is_no_address_is_refused(installation: Installation, email: str) -> None:
    with pytest.raises(Refusal) as refused:
        add(installation, email)
    assert refused.value.code == "bad_email"
    assert actions(installation) == []


def test_an_unknown_role_is_refused_with_the_roles_there_are(installation: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        add(installation, "a@b.cn", role="operator")
    assert refused.value.code == "unknown_role"
    assert "lawyer" in refused.value.reason.zh


@pytest.mark.parametrize("name", ["王" * 101, "王\n律师", "王\x00", "王\u202e师"])
def test_a_name_fits_the_page_it_is_printed_on(installation: Installation, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        add(installation, "a@b.cn", name=name)
    assert refusal(refused) == "bad_name"
    assert actions(installation) == []


def test_a_name_of_a_hundred_characters_fits(on_both: Installation) -> None:
    assert add(on_both, "a@b.cn", name=" " + "王" * 100)
    assert add(on_both, "x" * 64 + "@" + "b" * 100 + ".cn", name="")  # named by the address, as far as it fits
    with on_both.reading() as session:
        assert [len(str(one["name"])) for one in queries.users(session)] == [100, 100]


def test_a_user_is_found_by_address_and_by_id(installation: Installation) -> None:
    add(installation, "wang@b.cn")
    with installation.reading() as session:
        found = queries.user_by_email(session, " WANG@b.cn ")
        assert found is not None
        assert queries.user_by_id(session, found.id) == found
        assert queries.user_by_id(session, found.id + 1) is None
        assert [queries.user_by_email(session, one) for one in ("", "li@b.cn", "wang\x00@b.cn", "\ud800")] == [None] * 4
    assert (found.email, found.role, found.active, found.language) == ("wang@b.cn", "lawyer", True, "")


# -- closing an account


def close(installation: Installation, email: str, by: Actor = LOCAL_OPERATOR) -> bool:
    with installation.transaction(by) as tx:
        return operations.deactivate_user(tx, email=email)


def test_a_closed_account_acts_no_more_and_is_reopened_without_its_password(on_both: Installation) -> None:
    add(on_both, "wang@b.cn")
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        operations.set_password(tx, email="wang@b.cn", password=GOOD)
    assert close(on_both, "Wang@b.cn") is True
    assert close(on_both, "wang@b.cn") is False
    with pytest.raises(Refusal) as refused:
        on_both.actor("wang@b.cn")
    assert refusal(refused) == "unknown_user"
    assert not user(on_both).active
    assert add(on_both, "wang@b.cn") is True
    assert user(on_both).active
    assert user(on_both).password_hash == ""
    assert [action for action, _subject in actions(on_both)] == [
        "user.add",
        "user.password",
        "user.deactivate",
        "user.change",
    ]


def test_nobody_closes_his_own_account_or_changes_his_own_role(installation: Installation) -> None:
    for email in ("a@b.cn", "b@b.cn"):
        add(installation, email, role="admin")
    own = installation.actor("a@b.cn")
    with pytest.raises(Refusal) as refused:
        close(installation, "a@b.cn", by=own)
    assert refusal(refused) == "own_account"
    with pytest.raises(Refusal) as refused:
        add(installation, "a@b.cn", role="lawyer", by=own)
    assert refusal(refused) == "own_account"
    assert add(installation, "a@b.cn", role="admin", name="新名", by=own)  # but he may be called otherwise


def test_the_last_active_administrator_stays(on_both: Installation) -> None:
    for email in ("a@b.cn", "b@b.cn"):
        add(on_both, email, role="admin")
    assert close(on_both, "b@b.cn", by=on_both.actor("a@b.cn"))
    with pytest.raises(Refusal) as refused:
        close(on_both, "a@b.cn")
    assert refusal(refused) == "last_admin"
    with pytest.raises(Refusal) as refused:
        add(on_both, "a@b.cn", role="lawyer")
    assert refusal(refused) == "last_admin"
    add(on_both, "b@b.cn", role="admin")
    assert close(on_both, "a@b.cn")


def test_two_administrators_cannot_close_each_other_at_once(on_both: Installation) -> None:
    for email in ("a@b.cn", "b@b.cn"):
        add(on_both, email, role="admin")
    told: list[str] = []

    def closes(by: str, other: str) -> None:
        try:
            close(on_both, other, by=Actor(email=by, name=by, role="admin"))
            told.append("closed")
        except Refusal as refused:
            told.append(refused.code)

    pair = [threading.Thread(target=closes, args=each) for each in (("a@b.cn", "b@b.cn"), ("b@b.cn", "a@b.cn"))]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    assert sorted(told) == ["closed", "last_admin"]


@pytest.mark.parametrize("role", ["lawyer", "compliance", "auditor", "counsel"])
def test_only_who_manages_users_closes_accounts(installation: Installation, role: str) -> None:
    add(installation, "who@b.cn", role=role)
    add(installation, "wang@b.cn")
    with pytest.raises(Refusal) as refused:
        close(installation, "wang@b.cn", by=installation.actor("who@b.cn"))
    assert refusal(refused) == "not_permitted"


def test_who_is_not_there_cannot_be_closed(installation: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        close(installation, "nobody@b.cn")
    assert refusal(refused) == "unknown_user"


# -- the language one reads in


@pytest.mark.parametrize("role", ["lawyer", "counsel"])
def test_everybody_chooses_the_language_he_reads_in(on_both: Installation, role: str) -> None:
    add(on_both, "wang@b.cn", role=role)
    own = on_both.actor("wang@b.cn")
    for language in ("en", "en", "hant", ""):
        with on_both.transaction(own) as tx:
            operations.set_language(tx, email="wang@b.cn", language=language)
        assert user(on_both).language == language
    assert [action for action, _subject in actions(on_both)].count("user.language") == 3


def test_a_language_the_pages_do_not_speak_is_refused(installation: Installation) -> None:
    add(installation, "wang@b.cn")
    with pytest.raises(Refusal) as refused, installation.transaction(LOCAL_OPERATOR) as tx:
        operations.set_language(tx, email="wang@b.cn", language="fr")
    assert refusal(refused) == "unknown_language"
    add(installation, "li@b.cn")
    with pytest.raises(Refusal) as refused, installation.transaction(installation.actor("li@b.cn")) as tx:
        operations.set_language(tx, email="wang@b.cn", language="en")
    assert refusal(refused) == "not_permitted"


@pytest.mark.parametrize("role", ["lawyer", "counsel", "auditor", "collections"])
def test_only_admins_and_the_local_operator_add_users(installation: Installation, role: str) -> None:
    add(installation, "who@b.cn", role=role)
    with pytest.raises(Refusal) as refused:
        add(installation, "new@b.cn", by=installation.actor("who@b.cn"))
    assert refused.value.code == "not_permitted"
