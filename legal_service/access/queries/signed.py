"""Reading who is signed in, which tokens hold, and what was answered before. Tokens are found by their hash alone."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.access import sign_ins
from legal_service.access.answers import KeptAnswer
from legal_service.access.facts import SignedIn, TokenFacts, TokenHeld
from legal_service.access.models import Answer, ApiToken, SignIn, SignInFailure, User
from legal_service.access.queries.people import facts_of
from legal_service.access.tokens import API
from legal_service.database import key_ring_of


def token_hash(token: str) -> str:
    """What is kept of a token. It is 256 random bits, so its plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The sign-in behind a browser's token; None when unknown, ended, run out, idle too long, or the user inactive."""
    found = session.execute(
        select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.token_sha256 == token_hash(token), SignIn.ended_at.is_(None), User.active)
    ).one_or_none()
    if found is None or sign_ins.over(seen_at=found.SignIn.seen_at, ends_at=found.SignIn.ends_at, now=now):
        return None
    row = found.SignIn
    return SignedIn(row.id, facts_of(found.User), began_at=row.began_at, seen_at=row.seen_at, ends_at=row.ends_at)


def who_index(session: Session, who: str) -> str:
    """The blind index of what was typed as an account, so that failures can be counted and nobody named."""
    typed = who.strip().lower()[:200].encode(errors="replace").decode()
    return key_ring_of(session.get_bind().dialect).blind("sign_in_failure.who", typed)


def sign_in_failures(session: Session, who_index: str, since: datetime) -> list[datetime]:
    """When signing in to an account failed, oldest first; failures before the throttle's window are forgotten."""
    return list(
        session.scalars(
            select(SignInFailure.at)
            .where(SignInFailure.who_index == who_index, SignInFailure.at >= since)
            .order_by(SignInFailure.at)
        )
    )


def tokens_of(session: Session, user_id: int) -> list[TokenFacts]:
    """A user's bearer tokens, the newest first, revoked and past ones too."""
    rows = session.scalars(select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc()))
    return [
        TokenFacts(
            row.id,
            row.name,
            row.use,
            created_at=row.created_at,
            until_on=row.until_on,
            revoked_at=row.revoked_at,
            used_at=row.used_at,
        )
        for row in rows
    ]


def token_held(session: Session, token: str, today: date, use: str = API) -> TokenHeld | None:
    """Whose token for a use this is and until when; None when unknown, for another use, revoked, past its last day, or its owner inactive."""
    row = session.execute(
        select(User, ApiToken.until_on)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.token_sha256 == token_hash(token),
            ApiToken.use == use,
            ApiToken.revoked_at.is_(None),
            ApiToken.until_on >= today,
            User.active,
        )
    ).one_or_none()
    return None if row is None else TokenHeld(facts_of(row[0]), row[1])


def token_use_is_news(session: Session, token: str, now: datetime) -> bool:
    """Whether `note_token_use` would write: asked before opening a write for it."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_sha256 == token_hash(token)))
    return row is not None and sign_ins.seen_again(row.used_at, now)


def kept_answer(session: Session, *, asked_by: str, key: str) -> KeptAnswer | None:
    """What was answered to this user's request of this key; None when it is new (or forgotten after a week)."""
    row = session.scalar(select(Answer).where(Answer.asked_by == asked_by, Answer.key == key))
    return None if row is None else KeptAnswer(row.request_sha256, row.status, row.body)
