"""Who may call: a token that holds, or a browser's session with its CSRF token; nobody else, and never in another's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf
from sqlalchemy import update

from legal_service import clock
from legal_service.access import operations, queries
from legal_service.access.models import ApiToken, User
from legal_service.installation import Installation
from tests.api.conftest import Caller, actor_of, email_of, token_of

ME = "/api/v1/me"


def changed(house: Installation, model: type, **values: object) -> None:
    with house.database.engine.begin() as connection:
        connection.execute(update(model).values(**values))


def status(app: Flask, authorization: str) -> int:
    return app.test_client().get(ME, headers={"Authorization": authorization}).status_code


def test_a_token_that_holds_opens(app: Flask, house: Installation) -> None:
    answer = app.test_client().get(ME, headers={"Authorization": f"Bearer {token_of(house, 'lawyer')}"})
    assert answer.json is not None
    assert (answer.json["email"], answer.json["role"], answer.json["via"]) == (email_of("lawyer"), "lawyer", "token")


@pytest.mark.parametrize("scheme", ["", "Basic ", "Token ", "Bearer", "bearer  "])
def test_another_scheme_does_not(app: Flask, house: Installation, scheme: str) -> None:
    expected = 200 if scheme.strip().lower() == "bearer" and scheme.endswith(" ") else 401
    assert status(app, f"{scheme}{token_of(house, 'lawyer')}") == expected


@pytest.mark.parametrize("token", ["", "lgl_", "lgl_" + "A" * 43, "x" * 5000, "令牌", "a b"])
def test_a_wrong_token_does_not(app: Flask, token: str) -> None:
    assert status(app, f"Bearer {token}".encode().decode("latin-1")) == 401


def test_an_expired_one_does_not(app: Flask, house: Installation) -> None:
    token = token_of(house, "lawyer")
    changed(house, ApiToken, until_on=clock.today())
    assert status(app, f"Bearer {token}") == 200  # its last day
    changed(house, ApiToken, until_on=clock.today() - timedelta(days=1))
    assert status(app, f"Bearer {token}") == 401


def test_a_revoked_one_does_not(lawyer: Caller) -> None:
    own = lawyer.read("/tokens")["items"]
    assert lawyer.delete(f"/tokens/{own[0]['id']}").status_code == 204
    assert lawyer.get("/me").status_code == 401


def test_the_token_of_a_closed_account_does_not(
    app: Flask, house: Installation, call_as: Callable[[str], Caller]
) -> None:
    token = token_of(house, "counsel")
    assert status(app, f"Bearer {token}") == 200
    assert call_as("admin").delete(f"/users/{email_of('counsel')}").status_code == 204
    assert status(app, f"Bearer {token}") == 401


def test_an_inactive_owner_does_not(app: Flask, house: Installation) -> None:
    changed(house, User, active=False)
    assert status(app, f"Bearer {token_of(house, 'lawyer')}") == 401


def test_a_token_in_the_address_is_no_token(app: Flask, house: Installation) -> None:
    assert app.test_client().get(f"{ME}?access_token={token_of(house, 'lawyer')}").status_code == 401


def test_somebody_elses_token_can_be_neither_seen_nor_revoked(call_as: Callable[[str], Caller]) -> None:
    for role in ("lawyer", "admin"):
        own, others = call_as(role).read("/tokens")["items"], call_as("counsel").read("/tokens")["items"]
        assert not {one["id"] for one in own} & {one["id"] for one in others}
        answer = call_as(role).delete(f"/tokens/{others[0]['id']}")
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_token")  # type: ignore[index]


def test_a_made_token_opens_at_once(app: Flask, lawyer: Caller) -> None:
    made = lawyer.post("/tokens", {"name": "nightly", "until": (clock.today() + timedelta(days=9)).isoformat()})
    assert made.status_code == 201, made.text
    assert made.json is not None
    assert status(app, f"Bearer {made.json['token']}") == 200
    assert made.json["token"] not in str(lawyer.read("/tokens"))


def test_a_token_made_with_a_token_does_not_outlive_it(lawyer: Caller) -> None:
    until = lawyer.read("/tokens")["items"][0]["until_on"]
    later = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    answer = lawyer.post("/tokens", {"name": "longer", "until": later})
    assert (answer.status_code, answer.json["code"]) == (422, "bad_date")  # type: ignore[index]
    assert lawyer.post("/tokens", {"name": "as long", "until": until}).status_code == 201


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_ends_within_a_year(lawyer: Caller, days: int) -> None:
    answer = lawyer.post("/tokens", {"name": "x", "until": (clock.today() + timedelta(days=days)).isoformat()})
    assert (answer.status_code, answer.json["code"]) == (422, "bad_date")  # type: ignore[index]


def test_a_browsers_session_reads_and_changes_with_its_csrf_token(app: Flask, house: Installation) -> None:
    with house.reading() as session:
        user = queries.user_by_email(session, email_of("lawyer"))
    assert user is not None
    with house.transaction(actor_of(house, "lawyer")) as tx:
        token = operations.begin_sign_in(tx, user_id=user.id)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = token
    told = client.get(ME)
    assert told.status_code == 200, told.text
    assert told.json["via"] == "session"  # type: ignore[index]
    refused = client.post("/api/v1/cases", json={"loan_nos": ["HM0003"]})
    assert (refused.status_code, refused.json["code"]) == (400, "csrf_missing")  # type: ignore[index]
    with app.test_request_context():
        from flask import session as signed

        csrf = generate_csrf()
        raw = signed["csrf_token"]
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = raw
    done = client.post("/api/v1/cases", json={"loan_nos": ["HM0003"]}, headers={"X-CSRF-Token": csrf})
    assert done.status_code == 201, done.text


def test_the_permissions_told_are_those_held(call_as: Callable[[str], Caller]) -> None:
    assert call_as("counsel").read("/me")["permissions"] == [
        one for one in ("package.download", "package.received", "token.own", "law.read") if one
    ]
