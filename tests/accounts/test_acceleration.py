"""Acceleration (宣布提前到期): one line takes the place of everything undue (contract.md 4).

The plain loan: 1,000.00 due on 15 February, March and April 2026 with 30.00, 20.00 and 10.00 of interest at 12 %.
"""

from __future__ import annotations

import pytest

from legal_service.accounts.explanation import explanation
from legal_service.accounts.statement_json import as_json
from legal_service.errors import Refusal
from tests.accounts.a_loan import a_loan, day, line_of, paid, rate, statement_of


def test_between_due_days_interest_runs_by_days_from_the_last_due_day() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-03-01")), "2026-03-01")
    assert [line.period.number for line in statement.lines] == [1, None]
    line = line_of(statement, None)
    # 2,000.00 × 12 % × 14 / 360 = 9.333
    assert (line.period.due_on, line.period.principal, line.period.interest) == (day("2026-03-01"), 200000, 933)
    assert statement.principal_undue == 0
    assert (statement.principal_due, statement.interest) == (300000, 3933)
    assert statement.accelerated_on == day("2026-03-01")


def test_penalty_runs_on_the_whole_from_that_day_and_contract_interest_no_more() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-03-01")), "2026-03-11")
    line = line_of(statement, None)
    assert (line.penalty, line.overdue_days) == (1000, 10)  # 2,000.00 × 18 % × 10 / 360
    assert statement.interest == 3933


def test_before_the_first_due_day_it_runs_from_the_disbursement() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-01-25")), "2026-01-25")
    line = line_of(statement, None)
    assert (line.period.opened_on, line.period.principal, line.period.interest) == (day("2026-01-15"), 300000, 1000)
    assert len(statement.lines) == 1


def test_on_a_due_day_that_instalment_falls_due_first() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-03-15")), "2026-03-15")
    assert [line.period.number for line in statement.lines] == [1, 2, None]
    assert line_of(statement, 2).period.interest == 2000
    line = line_of(statement, None)
    assert (line.period.principal, line.period.interest) == (100000, 0)  # no day has passed since the last due day


def test_on_or_after_the_last_due_day_there_is_nothing_left_to_accelerate() -> None:
    for on in ("2026-04-15", "2026-05-01"):
        statement = statement_of(a_loan(accelerated_on=day(on)), "2026-06-01")
        assert [line.period.number for line in statement.lines] == [1, 2, 3]
        assert statement.total == statement_of(a_loan(), "2026-06-01").total


def test_what_accelerated_nothing_says_so_and_asks_for_no_proof() -> None:
    loan = a_loan(method="bullet", first_due_on=day("2026-07-10"), accelerated_on=day("2026-08-10"))
    statement = statement_of(loan, "2026-09-01")
    assert [doubt.code for doubt in statement.doubts] == ["nothing_left_to_accelerate"]
    assert "没有可提前到期的部分" in statement.doubts[0].message.zh
    text = explanation(statement, "zh")
    assert "提前到期时，各期均已到期" in text
    assert "全部未到期本金提前到期" not in text
    assert "第五百六十二条" not in text
    assert "第五百六十五条" not in text
    assert "八、" not in text
    document = as_json(statement)
    assert (document["accelerated_on"], document["acceleration"], document["alternatives"]) == ("2026-08-10", None, [])


def test_an_acceleration_after_the_business_date_has_not_happened() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-03-01")), "2026-02-28")
    assert statement.principal_undue == 200000
    assert statement.accelerated_on is None
    assert statement.doubts == ()


def test_a_payment_on_the_day_meets_the_accelerated_balance_too() -> None:
    statement = statement_of(a_loan(paid("2026-03-01", "100.00"), accelerated_on=day("2026-03-01")), "2026-03-01")
    # interest 30.00 and 9.33, penalty 7.00 for 14 days on the first instalment, the rest to its principal
    assert [(part.component, part.instalment, part.amount) for part in statement.postings[0].parts] == [
        ("interest", 1, 3000),
        ("interest", None, 933),
        ("penalty", 1, 700),
        ("principal", 1, 5367),
    ]


def test_money_waiting_is_drawn_on_the_day_of_acceleration() -> None:
    loan = a_loan(paid("2026-02-15", "1500.00"), accelerated_on=day("2026-03-01"))
    assert statement_of(loan, "2026-02-28").unapplied == 47000
    statement = statement_of(loan, "2026-03-01")
    assert statement.unapplied == 0
    assert (statement.interest, statement.principal_due) == (0, 200000 - 47000 + 933)


def test_the_accelerated_balance_grades_the_loan_when_older_lines_are_paid() -> None:
    loan = a_loan(paid("2026-02-15", "1030.00"), accelerated_on=day("2026-03-01"))
    statement = statement_of(loan, "2026-04-05")
    assert (statement.days_past_due, statement.oldest_due_on, statement.tier) == (35, day("2026-03-01"), "moderate")
    assert "提前到期部分（2026-03-01 到期）" in statement.why_tier.zh


def test_compound_runs_on_the_interest_of_the_accelerated_balance() -> None:
    statement = statement_of(a_loan(accelerated_on=day("2026-03-01"), compound=True), "2026-04-10")
    assert line_of(statement, None).compound == 19  # 9.33 × 18 % × 40 / 360 = 0.1866


def test_a_rate_that_changed_meanwhile_counts_for_its_days() -> None:
    loan = a_loan(method="bullet", first_due_on=day("2026-12-15"), rates=(rate("2026-01-20", "0.06"),))
    statement = statement_of(
        a_loan(
            method="bullet",
            first_due_on=day("2026-12-15"),
            rates=loan.rates,
            accelerated_on=day("2026-01-25"),
        ),
        "2026-01-25",
    )
    assert line_of(statement, None).period.interest == 500 + 250  # five days at 12 %, five at 6 %


def test_a_day_before_the_disbursement_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        statement_of(a_loan(accelerated_on=day("2026-01-10")), "2026-03-01")
    assert refused.value.code == "accelerated_before_disbursement"


@pytest.mark.parametrize(("clause", "words"), [(True, "须以通知送达的证据证明"), (False, "合同未载明提前到期条款")])
def test_acceleration_is_always_marked_for_counsel(clause: bool, words: str) -> None:
    statement = statement_of(a_loan(acceleration_clause=clause, accelerated_on=day("2026-03-01")), "2026-03-02")
    assert [doubt.code for doubt in statement.doubts] == ["acceleration_unproved"]
    assert words in statement.doubts[0].message.zh
