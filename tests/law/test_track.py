"""Which procedure: thresholds worked by hand from a wage of 100,000.01; a missing figure is unknown; what shuts a way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.law import files
from legal_service.law.published.tables import Published, Wage
from legal_service.law.track import ClaimFacts, Track, suggest
from legal_service.money import parse_amount

ON = date(2026, 11, 23)
WAGE = Wage("浙江省", 2025, 10_000_001, "浙江省统计局公报", date(2026, 6, 18), "verified")
TABLE = Published({("浙江省", 2025): WAGE})


def _found(amount: str = "20000.00", table: Published = TABLE, **changes: Any) -> Track:
    values: dict[str, Any] = {"filed_on": ON, "amount": parse_amount(amount), "province": "浙江省"}
    return suggest(ClaimFacts(**(values | changes)), files.parameters(), table, files.calendar())


def _codes(found: Track, procedure: Any) -> list[str]:
    return [one.code for one in found.way(procedure).because]


def _warned(found: Track) -> list[str]:
    return [one.code for one in found.warnings]


@pytest.mark.parametrize(
    ("amount", "open", "suggested"),
    [
        ("50000.00", "mandatory", "small_claims"),  # half of 100,000.01 is 50,000.005: no claim of 50,000.01
        ("50000.01", "by_agreement", "simplified"),
        ("200000.02", "by_agreement", "simplified"),  # twice 100,000.01
        ("200000.03", "no", "simplified"),
    ],
)
def test_the_threshold_to_the_fen(amount: str, open: str, suggested: str) -> None:
    found = _found(amount)
    assert (found.way("small_claims").open, found.suggested) == (open, suggested)
    assert (found.threshold.mandatory, found.threshold.agreed) == (5_000_000, 20_000_002)


def test_the_reason_prints_figure_source_and_day() -> None:
    told = _found().way("small_claims").because[0]
    for part in ("20,000.00", "100,000.01", "浙江省 2025", "2026-06-18", "浙江省统计局公报"):
        assert part in told.words.zh
    assert (told.basis, told.status) == ("民事诉讼法(2023修正) 第一百六十五条第一款", "verified")


def test_an_unread_figure_marks_the_reason() -> None:
    unread = Published({("浙江省", 2025): Wage("浙江省", 2025, 10_000_000, "新闻", date(2026, 6, 18), "secondary")})
    assert _found(table=unread).way("small_claims").because[0].status == "secondary"


@pytest.mark.parametrize("province", ["广东省", "浙江省", ""])
def test_without_a_figure_it_is_unknown_never_guessed(province: str) -> None:
    found = _found(table=Published(), province=province)
    assert found.way("small_claims").open == "unknown"
    assert found.suggested == "simplified"
    assert (found.threshold.mandatory, found.threshold.agreed, found.threshold.wage) == (None, None, None)
    assert found.threshold.unknown is not None
    assert found.threshold.unknown.en == f"unknown: no figure for {province or 'province not known'} 2025"
    assert "no_wage_figure" in _warned(found)


@pytest.mark.parametrize("why", ["appraisal", "foreign", "counterclaim"])
def test_what_excludes_small_claims(why: str) -> None:
    found = _found(**{why: True})
    assert found.way("small_claims").open == "no"
    assert _codes(found, "small_claims") == ["small_claims_excluded"]
    assert found.suggested == "simplified"


def test_a_missing_defendant_leaves_the_ordinary_procedure_perhaps_with_one_judge() -> None:
    found = _found(missing_party=True)
    assert [found.way(each).open for each in ("small_claims", "simplified", "payment_order")] == ["no", "no", "no"]
    assert found.suggested == "ordinary"
    assert _codes(found, "ordinary") == ["ordinary", "ordinary_single_judge"]
    told = found.way("simplified").because[0]
    assert "第一百四十条、第二百五十七条第（一）项" in told.basis
    assert "no_announcement" in _warned(found)


def test_a_contested_claim_is_ordinary_and_simplified_only_by_agreement() -> None:
    found = _found(clear=False)
    assert found.way("simplified").open == "by_agreement"
    assert (found.way("small_claims").open, found.suggested) == ("no", "ordinary")
    assert _codes(found, "ordinary") == ["ordinary"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"pre_suit_preservation": True}, "payment_order_preservation"),
        ({"until_paid": True}, "payment_order_sum"),
        ({"agreed_charges": False}, "payment_order_sum"),
        ({"missing_party": True}, "debtor_missing"),
        ({"in_mainland": False}, "debtor_abroad"),
    ],
)
def test_what_bars_a_payment_order(facts: dict[str, Any], code: str) -> None:
    found = _found(**facts)
    assert found.way("payment_order").open == "no"
    assert _codes(found, "payment_order") == [code]
    assert _warned(found)[0] == code


def test_the_bar_of_preservation_cites_item_seven() -> None:
    told = _found(pre_suit_preservation=True).way("payment_order").because[0]
    assert told.basis == "民事诉讼法解释(2022修正) 第四百二十七条第一款第（七）项；督促程序规定 第五条第（四）项"


def test_an_open_payment_order_warns_of_what_nobody_recorded_and_of_guarantors() -> None:
    found = _found(guarantors=2)
    assert found.way("payment_order").open == "yes"
    assert _warned(found)[:3] == ["payment_order_preservation", "payment_order_sum", "payment_order_guarantor"]
    assert found.warnings[2].basis == "民事诉讼法解释(2022修正) 第四百三十四条"
    settled = _found(pre_suit_preservation=False, until_paid=False, missing_party=False)
    assert "payment_order_preservation" not in _warned(settled) and "no_announcement" not in _warned(settled)


def test_judicial_confirmation_within_thirty_days_and_only_with_a_body() -> None:
    agreed = {"mediated_on": date(2026, 10, 9)}  # + 30 days: Sunday 8 November, so Monday the 9th
    assert (
        _found(**agreed, by_mediation_body=True, filed_on=date(2026, 11, 9)).way("judicial_confirmation").open == "yes"
    )
    assert (
        _found(**agreed, by_mediation_body=True, filed_on=date(2026, 11, 10)).way("judicial_confirmation").open == "no"
    )
    assert (
        _found(**agreed, by_mediation_body=False, filed_on=date(2026, 11, 9)).way("judicial_confirmation").open == "no"
    )
    assert _found(**agreed, filed_on=date(2026, 11, 9)).way("judicial_confirmation").open == "unknown"
    assert _found().way("judicial_confirmation").open == "no"


def test_a_filing_of_2023_cites_the_old_number_of_the_payment_order() -> None:
    told = _found(filed_on=date(2023, 6, 1), table=Published()).way("payment_order").because[0]
    assert told.basis.startswith("民事诉讼法(2021修正) 第二百二十一条")
