"""Signing in: the right password opens, everything else says the same; a form outlives its session."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from legal_service import clock
from legal_service.access import operations, sign_ins
from legal_service.access.models import SignIn, User
from legal_service.application import create_app
from legal_service.installation import Installation
from legal_service.web.pages.sign_in import local
from tests.web.conftest import Desk, plain

EMAIL, PASSWORD = "lin@lender.example", "three old bridges"


@pytest.fixture
def lin(installation: Installation) -> Installation:
    """An instance with one lawyer who has a password."""
    with installation.transaction(installation.actor(None)) as tx:
        operations.add_user(tx, email=EMAIL, role="lawyer", name="林知远")
        operations.set_password(tx, email=EMAIL, password=PASSWORD)
    return installation


def hidden(page: str, name: str) -> str:
    """A hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def sign_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    """Fill in the form."""
    page = client.get("/sign-in").get_data(as_text=True)
    fields = {"csrf_token": hidden(page, "csrf_token"), "email": email, "password": password, **more}
    return client.post("/sign-in", data=fields)


def test_the_right_password_opens_and_leads_where_one_was_going(lin: Installation) -> None:
    client = create_app(lin).test_client()
    asked = client.get("/law?status=secondary")
    assert asked.headers["Location"] == "/sign-in?next=/law?status%3Dsecondary"
    answer = sign_in(client, next="/law?status=secondary")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/law?status=secondary")
    assert client.get("/law").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_sign_in_leads_elsewhere(lin: Installation, elsewhere: str) -> None:
    assert local(elsewhere) is None
    assert sign_in(create_app(lin).test_client(), next=elsewhere).headers["Location"] == "/"


def test_wrong_unknown_and_closed_accounts_hear_the_same(lin: Installation) -> None:
    with lin.transaction(lin.actor(None)) as tx:
        operations.add_user(tx, email="gone@lender.example", role="lawyer", name="Gone")
        operations.set_password(tx, email="gone@lender.example", password=PASSWORD)
        operations.deactivate_user(tx, email="gone@lender.example")
    client = create_app(lin).test_client()
    heard = []
    for email, password in (
        (EMAIL, "wrong password"),
        ("nobody@x.example", PASSWORD),
        ("gone@lender.example", PASSWORD),
    ):
        answer = sign_in(client, email, password)
        assert answer.status_code == 401
        heard.append(plain(re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))))
    assert len(set(heard)) == 1


def test_after_five_failures_one_waits_even_with_the_right_password(lin: Installation) -> None:
    client = create_app(lin).test_client()
    for _ in range(sign_ins.MOST_FAILURES):
        assert sign_in(client, password="wrong password").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "15 分钟后再试" in plain(answer.get_data(as_text=True))


def test_the_cookie_is_shut_to_scripts_and_other_sites_and_holds_no_name(lin: Installation) -> None:
    answer = sign_in(create_app(lin).test_client())
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "lin" not in cookie.split(";")[0].lower()


def test_signing_out_ends_the_session_in_the_database(lin: Installation) -> None:
    client = create_app(lin).test_client()
    sign_in(client)
    stolen = client.get_cookie("legal")
    assert stolen is not None
    page = client.get("/me").get_data(as_text=True)
    assert client.post("/sign-out", data={"csrf_token": hidden(page, "csrf_token")}).status_code == 303
    thief = create_app(lin).test_client()
    thief.set_cookie("legal", stolen.value)
    assert thief.get("/me").status_code == 303


