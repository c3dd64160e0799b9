"""The portfolio's kernel against the engine: every total of every loan, to the fen; what ties the two engines together.

`LEGAL_TIE_LOANS` deals more loans at random than the hundred (each in twenty-one variants) of every day.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks import decimal_loop, many_loans, material
from legal_service import config
from legal_service.access.operations import record
from legal_service.accounts import queries as accounts
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.models import InstalmentRow, Posting, RateRow
from legal_service.accounts.portfolio import kernel, layout
from legal_service.accounts.portfolio.queries import columns
from legal_service.accounts.portfolio.reckoning import totals_of
from legal_service.accounts.portfolio.totals import FIGURES, Totals, of_statement
from legal_service.accounts.statement import compute
from legal_service.database import Transaction
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.accounts.hand_statements import HandStatement, read_all
from tests.accounts.loans_at_random import ORDERS, loans
from tests.accounts.test_against_independent import OVERDUE, RULES
from tests.cases.a_case import AS_OF, BORN, a_portfolio, contract_id, writing

DEALT = int(os.environ.get("LEGAL_TIE_LOANS", "100"))
DAY = date(2026, 10, 31)


def differences(dealt: Sequence[tuple[LoanFacts, date]]) -> list[tuple[str, date, dict[str, tuple[int, int]]]]:
    """For each loan on which they differ: the figures of the kernel (first) and of the engine (second)."""
    found = []
    by_day: dict[date, list[LoanFacts]] = {}
    for loan, as_of in dealt:
        by_day.setdefault(as_of, []).append(loan)
    for as_of, together in by_day.items():
        for loan, (totals, apart) in zip(together, totals_of(together, as_of, RULES), strict=True):
            assert totals is not None and not apart, f"{loan.loan_no}: left to the engine"
            exact = of_statement(compute(loan, as_of, RULES))
            if totals != exact:
                both = {name: (getattr(totals, name), getattr(exact, name)) for name in FIGURES}
                found.append((loan.loan_no, as_of, {name: two for name, two in both.items() if two[0] != two[1]}))
    return found


def variants(loan: LoanFacts, as_of: date) -> list[tuple[LoanFacts, date]]:
    """The loan on its day and on others, under other terms: compound or not, another order, another day of acceleration."""
    days = [as_of, *(loan.disbursed_on + timedelta(days=days) for days in range(0, 450, 30))]
    changed = [
        replace(loan, compound=not loan.compound),
        replace(loan, day_count=365 if loan.day_count == 360 else 360),
        replace(loan, allocation=ORDERS[(ORDERS.index(loan.allocation) + 3) % len(ORDERS)]),
        replace(loan, accelerated_on=loan.disbursed_on + timedelta(days=100)),
        replace(loan, disbursed_amount=loan.disbursed_amount * 9 // 10),
    ]
    return [*((loan, day) for day in days), *((one, days[11]) for one in changed)]


def test_kernel_and_engine_agree_on_thousands_of_loans_at_random() -> None:
    dealt: list[tuple[LoanFacts, date]] = []

    @settings(
        max_examples=DEALT, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(loans())
    def deal(one: tuple[LoanFacts, date]) -> None:
        dealt.extend(variants(*one))

    deal()
    assert len(dealt) >= 2_000
    assert differences(dealt) == []


@pytest.mark.parametrize("hand", read_all(), ids=lambda hand: hand.name)
def test_the_kernel_reaches_the_hand_figures(hand: HandStatement) -> None:
    assert differences([(hand.loan, hand.as_of)]) == []


def test_kernel_engine_and_decimal_loop_agree_on_loans_of_the_benchmark() -> None:
    dealt = list(many_loans.deal(300))
    assert differences([(loan, DAY) for loan in dealt]) == []


def test_the_comparison_notices_one_fen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself can fail: an engine that charges one fen more is found out."""
    exactly = compute
    monkeypatch.setattr(
        "tests.accounts.test_portfolio.compute",
        lambda loan, as_of, rules: exactly(replace(loan, annual_rate=loan.annual_rate + 1), as_of, rules),
    )
    (found,) = differences([(OVERDUE, date(2025, 9, 30))])
    assert {"penalty", "total", "claim_total"} <= set(found[2])


# -- what the kernel does not express


def apart(loan: LoanFacts, as_of: date = DAY) -> bool:
    """Whether the engine computed it; with the engine's figures in any case."""
    ((totals, by_engine),) = totals_of([loan], as_of, RULES)
    assert totals == of_statement(compute(loan, as_of, RULES))
    return by_engine


def test_an_amount_whose_products_might_overflow_is_left_to_the_engine() -> None:
    assert not apart(OVERDUE)
    line = OVERDUE.instalments[0]
    amount = 9 * 10**13
    assert apart(replace(OVERDUE, disbursed_amount=amount, instalments=(replace(line, principal=amount),)))
    assert apart(replace(OVERDUE, instalments=(replace(line, interest=amount),)))


