"""Which lines of the ledger stand on a day: a reversed posting (冲正) counts as absent from the day the reversal is booked.

A reversal dated after the business date has not happened yet. Source: contract.md section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service.accounts.facts import PostingFact

_REPAYMENTS = ("payment", "deduction", "reversal")


@dataclass(frozen=True, slots=True)
class Reversed:
    """A posting that counts as absent, and the reversal that undid it."""

    posting: PostingFact
    reversal: PostingFact


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines that stand, in order; those reversed; and reversals that found nothing to undo."""

    standing: tuple[PostingFact, ...]
    reversed: tuple[Reversed, ...] = ()
    idle: tuple[PostingFact, ...] = ()


def ledger_on(postings: Iterable[PostingFact], as_of: date) -> Ledger:
    """The ledger at the close of a day.

    >>> paid = PostingFact(date(2026, 3, 1), "payment", 5000, "R1", "posting:1", 1)
    >>> undone = PostingFact(date(2026, 3, 9), "reversal", 5000, "R2", "posting:2", 2, reverses="R1")
    >>> len(ledger_on([paid, undone], date(2026, 3, 8)).standing), len(ledger_on([paid, undone], date(2026, 3, 9)).standing)
    (1, 0)
    """
    lines = sorted((line for line in postings if line.on <= as_of), key=lambda line: (line.on, line.position))
    reversals = [line for line in lines if line.kind == "reversal"]
    if not reversals:
        return Ledger(tuple(lines))
    gone: dict[str, PostingFact] = {}
    idle = []
    for reversal in reversed(reversals):  # the newest first: a reversal may itself have been reversed
        if reversal.row in gone:
            continue
        target = _target(reversal, lines, gone)
        if target is None:
            idle.append(reversal)
        else:
            gone[target.row] = reversal
    return Ledger(
        standing=tuple(line for line in lines if line.kind != "reversal" and line.row not in gone),
        reversed=tuple(
            Reversed(line, gone[line.row]) for line in lines if line.row in gone and line.kind != "reversal"
        ),
        idle=tuple(idle),
    )


def _target(reversal: PostingFact, lines: list[PostingFact], gone: dict[str, PostingFact]) -> PostingFact | None:
    """The line a reversal undoes: the latest repayment (or reversal) of that reference still standing."""
    named = [
        line
        for line in lines
        if line.reference == reversal.reverses
        and line.kind in _REPAYMENTS
        and line.row not in gone
        and line is not reversal
    ]
    return named[-1] if named else None
