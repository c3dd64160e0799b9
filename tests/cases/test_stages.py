"""The table of stages: every move there is, every guard on it, and no other move."""

from __future__ import annotations

from itertools import product

import pytest

from legal_service import labels
from legal_service.cases import stages
from legal_service.cases.stages import STAGES, TRANSITIONS, blockers, mermaid, transition
from legal_service.errors import Refusal
from tests.cases.a_case import a_position
from tests.cases.test_guards import REFUSED, Spoil

MOVES = {(one.source, one.target) for one in TRANSITIONS}

EXPECTED = {
    ("assessment", "contact"),
    ("contact", "negotiation"),
    ("contact", "settlement"),
    ("negotiation", "settlement"),
    ("contact", "preparation"),
    ("negotiation", "preparation"),
    ("settlement", "preparation"),
    ("preparation", "settlement"),
    ("preparation", "submitted"),
    ("assessment", "closed"),
    ("contact", "closed"),
    ("negotiation", "closed"),
    ("settlement", "closed"),
    ("preparation", "closed"),
    ("submitted", "closed"),
}


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
    assert blockers(a_position(stage=move[0]), move[1]) == []


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


def test_submission_opens_the_deadline_of_docketing_and_closing_ends_what_is_open() -> None:
    assert transition("preparation", "submitted").opens == ("docketing",)
    assert transition("submitted", "closed").closes == ("docketing", "limitation")
    assert "第一百二十四条" in transition("preparation", "submitted").basis


def test_the_diagram_shows_every_move() -> None:
    drawn = mermaid()
    assert drawn.startswith("stateDiagram-v2\n")
    assert all(f"    {source} --> {target}\n" in drawn for source, target in EXPECTED)
    assert drawn.count("-->") == len(stages.TRANSITIONS)
