"""The 24 % test, and fees that were not disclosed (contract.md 4; law.md 3.1)."""

from __future__ import annotations

from dataclasses import replace

from legal_service.accounts.cap import Unpaid
from legal_service.accounts.explanation import steps
from tests.accounts.a_loan import RULES, a_loan, charged, day, instalment, paid, statement_of


def test_a_loan_within_the_cap_is_not_reduced() -> None:
    # 12 % and a penalty of 18 %; ceiling on 2026-04-25: 3,000.00 × 100 days × 24 % / 365 = 197.26
    cap = statement_of(a_loan(), "2026-04-25").cap
    assert (cap.ceiling, cap.reduction, cap.paid_excess) == (19726, 0, 0)
    # 30 + 20 + 10 of interest; 69, 41 and 10 days of penalty at 0.50
    assert cap.charged == 6000 + 3450 + 2050 + 500


def test_a_regular_month_is_tested_by_twelfths() -> None:
    # 36 % a year: 90.00 in the first month against 3,000.00 × 24 % / 12 = 60.00; 60.00 against 40.00
    cap = statement_of(a_loan(annual_rate=360000, penalty_uplift=0), "2026-03-15").cap
    first, second = cap.tested
    assert (first.days, first.interest, first.interest_bound) == (None, 9000, 6000)
    assert (second.interest, second.interest_bound) == (6000, 4000)
    # 28 days of 36 % penalty on 1,000.00 = 28.00 against 1000 × 24 % × 28 / 365 = 18.41
    assert (first.default, first.default_bound) == (2800, 1841)
    assert cap.per_period_reduction == 3000 + 959 + 2000


def test_an_irregular_first_period_is_tested_by_days_over_365_also_on_360() -> None:
    # 2026-01-05 to 02-15: 41 days; 24 % on 360 days is 82.00, the bound 3,000 × 24 % × 41 / 365 = 80.88
    first = statement_of(a_loan(annual_rate=240000, disbursed_on=day("2026-01-05")), "2026-02-15").cap.tested[0]
    assert (first.days, first.interest, first.interest_bound, first.excess) == (41, 8200, 8088, 112)


def test_a_bullet_is_tested_by_days_even_after_exactly_one_month() -> None:
    loan = a_loan(method="bullet", annual_rate=240000)
    first = statement_of(loan, "2026-02-15").cap.tested[0]
    assert (first.days, first.interest, first.interest_bound) == (31, 6200, 6115)


def test_the_acceleration_line_is_tested_by_days() -> None:
    loan = a_loan(annual_rate=240000, accelerated_on=day("2026-03-01"))
    line = statement_of(loan, "2026-03-01").cap.tested[-1]
    # 14 days on 2,000.00: 18.67 on 360, bound 18.41
    assert (line.instalment, line.days, line.interest, line.interest_bound) == (None, 14, 1867, 1841)


def test_compound_without_overdue_principal_has_no_bound() -> None:
    loan = a_loan(method="interest_only", compound=True)
    first = statement_of(loan, "2026-03-27").cap.tested[0]
    assert (first.default, first.default_bound, first.excess) == (60, 0, 60)  # 30.00 × 18 % × 40 / 360


def test_each_penalty_segment_has_its_own_rounded_bound() -> None:
    loan = a_loan(paid("2026-02-25", "535.00"), annual_rate=240000)
    first = statement_of(loan, "2026-03-07").cap.tested[0]
    # 1,000.00 for 10 days: 6.575 → 6.58; 60 interest, 10.00 penalty, 465 to principal; 535.00 for 10 days: 3.518 → 3.52
    assert (first.default, first.default_bound) == (1000 + 535, 658 + 352)


