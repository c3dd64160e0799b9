"""What is known of a user, of a sign-in and of a token once their rows are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class UserFacts:
    """One user. `password_hash` is empty for somebody who cannot sign in; it is never printed."""

    id: int
    email: str
    name: str
    role: str
    active: bool
    language: str
    password_hash: str = field(repr=False)
    must_change: bool
    password_set_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that still holds: whose, since when, when last seen, and when it ends however busy."""

    sign_in_id: int
    user: UserFacts
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class TokenHeld:
    """A bearer token that opens today: its owner, and its last day."""

    owner: UserFacts
    until_on: date


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """One bearer token of a user. The token itself was shown once and is not kept."""

    id: int
    name: str
    use: str
    created_at: datetime
    until_on: date
    revoked_at: datetime | None
    used_at: datetime | None

    def holds(self, today: date) -> bool:
        """Whether it still opens anything: not revoked, and its last day not past."""
        return self.revoked_at is None and today <= self.until_on
