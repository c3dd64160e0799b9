"""Who is signed in: by a session cookie (pages, and the API from them) or a bearer token (the API). Asked once a request.

The cookie holds a random token under Flask's signature; the database holds only its hash, so that a session can be
ended here and a copied database opens none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from flask import current_app, g, request
from flask import session as cookie

from legal_service import clock
from legal_service.access import operations, queries, sign_ins
from legal_service.access.queries import UserFacts
from legal_service.database import Actor
from legal_service.errors import Refusal, Words
from legal_service.installation import Installation

POLICY = "机构内部规则：登录与会话（house policy: sign-in and sessions）"


@dataclass(frozen=True, slots=True)
class Signed:
    """A reader who is known: by a browser's session until `ends_at` (or an hour without a page), or by a token until `until_on`."""

    user: UserFacts
    via: Literal["session", "token"]
    sign_in_id: int | None
    ends_at: datetime | None
    until_on: date | None = None

    @property
    def actor(self) -> Actor:
        """The reader as operations know him."""
        return Actor(email=self.user.email, name=self.user.name, role=self.user.role)


def current() -> Signed | None:
    """The signed-in reader of this request, None when nobody is."""
    if "signed" not in g:
        g.signed = _find()
    found = g.signed
    assert found is None or isinstance(found, Signed)
    return found


def bearer() -> str:
    """The bearer token that came with the request, empty when none did."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _installation() -> Installation:
    found = current_app.extensions["legal_service"].installation
    assert isinstance(found, Installation)
    return found


def _find() -> Signed | None:
    here, now = _installation(), clock.now()
    if token := bearer():
        if not request.path.startswith("/api/"):
            return None
        with here.reading() as session:
            held = queries.token_held(session, token, now.date())
            news = held is not None and queries.token_use_is_news(session, token, now)
        if held is None:
            return None
        if news:
            with here.database.aside(institution_id=here.institution_id) as session:
                operations.note_token_use(session, token, now)
        return Signed(held.owner, "token", None, None, held.until_on)
    if not (token := cookie.get("token", "")):
        return None
    with here.reading() as session:
        found = queries.signed_in(session, token, now)
    if found is None:
        return None
    if sign_ins.seen_again(found.seen_at, now):
        with here.database.aside(institution_id=here.institution_id) as session:
            operations.touch(session, sign_in_id=found.sign_in_id, now=now)
    idle_end = now + timedelta(minutes=sign_ins.IDLE_MINUTES)
    return Signed(found.user, "session", found.sign_in_id, min(found.ends_at, idle_end))


def sign_in(email: str, password: str) -> UserFacts:
    """Open a session for whoever knows the password.

    Refuses `sign_in_throttled` (with the seconds to wait) and `sign_in_refused`: the same words and the same work whether
    the account is unknown, without password, inactive, or the password wrong.
    """
    here, now = _installation(), clock.now()
    who = email.strip().lower()
    with here.database.aside(institution_id=here.institution_id) as session:
        wait = operations.claim_attempt(session, who=who, now=now)
    if wait:
        raise throttled(wait)
    with here.reading() as session:
        user = queries.user_by_email(session, who)
    if not operations.verify_password(user, password) or user is None or not user.active:
        raise Refusal(
            "sign_in_refused",
            Words(
                zh="邮箱或密码不对，或账号已停用。忘记密码请联系管理员重置。",
                en="Wrong e-mail or password, or the account is closed. An administrator can reset a forgotten password.",
            ),
            POLICY,
        )
    with here.transaction(Actor(email=user.email, name=user.name, role=user.role)) as tx:
        token = operations.begin_sign_in(tx, user_id=user.id)
    language = cookie.get("lang")
    cookie.clear()  # a new session: nothing planted before it stays, its CSRF token is new
    cookie["token"] = token
    if language:
        cookie["lang"] = language
    g.pop("signed", None)
    return user


def throttled(wait: int) -> Refusal:
    """The refusal of too many tries; after the wait the right password works again, nobody is locked out for good."""
    minutes = max(1, -(-wait // 60))
    return Refusal(
        "sign_in_throttled",
        Words(
            zh=f"登录失败次数过多，请约 {minutes} 分钟后再试。",
            en=f"Too many failed sign-ins. Try again in about {minutes} min.",
        ),
        POLICY,
    )


def sign_out() -> None:
    """End this browser's session here and in the database."""
    found = current()
    if found is not None and found.sign_in_id is not None:
        with _installation().transaction(found.actor) as tx:
            operations.end_sign_in(tx, sign_in_id=found.sign_in_id)
    language = cookie.get("lang")
    cookie.clear()
    if language:
        cookie["lang"] = language
    g.signed = None
