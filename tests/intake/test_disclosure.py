"""Whether a fee was disclosed, where the tape leaves the cell empty (law.md 3.1; decision 0022)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from legal_service.errors import Finding
from legal_service.intake import checks, files
from legal_service.intake.known import Known, KnownLoan
from legal_service.intake.rows import Row, type_tape
from tests.builders import change, remove


def checked(tape: Path, known: Known | None = None) -> tuple[Row, list[Finding]]:
    """The first charge of a tape after the checks, and what they say of disclosure."""
    typed = type_tape(files.read_tape(tape), files.mapping(None))
    checks.check(typed, known or Known(), today=date(2026, 12, 1))
    return typed.rows["charges"][0], [one for one in typed.findings if one.code == "disclosure_unsaid"]


@pytest.mark.parametrize(
    ("disbursed", "signed", "cell", "disclosed"),
    [
        ("2026-08-05", "N", "", False),
        ("2026-08-05", "N", "Y", True),
        ("2026-08-05", "Y", "", True),
        ("2026-08-05", "Y", "N", False),
        ("2026-07-31", "N", "", True),
    ],
)
def test_an_empty_cell_follows_the_signed_cost_table(
    tape: Path, disbursed: str, signed: str, cell: str, disclosed: bool
) -> None:
    change(tape, "loans.csv:2:DISBURSED_ON", disbursed)
    change(tape, "loans.csv:2:signed_cost_table", signed)
    change(tape, "charges.csv:2:disclosed", cell)
    row, said = checked(tape)
    assert row.values["disclosed"] is disclosed
    assert [one.where for one in said] == ([] if cell or disclosed else ["charges.csv:2:disclosed"])
    assert all("费用 30.00 元" in one.message.zh for one in said)


@pytest.mark.parametrize("signed", [True, False])
def test_a_loan_that_is_not_on_the_tape_counts_as_the_database_has_it(tape: Path, signed: bool) -> None:
    change(tape, "charges.csv:2:disclosed", "")
    remove(tape, "loans.csv:2")
    known = Known(loans={"HM0001": KnownLoan(date(2026, 8, 5), {}, signed)})
    assert checked(tape, known)[0].values["disclosed"] is signed


def test_a_cost_of_realising_the_debt_needs_no_disclosure(tape: Path) -> None:
    change(tape, "loans.csv:2:DISBURSED_ON", "2026-08-05")
    change(tape, "loans.csv:2:signed_cost_table", "N")
    change(tape, "charges.csv:2:disclosed", "")
    change(tape, "charges.csv:2:KIND", "legal_cost")
    row, said = checked(tape)
    assert (row.values["disclosed"], said) == (True, [])
