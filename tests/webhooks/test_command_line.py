"""`legal webhook`: made, told, stopped and resumed from the command line; and the guide's example verifies what was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from legal_service import config
from legal_service.cli import legal
from legal_service.installation import Installation
from legal_service.webhooks.events import EVENTS

from .a_receiver import Receiver, happen

GUIDE = (config.ROOT / "docs" / "guide" / "08-webhooks.md").read_text(encoding="utf-8")

Verified = Callable[[str, dict[str, str], bytes], dict[str, Any]]


@pytest.fixture(autouse=True)
def instance(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance that the commands find in their environment."""
    monkeypatch.setenv("LEGAL_INSTANCE", str(installation.settings.instance))
    for name in ("LEGAL_DATABASE_URL", "LEGAL_STORE_URL", "LEGAL_FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, exit_code: int = 0) -> Any:
    result = CliRunner().invoke(legal, ["webhook", *arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    return json.loads(result.stdout)


def test_from_adding_to_delivering(installation: Installation, receiver: Receiver) -> None:
    made = run("add", receiver.url, "--events", "case.stage_changed,case.opened")
    number = str(made["webhook"])
    run("test", number)
    happen(installation, "negotiation")
    assert run("deliver") == {"announced": 2, "delivered": 2, "failed": 0, "stopped": 0}
    assert receiver.kinds == ["ping", "case.stage_changed"]
    assert all(one.signed_with(made["secret"]) for one in receiver.received)
    (listed,) = run("list")
    assert (listed["active"], listed["waiting"], listed["events"]) == (True, 0, ["case.opened", "case.stage_changed"])
    assert "secret" not in listed
    assert "key=1" not in listed["url"]
    sent = run("deliveries", number, "--most", "1")
    assert [(one["event"], one["status"], one["answered"]) for one in sent] == [
        ("case.stage_changed", "delivered", 204)
    ]
    assert run("stop", number) == {"webhook": 1, "stopped": True}
    assert run("stop", number)["stopped"] is False
    happen(installation, "settlement")
    assert run("deliver")["announced"] == 0
    assert run("resume", number)["active"] is True
    rotated = run("rotate", number)["secret"]
    assert run("deliver")["delivered"] == 1
    last = receiver.received[-1]
    assert (last.signed_with(rotated), last.signed_with(made["secret"])) == (True, True)


def test_refusals_are_told_as_everywhere() -> None:
    refusal = run("add", "http://partner.example/", "--events", "case.opened", exit_code=1)["refusal"]
    assert refusal["code"] == "bad_url"
    assert "https" in refusal["reason"]
    assert run("stop", "9", exit_code=1)["refusal"]["code"] == "unknown_webhook"


def test_words_for_people(receiver: Receiver) -> None:
    def lines(*arguments: str) -> str:
        result = CliRunner().invoke(legal, ["webhook", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "whsec_" in lines("add", receiver.url, "--events", "case.opened")
    assert "whsec_" not in lines("list")
    assert "ping" in lines("test", "1")
    assert "delivered 1" in lines("deliver")
    assert "HTTP 204" in lines("deliveries", "1")
    assert "whsec_" in lines("rotate", "1")
    assert "已停用" in lines("stop", "1")
    assert "asked" in lines("list")
    assert "已恢复" in lines("resume", "1")


def _of_the_guide() -> tuple[str, Verified]:
    (source,) = re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)
    found: dict[str, Any] = {}
    exec(source, found)
    return source, found["verified"]


def test_the_guides_example_accepts_ours_and_nothing_else(installation: Installation, receiver: Receiver) -> None:
    source, verified = _of_the_guide()
    assert len(source.splitlines()) <= 15
    secret = run("add", receiver.url, "--events", "case.stage_changed")["secret"]
    happen(installation, "negotiation")
    run("deliver")
    (got,) = receiver.received
    assert verified(secret, got.headers, got.body)["data"]["to"] == "negotiation"
    second = run("rotate", "1")["secret"]
    happen(installation, "settlement")
    run("deliver")
    for one in (secret, second):
        assert verified(one, receiver.received[1].headers, receiver.received[1].body)["data"]["to"] == "settlement"
    other = "whsec_" + "A" * 43 + "="
    old = str(int(got.headers["webhook-timestamp"]) - 3600)
    for wrong in (
        (other, got.headers, got.body),
        (secret, got.headers, got.body.replace(b"negotiation", b"submitted")),
        (secret, got.headers | {"webhook-id": "evt_1_999"}, got.body),
        (secret, got.headers | {"webhook-timestamp": old}, got.body),
        (secret, got.headers | {"webhook-signature": ""}, got.body),
    ):
        with pytest.raises(ValueError, match=r"."):
            verified(*wrong)


def test_the_guide_names_every_event_with_its_fields() -> None:
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \|[^|]*\| (.*?) \|$", GUIDE, flags=re.MULTILINE))
    assert set(rows) == {one.name for one in EVENTS} | {"ping"}
    for one in EVENTS:
        told = set(re.findall(r"`(\w+)`", rows[one.name]))
        extra = {"period"} if one.subject == "return" else set()
        assert told == {one.subject, *one.fields.values()} | extra, one.name
