"""The 24 % test by period and over the life: the lower of the two is claimed (contract.md 4; law.md 3.1)."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import compute
from tests.accounts.a_loan import a_loan, charged, day, instalment, statement_of
from tests.accounts.loans_at_random import loans

RULES = Rules(cap_rate=240_000, cap_basis="法发〔2017〕22号 第二条")


def test_a_loan_cheap_over_its_life_is_still_cut_in_the_period_that_passes_24_per_cent() -> None:
    # 3,000.00: first month 75.00 (30 % a year) against 60.00, second month nothing: the life's ceiling alone would let it pass
    lines = (instalment(1, "2026-02-15", "0", "75"), instalment(2, "2026-03-15", "3000", "0"))
    cap = statement_of(a_loan(instalments=lines), "2026-03-15").cap
    assert cap.charged < cap.ceiling == 11638  # 3,000.00 × 59 days × 24 % / 365
    assert (cap.per_period_reduction, cap.lifetime_reduction, cap.reduction) == (1500, 0, 1500)


def test_a_loan_within_every_period_is_still_cut_over_its_life_for_its_fees() -> None:
    # 24 % exactly in each month, and 100.00 of fees on top: nothing per period, the fees over the life
    lines = (instalment(1, "2026-02-15", "0", "60"), instalment(2, "2026-03-15", "3000", "60"))
    loan = a_loan(charged("2026-01-15", "service_fee", "100.00"), instalments=lines)
    cap = statement_of(loan, "2026-03-15").cap
    assert cap.per_period_reduction == 0
    # charged 60 + 60 + 100 + 28 days of 18 % penalty on nothing; ceiling 116.38
    assert (cap.charged, cap.lifetime_reduction) == (22000, 22000 - 11638)


def test_what_is_cut_in_a_period_is_not_cut_again_over_the_life() -> None:
    lines = (instalment(1, "2026-02-15", "3000", "90"),)
    loan = a_loan(instalments=lines, disbursed_on=day("2026-01-15"))
    cap = statement_of(loan, "2026-02-15").cap
    # 90.00 charged: 60.00 by the month's twelfth; over 31 days 24 % / 365 allows 61.15
    assert (cap.per_period_reduction, cap.ceiling, cap.lifetime_reduction) == (3000, 6115, 0)


@settings(max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(loans())
def test_what_remains_keeps_within_the_lower_of_both_bounds(dealt: tuple[LoanFacts, date]) -> None:
    loan, as_of = dealt
    cap = compute(loan, as_of, RULES).cap
    remains = cap.charged - cap.reduction - cap.paid_excess
    by_period = cap.charged - sum(line.excess for line in cap.tested)
    assert remains == min(by_period, cap.ceiling)
    assert cap.reduction >= 0 <= cap.paid_excess
