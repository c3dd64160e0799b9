"""The desks at work, from first page to last: lawyer, counsel, regulator, administrator, and a tape brought in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import builders
from tests.browser.desk import Desk
from tests.browser.sample import PASSWORD
from tests.browser.server import legal

NewDesk = Callable[..., Desk]
BUILT_WITHIN = 300_000
"""Milliseconds for a package, whose every page is redacted and read again by the leak gate, on a busy machine."""


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """A paper as a lawyer has it on his disk: a bank's receipt that names nobody."""
    path = tmp_path / "银行流水摘要.pdf"
    path.write_bytes(builders.a_pdf("Receipt of the paying bank"))
    return path


def sound(desk: Desk, package: Path) -> bool:
    """What `legal package verify` says of a package, on any machine."""
    said = legal(desk.sample.folder, "package", "verify", str(package), "--json")
    return said.returncode == 0 and json.loads(said.stdout)["ok"] is True


def test_a_lawyer_from_the_work_list_to_a_package_for_counsel(new_desk: NewDesk, receipt: Path, tmp_path: Path) -> None:
    desk = new_desk("lawyer")
    case_no = desk.sample.cases["lawyer"]
    desk.open("/")
    assert desk.path == "/cases"
    the_case_is_found_by_name(desk, case_no)
    a_figure_opens_its_derivation(desk)
    a_paper_is_taken_in(desk, receipt, tmp_path)
    a_claim_is_made_read_and_approved(desk)
    a_package_is_built_and_taken(desk, tmp_path)


def the_case_is_found_by_name(desk: Desk, case_no: str) -> None:
    """`/` leads to the search box; what is typed there stands in no address."""
    desk.page.keyboard.press("/")
    assert desk.page.evaluate("() => document.activeElement.id") == "q"
    desk.page.keyboard.insert_text(desk.sample.borrower("lawyer"))
    desk.leave(lambda: desk.page.keyboard.press("Enter"))
    assert desk.path == "/search"
    desk.says("查了：")
    desk.check()
    desk.follow(case_no)
    assert desk.path == f"/cases/{case_no}"
    desk.check()


def a_figure_opens_its_derivation(desk: Desk) -> None:
    """An amount tells how it was reckoned where it stands."""
    desk.follow("账目")
    figure = desk.page.locator(".ledger > details").first
    before = desk.path
    figure.locator("> summary").click()
    figure.locator(".derivation").first.wait_for(state="visible")
    assert desk.path == before
    desk.check()


def a_paper_is_taken_in(desk: Desk, receipt: Path, tmp_path: Path) -> None:
    """Uploaded, shown under its kind with its hash, and given back as it was."""
    desk.follow("证据")
    desk.page.get_by_label("证据种类").select_option("disbursement_receipt")
    desk.page.get_by_label("文件", exact=True).set_input_files(receipt)
    desk.page.get_by_label(re.compile("^来源")).fill("机构业务系统导出")
    desk.press("存入证据库")
    sha256 = hashlib.sha256(receipt.read_bytes()).hexdigest()
    desk.says(f"已存入证据库，SHA-256 {sha256[:12]}")
    desk.check()
    link = desk.page.get_by_role("link", name=receipt.name)
    assert desk.fetch(link.click, tmp_path / "back").read_bytes() == receipt.read_bytes()


def a_claim_is_made_read_and_approved(desk: Desk) -> None:
    """The claim is read beside the figures it used before a named lawyer approves it."""
    desk.follow("文书")
    desk.page.get_by_label("文书", exact=True).select_option("statement_of_claim")
    desk.press("制作")
    desk.says("已制作，请核对后审批")
    first = desk.page.locator("img.sheet").first
    first.scroll_into_view_if_needed()
    desk.page.wait_for_function("() => { const one = document.querySelector('img.sheet'); return one.complete && one.naturalWidth > 1000; }")  # fmt: skip
    figure, sheet = desk.page.locator(".used details").first.bounding_box(), first.bounding_box()
    assert figure and sheet and figure["x"] >= sheet["x"] + sheet["width"], "the figures do not stand beside the page"
    desk.check()
    desk.page.get_by_label("我已核对当事人、诉讼请求、金额与所附证据。").check()
    desk.press("审批此版")
    desk.says("已由具名律师审批")
    desk.says(desk.sample.logins["lawyer"].email)
    desk.check()


def a_package_is_built_and_taken(desk: Desk, tmp_path: Path) -> None:
    """The job's bar is watched until the package is there; what is downloaded is what the page says, and verifies."""
    desk.follow("证据包")
    desk.page.get_by_role("radio", name="外聘律师").check()
    desk.page.get_by_label(re.compile("^接收人邮箱")).fill(desk.sample.logins["counsel"].email)
    desk.press("制作")
    desk.page.locator(".progress-line progress").wait_for(state="visible")
    desk.says("可以离开或刷新本页，任务不受影响")
    desk.page.locator(".progress-line").wait_for(state="detached", timeout=BUILT_WITHIN)
    desk.says("打开证据包")
    desk.check()
    desk.follow(re.compile("打开证据包"))
    desk.check()
    taken = desk.fetch(desk.page.get_by_role("button", name=re.compile("下载 ZIP")).click, tmp_path)
    desk.says(hashlib.sha256(taken.read_bytes()).hexdigest())
    assert sound(desk, taken)


