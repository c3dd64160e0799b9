"""What several people change is changed by whoever has read its present version: If-Match, and 304 for what is known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from legal_service.accounts.models import Contract
from legal_service.installation import Installation
from tests.api.conftest import CASE, Caller, token_of

STEP = {"stage": "contact", "on": "2024-11-05"}


def move(caller: Caller, match: str | None, body: Any = STEP) -> Any:
    return caller.post(f"/cases/{CASE}/moves", body, headers={} if match is None else {"If-Match": match})


def test_without_a_version_nothing_is_moved(lawyer: Caller) -> None:
    for match in (None, ""):
        answer = move(lawyer, match)
        assert (answer.status_code, answer.json["code"]) == (428, "version_required")
    assert lawyer.read(f"/cases/{CASE}")["stage"] == "assessment"


@pytest.mark.parametrize("match", ['"2"', '"0-abc"', 'W/"1"', '"x"', "nonsense", '"11"', '"2", "3"'])
def test_another_version_is_stale(lawyer: Caller, match: str) -> None:
    answer = move(lawyer, match)
    assert (answer.status_code, answer.json["code"]) == (412, "stale_version")
    assert lawyer.read(f"/cases/{CASE}")["stage"] == "assessment"


@pytest.mark.parametrize("match", ['"1"', "*", '"9", "1"'])
def test_the_present_version_moves_and_answers_the_next(lawyer: Caller, match: str) -> None:
    answer = move(lawyer, match)
    assert answer.status_code == 200, answer.text
    assert (answer.json["stage"], answer.json["version"]) == ("contact", 2)
    assert answer.headers["ETag"].startswith('"2-')


def test_the_tag_that_was_read_is_the_tag_that_moves(lawyer: Caller) -> None:
    tag = lawyer.get(f"/cases/{CASE}").headers["ETag"]
    assert move(lawyer, tag).status_code == 200
    assert move(lawyer, tag, {"stage": "negotiation"}).status_code == 412


def test_of_two_lawyers_one_is_told(app: Flask, house: Installation) -> None:
    token, answers, gate = token_of(house, "lawyer"), [], threading.Barrier(2)
    reason = [{"stage": "closed", "on": "2024-11-05", "data": {"reason": "paid"}}, STEP]

    def ask(body: Any) -> None:
        caller = Caller(app.test_client(), token)
        gate.wait()
        answers.append(move(caller, '"1"', body).status_code)

    threads = [threading.Thread(target=ask, args=(body,)) for body in reason]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 412]


def test_what_is_known_is_not_sent_again(lawyer: Caller) -> None:
    first = lawyer.get(f"/cases/{CASE}")
    known = lawyer.get(f"/cases/{CASE}", headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["ETag"] == first.headers["ETag"]
    assert lawyer.get(f"/cases/{CASE}", headers={"If-None-Match": '"0"'}).status_code == 200


def test_a_figure_that_moved_is_sent_though_nobody_touched_the_case(house: Installation, lawyer: Caller) -> None:
    path = f"/cases/{CASE}?as_of=2024-11-05"
    tag = lawyer.get(path).headers["ETag"]
    with house.database.engine.begin() as connection:
        connection.execute(update(Contract).where(Contract.loan_no == "HM0001").values(annual_rate=100_000))
    moved = lawyer.get(path, headers={"If-None-Match": tag})
    assert moved.status_code == 200
    assert moved.headers["ETag"] != tag
    assert move(lawyer, tag).status_code == 200  # and yet the step rests on the version alone


def test_other_languages_and_days_are_other_representations(call_as: Callable[[str], Caller]) -> None:
    caller = call_as("auditor")
    tags = {
        caller.get(f"/cases/{CASE}{asked}", headers={"Accept-Language": spoken}).headers["ETag"]
        for asked in ("?as_of=2024-11-05", "?as_of=2024-11-06")
        for spoken in ("zh", "en")
    }
    assert len(tags) == 4
