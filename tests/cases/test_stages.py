"""The table of stages: every move there is, every guard on it, and no other move."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from legal_service import labels
from legal_service.cases import court_guards, diagram, guards, stages, title_guards
from legal_service.cases.docket import Due
from legal_service.cases.position import CasePosition, Milestone
from legal_service.cases.proceeding_kinds import WITH_A_COURT
from legal_service.cases.proceedings import Event, Proceedings
from legal_service.cases.stages import STAGES, TRANSITIONS, blockers, mermaid, transition
from legal_service.errors import Refusal
from legal_service.law.periods import Period
from tests.cases.a_case import a_loan, a_position
from tests.cases.test_guards import REFUSED, Spoil

ROOT = Path(__file__).parents[2]

MOVES = {(one.source, one.target) for one in TRANSITIONS}

EXPECTED = {
    tuple(row.split(" > "))
    for row in """
    assessment > contact
    contact > negotiation
    contact > settlement
    contact > preparation
    negotiation > settlement
    negotiation > preparation
    settlement > preparation
    settlement > effective
    preparation > settlement
    preparation > submitted
    preparation > payment_order
    preparation > effective
    submitted > preparation
    submitted > diverted_mediation
    submitted > accepted
    diverted_mediation > accepted
    diverted_mediation > settlement
    diverted_mediation > preparation
    diverted_mediation > effective
    payment_order > accepted
    payment_order > preparation
    payment_order > effective
    accepted > tried
    accepted > judged
    accepted > effective
    accepted > preparation
    tried > judged
    tried > effective
    tried > preparation
    judged > appealed
    judged > effective
    appealed > effective
    appealed > accepted
    effective > enforcement
    enforcement > effective
    enforcement > round_ended
    round_ended > enforcement
    """.strip().splitlines()
    for row in [row.strip()]
} | {(stage, "closed") for stage in STAGES if stage != "closed"}

DAY = date(2026, 6, 1)


def events(*told: str, **data: str) -> Proceedings:
    """Events of one day, in order; the data belong to the last."""
    return Proceedings(
        tuple(Event(key, kind, DAY, data if key == len(told) else {}) for key, kind in enumerate(told, 1))
    )


def due(rule: str, last_day: date, subject: str = "") -> Due:
    return Due("LC-2026-000001", rule, subject, DAY, Period(last_day, last_day, last_day, False, "x"))


def approved(document: str) -> tuple[Milestone, ...]:
    return (
        Milestone("statement", "statement_of_account", DAY, "a@b.cn", "s1"),
        Milestone("revision", document, DAY, "a@b.cn", "r1"),
        Milestone("approval", document, DAY, "lawyer@b.cn", "r1"),
    )


SERVED = Proceedings(
    (
        Event(1, "judgment_made", DAY),
        Event(2, "judgment_served", DAY, {"party": "plaintiff"}),
        Event(3, "judgment_served", DAY, {"party": "borrower"}),
    )
)
OVER = date(2026, 6, 16)

IN_ORDER: dict[tuple[str, str], dict[str, Any]] = {
    ("settlement", "effective"): {"proceedings": events("confirmed")},
    ("preparation", "payment_order"): {"milestones": approved("payment_order_application")},
    ("preparation", "effective"): {
        "loans": (a_loan(notarised=True),),
        "proceedings": events("notarial_certificate"),
    },
    ("submitted", "preparation"): {"proceedings": events("handed_in", "correction_required")},
    ("diverted_mediation", "accepted"): {"proceedings": events("diverted", "mediation_failed")},
    ("diverted_mediation", "settlement"): {"proceedings": events("handed_in", "suit_ended")},
    ("diverted_mediation", "preparation"): {"proceedings": events("handed_in", "suit_ended")},
    ("diverted_mediation", "effective"): {"proceedings": events("mediation_instrument")},
    ("payment_order", "accepted"): {"proceedings": events("order_applied", "order_ended", order_end="objection")},
    ("payment_order", "preparation"): {"proceedings": events("order_applied", "order_ended", order_end="not_served")},
    ("payment_order", "effective"): {
        "proceedings": events("order_applied", "order_served"),
        "docket": (due("payment_order_objection", OVER),),
    },
    ("accepted", "effective"): {"proceedings": events("mediation_instrument")},
    ("accepted", "preparation"): {"proceedings": events("handed_in", "suit_ended", suit_end="withdrawal")},
    ("tried", "effective"): {"proceedings": events("mediation_instrument")},
    ("tried", "preparation"): {"proceedings": events("handed_in", "suit_ended", suit_end="withdrawal")},
    ("judged", "appealed"): {"proceedings": events("judgment_made", "appeal_filed", party="borrower")},
    ("judged", "effective"): {
        "proceedings": SERVED,
        "docket": tuple(due("appeal_judgment", OVER, party) for party in ("plaintiff", "borrower")),
    },
    ("appealed", "effective"): {"proceedings": events("appeal_docketed", "appeal_decided", outcome="changed")},
    ("appealed", "accepted"): {"proceedings": events("appeal_docketed", "appeal_decided", outcome="remanded")},
    ("effective", "enforcement"): {"milestones": approved("enforcement_application")},
    ("enforcement", "effective"): {"proceedings": events("enforcement_applied", "enforcement_withdrawn")},
    ("enforcement", "round_ended"): {"proceedings": events("enforcement_applied", "round_ended")},
    ("round_ended", "enforcement"): {
        "proceedings": events("round_closed", "property_found"),
        "milestones": approved("enforcement_restoration_application"),
    },
}
"""Move → what makes it possible, beyond the case that may be filed."""


def in_order(source: str, target: str) -> CasePosition:
    """A case that may make this move."""
    return a_position(stage=source, **IN_ORDER.get((source, target), {}))


def test_the_moves_are_these() -> None:
    assert MOVES == EXPECTED
    assert len(TRANSITIONS) == len(MOVES), "a move stands twice in the table"


def test_the_codes_are_those_of_the_contract() -> None:
    assert len(STAGES) == len(set(STAGES)) == 16
    assert {stage for move in MOVES for stage in move} <= set(STAGES)


@pytest.mark.parametrize(
    "move", [pair for pair in product(STAGES, STAGES) if pair not in EXPECTED and pair[0] != pair[1]]
)
def test_any_other_move_is_refused_naming_those_there_are(move: tuple[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        transition(*move)
    assert refused.value.code == "no_such_move"
    for source, target in EXPECTED:
        if source == move[0]:
            assert labels.label("stage", target).zh in refused.value.reason.zh


@pytest.mark.parametrize("move", sorted(EXPECTED))
def test_a_case_in_order_may_make_every_move(move: tuple[str, str]) -> None:
    assert blockers(in_order(*move), move[1]) == []


@pytest.mark.parametrize("move", sorted(IN_ORDER))
def test_without_what_makes_it_possible_the_move_is_refused_with_a_basis(move: tuple[str, str]) -> None:
    found = blockers(a_position(stage=move[0]), move[1])
    assert found
    assert all(one.basis and one.reason.zh and one.reason.en for one in found)


def reached_from(start: str, moves: set[tuple[str, str]]) -> set[str]:
    """The stages that can be reached, the start among them."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for source, target in moves:
            if source == here and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def test_every_stage_is_reached_and_none_is_a_dead_end() -> None:
    assert reached_from("assessment", MOVES) == set(STAGES)
    for stage in STAGES:
        assert "closed" in reached_from(stage, MOVES)
    assert not any(source == "closed" for source, _target in MOVES)


