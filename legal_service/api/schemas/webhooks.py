"""Shapes of webhooks."""

from __future__ import annotations

from marshmallow import validate

from legal_service.api.rulebook import LENGTH_OF_LIST
from legal_service.api.schemas.kinds import Shape, Some, choice, moment, number, says, text, word, yes
from legal_service.webhooks.events import NAMES


class WebhookShape(Shape):
    """A partner's address that is told of events."""

    id = number(1, 2**31, "编号", "number", required=True)
    url = word("地址，不含查询串", "address, without its query string", required=True)
    events = Some(word("事件", "event"), required=True)
    active = yes("在用", "active", required=True)
    stopped_because = word("停用原因", "why it is stopped", required=True)
    waiting = number(0, 2**31, "待送达", "deliveries waiting", required=True)
    delivered_at = moment("最近送达", "last delivered", required=True, allow_none=True)
    created_by = word("建立人", "made by", required=True)
    created_at = moment("建立时间", "made at", required=True)


class NewWebhook(Shape):
    """An address and the events it wants."""

    url = text(500, "https 地址", "https address", required=True)
    events = Some(
        choice(NAMES, "事件", "event"),
        required=True,
        validate=validate.Length(min=1, max=len(NAMES), error=LENGTH_OF_LIST),
        metadata=says("事件", "events"),
    )


class MadeWebhook(WebhookShape):
    """A webhook just made."""

    secret = word(
        "签名密钥，只显示这一次；重放的答复中为 null",
        "the secret of its signatures, shown this once; null in a replayed answer",
        required=True,
        allow_none=True,
    )
