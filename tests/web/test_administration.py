"""The administrator's pages: users, webhooks, the trail."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from legal_service import clock
from legal_service.access import queries
from legal_service.installation import Installation
from legal_service.webhooks.operations import announce
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]


def user_id(installation: Installation, email: str) -> int:
    """The number of a user."""
    with installation.reading() as session:
        found = queries.user_by_email(session, email)
    assert found is not None
    return found.id


def test_a_new_user_gets_a_one_time_password_shown_once(desk: Sign) -> None:
    admin = desk("admin")
    fields = {"name": "沈衡", "email": "shen@lender.example", "role": "lawyer"}
    answer = admin.post("/users", once="n1", **fields)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    secret = re.search(r'class="secret"[^>]*>([^<]+)<', html)
    assert secret is not None
    assert len(secret[1]) >= 16
    page = admin.read("/users")
    assert "沈衡" in page
    assert secret[1] not in page
    assert "一次性，待修改" in page
    assert admin.post("/users", once="n1", **fields).status_code == 303  # sent twice: no second password


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": "no address"}, "邮箱"),
        ({"name": ""}, "「姓名」必填"),
        ({"role": "emperor"}, "「角色」"),
        ({"name": "长" * 101}, "「姓名」最多 100 个字"),
    ],
)
def test_rubbish_is_refused_by_field_and_what_was_entered_stays(desk: Sign, fields: dict[str, str], says: str) -> None:
    answer = desk("admin").post(
        "/users", **{"name": "沈衡", "email": "shen@lender.example", "role": "lawyer", **fields}
    )
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert says in plain(html)
    kept = {"name": "沈衡", "email": "shen@lender.example", **fields}
    assert f'value="{kept["name"]}"' in html
    assert f'value="{kept["email"]}"' in html


def test_a_closed_account_is_shut_out_at_once(desk: Sign, installation: Installation) -> None:
    admin, lawyer = desk("admin"), desk("lawyer")
    assert lawyer.get("/me").status_code == 200
    assert admin.post(f"/users/{user_id(installation, lawyer.email)}/close").status_code == 303
    assert lawyer.get("/me").status_code == 303
    assert "已停用" in admin.read("/users")


def test_nobody_closes_himself(desk: Sign, installation: Installation) -> None:
    admin = desk("admin")
    desk("admin", "another")
    answer = admin.post(f"/users/{user_id(installation, admin.email)}/close")
    assert answer.status_code in (403, 422)
    assert admin.get("/users").status_code == 200


def test_a_number_that_is_nobodys_says_so(desk: Sign) -> None:
    assert desk("admin").post("/users/999999/password").status_code == 404


@pytest.mark.parametrize("role", ["lawyer", "counsel", "regulator", "collections"])
def test_others_neither_see_nor_change_users(desk: Sign, role: str) -> None:
    reader = desk(role)
    assert reader.get("/users").status_code == 403
    assert reader.post("/users", name="x", email="x@y.example", role="admin").status_code == 403
    assert reader.get("/webhooks").status_code == 403


def test_an_auditor_reads_users_and_changes_none(desk: Sign) -> None:
    auditor = desk("auditor")
    html = auditor.get("/users").get_data(as_text=True)
    assert 'action="/users"' not in html
    assert auditor.post("/users", name="x", email="x@y.example", role="admin").status_code == 403


def test_the_trail_is_read_by_page_and_narrowed(desk: Sign) -> None:
    admin = desk("admin")
    for number in range(30):
        admin.post("/users", name=f"n{number}", email=f"u{number}@lender.example", role="lawyer")
    auditor = desk("auditor")
    seen: list[int] = []
    url = "/trail"
    while url:
        html = auditor.get(url).get_data(as_text=True)
        seen += [int(number) for number in re.findall(r'<td class="n">(\d+)</td>', html)]
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = "/trail" + following[1].replace("&amp;", "&") if following else ""
    assert seen == sorted(seen, reverse=True)
    assert seen == list(range(max(seen), 0, -1))
    narrowed = auditor.read("/trail?subject=user:u7@lender.example")
    assert "u7@lender.example" in narrowed
    assert "u8@lender.example" not in narrowed
    assert auditor.get("/trail?before=rubbish&actor=%00").status_code == 200


def test_a_webhook_is_added_tested_stopped_and_its_secret_shown_once(desk: Sign, installation: Installation) -> None:
    admin = desk("admin")
    answer = admin.post("/webhooks", url="http://127.0.0.1:9/hook", events=["case.opened", "case.stage_changed"])
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, plain(html)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", html)
    assert secret is not None
    assert secret[0] not in admin.get("/webhooks/1").get_data(as_text=True)
    assert admin.post("/webhooks/1/test").status_code == 303
    with installation.database.aside(institution_id=installation.institution_id) as session:
        announce(session, now=clock.now())  # the worker does so
    assert admin.read("/webhooks/1").count("evt_") == 1
    assert admin.post("/webhooks/1/stop").status_code == 303
    assert "已停止" in admin.read("/webhooks/1")
    assert admin.post("/webhooks/1/resume").status_code == 303
    assert "推送中" in admin.read("/webhooks")


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "http://partner.example/", "https://169.254.169.254/", "rubbish", ""]
)
def test_an_address_that_may_not_be_called_is_refused(desk: Sign, url: str) -> None:
    answer = desk("admin").post("/webhooks", url=url, events=["case.opened"])
    assert answer.status_code == 422
    assert "refused" in answer.get_data(as_text=True)


def test_a_webhook_that_is_not_there_says_so(desk: Sign) -> None:
    admin = desk("admin")
    assert admin.get("/webhooks/42").status_code == 404
    assert admin.post("/webhooks/42/stop").status_code == 404
