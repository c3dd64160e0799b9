"""`GET /cases/{case_no}/suggestions`: the same suggestions as on the page, masked, in the caller's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from legal_service.cases import queries
from legal_service.installation import Installation
from legal_service.law.published.tables import Published
from tests.api.conftest import CASE, SECRETS, Caller

PATH = f"/cases/{CASE}/suggestions?as_of=2024-11-03"


def test_the_answer_is_that_of_the_query(house: Installation, lawyer: Caller) -> None:
    told = lawyer.read(PATH)
    with house.reading() as session:
        assert told == queries.suggestions(session, CASE, date(2024, 11, 3), Published()).as_json("zh")
    first = told["loans"][0]
    assert [one["standing"] for one in first["jurisdiction"]["candidates"]] == ["agreed", "subsidiary", "subsidiary"]
    assert first["ceiling"]["lpr_multiple_applies"] is False
    assert (told["track"]["suggested"], told["track"]["threshold"]["status"]) == ("simplified", "unknown")
    assert told["track"]["threshold"]["figure"] is None
    assert [secret for secret in SECRETS if secret in str(told)] == []


def test_before_november_2025_the_internet_courts_are_spoken_of(lawyer: Caller) -> None:
    codes = [
        {
            one["code"]
            for one in lawyer.read(f"/cases/{CASE}/suggestions?as_of={on}")["loans"][0]["jurisdiction"]["warnings"]
        }
        for on in ("2025-10-31", "2025-11-01")
    ]
    assert ["internet_courts" in one for one in codes] == [True, False]


def test_in_english(lawyer: Caller) -> None:
    told = lawyer.read(PATH, headers={"Accept-Language": "en"})
    assert told["track"]["threshold"]["unknown"] == "unknown: no figure for province not known 2023"


def test_who_may_not_read_the_case(call_as: Callable[[str], Caller]) -> None:
    assert call_as("regulator").get(PATH).status_code == 403
    assert call_as("compliance").get(PATH).status_code == 200
    assert call_as("lawyer").get("/cases/none/suggestions").status_code == 404
