"""Acceleration without proof of delivery: computed as told, marked, and the figure from service of the complaint beside it.

The plain loan: 1,000.00 due on 15 February, March and April 2026 with 30.00, 20.00 and 10.00 of interest at 12 %, penalty 18 %;
the lender says that it accelerated on 1 March. 民法典 565: an acceleration takes effect when the notice reaches the debtor, or
when the copy of the complaint is served.
"""

from __future__ import annotations

from legal_service.accounts.alternatives import acceleration_status, alternatives
from legal_service.accounts.explanation import explanation
from legal_service.accounts.facts import LoanFacts, NoticeArrival
from legal_service.accounts.sheet import SheetNames, context
from legal_service.accounts.statement_json import as_json
from tests.accounts.a_loan import a_loan, charged, day, paid, statement_of


def accelerated(reached: str = "", **changes: object) -> LoanFacts:
    """Accelerated on 1 March 2026, the notice having reached the borrower on a day, or on none."""
    notice = NoticeArrival(day(reached), ("service_attempt:7",)) if reached else None
    return a_loan(accelerated_on=day("2026-03-01"), notice=notice, **changes)


def test_without_proof_the_statement_is_as_told_and_the_other_figure_stands_beside_it() -> None:
    statement = statement_of(accelerated(), "2026-03-11")
    # 3,000.00; interest 30.00 + 9.33; penalty 24 days of 0.50 on the first instalment, 10 days of 1.00 on the rest
    assert (statement.principal_due, statement.interest, statement.penalty) == (300000, 3933, 1200 + 1000)
    assert acceleration_status(statement) == "awaiting_counsel"
    (beside,) = alternatives(statement)
    assert (beside.code, beside.status) == ("from_service_of_complaint", "awaiting_counsel")
    other = beside.statement
    # not accelerated: only the instalment of 15 February is due, 2,000.00 is not
    assert (other.principal_due, other.principal_undue, other.interest, other.penalty) == (100000, 200000, 3000, 1200)
    assert (statement.claim.total, other.claim.total) == (306133, 104200)
    assert (other.as_of, other.accelerated_on) == (statement.as_of, None)


def test_a_notice_that_arrived_by_the_day_told_proves_it() -> None:
    for reached in ("2026-02-27", "2026-03-01"):
        statement = statement_of(accelerated(reached), "2026-03-11")
        assert acceleration_status(statement) == "verified"
        assert (alternatives(statement), statement.doubts) == ((), ())


def test_a_notice_that_arrived_later_gives_the_figure_from_its_arrival() -> None:
    statement = statement_of(accelerated("2026-03-05"), "2026-03-11")
    assert [doubt.code for doubt in statement.doubts] == ["acceleration_before_arrival"]
    (beside,) = alternatives(statement)
    assert (beside.code, beside.statement.accelerated_on) == ("from_arrival_of_notice", day("2026-03-05"))
    # interest on 2,000.00 for 18 days instead of 14: 12.00 for 9.33; penalty on it for 6 days instead of 10
    assert (beside.statement.interest, beside.statement.penalty) == (3000 + 1200, 1200 + 600)
    assert alternatives(beside.statement) == ()


def test_without_a_clause_the_arrival_of_a_notice_proves_nothing() -> None:
    statement = statement_of(accelerated("2026-03-01", acceleration_clause=False), "2026-03-11")
    assert acceleration_status(statement) == "awaiting_counsel"
    assert [one.code for one in alternatives(statement)] == ["from_service_of_complaint"]


def test_once_the_complaint_is_served_the_other_figure_accelerates_on_that_day() -> None:
    served = NoticeArrival(day("2026-03-05"), ("service_attempt:9",))
    (beside,) = alternatives(statement_of(accelerated(complaint=served), "2026-03-11"))
    assert (beside.code, beside.status) == ("from_service_of_complaint", "awaiting_counsel")
    assert "自起诉状副本送达之日 2026-03-05 起" in beside.says.zh
    other = beside.statement
    # as from an arrival on that day: interest on 2,000.00 for 18 days, penalty on it for 6
    assert (other.accelerated_on, other.principal_due) == (day("2026-03-05"), 300000)
    assert (other.interest, other.penalty) == (3000 + 1200, 1200 + 600)
    # before it is served, nothing is accelerated in the other figure
    (before,) = alternatives(statement_of(accelerated(complaint=served), "2026-03-04"))
    assert before.statement.accelerated_on is None


def test_a_loan_that_is_not_accelerated_has_nothing_beside_it() -> None:
    for loan in (a_loan(), a_loan(accelerated_on=day("2026-04-01"))):
        statement = statement_of(loan, "2026-03-11")
        assert (acceleration_status(statement), alternatives(statement)) == (None, ())
        assert (as_json(statement)["acceleration"], as_json(statement)["alternatives"]) == (None, [])


def test_the_other_figure_follows_the_payments_under_its_own_footing() -> None:
    # 1,500.00 on 5 March pays the first instalment with 30.00 + 9.00; as scheduled, the rest waits for 15 March
    loan = a_loan(paid("2026-03-05", "1500.00"), accelerated_on=day("2026-03-01"))
    (beside,) = alternatives(statement_of(loan, "2026-03-11"))
    assert beside.statement.unapplied == 150000 - 3000 - 900 - 100000
    assert beside.statement.total == 0


def test_the_json_marks_it_and_shows_both() -> None:
    document = as_json(statement_of(accelerated(), "2026-03-11"))
    assert document["acceleration"] == {
        "on": "2026-03-01",
        "status": "awaiting_counsel",
        "notice_reached_on": None,
        "basis": "民法典 第五百六十五条",
        "rows": ["contract:HM0001"],
    }
    (beside,) = document["alternatives"]
    assert (document["claim_total"], beside["claim_total"]) == ("3061.33", "1042.00")
    assert (beside["principal_due"], beside["principal_undue"]) == ("1000.00", "2000.00")
    assert [line["instalment"] for line in beside["lines"]] == [1, 2, 3]
    assert any("待律师确认" in line and "五百六十五" in line for line in document["basis"])


def test_the_explanation_derives_both() -> None:
    text = explanation(statement_of(accelerated(), "2026-03-11"), "zh")
    first, _, second = text.partition("八、对照计算")
    assert "主张金额 = 3061.33" in first
    assert "主张金额 = 1042.00" in second
    assert "所称提前到期 3061.33；对照 1042.00；相差 2019.33" in second
    assert "待律师确认" in second
    assert "八、" not in explanation(statement_of(accelerated("2026-03-01"), "2026-03-11"), "zh")


def test_the_sheet_prints_both() -> None:
    loan = a_loan(charged("2026-02-20", "legal_cost", "50.00"), accelerated_on=day("2026-03-01"))
    names = SheetNames(lender="甲", borrower="乙", prepared_by="丙")
    (beside,) = context(statement_of(loan, "2026-03-11"), names)["alternatives"]
    assert (beside["told_total"], beside["other_total"], beside["difference"]) == ("3,111.33", "1,092.00", "2,019.33")
    assert beside["other_undue"] == "2,000.00"
    assert "待律师确认" in beside["footing"]
