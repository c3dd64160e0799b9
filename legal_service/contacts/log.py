"""One line of the contact log, and the names of its codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from legal_service import labels
from legal_service.redaction.kinds import Kind

_MOBILE = re.compile(r"(\+?86[- ]?)?1\d{10}")
_LANDLINE = re.compile(r"0\d{2,3}[- ]?\d{7,8}(-\d{1,6})?")


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
    consent: str = ""


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


def address_kind(address: str) -> Kind:
    """What a contact address is: the log keeps numbers, mailboxes and places in one column.

    >>> address_kind("13800138000"), address_kind("a@example.com"), address_kind("甲市乙路1号")
    (<Kind.MOBILE: 'MOBILE'>, <Kind.EMAIL: 'EMAIL'>, <Kind.ADDRESS: 'ADDRESS'>)
    """
    if _MOBILE.fullmatch(address):
        return Kind.MOBILE
    if _LANDLINE.fullmatch(address):
        return Kind.LANDLINE
    return Kind.EMAIL if "@" in address else Kind.ADDRESS
