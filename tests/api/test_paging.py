"""Going through a list by cursor meets everything exactly once, whatever comes and goes meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from tests.api.conftest import CASE, Caller

LISTS = {
    "lawyer": ["/cases", "/deadlines", "/jobs", "/tokens"]
    + [f"/cases/{CASE}/{what}" for what in ("timeline", "deadlines", "evidence", "filings", "packages")],
    "regulator": ["/returns", "/returns/1/rows/loans_by_tier.none"],
    "counsel": ["/grants"],
    "admin": ["/users", "/webhooks"],
}


def through(caller: Caller, path: str, limit: int, **questions: str) -> list[Any]:
    """All items of a list, page by page, following the link."""
    found, asked = [], {"limit": str(limit), **questions}
    while True:
        answer = caller.get(path, query_string=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json
        assert page is not None
        assert set(page) == {"items", "next"}
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["next"] is None:
            assert "Link" not in answer.headers
            return found
        assert page["items"]
        assert f"cursor={page['next']}" in answer.headers["Link"]
        assert 'rel="next"' in answer.headers["Link"]
        asked["cursor"] = page["next"]


def more_jobs(house: Installation, count: int, first: int = 0) -> None:
    with house.transaction(LOCAL_OPERATOR) as tx:
        for number in range(first, first + count):
            jobs.enqueue(tx, kind="sweep", arguments={"as_of": f"2025-01-{number + 1:02d}"})


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in LISTS.items() for path in paths])
def test_every_list_is_gone_through_exactly_once(call_as: Callable[[str], Caller], role: str, path: str) -> None:
    caller = call_as(role)
    whole = through(caller, path, 100)
    by_one = through(caller, path, 1)
    assert by_one == whole
    told = [json.dumps(one, sort_keys=True) for one in whole]
    assert len(set(told)) == len(told)


def test_lists_that_hold_something_were_meant(call_as: Callable[[str], Caller]) -> None:
    empty = [path for role, paths in LISTS.items() for path in paths if not through(call_as(role), path, 100)]
    assert empty == ["/returns/1/rows/loans_by_tier.none"] or empty == []


def test_a_page_may_have_any_size(house: Installation, lawyer: Caller) -> None:
    more_jobs(house, 23)
    whole = [one["id"] for one in through(lawyer, "/jobs", 100)]
    assert len(whole) == 24
    for size in (1, 2, 7, 23, 24, 25):
        assert [one["id"] for one in through(lawyer, "/jobs", size)] == whole


def test_what_comes_meanwhile_neither_hides_nor_repeats(house: Installation, lawyer: Caller) -> None:
    more_jobs(house, 9)
    whole = [one["id"] for one in through(lawyer, "/jobs", 100)]
    first = lawyer.read("/jobs?limit=4")
    more_jobs(house, 5, first=9)
    rest = through(lawyer, "/jobs", 4, cursor=first["next"])
    assert [one["id"] for one in first["items"] + rest] == whole


def test_the_cases_page_in_every_order(lawyer: Caller) -> None:
    lawyer.post("/cases", {"loan_nos": ["HM0003"]})
    lawyer.post("/cases", {"loan_nos": ["HM0002"]})
    numbers = {one["case_no"] for one in through(lawyer, "/cases", 100)}
    assert len(numbers) == 3
    for order in ("due", "limitation", "claim", "days_past_due", "case_no", "stage_since"):
        for desc in ("false", "true"):
            found = [one["case_no"] for one in through(lawyer, "/cases", 1, sort=order, desc=desc)]
            assert len(found) == 3
            assert set(found) == numbers


def raw(*told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    ["x", "%%%", "💥", "a" * 400, raw(), raw("api-jobs.show_all"), raw("api-jobs.show_all", "7"), raw("api-jobs.show_all", True),
     raw("api-jobs.show_all", 2**40), raw("api-jobs.show_all", 7, 8), raw("api-deadlines.show_all", 7), raw({"a": 1})],
)  # fmt: skip
def test_a_cursor_that_was_not_given_out_is_refused(lawyer: Caller, cursor: str) -> None:
    answer = lawyer.get("/jobs", query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_cursor")  # type: ignore[index]


def test_a_cursor_of_another_list_is_refused(house: Installation, lawyer: Caller) -> None:
    more_jobs(house, 3)
    cursor = lawyer.read("/jobs?limit=1")["next"]
    assert lawyer.get("/tokens", query_string={"cursor": cursor}).status_code == 400
    assert lawyer.get("/cases", query_string={"cursor": cursor}).status_code == 400


def test_an_empty_or_endless_cursor_is_a_wrong_question(lawyer: Caller) -> None:
    for cursor in ("", "a" * 601):
        assert lawyer.get("/jobs", query_string={"cursor": cursor}).status_code == 422
