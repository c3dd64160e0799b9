"""The totals of all loans from the rows: columns of integers gathered by the database itself, a few thousand loans at a time.

What is rare in a portfolio (reversals, undone lines, a debtor's designation, dated rates, a schedule that the tape does not
give) is read loan by loan as facts, and laid out by `tables.lay_out`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Integer, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract, InstalmentRow, Posting, RateRow
from legal_service.accounts.portfolio import layout
from legal_service.accounts.portfolio.queries import Reckoned
from legal_service.accounts.portfolio.reckoning import reckon, totals_of
from legal_service.accounts.portfolio.tables import WAIVED, Integers, Portfolio, Vocabulary, head_of, posting_kind
from legal_service.accounts.portfolio.totals import Totals
from legal_service.accounts.rules import Rules
from legal_service.errors import Refusal

AT_ONCE = 10_000
"""Loans read and reckoned together: some 30 MB."""


def reckoned(session: Session, *, as_of: date, rules: Rules) -> Iterator[list[Reckoned]]:
    """As `portfolio_totals`, by the kernel; one by one only what it does not express."""
    for heads in _portions(session):
        loans = _laid_out(session, heads)
        figures, status = reckon(loans, as_of, rules)
        wanted = [
            head.id
            for head, standing in zip(heads, status.tolist(), strict=True)
            if standing == layout.LEFT_TO_THE_ENGINE and head.disbursed_on <= as_of
        ]
        rare = dict(accounts.facts_by_contract(session, wanted))
        apart = dict(zip(rare, totals_of(list(rare.values()), as_of, rules), strict=True))
        found = []
        for head, row, standing in zip(heads, figures.tolist(), status.tolist(), strict=True):
            totals, by_engine = apart.get(head.id, (Totals(*row) if standing == layout.DONE else None, False))
            if totals is not None:
                found.append(Reckoned(head.id, head.loan_no, totals, by_engine))
        yield found


def laid_out(session: Session) -> Iterator[Portfolio]:
    """The loans of the portfolio as arrays, in portions, by contract id; the rare ones are marked as left to the engine."""
    for heads in _portions(session):
        yield _laid_out(session, heads)


_HEAD = select(
    Contract.id, Contract.loan_no, Contract.disbursed_amount, Contract.disbursed_on, Contract.annual_rate,
    Contract.penalty_uplift, Contract.compound, Contract.day_count, Contract.method, Contract.first_due_on,
    Contract.accelerated_on, Contract.allocation, Contract.signed_cost_table,
)  # fmt: skip


def _portions(session: Session) -> Iterator[Sequence[Any]]:
    last = 0
    while heads := session.execute(_HEAD.where(Contract.id > last).order_by(Contract.id).limit(AT_ONCE)).all():
        yield heads
        last = heads[-1].id


def _laid_out(session: Session, heads: Sequence[Any]) -> Portfolio:
    ids, words = np.array([head.id for head in heads], np.int64), Vocabulary()
    own_rates = select(RateRow.contract_id).where(RateRow.contract_id.between(heads[0].id, heads[-1].id))
    rare = set(session.scalars(own_rates))
    loans = np.zeros((len(ids), layout.LOAN_COLUMNS), np.int64)
    for at, head in enumerate(heads):
        try:
            loans[at] = head_of(head, words.clause(head.allocation))
        except Refusal:  # the engine says why
            rare.add(head.id)
    due, due_at, _ = _gathered(session, InstalmentRow.contract_id, _DUE, literal(0), ids)
    booked, booked_at, odd = _gathered(session, Posting.contract_id, _BOOKED, _ODD, ids)
    kinds = booked[:, 3] // 2
    postings = np.column_stack((booked[:, 0], kinds, booked[:, 2], np.zeros_like(kinds), booked[:, 3] % 2))
    return Portfolio(
        loans=loans,
        instalments=due[_sorted(due_at, due[:, 0], due[:, 1])][:, [0, 2, 3, 4]],
        instalments_at=due_at,
        postings=postings[_sorted(booked_at, booked[:, 0], kinds < layout.FEE_CHARGE, booked[:, 1])],
        postings_at=booked_at,
        rates=np.zeros((0, 2), np.int64),
        rates_at=np.zeros(len(ids) + 1, np.int64),
        clauses=words.clauses(),
        designations=words.designations(),
        status=np.where(
            np.isin(ids, list(rare)) | odd | (np.diff(due_at) == 0), layout.LEFT_TO_THE_ENGINE, layout.DONE
        ),
    )


def _day(column: Any) -> ColumnElement[str]:
    """A date as the digits 20260131, alike on both databases."""
    return func.replace(cast(column, String), "-", "")


_DUE = (
    _day(InstalmentRow.due_on),
    InstalmentRow.number,
    InstalmentRow.principal,
    InstalmentRow.interest,
    InstalmentRow.fee,
)
_ODD = case((Posting.kind.in_(("reversal", "undoing")), 1), (Posting.designated != "", 1), else_=0)
"""A posting that the columns do not tell whole."""

_KIND = case(
    *((Posting.kind == kind, posting_kind(kind, "")) for kind in ("payment", "deduction")),
    ((Posting.kind == "charge") & (Posting.component == "legal_cost"), posting_kind("charge", "legal_cost")),
    (Posting.kind == "charge", posting_kind("charge", "")),
    *((Posting.component == one, posting_kind("waiver", one)) for one in WAIVED),
    else_=0,
)
_BOOKED = (_day(Posting.posted_on), Posting.id, Posting.amount, _KIND * 2 + cast(Posting.disclosed, Integer))
"""The kind and whether it was disclosed share a column; kind 0 is a waiver of what cannot be waived."""


def _gathered(
    session: Session, loan: Any, columns: Sequence[Any], odd: ColumnElement[int], ids: Integers
) -> tuple[Integers, Integers, Any]:
    """The rows of a table that belong to loans: their columns (the first a day), where each loan's begin, which loans are odd.

    The database joins each column of a loan to one text; the texts are read as integers at once. The way by the contracts
    keeps SQLite from reading the rows of the whole institution for every portion.
    """
    joined = [func.aggregate_strings(cast(column, String), ",") for column in columns]
    query = select(Contract.id, func.count(), func.max(odd), *joined).join(Contract, Contract.id == loan)
    query = query.where(Contract.id.between(int(ids[0]), int(ids[-1]))).group_by(Contract.id).order_by(Contract.id)
    known = set(ids.tolist())
    rows = [row for row in session.execute(query) if row[0] in known]
    counts, marked = np.zeros(len(ids), np.int64), np.zeros(len(ids), bool)
    places = np.searchsorted(ids, np.array([row[0] for row in rows], np.int64))
    counts[places] = [row[1] for row in rows]
    marked[places] = [bool(row[2]) for row in rows]
    read = [
        np.fromstring(",".join(str(row[at]) for row in rows), np.int64, sep=",") for at in range(3, 3 + len(columns))
    ]  # fmt: skip
    found = np.column_stack((_ordinals(read[0]), *read[1:]))
    return found, np.concatenate(([0], np.cumsum(counts))), marked


def _ordinals(digits: Integers) -> Integers:
    """`date.toordinal` of many days written 20260131."""
    months = (digits // 10_000 - 1970) * 12 + digits // 100 % 100 - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + digits % 100 - 1
    return days + date(1970, 1, 1).toordinal()


def _sorted(at: Integers, *keys: Any) -> Integers:
    """The order of rows by loan, then by the keys."""
    return np.lexsort((*reversed(keys), np.repeat(np.arange(len(at) - 1), np.diff(at))))
