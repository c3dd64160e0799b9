"""The engine against the diary on hundreds of loans at random, to the fen, in every figure of contract.md section 4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from legal_service.accounts.cap import Rules
from legal_service.accounts.facts import InstalmentFact, LoanFacts, RateSegment
from legal_service.accounts.statement import compute
from legal_service.accounts.statement_json import as_json
from tests.accounts import independent
from tests.accounts.hand_statements import only
from tests.accounts.loans_at_random import loans

RULES = Rules(cap_rate=240_000, cap_basis="法发〔2017〕22号 第二条", disclosure_from=date(2026, 8, 1))
OVERDUE = LoanFacts(
    loan_no="R1", contract_no="R1-C", row="contract:R1", principal=999_999, disbursed_amount=999_999,
    annual_rate=143_934, penalty_uplift=50, compound=True, day_count=360, method="interest_only", term_months=1,
    disbursed_on=date(2025, 3, 21), first_due_on=date(2025, 4, 21),
    instalments=(InstalmentFact(1, date(2025, 4, 21), 999_999, 11_995, 0, "instalment:1"),),
)  # fmt: skip


def disagreements(loan: LoanFacts, as_of: date) -> dict[str, tuple[Any, Any]]:
    """Each figure on which the diary (first) and the engine (second) differ."""
    diary = independent.statement(loan, as_of)
    engine = only(as_json(compute(loan, as_of, RULES)), diary)
    return {name: (figure, engine[name]) for name, figure in diary.items() if figure != engine[name]}


@settings(max_examples=240, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(loans())
def test_engine_and_diary_agree_to_the_fen(dealt: tuple[LoanFacts, date]) -> None:
    loan, as_of = dealt
    assert disagreements(loan, as_of) == {}


def test_a_dated_rate_that_changes_nothing_closes_no_segment() -> None:
    """A segment runs while base and rate are constant: a row of rates.csv that repeats the rate must not round twice."""
    repeated = replace(OVERDUE, rates=(RateSegment(date(2025, 4, 26), OVERDUE.annual_rate, "rate:1"),))
    for day in range(1, 28):
        as_of = date(2025, 5, day)
        assert independent.statement(repeated, as_of) == independent.statement(OVERDUE, as_of)
        assert disagreements(repeated, as_of) == {}


def test_a_repeated_rate_leaves_the_interest_of_the_acceleration_line_alone() -> None:
    """Contract interest up to acceleration is one sum of days while the rate is the same."""
    accelerated = replace(OVERDUE, accelerated_on=date(2025, 3, 31))
    for day in range(22, 31):
        repeated = replace(accelerated, rates=(RateSegment(date(2025, 3, day), OVERDUE.annual_rate, "rate:1"),))
        assert disagreements(repeated, date(2025, 4, 30)) == {}


def test_the_comparison_notices_one_fen() -> None:
    """The comparison itself can fail: one fen more of principal is a disagreement in many figures."""
    diary = independent.statement(OVERDUE, date(2025, 5, 20))
    dearer = replace(OVERDUE.instalments[0], principal=999_998)
    engine = only(
        as_json(compute(replace(OVERDUE, instalments=(dearer,), disbursed_amount=999_998), date(2025, 5, 20), RULES)),
        diary,
    )
    assert {name for name in diary if diary[name] != engine[name]} >= {
        "principal_due",
        "principal",
        "total",
        "claim_total",
        "lines",
    }