APPROVALS = {
    guards.complaint_approved, court_guards.payment_order_approved, title_guards.enforcement_approved,
    title_guards.restoration_approved,
}  # fmt: skip
FILED = {"submitted", "payment_order", "enforcement"}


def test_no_path_leads_to_a_filing_without_approval() -> None:
    """Take away every move that a named lawyer's approval guards: nothing that is filed can be reached, nor the court behind it."""
    without = {(one.source, one.target) for one in TRANSITIONS if not APPROVALS & set(one.guards)}
    assert not reached_from("assessment", without) & {*FILED, "accepted", "tried", "judged", "appealed"}
    for one in TRANSITIONS:
        if one.target in FILED:
            assert APPROVALS & set(one.guards), f"{one.source} → {one.target} files without approval"
    assert frozenset(APPROVALS) == stages.NEVER_FORCED


def test_collections_move_a_case_only_where_no_court_is() -> None:
    for one in TRANSITIONS:
        assert "lawyer" in one.who
        if one.target in FILED or one.source in WITH_A_COURT:
            assert one.target == "closed" or "collections" not in one.who


@pytest.mark.parametrize(("guard", "spoil", "code", "_whose"), REFUSED)
def test_submission_asks_every_guard_but_the_contact(guard: object, spoil: Spoil, code: str, _whose: str) -> None:
    found = [refusal.code for refusal in blockers(spoil(a_position()), "submitted")]
    if code == "no_contact":  # asked before preparation
        assert found == []
    else:
        assert code in found


@pytest.mark.parametrize(
    ("source", "target", "codes"),
    [
        ("assessment", "contact", {"not_overdue", "open_complaint"}),
        ("contact", "negotiation", {"not_overdue", "open_complaint", "no_contact"}),
        ("contact", "settlement", {"not_overdue", "open_complaint", "no_contact"}),
        ("negotiation", "settlement", {"not_overdue", "open_complaint", "no_contact"}),
        (
            "contact",
            "preparation",
            {"not_overdue", "open_complaint", "plan_performing", "no_contact", "no_settlement_attempt"},
        ),
        (
            "negotiation",
            "preparation",
            {"not_overdue", "open_complaint", "plan_performing", "no_contact", "no_settlement_attempt"},
        ),
        ("settlement", "preparation", {"not_overdue", "open_complaint", "plan_performing", "no_settlement_attempt"}),
        ("preparation", "settlement", {"no_contact"}),
        ("submitted", "closed", set()),
    ],
)
def test_each_move_is_stopped_by_its_own_guards(source: str, target: str, codes: set[str]) -> None:
    stopped = {
        code
        for _guard, spoil, code, _whose in REFUSED
        if code in {refusal.code for refusal in blockers(spoil(a_position(stage=source)), target)}
    }
    assert stopped == codes


def test_submission_opens_the_deadline_of_docketing() -> None:
    assert transition("preparation", "submitted").opens == ("docketing",)
    assert "第一百二十四条" in transition("preparation", "submitted").basis


def test_the_diagram_shows_every_move() -> None:
    drawn = mermaid()
    assert drawn.startswith("stateDiagram-v2\n")
    assert all(f"    {source} --> {target}\n" in drawn for source, target in EXPECTED)
    assert drawn.count("-->") == len(stages.TRANSITIONS)


def test_the_drawing_places_every_stage_once_and_draws_every_move() -> None:
    placed = [box.stage for box in diagram.boxes()]
    assert sorted(placed) == sorted(set(STAGES) - {"closed"})
    assert {(one.source, one.target) for one in diagram.arrows()} == {pair for pair in MOVES if pair[1] != "closed"}


def test_the_diagram_in_the_documentation_is_the_table() -> None:
    told = (ROOT / "docs/flow.md").read_text("utf-8")
    assert f"```mermaid\n{mermaid()}```" in told
