"""Making, stopping and restarting webhooks: business writes, each with its entry in the trail.

The trail is told the origin of the address (scheme, host, port): path and query may hold a partner's token. It is never
told a secret.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlalchemy import select, update

from legal_service import clock
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.webhooks import queries
from legal_service.webhooks.addresses import shown, target_of
from legal_service.webhooks.events import subscription
from legal_service.webhooks.facts import LEASE_SECONDS
from legal_service.webhooks.models import Delivery, Webhook
from legal_service.webhooks.signing import Secrets, secret_of

PERMISSION = "webhook.manage"
POLICY = "机构内部规则：事件推送（house policy: webhooks）"


def create_webhook(tx: Transaction, *, url: str, events: Sequence[str]) -> tuple[int, str]:
    """Tell an address of some kinds of events from now on; answers its number and its secret, which is shown this once.

    Refuses `bad_url`, `unknown_event`, and `webhook_exists` when the address is already told of something.
    """
    permissions.require(tx.actor, PERMISSION)
    target, wanted = target_of(url), subscription(events)
    twin = tx.session.scalar(select(Webhook.id).where(Webhook.url == url, Webhook.active))
    if twin is not None:
        raise Refusal(
            "webhook_exists",
            Words(
                zh=f"推送 {twin} 已通知 {shown(url)}；先停用它，或更换其密钥。",
                en=f"webhook {twin} already tells {shown(url)}; stop it first, or rotate its secret.",
            ),
            POLICY,
        )
    secret = secret_of(os.urandom(32))
    row = Webhook(
        url=url,
        events=",".join(wanted),
        secret=Secrets(secret).text,
        active=True,
        stopped_because="",
        read_to=queries.trail_end(tx.session),
        created_by=tx.actor.email,
        created_at=tx.moment,
    )
    tx.session.add(row)
    tx.session.flush()
    record(tx, action="webhook.add", subject=f"webhook:{row.id}", to=target.origin, events=list(wanted))
    return row.id, secret


def stop_webhook(tx: Transaction, *, webhook_id: int) -> bool:
    """Tell it nothing more; its place in the trail and what waits for it are kept. False when it is stopped already."""
    permissions.require(tx.actor, PERMISSION)
    row = queries.webhook_row(tx.session, webhook_id)
    if not row.active:
        return False
    halt(tx, row=row, because="asked")
    return True


def halt(tx: Transaction, *, row: Webhook, because: str) -> None:
    """Stop a webhook, by a person's wish or because it cannot be reached, and enter it into the trail."""
    row.active, row.stopped_because = False, because
    tx.session.flush()
    record(tx, action="webhook.stop", subject=f"webhook:{row.id}", because=because)


def resume(tx: Transaction, *, webhook_id: int) -> None:
    """Go on from where it stood: what was given up is tried again first, then everything that happened meanwhile.

    For a webhook at work it cuts the waiting short. What another sender may be holding is left to it for the length of its lease.
    """
    permissions.require(tx.actor, PERMISSION)
    row = queries.webhook_row(tx.session, webhook_id)
    row.active, row.stopped_because = True, ""
    tx.session.flush()
    mine = Delivery.webhook_id == webhook_id
    given_up = update(Delivery).where(mine, Delivery.status == "given_up")
    tx.session.execute(given_up.values(status="waiting", attempts=0, ready_at=tx.moment))
    soon = clock.seconds_from(tx.moment, LEASE_SECONDS)
    late = update(Delivery).where(mine, Delivery.status == "waiting", Delivery.ready_at > soon)
    tx.session.execute(late.values(attempts=0, ready_at=soon))
    record(tx, action="webhook.resume", subject=f"webhook:{row.id}")


def rotate_secret(tx: Transaction, *, webhook_id: int) -> str:
    """A new secret, shown this once; the present one goes on signing beside it for a day."""
    permissions.require(tx.actor, PERMISSION)
    row = queries.webhook_row(tx.session, webhook_id)
    secret = secret_of(os.urandom(32))
    row.secret = Secrets.read(row.secret).rotated(secret, tx.moment).text
    tx.session.flush()
    record(tx, action="webhook.rotate", subject=f"webhook:{row.id}")
    return secret


def send_test(tx: Transaction, *, webhook_id: int) -> None:
    """Send a `ping`, in its turn like any other event; refuses `webhook_stopped`."""
    permissions.require(tx.actor, PERMISSION)
    row = queries.webhook_row(tx.session, webhook_id)
    if not row.active:
        raise Refusal(
            "webhook_stopped",
            Words(zh=f"推送 {webhook_id} 已停用；先恢复它。", en=f"webhook {webhook_id} is stopped; resume it first."),
            POLICY,
        )
    record(tx, action="webhook.test", subject=f"webhook:{row.id}")
