"""The statement of account: life as it happens to a loan of three monthly instalments (contract.md 4).

The plain loan: 3,000.00 paid out on 2026-01-15 at 12 %, 1,000.00 of principal due on the 15th of February, March and April
with 30.00, 20.00 and 10.00 of interest; penalty 18 % a year on 360 days, so 0.50 a day on 1,000.00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from legal_service.accounts.statement import Statement
from legal_service.errors import Refusal
from legal_service.money import amount_text
from tests.accounts.a_loan import (
    a_loan,
    charged,
    day,
    instalment,
    line_of,
    paid,
    rate,
    reversed_,
    statement_of,
    waived,
)


def owed(statement: Statement) -> dict[str, str]:
    names = ("principal_due", "principal_undue", "interest", "penalty", "compound", "fees", "costs")
    return {name: amount_text(getattr(statement, name)) for name in names if getattr(statement, name)}


# What is due, what is overdue


def test_the_day_before_the_first_due_day_nothing_is_due() -> None:
    statement = statement_of(a_loan(), "2026-02-14")
    assert owed(statement) == {"principal_undue": "3000.00"}
    assert statement.total == 0
    assert (statement.days_past_due, statement.oldest_due_on) == (0, None)


def test_on_the_due_day_the_instalment_is_due_but_not_overdue() -> None:
    statement = statement_of(a_loan(), "2026-02-15")
    assert owed(statement) == {"principal_due": "1000.00", "principal_undue": "2000.00", "interest": "30.00"}
    assert (statement.days_past_due, statement.tier, statement.five_class_floor) == (0, "none", "正常")


def test_the_day_after_it_is_one_day_overdue_and_bears_one_day_of_penalty() -> None:
    statement = statement_of(a_loan(), "2026-02-16")
    assert owed(statement)["penalty"] == "0.50"
    assert (statement.days_past_due, statement.oldest_due_on) == (1, day("2026-02-15"))
    assert (statement.tier, statement.five_class_floor) == ("mild", "关注")


def test_a_statement_before_the_disbursement_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        statement_of(a_loan(), "2026-01-14")
    assert refused.value.code == "not_disbursed"
    assert owed(statement_of(a_loan(), "2026-01-15")) == {"principal_undue": "3000.00"}


def test_the_principal_is_what_was_paid_out() -> None:
    # 3,000 in the contract, 2,700 received: three instalments of 900.00; 1 % of 2,700.00 is 27.00
    statement = statement_of(a_loan(disbursed_amount=270000), "2026-02-15")
    assert owed(statement) == {"principal_due": "900.00", "principal_undue": "1800.00", "interest": "27.00"}


def test_leap_day_counts() -> None:
    loan = a_loan(disbursed_on=day("2024-01-15"), first_due_on=day("2024-02-15"))
    assert statement_of(loan, "2024-03-01").penalty == 15 * 50  # 15 to 29 February are 15 days
    loan = a_loan(disbursed_on=day("2026-01-15"), first_due_on=day("2026-02-15"))
    assert statement_of(loan, "2026-03-01").penalty == 14 * 50


def test_day_count_365_divides_by_365() -> None:
    # 1000 × 18 % × 10 / 365 = 4.9315
    assert statement_of(a_loan(day_count=365), "2026-02-25").penalty == 493


# Payments


def test_a_payment_on_the_due_day_pays_interest_first_and_is_in_time() -> None:
    statement = statement_of(a_loan(paid("2026-02-15", "1030.00")), "2026-03-14")
    first = line_of(statement, 1)
    assert (first.paid_off_on, first.overdue_days, first.penalty) == (day("2026-02-15"), 0, 0)
    assert owed(statement) == {"principal_undue": "2000.00"}


def test_a_late_payment_meets_interest_then_penalty_then_principal() -> None:
    # ten days late: 5.00 of penalty; 1,030.00 leaves 5.00 of principal, which bears 18 % for 18 days: 0.045 → 0.05
    statement = statement_of(a_loan(paid("2026-02-25", "1030.00")), "2026-03-15")
    entry = statement.postings[0]
    assert {part.component: part.amount for part in entry.parts} == {
        "interest": 3000,
        "penalty": 500,
        "principal": 99500,
    }
    first = line_of(statement, 1)
    assert (first.principal_unpaid, first.penalty, first.penalty_unpaid) == (500, 505, 5)
    assert first.paid_off_on is None


def test_paying_penalty_closes_no_segment() -> None:
    # the first payment meets interest only, the second the rest of it and 2.67 of penalty: the base is 1,111.00 throughout
    loan = a_loan(paid("2026-02-20", "32.50", "R1"), paid("2026-02-27", "3.50", "R2", position=2), principal=333300)
    statement = statement_of(loan, "2026-03-15")
    first = line_of(statement, 1)
    assert [(segment.days, segment.base) for segment in first.penalty_segments] == [(28, 111100)]
    assert first.penalty == 1555  # 1111.00 × 18 % × 28 / 360 = 15.554, once
    assert first.penalty_unpaid == 1555 - sum(entry.to("penalty") for entry in statement.postings)


def test_what_is_left_over_waits_for_the_next_due_day() -> None:
    loan = a_loan(paid("2026-02-15", "1500.00"))
    before = statement_of(loan, "2026-03-14")
    assert before.unapplied == 47000
    assert owed(before) == {"principal_undue": "2000.00"}  # money ahead of time reduces nothing yet
    after = statement_of(loan, "2026-03-15")
    assert after.unapplied == 0
    assert owed(after) == {"principal_due": "550.00", "principal_undue": "1000.00"}
    assert [part.on for part in after.postings[0].parts] == [day("2026-02-15")] * 2 + [day("2026-03-15")] * 2


def test_money_before_the_first_due_day_stays_unapplied() -> None:
    loan = a_loan(paid("2026-01-20", "1030.00"))
    assert statement_of(loan, "2026-02-14").unapplied == 103000
    paid_in_time = line_of(statement_of(loan, "2026-02-20"), 1)
    assert (paid_in_time.paid_off_on, paid_in_time.overdue_days) == (day("2026-02-15"), 0)


def test_several_payments_on_one_day_are_taken_in_the_order_of_the_ledger() -> None:
    first = paid("2026-02-15", "30.00", "R1", position=1)
    second = paid("2026-02-15", "1000.00", "R2", position=2)
    statement = statement_of(a_loan(second, first), "2026-02-15")
    assert [(entry.reference, entry.to("interest"), entry.to("principal")) for entry in statement.postings] == [
        ("R1", 3000, 0),
        ("R2", 0, 100000),
    ]


def test_the_oldest_instalment_is_paid_first_but_all_interest_before_any_principal() -> None:
    # both instalments due on 15 March; 28 days of penalty on the first: 14.00
    statement = statement_of(a_loan(paid("2026-03-15", "100.00")), "2026-03-15")
    assert [(part.component, part.instalment, part.amount) for part in statement.postings[0].parts] == [
        ("interest", 1, 3000),
        ("interest", 2, 2000),
        ("penalty", 1, 1400),
        ("principal", 1, 3600),
    ]


def test_overpayment_at_the_end_stays_with_the_borrower() -> None:
    statement = statement_of(a_loan(paid("2026-04-15", "5000.00")), "2026-12-31")
    # 3,000 + 60 interest + 59 and 31 days of penalty on 1,000 each: 29.50 + 15.50
    assert statement.unapplied == 500000 - 300000 - 6000 - 2950 - 1550
    assert statement.total == 0
    assert statement.principal == 0
    assert statement.tier == "none"


def test_the_last_instalment_alone_unpaid() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00", "R1"), paid("2026-03-15", "1020.00", "R2"))
    statement = statement_of(loan, "2026-05-15")
    assert owed(statement) == {"principal_due": "1000.00", "interest": "10.00", "penalty": "15.00"}
    assert (statement.days_past_due, statement.oldest_due_on) == (30, day("2026-04-15"))


def test_every_payment_is_accounted_for_to_the_fen() -> None:
    ledger = [paid(f"2026-0{month}-2{month}", f"{311 * month}.37", f"R{month}") for month in range(1, 8)]
    statement = statement_of(a_loan(*ledger, compound=True), "2026-08-01")
    for entry in statement.postings:
        assert entry.amount == sum(part.amount for part in entry.parts) + entry.unapplied
    assert sum(entry.to("principal") for entry in statement.postings) == sum(
        line.principal_paid for line in statement.lines
    )
    assert sum(entry.to("interest") for entry in statement.postings) == sum(
        line.interest_paid for line in statement.lines
    )


# Order of payment


def test_the_debtors_designation_goes_before_the_order_of_the_law() -> None:
    statement = statement_of(a_loan(paid("2026-02-25", "1000.00", designated=("principal",))), "2026-02-25")
    assert owed(statement) == {"principal_undue": "2000.00", "interest": "30.00", "penalty": "5.00"}


def test_a_later_order_holds_from_so_many_days_overdue() -> None:
    clause = "costs,interest,principal;91:costs,principal,interest"
    on_day_90 = statement_of(a_loan(paid("2026-05-16", "100.00"), allocation=clause), "2026-05-16")
    assert on_day_90.postings[0].to("principal") == 0
    on_day_91 = statement_of(a_loan(paid("2026-05-17", "100.00"), allocation=clause), "2026-05-17")
    assert on_day_91.postings[0].to("principal") == 10000


def test_costs_come_first_and_fees_after_penalty() -> None:
    ledger = (
        charged("2026-02-20", "legal_cost", "200.00", "C1"),
        charged("2026-02-20", "service_fee", "50.00", "C2"),
        paid("2026-02-25", "270.00"),
    )
    statement = statement_of(a_loan(*ledger), "2026-02-25")
    entry = statement.postings[0]
    assert [(part.component, part.amount) for part in entry.parts] == [
        ("costs", 20000),
        ("interest", 3000),
        ("penalty", 500),
        ("fees", 3500),
    ]
    assert statement.fees == 1500


def test_a_fee_of_the_schedule_makes_the_instalment_overdue_until_it_is_paid() -> None:
    loan = a_loan(
        paid("2026-02-15", "1030.00"),
        instalments=(instalment(1, "2026-02-15", "3000", "30", "12"),),
    )
    loan = replace(loan, postings=(paid("2026-02-15", "3030.00"),))
    statement = statement_of(loan, "2026-02-25")
    assert (statement.principal_due, statement.interest, statement.fees) == (1200, 0, 0)
    assert statement.postings[0].to("fees") == 1200  # fees stand within interest, before principal
    assert line_of(statement, 1).paid_off_on is None


# Reversals and waivers


def test_a_reversed_payment_counts_as_absent_from_the_start() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00", "R1"), reversed_("2026-02-20", "R1"))
    never_paid = statement_of(a_loan(), "2026-02-25")
    statement = statement_of(loan, "2026-02-25")
    assert owed(statement) == owed(never_paid)
    assert statement.postings == ()
    assert [(gone.posting.reference, gone.reversal.on) for gone in statement.reversed] == [("R1", day("2026-02-20"))]


def test_a_reversal_after_the_business_date_has_not_happened() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00", "R1"), reversed_("2026-02-20", "R1"))
    assert owed(statement_of(loan, "2026-02-19")) == {"principal_undue": "2000.00"}
    assert statement_of(loan, "2026-02-20").days_past_due == 5


def test_a_reversal_of_nothing_is_a_doubt_and_changes_nothing() -> None:
    statement = statement_of(a_loan(reversed_("2026-02-20", "R9")), "2026-02-25")
    assert [doubt.code for doubt in statement.doubts] == ["reversal_of_nothing"]
    assert owed(statement) == owed(statement_of(a_loan(), "2026-02-25"))


def test_a_waiver_reduces_the_oldest_of_its_kind_and_is_no_payment() -> None:
    statement = statement_of(a_loan(waived("2026-03-20", "interest", "40.00")), "2026-03-20")
    assert [line_of(statement, number).interest_unpaid for number in (1, 2)] == [0, 1000]
    assert [line_of(statement, number).interest_paid for number in (1, 2)] == [0, 0]
    assert statement.interest == 1000


def test_a_waiver_after_the_business_date_has_not_happened() -> None:
    loan = a_loan(waived("2026-03-20", "penalty", "14.00"))
    assert statement_of(loan, "2026-03-19").penalty == 1600 + 200  # 32 and 4 days
    assert statement_of(loan, "2026-03-20").penalty == 1650 + 250 - 1400


def test_a_waiver_of_more_than_is_unpaid_waives_what_is_there() -> None:
    statement = statement_of(a_loan(waived("2026-02-25", "penalty", "100.00")), "2026-02-26")
    assert statement.penalty == 50  # the day after goes on
    assert statement.postings[0].unapplied == 9500
    assert statement.unapplied == 0  # no money came in


def test_waived_principal_bears_no_penalty_from_that_day_on() -> None:
    statement = statement_of(a_loan(waived("2026-02-25", "principal", "400.00")), "2026-03-07")
    assert statement.penalty == 500 + 300  # 10 days on 1,000.00, 10 days on 600.00
    assert statement.principal_due == 60000


def test_a_waiver_before_a_payment_of_the_same_day_leaves_more_for_principal() -> None:
    first = statement_of(
        a_loan(waived("2026-02-25", "penalty", "5.00", position=1), paid("2026-02-25", "1030.00", position=2)),
        "2026-02-25",
    )
    assert first.principal_due == 0
    after = statement_of(
        a_loan(paid("2026-02-25", "1030.00", position=1), waived("2026-02-25", "penalty", "5.00", position=2)),
        "2026-02-25",
    )
    assert after.principal_due == 500
    assert after.postings[1].unapplied == 500


# Compound interest and rates


def test_compound_runs_on_unpaid_contract_interest_only_where_agreed() -> None:
    # 30.00 × 18 % × 40 / 360 = 0.60
    assert statement_of(a_loan(), "2026-03-27").compound == 0
    statement = statement_of(a_loan(compound=True), "2026-03-27")
    assert line_of(statement, 1).compound == 60
    assert line_of(statement, 2).compound == 12  # 20.00 × 18 % × 12 / 360
    assert statement.compound == 72


def test_paying_the_interest_stops_compound() -> None:
    statement = statement_of(a_loan(paid("2026-03-07", "30.00"), compound=True), "2026-04-14")
    assert line_of(statement, 1).compound == 30  # 20 days


def test_a_new_rate_closes_the_segment_and_raises_the_penalty_from_that_day() -> None:
    loan = a_loan(rates=(rate("2026-02-25", "0.24"),), instalments=(instalment(1, "2026-02-15", "3000", "30"),))
    segments = line_of(statement_of(loan, "2026-03-07"), 1).penalty_segments
    # 3,000.00: 10 days at 18 % = 15.00, 10 days at 36 % = 30.00
    assert [(s.days, s.amount, s.opened_by) for s in segments] == [
        (10, 1500, "instalment:1"),
        (10, 3000, "contract_rate:2026-02-25"),
    ]


def test_zero_rate_owes_principal_only() -> None:
    statement = statement_of(a_loan(annual_rate=0, compound=True), "2026-12-31")
    assert owed(statement) == {"principal_due": "3000.00"}
    assert statement.tier == "severe"
    assert statement.cap.reduction == 0


# Other methods of repayment


def test_interest_only_is_overdue_with_interest_alone() -> None:
    statement = statement_of(a_loan(method="interest_only"), "2026-03-20")
    assert owed(statement) == {"principal_undue": "3000.00", "interest": "60.00"}
    assert statement.days_past_due == 33  # unpaid interest makes the loan overdue
    last = statement_of(a_loan(method="interest_only"), "2026-04-25")
    assert owed(last) == {"principal_due": "3000.00", "interest": "90.00", "penalty": "15.00"}


def test_bullet_falls_due_once() -> None:
    loan = a_loan(method="bullet", first_due_on=day("2026-04-15"))
    assert owed(statement_of(loan, "2026-04-14")) == {"principal_undue": "3000.00"}
    # 90 days of 12 % on 3,000.00 = 90.00; ten days of penalty = 15.00
    assert owed(statement_of(loan, "2026-04-25")) == {
        "principal_due": "3000.00",
        "interest": "90.00",
        "penalty": "15.00",
    }


# The tape's own schedule


def test_instalments_on_the_tape_bind_and_carry_their_rows() -> None:
    loan = a_loan(instalments=(instalment(1, "2026-02-20", "1000", "33"), instalment(2, "2026-03-20", "2000", "20")))
    statement = statement_of(loan, "2026-02-20")
    assert owed(statement) == {"principal_due": "1000.00", "principal_undue": "2000.00", "interest": "33.00"}
    assert line_of(statement, 1).period.rows == ("contract:HM0001", "instalment:1")
    assert statement.doubts == ()


def test_a_schedule_above_the_sum_paid_out_is_cut_at_its_end_and_said_so() -> None:
    loan = a_loan(
        disbursed_amount=280000,
        instalments=(instalment(1, "2026-02-15", "1500", "30"), instalment(2, "2026-03-15", "1500", "15")),
    )
    statement = statement_of(loan, "2026-03-15")
    assert statement.principal == 280000
    assert line_of(statement, 2).period.principal == 130000
    assert [doubt.code for doubt in statement.doubts] == ["schedule_differs"]


# Why this tier


def test_why_names_instalment_due_day_days_and_business_date() -> None:
    why = statement_of(a_loan(paid("2026-02-15", "1030.00")), "2026-06-15").why_tier
    assert why.zh == (
        "第 2 期（2026-03-15 到期）尚欠本金 1000.00 元、利息 20.00 元，截至 2026-06-15 已逾期 92 日，"
        "故分层为重度（超过 60 日），五级分类下限为次级。"
    )
    assert "instalment 2, due 2026-03-15, is 92 days overdue as of 2026-06-15" in why.en


def test_why_says_when_nothing_is_overdue() -> None:
    why = statement_of(a_loan(), "2026-02-15").why_tier
    assert why.zh == "截至 2026-02-15，没有已逾期而未付清的期次，故分层为未逾期，五级分类下限为正常。"


@pytest.mark.parametrize(
    ("days", "tier", "floor"),
    [
        (30, "mild", "关注"),
        (31, "moderate", "关注"),
        (60, "moderate", "关注"),
        (61, "severe", "关注"),
        (90, "severe", "关注"),
        (91, "severe", "次级"),
        (270, "severe", "次级"),
        (271, "severe", "可疑"),
        (360, "severe", "可疑"),
        (361, "severe", "损失"),
    ],
)
def test_tiers_and_classes_at_their_borders(days: int, tier: str, floor: str) -> None:
    as_of = date.fromordinal(day("2026-02-15").toordinal() + days)
    statement = statement_of(a_loan(), as_of.isoformat())
    assert (statement.days_past_due, statement.tier, statement.five_class_floor) == (days, tier, floor)


def test_a_past_statement_does_not_see_what_came_later() -> None:
    early = a_loan(paid("2026-02-20", "500.00", "R1"))
    late = a_loan(
        paid("2026-02-20", "500.00", "R1"),
        paid("2026-03-20", "900.00", "R2"),
        waived("2026-03-21", "principal", "10.00"),
        charged("2026-03-22", "legal_cost", "80.00"),
        accelerated_on=day("2026-03-25"),
    )
    assert owed(statement_of(early, "2026-03-10")) == owed(statement_of(late, "2026-03-10"))
    assert statement_of(late, "2026-03-10").accelerated_on is None


def test_a_row_that_repeats_the_rate_closes_no_segment() -> None:
    # 1,000.00 × 18 % × 11 / 365 = 5.42; cut after 5 days it would be 2.47 + 2.96 = 5.43
    plain = a_loan(day_count=365)
    repeated = a_loan(day_count=365, rates=(rate("2026-02-20", "0.12"),))
    assert statement_of(repeated, "2026-02-26").penalty == statement_of(plain, "2026-02-26").penalty == 542
