"""The walk through one loan's life in integers, and its totals, mirroring `accounts.walk`, `appropriation`, `cap` and `statement`."""

from __future__ import annotations

from typing import Any

from legal_service.accounts.portfolio.debt import (
    bound_of,
    charge,
    compound_of,
    days_past_due,
    fall_due,
    penalty_of,
    principal_falls,
    reprice,
    settle,
    tidy,
)  # fmt: skip
from legal_service.accounts.portfolio.layout import (
    AMOUNT,
    AS_OF,
    CAP_SHARE,
    CAP_YEAR,
    CHARGED,
    CHARGES,
    CLAUSE,
    COMPOUND_SETTLED,
    COST_CHARGE,
    COSTS,
    CREDITS,
    DAY,
    DAY_COUNT,
    DESIGNATED,
    DISCLOSED,
    DISCLOSURE_FROM,
    DUE_ON,
    EXCESS,
    FEE_CHARGE,
    FEES,
    FROM_ON,
    INTEREST_UNPAID,
    KIND,
    LINES,
    NEVER,
    NEW_RATE,
    OF,
    ON,
    OUTSTANDING,
    OUTSTANDING_SINCE,
    OWED,
    PAID_OUT,
    PAID_OUT_ON,
    PAYMENT,
    PENALTY_SETTLED,
    PRINCIPAL_DAYS,
    PRINCIPAL_OF,
    RATE,
    SHARE,
    T_CEILING,
    T_CHARGED,
    T_CLAIM,
    T_COMPOUND,
    T_COSTS,
    T_DAYS,
    T_DUE,
    T_FEES,
    T_INTEREST,
    T_LIFETIME,
    T_OVERDUE,
    T_PAID_EXCESS,
    T_PENALTY,
    T_PER_PERIOD,
    T_REDUCTION,
    T_TOTAL,
    T_UNAPPLIED,
    T_UNDISCLOSED,
    T_UNDUE,
    TOLD,
    UNIT,
    UNPAID,
    UPLIFT,
    YEAR,
    Book,
    compiled,
)  # fmt: skip
from legal_service.accounts.portfolio.plan import reduced, regular, rounded


@compiled
def order_of(book: Book, posting: Any, loan: Any, day: int) -> int:
    """`appropriation.order_for`: the contract's order for so many days overdue, then the debtor's designation."""
    clause = book.clauses[loan[CLAUSE]]
    ruling = clause[0, 1]
    if clause[1, 0] < NEVER:
        days = days_past_due(book, day)
        for at in range(1, len(clause)):
            if days >= clause[at, 0]:
                ruling = clause[at, 1]
    return int(book.designations[posting[DESIGNATED], ruling])


@compiled
def appropriate(book: Book, posting: Any, left: int, loan: Any, day: int) -> int:
    """`appropriation.appropriate`: answers what finds nothing due."""
    order = book.orders[order_of(book, posting, loan, day)]
    for at in range(len(order)):
        if not left:
            break
        left = settle(book, order[at], left, day)
    tidy(book, day)
    return left


@compiled
def draw(book: Book, postings: Any, loan: Any, day: int) -> None:
    """`walk._draw`: the money left over from earlier payments, oldest first."""
    debt, kept = book.debt, 0
    for at in range(debt[CREDITS]):
        payment, left = book.credit[at, 0], book.credit[at, 1]
        left = appropriate(book, postings[payment], left, loan, day)
        if left:
            book.credit[kept, 0], book.credit[kept, 1] = payment, left
            kept += 1
    debt[CREDITS] = kept


@compiled
def enter(book: Book, postings: Any, at: int, loan: Any, day: int) -> None:
    """A payment or waiver of the day."""
    posting, debt = postings[at], book.debt
    if posting[KIND] != PAYMENT:
        settle(book, posting[KIND], posting[AMOUNT], day)
        tidy(book, day)
        return
    left = appropriate(book, posting, posting[AMOUNT], loan, day)
    if left:
        book.credit[debt[CREDITS], 0], book.credit[debt[CREDITS], 1] = at, left
        debt[CREDITS] += 1


@compiled
def opened(book: Book, loan: Any, rates: Any) -> int:
    """The debt on the day of the disbursement; answers with the first dated rate still to come."""
    debt = book.debt
    for column in range(len(debt)):
        debt[column] = 0
    rate, coming = loan[RATE], 0
    while coming < len(rates) and rates[coming, FROM_ON] <= loan[PAID_OUT_ON]:
        rate = rates[coming, NEW_RATE]
        coming += 1
    debt[SHARE], debt[YEAR] = reduced(rate * (100 + loan[UPLIFT]), UNIT * loan[DAY_COUNT])
    debt[OUTSTANDING], debt[OUTSTANDING_SINCE] = loan[PAID_OUT], loan[PAID_OUT_ON]
    return coming


