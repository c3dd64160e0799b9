"""Users: added and changed by whoever may, found by address, and the trail tells of it."""

from __future__ import annotations

import pytest

from legal_service.access import operations, queries
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation


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
        assert queries.users(session) == [{"email": "wang@b.cn", "name": "王律师", "role": "admin", "active": True}]
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


@pytest.mark.parametrize("role", ["lawyer", "counsel", "auditor", "collections"])
def test_only_admins_and_the_local_operator_add_users(installation: Installation, role: str) -> None:
    add(installation, "who@b.cn", role=role)
    with pytest.raises(Refusal) as refused:
        add(installation, "new@b.cn", by=installation.actor("who@b.cn"))
    assert refused.value.code == "not_permitted"