def test_what_is_dated_before_the_disbursement_is_left_to_the_engine() -> None:
    early = replace(OVERDUE.instalments[0], due_on=OVERDUE.disbursed_on - timedelta(days=1))
    assert apart(replace(OVERDUE, instalments=(early,)))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"allocation": "interest,tips"}, "allocation"),
        ({"accelerated_on": OVERDUE.disbursed_on - timedelta(days=1)}, "accelerated_before_disbursement"),
        ({"instalments": (), "day_count": 364}, "schedule_terms"),
        ({"postings": (PostingFact(DAY, "waiver", 100, "W1", "posting:1", 1, component="costs"),)}, "waiver_kind"),
    ],
)
def test_what_the_engine_refuses_is_refused(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        totals_of([OVERDUE, replace(OVERDUE, **changed)], DAY, RULES)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_loan_not_yet_paid_out_has_no_totals() -> None:
    assert totals_of([OVERDUE], OVERDUE.disbursed_on - timedelta(days=1), RULES) == [(None, False)]
    assert totals_of([], DAY, RULES) == []


# -- from the rows


def test_rows_and_decimal_loop_agree_with_the_engine(tmp_path: Path) -> None:
    """The columns gathered by the database, the peer of the benchmark reading the same rows, and the engine on the facts."""
    dealt = list(many_loans.deal(300))
    installation = many_loans.installed(tmp_path, len(dealt))
    rules = material.rules()
    exact = [of_statement(compute(loan, DAY, rules)) for loan in dealt]
    with installation.reading() as session:
        found = [one for portion in columns.reckoned(session, as_of=DAY, rules=rules) for one in portion]
    assert [one.totals for one in found] == exact
    assert not any(one.apart for one in found)
    with sqlite3.connect(tmp_path / "loans.db") as connection:
        peer = [decimal_loop.totals(loan, DAY) for loan in decimal_loop.read(connection)]
    assert [Totals(int(days), *(int(yuan * 100) for yuan in rest)) for days, *rest in peer] == exact


LEDGER = (
    # loan, kind, day, amount, component, reference, reverses, designated
    ("L1", "payment", date(2026, 1, 5), 30_000, "", "P1", "", ""),
    ("L1", "charge", date(2026, 3, 1), 4_000, "legal_cost", "C1", "", ""),
    ("L1", "charge", date(2026, 3, 1), 2_500, "service_fee", "C2", "", ""),
    ("L1", "deduction", date(2026, 3, 1), 9_999, "", "P2", "", ""),
    ("L1", "waiver", date(2026, 4, 1), 1_000, "penalty", "W1", "", ""),
    ("L2", "payment", date(2026, 2, 5), 30_000, "", "P1", "", ""),
    ("L2", "reversal", date(2026, 2, 9), 30_000, "", "P2", "P1", ""),
    ("L3", "payment", date(2026, 6, 25), 7_000, "", "P1", "", "principal,interest,costs"),
)


def test_columns_of_both_databases_say_what_the_facts_say(on_both: Installation) -> None:
    """Instalments of the tape, a ledger with every kind of line, a dated rate, an undone line: on SQLite and PostgreSQL."""
    portfolio = a_portfolio(on_both)

    def fill(tx: Transaction) -> None:
        loan = {number: contract_id(tx, number) for number in ("L1", "L2", "L3", "L4")}
        for number, due in (("L1", date(2026, 2, 28)), ("L2", date(2026, 5, 15)), ("L3", date(2026, 6, 20))):
            for at, day in ((2, due), (1, due - timedelta(days=31))):
                tx.session.add(
                    InstalmentRow(contract_id=loan[number], number=at, due_on=day, principal=50_000, interest=900 * at, fee=at, source_row="i")
                )  # fmt: skip
        for number, kind, on, amount, component, reference, reverses, designated in LEDGER:
            family = kind if kind in ("charge", "waiver") else "repayment"
            tx.session.add(
                Posting(
                    contract_id=loan[number], family=family, kind=kind, posted_on=on, amount=amount, reference=reference,
                    component=component, reverses=reverses, designated=designated, recorded_at=BORN, source_row="p",
                )
            )  # fmt: skip
        tx.session.add(RateRow(contract_id=loan["L4"], from_on=date(2026, 3, 1), annual_rate=90_000, source_row="r"))
        record(tx, action="test.ledger", subject="test")

    writing(portfolio, fill)
    rules = material.rules()
    with portfolio.reading() as session:
        found = [one for portion in columns.reckoned(session, as_of=AS_OF, rules=rules) for one in portion]
        exact = [(key, of_statement(compute(facts, AS_OF, rules))) for key, facts in accounts.portfolio_facts(session)]
        marked = next(columns.laid_out(session)).status.tolist()
    assert [(one.contract_id, one.totals) for one in found] == exact
    assert [one.totals.days_past_due for one in found] == [153, 77, 41, 0]  # L1 since 2026-01-28
    assert marked == [layout.DONE, *[layout.LEFT_TO_THE_ENGINE] * 3]  # read apart: reversal, designation, dated rate


def test_where_no_folder_can_be_written_the_kernel_is_compiled_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def njit(cache: bool = False, **options: object) -> Any:
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(kernel, "njit", njit)
    assert callable(kernel._walker(1))
    assert asked == [True, False]


def test_the_kernel_is_loaded_only_where_it_is_worth_it() -> None:
    """Numba takes a second to load: neither a command at its start nor the sweep of a small portfolio pays for it."""
    program = "import sys, legal_service.cases.operations; print('numba' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], cwd=config.ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