@compiled
def walk_through(book: Book, loan: Any, periods: Any, postings: Any, rates: Any) -> None:
    """`walk.walk`: day by day to the close of the business date; of one day first rates, then what falls due, then postings."""
    as_of, debt = book.law[AS_OF], book.debt
    rate, period, posting = opened(book, loan, rates), 0, 0
    while True:
        day = as_of + 1
        if rate < len(rates):
            day = min(day, rates[rate, FROM_ON])
        if period < len(periods):
            day = min(day, periods[period, DUE_ON])
        if posting < len(postings):
            day = min(day, postings[posting, ON])
        if day > as_of:
            break
        while rate < len(rates) and rates[rate, FROM_ON] == day:
            reprice(loan, book, day, rates[rate, NEW_RATE])
            rate += 1
        before, charges = period, posting
        while period < len(periods) and periods[period, DUE_ON] == day:
            fall_due(loan, periods[period], regular(periods[period], loan, rates), book)
            period += 1
        while posting < len(postings) and postings[posting, ON] == day and postings[posting, KIND] >= FEE_CHARGE:
            of = COSTS if postings[posting, KIND] == COST_CHARGE else FEES
            charge(book, of, postings[posting, AMOUNT], postings[posting, DISCLOSED])
            posting += 1
        if period > before:
            tidy(book, day)
        if debt[CREDITS] and (period > before or posting > charges):
            draw(book, postings, loan, day)
        while posting < len(postings) and postings[posting, ON] == day:
            enter(book, postings, posting, loan, day)
            posting += 1
    principal_falls(debt, 0, as_of)


@compiled
def add_up(book: Book, loan: Any, periods: Any, total: Any) -> None:
    """`statement.compute` after the walk: what is unpaid by component."""
    debt, day = book.debt, book.law[AS_OF]
    for column in range(len(total)):
        total[column] = 0
    total[T_DAYS] = days_past_due(book, day)
    excess, charged = debt[EXCESS], debt[CHARGED]
    for at in range(debt[LINES]):
        line = book.lines[at]
        penalty, compound = penalty_of(line, debt, day), compound_of(line, debt, day)
        total[T_DUE] += line[UNPAID]
        total[T_OVERDUE] += line[UNPAID] if line[DAY] < day else 0
        total[T_INTEREST] += line[INTEREST_UNPAID]
        total[T_PENALTY] += penalty - line[PENALTY_SETTLED]
        total[T_COMPOUND] += compound - line[COMPOUND_SETTLED]
        excess += max(0, penalty + compound - bound_of(line, book.law, day))
        charged += penalty + compound
    for at in range(debt[LINES], len(periods)):
        total[T_UNDUE] += periods[at, PRINCIPAL_OF]
    told = book.law[DISCLOSURE_FROM] > loan[PAID_OUT_ON]  # no such rule yet when it was paid out
    for at in range(debt[CHARGES]):
        of, owed = book.charges[at, OF], book.charges[at, OWED]
        total[T_COSTS if of == COSTS else T_FEES] += owed
        total[T_UNDISCLOSED] += 0 if told or of == COSTS or book.charges[at, TOLD] else owed
    for at in range(debt[CREDITS]):
        total[T_UNAPPLIED] += book.credit[at, 1]
    total[T_CHARGED], total[T_PER_PERIOD] = charged, excess


@compiled
def apply_cap(book: Book, total: Any) -> None:
    """`cap.cap_test` and `Unpaid.less_both`: the reduction, and what may be claimed."""
    law = book.law
    unpaid = total[T_INTEREST] + total[T_PENALTY] + total[T_COMPOUND] + total[T_FEES]
    total[T_CEILING] = rounded(book.debt[PRINCIPAL_DAYS] * law[CAP_SHARE], law[CAP_YEAR])
    total[T_LIFETIME] = max(0, total[T_CHARGED] - total[T_PER_PERIOD] - total[T_CEILING])
    over = total[T_PER_PERIOD] + total[T_LIFETIME]
    total[T_REDUCTION] = min(over, unpaid)
    total[T_PAID_EXCESS] = over - total[T_REDUCTION]
    kept = total[T_DUE] + total[T_COSTS]
    total[T_TOTAL] = kept + unpaid
    total[T_CLAIM] = kept + unpaid - max(total[T_REDUCTION], total[T_UNDISCLOSED])
