"""The values of the law a statement takes, from their dated definitions."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.accounts.rules import rules_on
from legal_service.errors import Refusal
from legal_service.law import files


def test_the_cap_is_24_per_cent_and_says_that_the_text_was_not_read() -> None:
    rules = rules_on(files.parameters(), date(2026, 11, 23))
    assert rules.cap_rate == 240000
    assert rules.cap_status == "secondary"
    assert "法发〔2017〕22号" in rules.cap_basis


def test_disclosure_binds_contracts_from_august_2026() -> None:
    assert rules_on(files.parameters(), date(2026, 8, 1)).disclosure_from == date(2026, 8, 1)
    assert rules_on(files.parameters(), date(2026, 7, 31)).disclosure_from is None


def test_a_day_before_the_first_cap_is_refused() -> None:
    with pytest.raises(Refusal):
        rules_on(files.parameters(), date(2017, 8, 3))
