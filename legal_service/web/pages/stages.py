"""`/law/stages`: the table of stages as it is: every permitted move, what guards it, and whether law or house policy asks for it.

A guard is code; what it says when it refuses is shown by putting invented cases before it.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from datetime import date

from flask import render_template

from legal_service import clock, labels
from legal_service.cases import diagram, stages
from legal_service.cases.guards import POLICY, Guard
from legal_service.cases.position import Attempted, CasePosition, LoanPosition, Milestone
from legal_service.cases.proceeding_kinds import KINDS
from legal_service.cases.proceedings import Event, Proceedings
from legal_service.errors import Refusal, Words
from legal_service.web.names import name
from legal_service.web.pages.cases.titles import filing_title


@dataclass(frozen=True, slots=True)
class GuardRow:
    """A guard as the page shows it. `refusal` is its answer to an invented case, None when none of them falls to it."""

    code: str
    name: Words
    says: str
    refusal: Refusal | None

    @property
    def basis(self) -> str:
        """The article or policy."""
        return self.refusal.basis if self.refusal else ""

    @property
    def of_the_house(self) -> bool:
        """Whether the house asks for it, not the law."""
        return self.basis.startswith(POLICY)

    @property
    def awaits_counsel(self) -> bool:
        """Whether the basis still awaits counsel."""
        return "awaiting_counsel" in self.basis


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One permitted move: who makes it, what it opens and closes on the docket, the papers due."""

    source: Words
    target: Words
    closing: bool
    who: tuple[Words, ...]
    guards: tuple[tuple[str, Words], ...]
    opens: tuple[Words, ...]
    closes: tuple[Words, ...]
    papers: tuple[Words, ...]
    basis: str


def show() -> str:
    """The page."""
    today = clock.today()
    every = dict.fromkeys(guard for move in stages.TRANSITIONS for guard in move.guards)
    return render_template(
        "stages.html",
        moves=[_move(move) for move in stages.TRANSITIONS],
        guards=[guard_row(guard, today) for guard in every],
        kinds=[(code, labels.label("proceeding", code), kind) for code, kind in KINDS.items()],
        boxes=diagram.boxes(),
        arrows=diagram.arrows(),
        drawing=diagram,
    )


def _move(move: stages.Transition) -> MoveRow:
    return MoveRow(
        source=name("stage", move.source),
        target=name("stage", move.target),
        closing=move.target == "closed",
        who=tuple(labels.label("role", role) for role in move.who),
        guards=tuple((code_of(guard), name("guard", code_of(guard))) for guard in move.guards),
        opens=tuple(name("deadline", rule) for rule in move.opens),
        closes=tuple(name("deadline", rule) for rule in move.closes),
        papers=tuple(filing_title(code) for code in move.papers),
        basis=move.basis,
    )


def guard_row(guard: Guard, today: date) -> GuardRow:
    """A guard with its answer to the first invented case that it refuses."""
    answers = (guard(case) for case in invented_cases(today))
    refusal = next((answer for answer in answers if answer is not None), None)
    code = code_of(guard)
    return GuardRow(code, name("guard", code), (inspect.getdoc(guard) or "").split("\n")[0], refusal)


def code_of(guard: Guard) -> str:
    """What the code calls a guard."""
    return str(getattr(guard, "__name__", guard))


def invented_cases(today: date) -> tuple[CasePosition, ...]:
    """Cases in which everything stands against going on: without any attempt to settle, with a plan being kept, returned by the court."""
    loan = LoanPosition(
        loan_no="样例0001",
        days_past_due=0,
        oldest_due_on=None,
        tier="none",
        claim_total=0,
        last_due_on=today,
        accelerated_on=None,
        arbitration_clause=True,
        notarised=False,
        compensated_on=today,
        compensated_by="样例担保公司",
        co_lender_shares="",
        has_guarantors=False,
    )
    bare = CasePosition(
        case_no="样例案件",
        stage="preparation",
        since=today,
        as_of=today,
        loans=(loan,),
        contacts=(),
        settlements=(),
        served=(),
        open_complaints=("样例投诉",),
        milestones=(),
        evidence_kinds=frozenset(),
    )
    unlawful = replace(
        bare,
        loans=(replace(loan, notarised=True),),
        milestones=(
            Milestone("pre_suit_preservation", "", today, ""),
            Milestone("release_list", "", today, "", "opened"),
        ),
        proceedings=Proceedings(
            (
                Event(1, "correction_required", today),
                Event(2, "title_effective", today, {"performance_until": today.isoformat()}),
            )
        ),
        step={"consent": "refused"},
    )
    return bare, replace(bare, settlements=(Attempted(today, "agreed", today),)), unlawful
