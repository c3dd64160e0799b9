"""Court fees against the quick formulas of the courts, over the whole range and at every edge."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.law import files
from legal_service.law.court_fees import Ended, Kind, Rounding, Track, fee

ON = date(2026, 1, 5)
ACCEPTANCE = [
    (10_000, "0", "50"), (100_000, "0.025", "-200"), (200_000, "0.02", "300"), (500_000, "0.015", "1300"),
    (1_000_000, "0.01", "3800"), (2_000_000, "0.009", "4800"), (5_000_000, "0.008", "6800"),
    (10_000_000, "0.007", "11800"), (20_000_000, "0.006", "21800"), (10**12, "0.005", "41800"),
]  # fmt: skip
PRESERVATION = [(1_000, "0", "30"), (100_000, "0.01", "20"), (896_000, "0.005", "520"), (10**12, "0", "5000")]
ENFORCEMENT = [
    (10_000, "0", "50"), (500_000, "0.015", "-100"), (5_000_000, "0.01", "2400"), (10_000_000, "0.005", "27400"),
    (10**12, "0.001", "67400"),
]  # fmt: skip


def _quick(table: list[tuple[int, str, str]], yuan: Decimal) -> Decimal:
    rate, constant = next((rate, constant) for top, rate, constant in table if yuan <= top)
    return yuan * Decimal(rate) + Decimal(constant)


def _fen(yuan: Decimal) -> int:
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _amounts(table: list[tuple[int, str, str]]) -> list[int]:
    edges = [top * 100 + near for top, _, _ in table[:-1] for near in (-1, 0, 1)]
    return edges + [number * 7_919_113 for number in range(1, 400)]


@pytest.mark.parametrize("amount", _amounts(ACCEPTANCE))
def test_acceptance_payment_order_and_halves(amount: int) -> None:
    law = files.parameters()
    exact = _quick(ACCEPTANCE, Decimal(amount) / 100)
    assert fee("court", law, on=ON, amount=amount).fee == _fen(exact)
    half = fee("court", law, on=ON, amount=amount, track="simplified", ended="withdrawal")
    assert (half.fee, half.full, half.halved) == (_fen(exact / 2), _fen(exact), True)
    assert fee("payment_order", law, on=ON, amount=amount).fee == _fen(exact / 3)
    assert fee("appeal", law, on=ON, amount=amount, track="simplified").fee == _fen(exact)


@pytest.mark.parametrize("amount", _amounts(ENFORCEMENT))
def test_enforcement(amount: int) -> None:
    exact = _quick(ENFORCEMENT, Decimal(amount) / 100)
    assert fee("enforcement", files.parameters(), on=ON, amount=amount).fee == _fen(exact)


@pytest.mark.parametrize("amount", _amounts(PRESERVATION))
def test_preservation_with_its_ceiling(amount: int) -> None:
    exact = _quick(PRESERVATION, Decimal(amount) / 100)
    assert fee("preservation", files.parameters(), on=ON, amount=amount).fee == _fen(exact)


UNITS = {"fen": Decimal("0.01"), "yuan": Decimal(1)}
MODES = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN}


@pytest.mark.parametrize("rounding", get_args(Rounding))
@pytest.mark.parametrize("kind", ["court", "payment_order"])
def test_every_rounding_is_done_once_at_the_end(kind: Kind, rounding: Rounding) -> None:
    unit, mode = UNITS[rounding.partition("_")[0]], MODES[rounding.partition("_")[2]]
    for amount in _amounts(ACCEPTANCE)[::7]:
        exact = _quick(ACCEPTANCE, Decimal(amount) / 100) / (1 if kind == "court" else 3)
        expected = int(exact.quantize(unit, mode) * 100)
        assert fee(kind, files.parameters(), on=ON, amount=amount, rounding=rounding).fee == expected, amount


amounts = st.integers(0, 10**11)


@settings(max_examples=200, deadline=None)
@given(
    amounts,
    amounts,
    st.sampled_from(["court", "payment_order", "preservation", "enforcement", "appeal"]),
    st.sampled_from(get_args(Rounding)),
)
def test_a_larger_sum_never_costs_less(one: int, other: int, kind: Kind, rounding: Rounding) -> None:
    low, high = sorted((one, other))
    law = files.parameters()
    cheaper, dearer = (fee(kind, law, on=ON, amount=amount, rounding=rounding).fee for amount in (low, high))
    assert cheaper <= dearer


@settings(max_examples=100, deadline=None)
@given(amounts, st.sampled_from(get_args(Track)), st.sampled_from(get_args(Ended)))
def test_a_fee_is_halved_once_or_not_at_all(amount: int, track: Track, ended: Ended) -> None:
    found = fee("court", files.parameters(), on=ON, amount=amount, track=track, ended=ended)
    exact = _quick(ACCEPTANCE, Decimal(amount) / 100)
    halved = track != "ordinary" or ended != "judgment"
    assert (found.halved, found.full) == (halved, _fen(exact))
    assert found.fee == _fen(exact / 2 if halved else exact)


def test_the_working_says_when_the_rounding_decided() -> None:
    told = fee("court", files.parameters(), on=ON, amount=8_765_432, rounding="yuan_down")
    assert told.working[-1].zh == "舍去元以下尾数（诉讼费用交纳办法未规定尾数取舍，待律师或受理法院确认）：1,991.00 元"
    assert told.rounding_decides


def test_the_working_reads_like_a_clerks_note() -> None:
    found = fee("court", files.parameters(), on=ON, amount=15_000_000, track="simplified")
    assert [line.zh for line in found.working] == [
        "不超过 10,000.00 元的部分：固定 50.00 元",
        "超过 10,000.00 元的部分：90,000.00 × 2.5% = 2,250.00 元",
        "超过 100,000.00 元的部分：50,000.00 × 2% = 1,000.00 元",
        "合计 3,300.00 元",
        "适用简易程序，减半：3,300.00 ÷ 2 = 1,650.00 元",
        "四舍五入到分：1,650.00 元",
    ]


def test_the_article_of_the_single_halving_is_named() -> None:
    found = fee("court", files.parameters(), on=ON, amount=15_000_000, ended="mediation")
    assert "第二百零六条" in found.basis
    assert "第十五条" in found.basis
