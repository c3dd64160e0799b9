"""Repayment schedules (contract.md 5a)."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.accounts.schedule import Terms, build, months_after
from legal_service.errors import Refusal
from legal_service.money import parse_amount, parse_rate


def terms(method: str = "equal_instalment", **changes: object) -> Terms:
    usual: dict[str, object] = {
        "principal": parse_amount("12000"),
        "annual_rate": parse_rate("0.18"),
        "months": 12,
        "method": method,
        "disbursed_on": date(2026, 1, 15),
        "first_due_on": date(2026, 2, 15),
        "day_count": 360,
    }
    return Terms(**{**usual, **changes})  # type: ignore[arg-type]


def test_equal_instalments_as_any_bank_prints_them() -> None:
    # 12,000 at 1.5 % a month over 12 months: 12000 × 0.015 × 1.015^12 / (1.015^12 − 1) = 1100.1599…
    built = build(terms())
    assert built.payment == 110016
    first, last = built.rows[0], built.rows[-1]
    assert (first.principal, first.interest, first.balance) == (92016, 18000, 1107984)
    assert all(row.principal + row.interest == 110016 for row in built.rows[:-1])
    assert last.balance == 0
    assert sum(row.principal for row in built.rows) == 1200000
    assert last.interest == 1626  # 1083.90 × 1.5 % = 16.2585, rounded up
    assert built.total_interest == sum(row.interest for row in built.rows)


def test_equal_principal_leaves_the_rest_to_the_last_instalment() -> None:
    built = build(terms("equal_principal", principal=100000, months=3))
    assert [row.principal for row in built.rows] == [33333, 33333, 33334]
    assert [row.interest for row in built.rows] == [1500, 1000, 500]  # 666.67 × 1.5 % = 10.00; 333.34 × 1.5 % = 5.00
    assert built.payment is None


def test_interest_only_pays_the_principal_with_the_last() -> None:
    built = build(terms("interest_only", months=3))
    assert [row.principal for row in built.rows] == [0, 0, 1200000]
    assert [row.interest for row in built.rows] == [18000, 18000, 18000]
    assert built.payment == 18000


def test_bullet_has_one_due_day_and_interest_by_days() -> None:
    built = build(terms("bullet", first_due_on=date(2027, 1, 15)))
    assert len(built.rows) == 1
    # 12000 × 18 % × 365 days / 360
    assert (built.rows[0].principal, built.rows[0].interest) == (1200000, 219000)
    assert built.payment == 1419000


@pytest.mark.parametrize(("day_count", "interest"), [(360, 21600), (365, 21304)])
def test_irregular_first_period_goes_by_days_on_the_regular_principal(day_count: int, interest: int) -> None:
    # 10 January to 15 February: 36 days; 12000 × 18 % × 36 / 360 = 216.00, / 365 = 213.04
    built = build(terms(disbursed_on=date(2026, 1, 10), day_count=day_count))
    assert built.rows[0].interest == interest
    assert built.rows[0].principal == 92016  # as in a regular month: 1100.16 − 180.00
    assert built.rows[1].interest == 16620  # 11079.84 × 1.5 %
    assert built.payment == 110016


def test_due_days_keep_the_day_of_the_first_and_clamp_at_month_ends() -> None:
    built = build(terms(disbursed_on=date(2023, 12, 31), first_due_on=date(2024, 1, 31), months=4))
    assert [row.due_on for row in built.rows] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    assert all(row.regular for row in built.rows)


def test_the_day_after_january_31_is_february_28_and_that_is_one_month() -> None:
    built = build(terms(disbursed_on=date(2026, 1, 31), first_due_on=date(2026, 2, 28), months=2))
    assert built.rows[0].regular
    assert built.rows[1].due_on == date(2026, 3, 28)  # the day of first_due, not of the disbursement


def test_zero_rate_divides_the_principal() -> None:
    built = build(terms(principal=100000, annual_rate=0, months=3))
    assert [(row.principal, row.interest) for row in built.rows] == [(33333, 0), (33333, 0), (33334, 0)]
    assert built.payment == 33333


def test_one_month_is_the_last_as_well() -> None:
    built = build(terms(months=1))
    assert [(row.principal, row.interest, row.balance) for row in built.rows] == [(1200000, 18000, 0)]


def test_a_few_fen_over_many_months_never_overshoot() -> None:
    built = build(terms("equal_principal", principal=5, annual_rate=0, months=10))  # 0.5 fen rounds to 1
    assert [row.principal for row in built.rows] == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_a_rate_that_changes_on_a_due_day_reprices_what_is_left() -> None:
    changed = build(terms(rates=((date(2026, 4, 15), parse_rate("0.12")),)))
    before, after = changed.rows[:3], changed.rows[3:]
    assert before == build(terms()).rows[:3]
    fresh = build(
        terms(
            principal=before[-1].balance,
            annual_rate=parse_rate("0.12"),
            months=9,
            disbursed_on=date(2026, 4, 15),
            first_due_on=date(2026, 5, 15),
        )
    )
    assert [(row.principal, row.interest) for row in after] == [(row.principal, row.interest) for row in fresh.rows]


def test_a_one_day_rate_within_a_period_counts_one_day() -> None:
    rates = ((date(2026, 1, 20), parse_rate("0.36")), (date(2026, 1, 21), parse_rate("0.18")))
    row = build(terms("interest_only", months=1, rates=rates)).rows[0]
    # 12000: 5 days at 18 % = 30.00, 1 day at 36 % = 12.00, 25 days at 18 % = 150.00
    assert row.interest == 3000 + 1200 + 15000
    assert not row.regular


@pytest.mark.parametrize(
    "wrong",
    [
        {"principal": 0},
        {"annual_rate": -1},
        {"months": 0},
        {"months": 601},
        {"method": "balloon"},
        {"first_due_on": date(2026, 1, 15)},
        {"day_count": 366},
    ],
)
def test_terms_no_schedule_follows_from_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        build(terms(**wrong))
    assert refused.value.code == "schedule_terms"


def test_months_across_a_year_end() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2100, 1, 31), 1) == date(2100, 2, 28)  # 2100 is no leap year
