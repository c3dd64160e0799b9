"""Setting and verifying passwords: Argon2id, few at a time, and the same work whether the account exists or not."""

from __future__ import annotations

import base64
import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from legal_service.access import passwords, permissions, queries
from legal_service.access.facts import UserFacts
from legal_service.access.models import User
from legal_service.access.operations.sign_ins import end_sign_ins
from legal_service.access.operations.trail import record
from legal_service.database import Transaction

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME_COST, MEMORY_KIB, LANES = 3, 65536, 4
"""RFC 9106, section 4, the second recommended option: three passes over 64 MiB."""

_two_at_once = threading.BoundedSemaphore(2)
"""Verifying takes 64 MiB and a core's whole attention: a crowd at the door must not take the machine."""


def set_password(
    tx: Transaction, *, email: str, password: str, must_change: bool = False, keep: int | None = None
) -> None:
    """Set a user's password: one's own, or anybody's by whoever adds users. All his sign-ins end but `keep`.

    Refuses `weak_password` saying which rule. What another named person sets must be changed at the next sign-in: nobody
    but its owner knows a password that stays. Writers are one at a time, so this hashing needs no turn.
    """
    user = tx.session.scalar(select(User).where(User.email == email.strip().lower()))
    own = user is not None and user.email == tx.actor.email
    if not own:
        permissions.require(tx.actor, "user.add")
    if user is None or not user.active:
        raise queries.unknown_user(email)
    passwords.check(password, email=user.email, name=user.name)
    if user.must_change and _matches(user.password_hash, password):
        raise passwords.weak("一次性密码不能继续使用，请另设。", "The one-time password cannot stay; choose another.")
    user.password_hash = _hasher().hash(_bytes(password))
    user.password_set_at = tx.moment
    user.must_change = must_change or (tx.actor.named and not own)
    ended = end_sign_ins(tx, user_id=user.id, keep=keep)
    record(tx, action="user.password", subject=f"user:{user.email}", must_change=user.must_change, sign_ins=ended)


def new_password(tx: Transaction, *, email: str) -> str:
    """Give a user a one-time password, which must be changed at the next sign-in; answers it, the only time it is seen."""
    permissions.require(tx.actor, "user.add")
    password = generated_password()
    set_password(tx, email=email, password=password, must_change=True)
    return password


def generated_password() -> str:
    """A password that a machine makes and a person can read out: five groups of four, 99 bits."""
    groups = (
        "".join(secrets.choice(passwords.ALPHABET) for _ in range(passwords.GROUP)) for _ in range(passwords.GROUPS)
    )
    return "-".join(groups)


def verify_password(user: UserFacts | None, password: str) -> bool:
    """Whether this is the user's password. An unknown user, or one without password, costs the same work and fails."""
    known = user.password_hash if user is not None else ""
    with _two_at_once:
        right = _matches(known or _nobodys_hash(), password)
    return right and bool(known)


def rehash(session: Session, *, user: UserFacts, password: str) -> bool:
    """After a verified sign-in: hash anew, aside, when the parameters have changed since; True when written."""
    if not user.password_hash or not _hasher().check_needs_rehash(user.password_hash):
        return False
    with _two_at_once:
        hashed = _hasher().hash(_bytes(password))
    session.execute(
        update(User)
        .where(User.id == user.id, User.password_hash == user.password_hash)  # not over one set meanwhile
        .values(password_hash=hashed)
    )
    return True


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # late: most commands verify nothing

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys_hash() -> str:
    """A hash that no password has, verified with the full work: 32 zero bytes under a salt of this process."""
    salt, none = (base64.b64encode(raw).rstrip(b"=").decode() for raw in (secrets.token_bytes(16), bytes(32)))
    return f"$argon2id$v=19$m={MEMORY_KIB},t={TIME_COST},p={LANES}${salt}${none}"


def _matches(hashed: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(hashed, _bytes(password))
    except (VerificationError, ValueError):  # the second: what is stored is no hash
        return False


def _bytes(password: str) -> bytes:
    """What is hashed; more than the longest password allowed is never looked at."""
    return passwords.plain_form(password[: 2 * passwords.LONGEST]).encode(errors="surrogatepass")
