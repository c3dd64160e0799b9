"""Claiming a delivery and marking how it ended, so that two senders never send the same one at the same time.

A claim moves the delivery's next moment forward by a lease, longer than any sending takes: a sender that dies leaves it
to be sent again, with the same number and the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.database import Transaction
from legal_service.webhooks import queries
from legal_service.webhooks.events import body_of, event_id
from legal_service.webhooks.facts import LEASE_SECONDS, Claim, Outcome
from legal_service.webhooks.models import Delivery
from legal_service.webhooks.operations.keeping import halt
from legal_service.webhooks.signing import Secrets, headers


def claim(session: Session, *, webhook_id: int, now: datetime) -> Claim | None:
    """Take the oldest undelivered event of a webhook, signed and ready to send; None when it is not its time, or another's.

    Only the oldest is ever taken: a failing delivery holds up the later ones of the same webhook.
    """
    hook = queries.webhook_row(session, webhook_id)
    row = queries.oldest_waiting(session, webhook_id)
    if not hook.active or row is None or row.ready_at > now:
        return None
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id == row.id, Delivery.status == "waiting", Delivery.attempts == row.attempts, Delivery.ready_at <= now)
        .values(attempts=Delivery.attempts + 1, ready_at=clock.seconds_from(now, LEASE_SECONDS))
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if cast("CursorResult[Any]", taken).rowcount != 1:
        return None
    body = body_of(queries.entry(session, row.seq), row.institution_id)
    signed = headers(Secrets.read(hook.secret).signing(now), event_id(row.institution_id, row.seq), now, body)
    return Claim(row.id, webhook_id, row.seq, row.attempts + 1, hook.url, signed, body)


def mark_delivered(session: Session, claimed: Claim, outcome: Outcome, *, now: datetime) -> None:
    """The partner has it. That is true even when the claim has run out meanwhile."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == claimed.delivery_id, Delivery.status != "delivered")
        .values(status="delivered", delivered_at=now, answered=outcome.status)
    )


def mark_failed(session: Session, claimed: Claim, outcome: Outcome, *, ready_at: datetime) -> None:
    """It waits until a moment for its next attempt, unless it is no longer this sender's."""
    session.execute(
        update(Delivery)
        .where(Delivery.id == claimed.delivery_id, Delivery.status == "waiting", Delivery.attempts == claimed.attempts)
        .values(answered=outcome.status, ready_at=ready_at)
    )


def give_up(tx: Transaction, claimed: Claim, outcome: Outcome, *, because: str) -> bool:
    """Give the delivery up and stop its webhook; False when the one is no longer this sender's, or the other was stopped."""
    hook = queries.webhook_row(tx.session, claimed.webhook_id)
    row = tx.session.scalar(select(Delivery).where(Delivery.id == claimed.delivery_id).with_for_update())
    if row is None or (row.status, row.attempts, hook.active) != ("waiting", claimed.attempts, True):
        return False
    row.status, row.answered = "given_up", outcome.status
    halt(tx, row=hook, because=because)
    return True
