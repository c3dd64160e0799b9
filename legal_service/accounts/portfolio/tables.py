"""Loans as arrays: the columns of `layout`, each table sorted by loan, with the place where every loan's rows begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legal_service.accounts.appropriation import KINDS, Order, complete, components, parse
from legal_service.accounts.cap import DAYS_A_YEAR
from legal_service.accounts.debt import COMPONENTS
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.instalments import plan, rate_changes
from legal_service.accounts.portfolio import layout
from legal_service.accounts.reversals import ledger_on
from legal_service.accounts.rules import Rules
from legal_service.errors import Refusal
from legal_service.money import MICRO

Integers = NDArray[np.int64]
Table = list[tuple[int, ...]]
Rows = tuple[list[int], Table, Table, Table]
"""The row of a loan, and its instalments, postings and rates."""
PERMUTATIONS: tuple[Order, ...] = tuple(permutations(KINDS))
ORDERS: Integers = np.array([[COMPONENTS.index(one) for one in components(order)] for order in PERMUTATIONS], np.int64)
WAIVED = ("interest", "penalty", "compound", "fees", "principal")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Loans laid out for the kernel. `status` says which of them are left to the engine before it begins."""

    loans: Integers
    instalments: Integers
    instalments_at: Integers
    postings: Integers
    postings_at: Integers
    rates: Integers
    rates_at: Integers
    clauses: Integers
    designations: Integers
    status: Integers


class Vocabulary:
    """The distinct clauses on the order of payment and designations of a portfolio, numbered as they come."""

    def __init__(self) -> None:
        self._clauses: dict[str, int] = {}
        self._designations: dict[Order, int] = {(): 0}

    def clause(self, text: str) -> int:
        """The number of a clause; refuses one that cannot be read."""
        if text not in self._clauses:
            parse(text)
            self._clauses[text] = len(self._clauses)
        return self._clauses[text]

    def designation(self, order: Order) -> int:
        """The number of a debtor's order; `KeyError` for kinds that are none."""
        if not set(order) <= set(KINDS):
            raise KeyError(order)
        return self._designations.setdefault(order, len(self._designations))

    def clauses(self) -> Integers:
        """Clause × step × (days overdue, order); steps that a clause has not got are never reached."""
        read = [parse(text) for text in self._clauses]
        longest = max((len(one.later) for one in read), default=0) + 2
        found = np.full((len(read), longest, 2), layout.NEVER, np.int64)
        for at, one in enumerate(read):
            for step, (days, order) in enumerate(((0, one.first), *one.later)):
                found[at, step] = min(days, layout.NEVER), PERMUTATIONS.index(order)
        return found

    def designations(self) -> Integers:
        """Designation × the contract's order → the order that holds."""
        return np.array(
            [
                [PERMUTATIONS.index(complete(one, order)) for order in PERMUTATIONS]
                for one in self._designations
            ],
            np.int64,
        )  # fmt: skip


def law_of(as_of: date, rules: Rules) -> Integers:
    """The day and the rules of law as the kernel takes them."""
    year = MICRO * DAYS_A_YEAR
    common = gcd(rules.cap_rate, year)
    told = rules.disclosure_from.toordinal() if rules.disclosure_from else date.max.toordinal() + 1
    return np.array([as_of.toordinal(), rules.cap_rate, rules.cap_rate // common, year // common, told], np.int64)


def posting_kind(kind: str, component: str) -> int:
    """The number of a kind of posting; `KeyError` for a waiver of what cannot be waived.

    >>> posting_kind("deduction", ""), posting_kind("waiver", "principal"), posting_kind("charge", "legal_cost")
    (6, 5, 8)
    """
    if kind in ("payment", "deduction"):
        return layout.PAYMENT
    if kind == "charge":
        return layout.COST_CHARGE if component == "legal_cost" else layout.FEE_CHARGE
    if kind != "waiver" or component not in WAIVED:
        raise KeyError(component)
    return layout.COSTS + [str(one) for one in COMPONENTS].index(component)


def lay_out(loans: Sequence[LoanFacts], as_of: date) -> Portfolio:
    """Loans as facts laid out, reversals resolved as of a day. What cannot be laid out is left to the engine."""
    words = Vocabulary()
    heads: list[list[int]] = []
    status: list[int] = []
    instalments: list[Table] = []
    postings: list[Table] = []
    rates: list[Table] = []
    for facts in loans:
        try:
            rows = _rows(facts, as_of, words)
        except (Refusal, KeyError):
            rows = ([0] * layout.LOAN_COLUMNS, [], [], [])
        heads.append(rows[0])
        status.append(layout.DONE if rows[0][layout.PAID_OUT] else layout.LEFT_TO_THE_ENGINE)
        for table, own in zip((instalments, postings, rates), rows[1:], strict=True):
            table.append(own)
    return Portfolio(
        _array(heads, layout.LOAN_COLUMNS),
        *_joined(instalments, 4),
        *_joined(postings, 5),
        *_joined(rates, 2),
        words.clauses(),
        words.designations(),
        np.array(status, np.int64),
    )


def _rows(facts: LoanFacts, as_of: date, words: Vocabulary) -> Rows:
    head = head_of(facts, words.clause(facts.allocation))
    if as_of < facts.disbursed_on:
        return head, [], [], []
    given: Sequence[Any] = facts.instalments or plan(facts).periods
    instalments: Table = [
        (one.due_on.toordinal(), one.principal, one.interest, one.fee)
        for one in sorted(given, key=lambda one: (one.due_on, one.number))
    ]
    standing = sorted(ledger_on(facts.postings, as_of).standing, key=lambda one: (one.on, one.kind != "charge"))
    rates: Table = [(one.from_on.toordinal(), one.annual_rate) for one in rate_changes(facts)]
    return head, instalments, [_posting(one, words) for one in standing], rates


def head_of(facts: Any, clause: int) -> list[int]:
    """The row of a loan, from its facts or from a row of the table of contracts."""
    head = [0] * layout.LOAN_COLUMNS
    head[layout.PAID_OUT] = facts.disbursed_amount
    head[layout.PAID_OUT_ON] = facts.disbursed_on.toordinal()
    head[layout.RATE], head[layout.UPLIFT] = facts.annual_rate, facts.penalty_uplift
    head[layout.COMPOUNDS], head[layout.DAY_COUNT] = int(facts.compound), facts.day_count
    head[layout.BULLET], head[layout.ANCHOR] = int(facts.method == "bullet"), facts.first_due_on.day
    head[layout.COMPUTED] = int(not getattr(facts, "instalments", True))
    head[layout.ACCELERATED_ON] = facts.accelerated_on.toordinal() if facts.accelerated_on else 0
    head[layout.CLAUSE], head[layout.SIGNED] = clause, int(facts.signed_cost_table)
    return head


def _posting(one: PostingFact, words: Vocabulary) -> tuple[int, ...]:
    kind, designated = posting_kind(one.kind, one.component), words.designation(one.designated)
    return (one.on.toordinal(), kind, one.amount, designated, int(one.disclosed))


def _joined(rows: Sequence[Sequence[tuple[int, ...]]], columns: int) -> tuple[Integers, Integers]:
    at = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(own) for own in rows], out=at[1:])
    return _array([row for own in rows for row in own], columns), at


def _array(rows: Sequence[Sequence[int]], columns: int) -> Integers:
    return np.array(rows, np.int64).reshape(-1, columns)
