"""The kernel: one pass over the arrays of a portfolio, compiled once and kept on disk.

numba keeps what it compiled in `__pycache__` beside this file, in the user's cache folder where that is read-only, or where
`NUMBA_CACHE_DIR` says; where nothing can be written, each process compiles anew. It would not notice a change in the other
files of this folder, so a digest of them all is part of what it looks up.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from numba import njit

from legal_service.accounts.portfolio import debt, layout, plan, walk
from legal_service.accounts.portfolio.layout import (
    ACCELERATED_ON,
    AMOUNT,
    AS_OF,
    CAP_RATE,
    CAP_SHARE,
    CHARGE_COLUMNS,
    COSTS,
    DAY_COUNT,
    DEBT_COLUMNS,
    DONE,
    DUE_ON,
    FEE_OF,
    INTEREST_OF,
    KIND,
    LEFT_TO_THE_ENGINE,
    LIMIT,
    LINE_COLUMNS,
    NEW_RATE,
    NOT_PAID_OUT,
    OPTIONS,
    PAID_OUT,
    PAID_OUT_ON,
    PERIOD_COLUMNS,
    PRINCIPAL_OF,
    RATE,
    UNIT,
    UPLIFT,
    Book,
    compiled,
)  # fmt: skip
from legal_service.accounts.portfolio.plan import planned, reduced
from legal_service.accounts.portfolio.walk import add_up, apply_cap, walk_through


@compiled
def fits(loan: Any, instalments: Any, postings: Any, rates: Any, law: Any) -> bool:
    """Whether nothing is dated or signed as on no loan, and no sum or product of the walk can come near 2**63."""
    paid_out_on = loan[PAID_OUT_ON]
    largest, booked, fastest = loan[PAID_OUT], float(loan[PAID_OUT]), loan[RATE]
    if loan[RATE] < 0 or loan[UPLIFT] < 0 or (loan[ACCELERATED_ON] and loan[ACCELERATED_ON] < paid_out_on):
        return False
    for at in range(len(rates)):
        fastest = max(fastest, rates[at, NEW_RATE])
        if rates[at, NEW_RATE] < 0:
            return False
    for at in range(len(instalments)):
        row = instalments[at]
        due_on, principal, interest, fee = row[DUE_ON], row[PRINCIPAL_OF], row[INTEREST_OF], row[FEE_OF]
        if due_on < paid_out_on or principal < 0 or interest < 0 or fee < 0:
            return False
        largest = max(largest, interest)
        booked += float(principal) + float(interest) + float(fee)
    for at in range(len(postings)):
        if postings[at, AMOUNT] < 0 or postings[at, KIND] == COSTS:  # costs cannot be waived
            return False
        booked += float(postings[at, AMOUNT])
    days = float(law[AS_OF] - paid_out_on)
    penalty = float(fastest) * (100.0 + loan[UPLIFT])
    share = penalty if len(rates) else float(reduced(loan[RATE] * (100 + loan[UPLIFT]), UNIT * loan[DAY_COUNT])[0])
    growth = 1.0 + (penalty + UNIT) * days / (360.0 * UNIT)  # no line grows by more, all that accrues on it counted
    factor = max(share, float(fastest), float(law[CAP_SHARE])) * days + float(law[CAP_RATE])
    return bool(largest * growth * factor < LIMIT and booked * growth < LIMIT)


def _walker(digest: int) -> Callable[..., Any]:
    """The compiled pass over a portfolio; the digest it closes over is part of its key in the cache."""

    def run(
        loans: Any, instalments: Any, instalments_at: Any, postings: Any, postings_at: Any, rates: Any, rates_at: Any,
        law: Any, clauses: Any, designations: Any, orders: Any, lines: Any, periods: Any, charges: Any, credit: Any, debt: Any,
        totals: Any, status: Any,
    ) -> int:  # fmt: skip
        book = Book(lines, charges, credit, debt, law, clauses, designations, orders)
        for at in range(len(loans)):
            loan = loans[at]
            own = instalments[instalments_at[at] : instalments_at[at + 1]]
            ledger = postings[postings_at[at] : postings_at[at + 1]]
            changes = rates[rates_at[at] : rates_at[at + 1]]
            if status[at] != DONE:
                continue
            if law[AS_OF] < loan[PAID_OUT_ON]:
                status[at] = NOT_PAID_OUT
            elif not len(own) or not fits(loan, own, ledger, changes, law):
                status[at] = LEFT_TO_THE_ENGINE
            else:
                due = periods[: planned(loan, own, changes, periods, law[AS_OF])]
                walk_through(book, loan, due, ledger, changes)
                add_up(book, loan, due, totals[at])
                apply_cap(book, totals[at])
        return digest

    try:
        return cast(Callable[..., Any], njit(cache=True, **OPTIONS)(run))
    except RuntimeError:  # no folder for the cache
        return cast(Callable[..., Any], njit(**OPTIONS)(run))


@cache
def walker() -> Callable[..., Any]:
    """`run`, compiled or read from the cache on its first call."""
    try:
        sources = "".join(inspect.getsource(module) for module in (layout, plan, debt, walk))
    except OSError:  # installed without its sources: the release alone tells them apart
        sources = ""
    return _walker(int.from_bytes(hashlib.sha256(sources.encode()).digest()[:7], "big"))


def run(tables: Sequence[Any], figures: Any, status: Any) -> None:
    """Fill in the figures and the status of every loan.

    `tables` are loans, instalments, postings and rates, each but the first with where a loan's rows begin, then the law, the
    clauses, the designations and the orders.
    """
    longest, most = int(np.diff(tables[2]).max()) + 1, int(np.diff(tables[4]).max())
    room = (
        (longest, LINE_COLUMNS),
        (longest, PERIOD_COLUMNS),
        (longest + most, CHARGE_COLUMNS),
        (most + 1, 2),
        DEBT_COLUMNS,
    )
    walker()(*tables, *(np.zeros(shape, np.int64) for shape in room), figures, status)