def test_a_post_without_the_token_is_not_done(lin: Installation) -> None:
    client = create_app(lin).test_client()
    sign_in(client)
    answer = client.post("/me/language", data={"language": "en"})
    assert answer.status_code == 400
    assert "尚未提交" in plain(answer.get_data(as_text=True))
    with lin.reading() as session:
        assert session.scalar(select(User.language).where(User.email == EMAIL)) == ""


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_on(lin: Installation) -> None:
    client = create_app(lin).test_client()
    sign_in(client)
    page = client.get("/me").get_data(as_text=True)
    with lin.database.aside(institution_id=lin.institution_id) as session:
        session.scalars(select(SignIn)).one().ended_at = clock.now()
    fields = {"csrf_token": hidden(page, "csrf_token"), "name": "对账程序", "until": "2027-01-31"}
    late = client.post("/me/tokens", data=fields)
    assert late.status_code == 401
    text = late.get_data(as_text=True)
    assert "您填写的内容保留在下方" in plain(text)
    again = client.post(
        "/sign-in",
        data={
            "csrf_token": hidden(text, "csrf_token"), "email": EMAIL, "password": PASSWORD,
            "kept_to": hidden(text, "kept_to"), "kept.name": hidden(text, "kept.name"), "kept.until": hidden(text, "kept.until"),
        },
    )  # fmt: skip
    resumed = again.get_data(as_text=True)
    assert "对账程序" in plain(resumed)
    assert hidden(resumed, "until") == "2027-01-31"
    sent = client.post(
        "/me/tokens",
        data={
            "csrf_token": hidden(resumed, "csrf_token"),
            "once": hidden(resumed, "once"),
            "name": "对账程序",
            "until": "2027-01-31",
        },
    )
    assert "只显示这一次" in plain(sent.get_data(as_text=True))


def test_passwords_are_never_given_back(lin: Installation) -> None:
    client = create_app(lin).test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    late = client.post(
        "/me/password", data={"csrf_token": hidden(page, "csrf_token"), "old": PASSWORD, "password": "new secret words"}
    )
    assert late.status_code == 401
    assert PASSWORD not in late.get_data(as_text=True)
    assert "new secret words" not in late.get_data(as_text=True)


def test_a_one_time_password_opens_nothing_but_its_change(lin: Installation) -> None:
    with lin.transaction(lin.actor(None)) as tx:
        given = operations.new_password(tx, email=EMAIL)
    client = create_app(lin).test_client()
    assert sign_in(client, password=given).headers["Location"] == "/me/password"
    assert client.get("/law").headers["Location"] == "/me/password"
    page = client.get("/me/password").get_data(as_text=True)
    answer = client.post(
        "/me/password",
        data={"csrf_token": hidden(page, "csrf_token"), "old": given, "password": PASSWORD, "again": PASSWORD},
    )
    assert answer.headers["Location"] == "/sign-in"
    assert sign_in(client).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"old": "wrong"}, "「现在的密码」不对"),
        ({"again": "something else"}, "与新密码不同"),
        ({"password": "short", "again": "short"}, "12"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(
    lin: Installation, fields: dict[str, str], says: str
) -> None:
    client = create_app(lin).test_client()
    sign_in(client)
    page = client.get("/me/password").get_data(as_text=True)
    entered = {"old": PASSWORD, "password": "a new long password", "again": "a new long password", **fields}
    answer = client.post("/me/password", data={"csrf_token": hidden(page, "csrf_token"), **entered})
    assert answer.status_code == 422
    assert says in plain(answer.get_data(as_text=True))


def test_an_act_sent_twice_is_done_once(desk: Callable[..., Desk]) -> None:
    lawyer = desk("lawyer")
    fields = {"name": "对账程序", "until": "2027-01-31"}
    first = lawyer.post("/me/tokens", once="filled-once", **fields)
    second = lawyer.post("/me/tokens", once="filled-once", **fields)
    assert first.status_code == 200
    assert (second.status_code, second.headers["Location"]) == (303, "/me")
    assert "此前已经办理" in lawyer.read("/me")
    assert lawyer.read("/me").count("对账程序") == 1


def test_the_language_is_kept_with_the_account(desk: Callable[..., Desk], installation: Installation) -> None:
    lawyer = desk("lawyer")
    lawyer.post("/me/language", language="hant")
    lawyer.client.get("/sign-in")
    with lawyer.client.session_transaction() as cookie:
        cookie.pop("lang", None)
    assert "鍵盤操作" in lawyer.read("/keyboard")
