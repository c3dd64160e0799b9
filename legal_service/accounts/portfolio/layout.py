"""How a loan lies in the arrays of integers that the kernel reads: one row each, the columns named here.

Days are ordinals, amounts fen, rates millionths a year, yes and no are 1 and 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

from numba import njit

OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
"""No test for a division by zero, and nothing is allocated, so that no view of a row is counted: three times as fast."""

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def compiled(function: Compiled) -> Compiled:
    """Compile a part of the kernel; only `kernel.run`, which contains them all, is kept on disk."""
    return cast(Compiled, njit(forceinline=True, **OPTIONS)(function))


# a loan
(
    PAID_OUT, PAID_OUT_ON, RATE, UPLIFT, COMPOUNDS, DAY_COUNT, BULLET, COMPUTED, ACCELERATED_ON, ANCHOR, CLAUSE, SIGNED,
    LOAN_COLUMNS,
) = range(13)  # fmt: skip
# an instalment; a dated rate; a posting
DUE_ON, PRINCIPAL_OF, INTEREST_OF, FEE_OF = range(4)
FROM_ON, NEW_RATE = range(2)
ON, KIND, AMOUNT, DESIGNATED, DISCLOSED = range(5)
# components in the order of `debt.COMPONENTS`: a waiver's kind too; then the other kinds of posting
COSTS, INTEREST, COMPOUND, PENALTY, FEES, PRINCIPAL, PAYMENT, FEE_CHARGE, COST_CHARGE = range(9)
# the law
AS_OF, CAP_RATE, CAP_SHARE, CAP_YEAR, DISCLOSURE_FROM = range(5)
# a period, as `instalments.Period`: the first four columns are those of an instalment
BALANCE, OPENED_ON, ACCELERATION, PERIOD_COLUMNS = 4, 5, 6, 7
# a line that has fallen due
(
    DAY, UNPAID, INTEREST_UNPAID, FEE_AT, PENALTY_SINCE, PENALTY_CLOSED, PENALTY_SETTLED, PENALTY_BOUND, COMPOUND_SINCE,
    COMPOUND_CLOSED, COMPOUND_SETTLED, LINE_COLUMNS,
) = range(12)  # fmt: skip
# a charge that has fallen due
OF, OWED, TOLD, CHARGE_COLUMNS = range(4)
# the debt
(
    SHARE, YEAR, LINES, FIRST_LINE, CHARGES, FIRST_CHARGE, OUTSTANDING, OUTSTANDING_SINCE, PRINCIPAL_DAYS, CHARGED, EXCESS,
    CREDITS, DEBT_COLUMNS,
) = range(13)  # fmt: skip
# what comes of it: the figures in the order of `totals.FIGURES`
(
    T_DAYS, T_DUE, T_UNDUE, T_INTEREST, T_PENALTY, T_COMPOUND, T_FEES, T_COSTS, T_TOTAL, T_UNDISCLOSED, T_UNAPPLIED, T_OVERDUE,
    T_CEILING, T_CHARGED, T_PER_PERIOD, T_LIFETIME, T_REDUCTION, T_PAID_EXCESS, T_CLAIM, TOTAL_COLUMNS,
) = range(20)  # fmt: skip
NEVER = 1_000_000_000
"""Days overdue from which the later order of a clause with no later order holds."""

DONE, NOT_PAID_OUT, LEFT_TO_THE_ENGINE = range(3)

MICRO, UNIT, LIMIT = 1_000_000, 100_000_000, 4.0e18
"""Millionths; hundred-millionths (`interest.UNIT`); no product of a loan that is computed here may come near 2**63."""


class Book(NamedTuple):
    """The state of one loan during the walk, and the law."""

    lines: Any
    charges: Any
    credit: Any
    debt: Any
    law: Any
    clauses: Any
    designations: Any
    orders: Any
