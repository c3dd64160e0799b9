"""`--explain`: every figure derived step by step, so that a clerk with a calculator comes to the same."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from legal_service.accounts.explanation import explanation, steps
from tests.accounts.a_loan import a_loan, charged, day, paid, rate, reversed_, statement_of, waived

LIFE = statement_of(
    a_loan(
        charged("2026-02-16", "service_fee", "20.00", "C1"),
        paid("2026-02-25", "500.00", "R1"),
        paid("2026-02-26", "9.00", "R2"),
        reversed_("2026-02-28", "R2"),
        waived("2026-03-01", "penalty", "1.00"),
        compound=True,
        rates=(rate("2026-03-05", "0.30"),),
        accelerated_on=day("2026-03-20"),
    ),
    "2026-05-01",
)


def test_every_segment_formula_holds_when_recomputed() -> None:
    formulas = re.findall(r": ([\d.]+) × ([\d.]+) × (\d+) / (\d+) = ([\d.]+)", explanation(LIFE, "en"))
    assert len(formulas) >= 8
    for base, a_year, days, year, amount in formulas:
        exact = Decimal(base) * Decimal(a_year) * int(days) / int(year)
        assert exact.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(amount)


def test_what_is_owed_is_due_less_paid_less_waived() -> None:
    sums = re.findall(r"= due ([\d.]+) − paid ([\d.]+) − waived ([\d.]+) = ([\d.]+)", explanation(LIFE, "en"))
    assert len(sums) == 6 + 6  # the statement, and the one beside it without the unproved acceleration
    for due, paid_, waived_, unpaid in sums:
        assert Decimal(due) - Decimal(paid_) - Decimal(waived_) == Decimal(unpaid)
    assert any(Decimal(line[2]) == 1 for line in sums)


def test_the_claim_is_total_less_reduction_less_undisclosed() -> None:
    total, reduction, hidden, claim = re.findall(
        r"claim = ([\d.]+) − reduction ([\d.]+) − undisclosed fees ([\d.]+) = ([\d.]+)", explanation(LIFE, "en")
    )[0]
    assert Decimal(total) - Decimal(reduction) - Decimal(hidden) == Decimal(claim)
    assert int(Decimal(claim) * 100) == LIFE.claim.total


def test_both_languages_carry_the_same_numbers() -> None:
    for step in steps(LIFE):
        if "：" in step.zh and "Basis" not in step.en:
            assert set(re.findall(r"\d+\.\d{2}", step.zh)) == set(re.findall(r"\d+\.\d{2}", step.en))


def test_reversed_payments_and_doubts_are_said() -> None:
    text = explanation(LIFE, "zh")
    assert "R2 9.00 已于 2026-02-28 冲正，视为不存在〔posting:R2, posting:X1〕" in text
    assert "注意：按 2026-03-20 提前到期计算" in text
    assert "自 2026-03-05 起年利率 30%" in text
