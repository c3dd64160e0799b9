"""Which ceiling a lender's loans are tested by: the 24 % line for licensed lenders, never four times LPR; else marked for counsel."""

from __future__ import annotations

import pytest

from legal_service.accounts.basis import articles
from tests.accounts.a_loan import a_loan, statement_of


@pytest.mark.parametrize("kind", ["bank", "consumer_finance", "micro_loan"])
def test_a_licensed_lender_is_tested_by_the_24_per_cent_line_and_never_by_lpr(kind: str) -> None:
    statement = statement_of(a_loan(lender_type=kind), "2026-03-15")
    assert statement.doubts == ()
    (said,) = [one for one in articles(statement) if "LPR" in one.decides.zh]
    assert "不适用" in said.decides.zh
    assert said.status == "verified"
    assert statement.cap.rate == 240_000


@pytest.mark.parametrize("kind", ["", "asset_manager"])
def test_a_lender_for_which_no_ceiling_is_known_is_marked(kind: str) -> None:
    statement = statement_of(a_loan(lender_type=kind), "2026-03-15")
    assert [doubt.code for doubt in statement.doubts] == ["no_ceiling_known"]
    assert "待律师确认" in statement.doubts[0].message.zh
    assert not [one for one in articles(statement) if "LPR" in one.decides.zh]
