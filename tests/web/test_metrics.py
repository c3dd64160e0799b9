"""`/metrics`: figures without persons, for callers on this machine, read from the rows at the moment of the scrape."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from legal_service import __version__, clock
from legal_service.access.models import SignInFailure
from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.webhooks.models import Delivery, Webhook
from tests.conftest import settings_in
from tests.web.a_portfolio import SECRETS, a_case, a_job, put

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(browser: FlaskClient) -> Figures:
    """Every figure by its name and labels."""
    answer = browser.get("/metrics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for one in family.samples
    }


def figure(found: Figures, name: str, **labels: str) -> float | None:
    return found.get((name, frozenset(labels.items())))


def test_requests_are_counted_by_endpoint_method_and_class(browser: FlaskClient) -> None:
    browser.get("/healthz")
    browser.get("/healthz?who=张三")
    browser.head("/healthz")
    browser.get("/张三/430104199005010028")
    browser.open("/healthz", method="BREW")
    found = scrape(browser)
    assert figure(found, "legal_http_requests_total", endpoint="healthz", method="GET", status="2xx") == 2
    assert figure(found, "legal_http_requests_total", endpoint="healthz", method="HEAD", status="2xx") == 1
    assert figure(found, "legal_http_requests_total", endpoint="none", method="GET", status="4xx") == 1
    assert figure(found, "legal_http_requests_total", endpoint="none", method="other", status="4xx") == 1
    assert figure(found, "legal_http_request_seconds_count", endpoint="healthz") == 3
    assert figure(found, "legal_http_request_seconds_bucket", endpoint="healthz", le="+Inf") == 3
    assert figure(found, "legal_build_info", version=__version__) == 1
    assert figure(found, "legal_database_up") == 1


def test_figures_come_from_the_rows(installation: Installation, browser: FlaskClient) -> None:
    now = clock.now()
    assert figure(scrape(browser), "legal_workers_alive") == 0
    put(
        installation,
        a_job("sweep", "done", at=now),
        a_job("sweep", "done", at=now),
        a_job("import", "waiting", at=now - timedelta(seconds=90)),
        SignInFailure(who_index="0" * 64, at=now - timedelta(minutes=14)),
        SignInFailure(who_index="0" * 64, at=now - timedelta(minutes=16)),
    )
    webhook = Webhook(
        url="https://partner.example/", events="stage", secret="s", read_to=0, created_by="a@b.cn", created_at=now
    )
    put(installation, webhook)
    put(
        installation,
        Delivery(webhook_id=webhook.id, seq=1, event="stage", ready_at=now),
        Delivery(webhook_id=webhook.id, seq=2, event="stage", ready_at=now, status="delivered"),
    )
    with installation.database.aside(institution_id=installation.institution_id) as session:
        jobs.hear(session, name="one", began_at=now, now=now)
    found = scrape(browser)
    assert figure(found, "legal_jobs", kind="sweep", status="done") == 2
    assert figure(found, "legal_jobs", kind="import", status="waiting") == 1
    assert 89 <= (figure(found, "legal_job_oldest_waiting_seconds") or 0) < 120
    assert figure(found, "legal_workers_alive") == 1
    assert figure(found, "legal_sign_in_failures_15m") == 1
    assert figure(found, "legal_webhook_deliveries_waiting") == 1


def test_deadlines_passed_and_soon(installation: Installation, browser: FlaskClient) -> None:
    today = clock.today()
    ends = (today - timedelta(days=1), today, today + timedelta(days=7), today + timedelta(days=8))
    a_case(installation, "accepted", last_days=ends)
    found = scrape(browser)
    assert figure(found, "legal_deadlines_open", due="passed") == 1
    assert figure(found, "legal_deadlines_open", due="within_7_days") == 2


def test_no_figure_tells_of_a_person(installation: Installation, browser: FlaskClient) -> None:
    for secret in SECRETS:
        browser.get(f"/cases/{secret}?q={secret}", headers={"X-Request-Id": secret})
    told = browser.get("/metrics").get_data(as_text=True)
    assert "legal_http_requests_total" in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert "/cases" not in told


@pytest.mark.parametrize(
    ("headers", "caller"),
    [
        ({}, "10.0.0.8"),
        ({"Host": "evil.example"}, "127.0.0.1"),
        ({"X-Forwarded-For": "10.0.0.8"}, "127.0.0.1"),
        ({"Forwarded": "for=10.0.0.8"}, "127.0.0.1"),
        ({"X-Real-IP": "10.0.0.8"}, "127.0.0.1"),
    ],
)
def test_only_this_machine_is_answered(browser: FlaskClient, headers: dict[str, str], caller: str) -> None:
    answer = browser.get("/metrics", headers={"Host": "localhost", **headers}, environ_base={"REMOTE_ADDR": caller})
    assert answer.status_code == 403
    assert "legal_jobs" not in answer.get_data(as_text=True)


def test_without_a_database_it_says_so_and_still_counts(installation: Installation) -> None:
    nowhere = Installation(settings_in(installation.settings.instance / "none"))
    browser = create_app(nowhere).test_client()
    browser.get("/healthz")
    found = scrape(browser)
    assert figure(found, "legal_database_up") == 0
    assert figure(found, "legal_http_requests_total", endpoint="healthz", method="GET", status="2xx") == 1
    assert figure(found, "legal_workers_alive") is None
    assert not (installation.settings.instance / "none").exists()
