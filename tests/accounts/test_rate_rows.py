"""Provenance of dated rates: every segment and every instalment names the row of the rate that rules on its days, and no other.

The reviewed loan: 12 % by the contract, 10 % from 2026-01-20, 20 % from 01-21, 8 % from 05-01; penalty + 50 %.
"""

from __future__ import annotations

import re

from legal_service.accounts.explanation import explanation
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.statement_json import as_json
from tests.accounts.a_loan import a_loan, day, instalment, line_of, paid, rate, statement_of

RATES = (rate("2026-01-20", "0.10"), rate("2026-01-21", "0.20"), rate("2026-05-01", "0.08"))
AT_10, AT_20, AT_8 = (one.row for one in RATES)
CONTRACT = "contract:HM0001"


def variable(*ledger: PostingFact, **changes: object) -> LoanFacts:
    """3,000.00 over seven months from 2025-11-15: instalments due on the 15th from December to June."""
    terms = {"term_months": 7, "disbursed_on": day("2025-11-15"), "first_due_on": day("2025-12-15")}
    return a_loan(*ledger, rates=RATES, **(terms | changes))


def test_a_segment_rests_on_the_row_of_the_rate_of_its_days() -> None:
    segments = line_of(statement_of(variable(), "2026-06-01"), 1).penalty_segments
    assert [(str(one.from_on), one.rate, one.rate_row) for one in segments] == [
        ("2025-12-15", 18_000_000, CONTRACT),
        ("2026-01-20", 15_000_000, AT_10),
        ("2026-01-21", 30_000_000, AT_20),
        ("2026-05-01", 12_000_000, AT_8),
    ]
    assert [one.opened_by for one in segments] == [CONTRACT, AT_10, AT_20, AT_8]


def test_a_line_falling_due_later_rests_on_the_rate_of_its_own_due_day() -> None:
    first = line_of(statement_of(variable(), "2026-06-01"), 4).penalty_segments[0]
    assert (str(first.from_on), first.rate, first.rate_row) == ("2026-03-15", 30_000_000, AT_20)


def test_a_segment_that_a_payment_opened_names_the_payment_and_the_rate() -> None:
    text = explanation(statement_of(variable(paid("2026-03-20", "600.00")), "2026-04-01"), "zh")
    assert re.search(r"第 \d 期罚息 2026-03-20 – 2026-04-01: .*〔posting:R1, contract_rate:2026-01-21〕", text)
    assert "第 1 期罚息 2025-12-15 – 2026-01-20: 428.57 × 0.18 × 36 / 360 = 7.71〔contract:HM0001〕" in text


def test_a_segment_of_an_instalment_on_the_tape_names_its_row_and_the_rate() -> None:
    loan = variable(instalments=(instalment(1, "2026-02-15", "3000", "90"),))
    text = explanation(statement_of(loan, "2026-03-15"), "zh")
    assert "3000.00 × 0.3 × 28 / 360 = 70.00〔instalment:1, contract_rate:2026-01-21〕" in text


def test_a_rate_in_force_on_the_day_of_disbursement_is_the_row_of_the_first_segment() -> None:
    loan = a_loan(rates=(rate("2026-01-15", "0.06"),))
    assert line_of(statement_of(loan, "2026-02-20"), 1).penalty_segments[0].rate_row == "contract_rate:2026-01-15"


def test_the_interest_of_an_instalment_rests_on_the_rates_of_its_own_period() -> None:
    rows = {line.period.number: line.period.rows for line in statement_of(variable(), "2026-07-01").lines}
    assert rows[1] == rows[2] == (CONTRACT,)
    assert rows[3] == (CONTRACT, AT_10, AT_20)  # 15 January to 15 February: three rates
    assert rows[4] == rows[5] == (CONTRACT, AT_20)
    assert rows[6] == (CONTRACT, AT_20, AT_8)
    assert rows[7] == (CONTRACT, AT_8)


def test_the_accelerated_balance_rests_on_the_rates_up_to_its_day_only() -> None:
    statement = statement_of(variable(accelerated_on=day("2026-03-01")), "2026-03-10")
    line = line_of(statement, None)
    assert line.period.rows == (CONTRACT, AT_20)
    assert [one.rate_row for one in line.penalty_segments] == [AT_20]


def test_a_payment_rests_on_the_line_it_met_and_on_no_rate() -> None:
    document = as_json(statement_of(variable(paid("2026-01-05", "50.00")), "2026-06-01"))
    assert document["postings"][0]["rows"] == ["posting:R1", CONTRACT]
    assert document["lines"][0]["rows"] == [CONTRACT, "posting:R1", AT_10, AT_20, AT_8]
    assert AT_8 not in document["lines"][0]["rows"][:1]
