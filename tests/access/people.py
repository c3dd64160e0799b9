"""People of the tests of this room: added, signed in, and moments to do it at."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from legal_service.access import operations, queries
from legal_service.access.queries import UserFacts
from legal_service.database import LOCAL_OPERATOR, Actor, Transaction
from legal_service.errors import Refusal
from legal_service.installation import Installation

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""A Monday, noon in Shanghai."""
GOOD = "马 battery staple 正确"
"""Long, mixed, nobody's first guess."""


def after(minutes: float = 0, **more: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(minutes=minutes, **more)


def at(
    installation: Installation, moment: datetime = NOON, by: Actor = LOCAL_OPERATOR
) -> AbstractContextManager[Transaction]:
    """A business transaction at a moment of one's choice."""
    return installation.database.transaction(actor=by, institution_id=installation.institution_id, moment=moment)


def aside(installation: Installation) -> AbstractContextManager[Session]:
    """A small write beside the business."""
    return installation.database.aside(institution_id=installation.institution_id)


def add(installation: Installation, email: str = "wang@b.cn", role: str = "lawyer", name: str = "王律师") -> UserFacts:
    """A user there is."""
    with at(installation) as tx:
        operations.add_user(tx, email=email, role=role, name=name)
    return user(installation, email)


def user(installation: Installation, email: str = "wang@b.cn") -> UserFacts:
    """What is known of a user now."""
    with installation.reading() as session:
        found = queries.user_by_email(session, email)
    assert found is not None
    return found


def actor(found: UserFacts) -> Actor:
    """A user as he acts."""
    return Actor(email=found.email, name=found.name, role=found.role)


def trail(installation: Installation) -> list[tuple[str, str, str]]:
    """Who did what to whom, in order."""
    with installation.reading() as session:
        return [(entry.actor, entry.action, entry.subject) for entry in queries.entries(session)]


def refusal(caught: pytest.ExceptionInfo[Refusal]) -> str:
    """The code of a refusal that speaks both languages."""
    assert caught.value.reason.zh
    assert caught.value.reason.en
    return caught.value.code
