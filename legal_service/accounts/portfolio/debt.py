"""The debt of one loan in integers, mirroring `accounts.debt`, `interest.Accrual` and the bounds of `cap`."""

from __future__ import annotations

from typing import Any

from legal_service.accounts.portfolio.layout import (
    BALANCE,
    CAP_RATE,
    CAP_SHARE,
    CAP_YEAR,
    CHARGED,
    CHARGES,
    COMPOUND_CLOSED,
    COMPOUND_SETTLED,
    COMPOUND_SINCE,
    COMPOUNDS,
    COSTS,
    DAY,
    DAY_COUNT,
    DUE_ON,
    EXCESS,
    FEE_AT,
    FEE_OF,
    FEES,
    FIRST_CHARGE,
    FIRST_LINE,
    INTEREST,
    INTEREST_OF,
    INTEREST_UNPAID,
    LINES,
    MICRO,
    OF,
    OPENED_ON,
    OUTSTANDING,
    OUTSTANDING_SINCE,
    OWED,
    PENALTY,
    PENALTY_BOUND,
    PENALTY_CLOSED,
    PENALTY_SETTLED,
    PENALTY_SINCE,
    PRINCIPAL,
    PRINCIPAL_DAYS,
    PRINCIPAL_OF,
    SHARE,
    SIGNED,
    TOLD,
    UNIT,
    UNPAID,
    UPLIFT,
    YEAR,
    Book,
    compiled,
)  # fmt: skip
from legal_service.accounts.portfolio.plan import reduced, rounded


@compiled
def accrued(since: int, closed: int, unpaid: int, debt: Any, day: int) -> int:
    """`Accrual.accrued`."""
    if not unpaid or day <= since:
        return closed
    return closed + rounded(unpaid * debt[SHARE] * (day - since), debt[YEAR])


@compiled
def penalty_of(line: Any, debt: Any, day: int) -> int:
    """The penalty of a line by the close of a day."""
    return accrued(line[PENALTY_SINCE], line[PENALTY_CLOSED], line[UNPAID], debt, day)


@compiled
def compound_of(line: Any, debt: Any, day: int) -> int:
    """The compound interest of a line by the close of a day; `COMPOUND_SINCE` is 0 where the contract has none."""
    if not line[COMPOUND_SINCE]:
        return 0
    return accrued(line[COMPOUND_SINCE], line[COMPOUND_CLOSED], line[INTEREST_UNPAID], debt, day)


@compiled
def bound_of(line: Any, law: Any, day: int) -> int:
    """`cap.default_bound` of a line's segments up to a day."""
    days = day - line[PENALTY_SINCE]
    if not line[UNPAID] or days <= 0:
        return int(line[PENALTY_BOUND])
    return int(line[PENALTY_BOUND] + rounded(line[UNPAID] * law[CAP_SHARE] * days, law[CAP_YEAR]))


@compiled
def close_penalty(line: Any, book: Book, day: int) -> None:
    """`Accrual._close` for the penalty; the bound of the 24 % test closes its segment with it."""
    line[PENALTY_BOUND] = bound_of(line, book.law, day)
    line[PENALTY_CLOSED] = penalty_of(line, book.debt, day)
    line[PENALTY_SINCE] = day


@compiled
def close_compound(line: Any, book: Book, day: int) -> None:
    """`Accrual._close` for the compound interest."""
    if line[COMPOUND_SINCE]:
        line[COMPOUND_CLOSED] = compound_of(line, book.debt, day)
        line[COMPOUND_SINCE] = day


@compiled
def reprice(loan: Any, book: Book, day: int, rate: int) -> None:
    """`Debt.reprice`: every open line closes its segments, then the new penalty rate holds."""
    debt = book.debt
    for at in range(debt[FIRST_LINE], debt[LINES]):
        close_penalty(book.lines[at], book, day)
        close_compound(book.lines[at], book, day)
    debt[SHARE], debt[YEAR] = reduced(rate * (100 + loan[UPLIFT]), UNIT * loan[DAY_COUNT])


@compiled
def charge(book: Book, component: int, amount: int, disclosed: int) -> None:
    """`Debt._charge`: a fee or cost falls due; fees count under the test over the life."""
    debt = book.debt
    row = book.charges[debt[CHARGES]]
    row[OF], row[OWED], row[TOLD] = component, amount, disclosed
    debt[CHARGES] += 1
    if component == FEES:
        debt[CHARGED] += amount


