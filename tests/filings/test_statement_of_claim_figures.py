"""Provenance: every number on the page can be traced to its rows, and no number is printed that cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from legal_service import config
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import compute
from legal_service.documents import word
from legal_service.documents.plain import words_of_docx
from legal_service.filings.facts.claim_amounts import claimed
from legal_service.filings.facts.claim_facts import ClaimFacts, Stated
from legal_service.filings.facts.statement_of_claim import account_of, context, figures
from tests.filings import claim_builders as a

BODY = (Path(config.TEMPLATES) / "statement_of_claim" / "body.docx").read_bytes()
CASES = [a.a_full_claim(), a.a_minimal_claim()]


def printed(facts: ClaimFacts) -> str:
    return re.sub(r"\s", "", words_of_docx(word.render(BODY, context(facts))))


@pytest.mark.parametrize("facts", CASES, ids=["full", "minimal"])
def test_every_amount_rate_and_day_count_on_the_page_is_a_figure(facts: ClaimFacts) -> None:
    known = {figure.text for figure in figures(facts)}
    text = printed(facts)
    assert set(re.findall(r"\d[\d,]*\.\d\d(?=元)", text)) <= known
    assert set(re.findall(r"(\d+(?:\.\d+)?)%", text)) <= known
    assert set(re.findall(r"\d+天", text)) <= known
    parties = {
        "1990年5月1日", "1985年11月20日", "2025年9月28日", "2026年6月10日", "2026年7月3日",  # birth, signature, preservation
    }  # fmt: skip
    assert set(re.findall(r"\d{4}年\d+月\d+日", text)) <= known | parties


@pytest.mark.parametrize("facts", CASES, ids=["full", "minimal"])
def test_every_figure_stands_on_the_page_and_rests_on_rows(facts: ClaimFacts) -> None:
    text = printed(facts)
    for figure in figures(facts):
        assert figure.text in text, figure
        assert figure.sources or figure.text == "0.00", figure
        assert figure.element.startswith(("诉讼请求", "事实与理由"))


def test_the_penalty_rate_rests_on_rate_and_uplift() -> None:
    facts = a.a_full_claim()
    facts = replace(facts, contract=replace(facts.contract, penalty_uplift=Stated(50, ("loans.csv:2:uplift",))))
    (rate,) = [figure for figure in figures(facts) if figure.label == "罚息年利率"]
    assert (rate.text, rate.sources) == ("23.4", ("loans.csv:2", "loans.csv:2:uplift"))
    assert rate.as_json() == {
        "label": "罚息年利率",
        "text": "23.4",
        "sources": ["loans.csv:2", "loans.csv:2:uplift"],
        "element": "事实与理由5",
    }


RULES = Rules(cap_rate=240_000, cap_basis="法发〔2017〕22号 第二条")


def a_loan() -> LoanFacts:
    """12,000.00 over 12 months at 18 %, penalty +50 %, compound; 1,100.16 paid on the first due day, then nothing."""
    return LoanFacts(
        loan_no="HM0001", contract_no="HM-2025-0001", principal=1_200_000, disbursed_amount=1_200_000, annual_rate=180_000,
        penalty_uplift=50, compound=True, day_count=360, method="equal_instalment", term_months=12,
        disbursed_on=date(2026, 1, 10), first_due_on=date(2026, 2, 10), row="contract:HM0001",
        postings=(PostingFact(date(2026, 2, 10), "payment", 110_016, "R1", "posting:1", 1),),
    )  # fmt: skip


def test_the_account_of_the_claim_is_the_statement_of_account() -> None:
    statement = compute(a_loan(), date(2026, 6, 30), RULES)
    account = account_of(statement)
    assert claimed(account).total == statement.claim.total == account.claim_total.value
    # First instalment: 12,000.00 × 1.5 % = 180.00 interest, 1,100.16 − 180.00 = 920.16 principal.
    assert (account.principal_paid.value, account.principal_paid.sources) == (92_016, ("posting:1",))
    assert (account.interest_paid.value, account.interest_paid.sources) == (18_000, ("posting:1",))
    assert account.interest_paid_until is not None
    assert account.interest_paid_until.value == date(2026, 2, 10)
    assert account.overdue_since is not None
    assert account.overdue_since.value == date(2026, 3, 11)  # due on 10 March, overdue from the 11th
    assert account.days_past_due.value == 112  # 11 March to 30 June: 21 + 30 + 31 + 30
    assert account.row == "statement:HM0001@2026-06-30"
    assert account.penalty.sources
