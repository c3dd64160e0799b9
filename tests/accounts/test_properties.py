"""What must hold of every account: nothing paid is lost, a period may be split, and the past stays what it was."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legal_service.accounts.explanation import steps
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.interest import Accrual
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import compute
from legal_service.accounts.statement_json import as_json
from legal_service.accounts.sums import sums
from tests.accounts.loans_at_random import loans

RULES = Rules(cap_rate=240_000, cap_basis="法发〔2017〕22号 第二条", disclosure_from=date(2026, 8, 1))
FIRST = date(2026, 1, 15).toordinal()
MANY = settings(
    max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@MANY
@given(loans())
def test_what_is_paid_is_appropriated_to_the_fen(dealt: tuple[LoanFacts, date]) -> None:
    loan, as_of = dealt
    statement = compute(loan, as_of, RULES)
    for entry in statement.postings:
        assert sum(part.amount for part in entry.parts) + entry.unapplied == entry.amount
        assert all(part.amount > 0 for part in entry.parts)
    for one in sums(statement):
        assert one.paid == sum(entry.to(one.component) for entry in statement.postings if entry.kind != "waiver")
        assert one.charged == one.paid + one.waived + one.unpaid
        assert min(one.charged, one.paid, one.waived, one.unpaid, one.claimed) >= 0
    waived = sum(one.waived for one in sums(statement) if one.component == "principal")
    paid = sum(one.paid for one in sums(statement) if one.component == "principal")
    assert statement.principal + paid + waived == loan.disbursed_amount


@MANY
@given(loans())
def test_the_printed_claim_adds_up_and_keeps_principal_whole(dealt: tuple[LoanFacts, date]) -> None:
    loan, as_of = dealt
    # the rule of disclosure from before every loan, so that it meets the cap as often as can be
    rules = replace(RULES, disclosure_from=date(2023, 1, 1))
    statement = compute(loan, as_of, rules)
    printed = [words.en for words in steps(statement) if "claim = " in words.en]
    assert printed
    total, off, hidden, claim = map(
        Decimal,
        re.findall(r"claim = ([\d.]+) − reduction ([\d.]+) − undisclosed fees ([\d.]+).* = ([\d.]+)$", printed[0])[0],
    )
    assert total - off - hidden == claim
    assert int(claim * 100) == statement.claim.total
    assert statement.claim.total >= statement.principal_due >= 0
    lawful = statement.interest + statement.penalty + statement.compound + statement.fees
    assert statement.total - statement.claim.total <= max(statement.cap.reduction, statement.undisclosed_fees) <= lawful


@MANY
@given(loans(), st.integers(0, 200))
def test_a_statement_of_a_past_day_is_the_ledger_as_it_stood(dealt: tuple[LoanFacts, date], back: int) -> None:
    loan, as_of = dealt
    then = max(loan.disbursed_on, as_of - timedelta(days=back))
    as_it_stood = replace(loan, postings=tuple(line for line in loan.postings if line.on <= then))
    assert as_json(compute(loan, then, RULES)) == as_json(compute(as_it_stood, then, RULES))


@MANY
@given(
    st.integers(1, 50_000_000), st.integers(0, 60_000_000), st.sampled_from((360, 365)),
    st.integers(1, 900), st.lists(st.integers(1, 899), max_size=6, unique=True),
)  # fmt: skip
def test_splitting_a_period_changes_no_more_than_the_rounding_of_its_lines(
    base: int, rate: int, year: int, days: int, cuts: list[int]
) -> None:
    whole = Accrual(day=FIRST, base=base, rate=rate, day_count=year, row="a")
    split = Accrual(day=FIRST, base=base, rate=rate, day_count=year, row="a")
    made = [cut for cut in sorted(cuts) if cut < days]
    for cut in made:
        split.rebase(FIRST + cut, base, "b")
    # each line is rounded by at most half a fen, and so is the whole
    assert 2 * abs(split.accrued(FIRST + days) - whole.accrued(FIRST + days)) <= len(made) + 2
    assert sum(segment.amount for segment in split.segments(FIRST + days)) == split.accrued(FIRST + days)
