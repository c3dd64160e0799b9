"""`/webhooks`: partners' addresses that are told of stages, deadlines and documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service.api.paging import Page, listed
from legal_service.api.resource import PREFIX, Resource
from legal_service.api.running import Answer
from legal_service.api.schemas.webhooks import MadeWebhook, NewWebhook, WebhookShape
from legal_service.database import Transaction
from legal_service.errors import Words
from legal_service.webhooks import operations, queries

resource = Resource("webhooks", Words("事件推送", "Webhooks"))
NEEDS = "webhook.manage"
ONE = "/webhooks/<int(min=1, max=2147483647):webhook_id>"


@resource.reads("/webhooks", needs=NEEDS, says=Words("推送地址", "The webhooks"), gives=WebhookShape, paged=True)
def show_all(session: Session, asked: Mapping[str, Any]) -> Page:
    """All webhooks, without their secrets."""
    return listed(queries.webhooks(session), asked, lambda one: (one.id,), int)


@resource.writes(
    "/webhooks",
    needs=NEEDS,
    says=Words("新增推送地址", "Add a webhook"),
    tells=Words(
        "签名密钥只显示这一次。推送带 HMAC-SHA256 签名，未送达的按间隔重试。",
        "The secret is shown this once. Deliveries are signed with HMAC-SHA256 and tried again until they arrive.",
    ),
    takes=NewWebhook,
    gives=MadeWebhook,
    status=201,
    located=True,
    secret="secret",
)
def make(tx: Transaction, asked: Mapping[str, Any]) -> Answer:
    """Tell an address of some kinds of events from now on."""
    number, secret = operations.create_webhook(tx, url=asked["url"], events=asked["events"])
    made = queries.webhook(tx.session, number)
    body = {name: getattr(made, name) for name in WebhookShape().fields} | {"secret": secret}
    return Answer(body, headers={"Location": f"{PREFIX}/webhooks"})


@resource.writes(ONE, method="DELETE", needs=NEEDS, says=Words("停用推送", "Stop a webhook"), status=204)
def stop(tx: Transaction, asked: Mapping[str, Any], webhook_id: int) -> None:
    """Tell it nothing more; its place in the trail is kept."""
    operations.stop_webhook(tx, webhook_id=webhook_id)


@resource.writes(
    f"{ONE}/resume",
    needs=NEEDS,
    says=Words("恢复推送", "Resume a webhook"),
    tells=Words(
        "从停下之处继续：未送达的先重试，其间发生的随后。",
        "It goes on where it stood: what was given up first, then what happened since.",
    ),
    gives=WebhookShape,
)
def resume(tx: Transaction, asked: Mapping[str, Any], webhook_id: int) -> Any:
    """Go on from where it stood."""
    operations.resume(tx, webhook_id=webhook_id)
    tx.session.flush()
    return queries.webhook(tx.session, webhook_id)
