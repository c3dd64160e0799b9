"""Enforcement on the case's page: a clue masked until it is asked for, a measure with its end, terms against the claim."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from legal_service import clock
from legal_service.cases import queries
from legal_service.installation import Installation
from tests.web.a_case import a_case
from tests.web.conftest import Desk, plain

TODAY = clock.today()


@pytest.fixture
def case_no(installation: Installation, tmp_path: Path) -> str:
    number = a_case(installation, tmp_path)
    with installation.transaction(installation.actor(None)) as tx:
        case = queries.case_row(tx.session, number)
        case.stage, case.stage_since = "effective", TODAY - timedelta(days=60)
        tx.session.flush()
        from legal_service.access.operations import record

        record(tx, action="test.stage", subject="test")
    return number


def send(lawyer: Desk, case_no: str, record: str, **told: str) -> int:
    fields = {f"data-{name}": value for name, value in told.items()}
    return lawyer.post(f"/cases/{case_no}/enforcement", record=record, **fields).status_code


def test_from_a_clue_to_a_freeze_and_its_end_on_the_docket(lawyer: Desk, case_no: str) -> None:
    clue = {"kind": "deposit", "party": "borrower", "description": "某银行账户 6688", "source": "creditor"}
    assert send(lawyer, case_no, "clue", **clue, found_on=TODAY.isoformat()) == 303
    assert "6688" not in lawyer.read(f"/cases/{case_no}/enforcement")
    shown = lawyer.post(f"/cases/{case_no}/enforcement/reveal", clue="1", why="filing")
    assert "某银行账户 6688" in plain(shown.get_data(as_text=True))
    measure = {"kind": "freeze_deposit", "regime": "in_suit", "party": "borrower", "clue_id": "1", "amount": "5000.00"}
    assert send(lawyer, case_no, "measure", **measure, asked_on=TODAY.isoformat()) == 303
    assert send(lawyer, case_no, "entry", measure_id="1", kind="took_effect", on=TODAY.isoformat(), rank="1") == 303
    words = lawyer.read(f"/cases/{case_no}/enforcement")
    assert "M-1 冻结存款" in words
    assert "首封 ✓ 有效" in words
    assert "存款冻结届满 M-1" in lawyer.read(f"/cases/{case_no}/deadlines")


def test_terms_stand_beside_the_claim_and_what_is_owed_on_them(lawyer: Desk, case_no: str) -> None:
    due = (TODAY - timedelta(days=10)).isoformat()
    term = {"component": "principal", "party": "borrower", "claimed": "10000.00", "awarded": "10000.00", "due_on": due}
    assert send(lawyer, case_no, "term", **term) == 303
    less = term | {"component": "penalty", "claimed": "800.00", "awarded": "500.00"}
    assert send(lawyer, case_no, "term", **less) == 422
    assert send(lawyer, case_no, "term", **less, reason="调减") == 303
    words = lawyer.read(f"/cases/{case_no}/enforcement")
    assert "罚息 借款人 800.00 500.00 调减" in words
    assert "加倍部分债务利息 17.50" in words  # 10,000.00 × 0.0175 % × 10 days
    assert "尚欠 10,517.50" in words or "尚欠 10517.50" in words


def test_a_field_that_is_wrong_is_named(lawyer: Desk, case_no: str) -> None:
    answer = lawyer.post(f"/cases/{case_no}/enforcement", **{"record": "recovery", "data-reference": "R1"})
    assert answer.status_code == 422
    assert "received_on" in plain(answer.get_data(as_text=True))
