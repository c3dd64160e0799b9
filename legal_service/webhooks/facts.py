"""A webhook and its deliveries as their readers see them, and the names of their states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from legal_service import labels

LEASE_SECONDS = 30.0
"""How long a delivery belongs to the sender that took it: longer than any sending lasts."""

STATUSES = ("waiting", "delivered", "given_up")
REASONS = ("asked", "given_up", "gone", "blocked_address")

labels.register(
    "delivery_status",
    {
        "waiting": ("待送达", "waiting"),
        "delivered": ("已送达", "delivered"),
        "given_up": ("已放弃", "given up"),
    },
)
labels.register(
    "webhook_stopped",
    {
        "asked": ("人工停用", "stopped by a person"),
        "given_up": ("多次未送达", "not delivered after all attempts"),
        "gone": ("接收方声明不再接收（410）", "the receiver is gone (410)"),
        "blocked_address": ("主机名指向不得呼叫的地址", "its name leads to an address that may not be called"),
    },
)


@dataclass(frozen=True, slots=True)
class WebhookFacts:
    """A webhook; `url` without its query string, `read_to` the last trail entry looked at, `waiting` deliveries not made yet."""

    id: int
    url: str
    events: tuple[str, ...]
    active: bool
    stopped_because: str
    read_to: int
    waiting: int
    delivered_at: datetime | None
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """One event for one webhook; `ready_at` is when it is tried next, `answered` the last HTTP status (None: no answer)."""

    id: int
    event_id: str
    seq: int
    event: str
    status: str
    attempts: int
    ready_at: datetime
    delivered_at: datetime | None
    answered: int | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery held by one sender for a while; `attempts` rises with every claim, so that a stale sender's failure no longer counts."""

    delivery_id: int
    webhook_id: int
    seq: int
    attempts: int
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: the HTTP status, None for no answer; `blocked` when the address was refused before connecting."""

    status: int | None
    blocked: bool = False

    @property
    def delivered(self) -> bool:
        """Only 2xx is an acceptance."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def final(self) -> str:
        """Why there is no point in trying again; empty when there is."""
        return "blocked_address" if self.blocked else "gone" if self.status == 410 else ""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of deliveries did."""

    announced: int = 0
    delivered: int = 0
    failed: int = 0
    stopped: int = 0
