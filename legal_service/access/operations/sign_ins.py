"""Beginning and ending sign-ins, and noting failed ones.

`touch`, `note_failure` and `claim_attempt` are small writes made aside (`Database.aside`): reading a page must neither
wait for an import nor fill the trail.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Table, delete, select, text, update
from sqlalchemy.orm import Session

from legal_service.access import permissions, queries, sign_ins
from legal_service.access.models import SignIn, SignInFailure, User
from legal_service.access.operations.trail import record
from legal_service.access.queries.signed import token_hash
from legal_service.database import Transaction

KEPT = timedelta(days=30)
"""So long the row of a sign-in that has run out is kept; the trail keeps that it was."""


def begin_sign_in(tx: Transaction, *, user_id: int) -> str:
    """Sign a user in whose password was just verified; answers the token, of which only the hash is kept.

    Forgets the account's failures and sign-ins long over. Refuses `unknown_user` when the account is closed.
    """
    user = tx.session.scalar(select(User).where(User.id == user_id))
    if user is None or not user.active:
        raise queries.unknown_user(user.email if user else str(user_id))
    token = secrets.token_urlsafe(32)
    row = SignIn(
        user_id=user.id,
        token_sha256=token_hash(token),
        began_at=tx.moment,
        seen_at=tx.moment,
        ends_at=sign_ins.runs_until(tx.moment),
    )
    tx.session.add(row)
    tx.session.flush()
    tx.session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.ends_at < tx.moment - KEPT))
    _forget_failures(tx, user.email)
    record(tx, action="sign_in.begin", subject=f"user:{user.email}", sign_in=row.id)
    return token


def _forget_failures(tx: Transaction, email: str) -> None:
    """Below any row scope: the failures of an account are nobody's to see, and one's own all the same."""
    failures = cast(Table, SignInFailure.__table__)
    index = queries.who_index(tx.session, email)
    tx.session.execute(
        delete(failures).where(failures.c.who_index == index, failures.c.institution_id == tx.institution_id)
    )


def end_sign_in(tx: Transaction, *, sign_in_id: int) -> None:
    """End a sign-in: one's own, or anybody's by whoever manages users. One that is over or unknown stays as it is."""
    found = tx.session.execute(
        select(SignIn, User.email).join(User, User.id == SignIn.user_id).where(SignIn.id == sign_in_id)
    ).one_or_none()
    if found is None or found.SignIn.ended_at is not None:
        return
    if found.email != tx.actor.email:
        permissions.require(tx.actor, "user.manage")
    found.SignIn.ended_at = tx.moment
    record(tx, action="sign_in.end", subject=f"user:{found.email}", sign_in=sign_in_id)


def end_sign_ins(tx: Transaction, *, user_id: int, keep: int | None = None) -> int:
    """End all sign-ins of a user but `keep`, as part of a write that is recorded; answers how many."""
    ended = cast(
        CursorResult[Any],
        tx.session.execute(
            update(SignIn)
            .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != (keep or 0))
            .values(ended_at=tx.moment)
        ),
    )
    return ended.rowcount


def touch(session: Session, *, sign_in_id: int, now: datetime) -> None:
    """Note that a sign-in is in use; never backwards, and not one that has ended."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.seen_at < now)
        .values(seen_at=now)
    )


def note_failure(session: Session, *, who: str, now: datetime) -> None:
    """Note that signing in to an account failed, whether the account exists or not; failures that no longer count go."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < sign_ins.window_began(now)))
    session.add(SignInFailure(who_index=queries.who_index(session, who), at=now))


def claim_attempt(session: Session, *, who: str, now: datetime) -> int:
    """Claim one try at an account: 0 when it may be made, else the seconds to wait.

    The try counts as failed until `begin_sign_in` forgets it, so that a hundred tries at once are not a hundred guesses.
    """
    index = queries.who_index(session, who)
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:space, :key)"), {"space": 0x7369, "key": _lock_of(index)})
    wait = sign_ins.wait_seconds(queries.sign_in_failures(session, index, sign_ins.window_began(now)), now)
    if wait == 0:
        note_failure(session, who=who, now=now)
    return wait


def _lock_of(index: str) -> int:
    return int(index[:8], 16) - 2**31  # PostgreSQL's integer
