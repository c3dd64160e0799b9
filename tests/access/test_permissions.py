"""The permission table is complete, and what needs a named lawyer is refused to everybody else."""

from __future__ import annotations

import ast
import re

import pytest

from legal_service import labels
from legal_service.access import permissions
from legal_service.access.permissions import PERMISSIONS, ROLES, allowed, held_by, require, require_named_lawyer
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from tests.house.source import dotted, modules


def an_actor(role: str, *, named: bool = True) -> Actor:
    return Actor(email=f"{role}@b.cn", name=role, role=role, named=named)


def test_every_permission_lists_known_roles() -> None:
    for permission, roles in PERMISSIONS.items():
        assert roles, f"{permission}: nobody may"
        assert roles <= {*ROLES, LOCAL_OPERATOR.role}, permission


def test_every_permission_says_in_both_languages_what_it_is_for() -> None:
    named = labels.families()["permission"]
    assert set(named) == set(PERMISSIONS)
    for permission, words in named.items():
        assert re.search("[一-鿿]", words.zh), permission
        assert re.fullmatch("[ -~]+", words.en), permission
    assert len({words.zh for words in named.values()}) == len({words.en for words in named.values()}) == len(named)


STAFF = frozenset({"collections", "lawyer", "compliance", "admin"})
HOUSE = STAFF | {"auditor", "operator"}
DESKS: dict[str, frozenset[str]] = {
    "overview.read": STAFF | {"auditor"},
    "case.read": HOUSE,
    "evidence.read": HOUSE,
    "filing.read": HOUSE,
    "package.read": HOUSE,
    "personal.reveal": frozenset({"collections", "lawyer", "compliance"}),
    "job.read": HOUSE,
    "job.stop": STAFF | {"operator"},
    "package.download": frozenset({"lawyer", "compliance", "counsel", "operator"}),
    "package.received": frozenset({"counsel"}),
    "return.read": frozenset({"regulator", "compliance", "admin", "auditor", "operator"}),
    "report.inspect": frozenset({"regulator", "auditor", "compliance", "operator"}),
    "user.read": frozenset({"admin", "auditor"}),
    "user.manage": frozenset({"admin", "operator"}),
    "webhook.manage": frozenset({"admin", "operator"}),
    "trail.read": frozenset({"auditor", "compliance", "admin"}),
    "token.own": frozenset(ROLES),
    "law.read": frozenset({*ROLES, "operator"}),
}
"""Who opens which desk, written out here so that a role added by mistake is missed."""


@pytest.mark.parametrize("permission", DESKS)
def test_who_opens_which_desk(permission: str) -> None:
    assert PERMISSIONS[permission] == DESKS[permission]


def test_what_a_role_holds_is_the_table_read_the_other_way() -> None:
    for role in (*ROLES, LOCAL_OPERATOR.role):
        assert held_by(role) == {permission for permission in PERMISSIONS if allowed(role, permission)} != set()
    assert held_by("nobody") == held_by("") == frozenset()


def test_the_roles_are_those_of_the_contract() -> None:
    assert ROLES == ("collections", "lawyer", "compliance", "counsel", "regulator", "admin", "auditor")
    assert all(labels.label("role", role).zh for role in ROLES)


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_an_unknown_role_may_nothing(permission: str) -> None:
    assert not allowed("nobody", permission)
    assert not allowed("", permission)
    with pytest.raises(Refusal) as refused:
        require(an_actor("nobody"), permission)
    assert refused.value.code == "not_permitted"


def test_an_unknown_permission_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        allowed("admin", "nothing.such")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("collections", True),
        ("lawyer", True),
        ("compliance", True),
        ("admin", True),
        ("counsel", False),
        ("regulator", False),
        ("auditor", False),
    ],
)
def test_who_may_import(role: str, may: bool) -> None:
    assert allowed(role, "portfolio.import") is may


@pytest.mark.parametrize("role", ["counsel", "regulator", "auditor"])
def test_readers_write_nothing_but_their_own_tokens(role: str) -> None:
    reading = {permission for permission in PERMISSIONS if permission.endswith((".read", ".received", ".download"))}
    assert held_by(role) <= reading | {"audit.verify", "report.inspect", "token.own"}


@pytest.mark.parametrize("role", ["counsel", "regulator"])
def test_who_is_from_outside_sees_no_case_of_the_house(role: str) -> None:
    assert not held_by(role) & {"case.read", "portfolio.read", "evidence.read", "filing.read", "job.read", "user.read"}
    assert not held_by(role) & {"personal.reveal", "overview.read", "package.read", "trail.read"}


def test_a_refusal_says_who_may_instead() -> None:
    with pytest.raises(Refusal) as refused:
        require(an_actor("counsel"), "portfolio.import")
    told = refused.value
    assert "counsel@b.cn" in told.reason.zh
    assert "lawyer" in told.reason.zh
    assert "导入贷款清单" in told.reason.zh
    assert "import a loan tape" in told.reason.en
    assert told.basis.startswith("机构内部规则")


@pytest.mark.parametrize(
    ("actor", "passes"),
    [
        (an_actor("lawyer"), True),
        (an_actor("lawyer", named=False), False),
        (an_actor("counsel"), False),
        (an_actor("admin"), False),
        (LOCAL_OPERATOR, False),
    ],
)
def test_only_a_named_lawyer_decides(actor: Actor, passes: bool) -> None:
    if passes:
        require_named_lawyer(actor)
        return
    with pytest.raises(Refusal) as refused:
        require_named_lawyer(actor)
    assert refused.value.code == "named_lawyer_required"
    assert "个人信息保护法 第二十四条" in refused.value.basis


def test_the_local_operator_approves_nothing() -> None:
    assert not allowed(LOCAL_OPERATOR.role, "filing.approve")
    assert PERMISSIONS["filing.approve"] == {"lawyer"}


def test_every_permission_asked_for_in_the_code_is_in_the_table() -> None:
    asked = {
        node.args[1].value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and dotted(node.func).split(".")[-1] in ("require", "allowed")
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    }
    assert asked
    assert asked <= set(permissions.PERMISSIONS)
