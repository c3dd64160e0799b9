"""How a delivery proves that it is ours: the Standard Webhooks scheme, HMAC-SHA256 over number, moment and body.

After a rotation the former key signs beside the new one for a day, so that the receiver can change over at leisure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PREFIX = "whsec_"
OVERLAP = timedelta(hours=24)


def secret_of(raw: bytes) -> str:
    """A secret as the partner receives it, of 32 random bytes.

    >>> secret_of(bytes(32))
    'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    """
    if len(raw) != 32:
        raise ValueError("a webhook's secret has 32 bytes")
    return PREFIX + base64.b64encode(raw).decode()


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secret of a webhook and, until a moment, the one before it. `text` is what the (encrypted) column holds."""

    newest: str
    former: str = ""
    until: datetime | None = None

    @classmethod
    def read(cls, text: str) -> Secrets:
        """From the column."""
        newest, *former = text.split(" ")
        return cls(newest, former[0], datetime.fromisoformat(former[1])) if former else cls(newest)

    @property
    def text(self) -> str:
        """For the column."""
        return f"{self.newest} {self.former} {self.until.isoformat()}" if self.until else self.newest

    def rotated(self, newest: str, now: datetime) -> Secrets:
        """With a new secret; the present one goes on signing for a day, any before it no longer."""
        return Secrets(newest, self.newest, now + OVERLAP)

    def signing(self, now: datetime) -> tuple[str, ...]:
        """The secrets that sign at a moment, the newest first."""
        return (self.newest, self.former) if self.until is not None and now < self.until else (self.newest,)


def headers(secrets: Iterable[str], event_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a delivery; one signature for each secret, divided by a space."""
    stamp = str(int(now.timestamp()))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(secret, event_id, stamp, body) for secret in secrets),
    }


def _signature(secret: str, event_id: str, stamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    mac = hmac.new(key, f"{event_id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()
