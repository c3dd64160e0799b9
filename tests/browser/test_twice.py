"""Two lawyers at the same thing, and a hand that clicks twice: done once, and each told what happened and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import builders
from tests.browser.desk import Desk

NewDesk = Callable[..., Desk]
SignedIn = Callable[[str], Desk]


def both_press(first: Desk, second: Desk, button: str) -> None:
    """Two people press the same button of the same page, neither waiting for the other."""
    with first.page.expect_navigation(wait_until="load"), second.page.expect_navigation(wait_until="load"):
        for desk in (first, second):
            desk.page.get_by_role("button", name=button, exact=True).click(no_wait_after=True)


def test_two_lawyers_approve_one_claim_and_then_move_one_case(new_desk: NewDesk) -> None:
    first, second = new_desk("lawyer"), new_desk("second_lawyer")
    case = f"/cases/{first.sample.cases['two_lawyers']}"
    first.open(f"{case}/filings")
    first.page.get_by_label("文书", exact=True).select_option("statement_of_claim")
    first.press("制作")

    second.open(first.path)
    approved = first.sample.recorded("filing.approve")
    for desk in (first, second):
        desk.page.get_by_label("我已核对当事人、诉讼请求、金额与所附证据。").check()
    both_press(first, second, "审批此版")
    assert first.sample.recorded("filing.approve") == approved + 1
    told = [desk.page.inner_text("main") for desk in (first, second)]
    assert sum("此前已经审批" in one for one in told) == 1, "the slower of the two is not told that it was approved"
    approver = first if "此前已经审批" in told[1] else second
    for desk in (first, second):
        desk.says(desk.sample.logins[approver.role].email)
        desk.check()

    for desk in (first, second):
        desk.open(case)
        desk.page.get_by_label("进入阶段").select_option("submitted")
    moved = first.sample.recorded("case.advance")
    with first.watch.expecting(409), second.watch.expecting(409):
        both_press(first, second, "推进")
    assert first.sample.recorded("case.advance") == moved + 1
    late = [desk for desk in (first, second) if "您打开本页之后" in desk.page.inner_text("main")]
    assert len(late) == 1, "the slower of the two is not told that the case was moved"
    mover = second if late[0] is first else first
    late[0].says("您打开本页之后发生的变更")
    late[0].says({"lawyer": "林知远", "second_lawyer": "陆鸣"}[mover.role])
    for desk in (first, second):
        desk.says("已提交")
        desk.check()


@dataclass(frozen=True)
class Act:
    """One kind of button: where it stands, what is entered before, and what the trail calls what it does."""

    role: str
    path: str
    button: str
    action: str
    typed: dict[str, str] = field(default_factory=dict)
    """Field → text; `{n}` is another number for each filling, 8 or 9."""
    chosen: dict[str, str] = field(default_factory=dict)
    file: str = ""
    opened: str = ""
    """What is opened first, where the form is folded away."""


ACTS = {
    "take in a paper": Act(
        "lawyer", "/cases/{without_script}/evidence", "存入证据库", "vault.deposit", chosen={"kind": "recording"}, file="file"
    ),
    "make a claim": Act(
        "lawyer", "/cases/{without_script}/filings", "制作", "filing.make", typed={"as_of": "2026-11-0{n}"}
    ),
    "grant a download": Act(
        "lawyer", "/cases/{filed}/packages/{package}", "授权下载", "grant.create", opened="授权下载……", typed={"until": "2026-12-0{n}"}
    ),
    "bring in a tape": Act("lawyer", "/imports", "上传", "job.request", file="files"),
    "make a return": Act("compliance", "/returns", "制作", "job.request", typed={"period": "2026-0{n}"}),
    "add a user": Act("admin", "/users", "保存", "user.add", typed={"name": "双击", "email": "twice{n}@desk.example"}),
    "add a webhook": Act("admin", "/webhooks", "添加", "webhook.add", typed={"url": "https://twice.example/{n}"}),
    "test a webhook": Act("admin", "/webhooks/{webhook}", "发送测试事件", "webhook.test"),
}  # fmt: skip


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("name", ACTS)
def test_a_double_click_does_it_once(
    name: str, script: bool, signed_in: SignedIn, new_desk: NewDesk, tmp_path: Path
) -> None:
    act = ACTS[name]
    desk = signed_in(act.role) if script else new_desk(act.role, java_script_enabled=False)
    desk.open(act.path.format(**desk.sample.cases, **desk.sample.numbers))
    main = desk.page.locator("main")
    if act.opened:
        main.get_by_text(act.opened).click()
    for where, text in act.typed.items():
        main.locator(f"input[name={where}]").fill(text.format(n=8 + script))
    for where, option in act.chosen.items():
        main.locator(f"select[name={where}]").select_option(option)
    if act.file:
        tape = tmp_path / "lenders.csv"
        builders.write_rows(tape, builders.ROWS["lenders"])
        paper = tmp_path / f"{script}.pdf"
        paper.write_bytes(builders.a_pdf(f"Paper {script}"))
        main.locator(f"input[name={act.file}]").set_input_files(tape if act.file == "files" else paper)
    before = desk.sample.recorded(act.action)
    button = main.get_by_role("button", name=act.button, exact=True)
    with desk.page.expect_event("load"):  # the second click cuts the first one's navigation short
        button.dblclick(no_wait_after=True)
    desk.page.wait_for_load_state("networkidle")
    assert desk.sample.recorded(act.action) == before + 1
    desk.check()
