"""The frozen cut: same rows, same bytes; nothing that names a person; nothing else is taken for one."""

from __future__ import annotations

import json

import pytest

from legal_service.reports.cut import Cut, decode, encode, rows_digest

from .a_return import a_contact, a_cut, a_loan, a_quarter


def test_a_cut_is_read_back_as_it_was_written() -> None:
    content = encode(a_quarter())
    again = decode(content)
    assert encode(again) == content
    assert sorted(again.rows, key=lambda row: row.row) == sorted(a_quarter().rows, key=lambda row: row.row)


def test_the_order_in_which_rows_were_read_does_not_matter() -> None:
    whole = a_quarter()
    assert encode(Cut(whole.head, tuple(reversed(whole.rows)))) == encode(whole)


def test_every_line_is_json_with_a_pseudonymous_id() -> None:
    lines = [json.loads(line) for line in encode(a_quarter()).decode().splitlines()]
    assert lines[0]["kind"] == "cut" and lines[0]["rows"] == len(lines) - 1
    assert lines[1] == {
        "kind": "loan",
        "row": "contract:HM0001",
        "compensated": False,
        "days_past_due": 0,
        "tier": "none",
        "five_class_floor": "正常",
        "principal": "1000.00",
        "overdue_principal": "0.00",
        "due": "0.00",
        "reduction": "0.00",
    }


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text.replace('"kind":"loan"', '"kind":"planet"', 1),
        lambda text: text.replace('"1000.00"', "1000.0", 1),
        lambda text: text.replace('"1000.00"', '"1000"', 1),
        lambda text: text.replace('"days_past_due":0', '"days_past_due":"0"', 1),
        lambda text: text.replace('"compensated":false', '"compensated":0', 1),
        lambda text: text.replace('"compensated":false', '"compensated":false,"name":"张伟"', 1),
        lambda text: text.replace("contract:HM0002", "contract:HM0001", 1),
        lambda text: text.replace("\n", "\n\n", 1),
        lambda text: text + text.splitlines()[1] + "\n",
        lambda text: "[" * 100000,
        lambda text: text.replace("2026-07-02T10", "2026-17-02T10", 1),
    ],
)
def test_what_this_software_would_not_write_is_not_a_cut(spoil) -> None:  # type: ignore[no-untyped-def]
    content = encode(a_cut(a_loan(1), a_loan(2), a_contact(1))).decode()
    spoiled = spoil(content)
    assert spoiled != content
    with pytest.raises(ValueError):
        decode(spoiled.encode())


def test_a_set_of_rows_is_recognised_whatever_its_order() -> None:
    assert rows_digest(["b", "a"]) == rows_digest(frozenset({"a", "b"})) != rows_digest(["a"])
