"""The derivation leaves nothing to be believed: each sum is itemised, and a clerk with a calculator comes to the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings

from legal_service.accounts.cap_derivation import Stretch, outstanding
from legal_service.accounts.explanation import explanation
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.statement import compute
from tests.accounts.a_loan import RULES, a_loan, charged, day, instalment, paid, rate, statement_of, waived
from tests.accounts.loans_at_random import loans

FEN = Decimal("0.01")


def section(text: str, title: str, end: str) -> str:
    return text.partition(title)[2].partition(end)[0]


def test_the_ceiling_lists_the_principal_outstanding_day_by_day() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00"), waived("2026-03-20", "principal", "100.00"))
    statement = statement_of(loan, "2026-04-25")
    # 3,000.00 for 31 days; 2,000.00 for 33; 1,900.00 for 36
    assert outstanding(statement) == (
        Stretch(day("2026-01-15"), day("2026-02-15"), 300000),
        Stretch(day("2026-02-15"), day("2026-03-20"), 200000),
        Stretch(day("2026-03-20"), day("2026-04-25"), 190000),
    )
    text = section(explanation(statement, "zh"), "六、", "七、")
    assert "    2026-02-15 – 2026-03-20: 2000.00 × 33 = 66000.00" in text
    products = [Decimal(one) for one in re.findall(r"^    .* × \d+ = ([\d.]+)$", text, re.M)]
    assert sum(products) == Decimal("227400.00")
    assert "全程上限 = 227400.00 × 0.24 / 365 = 149.52" in text


@settings(max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(loans())
def test_the_products_add_up_to_what_the_test_counted(dealt: tuple[LoanFacts, date]) -> None:
    statement = compute(*dealt, RULES)
    assert sum(one.product for one in outstanding(statement)) == statement.cap.principal_days


def test_what_was_charged_over_the_life_is_told_by_component() -> None:
    loan = a_loan(charged("2026-02-16", "service_fee", "20.00"), compound=True)
    text = explanation(statement_of(loan, "2026-03-27"), "zh")
    # interest 30 + 20; penalty 40 and 12 days of 0.50; compound 0.60 and 0.12
    assert "全程计收 = 期内利息 50.00 + 罚息 26.00 + 复利 0.72 + 费用 20.00 = 96.72" in text


def test_every_period_stands_beside_its_bounds_over_them_or_within() -> None:
    text = section(explanation(statement_of(a_loan(paid("2026-02-25", "500.00")), "2026-03-20"), "zh"), "六、", "七、")
    assert (
        "第 1 期：期内利息 30.00 对 3000.00 × 0.24 / 12 = 60.00；罚息加复利 11.15 + 0.00 = 11.15 对 "
        "1000.00 × 0.24 × 10 / 365 + 535.00 × 0.24 × 23 / 365 = 14.67；未超出" in text
    )
    assert "第 2 期：期内利息 20.00 对 2000.00 × 0.24 / 12 = 40.00" in text
    over = explanation(statement_of(a_loan(annual_rate=360000, penalty_uplift=0), "2026-03-15"), "zh")
    assert "第 2 期：期内利息 60.00 对 2000.00 × 0.24 / 12 = 40.00；超出 20.00" in over
    assert "共测试 2 期，其中 2 期超出" in over
    alone = explanation(statement_of(a_loan(method="interest_only", compound=True), "2026-03-27"), "en")
    assert "penalty and compound 0.00 + 0.60 = 0.60 against 0.00 (no overdue principal); over by 0.60" in alone


def test_interest_under_several_rates_shows_its_parts() -> None:
    loan = a_loan(method="bullet", rates=(rate("2026-01-20", "0.10"), rate("2026-02-01", "0.18")))
    statement = statement_of(loan, "2026-02-15")
    text = explanation(statement, "en")
    parts = re.findall(r"– [\d-]+: ([\d.]+) × ([\d.]+) × (\d+) / (\d+) = ([\d.]+)", section(text, "2. What", "3. "))
    # 3,000.00: 5 days at 12 % = 5.00, 12 at 10 % = 10.00, 14 at 18 % = 21.00
    assert [one[2] for one in parts] == ["5", "12", "14"]
    for base, yearly, days, year, amount in parts:
        exact = Decimal(base) * Decimal(yearly) * int(days) / int(year)
        assert exact.quantize(FEN, ROUND_HALF_UP) == Decimal(amount)
    assert "together 5.00 + 10.00 + 21.00 = 36.00" in text
    assert statement.interest == 3600


def test_the_equal_instalment_is_derived_once_where_the_schedule_is_ours() -> None:
    loan = a_loan(method="equal_instalment", principal=1_200_000, term_months=12)
    text = explanation(statement_of(loan, "2026-03-01"), "zh")
    assert text.count("M = P·r·(1+r)^n / ((1+r)^n − 1)") == 1
    assert "自第 1 期起 M = 12000.00 × 0.12/12 × (1 + 0.12/12)^12 / ((1 + 0.12/12)^12 − 1) = 1066.19" in text
    grown = (1 + Decimal("0.12") / 12) ** 12
    assert (12000 * Decimal("0.12") / 12 * grown / (grown - 1)).quantize(FEN, ROUND_HALF_UP) == Decimal("1066.19")
    given_ = a_loan(method="equal_instalment", instalments=(instalment(1, "2026-02-15", "3000", "30"),))
    assert "P·r" not in explanation(statement_of(given_, "2026-03-01"), "zh")
    free = a_loan(method="equal_instalment", annual_rate=0)
    assert "自第 1 期起 M = 3000.00 / 3 = 1000.00" in explanation(statement_of(free, "2026-03-01"), "zh")


def test_a_dated_rate_derives_the_instalment_anew() -> None:
    loan = a_loan(method="equal_instalment", term_months=6, rates=(rate("2026-03-15", "0.18"),))
    text = explanation(statement_of(loan, "2026-05-01"), "zh")
    assert re.search(r"自第 3 期起 M = [\d.]+ × 0\.18/12 × \(1 \+ 0\.18/12\)\^4 ", text)
