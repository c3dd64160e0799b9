"""Reading users, institutions and the trail."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.access.models import AuditEntry, Institution, TrailHead, User
from legal_service.access.trail import GENESIS, Break, Entry, Head, first_break
from legal_service.database import Actor, KeyRing, key_ring_of
from legal_service.errors import Refusal, Words


def institution_id(session: Session) -> int | None:
    """The installation's institution, None before `legal init`. (I makes several per installation.)"""
    return session.scalar(select(Institution.id).order_by(Institution.id).limit(1))


def actor_of(session: Session, email: str) -> Actor:
    """The named actor behind an e-mail address; refuses an unknown or inactive one (`unknown_user`)."""
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None or not user.active:
        raise Refusal(
            "unknown_user",
            Words(
                zh=f"没有这个有效用户：{email}。先执行 legal user add {email} --role 角色 --name 姓名。",
                en=f"No active user {email}. First: legal user add {email} --role ROLE --name NAME.",
            ),
            "机构内部规则：用户管理（house policy: users）",
        )
    return Actor(email=user.email, name=user.name, role=user.role)


def users(session: Session) -> list[dict[str, str | bool]]:
    """All users of the institution, by e-mail."""
    rows = session.scalars(select(User).order_by(User.email))
    return [{"email": row.email, "name": row.name, "role": row.role, "active": row.active} for row in rows]


def name_of(session: Session, email: str) -> str:
    """The name of a user for printing on a document; the address itself when unknown."""
    return session.scalar(select(User.name).where(User.email == email)) or email


def head_row(session: Session) -> TrailHead | None:
    """The row of the newest entry of the trail."""
    return session.scalar(select(TrailHead))


def head_mark(keys: KeyRing, institution: int, seq: int, sealed: str) -> str:
    """The mark that only a holder of the installation's keys can make."""
    return keys.blind("trail_head.mark", f"{institution}:{seq}:{sealed}")


def trail_head(session: Session) -> Head:
    """Where the trail ended when it was last written; not genuine when it is gone or was not written by us."""
    row = head_row(session)
    if row is None:
        return Head(0, GENESIS, genuine=False)
    keys = key_ring_of(session.get_bind().dialect)
    return Head(row.seq, row.sealed, row.mark == head_mark(keys, row.institution_id, row.seq, row.sealed))


def walk_trail(session: Session) -> tuple[Break | None, int]:
    """Walk the institution's trail from the first entry to its marked end: (first broken link or None, entries read)."""
    broken, count, _ = first_break(entries(session), trail_head(session))
    return broken, count


def entries(session: Session) -> Iterator[Entry]:
    """The whole trail in order."""
    for row in session.scalars(select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)):
        yield Entry(
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            detail=row.detail,
            previous=row.previous,
            sealed=row.sealed,
        )


def entry_count(session: Session) -> int:
    """How many entries the trail has."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
