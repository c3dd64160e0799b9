"""The all-in cost (综合融资成本): the internal rate of the loan's flows, against another way of solving it written here."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.accounts import irr_answer
from legal_service.accounts.irr import Flow, cost_of, loan_cost
from legal_service.errors import Refusal
from legal_service.law.arguments import ArgumentError, Given
from tests.accounts.a_loan import a_loan, charged, day

START = date(2026, 1, 15)


def months(count: int, each: int) -> list[Flow]:
    return [Flow(date(2026 + (k // 12), k % 12 + 1, 15), k, each) for k in range(1, count + 1)]


def oracle(received: float, flows: list[tuple[float, float]]) -> float:
    """The rate of a period, by Newton's method in binary floats, as spreadsheets solve it."""
    rate = 0.01
    for _ in range(200):
        value = received - sum(amount / (1 + rate) ** at for at, amount in flows)
        slope = sum(at * amount / (1 + rate) ** (at + 1) for at, amount in flows)
        rate -= value / slope
    return rate


def test_a_loan_without_fees_costs_its_yearly_rate_by_months() -> None:
    assert loan_cost(a_loan()).monthly == 120_000
    # twelve payments of 1,100.16, rounded up to the fen, the last 1,100.19: a trace above 18 %
    equal = a_loan(method="equal_instalment", annual_rate=180_000, principal=1_200_000, term_months=12)
    assert loan_cost(equal).monthly == 180_004


def test_one_payment_after_a_year_costs_what_the_fraction_says() -> None:
    cost = cost_of(100_000, START, [Flow(date(2027, 1, 15), 12, 124_000)])
    assert cost.by_days == 240_000  # 365 days
    assert (cost.received, cost.paid, cost.charges) == (100_000, 124_000, 24_000)
    two = cost_of(100_000, START, [Flow(date(2026, 2, 15), 1, 50_500), Flow(date(2026, 3, 15), 2, 51_005)])
    assert two.monthly == 120_000  # 500.00 × 1.01 + 500.00 × 1.01²: 505.00, 510.05
    assert Fraction(50_500, 1) / Fraction(101, 100) + Fraction(51_005, 1) / Fraction(10201, 10000) == 100_000


def test_the_known_table_of_twelve_payments() -> None:
    # 12,000.00 against 12 × 1,100.00: 1.4982 % a month, 17.98 % a year; a fee of 600.00 up front makes it 27.9 %
    plain = cost_of(1_200_000, START, months(12, 110_000))
    assert plain.monthly == round(12 * oracle(1_200_000, [(k, 110_000) for k in range(1, 13)]) * 1_000_000)
    fee = cost_of(1_200_000, START, [*months(12, 110_000), Flow(START, 0, 60_000)])
    assert fee.monthly == round(12 * oracle(1_140_000, [(k, 110_000) for k in range(1, 13)]) * 1_000_000)
    assert 0.179 < plain.monthly / 1e6 < 0.181
    assert fee.monthly > plain.monthly + 90_000


def test_undisclosed_fees_count_and_are_told_apart_and_costs_of_suit_do_not() -> None:
    loan = a_loan(
        charged("2026-01-15", "service_fee", "30.00", "C1"),
        charged("2026-02-20", "insurance", "20.00", "C2", disclosed=False),
        charged("2026-03-01", "legal_cost", "500.00", "C3"),
    )
    everything, told = loan_cost(loan), loan_cost(loan, undisclosed=False)
    assert (everything.charges, told.charges) == (6000 + 5000, 6000 + 3000)
    assert everything.monthly == round(12 * oracle(297_000, [(1, 103_000), (2, 104_000), (3, 101_000)]) * 1_000_000)
    assert told.monthly == round(12 * oracle(297_000, [(1, 103_000), (2, 102_000), (3, 101_000)]) * 1_000_000)


def test_by_days_is_the_spreadsheets_xirr() -> None:
    flows = [(31 / 365, 103_000.0), (59 / 365, 102_000.0), (90 / 365, 101_000.0)]
    assert loan_cost(a_loan()).by_days == round(oracle(300_000, flows) * 1_000_000)


def test_less_paid_than_received_is_a_negative_rate() -> None:
    assert cost_of(100_000, START, [Flow(date(2027, 1, 15), 12, 90_000)]).by_days == -100_000


@pytest.mark.parametrize(
    "flows",
    [
        [],
        [Flow(START, 0, 100_000)],
        [Flow(START, 0, 100_000), Flow(date(2026, 2, 15), 1, 10)],
        [Flow(date(2026, 1, 14), 1, 10)],
    ],
)
def test_flows_from_which_no_rate_follows_are_refused(flows: list[Flow]) -> None:
    with pytest.raises(Refusal) as refused:
        cost_of(100_000, START, flows)
    assert refused.value.code == "no_rate"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 36), st.integers(1, 30), st.integers(100_000, 9_000_000))
def test_bisection_and_newton_agree(count: int, percent: int, received: int) -> None:
    each = received * (100 + percent) // (100 * count)
    found = cost_of(received, START, months(count, each)).monthly
    assert abs(found - 12_000_000 * oracle(received, [(k, each) for k in range(1, count + 1)])) <= 1


def test_the_question_takes_flows_or_terms() -> None:
    rows = [{"on": f"2026-0{k}-15", "amount": amount} for k, amount in ((2, "1030"), (3, "1020"), (4, "1010"))]
    told = irr_answer.answer(Given({"net_payout": "3000", "disbursed": "2026-01-15", "flows": rows}))
    assert (told["monthly"], told["charges"], told["status"]) == ("0.12", "60.00", "awaiting_counsel")
    terms = {
        "net_payout": "2970", "principal": "3000", "disbursed": "2026-01-15", "first_due": "2026-02-15", "months": "3",
        "annual_rate": "0.12", "method": "equal_principal", "fees": [{"on": "2026-02-20", "amount": "20"}],
    }  # fmt: skip
    by_terms = irr_answer.answer(Given(terms))
    assert by_terms["monthly"] == f"{round(12 * oracle(297_000, [(1, 103_000), (2, 104_000), (3, 101_000)]), 6):.6f}"
    with pytest.raises(ArgumentError):
        irr_answer.answer(Given(terms | {"colour": "red"}))


def test_a_loan_whose_cost_cannot_be_told_says_why() -> None:
    loan = a_loan(charged("2026-01-15", "service_fee", "4000.00"))
    assert irr_answer.of_loan(loan, "zh")["refusal"]["code"] == "no_rate"
    assert irr_answer.of_loan(a_loan(), "zh")["all_fees"]["monthly"] == "0.12"
    assert day("2026-01-15") == START
