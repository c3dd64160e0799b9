"""A statement of account as the page shows it: every figure with the segments, postings and rows it came from.

Nothing is computed here: figures are the statement's (`accounts.statement`), its sums (`accounts.sums`) and its sources
(`accounts.sources`); this module only lays beside each figure what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from legal_service import labels
from legal_service.accounts import queries, sources
from legal_service.accounts.alternatives import Alternative, alternatives
from legal_service.accounts.appropriation import Allocation, parse
from legal_service.accounts.basis import Article, articles
from legal_service.accounts.debt import Part
from legal_service.accounts.explanation import steps
from legal_service.accounts.interest import Segment
from legal_service.accounts.irr import Cost, cost_or_none
from legal_service.accounts.reconcile import Difference
from legal_service.accounts.statement import ChargeLine, Entry, Line, Statement
from legal_service.accounts.sums import Sum, sums
from legal_service.cases import queries as cases
from legal_service.errors import Words
from legal_service.evidence import queries as evidence
from legal_service.evidence.origins import RowOrigin
from legal_service.money import Fen

labels.register(
    "component",
    {
        "principal": ("本金", "principal"),
        "interest": ("期内利息", "contract interest"),
        "penalty": ("罚息", "penalty interest"),
        "compound": ("复利", "compound interest"),
        "fees": ("费用", "fees"),
        "costs": ("实现债权的费用", "costs of realising the debt"),
    },
)
labels.register("charge", {"instalment_fee": ("分期费用", "fee of the instalment")})

FIGURES = {"principal": "principal_due"}
"""Component → its name among the sources, where the two differ."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of an appropriation: which posting, and what of it went where."""

    entry: Entry
    part: Part


@dataclass(frozen=True, slots=True)
class LineShown:
    """One instalment with what was paid on it and the rows it rests on."""

    line: Line
    strokes: tuple[Stroke, ...]
    charges: tuple[ChargeLine, ...]
    rows: tuple[str, ...]

    @property
    def unpaid(self) -> Fen:
        """All that is unpaid on this instalment, its fee included."""
        line = self.line
        accrued = line.penalty_unpaid + line.compound_unpaid
        return line.principal_unpaid + line.interest_unpaid + accrued + sum(one.unpaid for one in self.charges)

    def segments(self) -> Iterator[tuple[str, Segment]]:
        """Its interest segments: which kind, and the segment."""
        yield from (("penalty", one) for one in self.line.penalty_segments)
        yield from (("compound", one) for one in self.line.compound_segments)


@dataclass(frozen=True, slots=True)
class Account:
    """One loan's statement with everything that the page opens beside its figures."""

    loan_no: str
    contract_no: str
    statement: Statement
    sums: tuple[Sum, ...]
    lines: tuple[LineShown, ...]
    figures: dict[str, list[str]]
    origins: dict[str, RowOrigin]
    allocation: Allocation
    articles: tuple[Article, ...]
    steps: tuple[Words, ...]
    alternatives: tuple[Alternative, ...]
    books: bool
    cost: Cost | None
    cost_disclosed: Cost | None
    differences: tuple[Difference, ...]

    def rows_of(self, component: str) -> list[str]:
        """The rows that a component rests on."""
        return self.figures.get(FIGURES.get(component, component), [])

    def touching(self, component: str) -> list[Entry]:
        """The postings of which something went to a component."""
        return [entry for entry in self.statement.postings if entry.to(component)]

    def charges(self, component: str) -> list[ChargeLine]:
        """The fees, or the costs."""
        return [one for one in self.statement.charges if one.is_cost == (component == "costs")]


def account_of(session: Session, loan_no: str, as_of: date) -> Account:
    """The account of a loan at the close of a day; refuses `unknown_loan`, `not_disbursed`."""
    statement = cases.statement(session, loan_no, as_of)
    figures = sources.of_figures(statement)
    compared, differences = queries.differences(session, as_of=as_of, loan_no=loan_no)
    lines = tuple(_shown(statement, line) for line in statement.lines)
    return Account(
        loan_no=loan_no,
        contract_no=statement.facts.contract_no,
        statement=statement,
        sums=sums(statement),
        lines=lines,
        figures=figures,
        origins=evidence.row_origins(session, _all_rows(statement, figures, lines)),
        allocation=parse(statement.facts.allocation),
        articles=articles(statement),
        steps=tuple(steps(statement)),
        alternatives=alternatives(statement),
        books=bool(compared),
        cost=cost_or_none(statement.facts),
        cost_disclosed=cost_or_none(statement.facts, undisclosed=False),
        differences=tuple(differences),
    )


def _shown(statement: Statement, line: Line) -> LineShown:
    own, number = line.period.row, line.period.number
    return LineShown(
        line=line,
        strokes=tuple(
            Stroke(entry, part)
            for entry in statement.postings
            for part in entry.parts
            if part.instalment == number and part.row == own
        )
        if line.due
        else (),
        charges=tuple(
            one for one in statement.charges if number is not None and one.instalment == number and one.row == own
        ),
        rows=tuple(sources.of_line(statement, line)),
    )


def _all_rows(statement: Statement, figures: dict[str, list[str]], lines: tuple[LineShown, ...]) -> Iterable[str]:
    for rows in figures.values():
        yield from rows
    for shown in lines:
        yield from shown.rows
    yield from (entry.row for entry in statement.postings)
    yield from (charge.row for charge in statement.charges)
    for gone in statement.reversed:
        yield from (gone.posting.row, gone.reversal.row)
    yield from (rate.row for rate in statement.facts.rates)
