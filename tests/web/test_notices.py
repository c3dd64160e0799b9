"""The page of holiday notices: a look at what a new one moves, then the loading; nothing is loaded unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from legal_service.cases import operations, queries
from legal_service.database import Transaction
from legal_service.installation import Installation
from tests.cases.a_case import AS_OF, a_portfolio, writing
from tests.law.a_notice import a_notice
from tests.web.conftest import Desk, plain


@pytest.fixture
def case_no(installation: Installation) -> str:
    """A case with a deadline on 1 January 2027."""

    def write(tx: Transaction) -> str:
        found = operations.open_case(tx, loan_nos=["L1"], on=AS_OF)
        case = queries.case_row(tx.session, found)
        operations.open_deadline(tx, case=case, rule="docketing", trigger=date(2026, 12, 25))
        return found

    return str(writing(a_portfolio(installation), write))


def looked(desk: Desk, content: bytes = a_notice()) -> TestResponse:
    return desk.post("/law/notices", file=(BytesIO(content), "2027.yaml"))


def fields(answer: TestResponse) -> dict[str, str]:
    """What the form of the second look carries."""
    html = answer.get_data(as_text=True)
    content = re.search(r'<textarea name="content"[^>]*>(.*?)</textarea>', html, re.S)
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert content and seen
    return {"content": unescape(content[1]), "seen": seen[1], "name": "2027.yaml"}


def test_first_a_look_then_the_loading(case_no: str, lawyer: Desk, installation: Installation) -> None:
    answer = looked(lawyer)
    page = plain(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert f"{case_no} 法院立案审查 2027-01-01" in page
    assert "2027-01-04" in page
    assert not installation.settings.notices.exists(), "a look writes nothing"
    sent = fields(answer)
    sent["content"] = sent["content"].replace("\n", "\r\n")  # as a browser sends it
    assert lawyer.post("/law/notices/load", **sent).status_code == 303
    listed = lawyer.read("/law/notices")
    assert "2027 国务院办公厅关于2027年部分节假日安排的通知（测试用虚构） 2026-01-05 △ 二手来源" in listed
    assert lawyer.email in listed
    assert "2027-01-04" in lawyer.read(f"/cases/{case_no}/deadlines")
    assert "国务院办公厅关于2027年" in lawyer.read("/law")
    assert "Notices known" in lawyer.read("/law/notices?lang=en")


def test_the_page_shows_the_form_of_the_file(case_no: str, lawyer: Desk) -> None:
    page = unescape(lawyer.get("/law/notices").get_data(as_text=True))
    assert "working_weekends:\n- 2026-01-04" in page
    assert "- name: 春节\n  from: 2026-02-15\n  to: 2026-02-23" in page


def test_nothing_is_loaded_unseen(case_no: str, lawyer: Desk, installation: Installation) -> None:
    sent = fields(looked(lawyer))

    def another(tx: Transaction) -> None:
        case = queries.case_row(tx.session, case_no)
        operations.open_deadline(tx, case=case, rule="docketing", trigger=date(2027, 1, 24))

    writing(installation, another)
    answer = lawyer.post("/law/notices/load", **sent)
    assert answer.status_code == 409
    assert "2027-01-31" in plain(answer.get_data(as_text=True)), "what would move now is shown"
    assert not installation.settings.notices.exists()
    assert lawyer.post("/law/notices/load", **fields(answer)).status_code == 303


def test_a_wrong_file_is_told_by_field(case_no: str, lawyer: Desk) -> None:
    answer = looked(lawyer, a_notice(("- 2027-05-08", "- 2027-05-07")))
    assert answer.status_code == 422
    assert "2027.yaml:working_weekends[2]" in plain(answer.get_data(as_text=True))
    assert looked(lawyer, b"\xff\xfe").status_code == 422
    assert lawyer.post("/law/notices").status_code == 422
    assert lawyer.post("/law/notices/load", content="x", seen="y").status_code == 422


@pytest.mark.parametrize(("role", "may"), [("admin", True), ("collections", False), ("counsel", False)])
def test_who_may_load(desk: Callable[..., Desk], case_no: str, role: str, may: bool) -> None:
    reader = desk(role)
    assert ("新一年的通知" in reader.read("/law/notices")) == may
    assert (looked(reader).status_code == 200) == may
