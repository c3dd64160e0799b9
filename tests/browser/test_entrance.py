"""Coming in and going out: plainly told, with a script and without one, and nothing left behind on the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.desk import Desk
from tests.browser.sample import PASSWORD

NewDesk = Callable[..., Desk]
SignedIn = Callable[[str], Desk]
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])


@BOTH
def test_in_where_one_was_going_and_out_again(script: bool, new_desk: NewDesk) -> None:
    desk = new_desk(java_script_enabled=script)
    desk.open("/law?status=secondary")
    assert desk.path.startswith("/sign-in?next=")
    desk.page.fill("input[name=email]", desk.sample.logins["lawyer"].email)
    desk.page.fill("input[name=password]", PASSWORD)
    desk.leave(lambda: desk.page.get_by_role("button", name="登录").click())
    assert desk.path == "/law?status=secondary"
    desk.page.locator("details.menu summary").click()
    desk.sign_out()
    assert "已退出登录" in desk.page.inner_text("main")
    desk.open("/law")
    assert desk.path.startswith("/sign-in"), "signed out, and still inside"


def test_back_after_signing_out_shows_nothing(new_desk: NewDesk) -> None:
    desk = new_desk("lawyer")
    desk.open("/me")
    desk.page.locator("details.menu summary").click()
    desk.sign_out()
    desk.page.go_back()
    desk.page.wait_for_load_state()
    assert desk.path.startswith("/sign-in"), "the page of a signed-out reader came back"
    assert desk.sample.logins["lawyer"].email not in desk.page.inner_text("body")


@pytest.mark.parametrize("tongue", ["zh", "hant", "en"])
def test_a_wrong_password_is_told_plainly_and_the_address_kept(tongue: str, new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.open("/sign-in", tongue=tongue)
    desk.page.fill("input[name=email]", f"nobody-{tongue}@desk.example")
    desk.page.fill("input[name=password]", "not the password")
    with desk.watch.expecting(401, 403, 422):
        desk.leave(lambda: desk.page.locator("input[name=password]").press("Enter"))
    told = {"zh": "邮箱或密码不对", "hant": "郵箱或密碼不對", "en": "Wrong e-mail or password"}[tongue]
    assert told in desk.page.get_by_role("alert").first.inner_text()
    assert desk.page.input_value("input[name=email]") == f"nobody-{tongue}@desk.example"
    assert desk.page.input_value("input[name=password]") == ""
    desk.check()


HOMES = {
    "collections": ("/cases", "工作清单"),
    "lawyer": ("/cases", "工作清单"),
    "compliance": ("/cases", "工作清单"),
    "counsel": ("/packages", "我的证据包"),
    "regulator": ("/returns", "监管报表"),
    "admin": ("/users", "用户"),
    "auditor": ("/trail", "审计日志"),
}
"""Role → its first page."""


@pytest.mark.parametrize("role", HOMES)
def test_every_role_signs_in_and_comes_home(role: str, signed_in: SignedIn) -> None:
    desk = signed_in(role)
    desk.open("/me")
    assert desk.sample.logins[role].email in desk.page.inner_text("main")
    desk.open("/")
    assert (desk.path, desk.page.inner_text("h1")) == HOMES[role]
    desk.check()


def test_a_page_that_is_not_there_is_told_in_every_language(signed_in: SignedIn) -> None:
    desk = signed_in("lawyer")
    for tongue in ("zh", "hant", "en"):
        desk.open("/no-such-page", status=404, tongue=tongue)
        desk.judge() if tongue == "zh" else desk.check()
