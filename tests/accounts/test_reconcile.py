"""The lender's own books against our statement: both figures, the day and the row; nothing is overwritten.

The plain loan on 2026-02-25, 500.00 paid that day: 30.00 interest, 5.00 penalty, 465.00 principal; 535.00 + 2,000.00 still out.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from legal_service.accounts.books import Books, read
from legal_service.accounts.reconcile import Difference, reconcile
from legal_service.accounts.statement import compute
from tests.accounts.a_loan import RULES, a_loan, charged, day, paid, reversed_

LOAN = a_loan(paid("2026-02-25", "500.00", "R1"))
AS_OF = day("2026-02-25")


def books(**sheets: Any) -> Books:
    return read(json.dumps({"$books": sheets}))


def balance(**told: str) -> Books:
    return books(loans={"": {"balance_as_of": "2026-02-25", "row": "loans.csv:2"} | told})


def against(told: Books, loan: Any = LOAN, as_of: date = AS_OF) -> list[Difference]:
    return reconcile(told, "HM0001", lambda on: compute(loan, on, RULES), as_of)


def test_books_that_agree_to_the_fen_differ_in_nothing() -> None:
    assert against(balance(outstanding_principal="2535.00", outstanding_interest="0.00", outstanding_penalty="0")) == []
    assert against(balance(outstanding_total="2535.00")) == []
    assert against(balance(outstanding_total="535.00")) == []  # what is due alone
    told = {"to_principal": "465.00", "to_interest": "30.00", "to_penalty": "5.00", "to_fees": "0.00", "row": "r:2"}
    assert against(books(repayments={"R1": told})) == []
    told = {"paid_principal": "465.00", "paid_interest": "30.00", "row": "i:2"}
    assert against(books(instalments={"1": told, "2": {"paid_principal": "0.00", "row": "i:3"}})) == []
    assert against(Books()) == []


def test_one_fen_is_a_difference_with_both_figures_day_and_row() -> None:
    (found,) = against(balance(outstanding_principal="2535.01"))
    assert (found.theirs, found.ours, found.on) == (253501, 253500, AS_OF)
    assert (found.finding.severity, found.finding.code) == ("doubt", "books_differ")
    assert found.finding.where == "loans.csv:2:outstanding_principal"
    assert "贷款人账面 2535.01 元，本系统计算 2535.00 元，相差 0.01 元" in found.finding.message.zh
    assert "2026-02-25" in found.finding.message.en
    told = found.as_json("en")
    assert (told["theirs"], told["ours"], told["difference"]) == ("2535.01", "2535.00", "0.01")
    assert (told["loan_no"], told["on"], told["row"]) == ("HM0001", "2026-02-25", "loans.csv:2")


def test_the_balance_is_held_against_the_statement_of_its_own_day() -> None:
    told = balance(outstanding_principal="2535.00", outstanding_penalty="0.00")
    assert against(told, as_of=day("2026-06-30")) == []


def test_a_split_that_pays_principal_before_penalty_is_found() -> None:
    told = {"to_principal": "470.00", "to_interest": "30.00", "to_penalty": "0.00", "row": "repayments.csv:2"}
    found = against(books(repayments={"R1": told}))
    assert [(one.place, one.component, one.theirs, one.ours) for one in found] == [
        ("R1", "penalty_and_compound", 0, 500),
        ("R1", "principal", 47000, 46500),
    ]
    assert "还款 R1（2026-02-25）抵本金" in found[1].finding.message.zh


def test_penalty_means_compound_too_only_where_the_books_do_not_tell_it_apart() -> None:
    loan = a_loan(compound=True)
    # 40 days: 1,000.00 × 18 % × 40 / 360 = 20.00; 30.00 × 18 % × 40 / 360 = 0.60; 12 days of the second: 6.00 and 0.12
    on = {"balance_as_of": "2026-03-27", "row": "loans.csv:2"}
    assert against(books(loans={"": {"outstanding_penalty": "26.72"} | on}), loan) == []
    assert against(books(loans={"": {"outstanding_penalty": "26.00", "outstanding_compound": "0.72"} | on}), loan) == []
    (found,) = against(books(loans={"": {"outstanding_penalty": "26.72", "outstanding_compound": "0.72"} | on}), loan)
    assert (found.component, found.ours) == ("penalty", 2600)


def test_fees_are_held_against_fees_and_costs() -> None:
    loan = a_loan(charged("2026-01-20", "service_fee", "3.00", "C1"), charged("2026-01-21", "legal_cost", "4.00", "C2"))
    assert against(balance(outstanding_fees="7.00"), loan) == []


def test_a_balance_without_a_day_is_not_compared_and_says_so() -> None:
    (found,) = against(books(loans={"": {"outstanding_principal": "1.00", "row": "loans.csv:2"}}))
    assert (found.finding.code, found.ours, found.on) == ("books_not_compared", None, None)
    assert "未载明余额日期" in found.finding.message.zh


def test_a_balance_of_a_day_before_the_disbursement_says_so() -> None:
    early = books(loans={"": {"balance_as_of": "2026-01-01", "outstanding_total": "1.00", "row": "loans.csv:2"}})
    (found,) = against(early)
    assert found.finding.code == "books_not_compared"
    assert "尚无账可对" in found.finding.message.zh


def test_a_split_after_the_day_of_the_balances_is_held_against_the_day_of_its_repayment() -> None:
    loan = a_loan(paid("2026-02-25", "500.00", "R1"), paid("2026-03-07", "100.00", "R2"))
    # 535.00 × 18 % × 10 / 360 = 2.68 of penalty first
    told = {"to_principal": "100.00", "to_penalty": "0.00", "row": "repayments.csv:3"}
    said = books(
        loans={"": {"balance_as_of": "2026-02-25", "outstanding_principal": "2535.00", "row": "loans.csv:2"}},
        repayments={"R2": told},
    )
    found = against(said, loan, day("2026-06-30"))
    assert [(one.place, one.on, one.component, one.theirs, one.ours) for one in found] == [
        ("R2", day("2026-03-07"), "penalty_and_compound", 0, 268),
        ("R2", day("2026-03-07"), "principal", 10000, 9732),
    ]


def test_a_split_after_the_day_asked_is_not_compared_and_says_so() -> None:
    loan = a_loan(paid("2026-02-25", "500.00", "R1"), paid("2026-03-07", "100.00", "R2"))
    said = books(repayments={"R2": {"to_principal": "100.00", "row": "repayments.csv:3"}})
    (found,) = against(said, loan, AS_OF)
    assert (found.finding.code, found.place, found.ours) == ("books_not_compared", "R2", None)
    assert "未核对：还款 R2 于 2026-03-07 入账，晚于 2026-02-25" in found.finding.message.zh
    assert "not compared: repayment R2 was posted on 2026-03-07" in found.finding.message.en


def test_a_split_of_a_reversed_or_unknown_repayment_says_why_it_is_not_compared() -> None:
    loan = a_loan(paid("2026-02-20", "500.00", "R1"), reversed_("2026-02-22", "R1"))
    (gone,) = against(books(repayments={"R1": {"to_principal": "1.00", "row": "r:2"}}), loan)
    assert "还款 R1 已于 2026-02-22 冲正" in gone.finding.message.zh
    (unknown,) = against(books(repayments={"R9": {"to_principal": "1.00", "row": "r:3"}}))
    assert "账上没有还款 R9" in unknown.finding.message.zh


def test_an_instalment_taken_into_the_acceleration_is_not_compared_and_says_so() -> None:
    loan = a_loan(accelerated_on=day("2026-02-20"))
    told = {"paid_principal": "1.00", "row": "instalments.csv:3"}
    (found,) = against(books(instalments={"2": told}), loan)
    assert (found.finding.code, found.place) == ("books_not_compared", "2")
    assert "第 2 期已并入 2026-02-20 提前到期部分" in found.finding.message.zh
    (unknown,) = against(books(instalments={"9": told}), loan)
    assert "还款计划中没有第 9 期" in unknown.finding.message.zh
