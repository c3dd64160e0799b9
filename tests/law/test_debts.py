"""What must hold for every appropriation of a payment and every delay of a judgment."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.law import files
from legal_service.law.allocation import Debt, allocate, shares
from legal_service.law.anonymise import hide_all
from legal_service.law.delay_interest import Obligation, Payment, Suspension, compute

ON = date(2026, 9, 1)
BASIS = {"designation": "", "order": "", "within": ""}
few_days = st.integers(-60, 60).map(lambda number: ON + timedelta(days=number))
fen = st.integers(0, 10**9)


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_shares_spread_every_fen_and_stay_within_one_of_exact(amount: int, weights: list[int]) -> None:
    found = shares(amount, weights)
    if sum(weights) == 0:
        assert found == [0] * len(weights)
        return
    assert sum(found) == amount
    for share, weight in zip(found, weights, strict=True):
        assert abs(share - Fraction(amount * weight, sum(weights))) < 1


debts = st.lists(
    st.tuples(few_days, fen, fen, fen, st.booleans(), st.integers(0, 240_000)), min_size=1, max_size=6
).map(
    lambda rows: [
        Debt(str(number), due, costs, interest, principal, Fraction(secured), rate)
        for number, (due, costs, interest, principal, secured, rate) in enumerate(rows)
    ]
)


@settings(deadline=None)
@given(fen, debts)
def test_no_fen_is_lost_and_no_debt_overpaid(amount: int, owed: list[Debt]) -> None:
    lines, left = allocate(amount, owed, on=ON, basis=BASIS)
    by_id = {debt.id: debt for debt in owed}
    assert sum(line.total for line in lines) + left == amount
    assert left == 0 or all(line.total == by_id[line.id].total for line in lines)
    for line in lines:
        debt = by_id[line.id]
        assert line.total <= debt.total
        assert line.to_interest == 0 or line.to_costs == debt.costs, "interest only after all costs"
        assert line.to_principal == 0 or line.to_interest == debt.interest, "principal only after all interest"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.builds(Obligation, few_days, fen, fen), min_size=1, max_size=3),
    st.lists(st.builds(Payment, few_days, fen), max_size=4),
)
def test_delay_interest_balances_to_the_fen(obligations: list[Obligation], payments: list[Payment]) -> None:
    until = ON + timedelta(days=60)
    found = compute(obligations, payments, files.parameters(), until=until)
    owed = sum(each.base + each.general_interest for each in obligations) + found.double_part
    assert owed - sum(payment.amount for payment in payments) == found.outstanding - found.unapplied
    assert found.double_part == sum(step.double_part for step in found.steps)
    untouched = compute(obligations, [], files.parameters(), until=until)
    assert found.double_part <= untouched.double_part + len(payments) * len(obligations), (
        "paying never costs more, but for rounding"
    )


def test_without_payments_the_double_part_is_base_times_rate_times_days() -> None:
    found = compute([Obligation(date(2025, 1, 15), 12_345_678, 999)], [], files.parameters(), until=date(2026, 1, 15))
    assert found.double_part == 788_580  # 123,456.78 × 0.000175 × 365 = 7,885.80…


def test_a_suspension_over_everything_leaves_nothing() -> None:
    all_of_it = [Suspension(date(2020, 1, 1), date(2030, 1, 1))]
    found = compute([Obligation(ON, 10**8, 0)], [], files.parameters(), until=date(2027, 1, 1), suspended=all_of_it)
    assert found.double_part == 0


@given(
    st.lists(
        st.sampled_from(["张三", "张四", "李四", "欧阳锋", "欧阳克", "John", "Jane", "阿不都·热西提"]), max_size=12
    )
)
def test_hidden_names_tell_the_same_people_apart_as_the_names_do(names: list[str]) -> None:
    hidden = hide_all(names)
    assert len(set(zip(names, hidden, strict=True))) == len(set(names)) == len(set(hidden))
