"""What a line of the work list says of a case, told from its rows: the nearest deadline, what it waits for, where it fell back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from legal_service.cases import stages
from legal_service.cases.position import CasePosition, Milestone

NEVER = date(9999, 12, 31)
"""Stands where a case has no open deadline, so that the list sorts it last."""

APPROVED_BY_LAWYERS = ("statement_of_claim",)
"""Filings that a named lawyer approves before they leave the house; statements and logs are evidence, not pleadings."""


@dataclass(frozen=True, slots=True)
class NextDeadline:
    """The nearest open deadline; `last_day` is NEVER and the rest empty when there is none."""

    rule: str = ""
    last_day: date = NEVER
    internal: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is owed on a case at the close of a date: the worst loan's ageing, the sum claimed in fen."""

    days_past_due: int
    tier: str
    claim_total: int
    as_of: date


def figures_of(position: CasePosition) -> Figures:
    """The figures of a position."""
    worst = position.worst
    return Figures(worst.days_past_due, worst.tier, position.claim_total, position.as_of)


def awaits_approval(milestones: Iterable[Milestone]) -> bool:
    """Whether the newest revision of a pleading has no approval; an approval of an older revision does not count."""
    newest: dict[str, str] = {}
    approved: set[tuple[str, str]] = set()
    for one in milestones:
        if one.kind == "revision" and one.subject in APPROVED_BY_LAWYERS:
            newest[one.subject] = one.reference
        elif one.kind == "approval":
            approved.add((one.subject, one.reference))
    return any(pair not in approved for pair in newest.items())


def fell_back(source: str, target: str) -> bool:
    """Whether a move went to an earlier stage: returned by the court, or taken back to mend something.

    >>> fell_back("submitted", "preparation"), fell_back("contact", "settlement"), fell_back("submitted", "closed")
    (True, False, False)
    """
    return stages.STAGES.index(target) < stages.STAGES.index(source)


def together(loans: Sequence[Figures]) -> Figures:
    """The figures of a case from those of its loans, all as of one date.

    >>> together([Figures(3, "mild", 100, NEVER), Figures(70, "severe", 50, NEVER)]).claim_total
    150
    """
    worst = max(loans, key=lambda one: one.days_past_due)
    return Figures(worst.days_past_due, worst.tier, sum(one.claim_total for one in loans), worst.as_of)
