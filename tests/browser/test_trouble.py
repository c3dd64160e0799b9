"""When things go wrong: an expired session, a slow network, a reload, no script. Nothing lost, nothing done twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders
from tests.browser.desk import Desk
from tests.browser.sample import PASSWORD

NewDesk = Callable[..., Desk]
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])


def write(desk: Desk, purpose: str) -> None:
    """Half a form: the purpose of a new token, not yet sent."""
    desk.open("/me", tongue="zh")
    desk.page.fill("input[name=name]", purpose)


def send(desk: Desk) -> None:
    """Send the form off."""
    desk.page.get_by_role("button", name="生成令牌").click()


@BOTH
def test_a_form_outlives_its_session(script: bool, new_desk: NewDesk) -> None:
    desk = new_desk("collections", java_script_enabled=script)
    purpose = f"对账-{script}"
    write(desk, purpose)
    desk.sample.end_sessions("collections")
    with desk.watch.expecting(401):
        desk.leave(lambda: send(desk))
    assert "刚才的操作没有执行" in desk.page.inner_text("main")
    assert desk.sample.tokens(purpose) == 0
    desk.page.fill("input[name=email]", desk.sample.logins["collections"].email)
    desk.page.fill("input[name=password]", PASSWORD)
    desk.leave(lambda: desk.page.locator("input[name=password]").press("Enter"))
    assert purpose in desk.page.inner_text("main"), "what was entered is lost"
    desk.leave(lambda: desk.page.get_by_role("button", name="继续提交").click())
    assert "新令牌只显示这一次" in desk.page.inner_text("main")
    assert desk.sample.tokens(purpose) == 1


def test_a_form_of_another_tab_survives_a_new_sign_in(new_desk: NewDesk) -> None:
    first = new_desk("collections")
    write(first, "旧标签页")
    second = first.another_tab()
    second.open("/me")
    second.page.locator("details.menu summary").click()
    second.sign_out()
    second.sign_in("collections")
    with first.watch.expecting(400):
        first.leave(lambda: send(first))
    first.check()
    assert "旧标签页" in first.page.inner_text("main"), "what was entered is lost"
    first.leave(lambda: first.page.get_by_role("button", name="继续提交").click())
    assert first.sample.tokens("旧标签页") == 1


@BOTH
def test_impatience_on_a_slow_network_does_it_once(script: bool, new_desk: NewDesk) -> None:
    desk = new_desk("collections", java_script_enabled=script)
    purpose = f"酒店-{script}"
    write(desk, purpose)
    desk.slowly(1200)
    button = desk.page.get_by_role("button", name="生成令牌")
    button.click(no_wait_after=True)
    desk.leave(lambda: button.click(no_wait_after=True))
    desk.page.wait_for_load_state("networkidle")
    desk.slowly(0)
    desk.open("/me")
    assert desk.sample.tokens(purpose) == 1


def test_reloading_the_answer_does_it_once(new_desk: NewDesk) -> None:
    desk = new_desk("collections")
    write(desk, "重新载入")
    desk.leave(lambda: send(desk))
    desk.page.reload()
    assert desk.sample.tokens("重新载入") == 1
    desk.check()


def test_a_half_written_form_is_not_left_without_a_word(new_desk: NewDesk) -> None:
    desk = new_desk("collections")
    write(desk, "写了一半")
    desk.open("/law")
    assert desk.watch.warnings == 1
    desk.open("/me")
    assert desk.watch.warnings == 1


def test_a_refused_form_keeps_what_was_entered(new_desk: NewDesk) -> None:
    desk = new_desk("collections")
    write(desk, "过期的令牌")
    desk.page.fill("input[name=until]", "2020-01-01")
    with desk.watch.expecting(422):
        desk.leave(lambda: send(desk))
    assert desk.page.input_value("input[name=name]") == "过期的令牌"
    assert desk.page.get_by_role("alert").first.is_visible()
    desk.check()
    assert desk.sample.tokens("过期的令牌") == 0


def test_a_paper_that_came_too_late_is_asked_for_again(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("compliance")
    paper = tmp_path / "回执.pdf"
    paper.write_bytes(builders.a_pdf("Receipt"))
    page = f"/cases/{desk.sample.cases['without_script']}/evidence"
    desk.open(page)
    desk.page.get_by_label("证据种类").select_option("delivery_receipt")
    desk.page.get_by_label("文件", exact=True).set_input_files(paper)
    desk.page.get_by_label(re.compile("^来源")).fill("邮政")
    before = desk.sample.recorded("vault.deposit")
    desk.sample.end_sessions("compliance")
    with desk.watch.expecting(401):
        desk.press("存入证据库")
    desk.says("所选的文件无法保留，届时请重新选择")
    desk.page.fill("input[name=email]", desk.sample.logins["compliance"].email)
    desk.page.fill("input[name=password]", PASSWORD)
    desk.press("登录")
    with desk.watch.expecting(422):
        desk.press("继续提交")
    desk.says("请选择文件")
    assert desk.page.get_by_label(re.compile("^来源")).input_value() == "邮政", "what was entered is lost"
    desk.page.get_by_label("文件", exact=True).set_input_files(paper)
    desk.press("存入证据库")
    assert desk.sample.recorded("vault.deposit") == before + 1
    desk.says(hashlib.sha256(paper.read_bytes()).hexdigest()[:12])
    desk.check()


def test_reloading_amid_a_job_neither_stops_nor_repeats_it(new_desk: NewDesk) -> None:
    desk = new_desk("lawyer")
    desk.open(f"/cases/{desk.sample.cases['filed']}/packages")
    desk.page.get_by_role("radio", name="外聘律师").check()
    desk.page.get_by_label(re.compile("^接收人邮箱")).fill(desk.sample.logins["second_counsel"].email)
    asked, built = desk.sample.recorded("job.request"), desk.sample.recorded("package.build")
    desk.press("制作")
    bar = desk.page.locator(".progress-line")
    job = bar.get_attribute("data-job")
    desk.page.reload()
    desk.check()
    other = desk.another_tab()
    other.open(f"/jobs/{job}")
    other.says("刷新、关闭本页或退出登录都不会中断它，也不会重复执行")
    assert bar.get_attribute("data-job") == job
    assert desk.sample.recorded("job.request") == asked + 1, "a reload asked for the package again"
    desk.press("取消制作")
    desk.page.get_by_text("□ 已取消").first.wait_for(timeout=60_000)
    assert desk.sample.recorded("package.build") == built, "a package was built although it was cancelled"
    desk.check()


def test_a_lawyer_without_a_script(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("lawyer", java_script_enabled=False)
    case_no = desk.sample.cases["without_script"]
    desk.open("/cases")
    desk.page.get_by_text("筛选与列").click()
    desk.page.locator("select[name=stage]").select_option("preparation")
    desk.press("筛选")
    assert "stage=preparation" in desk.path
    assert desk.sample.cases["filed"] not in desk.page.inner_text("main"), "the list is not filtered"
    desk.follow(case_no)
    desk.follow("文书")
    desk.page.get_by_label("文书", exact=True).select_option("statement_of_claim")
    desk.press("制作")
    taken = desk.fetch(desk.page.get_by_role("link", name="下载 PDF").click, tmp_path)
    assert taken.read_bytes().startswith(b"%PDF")
    approved = desk.sample.recorded("filing.approve")
    desk.page.get_by_label("我已核对当事人、诉讼请求、金额与所附证据。").check()
    desk.press("审批此版")
    desk.says("已由具名律师审批")
    assert desk.sample.recorded("filing.approve") == approved + 1
    desk.check()
    desk.page.locator("details.menu summary").click()
    desk.sign_out()
