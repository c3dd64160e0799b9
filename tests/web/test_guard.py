"""Who may open what: every address has its rule, only this machine is answered, and only reading is."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web.guard import AccessRule, rules_of
from legal_service.web.routes import ROUTES

PAGES = ["/", "/law", "/law/stages", "/healthz", "/readyz", "/static/desk.css"]


def unguarded(app: Flask) -> list[str]:
    """Addresses without an access rule."""
    return [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint not in rules_of(app)]


def test_every_route_has_an_access_rule(installation: Installation) -> None:
    app = create_app(installation)
    assert unguarded(app) == []
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == {route.endpoint for route in ROUTES}
    assert set(rules_of(app).values()) == {AccessRule.PUBLIC_AGGREGATE}


def test_a_planted_route_without_a_rule_is_found_and_closed(installation: Installation) -> None:
    app = create_app(installation)
    app.add_url_rule("/cases", "cases", lambda: "张三")
    assert unguarded(app) == ["/cases"]
    answer = app.test_client().get("/cases")
    assert answer.status_code == 403
    assert "no_access_rule" in answer.get_data(as_text=True)
    assert "张三" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_pages_are_for_reading_only(browser: FlaskClient, url: str, method: str) -> None:
    answer = browser.open(url, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("url", PAGES)
def test_head_is_get_without_a_body(browser: FlaskClient, url: str) -> None:
    assert browser.get(url).status_code == browser.head(url).status_code == 200
    assert browser.head(url).data == b""


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.8"]
)
@pytest.mark.parametrize("url", PAGES)
def test_a_foreign_name_is_refused(browser: FlaskClient, url: str, host: str) -> None:
    answer = browser.get(url, headers={"Host": host})
    assert answer.status_code == 403
    assert "not_loopback" in answer.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:9", "[::1]:8080"])
def test_names_of_this_machine_are_answered(browser: FlaskClient, host: str) -> None:
    assert browser.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("caller", ["10.0.0.8", "192.168.1.20", "2001:db8::1"])
def test_another_machine_is_refused_whatever_host_it_claims(browser: FlaskClient, caller: str) -> None:
    answer = browser.get("/", headers={"Host": "localhost"}, environ_base={"REMOTE_ADDR": caller})
    assert answer.status_code == 403


def test_a_forwarded_address_is_not_believed(browser: FlaskClient) -> None:
    headers = {"Host": "localhost", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}
    assert browser.get("/", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.8"}).status_code == 403
