"""Reading users and the institution."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.access.facts import UserFacts
from legal_service.access.models import Institution, User
from legal_service.database import Actor
from legal_service.errors import Refusal, Words


def institution_id(session: Session) -> int | None:
    """The installation's institution, None before `legal init`. (I makes several per installation.)"""
    return session.scalar(select(Institution.id).order_by(Institution.id).limit(1))


def actor_of(session: Session, email: str) -> Actor:
    """The named actor behind an e-mail address; refuses an unknown or inactive one (`unknown_user`)."""
    user = user_by_email(session, email)
    if user is None or not user.active:
        raise unknown_user(email)
    return Actor(email=user.email, name=user.name, role=user.role)


def unknown_user(email: str) -> Refusal:
    """The refusal of whatever names somebody who is not, or no longer, a user."""
    return Refusal(
        "unknown_user",
        Words(
            zh=f"没有这个有效用户：{email}。先执行 legal user add {email} --role 角色 --name 姓名。",
            en=f"No active user {email}. First: legal user add {email} --role ROLE --name NAME.",
        ),
        "机构内部规则：用户管理（house policy: users）",
    )


def user_by_email(session: Session, email: str) -> UserFacts | None:
    """The user behind an address, however it is written; None when there is none."""
    address = email.strip().lower()
    row = session.scalar(select(User).where(User.email == address)) if address.isprintable() else None
    return None if row is None else facts_of(row)


def user_by_id(session: Session, id: int) -> UserFacts | None:
    """The user behind an id; None when there is none."""
    row = session.scalar(select(User).where(User.id == id))
    return None if row is None else facts_of(row)


def facts_of(row: User) -> UserFacts:
    """What the row says of a user."""
    return UserFacts(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        active=row.active,
        language=row.language,
        password_hash=row.password_hash,
        must_change=row.must_change,
        password_set_at=row.password_set_at,
    )


def users(session: Session) -> list[dict[str, str | bool | int]]:
    """All users of the institution, by e-mail."""
    rows = session.scalars(select(User).order_by(User.email))
    return [
        {
            "id": row.id,
            "email": row.email,
            "name": row.name,
            "role": row.role,
            "active": row.active,
            "has_password": bool(row.password_hash),
            "must_change": row.must_change,
        }
        for row in rows
    ]


def name_of(session: Session, email: str) -> str:
    """The name of a user for printing on a document; the address itself when unknown."""
    return session.scalar(select(User.name).where(User.email == email)) or email
