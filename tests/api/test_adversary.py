"""What an attacker sends to the API: a link that carries the cookie, JSON without a floor, rows behind a number without the right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from legal_service.access import operations as access
from legal_service.access import queries
from legal_service.exports.models import Download
from legal_service.installation import Installation
from tests.api.conftest import Caller, email_of

CallAs = Callable[..., Caller]


def test_a_link_followed_with_a_cookie_takes_no_package(app: Flask, house: Installation) -> None:
    """SameSite=Lax lets a link of another site bring the cookie: only a token, or the session's own word, takes the bytes."""
    email = email_of("counsel")
    with house.reading() as session:
        user = queries.user_by_email(session, email)
        before = len(list(session.scalars(select(Download))))
    assert user is not None
    with house.transaction(house.actor(email)) as tx:
        token = access.begin_sign_in(tx, user_id=user.id)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = token
    grants = client.get("/api/v1/grants").get_json()["items"]
    address = f"/api/v1/grants/{grants[0]['id']}/file"
    told = client.get(address, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert (told.status_code, told.get_json()["code"]) == (400, "csrf_missing")
    with house.reading() as session:
        assert len(list(session.scalars(select(Download)))) == before
    page = client.get("/keyboard").get_data(as_text=True)
    own = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert client.get(address, headers={"X-CSRF-Token": own}).status_code == 200


@pytest.mark.parametrize("levels", [33, 900, 100_000])
def test_json_without_a_floor_is_refused(call_as: CallAs, levels: int) -> None:
    body = '{"a":' + "[" * levels + "]" * levels + "}"
    answer = call_as("lawyer").post("/law/fee", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed_request")


def test_the_rows_behind_a_number_are_for_who_may_check(call_as: CallAs) -> None:
    for role, status in (("admin", 403), ("regulator", 200)):
        assert call_as(role).get("/returns/1/rows/loans_by_tier.none").status_code == status, role