def test_fees_count_over_the_life_but_costs_do_not() -> None:
    fee = statement_of(a_loan(charged("2026-01-15", "service_fee", "100.00")), "2026-01-25").cap
    # ceiling 3,000 × 10 × 24 % / 365 = 19.73
    assert (fee.charged, fee.ceiling, fee.lifetime_reduction, fee.reduction) == (10000, 1973, 8027, 8027)
    cost = statement_of(a_loan(charged("2026-01-15", "legal_cost", "100.00")), "2026-01-25").cap
    assert (cost.charged, cost.lifetime_reduction) == (0, 0)


def test_the_ceiling_follows_the_principal_still_out() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00"))
    # 3,000.00 for 31 days and 2,000.00 for 10 days
    assert statement_of(loan, "2026-02-25").cap.principal_days == 300000 * 31 + 200000 * 10


def test_what_was_paid_above_the_cap_is_shown_as_paid_excess() -> None:
    loan = a_loan(charged("2026-01-15", "service_fee", "100.00"), paid("2026-01-20", "100.00"))
    cap = statement_of(loan, "2026-01-25").cap
    assert (cap.lifetime_reduction, cap.reduction, cap.paid_excess) == (8027, 0, 8027)


def test_the_reduction_comes_off_fees_then_compound_penalty_interest() -> None:
    unpaid = Unpaid(interest=400, penalty=300, compound=200, fees=100)
    assert unpaid.less(50) == Unpaid(400, 300, 200, 50)
    assert unpaid.less(250) == Unpaid(400, 300, 50, 0)
    assert unpaid.less(350) == Unpaid(400, 250, 0, 0)
    assert unpaid.less(1000) == Unpaid(0, 0, 0, 0)


def test_the_claim_by_component_adds_up_to_total_less_reduction() -> None:
    loan = a_loan(charged("2026-02-20", "service_fee", "10.00"), annual_rate=360000, compound=True)
    statement = statement_of(loan, "2026-06-30")
    assert statement.cap.reduction > 1000 + statement.compound  # reaches into the penalty
    assert (statement.claim.fees, statement.claim.compound) == (0, 0)
    assert statement.claim.interest == statement.interest
    assert statement.claim.total == statement.total - statement.cap.reduction


def test_fees_not_disclosed_leave_the_claim_from_the_day_of_the_rule() -> None:
    def claim(disbursed: str, *, disclosed: bool) -> tuple[int, int]:
        fee = charged(disbursed, "insurance", "5.00", disclosed=disclosed)
        loan = a_loan(fee, disbursed_on=day(disbursed), first_due_on=day("2026-09-01"), signed_cost_table=True)
        statement = statement_of(loan, "2026-09-20")
        assert statement.cap.reduction == 0
        return statement.undisclosed_fees, statement.total - statement.claim.total

    assert claim("2026-08-01", disclosed=False) == (500, 500)
    assert claim("2026-08-01", disclosed=True) == (0, 0)
    assert claim("2026-07-31", disclosed=False) == (0, 0)


def test_no_rule_of_disclosure_no_deduction() -> None:
    fee = charged("2026-08-15", "insurance", "5.00", disclosed=False)
    loan = a_loan(fee, disbursed_on=day("2026-08-15"), first_due_on=day("2026-09-15"))
    statement = statement_of(loan, "2026-09-20", replace(RULES, disclosure_from=None))
    assert statement.undisclosed_fees == 0


def test_a_missing_cost_table_is_a_doubt() -> None:
    loan = a_loan(disbursed_on=day("2026-08-15"), first_due_on=day("2026-09-15"))
    assert [doubt.code for doubt in statement_of(loan, "2026-09-20").doubts] == ["no_cost_table"]


def test_without_a_signed_table_the_fees_of_the_schedule_are_not_disclosed() -> None:
    def claimed(disbursed: str, *, signed: bool) -> tuple[int, bool]:
        line = instalment(1, "2026-09-15", "3000", "30", "7")
        loan = a_loan(
            disbursed_on=day(disbursed), first_due_on=day("2026-09-15"), instalments=(line,), signed_cost_table=signed
        )
        statement = statement_of(loan, "2026-09-15")
        return statement.claim.fees, statement.charges[0].disclosed

    assert claimed("2026-08-15", signed=False) == (0, False)
    assert claimed("2026-08-15", signed=True) == (700, True)
    assert claimed("2026-07-31", signed=False) == (700, True)


