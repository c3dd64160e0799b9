"""Who may what, from the rules: every address, every method, every role, really called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from legal_service import api
from legal_service.access import permissions
from legal_service.access.permissions import ROLES
from legal_service.web.guard import SIGNED_IN
from tests.api.conftest import CASE, Caller, email_of
from tests.api.test_schemathesis import THERE
from tests.law.a_notice import a_notice

BODIES: dict[str, Any] = {
    "api-cases.open_case": {"loan_nos": ["HM0001"]},
    "api-cases.move": {"stage": "contact"},
    "api-cases.record_service": {
        "document": "demand_letter", "mode": "mail", "address": "甲路1号", "sent_on": "2024-10-01", "outcome": "failed",
    },
    "api-cases.record_settlement": {"on": "2024-10-01", "channel": "call", "offer": "分六期", "outcome": "refused"},
    "api-notices.correct": {"rule": "limitation", "to": "2024-01-01", "reason": "court_notice"},
    "api-filings.make": {"document": "contact_log", "as_of": "2024-11-03"},
    "api-packages.build": {"package": "statement_of_claim", "audience": "court"},
    "api-packages.grant": {"to": email_of("counsel"), "until": "2099-01-01"},
    "api-returns.make": {"name": "collection_and_litigation", "period": "2024-Q1"},
    "api-users.add": {"email": "new@lender.example", "role": "lawyer"},
    "api-tokens.make": {"name": "x", "until": "2027-02-01"},
    "api-webhooks.make": {"url": "https://other.example/hook", "events": ["case.opened"]},
}  # fmt: skip
QUESTIONS = {
    "api-loans.statement": "?as_of=2024-11-03",
    "api-loans.recommendation": "?as_of=2024-11-03",
    "api-evidence.gaps": "?package=statement_of_claim",
    "api-law.amount_by_address": "?amount=1.00",
}
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    "api-notices.load": lambda: {"file": (BytesIO(a_notice()), "2027.yaml")},
    "api-evidence.add": lambda: {"kind": "contract", "file": (BytesIO(b"%PDF-1.4\n"), "a.pdf")},
    "api-imports.ask": lambda: {"files": [(BytesIO(b"loan_no\n"), "loans.csv")]},
}
NAMES = THERE
ALSO = {"api-packages.take": "package.download"}
"""What the guard admits for one permission and another is asked for besides."""


def addresses(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, path) of every operation, with names that are there."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint.startswith("api-") and rule.endpoint not in ("api-docs.serve", "api-docs.show"):
            path = re.sub(r"<[^>]*?:?(\w+)>", lambda found: str(NAMES[found[1]]), rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, path.removeprefix("/api/v1")


def call(caller: Caller, endpoint: str, method: str, path: str) -> Any:
    headers = {"If-Match": "*"}
    if endpoint in FORMS:
        return caller(method, path, data=FORMS[endpoint](), headers=headers)
    if endpoint in BODIES:
        return caller(method, path, json=BODIES[endpoint], headers=headers)
    return caller(method, path + QUESTIONS.get(endpoint, ""), headers=headers)


def may(role: str, needs: str, endpoint: str) -> bool:
    held = needs == SIGNED_IN or permissions.allowed(role, needs)
    return held and (endpoint not in ALSO or permissions.allowed(role, ALSO[endpoint]))


@pytest.mark.parametrize("role", ROLES)
def test_the_whole_table_is_as_the_rules_say(app: Flask, call_as: Callable[[str], Caller], role: str) -> None:
    rules, wrong, met = api.rules(app), [], set()
    for endpoint, method, path in addresses(app):
        needs = rules[endpoint][method]
        answer = call(call_as(role), endpoint, method, path)
        met.add((endpoint, method))
        admitted = answer.status_code not in (401, 403)
        if admitted != may(role, needs, endpoint) or answer.status_code >= 500:
            wrong.append((endpoint, method, path, needs, answer.status_code, answer.text[:200]))
        if not admitted and answer.json["code"] != "not_permitted":
            wrong.append((endpoint, method, answer.json))
    assert wrong == []
    documented = {(endpoint, method) for endpoint, by in rules.items() for method in by if "docs" not in endpoint}
    assert met == documented


def test_without_a_token_nothing_opens(app: Flask, call_as: Callable[[str], Caller]) -> None:
    opened = [
        (endpoint, method)
        for endpoint, method, path in addresses(app)
        if call(call_as(""), endpoint, method, path).status_code != 401
    ]
    assert opened == []


def test_every_rule_is_a_permission_of_the_table(app: Flask) -> None:
    needed = {rule for by in api.rules(app).values() for rule in by.values()}
    assert needed <= set(permissions.PERMISSIONS) | {SIGNED_IN, "public"}
    assert {endpoint for endpoint, by in api.rules(app).items() if "public" in by.values()} == {
        "api-docs.serve",
        "api-docs.show",
    }


@pytest.mark.parametrize("role", ["counsel", "regulator"])
def test_who_is_from_outside_meets_no_case_by_changing_the_number(
    app: Flask, call_as: Callable[[str], Caller], role: str
) -> None:
    caller = call_as(role)
    for _, _, path in addresses(app):
        if path.startswith((f"/cases/{CASE}", "/loans", "/jobs", "/users", "/webhooks")):
            assert caller.get(path).status_code in (403, 405), path


def test_somebody_elses_grant_is_not_there(house: Any, call_as: Callable[[str], Caller]) -> None:
    answer = call_as("counsel").get("/grants/2/file")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_grant")  # type: ignore[index]
    assert call_as("counsel").get("/grants/1/file").status_code == 200


def test_a_named_lawyer_approves_and_nobody_else(call_as: Callable[[str], Caller]) -> None:
    for role in ROLES:
        answer = call_as(role)("POST", f"/cases/{CASE}/filings/2/approval")
        assert answer.status_code == (200 if role == "lawyer" else 403), answer.text
