"""Which rows every figure rests on: those whose amounts, days or rates are added up in it or taken off it.

A row that changes may also push a later payment to another component; that shows in the postings, not here. Worked out from
a finished statement only when it is printed, so that a sweep over a portfolio does not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legal_service.accounts.statement import Line, Statement

Rows = list[str]


def of_line(statement: Statement, line: Line) -> Rows:
    """The rows of one line: its terms, what was paid or waived on it, and what opened its interest segments."""
    row, number = line.period.row, line.period.number
    touched = [
        entry.row
        for entry in statement.postings
        for part in entry.parts
        if part.row == row and part.instalment == number
    ]
    opened = (row for segment in (*line.penalty_segments, *line.compound_segments) for row in segment.rows)
    return _distinct((*line.period.rows, *touched, *opened))


def of_figures(statement: Statement) -> dict[str, Rows]:
    """The rows of every top-level figure of contract.md section 4, by its name there; the cap's as `cap.<name>`."""
    facts = statement.facts
    due = [line for line in statement.lines if line.due]
    scheduled = [row for line in due for row in line.period.rows]
    paid = {component: list(_applied(statement, component)) for component in _COMPONENTS}
    fees = [charge.row for charge in statement.charges if not charge.is_cost]
    costs = [charge.row for charge in statement.charges if charge.is_cost]
    penalty = [row for line in due for row in _accrued(line, "penalty")]
    compound = [row for line in due for row in _accrued(line, "compound")]
    undue = [row for line in statement.lines if not line.due for row in line.period.rows]
    figures: dict[str, Iterable[str]] = {
        "days_past_due": (*scheduled, *paid["principal"], *paid["interest"], *paid["fees"]),
        "principal_due": (*scheduled, *paid["principal"]),
        "principal_undue": undue,
        "interest": (*scheduled, *paid["interest"]),
        "penalty": (facts.row, *penalty, *paid["penalty"]),
        "compound": (facts.row, *compound, *paid["compound"]),
        "fees": (*fees, *paid["fees"]),
        "costs": (*costs, *paid["costs"]),
        "accelerated_on": (facts.row,) if statement.accelerated_on else (),
        "unapplied": (entry.row for entry in statement.postings if entry.unapplied and entry.kind != "waiver"),
    }
    rows = {name: _distinct(found) for name, found in figures.items()}
    for name in ("oldest_due_on", "tier", "five_class_floor"):
        rows[name] = rows["days_past_due"]
    rows["principal"] = _distinct((*rows["principal_due"], *rows["principal_undue"]))
    rows["total"] = _distinct(row for name in _IN_TOTAL for row in rows[name])
    charged = _distinct((*scheduled, facts.row, *penalty, *compound, *fees))
    rows["cap.charged"] = charged
    rows["cap.ceiling"] = _distinct((facts.row, *paid["principal"]))
    rows["cap.per_period_reduction"] = _distinct((*scheduled, facts.row, *penalty, *compound))
    rows["cap.lifetime_reduction"] = _distinct((*charged, *paid["principal"]))
    rows["cap.reduction"] = _distinct((*rows["cap.lifetime_reduction"], *rows["total"]))
    rows["cap.paid_excess"] = rows["cap.reduction"]
    rows["claim_total"] = _distinct((*rows["total"], *rows["cap.reduction"]))
    return rows


_COMPONENTS = ("costs", "interest", "compound", "penalty", "fees", "principal")
_IN_TOTAL = ("principal_due", "interest", "penalty", "compound", "fees", "costs")


def _accrued(line: Line, kind: str) -> Iterator[str]:
    segments = line.penalty_segments if kind == "penalty" else line.compound_segments
    if segments:
        yield from line.period.rows
    for segment in segments:
        yield from segment.rows


def _applied(statement: Statement, component: str) -> Iterator[str]:
    return (entry.row for entry in statement.postings if any(part.component == component for part in entry.parts))


def _distinct(rows: Iterable[str]) -> Rows:
    return list(dict.fromkeys(rows))
