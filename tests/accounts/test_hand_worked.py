"""Statements of account worked by hand, line by line: the engine and the independent diary must both reach the same fen.

Each file in `hand/` holds the facts of one loan, the working in words and sums, and the figures of contract.md section 4.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from legal_service.accounts.cap import Rules
from legal_service.accounts.statement import compute
from legal_service.accounts.statement_json import as_json
from tests.accounts import independent
from tests.accounts.hand_statements import HandStatement, check, only, read_all

AMOUNT = re.compile(r"\d+\.\d\d")
STATEMENTS = read_all()
RULES = Rules(cap_rate=240_000, cap_basis="法发〔2017〕22号 第二条", disclosure_from=date(2026, 8, 1))
MUST_BE_COVERED = {
    "equal instalment", "equal principal", "interest only", "bullet", "one instalment overdue", "partial payment",
    "compound on", "reversal", "waiver", "service fee", "legal cost", "acceleration", "day count 365",
    "overpayment left unapplied", "drawn on the next due day", "24 % cap per period", "24 % cap per period and over the life",
    "designated payment", "leap year", "payment on a rest day",
}  # fmt: skip

each_statement = pytest.mark.parametrize("hand", STATEMENTS, ids=lambda hand: hand.name)


def test_ten_loans_cover_every_feature() -> None:
    assert len({hand.loan.loan_no for hand in STATEMENTS}) == 10
    assert MUST_BE_COVERED - {feature for hand in STATEMENTS for feature in hand.covers} == set()


@each_statement
def test_the_working_holds(hand: HandStatement) -> None:
    assert [line for line in hand.working if not check(line)] == []


@each_statement
def test_the_engine_reaches_the_hand_figures(hand: HandStatement) -> None:
    figures = as_json(compute(hand.loan, hand.as_of, RULES))
    assert only(figures, hand.expected) == hand.expected


@each_statement
def test_the_diary_reaches_the_hand_figures(hand: HandStatement) -> None:
    figures = independent.statement(hand.loan, hand.as_of)
    assert only(figures, hand.expected) == hand.expected


@each_statement
def test_the_figures_are_those_of_the_working(hand: HandStatement) -> None:
    """Every amount of the answer stands in the working of its loan, on this day or on an earlier one."""
    told = " ".join(line for each in STATEMENTS if each.loan is hand.loan for line in each.working)
    figures = [*hand.expected.values(), *hand.expected["cap"].values()]
    amounts = [
        figure for figure in figures if isinstance(figure, str) and AMOUNT.fullmatch(figure) and figure != "0.00"
    ]
    assert [amount for amount in amounts if amount not in told] == []


@each_statement
def test_every_figure_of_the_contract_is_worked(hand: HandStatement) -> None:
    contract = set(independent.statement(hand.loan, hand.as_of)) - {"loan_no", "as_of", "day_count"}
    assert set(hand.expected) == contract
