"""The docket page, and the calendar that a program subscribes to: whoever holds the address reads deadlines, no person, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from flask.testing import FlaskClient

from legal_service import clock
from legal_service.access import operations as access
from legal_service.application import create_app
from legal_service.cases import operations
from legal_service.installation import Installation
from tests.cases.a_case import AS_OF, a_portfolio, writing
from tests.web.conftest import Desk

ADDRESS = re.compile(r"http://[^\s<]+/calendar/(lgl_[\w-]+)\.ics")


@pytest.fixture
def lender(installation: Installation) -> Installation:
    a_portfolio(installation)
    writing(installation, lambda tx: operations.open_case(tx, loan_nos=["L1"], on=AS_OF))
    return installation


def subscribe(reader: Desk, use: str = "calendar") -> str:
    until = (clock.today() + timedelta(days=30)).isoformat()
    page = reader.post("/me/tokens", name="手机日历", until=until, use=use).get_data(as_text=True)
    found = ADDRESS.search(page)
    assert found, page[:500]
    return found[1]


def fetch(client: FlaskClient, token: str, ask: str = "") -> tuple[int, str]:
    answer = client.get(f"/calendar/{token}.ics{ask}")
    return answer.status_code, answer.get_data(as_text=True)


def test_the_feed_is_read_by_an_independent_parser(lender: Installation, desk: Callable[..., Desk]) -> None:
    client = create_app(lender).test_client()
    status, text = fetch(client, subscribe(desk("lawyer")))
    assert status == 200
    (event,) = vobject.readOne(text).vevent_list
    assert event.dtstart.value == date(2029, 2, 28)
    assert event.summary.value.startswith("LC-2026-000001 诉讼时效届满")
    alarms = [one.trigger.value for one in event.valarm_list]
    assert datetime(2028, 2, 28, 1, tzinfo=UTC) in alarms, "twelve months before, at nine in Shanghai"
    assert len(alarms) == 7
    for personal in ("张三", "19900000001", "11010519491231002X"):
        assert personal not in text
    assert fetch(client, subscribe(desk("lawyer")), "?of=mine")[1].count("BEGIN:VEVENT") == 0


def test_the_address_stops_with_its_token_its_role_and_its_account(
    lender: Installation, desk: Callable[..., Desk]
) -> None:
    client, reader = create_app(lender).test_client(), desk("lawyer")
    token = subscribe(reader)
    assert fetch(client, token)[0] == 200
    assert reader.post("/me/tokens/1/revoke").status_code == 303
    assert fetch(client, token)[0] == 404
    second = subscribe(reader)
    writing(lender, lambda tx: access.add_user(tx, email=reader.email, role="counsel", name="x"))
    assert fetch(client, second)[0] == 404, "counsel outside see no docket"
    writing(lender, lambda tx: access.add_user(tx, email=reader.email, role="lawyer", name="x"))
    assert fetch(client, second)[0] == 200
    writing(lender, lambda tx: access.deactivate_user(tx, email=reader.email))
    assert fetch(client, second)[0] == 404


def test_neither_token_opens_the_others_door(lender: Installation, desk: Callable[..., Desk]) -> None:
    client, reader = create_app(lender).test_client(), desk("lawyer")
    token = subscribe(reader)
    answer = client.get("/api/v1/deadlines", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    until = clock.today() + timedelta(days=30)
    with lender.reading() as session:
        from legal_service.access import queries

        user = queries.user_by_email(session, reader.email)
    assert user
    api = writing(lender, lambda tx: access.create_token(tx, user_id=user.id, name="x", until=until), reader.email)
    assert fetch(client, api)[0] == 404
    assert fetch(client, "lgl_" + "x" * 43)[0] == 404
    assert fetch(client, "张三")[0] == 404


def test_the_page_shows_the_month_the_day_and_what_dies_first(lender: Installation, desk: Callable[..., Desk]) -> None:
    reader = desk("lawyer")
    page = reader.read("/docket?month=2029-02&day=2029-02-28")
    assert "2029-02 1 项" in page
    assert page.count("诉讼时效届满") == 3, "in its cell, among the day's deadlines, among the dying claims"
    assert "没有正在计算的时效" in reader.read("/docket?of=mine")
    for rubbish in ("month=2026-13", "month=0001-01", "month=<script>", "day=2026-02-30", "month=9999-12"):
        assert reader.get(f"/docket?{rubbish}").status_code == 200
