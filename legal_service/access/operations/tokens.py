"""Bearer tokens: a partner's system acts for one user, for one purpose, until a date, and can be stopped at once."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from legal_service.access import permissions, queries, tokens
from legal_service.access.models import ApiToken, User
from legal_service.access.operations.trail import record
from legal_service.access.queries.signed import token_hash
from legal_service.access.sign_ins import SEEN_SECONDS
from legal_service.clock import seconds_from
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words


def create_token(
    tx: Transaction, *, user_id: int, name: str, until: date, parent_until: date | None = None, use: str = tokens.API
) -> str:
    """Make a token of a use (`tokens.USES`) for a user until a date at most a year away; answers it, the only time it is seen.

    One that is asked for with a token (`parent_until` its last day) ends no later: a stolen token cannot outlive itself.

    Made by its owner, or by the local operator at the machine: nobody else may act in somebody's name. Refuses
    `unknown_user`, `bad_name`, `bad_date`.
    """
    user = tx.session.scalar(select(User).where(User.id == user_id))
    if user is not None and user.email == tx.actor.email:
        permissions.require(tx.actor, "token.own")
    elif tx.actor.named:
        raise Refusal(
            "not_permitted",
            Words(
                zh="访问令牌由本人建立；他人不得代为建立，以免以其名义行事。",
                en="A token is made by its owner; nobody else may act in somebody's name.",
            ),
            permissions.POLICY,
        )
    if user is None or not user.active:
        raise queries.unknown_user(user.email if user else str(user_id))
    purpose = tokens.purpose(name)
    tokens.check_until(until, tx.moment.date(), parent_until)
    token = tokens.PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        user_id=user.id, name=purpose, use=use, token_sha256=token_hash(token), created_at=tx.moment, until_on=until
    )
    tx.session.add(row)
    tx.session.flush()
    record(tx, action="token.create", subject=f"user:{user.email}", token=row.id, use=use, until=until.isoformat())
    return token


def revoke_token(tx: Transaction, *, token_id: int, user_id: int) -> None:
    """Stop a token of a user: its owner, or whoever manages users. One that was revoked stays so. Refuses `unknown_token`."""
    found = tx.session.execute(
        select(ApiToken, User.email)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.id == token_id, ApiToken.user_id == user_id)
    ).one_or_none()
    if found is None or found.email != tx.actor.email:
        permissions.require(tx.actor, "user.manage")
    if found is None:
        raise Refusal(
            "unknown_token",
            Words(zh=f"该用户没有编号为 {token_id} 的访问令牌。", en=f"this user has no token number {token_id}."),
        )
    if found.ApiToken.revoked_at is None:
        found.ApiToken.revoked_at = tx.moment
        record(tx, action="token.revoke", subject=f"user:{found.email}", token=token_id)


def revoke_tokens(tx: Transaction, *, user_id: int) -> int:
    """Stop all tokens of a user, as part of a write that is recorded; answers how many."""
    revoked = cast(
        CursorResult[Any],
        tx.session.execute(
            update(ApiToken)
            .where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
            .values(revoked_at=tx.moment)
        ),
    )
    return revoked.rowcount


def note_token_use(session: Session, token: str, now: datetime) -> None:
    """Note, aside and at most once a minute, that a token was used: its owner sees one that nobody needs any more."""
    stale = or_(ApiToken.used_at.is_(None), ApiToken.used_at <= seconds_from(now, -SEEN_SECONDS))
    session.execute(update(ApiToken).where(ApiToken.token_sha256 == token_hash(token), stale).values(used_at=now))
