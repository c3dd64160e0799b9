"""What partners are told: one table from the actions of the audit trail to events, and the exact content of each.

A trail entry becomes at most one event. Of its detail only the fields listed here leave the house, and only values that
are codes: whatever else a room may one day write into the trail stays there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from legal_service import labels
from legal_service.access.trail import Entry
from legal_service.clock import SHANGHAI
from legal_service.errors import Refusal, Words
from legal_service.law.identifiers import check

PING = "ping"
"""The event of a test: it goes to the webhook under test, whatever that has subscribed to."""

_NUMBERED = frozenset({"revision", "batch", "webhook"})
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,120}")


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event.

    `action` is the action of the trail, `subject` names the field for what follows the colon of the entry's subject, `fields` maps details of the entry to fields of the event.
    """

    name: str
    action: str
    subject: str
    fields: Mapping[str, str]
    told: tuple[str, str]


EVENTS: tuple[Event, ...] = (
    Event("case.opened", "case.open", "case_no", {"loans": "loans"}, ("案件建立", "case opened")),
    Event(
        "case.stage_changed", "case.advance", "case_no", {"source": "from", "target": "to", "on": "on"},
        ("案件阶段变更", "stage of a case changed"),
    ),
    Event(
        "deadline.opened", "docket.open", "case_no",
        {"rule": "rule", "trigger": "trigger", "of": "of", "last_day": "last_day", "provisional": "provisional"},
        ("期限起算", "deadline opened"),
    ),
    Event(
        "deadline.moved", "docket.move", "case_no",
        {"rule": "rule", "trigger": "trigger", "of": "of", "was": "was", "last_day": "last_day",
         "provisional": "provisional", "because": "because"},
        ("期限重新计算", "deadline reckoned anew"),
    ),
    Event(
        "deadline.closed", "docket.close", "case_no", {"rule": "rule", "of": "of", "on": "on"},
        ("期限了结", "deadline closed"),
    ),
    Event(
        "filing.made", "filing.make", "revision", {"case": "case_no", "document": "document", "template": "template"},
        ("文书制成", "filing made"),
    ),
    Event(
        "filing.approved", "filing.approve", "case_no", {"document": "document", "revision": "revision"},
        ("文书经律师批准", "filing approved by a lawyer"),
    ),
    Event(
        "package.built", "package.build", "case_no",
        {"package": "package", "audience": "audience", "sha256": "sha256", "withheld": "withheld"},
        ("证据包制成", "evidence package built"),
    ),
    Event("package.downloaded", "package.download", "package", {"sha256": "sha256", "export": "export", "grant": "grant"}, ("证据包被下载", "evidence package downloaded")),
    Event(
        "return.made", "report.make", "return", {"issue": "issue", "manifest": "manifest", "definition": "definition"},
        ("监管报表制成", "regulatory return made"),
    ),
    Event(
        "import.finished", "intake.import", "batch",
        {"created": "created", "updated": "updated", "unchanged": "unchanged", "refused": "refused"},
        ("贷款清单导入完毕", "import of a loan tape finished"),
    ),
)  # fmt: skip
"""Everything a partner may subscribe to."""

TEST = Event(PING, "webhook.test", "webhook", {}, ("测试", "test"))
"""What a test of a webhook leaves in the trail."""

BY_ACTION: Mapping[str, Event] = {one.action: one for one in (*EVENTS, TEST)}
NAMES: tuple[str, ...] = tuple(one.name for one in EVENTS)

labels.register("webhook_event", {one.name: one.told for one in (*EVENTS, TEST)})


def subscription(names: Iterable[str]) -> tuple[str, ...]:
    """The events asked for, once each and in the order of the table; refuses none at all and unknown ones (`unknown_event`).

    >>> subscription(["deadline.opened", "case.opened", "case.opened"])
    ('case.opened', 'deadline.opened')
    """
    asked = {name.strip() for name in names} - {""}
    if not asked or asked - set(NAMES):
        unknown = "、".join(sorted(asked - set(NAMES)))[:80] or "—"
        raise Refusal(
            "unknown_event",
            Words(
                zh=f"没有事件 {unknown}；可订阅：{' '.join(NAMES)}",
                en=f"no event {unknown}; one or more of {' '.join(NAMES)}",
            ),
            "机构内部规则：事件推送（house policy: webhooks）",
        )
    return tuple(name for name in NAMES if name in asked)


def actions_of(events: Iterable[str]) -> tuple[str, ...]:
    """The actions of the trail that a webhook of these events listens to, its own tests included."""
    wanted = set(events)
    return (*(one.action for one in EVENTS if one.name in wanted), TEST.action)


def event_of(entry: Entry, webhook_id: int, events: Iterable[str]) -> str | None:
    """The event that an entry of the trail is to this webhook; None when it is none of its business."""
    found = BY_ACTION.get(entry.action)
    if found is TEST:
        return PING if entry.subject == f"webhook:{webhook_id}" else None
    return found.name if found is not None and found.name in set(events) else None


def event_id(institution_id: int, seq: int) -> str:
    """The event's own number: the same to every webhook and on every attempt.

    >>> event_id(1, 4711)
    'evt_1_4711'
    """
    return f"evt_{institution_id}_{seq}"


def body_of(entry: Entry, institution_id: int) -> bytes:
    """The body that is sent: canonical JSON (sorted keys, no spaces, UTF-8), so the same entry gives the same bytes for ever."""
    event = BY_ACTION[entry.action]
    told = {
        "id": event_id(institution_id, entry.seq),
        "type": event.name,
        "at": entry.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "data": _data(event, entry),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _data(event: Event, entry: Entry) -> dict[str, Any]:
    """The fields of the table, of which those that are codes; an absent field stays absent."""
    subject = entry.subject.partition(":")[2]
    found: dict[str, Any] = {event.subject: int(subject) if event.subject in _NUMBERED else subject}
    if event.subject == "return":
        found["return"], _, found["period"] = subject.partition("-")
    found |= {field: entry.detail[key] for key, field in event.fields.items() if key in entry.detail}
    return {field: value for field, value in found.items() if _is_code(value)}


def _is_code(value: object) -> bool:
    """Codes, numbers, dates, hashes and lists of them. No words, no e-mail address, and no number that a person has."""
    if isinstance(value, bool | int):
        return True
    if isinstance(value, list):
        return all(_is_code(one) for one in value)
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        return False
    return not (check("id_card", value).valid or check("mobile", value).valid)
