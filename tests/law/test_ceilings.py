"""Which ceiling for whose loan: four times the LPR is never the test in court for a licensed lender."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.errors import Refusal
from legal_service.law import files
from legal_service.law.ceilings import Ceilings, ceilings
from legal_service.law.published.tables import Published, Quote

ON = date(2026, 11, 23)
MADE = date(2026, 2, 10)
QUOTES = Published(
    quotes=(
        Quote(date(2026, 1, 20), 30_500, "公告一", "verified"),
        Quote(date(2026, 11, 20), 28_000, "公告二", "verified"),
    )
)


def _found(lender: Any, table: Published = QUOTES, **changes: Any) -> Ceilings:
    return ceilings(lender, files.parameters(), table, **({"contract_on": MADE, "on": ON} | changes))


@pytest.mark.parametrize("lender", ["bank", "consumer_finance", "micro_loan"])
@pytest.mark.parametrize("plaintiff", ["lender", "asset_manager", "private_assignee"])
def test_in_court_a_licensed_lenders_loan_meets_the_24_per_cent_line_and_never_the_lpr(
    lender: str, plaintiff: Any
) -> None:
    found = _found(lender, plaintiff=plaintiff)
    in_court = [(one.kind, one.rate) for one in found.apply if one.where == "court"]
    assert in_court == [("financial_line", 240_000)]
    assert found.apply[0].because[0].status == "awaiting_counsel"
    assert found.not_lpr is not None and found.not_lpr.status == "verified"
    if plaintiff != "lender":
        assert found.warnings[-1].status == "awaiting_counsel"


@pytest.mark.parametrize(
    ("lender", "basis"),
    [
        ("bank", "民间借贷规定(2020第二次修正) 第一条第二款"),
        ("consumer_finance", "民间借贷规定(2020第二次修正) 第一条第二款"),
        ("micro_loan", "法释〔2020〕27号"),
    ],
)
def test_why_the_lpr_is_not_the_test(lender: str, basis: str) -> None:
    found = _found(lender).not_lpr
    assert found is not None and found.basis == basis


def test_a_micro_loan_company_has_its_regulators_aims_beside_and_they_are_no_test_in_court() -> None:
    found = _found("micro_loan")
    assert [(one.kind, one.where, one.rate) for one in found.apply[1:]] == [
        ("new_loans", "regulator", 240_000),
        ("regulatory_target", "regulator", 112_000),  # 2.8 % × 4
    ]
    assert found.apply[1].because[0].status == "awaiting_counsel"
    assert found.apply[2].because[0].status == "awaiting_counsel"
    assert "2027" in found.apply[2].because[0].words.zh
    assert [one.code for one in found.warnings] == ["line_for_micro_loans"]


def test_the_regulators_limit_for_new_loans_does_not_reach_older_contracts_nor_earlier_days() -> None:
    older = _found("micro_loan", contract_on=date(2025, 12, 30))
    assert [one.kind for one in older.apply] == ["financial_line", "regulatory_target"]
    earlier = _found("micro_loan", contract_on=date(2025, 1, 5), on=date(2025, 12, 30))
    assert [one.kind for one in earlier.apply] == ["financial_line"]


def test_private_lending_bears_four_times_the_quote_at_the_making_of_the_contract() -> None:
    found = _found("unlicensed")
    assert [(one.kind, one.where, one.rate) for one in found.apply] == [
        ("private_lending", "court", 122_000)
    ]  # 3.05 % × 4
    assert found.not_lpr is None
    told = found.apply[0].because[0]
    assert "3.05% × 4 = 12.2%" in told.words.zh and "公告一" in told.words.zh and "第二十五条" in told.basis


def test_without_a_quote_the_multiple_is_unknown() -> None:
    found = _found("unlicensed", Published())
    assert found.apply[0].rate is None
    assert "unknown: no quote for 2026-02-10" in found.apply[0].because[0].words.en
    assert _found("micro_loan", Published()).apply[2].rate is None


def test_private_lending_before_2021_needs_counsel() -> None:
    with pytest.raises(Refusal) as refused:
        _found("unlicensed", contract_on=date(2020, 12, 31))
    assert refused.value.code == "before_first_value"
