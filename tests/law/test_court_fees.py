"""Court fees against the quick formulas of the courts, over the whole range and at every edge."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from legal_service.law import files
from legal_service.law.court_fees import fee

ON = date(2026, 1, 5)
ACCEPTANCE = [
    (10_000, "0", "50"), (100_000, "0.025", "-200"), (200_000, "0.02", "300"), (500_000, "0.015", "1300"),
    (1_000_000, "0.01", "3800"), (2_000_000, "0.009", "4800"), (5_000_000, "0.008", "6800"),
    (10_000_000, "0.007", "11800"), (20_000_000, "0.006", "21800"), (10**12, "0.005", "41800"),
]  # fmt: skip
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