def test_counsel_takes_the_package_and_verifies_it(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("counsel")
    desk.open("/")
    assert desk.path == "/packages"
    desk.says(desk.sample.cases["filed"])
    desk.leave(desk.page.locator(f"a[href='/packages/{desk.sample.numbers['grant']}']").first.click)
    desk.says("自行核对")
    desk.says("legal package verify")
    desk.says("尚未下载")
    taken = desk.fetch(desk.page.get_by_role("button", name=re.compile("下载")).first.click, tmp_path)
    desk.says(hashlib.sha256(taken.read_bytes()).hexdigest())
    assert sound(desk, taken)
    desk.page.reload()
    assert "尚未下载" not in desk.page.inner_text("main"), "the download was not noted"
    desk.check()


def test_another_counsel_who_changes_the_number_is_told_nothing(new_desk: NewDesk) -> None:
    desk = new_desk("second_counsel")
    desk.open("/packages")
    desk.says("还没有授权给您的证据包")
    own = desk.sample.numbers["grant"]
    told = []
    for number in (own, 9_999):
        desk.open(f"/packages/{number}", status=404)
        desk.check()
        told.append(desk.page.inner_text("main").replace(str(number), "…"))
    assert told[0] == told[1], "a package of somebody else is told apart from one that there is not"
    assert desk.sample.cases["filed"] not in desk.page.content()
    for path in (f"/cases/{desk.sample.cases['filed']}", f"/returns/{desk.sample.numbers['issue']}", "/users"):
        desk.open(path, status=403)
        desk.check()


def test_the_regulator_checks_a_number(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("regulator")
    desk.open("/")
    assert desk.path == "/returns"
    desk.leave(lambda: desk.page.locator("table th a").first.click())
    desk.check()
    key = desk.sample.numbers["number"]
    number = desk.page.locator(f"a[href$='/numbers/{key}']").first
    published = number.inner_text()
    desk.leave(number.click)
    desk.says("口径（中文）")
    desk.says("与公布数一致")
    desk.says("数据行与报表所记相同")
    assert published in desk.page.inner_text(".published")
    assert desk.page.locator("section table tbody tr").count() > 1
    desk.check()
    desk.leave(lambda: desk.page.locator(".back a").click())
    desk.press("由数据截面重新计算并比对")
    desk.says("一致")
    assert desk.page.locator("[role=status] .verified").is_visible()
    desk.check()
    row = desk.page.locator("#files ~ .wide tr", has_text="return.xlsx")
    taken = desk.fetch(row.get_by_role("link").click, tmp_path)
    assert hashlib.sha256(taken.read_bytes()).hexdigest() in row.inner_text()


def test_an_administrator_adds_a_user_who_must_change_the_password(new_desk: NewDesk) -> None:
    admin, email = new_desk("admin"), "new.lawyer@desk.example"
    admin.open("/")
    assert admin.path == "/users"
    admin.page.get_by_label("姓名", exact=True).fill("新来")
    admin.page.get_by_label("邮箱", exact=True).fill(email)
    admin.page.get_by_label("角色", exact=True).select_option("lawyer")
    admin.press("保存")
    password = admin.page.locator(".secret").inner_text()
    admin.check()
    admin.open("/users")
    assert password not in admin.page.content(), "a one-time password is shown twice"
    admin.says("一次性，待修改")

    new = new_desk()
    new.enter(email, password)
    new.open("/cases")
    assert new.path == "/me/password", "a one-time password opens the desk"
    new.says("您正在使用一次性密码")
    new.check()
    new.page.fill("input[name=old]", password)
    new.page.fill("input[name=password]", PASSWORD)
    new.page.fill("input[name=again]", PASSWORD)
    new.press("修改并重新登录")
    new.enter(email, PASSWORD)
    new.open("/")
    assert new.path == "/cases"
    new.check()


def test_a_tape_is_checked_first_and_then_imported(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk("lawyer")
    tape = builders.a_tape(tmp_path / "tape", documents=[])
    fault = builders.change(tape, "borrowers.csv:3:ID_NUMBER", "440301198512242241")
    before = desk.sample.recorded("intake.import")
    desk.open("/imports")
    desk.page.get_by_label("清单文件").set_input_files(sorted(tape.glob("*.csv")))
    desk.press("上传")
    checked = urlsplit(desk.page.url).path
    desk.page.get_by_text("只核对，未写入").wait_for()
    desk.says(fault)
    desk.check()
    assert desk.page.get_by_role("button", name="导入刚才核对的文件").is_disabled()
    assert desk.sample.recorded("intake.import") == before, "a check wrote something"
    desk.press("只导入无误的行")
    assert urlsplit(desk.page.url).path != checked
    desk.page.get_by_text("已写入，批次").wait_for()
    desk.says(fault)
    assert desk.sample.recorded("intake.import") == before + 1
    desk.check()
    desk.open(checked, tongue="en")
    desk.says("The files that were checked have been removed")
    desk.says("the check digit")
    desk.check()
