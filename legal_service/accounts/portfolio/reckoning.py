"""The totals of a portfolio: the kernel's where it has done the loan, the engine's where it has not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.portfolio import layout
from legal_service.accounts.portfolio.kernel import run
from legal_service.accounts.portfolio.tables import ORDERS, Integers, Portfolio, law_of, lay_out
from legal_service.accounts.portfolio.totals import Totals, of_statement
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import compute


def reckon(loans: Portfolio, as_of: date, rules: Rules) -> tuple[Integers, Integers]:
    """Loan × figure (`totals.FIGURES`), and the status of each loan: its figures hold where that is `layout.DONE`."""
    figures = np.zeros((len(loans.loans), layout.TOTAL_COLUMNS), np.int64)
    status = loans.status.copy()
    if len(figures):
        tables = (
            loans.loans, loans.instalments, loans.instalments_at, loans.postings, loans.postings_at, loans.rates,
            loans.rates_at, law_of(as_of, rules), loans.clauses, loans.designations, ORDERS,
        )  # fmt: skip
        run([np.ascontiguousarray(table) for table in tables], figures, status)  # one layout: compiled once
    return figures, status


def totals_of(loans: Sequence[LoanFacts], as_of: date, rules: Rules) -> list[tuple[Totals | None, bool]]:
    """The totals of each loan (None: not yet paid out), and whether the engine computed them because the kernel could not.

    Refuses what `statement.compute` refuses.
    """
    figures, status = reckon(lay_out(loans, as_of), as_of, rules)
    found: list[tuple[Totals | None, bool]] = []
    for loan, row, standing in zip(loans, figures.tolist(), status.tolist(), strict=True):
        if loan.disbursed_on > as_of:
            found.append((None, False))
        elif standing == layout.DONE:
            found.append((Totals(*row), False))
        else:
            found.append((of_statement(compute(loan, as_of, rules)), True))
    return found
