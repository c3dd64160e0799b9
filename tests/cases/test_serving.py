"""A record of service: every field, every rule, and the day on which the paper took effect."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.cases.serving import DOCUMENTS, EFFECTIVE, FAILED, MODES, ServedPaper, parse
from legal_service.errors import Refusal

LETTER = {
    "document": "demand_letter",
    "party": "borrower",
    "mode": "mail",
    "address": "某市某路2号",
    "sent_on": "2026-03-01",
    "outcome": "delivered",
    "effective_on": "2026-03-04",
    "proof": "ab" * 32,
}


def test_a_letter_that_arrived() -> None:
    assert parse(LETTER) == ServedPaper(
        "demand_letter", "borrower", "mail", "某市某路2号", date(2026, 3, 1), "delivered", date(2026, 3, 4), "ab" * 32
    )


def test_the_borrower_is_meant_where_no_party_is_named() -> None:
    assert parse({key: value for key, value in LETTER.items() if key != "party"}).party == "borrower"


@pytest.mark.parametrize("mode", ["electronic", "direct", "left"])
@pytest.mark.parametrize("outcome", EFFECTIVE)
def test_a_mode_that_reaches_at_once_takes_effect_on_the_day_of_sending(mode: str, outcome: str) -> None:
    paper = parse(LETTER | {"mode": mode, "outcome": outcome, "effective_on": None})
    assert paper.effective_on == date(2026, 3, 1)


@pytest.mark.parametrize("mode", ["mail", "announcement"])
@pytest.mark.parametrize("outcome", EFFECTIVE)
def test_mail_and_announcement_need_the_day_of_arrival(mode: str, outcome: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(LETTER | {"mode": mode, "outcome": outcome, "effective_on": ""})
    assert "effective_on" in refused.value.reason.zh


@pytest.mark.parametrize("outcome", FAILED)
@pytest.mark.parametrize("mode", MODES)
def test_what_did_not_arrive_has_no_effect(outcome: str, mode: str) -> None:
    assert parse(LETTER | {"outcome": outcome, "mode": mode, "effective_on": None}).effective_on is None
    with pytest.raises(Refusal):
        parse(LETTER | {"outcome": outcome, "mode": mode})


def test_a_letter_refused_counts_as_arrived_on_the_day_of_return() -> None:
    assert parse(LETTER | {"outcome": "returned_refused", "effective_on": "2026-03-09"}).effective_on == date(
        2026, 3, 9
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document", "postcard"),
        ("document", None),
        ("party", "neighbour"),
        ("party", None),
        ("mode", "pigeon"),
        ("mode", ["mail"]),
        ("address", ""),
        ("address", "   "),
        ("address", None),
        ("sent_on", ""),
        ("sent_on", "1 March"),
        ("sent_on", "2026-02-30"),
        ("sent_on", None),
        ("outcome", "eaten"),
        ("effective_on", "2026-02-28"),
        ("effective_on", "soon"),
    ],
)
def test_a_wrong_field_is_named_with_the_rule_and_all_fields(field: str, value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        parse(LETTER | {field: value})
    told = refused.value
    assert told.code == "bad_service_record"
    assert f"字段 {field} " in told.reason.zh
    assert all(name in told.reason.en for name in LETTER)
    assert "第一百三十七条" in told.basis


def test_every_demand_may_be_served() -> None:
    for document in DOCUMENTS:
        assert parse(LETTER | {"document": document}).document == document
