"""`/cases/{case_no}/events` and `/forced-moves`: recorded once, refused with a basis, told without prose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from legal_service import clock
from legal_service.cases import queries
from legal_service.cases.operations.proceedings import enter
from legal_service.installation import Installation
from tests.api.conftest import CASE, Caller

TODAY = clock.today().isoformat()
PATH = f"/cases/{CASE}"


@pytest.fixture(autouse=True)
def submitted(house: Installation) -> None:
    with house.transaction(house.actor(None)) as tx:
        case = queries.case_row(tx.session, CASE)
        case.stage = "submitted"
        tx.session.flush()
        enter(tx, case=case, kind="handed_in", on=case.stage_since, data={"court": "某区人民法院"})


def test_an_event_is_recorded_and_told_with_the_case(lawyer: Caller) -> None:
    event = {"kind": "correction_required", "on": TODAY, "data": {"return_reason": "seal_missing", "note": "张伟来电"}}
    answer = lawyer.post(f"{PATH}/events", json=event)
    assert answer.status_code == 201, answer.json
    again = lawyer.post(f"{PATH}/events", json=event)
    assert again.json["recorded"] == answer.json["recorded"]
    told = lawyer.read(PATH)
    assert told["submissions"][0]["status"] == "returned"
    assert told["events"][-1]["data"] == {"return_reason": "seal_missing"}
    assert "张伟" not in str(told)
    assert "correction_due" in [one["code"] for one in told["blocked_by"] if one["move"] == "accepted"]
    number = answer.json["recorded"]
    assert lawyer.post(f"{PATH}/events/{number}/withdrawal").status_code == 200
    assert lawyer.read(PATH)["events"][-1]["withdrawn"] is True


def test_refusals_name_what_is_wrong(lawyer: Caller) -> None:
    for event, code in (
        ({"kind": "appeal_filed", "on": TODAY, "data": {"party": "borrower"}}, "not_at_this_stage"),
        ({"kind": "correction_required", "on": TODAY}, "bad_step_data"),
    ):
        answer = lawyer.post(f"{PATH}/events", json=event)
        assert (answer.status_code, answer.json["code"]) == (422, code)
        assert answer.json["basis"]
    assert lawyer.post(f"{PATH}/events/999999/withdrawal").status_code == 404


def test_a_forced_move_takes_two(lawyer: Caller, call_as: Callable[[str], Caller]) -> None:
    lawyer.post(f"{PATH}/events", json={"kind": "correction_required", "on": TODAY, "data": {"return_reason": "other"}})
    asked = lawyer.post(f"{PATH}/forced-moves", json={"stage": "accepted", "on": TODAY, "reason": "口头告知"})
    assert asked.status_code == 201, asked.json
    decide = f"{PATH}/forced-moves/{asked.json['request']}/decision"
    assert lawyer.post(decide, json={"grant": True}).json["code"] == "same_person"
    assert call_as("collections").post(decide, json={"grant": True}).status_code == 403
    assert call_as("compliance").post(decide, json={"grant": True}).status_code == 200
    told = lawyer.read(PATH)
    assert (told["stage"], told["forced"][0]["granted"]) == ("accepted", True)


def test_many_cases_are_previewed_and_moved_by_a_job(lawyer: Caller) -> None:
    asked = {"stage": "accepted", "on": TODAY, "cases": [{"case_no": CASE}, {"case_no": "LC-2026-999999"}]}
    told = lawyer.post("/case-moves/preview", json=asked).json["cases"]
    assert [(one["would_move"], [refusal["code"] for refusal in one["refusals"]]) for one in told] == [
        (True, []),
        (False, ["unknown_case"]),
    ]
    answer = lawyer.post("/case-moves", json=asked)
    assert (answer.status_code, answer.headers["Location"]) == (202, f"/api/v1/jobs/{answer.json['job']}")
