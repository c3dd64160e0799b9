"""Reading webhooks, their deliveries, and the stretch of the trail that a webhook has not been told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Never

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from legal_service.access import queries as access
from legal_service.access.models import AuditEntry
from legal_service.access.trail import Entry
from legal_service.errors import Refusal, Words
from legal_service.webhooks.addresses import shown
from legal_service.webhooks.events import event_id
from legal_service.webhooks.facts import DeliveryFacts, WebhookFacts
from legal_service.webhooks.models import Delivery, Webhook


def webhooks(session: Session) -> list[WebhookFacts]:
    """All webhooks of the institution, oldest first, without their secrets."""
    told = {
        webhook_id: (waiting, delivered_at)
        for webhook_id, waiting, delivered_at in session.execute(
            select(
                Delivery.webhook_id,
                func.count().filter(Delivery.status == "waiting"),
                func.max(Delivery.delivered_at),
            ).group_by(Delivery.webhook_id)
        )
    }
    found = []
    for row in session.scalars(select(Webhook).order_by(Webhook.id)):
        waiting, delivered_at = told.get(row.id, (0, None))
        found.append(
            WebhookFacts(
                id=row.id, url=shown(row.url), events=tuple(row.events.split(",")), active=row.active,
                stopped_because=row.stopped_because, read_to=row.read_to, waiting=waiting, delivered_at=delivered_at,
                created_by=row.created_by, created_at=row.created_at,
            )
        )  # fmt: skip
    return found


def webhook(session: Session, webhook_id: int) -> WebhookFacts:
    """One webhook; refuses `unknown_webhook`."""
    found = next((one for one in webhooks(session) if one.id == webhook_id), None)
    return found if found is not None else _unknown(webhook_id)


def webhook_row(session: Session, webhook_id: int) -> Webhook:
    """The row of a webhook, to write to; refuses `unknown_webhook`."""
    row = session.scalar(select(Webhook).where(Webhook.id == webhook_id))
    return row if row is not None else _unknown(webhook_id)


def deliveries(session: Session, webhook_id: int, before: int | None = None, most: int = 50) -> list[DeliveryFacts]:
    """Deliveries of a webhook, newest event first; `before` is the `seq` of the last one already shown. Refuses `unknown_webhook`."""
    webhook_row(session, webhook_id)
    query = select(Delivery).where(Delivery.webhook_id == webhook_id).order_by(Delivery.seq.desc()).limit(most)
    if before is not None:
        query = query.where(Delivery.seq < before)
    return [
        DeliveryFacts(
            id=row.id, event_id=event_id(row.institution_id, row.seq), seq=row.seq, event=row.event, status=row.status,
            attempts=row.attempts, ready_at=row.ready_at, delivered_at=row.delivered_at, answered=row.answered,
        )
        for row in session.scalars(query)
    ]  # fmt: skip


def trail_end(session: Session) -> int:
    """The number of the newest entry of the trail; 0 before the first."""
    head = access.head_row(session)
    return head.seq if head is not None else 0


def unread(session: Session, *, after: int, to: int, actions: Iterable[str], most: int) -> list[Entry]:
    """Entries of these actions after one entry and up to another, in order."""
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.seq > after, AuditEntry.seq <= to, AuditEntry.action.in_(tuple(actions)))
        .order_by(AuditEntry.seq)
        .limit(most)
    )
    return [_entry(row) for row in rows]


def entry(session: Session, seq: int) -> Entry:
    """The entry of the trail that a delivery tells of."""
    return _entry(session.scalars(select(AuditEntry).where(AuditEntry.seq == seq)).one())


def behind(session: Session) -> bool:
    """Whether a webhook at work has not looked at the end of the trail yet."""
    end = trail_end(session)
    return session.scalar(select(Webhook.id).where(Webhook.active, Webhook.read_to < end).limit(1)) is not None


def due(session: Session, now: datetime) -> list[int]:
    """Webhooks at work whose oldest undelivered event may be sent now, the longest waiting first."""
    oldest = (
        select(Delivery.webhook_id, func.min(Delivery.seq).label("seq"))
        .where(Delivery.status == "waiting")
        .group_by(Delivery.webhook_id)
        .subquery()
    )
    return list(
        session.scalars(
            select(Delivery.webhook_id)
            .join(oldest, and_(oldest.c.webhook_id == Delivery.webhook_id, oldest.c.seq == Delivery.seq))
            .join(Webhook, Webhook.id == Delivery.webhook_id)
            .where(Webhook.active, Delivery.ready_at <= now)
            .order_by(Delivery.ready_at, Delivery.id)
        )
    )


def oldest_waiting(session: Session, webhook_id: int) -> Delivery | None:
    """The delivery whose turn it is, whenever it may be tried."""
    return session.scalar(
        select(Delivery)
        .where(Delivery.webhook_id == webhook_id, Delivery.status == "waiting")
        .order_by(Delivery.seq)
        .limit(1)
    )


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        seq=row.seq, at=row.at, actor=row.actor, action=row.action, subject=row.subject, detail=row.detail,
        previous=row.previous, sealed=row.sealed,
    )  # fmt: skip


def _unknown(webhook_id: int) -> Never:
    raise Refusal("unknown_webhook", Words(zh=f"没有推送 {webhook_id}", en=f"no webhook {webhook_id}"))
