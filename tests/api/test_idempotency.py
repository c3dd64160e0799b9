"""A write asked for twice under one key is done once and answered twice; two at once are told apart by nobody but the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from legal_service import clock
from legal_service.access.models import Answer, ApiToken
from legal_service.cases.models import Case, ServiceAttempt
from legal_service.installation import Installation
from legal_service.jobs.models import Job
from legal_service.vault.models import VaultItem
from tests.api.conftest import CASE, Caller, token_of
from tests.builders import a_pdf

PAPER = {
    "document": "demand_letter",
    "mode": "mail",
    "address": "甲路1号",
    "sent_on": "2024-10-01",
    "outcome": "delivered",
    "effective_on": "2024-10-04",
}


def under(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def count(house: Installation, model: Any) -> int:
    with house.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_second_answer_is_the_first(house: Installation, lawyer: Caller) -> None:
    first = lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers=under("k1"))
    second = lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers=under("k1"))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    for name in ("Location", "ETag"):
        assert first.headers[name] == second.headers[name]
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert count(house, Case) == 2


def test_a_key_is_good_for_one_request_only(house: Installation, lawyer: Caller) -> None:
    assert lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers=under("k1")).status_code == 201
    other = lawyer.post("/cases", {"loan_nos": ["HM0002"]}, headers=under("k1"))
    assert (other.status_code, other.json["code"]) == (422, "key_reused")  # type: ignore[index]
    elsewhere = lawyer.post(f"/cases/{CASE}/services", PAPER, headers=under("k1"))
    assert elsewhere.json["code"] == "key_reused"  # type: ignore[index]
    assert count(house, Case) == 2


def test_how_it_is_written_does_not_matter(lawyer: Caller) -> None:
    first = lawyer(
        "POST",
        "/cases",
        data=b'{"loan_nos":["HM0003"],"on":"2024-11-04"}',
        content_type="application/json",
        headers=under("k"),
    )
    second = lawyer(
        "POST",
        "/cases",
        data=b'{ "on": "2024-11-04",\n "loan_nos": ["HM0003"] }',
        content_type="application/json",
        headers=under("k"),
    )
    assert second.headers["Idempotency-Replayed"] == "true", second.text
    assert first.data == second.data


def test_everybody_has_keys_of_his_own(house: Installation, call_as: Callable[[str], Caller]) -> None:
    for role, loan in (("lawyer", "HM0003"), ("collections", "HM0002")):
        answer = call_as(role).post("/cases", {"loan_nos": [loan]}, headers=under("same"))
        assert answer.status_code == 201
        assert "Idempotency-Replayed" not in answer.headers
    assert count(house, Case) == 3


def test_a_refusal_is_not_kept(house: Installation, lawyer: Caller) -> None:
    body = {"stage": "contact", "on": "2024-11-05"}
    stale = lawyer.post(f"/cases/{CASE}/moves", body, headers=under("k") | {"If-Match": '"9"'})
    assert stale.status_code == 412
    assert count(house, Answer) == 0
    assert lawyer.post(f"/cases/{CASE}/moves", body, headers=under("k") | {"If-Match": '"1"'}).status_code == 200
    again = lawyer.post(f"/cases/{CASE}/moves", body, headers=under("k") | {"If-Match": '"1"'})
    assert again.status_code == 200  # the version has moved on, and yet this request is answered as it was done
    assert again.headers["Idempotency-Replayed"] == "true"


def test_two_at_once_are_done_once(app: Flask, house: Installation) -> None:
    token, answers, gate = token_of(house, "lawyer"), [], threading.Barrier(6)

    def ask() -> None:
        caller = Caller(app.test_client(), token)
        gate.wait()
        answers.append(caller.post(f"/cases/{CASE}/services", PAPER, headers=under("at-once")))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 5
    assert (count(house, ServiceAttempt), count(house, Answer)) == (1, 1)


def test_an_upload_is_the_same_under_another_boundary(house: Installation, lawyer: Caller) -> None:
    before = count(house, VaultItem)

    def send(content: bytes) -> Any:
        form = {"kind": "contract", "file": (BytesIO(content), "合同.pdf")}
        return lawyer("POST", f"/cases/{CASE}/evidence", data=form, headers=under("up"))

    first, second = send(a_pdf("contract one")), send(a_pdf("contract one"))
    assert (first.status_code, second.headers["Idempotency-Replayed"]) == (201, "true")
    assert send(a_pdf("contract two")).json["code"] == "key_reused"
    assert count(house, VaultItem) == before + 1


def test_a_replayed_import_keeps_no_second_upload(house: Installation, call_as: Callable[[str], Caller]) -> None:
    caller, before = call_as("compliance"), count(house, Job)

    def send() -> Any:
        return caller("POST", "/imports", data={"files": [(BytesIO(b"loan_no\n"), "loans.csv")]}, headers=under("im"))

    first, second = send(), send()
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json == second.json
    assert second.headers["Location"] == first.headers["Location"]
    assert count(house, Job) == before + 1
    assert len(list((house.settings.instance / "uploads").iterdir())) == 1


def test_a_secret_is_shown_once_and_not_kept(house: Installation, lawyer: Caller) -> None:
    body, before = {"name": "nightly", "until": clock.today().isoformat()}, count(house, ApiToken)
    first, second = (lawyer.post("/tokens", body, headers=under("t")) for _ in range(2))
    assert first.status_code == 201, first.text
    assert first.json["token"].startswith("lgl_")  # type: ignore[index]
    assert second.json == first.json | {"token": None}  # type: ignore[operator]
    assert count(house, ApiToken) == before + 1
    with house.reading() as session:
        kept = session.scalars(select(Answer.body)).one()
    assert first.json["token"] not in kept  # type: ignore[index]


@pytest.mark.parametrize("key", ["", "x" * 129, "schlüssel"])
def test_a_key_that_is_none_is_refused(house: Installation, lawyer: Caller, key: str) -> None:
    answer = lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers=under(key.encode().decode("latin-1")))
    assert (answer.status_code, answer.json["code"]) == (400, "bad_key")  # type: ignore[index]
    assert count(house, Case) == 1


def test_the_longest_keys_are_told_apart(house: Installation, lawyer: Caller) -> None:
    for loan, last in (("HM0003", "a"), ("HM0002", "b")):
        assert lawyer.post("/cases", {"loan_nos": [loan]}, headers=under("x" * 127 + last)).status_code == 201
    assert count(house, Case) == 3


def test_keys_of_forms_are_out_of_reach(house: Installation, lawyer: Caller) -> None:
    lawyer.post("/cases", {"loan_nos": ["HM0003"]}, headers=under("web:1:2"))
    with house.reading() as session:
        assert session.scalars(select(Answer.key)).one() == "api:web:1:2"
