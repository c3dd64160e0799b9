"""Conduct of collection (催收行为规范): which attempts a reader of the log must look at again."""

from __future__ import annotations

from datetime import datetime

from legal_service.contacts.log import Contact
from legal_service.errors import Finding, Words

QUIET_HOURS = "银行业协会催收工作指引（试行）2026（secondary：未见原文）"
THIRD_PERSONS = "个人信息保护法 第六条、第十三条"
_DISTURBING = ("call", "visit", "sms")


def in_quiet_hours(at: datetime, direction: str, channel: str) -> bool:
    """Whether an attempt of ours disturbed somebody between 22:00 and 08:00.

    >>> in_quiet_hours(datetime(2026, 3, 1, 22), "out", "call"), in_quiet_hours(datetime(2026, 3, 1, 8), "out", "call")
    (True, False)
    """
    return (at.hour >= 22 or at.hour < 8) and direction == "out" and channel in _DISTURBING


def doubts_of(contact: Contact) -> list[Finding]:
    """What a court or a regulator would ask about one attempt."""
    found = []
    if in_quiet_hours(contact.at, contact.direction, contact.channel) and not contact.consent:
        found.append(
            Finding(
                "quiet_hours",
                "doubt",
                contact.row,
                Words("22:00 至次日 8:00 之间，无同意记录", "between 22:00 and 08:00, no consent recorded"),
                QUIET_HOURS,
            )
        )
    if contact.party == "third_party":
        found.append(
            Finding(
                "third_party",
                "doubt",
                contact.row,
                Words(
                    "联系了第三人，须有必要并不得透露欠款",
                    "a third person was contacted: only where needed, and without telling of the debt",
                ),
                THIRD_PERSONS,
            )
        )
    return found
