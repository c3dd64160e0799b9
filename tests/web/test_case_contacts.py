"""Contacts, service of papers, settlement: what the log shows, what the forms record, what is refused with entries kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from legal_service.cases import queries
from legal_service.installation import Installation
from legal_service.settlements.models import SettlementAttempt
from tests.builders import a_tape, change, imported, rows_of
from tests.web.a_case import PHONE, PLACE, SECRETS, a_case, opened
from tests.web.conftest import Desk, plain

SERVED = {
    "document": "demand_letter",
    "party": "borrower",
    "mode": "mail",
    "to": "contract.HM0001.address_for_service",
    "address": "",
    "sent_on": "2026-03-01",
    "outcome": "delivered",
    "effective_on": "2026-03-04",
    "proof": "",
}
SETTLED = {
    "attempted_on": "2026-03-03",
    "channel": "call",
    "offer": "分十二期偿还，减免罚息",
    "result": "refused",
    "agreed_until": "",
    "loan_no": "",
}


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    return a_case(installation, tmp_path)


def test_the_log_is_masked_and_a_number_is_shown_for_a_reason(lawyer: Desk, case_no: str) -> None:
    html = lawyer.get(f"/cases/{case_no}/contacts").get_data(as_text=True)
    assert "199****0001" in html
    assert "承诺还款" in html
    assert "下月还款" not in html, "what was said is not shown unasked"
    assert [secret for secret in SECRETS if secret in html] == []
    shown = lawyer.post(f"/cases/{case_no}/reveal", field="contact.T1.address", why="complaint", page="contacts")
    assert PHONE in shown.get_data(as_text=True)
    said = lawyer.post(f"/cases/{case_no}/reveal", field="contact.T1.content", why="complaint", page="contacts")
    assert "借款人称下月还款" in said.get_data(as_text=True)


def test_a_call_at_night_and_a_third_person_are_marked(
    lawyer: Desk, installation: Installation, tmp_path: Path
) -> None:
    tape = a_tape(tmp_path / "tape")
    change(tape, "contacts.csv:2:at", "2024-03-20 23:15")
    change(tape, "contacts.csv:2:party", "third_party")
    imported(installation, tape)
    words = lawyer.read(f"/cases/{opened(installation, 'HM0001')}/contacts")
    assert "22:00 至次日 8:00 之间，无同意记录" in words
    assert "联系了第三人" in words


def test_a_complaint_is_told_with_its_state(lawyer: Desk, installation: Installation, tmp_path: Path) -> None:
    a_case(installation, tmp_path)
    words = lawyer.read(f"/cases/{opened(installation, 'HM0003')}/contacts")
    assert "K1" in words
    assert "已办结 2024-06-12" in words
    assert "22:00" not in words


def test_a_service_is_recorded_at_the_address_on_the_books(
    lawyer: Desk, installation: Installation, case_no: str
) -> None:
    answer = lawyer.post(f"/cases/{case_no}/services", **SERVED)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case_no}/contacts")
    with installation.reading() as session:
        (row,) = queries.service_rows(session, case_no)
        assert PLACE in row.address
        assert row.effective_on is not None
    html = lawyer.get(f"/cases/{case_no}/contacts").get_data(as_text=True)
    assert PLACE not in html
    assert "已生效" in html
    assert "无凭证" in html
    assert lawyer.post(f"/cases/{case_no}/services", **SERVED).status_code == 303
    with installation.reading() as session:
        assert len(queries.service_rows(session, case_no)) == 1, "the same attempt is recorded once"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"effective_on": ""}, "「到达（生效）日」邮寄或公告送达须写明到达日"),
        ({"effective_on": "2026-02-01"}, "到达日早于发出日"),
        ({"outcome": "failed"}, "不得填写生效日"),
        ({"to": ""}, "「送达地址」须写明送达的地址或号码"),
        ({"sent_on": "2999-01-01"}, "「发出日」不得晚于今日"),
        ({"document": "love_letter"}, "「文书」"),
        ({"proof": "0" * 64}, "没有这份凭证"),
    ],
)
def test_a_service_that_cannot_be_is_refused_at_its_field_with_entries_kept(
    lawyer: Desk, installation: Installation, case_no: str, changed: dict[str, str], says: str
) -> None:
    answer = lawyer.post(f"/cases/{case_no}/services", **{**SERVED, **changed})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in plain(html)
    assert '<option value="mail" selected>' in html
    assert "全部字段" not in html
    with installation.reading() as session:
        assert queries.service_rows(session, case_no) == []


def test_a_settlement_is_recorded_and_no_longer_blocks(lawyer: Desk, installation: Installation, case_no: str) -> None:
    answer = lawyer.post(f"/cases/{case_no}/settlements", **SETTLED)
    assert answer.status_code == 303
    (row,) = rows_of(installation, SettlementAttempt)
    assert (row.offer, row.outcome, row.recorded_by) == (SETTLED["offer"], "refused", lawyer.email)
    words = lawyer.read(f"/cases/{case_no}/contacts")
    assert "借款人拒绝" in words
    assert SETTLED["offer"] not in words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"result": "agreed"}, "「履行期至」"),
        ({"offer": " "}, "「提出的方案」必填"),
        ({"channel": "pigeon"}, "「方式」"),
        ({"loan_no": "HM0003"}, "「贷款」"),
        ({"attempted_on": "2999-01-01"}, "不得晚于今日"),
    ],
)
def test_a_settlement_that_cannot_be_is_refused_with_entries_kept(
    lawyer: Desk, installation: Installation, case_no: str, changed: dict[str, str], says: str
) -> None:
    answer = lawyer.post(f"/cases/{case_no}/settlements", **{**SETTLED, **changed})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in plain(html)
    assert "减免罚息" in html or not changed.get("offer", "x").strip()
    assert rows_of(installation, SettlementAttempt) == []


def test_who_may_not_record_sees_no_form(desk: Callable[..., Desk], case_no: str) -> None:
    auditor = desk("auditor")
    assert "登记送达" not in auditor.read(f"/cases/{case_no}/contacts")
    assert auditor.post(f"/cases/{case_no}/services", **SERVED).status_code == 403
    assert desk("compliance").post(f"/cases/{case_no}/settlements", **SETTLED).status_code == 403
