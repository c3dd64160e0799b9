"""What a partner is told: exactly the fields of the table, codes only, the same bytes for the same entry."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from legal_service.access.trail import Entry
from legal_service.errors import Refusal
from legal_service.webhooks.events import (
    BY_ACTION,
    EVENTS,
    NAMES,
    PING,
    TEST,
    actions_of,
    body_of,
    event_of,
    subscription,
)
from tests.builders import id_number
from tests.house.source import dotted, modules

PERSONAL = {
    "name": "张伟",
    "phone": "19900000001",
    "to": "zhang@counsel.example",
    "files": {"张伟.csv": "ab"},
    "note": "LC-1",
}
"""What a room might one day write into the trail beside the codes."""

CASE = "case:LC-2026-000001"
TOLD: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "case.opened": (
        "case.open", CASE, {"loans": ["HM0001", "HM0002"]},
        {"case_no": "LC-2026-000001", "loans": ["HM0001", "HM0002"]},
    ),
    "case.stage_changed": (
        "case.advance", CASE, {"source": "contact", "target": "preparation", "on": "2026-07-01"},
        {"case_no": "LC-2026-000001", "from": "contact", "to": "preparation", "on": "2026-07-01"},
    ),
    "deadline.opened": (
        "docket.open", CASE,
        {"rule": "limitation", "trigger": "2024-03-01", "of": "HM0001", "last_day": "2027-03-01", "provisional": True},
        {"case_no": "LC-2026-000001", "rule": "limitation", "trigger": "2024-03-01", "of": "HM0001",
         "last_day": "2027-03-01", "provisional": True},
    ),
    "deadline.moved": (
        "docket.move", CASE,
        {"rule": "docketing", "trigger": "2026-12-28", "of": "", "was": "2027-01-04", "last_day": "2027-01-05",
         "internal": "2026-12-31", "provisional": False, "because": "notice:2027"},
        {"case_no": "LC-2026-000001", "rule": "docketing", "trigger": "2026-12-28", "of": "", "was": "2027-01-04",
         "last_day": "2027-01-05", "provisional": False, "because": "notice:2027"},
    ),
    "deadline.closed": (
        "docket.close", CASE, {"rule": "docketing", "of": "", "on": "2026-07-09"},
        {"case_no": "LC-2026-000001", "rule": "docketing", "of": "", "on": "2026-07-09"},
    ),
    "filing.made": (
        "filing.make", "revision:7", {"document": "statement_of_claim", "template": "2026-1", "case": "LC-2026-000001"},
        {"revision": 7, "document": "statement_of_claim", "template": "2026-1", "case_no": "LC-2026-000001"},
    ),
    "filing.approved": (
        "filing.approve", CASE, {"document": "statement_of_claim", "revision": 7},
        {"case_no": "LC-2026-000001", "document": "statement_of_claim", "revision": 7},
    ),
    "package.built": (
        "package.build", CASE,
        {"package": "LC-2026-000001-enforcement-court-20260701", "audience": "court", "sha256": "ab" * 32, "withheld": 2},
        {"case_no": "LC-2026-000001", "package": "LC-2026-000001-enforcement-court-20260701", "audience": "court",
         "sha256": "ab" * 32, "withheld": 2},
    ),
    "package.downloaded": (
        "package.download", "package:LC-2026-000001-enforcement-court-20260701",
        {"sha256": "ab" * 32, "export": 4, "grant": None},
        {"package": "LC-2026-000001-enforcement-court-20260701", "sha256": "ab" * 32, "export": 4},
    ),
    "return.made": (
        "report.make", "return:collection_and_litigation-2026-Q3",
        {"issue": 2, "cut": "cd" * 32, "manifest": "ef" * 32, "definition": "1.0"},
        {"return": "collection_and_litigation", "period": "2026-Q3", "issue": 2, "manifest": "ef" * 32, "definition": "1.0"},
    ),
    "import.finished": (
        "intake.import", "batch:3", {"created": 10, "updated": 0, "unchanged": 2, "refused": 1},
        {"batch": 3, "created": 10, "updated": 0, "unchanged": 2, "refused": 1},
    ),
}  # fmt: skip
"""Event → the action, subject and detail of its entry, and its `data`, written out."""


def an_entry(action: str, subject: str, detail: dict[str, Any], seq: int = 41) -> Entry:
    return Entry(
        seq=seq,
        at=datetime(2026, 7, 1, 20, 30, 5, 123456, tzinfo=UTC),
        actor="xu@lender.example",
        action=action,
        subject=subject,
        detail=detail,
        previous="",
    )


def test_every_event_is_written_out_here() -> None:
    assert tuple(TOLD) == NAMES


@pytest.mark.parametrize("name", TOLD)
def test_an_event_holds_its_fields_and_nothing_personal(name: str) -> None:
    action, subject, detail, data = TOLD[name]
    body = body_of(an_entry(action, subject, PERSONAL | detail), 1)
    assert json.loads(body) == {"id": "evt_1_41", "type": name, "at": "2026-07-02T04:30:05+08:00", "data": data}
    for told in ("张伟", "19900000001", "zhang", "xu@lender.example"):
        assert told.encode() not in body


PEOPLE = [
    "张伟",
    "zhang@counsel.example",
    "示例市 一号院",
    "19900000001",
    id_number("11010119900307123"),
    "a b",
    {"a": 1},
    None,
]


@pytest.mark.parametrize("value", PEOPLE)
@pytest.mark.parametrize("event", EVENTS, ids=lambda one: one.name)
def test_what_is_no_code_is_left_out_even_of_a_listed_field(event: Any, value: object) -> None:
    for key, field in event.fields.items():
        entry = an_entry(event.action, "case:1", {key: value})
        assert field not in json.loads(body_of(entry, 1))["data"]
        in_a_list = an_entry(event.action, "case:1", {key: ["HM0001", value]})
        assert field not in json.loads(body_of(in_a_list, 1))["data"]


def test_the_body_is_canonical() -> None:
    entry = an_entry(*TOLD["case.stage_changed"][:3])
    shuffled = an_entry(entry.action, entry.subject, dict(reversed(entry.detail.items())))
    assert body_of(entry, 1) == body_of(shuffled, 1)
    assert body_of(entry, 1) == (
        b'{"at":"2026-07-02T04:30:05+08:00","data":{"case_no":"LC-2026-000001","from":"contact","on":"2026-07-01",'
        b'"to":"preparation"},"id":"evt_1_41","type":"case.stage_changed"}'
    )


def test_a_webhook_hears_what_it_asked_for_and_its_own_tests() -> None:
    advance, opened = an_entry("case.advance", CASE, {}), an_entry("case.open", CASE, {})
    assert event_of(advance, 1, ["case.stage_changed"]) == "case.stage_changed"
    assert event_of(opened, 1, ["case.stage_changed"]) is None
    assert event_of(an_entry("user.add", "user:a@b.cn", {}), 1, NAMES) is None
    test = an_entry("webhook.test", "webhook:1", {})
    assert (event_of(test, 1, []), event_of(test, 2, NAMES), event_of(test, 11, NAMES)) == (PING, None, None)
    assert json.loads(body_of(test, 1))["data"] == {"webhook": 1}
    assert actions_of(["deadline.opened"]) == ("docket.open", "webhook.test")


def test_a_subscription_is_to_known_events_and_fits_its_column() -> None:
    assert subscription(NAMES) == NAMES
    assert len(",".join(NAMES)) <= 300
    assert all(len(name) <= 40 for name in NAMES)
    for asked in ([], [""], ["case.opened", "case.closed"], [PING]):
        with pytest.raises(Refusal) as refused:
            subscription(asked)
        assert refused.value.code == "unknown_event"


def _recorded() -> dict[str, set[str]]:
    """Action → the details its `record(…)` in the source names."""
    found: dict[str, set[str]] = {}
    for module in (one for one in modules() if "record(" in one.source):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] != "record":
                continue
            keys = {one.arg: one.value for one in node.keywords if one.arg}
            action = keys.get("action")
            if isinstance(action, ast.Constant) and isinstance(action.value, str):
                found.setdefault(action.value, set()).update(set(keys) - {"action", "subject"})
    return found


def test_the_rooms_record_what_the_table_reads() -> None:
    recorded = _recorded()
    assert TEST.action in recorded
    for action in BY_ACTION:
        assert set(BY_ACTION[action].fields) <= recorded[action], action
