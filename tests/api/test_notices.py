"""Holiday notices through the API: a look ahead, the loading, the list, a correction; each with its permission."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from legal_service.cases import operations, queries
from legal_service.installation import Installation
from tests.api.conftest import CASE, Caller, actor_of, email_of
from tests.law.a_notice import a_notice

Call = Callable[[str], Caller]


def sent(caller: Caller, content: bytes = a_notice(), query: str = "", **headers: str) -> Any:
    return caller.post(f"/law/notices{query}", data={"file": (BytesIO(content), "2027.yaml")}, headers=headers)


def test_a_look_ahead_then_the_loading_under_one_key_each(call_as: Call) -> None:
    lawyer = call_as("lawyer")
    tried = sent(lawyer, query="?dry_run=true")
    assert (tried.status_code, tried.json["dry_run"], tried.json["changed"]) == (200, True, True)
    assert {one["year"] for one in lawyer.read("/law/notices?limit=100")["items"]} == set(range(2015, 2027))
    loaded = sent(lawyer, **{"Idempotency-Key": "n1"})
    assert (loaded.json["year"], loaded.json["dry_run"], loaded.json["moved"]) == (2027, False, tried.json["moved"])
    again = sent(lawyer, **{"Idempotency-Key": "n1"})
    assert again.headers["Idempotency-Replayed"] == "true"
    assert not sent(lawyer).json["changed"]
    found = lawyer.read("/law/period?from=2026-12-25&days=7")
    assert (found["last_day"], found["provisional"]) == ("2027-01-04", False)
    first = lawyer.read("/law/notices?limit=1")
    assert (first["items"][0]["year"], first["items"][0]["loaded_by"]) == (2027, email_of("lawyer"))
    assert call_as("counsel").read("/law/notices?limit=1")["items"][0]["loaded_by"] is None
    assert lawyer.read(f"/law/notices?limit=1&cursor={first['next']}")["items"][0]["year"] == 2026


def test_a_wrong_notice_and_somebody_else_are_refused(call_as: Call) -> None:
    wrong = sent(call_as("admin"), a_notice(("- 2027-05-08", "- 2027-05-07")))
    assert wrong.status_code == 422
    assert [one["where"] for one in wrong.json["findings"]] == ["2027.yaml:working_weekends[2]"]
    assert sent(call_as("collections")).status_code == 403
    assert sent(call_as("collections"), query="?dry_run=true").status_code == 403


def test_a_trigger_is_corrected(call_as: Call, house: Installation) -> None:
    with house.transaction(actor_of(house, "lawyer")) as tx:
        case = queries.case_row(tx.session, CASE)
        operations.open_deadline(tx, case=case, rule="docketing", trigger=date(2024, 11, 4))
    lawyer, at = call_as("lawyer"), f"/cases/{CASE}/deadlines"
    (due,) = [one for one in lawyer.read(at)["items"] if one["rule"] == "docketing"]
    body = {"rule": "docketing", "trigger": due["trigger"], "to": "2024-01-02", "reason": "court_notice"}
    moved = lawyer.post(f"{at}/corrections", json=body)
    assert moved.status_code == 200, moved.json
    assert (moved.json["before"]["last_day"], moved.json["after"]["last_day"]) == (due["last_day"], "2024-01-09")
    assert "2024-01-02" in {one["trigger"] for one in lawyer.read(at)["items"]}
    assert call_as("admin").post(f"{at}/corrections", json=body).status_code == 403
    assert lawyer.post(f"{at}/corrections", json=body | {"reason": "x"}).status_code == 422
    derived = lawyer.post(f"{at}/corrections", json=body | {"rule": "limitation", "subject": "HM0001"})
    assert (derived.status_code, derived.json["code"]) == (422, "limitation_follows_events")
