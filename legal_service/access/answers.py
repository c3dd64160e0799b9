"""Answers kept for requests that carry a key (Idempotency-Key): the same request again is answered, not done again."""

from __future__ import annotations

from dataclasses import dataclass, field

from legal_service.errors import Refusal, Words

KEPT_DAYS = 7
"""After so long an answer may be forgotten."""
LONGEST_KEY = 128

POLICY = "机构内部规则：请求标识（house policy: Idempotency-Key）"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a request: the request's hash, the status, the body as it was sent."""

    request_sha256: str
    status: int
    body: str = field(repr=False)


def check_key(kept: KeptAnswer | None, request_sha256: str) -> None:
    """Refuse (`key_reused`) when a key that was used for one request comes with another."""
    if kept is not None and kept.request_sha256 != request_sha256:
        raise Refusal(
            "key_reused",
            Words(
                zh="该 Idempotency-Key 已用于另一个请求，未作任何改动。新的请求请换一个新的键。",
                en="This Idempotency-Key was used for another request; nothing was changed. Use a new key for a new request.",
            ),
            POLICY,
        )


def check_form(key: str) -> None:
    """Refuse (`bad_key`) a key that is empty, too long, or not plain printable text."""
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Refusal(
            "bad_key",
            Words(
                zh=f"Idempotency-Key 应为 1 至 {LONGEST_KEY} 个可见 ASCII 字符。",
                en=f"An Idempotency-Key has 1 to {LONGEST_KEY} printable ASCII characters.",
            ),
            POLICY,
        )
