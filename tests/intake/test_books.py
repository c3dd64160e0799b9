"""The lender's own balances and splits on the tape: recognised in Chinese and English, kept with their rows, never used instead."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from legal_service.accounts import queries
from legal_service.accounts.models import Contract
from legal_service.installation import Installation
from legal_service.intake.models import RowHistory
from tests.builders import ROWS, a_tape, imported, picture, rows_of

AS_OF = date(2024, 12, 31)


def told(path: Path, **columns: Any) -> Path:
    """The small tape with more columns on the first loan and on its first repayment and every one of them empty elsewhere."""
    rows = deepcopy(ROWS)
    for name, more in columns.items():
        for number, row in enumerate(rows[name]):
            row.update({column: value if number == 0 else "" for column, value in more.items()})
    return a_tape(path, **{name: rows[name] for name in columns})


def found(installation: Installation) -> list[dict[str, Any]]:
    with installation.reading() as session:
        return [one.as_json("zh") for one in queries.differences(session, as_of=AS_OF)[1]]


@pytest.mark.parametrize(
    ("principal", "balance_as_of", "to_principal"),
    [("outstanding_principal", "balance_as_of", "to_principal"), ("本金余额", "余额日期", "其中本金")],
)
def test_recognised_columns_are_no_doubt_and_are_compared(
    installation: Installation, tmp_path: Path, principal: str, balance_as_of: str, to_principal: str
) -> None:
    tape = told(
        tmp_path / "t",
        loans={principal: "1.00", balance_as_of: "2024-12-31", "团队": "甲"},
        repayments={to_principal: "2.00"},
    )
    outcome = imported(installation, tape)
    assert [one.where for one in outcome.findings] == ["loans.csv:1:团队"]
    with installation.reading() as session:
        statement = queries.statement(session, "HM0001", AS_OF)
    differences = found(installation)
    assert [(one["component"], one["theirs"], one["where"]) for one in differences] == [
        ("principal", "1.00", "batch:1/loans.csv:2:outstanding_principal"),
        ("principal", "2.00", "batch:1/repayments.csv:2:to_principal"),
    ]
    assert differences[0]["ours"] == f"{statement.principal / 100:.2f}"
    contract = rows_of(installation, Contract)[0]
    assert json.loads(contract.extra)["团队"] == "甲"
    assert statement.postings[0].to("principal") != 200, (
        "the posting is appropriated by law and contract, not by the books"
    )


def test_the_same_books_again_change_nothing_and_other_books_are_kept_with_what_they_were(
    installation: Installation, tmp_path: Path
) -> None:
    imported(installation, told(tmp_path / "a", repayments={"to_principal": "2.00"}))
    before = picture(installation)
    again = imported(installation, told(tmp_path / "b", repayments={"to_principal": "2.00"}))
    assert (again.batch, again.created, again.updated) == (None, 0, 0)
    assert picture(installation) == before
    changed = imported(installation, told(tmp_path / "c", repayments={"to_principal": "3.00"}))
    assert (changed.batch, changed.created, changed.updated) == (2, 0, 1)
    assert [one["theirs"] for one in found(installation)] == ["3.00"]
    (history,) = rows_of(installation, RowHistory)
    assert "2.00" in history.before
    silent = imported(installation, a_tape(tmp_path / "d"))  # a tape without the column says nothing of the books
    assert (silent.created, silent.updated) == (0, 0)
    assert [one["theirs"] for one in found(installation)] == ["3.00"]


def test_an_amount_in_the_books_that_is_none_is_refused_like_any_other(
    installation: Installation, tmp_path: Path
) -> None:
    outcome = imported(installation, told(tmp_path / "t", loans={"outstanding_principal": "about 5"}))
    assert "loans.csv:2:outstanding_principal" in [one.where for one in outcome.findings]
    assert outcome.batch is None
