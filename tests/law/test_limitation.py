"""What must hold for every history of a claim, whatever its events (the worked cases are in cases/limitation.yaml)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.law import files
from legal_service.law.limitation import Event, Limitation, Obstacle, reckon

BASE = date(2021, 3, 1)
ASKED = date(2026, 11, 23)
INTERRUPTING = ["demand_delivered", "deduction", "acknowledgement", "assignment_notice"]
IDLE = ["unanswered_call", "third_party_contact", "internal_reminder", "demand_returned_unknown"]
CONTRACT_KINDS = """
demand_delivered demand_should_have_arrived demand_returned_unknown unanswered_call third_party_contact deduction
part_payment acknowledgement plan_agreed guarantee_given suit payment_order_applied pre_suit_preservation
mediation_request assignment_notice announcement enforcement_applied internal_reminder
"""

days = st.integers(-400, 3000).map(lambda number: BASE + timedelta(days=number))
interrupting = st.builds(Event, st.sampled_from(INTERRUPTING), days)
idle = st.builds(Event, st.sampled_from(IDLE), days)
suits = st.builds(
    lambda on, length, withdrawn: Event("suit", on, on + timedelta(days=length), withdrawn),
    days,
    st.integers(0, 400),
    st.booleans(),
)
obstacles = st.builds(lambda first, length: Obstacle(first, first + timedelta(days=length)), days, st.integers(0, 200))


def _reckon(
    events: list[Event], hindered: list[Obstacle] | None = None, accelerated_on: date | None = None
) -> Limitation:
    return reckon(
        "general",
        files.parameters(),
        files.calendar(),
        last_due_on=BASE,
        asked_on=ASKED,
        accelerated_on=accelerated_on,
        events=events,
        obstacles=hindered or [],
    )


def _end(found: Limitation) -> date:
    assert found.legal.expiry is not None
    return found.legal.expiry


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(interrupting, suits), max_size=5), interrupting, st.lists(obstacles, max_size=2))
def test_one_more_interruption_never_shortens(events: list[Event], more: Event, hindered: list[Obstacle]) -> None:
    assert _end(_reckon([*events, more], hindered)) >= _end(_reckon(events, hindered))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(interrupting, suits), max_size=5), obstacles)
def test_an_obstacle_never_shortens(events: list[Event], obstacle: Obstacle) -> None:
    assert _end(_reckon(events, [obstacle])) >= _end(_reckon(events))


@settings(max_examples=150, deadline=None)
@given(st.lists(interrupting, max_size=4), st.lists(idle, max_size=4))
def test_what_does_not_interrupt_changes_nothing(events: list[Event], noise: list[Event]) -> None:
    assert _reckon([*events, *noise]).legal.expiry == _reckon(events).legal.expiry


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(interrupting, suits), max_size=5), st.lists(obstacles, max_size=2), days)
def test_the_conservative_track_is_never_later(
    events: list[Event], hindered: list[Obstacle], accelerated: date
) -> None:
    found = _reckon(events, hindered, accelerated)
    assert found.conservative.expiry is not None
    assert found.conservative.expiry <= _end(found)


@settings(max_examples=50, deadline=None)
@given(
    st.permutations(
        [
            Event("deduction", date(2022, 5, 5)),
            Event("suit", date(2023, 1, 3), date(2023, 8, 8)),
            Event("deduction", date(2023, 9, 9)),
        ]
    )
)
def test_the_order_of_writing_down_does_not_matter(events: list[Event]) -> None:
    assert _end(_reckon(events)) == date(2026, 9, 9)


def test_every_kind_of_event_of_the_contract_is_known() -> None:
    kinds = CONTRACT_KINDS.split()
    table = files.parameters().on("limitation/events", ASKED).value
    assert set(table) >= set(kinds)
    for kind, rule in table.items():
        assert rule["effect"] in {"restart", "procedure", "request", "none"}, kind
        assert "第" in rule["basis"] and rule["zh"] and rule["en"], kind


def test_each_interrupting_kind_moves_the_end() -> None:
    on = date(2022, 3, 1)
    for kind, rule in files.parameters().on("limitation/events", ASKED).value.items():
        found = _reckon([Event(kind, on, end=on if rule["effect"] == "procedure" else None)])
        expected = date(2024, 3, 1) if rule["effect"] == "none" else date(2025, 3, 3)
        assert _end(found) == expected, kind
