"""Adding, changing and closing users. Who is closed is out at once; an installation never loses its last administrator."""

from __future__ import annotations

from sqlalchemy import func, select

from legal_service.access import permissions
from legal_service.access.addresses import address_of
from legal_service.access.models import User
from legal_service.access.operations.sign_ins import end_sign_ins
from legal_service.access.operations.tokens import revoke_tokens
from legal_service.access.operations.trail import record
from legal_service.access.queries import unknown_user
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words

LANGUAGES = ("zh", "hant", "en")
"""Simplified Chinese, Traditional Chinese, English; empty is the house's own choice."""
LONGEST_NAME = 100

POLICY = "机构内部规则：用户管理（house policy: users）"


def add_user(tx: Transaction, *, email: str, role: str, name: str) -> bool:
    """Add, change or reopen a user; True when something changed.

    Refuses `bad_email`, `unknown_role`, `bad_name`; nobody changes his own role (`own_account`), and the last active
    administrator stays one (`last_admin`).
    """
    permissions.require(tx.actor, "user.add")
    address, name = address_of(email), _name(name)
    if role not in permissions.ROLES:
        raise Refusal(
            "unknown_role",
            Words(
                zh=f"没有角色 {role[:40]}；可用：{' '.join(permissions.ROLES)}",
                en=f"no role {role[:40]}; one of {' '.join(permissions.ROLES)}",
            ),
        )
    user = tx.session.scalar(select(User).where(User.email == address))
    if user is None:
        tx.session.add(User(email=address, role=role, name=name or address[:LONGEST_NAME], created_at=tx.moment))
        tx.session.flush()
        record(tx, action="user.add", subject=f"user:{address}", role=role)
        return True
    if (user.role, user.name) == (role, name or user.name) and user.active:
        return False
    if user.role != role:
        _not_oneself(tx, user)
        _not_the_last_admin(tx, user)
    record(tx, action="user.change", subject=f"user:{address}", role=role, was=user.role, reopened=not user.active)
    user.role, user.name, user.active = role, name or user.name, True
    return True


def deactivate_user(tx: Transaction, *, email: str) -> bool:
    """Close an account: its sign-ins end, its tokens are revoked, its password is forgotten; True when it was open.

    What the person did stays on record. Reopened by `add_user`, the account needs a new password. Refuses `unknown_user`,
    `own_account` and `last_admin`.
    """
    permissions.require(tx.actor, "user.manage")
    user = tx.session.scalar(select(User).where(User.email == address_of(email)))
    if user is None:
        raise unknown_user(email)
    if not user.active:
        return False
    _not_oneself(tx, user)
    _not_the_last_admin(tx, user)
    user.active, user.password_hash, user.password_set_at, user.must_change = False, "", None, False
    record(
        tx,
        action="user.deactivate",
        subject=f"user:{user.email}",
        sign_ins=end_sign_ins(tx, user_id=user.id),
        tokens=revoke_tokens(tx, user_id=user.id),
    )
    return True


def set_language(tx: Transaction, *, email: str, language: str) -> None:
    """Keep the language in which a user reads, empty for the house's own; one's own, or by whoever manages users."""
    user = tx.session.scalar(select(User).where(User.email == address_of(email)))
    if user is None or not user.active:
        raise unknown_user(email)
    if user.email != tx.actor.email:
        permissions.require(tx.actor, "user.manage")
    if language not in ("", *LANGUAGES):
        raise Refusal(
            "unknown_language",
            Words(
                zh=f"没有语言 {language[:20]}；可用：{' '.join(LANGUAGES)}",
                en=f"no language {language[:20]}; one of {' '.join(LANGUAGES)}",
            ),
        )
    if user.language != language:
        user.language = language
        record(tx, action="user.language", subject=f"user:{user.email}", language=language)


def _name(written: str) -> str:
    name = written.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Refusal(
            "bad_name",
            Words(
                zh=f"姓名不超过 {LONGEST_NAME} 个字符，且不含换行等控制字符（现有 {len(name)} 个字符）。",
                en=f"a name has at most {LONGEST_NAME} characters, none of them a control character (this has {len(name)}).",
            ),
        )
    return name


def _not_oneself(tx: Transaction, user: User) -> None:
    if user.email == tx.actor.email:
        raise Refusal(
            "own_account",
            Words(
                zh="不能停用自己的账号或变更自己的角色，请由另一名管理员办理。",
                en="Nobody closes his own account or changes his own role; another administrator does.",
            ),
            POLICY,
        )


def _not_the_last_admin(tx: Transaction, user: User) -> None:
    if user.role != "admin" or not user.active:
        return
    others = select(func.count()).select_from(User).where(User.role == "admin", User.active, User.id != user.id)
    if not tx.session.scalar(others):
        raise Refusal(
            "last_admin",
            Words(
                zh=f"{user.email} 是最后一名在用管理员，不能停用或变更角色；请先新增另一名管理员。",
                en=f"{user.email} is the last active administrator; add another one first.",
            ),
            POLICY,
        )
