"""One line of the contact log, and the names of its codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from legal_service import labels


@dataclass(frozen=True, slots=True)
class Contact:
    """One attempt that stands (the newest revision). `content` is prose and may name third persons."""

    contact_no: str
    at: datetime
    channel: str
    direction: str
    party: str
    address: str = field(metadata={"prose": True})
    outcome: str
    agency: str
    agent: str
    content: str = field(metadata={"prose": True})
    row: str


labels.register(
    "channel",
    {
        "sms": ("短信", "SMS"),
        "call": ("电话", "call"),
        "email": ("邮件", "e-mail"),
        "letter": ("信函", "letter"),
        "visit": ("上门", "visit"),
        "app": ("应用内消息", "app"),
    },
)
labels.register("direction", {"out": ("去", "out"), "in": ("来", "in")})
labels.register(
    "party",
    {
        "borrower": ("借款人", "borrower"),
        "guarantor": ("保证人", "guarantor"),
        "third_party": ("第三人", "third party"),
    },
)
labels.register(
    "outcome",
    {
        "connected": ("接通", "connected"),
        "no_answer": ("未接", "no answer"),
        "delivered": ("送达", "delivered"),
        "read": ("已读", "read"),
        "returned_refused": ("拒收退回", "returned, refused"),
        "returned_unknown": ("查无此人退回", "returned, unknown"),
        "failed": ("失败", "failed"),
        "promised": ("承诺还款", "promised"),
        "acknowledged": ("确认欠款", "acknowledged"),
        "refused": ("拒绝", "refused"),
    },
)
