"""The writes of the room: making and stopping webhooks; reading the trail, claiming deliveries, sending and marking them."""

from legal_service.webhooks.operations.announcing import announce
from legal_service.webhooks.operations.delivering import deliver_due, keep_delivering
from legal_service.webhooks.operations.keeping import (
    create_webhook,
    resume,
    rotate_secret,
    send_test,
    stop_webhook,
)

__all__ = [
    "announce",
    "create_webhook",
    "deliver_due",
    "keep_delivering",
    "resume",
    "rotate_secret",
    "send_test",
    "stop_webhook",
]
