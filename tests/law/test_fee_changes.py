"""What a change does to a fee, for every sum (the worked cases are in cases/fee_changes.yaml)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service import definitions
from legal_service.law import files
from legal_service.law.court_fees import Track, fee
from legal_service.law.fee_changes import Change, FeeChange, Outcome, TrackBefore, reckon

ON = date(2026, 1, 5)
CASES = Path(__file__).parent / "cases"

sums = st.integers(0, 10**10)
tracks = st.sampled_from(get_args(Track))


def _change(change: Change) -> FeeChange:
    return reckon(change, files.parameters(), files.calendar(), on=ON)


@settings(max_examples=150, deadline=None)
@given(sums, sums, tracks, tracks, st.sampled_from(["pending", "judgment", "mediation", "withdrawal"]))
def test_what_is_paid_in_the_end_is_the_fee_of_what_the_case_became(
    before: int, after: int, track_before: TrackBefore, track_after: Track, ended: Outcome
) -> None:
    found = _change(Change(before, after, track_before, track_after, ended=ended))
    assert found.paid + found.top_up - found.refund == found.due
    assert 0 in (found.top_up, found.refund)
    assert found.own_cost == 0
    once = "judgment" if ended == "pending" else ended
    assert found.due == fee("court", files.parameters(), on=ON, amount=after, track=track_after, ended=once).fee  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(sums, sums, tracks)
def test_a_late_reduction_refunds_nothing_and_an_early_one_what_the_late_one_costs(
    one: int, other: int, track: Track
) -> None:
    low, high = sorted((one, other))
    early = _change(Change(high, low, track, track))
    late = _change(Change(high, low, track, track, stage="after_investigation_ended"))
    assert (late.refund, late.top_up, late.due) == (0, 0, late.before.fee)
    assert late.own_cost == early.refund


@settings(max_examples=60, deadline=None)
@given(sums, sums)
def test_up_and_down_again_in_time_comes_to_nothing(one: int, other: int) -> None:
    low, high = sorted((one, other))
    there = _change(Change(low, high, "ordinary", "ordinary"))
    back = _change(Change(high, low, "ordinary", "ordinary", paid=there.due))
    assert there.top_up == back.refund


def test_a_working_names_each_fee_the_rule_and_the_balance() -> None:
    found = _change(Change(10_000_000, 30_000_000, "ordinary", "ordinary"))
    assert [line.zh for line in found.working] == [
        "变更前：不超过 10,000.00 元的部分：固定 50.00 元",
        "变更前：超过 10,000.00 元的部分：90,000.00 × 2.5% = 2,250.00 元",
        "变更前：合计 2,300.00 元",
        "变更前：四舍五入到分：2,300.00 元",
        "诉讼请求由 100,000.00 元变更为 300,000.00 元",
        "增加诉讼请求数额，按增加后的数额补交",
        "变更后：不超过 10,000.00 元的部分：固定 50.00 元",
        "变更后：超过 10,000.00 元的部分：90,000.00 × 2.5% = 2,250.00 元",
        "变更后：超过 100,000.00 元的部分：100,000.00 × 2% = 2,000.00 元",
        "变更后：超过 200,000.00 元的部分：100,000.00 × 1.5% = 1,500.00 元",
        "变更后：合计 5,800.00 元",
        "变更后：四舍五入到分：5,800.00 元",
        "应交 5,800.00 元，已交 2,300.00 元，补交 3,500.00 元",
    ]


def test_the_two_figures_of_a_converted_payment_order_are_shown() -> None:
    found = _change(Change(10_000_000, 10_000_000, "payment_order", "ordinary"))
    assert found.working[-1].zh.endswith("如可抵扣 766.67 元，补交 1,533.33 元")
    assert [one.zh for one in found.awaiting] == ["「补交」是否抵扣已交的支付令申请费，条文未明，待律师或受理法院确认"]


@pytest.mark.parametrize("name", ["court_fees", "fee_changes", "guarantee", "limitation"])
def test_every_worked_case_names_its_source(name: str) -> None:
    cases = definitions.load_all(CASES)[name]
    assert [case["says"] for case in cases if not case.get("source")] == []
