"""What an attacker sends to the pages: forms planted by another site, numbers that no row has, more than may be sent, a rule too wide."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from legal_service.access import permissions
from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web.guard import rules_of
from tests.web.conftest import Desk

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:9999"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]
"""How a browser tells that a form comes from another site: by a new browser, an older one, one without a referrer."""
HERE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": "http://localhost"},
    {},
]
PLANTED = {"name": "planted by another site", "until": "2027-01-31"}
TOO_LARGE = [2**31, 2**63, 10**4000]


@pytest.mark.parametrize("told", ELSEWHERE)
def test_a_form_of_another_site_is_not_laid_before_the_reader_as_his_own(
    browser: FlaskClient, told: dict[str, str]
) -> None:
    answer = browser.post("/me/tokens", data=PLANTED, headers=told)
    assert answer.status_code == 401
    assert PLANTED["name"] not in answer.get_data(as_text=True)
    assert "kept_to" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("told", ELSEWHERE)
def test_nor_by_way_of_the_sign_in_page(browser: FlaskClient, told: dict[str, str]) -> None:
    planted = {"kept_to": "/me/tokens", "kept.name": PLANTED["name"], "email": "a@b.example", "password": "a secret"}
    answer = browser.post("/sign-in", data=planted, headers=told)
    assert answer.status_code == 400
    assert PLANTED["name"] not in answer.get_data(as_text=True)
    assert "kept_to" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("told", ELSEWHERE)
def test_nor_to_who_is_signed_in(lawyer: Desk, told: dict[str, str]) -> None:
    answer = lawyer.client.post("/me/tokens", data=PLANTED, headers=told)
    assert answer.status_code == 400
    assert "foreign_form" in answer.get_data(as_text=True)
    assert PLANTED["name"] not in answer.get_data(as_text=True)


@pytest.mark.parametrize("told", HERE)
def test_a_form_of_ours_is_kept(browser: FlaskClient, lawyer: Desk, told: dict[str, str]) -> None:
    for client, status in ((browser, 401), (lawyer.client, 400)):
        answer = client.post("/me/tokens", data=PLANTED, headers=told)
        assert answer.status_code == status
        assert PLANTED["name"] in answer.get_data(as_text=True)


def test_a_token_that_still_holds_vouches_for_the_form(installation: Installation, desk: Callable[..., Desk]) -> None:
    """By plain http a browser names neither site nor origin; the cookie outlives the session that ran out."""
    lawyer = desk("lawyer")
    page = lawyer.client.get("/me").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    with lawyer.client.session_transaction() as cookie:
        cookie["token"] = "of a session that ran out"
    answer = lawyer.client.post("/me/tokens", data=PLANTED | {"csrf_token": token}, headers={"Origin": "null"})
    assert answer.status_code == 401
    assert PLANTED["name"] in answer.get_data(as_text=True)


def test_a_kept_form_carries_no_token_number_or_password(installation: Installation, desk: Callable[..., Desk]) -> None:
    lawyer = desk("lawyer")
    told = {"csrf_token": "bad", "kept_to": "/me/tokens", "kept.name": "mine"}
    planted = {
        "kept.csrf_token": "theirs-1",
        "kept.once": "theirs-2",
        "kept.password": "theirs-3",
        "kept.kept_to": "theirs-4",
    }
    with lawyer.client.session_transaction() as cookie:
        cookie.clear()
    page = lawyer.client.post("/sign-in", data=told | planted).get_data(as_text=True)
    assert 'name="kept.name" value="mine"' in page
    assert "theirs" not in page


def test_ten_thousand_fields_are_not_given_back(browser: FlaskClient) -> None:
    answer = browser.post(
        "/many/preview", data="&".join(["a="] * 10_000), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 401
    assert len(answer.data) < 20_000


@pytest.mark.parametrize("number", TOO_LARGE, ids=["2^31", "2^63", "4000-digits"])
def test_a_number_that_no_row_can_have_is_not_found(desk: Callable[..., Desk], number: int) -> None:
    admin = desk("admin")
    for address in (f"/jobs/{number}", f"/jobs/{number}/state", f"/imports/{number}", f"/webhooks/{number}"):
        assert admin.get(address).status_code == 404, address[:40]
    for address in (
        f"/jobs/{number}/stop", f"/imports/{number}/go-on", f"/users/{number}/close", f"/users/{number}/password",
        f"/webhooks/{number}/stop", f"/me/tokens/{number}/revoke",
    ):  # fmt: skip
        assert admin.post(address).status_code == 404, address[:40]


@pytest.mark.parametrize("written", [str(2**63), "9" * 5000, "²", "١", "-1", "\x00", "x"], ids=ascii)
def test_a_place_in_a_list_that_is_none_is_its_beginning(desk: Callable[..., Desk], written: str) -> None:
    admin = desk("admin")
    for address in ("/jobs", "/trail"):
        assert admin.client.get(address, query_string={"before": written}).status_code == 200, address


def test_who_sends_too_much_is_told_so(lawyer: Desk) -> None:
    answer = lawyer.client.post("/me/language", data={"language": "x" * 1_200_000})
    assert answer.status_code == 413
    assert "提交的内容过大" in answer.get_data(as_text=True)
    answer = lawyer.client.post("/me/language", data={"file": (io.BytesIO(b"x" * 1_200_000), "a.pdf")})
    assert answer.status_code == 413


@pytest.mark.parametrize("address", ["/static/%00", "/static/" + "a" * 300, "/static/%2e%2e/guard.py", "/static/js"])
def test_a_file_name_that_is_none_is_not_found(browser: FlaskClient, address: str) -> None:
    assert browser.get(address).status_code == 404


def test_no_page_of_the_house_opens_to_who_comes_from_outside(installation: Installation) -> None:
    """Counsel may download packages, and does so from his own pages: a case's pages are the house's."""
    rules = rules_of(create_app(installation))
    for role in ("counsel", "regulator"):
        opened = {
            f"{method} {endpoint}"
            for endpoint, by_method in rules.items()
            for method, rule in by_method.items()
            if endpoint.startswith(("case", "loan", "import", "job", "work", "user_", "webhook"))
            if rule in permissions.PERMISSIONS and permissions.allowed(role, rule)
        }
        assert opened == set(), role
