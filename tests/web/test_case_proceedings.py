"""The proceedings of a case on its page: recording what the court did, taking it back, forcing a move with a second person."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from legal_service import clock
from legal_service.cases import queries
from legal_service.cases.operations.proceedings import enter
from legal_service.installation import Installation
from tests.web.a_case import a_case, version_in
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]

TODAY = clock.today()


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    """A case handed in to a court ten days ago."""
    number = a_case(installation, tmp_path)
    with installation.transaction(installation.actor(None)) as tx:
        case = queries.case_row(tx.session, number)
        case.stage, case.stage_since = "submitted", TODAY - timedelta(days=10)
        tx.session.flush()
        told = {"court": "某区人民法院", "receipt": "R-1"}
        enter(tx, case=case, kind="handed_in", on=TODAY - timedelta(days=10), data=told)
    return number


def test_a_return_is_recorded_with_its_reason_and_shown_with_its_history(lawyer: Desk, case_no: str) -> None:
    form = lawyer.read(f"/cases/{case_no}/proceedings?step=correction_required")
    assert "退回原因" in form
    assert "补正期限" in lawyer.read(f"/cases/{case_no}/proceedings")
    told = {"step": "correction_required", "on": TODAY.isoformat(), "data-return_reason": "seal_missing"}
    answer = lawyer.post(f"/cases/{case_no}/events", **told)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case_no}/proceedings")
    words = lawyer.read(f"/cases/{case_no}/proceedings")
    assert "退回补正（缺少签章）" in words
    assert "某区人民法院 R-1 △ 退回补正" in words
    assert "法院指定的期限" not in words  # the court gave no day, and none is invented


def test_a_field_left_empty_is_named_and_nothing_is_recorded(lawyer: Desk, case_no: str) -> None:
    answer = lawyer.post(f"/cases/{case_no}/events", step="correction_required", on=TODAY.isoformat())
    assert answer.status_code == 422
    assert "return_reason" in plain(answer.get_data(as_text=True))
    assert "程序事项 1" in lawyer.read(f"/cases/{case_no}/proceedings")


def test_moving_with_what_the_court_told(lawyer: Desk, installation: Installation, case_no: str) -> None:
    page = lawyer.get(f"/cases/{case_no}/proceedings?step=accepted").get_data(as_text=True)
    told = {"target": "accepted", "on": TODAY.isoformat(), "version": version_in(page)}
    number = {"data-number": "(2026)沪0115民初 77号", "data-track": "simplified"}
    assert lawyer.post(f"/cases/{case_no}/move", **told, **number).status_code == 303
    words = lawyer.read(f"/cases/{case_no}/proceedings")
    assert "（2026）沪0115民初77号" in words
    assert "审理程序： 简易程序" in words
    assert case_no in plain(lawyer.post("/search", q="（2026）沪0115民初77号").get_data(as_text=True))
    assert "简易程序审限" in lawyer.read(f"/cases/{case_no}/deadlines")


def test_an_event_is_taken_back_on_the_page(lawyer: Desk, case_no: str) -> None:
    told = {"step": "correction_required", "on": TODAY.isoformat(), "data-return_reason": "other"}
    lawyer.post(f"/cases/{case_no}/events", **told)
    page = lawyer.get(f"/cases/{case_no}/proceedings").get_data(as_text=True)
    (number,) = re.findall(r'name="event" value="(\d+)"', page)  # what the move recorded is not taken back alone
    assert lawyer.post(f"/cases/{case_no}/events/withdraw", event=number).status_code == 303
    assert "已撤销登记" in lawyer.read(f"/cases/{case_no}/proceedings")


def test_a_forced_move_is_asked_by_one_and_granted_by_another(
    desk: Sign, lawyer: Desk, installation: Installation, case_no: str
) -> None:
    lawyer.post(
        f"/cases/{case_no}/events",
        **{"step": "correction_required", "on": TODAY.isoformat(), "data-return_reason": "other"},
    )
    asked = {"target": "accepted", "on": TODAY.isoformat(), "reason": "法院电话告知已立案"}
    assert lawyer.post(f"/cases/{case_no}/force", **asked).status_code == 303
    page = lawyer.get(f"/cases/{case_no}/proceedings").get_data(as_text=True)
    assert "待第二人决定" in plain(page)
    assert 'name="decision"' not in page, "who asked does not decide"
    second = desk("compliance")
    page = second.get(f"/cases/{case_no}/proceedings").get_data(as_text=True)
    (request,) = re.findall(r'name="request" value="(\d+)"', page)
    assert lawyer.post(f"/cases/{case_no}/force/decide", request=request, decision="grant").status_code == 403
    assert second.post(f"/cases/{case_no}/force/decide", request=request, decision="grant").status_code == 303
    with installation.reading() as session:
        assert queries.case_row(session, case_no).stage == "accepted"
    assert "✓ 批准" in second.read(f"/cases/{case_no}/proceedings")
