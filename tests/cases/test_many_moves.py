"""Many cases moved as one job: previewed with every reason, each whole, each reported, safe to run twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.cases import queries
from legal_service.cases.queries.prospects import Step
from legal_service.installation import Installation
from legal_service.tasks import TASKS
from legal_service.worker import run_now
from tests.cases.a_case import AS_OF
from tests.cases.a_suit import LAWYER, Suit, a_suit


@pytest.fixture
def suits(on_both: Installation) -> tuple[Suit, Suit]:
    first = a_suit(on_both)
    return first, Suit(on_both, "L2")


def moved(installation: Installation, stage: str, steps: list[Step], by: str = LAWYER) -> dict[str, Any]:
    arguments = {"stage": stage, "steps": [one.as_json() for one in steps]}
    return run_now(
        installation, actor=installation.actor(by), kind="case_advance", arguments=arguments, tasks=TASKS,
        watch=lambda done, total, text: None,
    )  # fmt: skip


def test_what_would_happen_is_what_happens_and_again_changes_nothing(suits: tuple[Suit, Suit]) -> None:
    ready, other = suits
    ready.approve("statement_of_claim")
    installation = ready.installation
    steps = [Step(one.case_no, date(2026, 7, 1), {"court": "某区人民法院"}) for one in suits] + [
        Step("LC-2026-999999", AS_OF, {})
    ]
    with installation.reading() as session:
        found = {
            one.case_no: [refusal.code for refusal in one.refusals]
            for one in queries.prospects(session, steps, "submitted")
        }
    assert found == {ready.case_no: [], other.case_no: ["not_approved"], "LC-2026-999999": ["unknown_case"]}
    outcome = moved(installation, "submitted", steps)
    assert (outcome["moved"], outcome["unchanged"]) == (1, 0)
    assert {one["case_no"]: one["code"] for one in outcome["refused"]} == {
        other.case_no: "not_approved",
        "LC-2026-999999": "unknown_case",
    }
    assert ready.shown(date(2026, 7, 1))["submissions"][0]["court"] == "某区人民法院"
    again = moved(installation, "submitted", steps)
    assert (again["moved"], again["unchanged"]) == (0, 1)
    assert len(ready.shown(date(2026, 7, 1))["submissions"]) == 1


def test_each_case_tells_what_its_own_court_told(suits: tuple[Suit, Suit]) -> None:
    steps = []
    for number, one in enumerate(suits, 1):
        one.approve("statement_of_claim")
        one.move("submitted", date(2026, 7, 1))
        data = {"number": f"（2026）沪0115民初{number}号", "track": "simplified"}
        steps.append(Step(one.case_no, date(2026, 7, 5 + number), data))
    assert moved(suits[0].installation, "accepted", steps)["moved"] == 2
    assert suits[1].due("trial_simplified") == [(date(2026, 10, 8), None)]
    told = suits[0].shown(date(2026, 7, 9))["court_numbers"]
    assert [one["number"] for one in told] == ["（2026）沪0115民初1号"]


def test_a_step_that_lacks_what_the_court_tells_is_refused_by_field(suits: tuple[Suit, Suit]) -> None:
    suits[0].approve("statement_of_claim")
    suits[0].move("submitted", date(2026, 7, 1))
    step = Step(suits[0].case_no, date(2026, 7, 2), {})
    with suits[0].installation.reading() as session:
        (found,) = queries.prospects(session, [step], "diverted_mediation")
    assert [one.code for one in found.refusals] == ["bad_step_data"]
    (refused,) = moved(suits[0].installation, "diverted_mediation", [step])["refused"]
    assert "mediator" in refused["reason"]
