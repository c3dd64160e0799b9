"""Moving a case on its page: two lawyers, a double click, a refusal; what happened; who its parties are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from legal_service import clock
from legal_service.access import queries as access
from legal_service.cases import queries
from legal_service.installation import Installation
from tests.web.a_case import NAME, PHONE, SECRETS, a_case, opened, version_in
from tests.web.conftest import Desk, plain


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    return a_case(installation, tmp_path)


def stage_of(installation: Installation, case_no: str) -> str:
    with installation.reading() as session:
        return queries.case_row(session, case_no).stage


def page(desk: Desk, case_no: str) -> str:
    return desk.get(f"/cases/{case_no}").get_data(as_text=True)


def test_the_page_answers_three_questions_and_tells_what_happened(lawyer: Desk, case_no: str) -> None:
    words = lawyer.read(f"/cases/{case_no}")
    for told in (
        "到哪一步了 评估",
        "诉讼时效届满",
        "卡在哪",
        "可主张金额",
        "建案",
        "电话（去）借款人：承诺还款",
        "还款 800.00 元",
    ):
        assert told in words
    only = lawyer.read(f"/cases/{case_no}?kind=contact")
    assert "承诺还款" in only
    assert "建案" not in only


def test_a_move_leads_to_the_case_in_its_new_stage(lawyer: Desk, installation: Installation, case_no: str) -> None:
    version = version_in(page(lawyer, case_no))
    answer = lawyer.post(f"/cases/{case_no}/move", target="contact", on=clock.today().isoformat(), version=version)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case_no}")
    assert "案件已进入「催告联系」" in lawyer.read(f"/cases/{case_no}")
    assert stage_of(installation, case_no) == "contact"


def test_the_same_filling_sent_twice_is_done_once(lawyer: Desk, installation: Installation, case_no: str) -> None:
    told = {"target": "contact", "on": clock.today().isoformat(), "version": version_in(page(lawyer, case_no))}
    for _ in range(2):
        assert lawyer.post(f"/cases/{case_no}/move", once="the-same", **told).status_code == 303
    with installation.reading() as session:
        row = queries.case_row(session, case_no)
        assert len(queries.history_of(session, row.id)) == 1


def test_two_lawyers_the_second_sees_what_the_first_did_and_keeps_his_entries(
    desk: Callable[..., Desk], installation: Installation, case_no: str
) -> None:
    first, second = desk("lawyer", "first"), desk("lawyer", "second")
    seen = version_in(page(second, case_no))
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    first.post(f"/cases/{case_no}/move", target="contact", on=yesterday.isoformat(), version=seen)
    answer = second.post(f"/cases/{case_no}/move", target="closed", reason="paid", on=today.isoformat(), version=seen)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "您打开本页之后发生的变更" in html
    assert "first lawyer ：评估 → 催告联系" in plain(html)
    assert '<option value="paid" selected>' in html, "the reason chosen is kept"
    assert version_in(html) != seen, "sent again it is about the case as it is now"
    assert stage_of(installation, case_no) == "contact"
    again = second.post(
        f"/cases/{case_no}/move", target="closed", reason="paid", on=today.isoformat(), version=version_in(html)
    )
    assert again.status_code == 303
    assert stage_of(installation, case_no) == "closed"


def test_a_guard_that_refuses_says_what_is_missing_in_the_desks_words(
    lawyer: Desk, installation: Installation, tmp_path: Path
) -> None:
    case_no = a_case(installation, tmp_path, stages=("contact",))
    html = page(lawyer, case_no)
    answer = lawyer.post(
        f"/cases/{case_no}/move", target="preparation", on=clock.today().isoformat(), version=version_in(html)
    )
    words = plain(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "没有和解尝试的记录" in words
    assert "legal settlement" not in words, "a page does not speak of commands"
    assert "机构内部规则" in words


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"target": "closed", "on": "2026-03-02"}, "结案原因"),
        ({"target": "contact", "on": "soon"}, "2026-11-23 这样的日期"),
        ({"target": "contact", "on": "2999-01-01"}, "不得晚于今日"),
        ({"target": "nowhere", "on": "2026-03-02"}, "请从所列选项中选择"),
        ({"target": "contact", "on": "2026-01-01"}, "早于进入当前阶段的日期"),
    ],
)
def test_what_cannot_be_is_refused_by_name(lawyer: Desk, case_no: str, told: dict[str, str], says: str) -> None:
    answer = lawyer.post(f"/cases/{case_no}/move", version=version_in(page(lawyer, case_no)), **told)
    assert answer.status_code == 422
    assert says in plain(answer.get_data(as_text=True))


def test_closing_ends_the_deadlines_with_its_reason(lawyer: Desk, case_no: str) -> None:
    lawyer.post(
        f"/cases/{case_no}/move",
        target="closed",
        reason="withdrawn",
        on=clock.today().isoformat(),
        version=version_in(page(lawyer, case_no)),
    )
    words = lawyer.read(f"/cases/{case_no}/deadlines")
    assert "没有未完成的期限" in words
    assert "随结案终止" in words
    assert "撤回" in words


def test_personal_data_is_masked_until_asked_for_and_then_logged(
    lawyer: Desk, installation: Installation, case_no: str
) -> None:
    html = page(lawyer, case_no)
    assert [secret for secret in SECRETS if secret in html] == []
    assert "199****0001" in html
    answer = lawyer.post(f"/cases/{case_no}/reveal", field="borrower.phone", why="identity", page="case")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert PHONE in shown
    assert NAME not in shown, "only what was asked for"
    assert "no-store" in answer.headers["Cache-Control"]
    assert PHONE not in str(answer.headers)
    assert PHONE not in page(lawyer, case_no), "masked again on the next page"
    with installation.reading() as session:
        entry = access.trail_of(session, f"case:{case_no}")[0]
    assert (entry.action, entry.actor, entry.detail) == (
        "personal.reveal",
        lawyer.email,
        {"field": "borrower.phone", "reason": "identity"},
    )


@pytest.mark.parametrize(
    ("field", "why", "says"), [("borrower.phone", "", "先选择查看理由"), ("borrower.salary", "identity", "没有这一项")]
)
def test_no_reason_or_no_such_field_shows_nothing(lawyer: Desk, case_no: str, field: str, why: str, says: str) -> None:
    answer = lawyer.post(f"/cases/{case_no}/reveal", field=field, why=why, page="case")
    assert answer.status_code == 422
    assert says in plain(answer.get_data(as_text=True))
    assert PHONE not in answer.get_data(as_text=True)


def test_who_may_not_does_not_see_the_act(desk: Callable[..., Desk], case_no: str) -> None:
    auditor = desk("auditor")
    html = page(auditor, case_no)
    assert "推进案件" not in html
    assert 'form="reveal"' not in html
    today = clock.today().isoformat()
    assert auditor.post(f"/cases/{case_no}/move", target="contact", on=today, version="1").status_code == 403
    assert auditor.post(f"/cases/{case_no}/reveal", field="borrower.phone", why="identity").status_code == 403
    assert desk("counsel").get(f"/cases/{case_no}").status_code == 403


def test_deadlines_are_told_with_rule_and_calendar(lawyer: Desk, case_no: str) -> None:
    words = lawyer.read(f"/cases/{case_no}/deadlines")
    for told in ("诉讼时效届满", "HM0001", "3 年", "民法典 第一百八十八条", "2025-01-10", "2028-01-10"):
        assert told in words
    answer = lawyer.get(f"/cases/{case_no}/deadlines.ics")
    assert answer.mimetype == "text/calendar"
    assert b"BEGIN:VEVENT" in answer.data


def test_the_log_says_who_may_see_and_who_did_what(lawyer: Desk, installation: Installation, case_no: str) -> None:
    other = opened(installation, "HM0003")
    lawyer.post(f"/cases/{case_no}/reveal", field="borrower.phone", why="service", page="case")
    words = lawyer.read(f"/cases/{case_no}/log")
    for told in (
        "谁可以查看本案",
        "公司律师",
        "a lawyer",
        "显示个人信息",
        "field=borrower.phone reason=service",
        "建案",
        "证据保管链 ✓ 完整",
        "借款合同",
    ):
        assert told in words
    assert other not in words
    assert [secret for secret in SECRETS if secret in words] == []
