"""`legal enforcement`: rubbish is refused by record and field, never with a traceback."""

from __future__ import annotations

import pytest

from legal_service.enforcement.records import RECORDS, read, read_terms
from legal_service.errors import Refusal


@pytest.mark.parametrize("told", [None, "principal", {"component": "principal"}, [1], [{"component": "gold"}], [{}]])
def test_terms_that_are_none_are_refused_naming_what_they_should_hold(told: object) -> None:
    with pytest.raises(Refusal) as raised:
        read_terms(told)
    assert raised.value.code == "bad_record"


@pytest.mark.parametrize("record", sorted(RECORDS))
@pytest.mark.parametrize("rubbish", ["9" * 400, "\x00", "2026-02-30", {"a": 1}, [1], True, -1, 1.5, "１２"])
def test_rubbish_in_any_field_is_refused_by_its_name(record: str, rubbish: object) -> None:
    for name, field in RECORDS[record].items():
        if field.form == "text":
            continue
        told = dict.fromkeys(RECORDS[record], "x") | {name: rubbish}
        with pytest.raises(Refusal) as raised:
            read(record, told)
        assert raised.value.code == "bad_record"
