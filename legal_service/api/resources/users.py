"""`/users`: the colleagues, adding and closing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service.access import operations, queries
from legal_service.access.addresses import address_of
from legal_service.api.paging import Page, listed
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.tokens import NewUser, UserAdded, UserShape
from legal_service.database import Transaction
from legal_service.errors import Words

resource = Resource("users", Words("用户", "Users"))


@resource.reads(
    "/users", needs="user.read", says=Words("用户，按邮箱", "Users, by e-mail"), gives=UserShape, paged=True
)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """All users of the institution."""
    return listed(queries.users(session), asked, lambda one: (one["email"],), str)


@resource.writes(
    "/users",
    needs="user.add",
    says=Words("新增、变更或重新启用用户", "Add, change or reopen a user"),
    takes=NewUser,
    gives=UserAdded,
    status=201,
    located=True,
)
def add(tx: Transaction, asked: Mapping[str, Any]) -> Answer:
    """Add or change a user."""
    changed = operations.add_user(tx, email=asked["email"], role=asked["role"], name=asked["name"])
    tx.session.flush()
    address = address_of(asked["email"])
    found = next(one for one in queries.users(tx.session) if one["email"] == address)
    return Answer(found | {"changed": changed}, headers={"Location": f"{PREFIX}/users"})


@resource.writes(
    "/users/<name:email>",
    method="DELETE",
    needs="user.manage",
    says=Words("停用用户：结束其登录，撤销其令牌", "Close an account: its sign-ins end, its tokens are revoked"),
    status=204,
)
def close(tx: Transaction, asked: Mapping[str, Any], email: str) -> None:
    """Close an account; what the person did stays on record."""
    operations.deactivate_user(tx, email=email)
