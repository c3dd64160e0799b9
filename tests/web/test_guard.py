"""Who may open what: every address has its rule, what has none is closed, and each role opens exactly what the table says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from legal_service.access import permissions
from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web.guard import PUBLIC, SIGNED_IN, enter, rules_of
from tests.web.conftest import Desk, plain

OPEN = ["/sign-in", "/healthz", "/static/desk.css", "/assets/bootstrap.css"]
CLOSED = ["/", "/overview", "/law", "/law/stages", "/me", "/keyboard"]


def unguarded(app: Flask) -> list[str]:
    """Addresses that can be asked by a method without an access rule."""
    rules = rules_of(app)
    return [
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if method not in rules.get(rule.endpoint, {})
    ]


def test_every_route_has_an_access_rule(installation: Installation) -> None:
    assert unguarded(create_app(installation)) == []


def test_what_is_public_is_entered_here(installation: Installation) -> None:
    rules = rules_of(create_app(installation))
    public = {endpoint for endpoint, by_method in rules.items() if PUBLIC in by_method.values()}
    api = {"api-docs.serve", "api-docs.show"}  # what the API is; nothing of what it holds
    assert (
        public == {"sign_in", "sign_in_open", "healthz", "readyz", "metrics", "static", "asset", "calendar_feed"} | api
    )


def test_a_planted_route_without_a_rule_is_found_and_closed(installation: Installation) -> None:
    app = create_app(installation)
    app.add_url_rule("/planted", "planted", lambda: "张三")
    assert unguarded(app) == ["GET /planted"]
    answer = app.test_client().get("/planted")
    assert answer.status_code == 403
    assert "no_access_rule" in answer.get_data(as_text=True)
    assert "张三" not in answer.get_data(as_text=True)


def test_a_rule_that_is_no_permission_is_not_entered(installation: Installation) -> None:
    with pytest.raises(ValueError, match="everybody"):
        enter(create_app(installation), {"planted": {"GET": "everybody"}})


@pytest.mark.parametrize("url", CLOSED)
def test_without_signing_in_one_is_led_to_the_door(browser: FlaskClient, url: str) -> None:
    answer = browser.get(url)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("url", OPEN)
def test_what_is_public_opens(browser: FlaskClient, url: str) -> None:
    assert browser.get(url).status_code == 200
    assert browser.head(url).data == b""


@pytest.mark.parametrize("role", permissions.ROLES)
def test_each_role_opens_exactly_what_its_permissions_say(
    desk: Callable[..., Desk], installation: Installation, role: str
) -> None:
    reader, app = desk(role), create_app(installation)
    asked = 0
    for rule in app.url_map.iter_rules():
        needed = rules_of(app).get(rule.endpoint, {}).get("GET")
        if rule.arguments or needed is None or rule.rule.startswith("/api/"):
            continue
        admitted = needed in (PUBLIC, SIGNED_IN) or permissions.allowed(role, needed)
        status = reader.get(rule.rule).status_code
        assert (status != 403) == admitted, f"{role} {rule.rule}: {status}"
        asked += 1
    assert asked >= 10


def test_a_refusal_names_what_was_asked_and_who_may(desk: Callable[..., Desk]) -> None:
    answer = desk("counsel").get("/overview")
    assert answer.status_code == 403
    text = plain(answer.get_data(as_text=True))
    assert "外聘律师" in text
    assert "公司律师" in text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("url", [*OPEN, *CLOSED])
def test_other_methods_are_not_taken(browser: FlaskClient, url: str, method: str) -> None:
    answer = browser.open(url, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) <= {"GET", "HEAD", "POST"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.8"]
)
@pytest.mark.parametrize("url", ["/sign-in", "/healthz", "/overview"])
def test_a_foreign_name_is_refused(browser: FlaskClient, url: str, host: str) -> None:
    answer = browser.get(url, headers={"Host": host})
    assert answer.status_code == 403
    assert "not_loopback" in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:9", "[::1]:8080"])
def test_names_of_this_machine_are_answered(browser: FlaskClient, host: str) -> None:
    assert browser.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("caller", ["10.0.0.8", "192.168.1.20", "2001:db8::1"])
def test_another_machine_is_refused_whatever_host_it_claims(browser: FlaskClient, caller: str) -> None:
    answer = browser.get("/sign-in", headers={"Host": "localhost"}, environ_base={"REMOTE_ADDR": caller})
    assert answer.status_code == 403


def test_a_forwarded_address_is_not_believed(browser: FlaskClient) -> None:
    headers = {"Host": "localhost", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}
    assert browser.get("/sign-in", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.8"}).status_code == 403
