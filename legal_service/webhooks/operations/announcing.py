"""Announcing: what the trail has gained since a webhook last looked becomes deliveries that wait for it.

A small write aside, not a business transaction. Nothing is missed: the trail's writers are serialised, so that whoever
sees an entry sees all before it, and the new place is written together with the deliveries.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.webhooks import queries
from legal_service.webhooks.events import actions_of, event_of
from legal_service.webhooks.models import Delivery, Webhook

MOST_ENTRIES = 500


def announce(session: Session, *, now: datetime) -> int:
    """Let every webhook at work read on, at most 500 entries each; answers how many deliveries now wait.

    A webhook that another announcer is just reading for is left to it.
    """
    rows = session.scalars(
        select(Webhook).where(Webhook.active).order_by(Webhook.id).with_for_update(skip_locked=True)
    ).all()
    end = queries.trail_end(session)
    return sum(_read_on(session, row, end, now) for row in rows if row.read_to < end)


def _read_on(session: Session, row: Webhook, end: int, now: datetime) -> int:
    events = row.events.split(",")
    found = queries.unread(session, after=row.read_to, to=end, actions=actions_of(events), most=MOST_ENTRIES)
    told = [(entry.seq, event) for entry in found if (event := event_of(entry, row.id, events)) is not None]
    session.add_all(
        Delivery(webhook_id=row.id, seq=seq, event=event, status="waiting", attempts=0, ready_at=now)
        for seq, event in told
    )
    row.read_to = end if len(found) < MOST_ENTRIES else found[-1].seq
    session.flush()
    return len(told)
