"""The lawyer's home: nearest deadline first, its state in the URL, many cases only after seeing what would happen; and the search box."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from legal_service import clock
from legal_service.cases.operations import work_lines
from legal_service.installation import Installation
from tests.web.a_portfolio import SECRETS, a_case, contract
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]


@pytest.fixture
def five(installation: Installation) -> Installation:
    """Five cases whose deadlines end today, in 3, 30 and 200 days, and one passed; their lines made."""
    today = clock.today()
    for number, days in enumerate((0, 3, 30, 200, -2), start=1):
        a_case(installation, "submitted", last_days=(today + timedelta(days=days),), number=number)
    lined(installation)
    return installation


def lined(installation: Installation) -> None:
    """Give every case a loan, and make the lines of the list."""
    from sqlalchemy import select

    from legal_service.cases.models import Case, CaseLoan

    with installation.database.aside(institution_id=installation.institution_id) as session:
        for case in session.scalars(select(Case)):
            loan = contract(f"HM-{case.id:04d}", case.lender_id, case.person_id)
            session.add(loan)
            session.flush()
            session.add(CaseLoan(case_id=case.id, contract_id=loan.id))
    with installation.transaction(installation.actor(None)) as tx:
        work_lines.rebuild(tx, as_of=clock.today())


def numbers(html: str) -> list[str]:
    """The cases of the page in their order."""
    return re.findall(r'href="/cases/(LC-[^"/]+)"', html)


def test_home_is_the_list_nearest_deadline_first(desk: Sign, five: Installation) -> None:
    lawyer = desk("lawyer")
    assert lawyer.get("/").headers["Location"] == "/cases"
    html = lawyer.get("/cases").get_data(as_text=True)
    assert [number[-1] for number in numbers(html)] == ["5", "1", "2", "3", "4"]
    assert "已过 2 日" in plain(html)
    assert "今日" in plain(html)


def test_names_are_masked(desk: Sign, five: Installation) -> None:
    html = desk("lawyer").get("/cases").get_data(as_text=True)
    assert SECRETS[0] not in html
    assert "张**" in html


@pytest.mark.parametrize(
    ("view", "expected"), [("due_today", 2), ("due_7", 3), ("gaps", 5), ("returned", 0), ("all", 5)]
)
def test_views_hold_what_they_say_and_their_counts_agree(
    desk: Sign, five: Installation, view: str, expected: int
) -> None:
    html = desk("lawyer").get(f"/cases?view={view}").get_data(as_text=True)
    assert len(numbers(html)) == expected
    current = re.search(r'aria-current="true">([^<]+)<span class="count">(\d+)</span>', html)
    assert current
    assert int(current[2]) == expected


def test_the_state_of_the_list_is_in_its_address(desk: Sign, five: Installation) -> None:
    lawyer = desk("lawyer")
    html = lawyer.get("/cases?sort=case_no&desc=1&size=20&column=case_no&column=claim_as_of").get_data(as_text=True)
    assert [number[-1] for number in numbers(html)] == ["5", "4", "3", "2", "1"]
    assert "金额截至" in plain(html)
    assert 'aria-sort="descending"' in html
    assert "columns=case_no%2Cclaim_as_of" in html


def test_pages_follow_each_other_without_loss(desk: Sign, five: Installation) -> None:
    lawyer, seen, url = desk("lawyer"), [], "/cases?size=2"
    while url:
        html = lawyer.get(url).get_data(as_text=True)
        seen += numbers(html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = "/cases" + following[1].replace("&amp;", "&") if following else ""
    assert [number[-1] for number in seen] == ["5", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "rubbish", ["view=everything", "size=9999", "after=rubbish", "sort=%27;drop", "stage=nowhere", "columns=password"]
)
def test_a_question_that_cannot_be_read_is_refused_above_the_usual_list(
    desk: Sign, five: Installation, rubbish: str
) -> None:
    answer = desk("lawyer").get(f"/cases?{rubbish}")
    assert answer.status_code in (400, 422)
    html = answer.get_data(as_text=True)
    assert 'role="alert"' in html
    assert len(numbers(html)) == 5


def test_what_names_a_person_does_not_filter_by_address(desk: Sign, five: Installation) -> None:
    answer = desk("lawyer").get("/cases?text=13800138000")
    assert answer.status_code == 422
    assert "搜索框" in plain(answer.get_data(as_text=True))


def test_what_would_happen_is_seen_before_it_does(desk: Sign, five: Installation) -> None:
    lawyer = desk("lawyer")
    answer = lawyer.post("/many/preview", case=["LC-2026-000001", "LC-2026-000002", "LC-none"])
    text = plain(answer.get_data(as_text=True))
    assert "到此为止没有写入任何内容" in text
    assert "没有这个案件" in text
    assert text.count("不能制作") >= 3
    assert "还没有任务" in lawyer.read("/jobs")


def test_nothing_chosen_is_told(desk: Sign) -> None:
    lawyer = desk("lawyer")
    assert "没有选中案件" in plain(lawyer.post("/many/preview").get_data(as_text=True))
    assert lawyer.post("/many/make", as_of="2026-10-19").status_code == 422


def test_collections_sees_the_list_and_makes_no_filings(desk: Sign, five: Installation) -> None:
    reader = desk("collections")
    html = reader.get("/cases").get_data(as_text=True)
    assert "many/preview" in html or 'type="checkbox" name="case"' not in html
    assert reader.post("/many/make", case="LC-2026-000001", as_of="2026-10-19").status_code == 403


@pytest.mark.parametrize("role", ["counsel", "regulator"])
def test_outsiders_have_neither_list_nor_search(desk: Sign, role: str) -> None:
    reader = desk(role)
    assert reader.get("/cases").status_code == 403
    assert reader.post("/search", q="张三丰").status_code == 403
    assert "desk-search" not in reader.get("/me").get_data(as_text=True)


def test_an_empty_desk_teaches_the_next_step(desk: Sign) -> None:
    assert "先导入贷款清单" in desk("lawyer").read("/cases")


def test_a_case_is_found_by_its_number_and_a_loan_by_its_beginning(desk: Sign, five: Installation) -> None:
    lawyer = desk("lawyer")
    found = lawyer.post("/search", q="LC-2026-000003").get_data(as_text=True)
    assert numbers(found) == ["LC-2026-000003"]
    assert "查了" in plain(found)
    assert len(numbers(lawyer.post("/search", q="HM-0").get_data(as_text=True))) == 5


def test_the_search_says_what_it_looked_for_and_what_is_not_there(desk: Sign, five: Installation) -> None:
    lawyer = desk("lawyer")
    text = plain(lawyer.post("/search", q="（2026）粤0106民初12345号").get_data(as_text=True))
    assert "法院案号 （精确匹配）" in text or "法院案号（精确匹配）" in text
    assert "没有找到" in plain(lawyer.post("/search", q="没有此人").get_data(as_text=True))
    assert "请在上方输入" in plain(lawyer.post("/search", q="  ").get_data(as_text=True))


def test_single_keys_can_be_switched_off(desk: Sign) -> None:
    lawyer = desk("lawyer")
    assert "data-keys-off" not in lawyer.get("/me").get_data(as_text=True)
    lawyer.post("/me/keys", keys="off")
    assert "data-keys-off" in lawyer.get("/me").get_data(as_text=True)
