"""The calculator in a browser: rows come and go with and without a script, the answer is met where it stands."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.desk import Desk

DELAY = "/law/calculator/delay-interest"


def test_rows_are_added_on_the_spot_and_answered(signed_in: Callable[[str], Desk]) -> None:
    desk = signed_in("lawyer")
    desk.open(DELAY, tongue="zh")
    page = desk.page
    page.locator("#f-until").fill("2026-09-01")
    page.locator("[id='f-obligations.0.due_on']").fill("2026-07-03")
    page.locator("[id='f-obligations.0.base']").fill("10,000.00")
    page.locator("#list-payments [data-add]").click()
    assert page.evaluate("() => document.activeElement.id") == "f-payments.0.on"
    page.locator("#list-payments [data-add]").click()
    assert page.locator("#list-payments [data-row] legend").all_inner_texts() == ["清偿 1", "清偿 2"]
    page.locator("#list-payments [data-drop]").first.click()
    assert page.locator("#list-payments [data-row] legend").all_inner_texts() == ["清偿 1"]
    assert desk.path == f"{DELAY}?lang=zh"  # nothing was sent yet
    desk.press("计算")
    desk.says("105.00")
    assert page.url.endswith("#answer")
    assert page.locator("#answer").bounding_box()["y"] < 400  # type: ignore[index]
    desk.judge()
    desk.follow("本次计算的固定链接")
    desk.says("105.00")


def test_rows_are_added_without_a_script(new_desk: Callable[..., Desk]) -> None:
    desk = new_desk("lawyer", java_script_enabled=False)
    desk.open(DELAY)
    page = desk.page
    page.locator("[id='f-obligations.0.due_on']").fill("2026-07-03")
    desk.leave(lambda: page.locator("#list-payments button[name=add]").click())
    assert page.locator("[id='f-payments.0.on']").count() == 1
    assert page.locator("[id='f-obligations.0.due_on']").input_value() == "2026-07-03"
    page.locator("[id='f-obligations.0.base']").fill("10000")
    page.locator("#f-until").fill("2026-09-01")
    desk.press("计算")
    desk.says("105.00")


def test_a_number_of_a_person_leaves_no_trace_in_the_address(signed_in: Callable[[str], Desk]) -> None:
    desk = signed_in("counsel")
    desk.open("/law/calculator/identifier", tongue="zh")
    desk.page.locator("#f-kind").select_option("id_card")
    desk.page.locator("#f-value").fill("11010519491231002X")
    desk.press("计算")
    desk.says("合乎规则")
    assert "11010519491231002X" not in desk.page.url
    desk.page.locator("#f-value").fill("1101051949123100")
    desk.press("计算")  # a form answered in place may be sent again
    desk.says("否")