def test_a_fee_said_to_be_disclosed_without_a_table_stays_claimed_with_a_doubt_naming_it() -> None:
    fee = charged("2026-08-15", "insurance", "5.00")
    terms = {"disbursed_on": day("2026-08-15"), "first_due_on": day("2026-09-15")}
    statement = statement_of(a_loan(fee, **terms), "2026-09-20")
    assert (statement.undisclosed_fees, statement.claim.fees) == (0, 500)
    assert [doubt.code for doubt in statement.doubts] == ["no_cost_table", "disclosed_without_table"]
    assert "5.00 元" in statement.doubts[1].message.zh
    assert statement_of(a_loan(fee, signed_cost_table=True, **terms), "2026-09-20").doubts == ()


def test_both_deductions_together_never_touch_the_principal() -> None:
    # ten days after disbursement: fee 100.00 undisclosed, of which 80.27 exceed the cap as well; nothing else is due
    fee = charged("2026-08-15", "service_fee", "100.00", disclosed=False)
    loan = a_loan(fee, disbursed_on=day("2026-08-15"), first_due_on=day("2026-09-15"), signed_cost_table=True)
    statement = statement_of(loan, "2026-08-25")
    assert (statement.total, statement.cap.reduction, statement.undisclosed_fees) == (10000, 8027, 10000)
    assert (statement.claim.total, statement.claim.fees) == (0, 0)
    (doubt,) = statement.doubts
    assert doubt.code == "deductions_overlap"
    assert "未明示的费用 100.00 元中有 80.27 元已在上限减除之内" in doubt.message.zh
    line = list(steps(statement))
    assert any(
        words.zh
        == "  主张金额 = 100.00 − 减除 80.27 − 未明示费用 19.73（共 100.00，其中 80.27 已在减除之内，不重复扣除） = 0.00"
        for words in line
    )


def test_a_fee_the_reduction_took_off_is_not_taken_off_the_lawful_interest_again() -> None:
    # one month: 30.00 of interest due, fee 100.00 undisclosed. Charged 130.00, ceiling 3,000 × 31 × 24 % / 365 = 61.15
    fee = charged("2026-08-15", "service_fee", "100.00", disclosed=False)
    loan = a_loan(fee, disbursed_on=day("2026-08-15"), first_due_on=day("2026-09-15"), signed_cost_table=True)
    statement = statement_of(loan, "2026-09-15")
    assert (statement.cap.reduction, statement.undisclosed_fees, statement.undisclosed_left) == (6885, 10000, 3115)
    assert (statement.total, statement.claim.interest, statement.claim.fees) == (113000, 3000, 0)
    assert statement.claim.total == 103000 == statement.total - 6885 - 3115


def test_a_reduction_larger_than_the_undisclosed_fees_goes_on_to_the_disclosed_ones() -> None:
    hidden = charged("2026-08-15", "service_fee", "40.00", "C1", disclosed=False)
    told = charged("2026-08-15", "insurance", "60.00", "C2")
    terms = {"disbursed_on": day("2026-08-15"), "first_due_on": day("2026-09-15"), "signed_cost_table": True}
    statement = statement_of(a_loan(hidden, told, **terms), "2026-09-15")
    assert (statement.cap.reduction, statement.undisclosed_reduced, statement.undisclosed_left) == (6885, 4000, 0)
    assert (statement.claim.fees, statement.claim.interest) == (6000 - 2885, 3000)


def test_a_fee_of_the_schedule_counts_as_charged() -> None:
    loan = a_loan(instalments=(instalment(1, "2026-02-15", "3000", "30", "12"),))
    assert statement_of(loan, "2026-02-15").cap.charged == 4200
