"""The values of the law a statement takes, from their dated definitions."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.accounts.explanation import explanation
from legal_service.accounts.rules import rules_on
from legal_service.errors import Refusal
from legal_service.law import files
from tests.accounts.a_loan import a_loan, statement_of


def test_the_cap_is_24_per_cent_and_says_that_the_text_was_not_read() -> None:
    rules = rules_on(files.parameters(), date(2026, 11, 23))
    assert rules.cap_rate == 240000
    assert rules.cap_status == "awaiting_counsel"
    assert "法发〔2017〕22号" in rules.cap_basis


def test_disclosure_binds_contracts_from_august_2026() -> None:
    assert rules_on(files.parameters(), date(2026, 8, 1)).disclosure_from == date(2026, 8, 1)
    assert rules_on(files.parameters(), date(2026, 7, 31)).disclosure_from is None


def test_a_day_before_the_first_cap_is_refused() -> None:
    with pytest.raises(Refusal):
        rules_on(files.parameters(), date(2017, 8, 3))


def test_the_band_of_the_penalty_uplift_is_a_dated_value_for_counsel() -> None:
    band = rules_on(files.parameters(), date(2026, 10, 31)).penalty_band
    assert band is not None
    assert (band.least, band.most, band.most_diverted, band.status) == (30, 50, 100, "awaiting_counsel")
    assert "银发〔2003〕251号" in band.basis


def test_an_uplift_outside_the_band_is_a_doubt_and_one_within_is_none() -> None:
    rules = rules_on(files.parameters(), date(2026, 4, 1))
    for uplift, codes in ((51, ["uplift_outside_band"]), (50, []), (30, []), (0, [])):
        statement = statement_of(a_loan(penalty_uplift=uplift), "2026-04-01", rules)
        assert [doubt.code for doubt in statement.doubts] == codes
    high = statement_of(a_loan(penalty_uplift=80), "2026-04-01", rules).doubts[0]
    assert "上浮 80%，超出逾期贷款 30%–50% 的幅度" in high.message.zh
    assert "awaiting_counsel" in (high.basis or "")
    assert "罚息在合同利率上加收 50%（该条：逾期 30%–50%）" in explanation(
        statement_of(a_loan(), "2026-04-01", rules), "zh"
    )