@compiled
def fall_due(loan: Any, period: Any, is_regular: bool, book: Book) -> None:
    """`Debt.fall_due`, and `cap.interest_bound` of the period."""
    debt, law = book.debt, book.law
    line = book.lines[debt[LINES]]
    for column in range(len(line)):
        line[column] = 0
    day = period[DUE_ON]
    line[DAY], line[UNPAID], line[INTEREST_UNPAID], line[FEE_AT] = day, period[PRINCIPAL_OF], period[INTEREST_OF], -1
    line[PENALTY_SINCE], line[COMPOUND_SINCE] = day, day * loan[COMPOUNDS]
    if period[FEE_OF]:
        line[FEE_AT] = debt[CHARGES]
        charge(book, FEES, period[FEE_OF], loan[SIGNED])
    if is_regular:
        bound = rounded(period[BALANCE] * law[CAP_RATE], 12 * MICRO)
    else:
        bound = rounded(period[BALANCE] * law[CAP_SHARE] * (day - period[OPENED_ON]), law[CAP_YEAR])
    debt[CHARGED] += period[INTEREST_OF]
    debt[EXCESS] += max(0, period[INTEREST_OF] - bound)
    debt[LINES] += 1


@compiled
def outstanding(line: Any, book: Book) -> bool:
    """`DueLine.outstanding`."""
    fee = line[FEE_AT]
    return bool(line[UNPAID] or line[INTEREST_UNPAID] or (fee >= 0 and book.charges[fee, OWED]))


@compiled
def tidy(book: Book, day: int) -> None:
    """`Debt.tidy`, as far as it saves time: lines and charges at the front on which nothing is left are passed over."""
    debt = book.debt
    while debt[FIRST_LINE] < debt[LINES]:
        line = book.lines[debt[FIRST_LINE]]
        left = line[PENALTY_CLOSED] - line[PENALTY_SETTLED] + line[COMPOUND_CLOSED] - line[COMPOUND_SETTLED]
        if left or outstanding(line, book):
            break
        debt[FIRST_LINE] += 1
    while debt[FIRST_CHARGE] < debt[CHARGES] and not book.charges[debt[FIRST_CHARGE], OWED]:
        debt[FIRST_CHARGE] += 1


@compiled
def days_past_due(book: Book, day: int) -> int:
    """`Debt.days_past_due`."""
    debt = book.debt
    for at in range(debt[FIRST_LINE], debt[LINES]):
        line = book.lines[at]
        if line[DAY] >= day:
            break
        if outstanding(line, book):
            return int(day - line[DAY])
    return 0


@compiled
def principal_falls(debt: Any, amount: int, day: int) -> None:
    """`Debt._principal_falls`."""
    debt[PRINCIPAL_DAYS] += debt[OUTSTANDING] * (day - debt[OUTSTANDING_SINCE])
    debt[OUTSTANDING_SINCE] = day
    debt[OUTSTANDING] -= amount


@compiled
def reduce(line: Any, component: int, left: int, book: Book, day: int) -> int:
    """`DueLine.owed` and `reduce`: takes what is owed of a component, as far as `left` reaches; answers how much that was."""
    if component == INTEREST:
        part = min(left, line[INTEREST_UNPAID])
        if part:
            close_compound(line, book, day)
            line[INTEREST_UNPAID] -= part
    elif component == PRINCIPAL:
        part = min(left, line[UNPAID])
        if part:
            close_penalty(line, book, day)
            line[UNPAID] -= part
            principal_falls(book.debt, part, day)
    elif component == PENALTY:
        part = min(left, penalty_of(line, book.debt, day) - line[PENALTY_SETTLED])
        line[PENALTY_SETTLED] += part
    else:
        part = min(left, compound_of(line, book.debt, day) - line[COMPOUND_SETTLED])
        line[COMPOUND_SETTLED] += part
    return int(part)


@compiled
def settle(book: Book, component: int, left: int, day: int) -> int:
    """`Debt.settle`: oldest due first, as far as `left` reaches; answers what is still left."""
    debt = book.debt
    if component in (FEES, COSTS):
        for at in range(debt[FIRST_CHARGE], debt[CHARGES]):
            if left and book.charges[at, OF] == component:
                part = min(left, book.charges[at, OWED])
                book.charges[at, OWED] -= part
                left -= part
        return left
    for at in range(debt[FIRST_LINE], debt[LINES]):
        left -= reduce(book.lines[at], component, left, book, day)
        if not left:
            break
    return left
