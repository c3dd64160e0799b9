"""The totals of all loans on a date: by the kernel in a large portfolio, by the engine in a small one.

To load the kernel takes a second, to compile it the first time half a minute: it is imported when a portfolio is worth it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract
from legal_service.accounts.portfolio.totals import Totals, of_statement
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import compute

WORTH_THE_KERNEL = 2_000
"""From so many loans on the kernel is used: the engine takes one to two seconds for as many."""

PORTION = 50


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A loan paid out by the date, and its totals; `apart` says that the kernel could not express it and the engine did it."""

    contract_id: int
    loan_no: str
    totals: Totals
    apart: bool = False


def portfolio_totals(session: Session, *, as_of: date, rules: Rules) -> Iterator[list[Reckoned]]:
    """Every loan paid out by a date, by contract id, in portions. Refuses what `statement.compute` refuses."""
    loans = session.scalar(select(func.count()).select_from(Contract)) or 0
    if loans < WORTH_THE_KERNEL:
        yield from _one_by_one(session, as_of, rules)
        return
    from legal_service.accounts.portfolio.queries.columns import reckoned  # late: it loads the kernel

    yield from reckoned(session, as_of=as_of, rules=rules)


def _one_by_one(session: Session, as_of: date, rules: Rules) -> Iterator[list[Reckoned]]:
    portion: list[Reckoned] = []
    for contract_id, facts in accounts.portfolio_facts(session):
        if facts.disbursed_on > as_of:
            continue
        portion.append(Reckoned(contract_id, facts.loan_no, of_statement(compute(facts, as_of, rules))))
        if len(portion) == PORTION:
            yield portion
            portion = []
    yield portion
