"""A reversal (冲正) undoes one standing payment of its loan, whole, once, and not before it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from legal_service.installation import Installation
from tests.builders import a_tape, add, change, imported, remove
from tests.intake.conftest import Refused

REVERSAL = {"loan_no": "HM0001", "paid_on": "2024-03-20", "amount": "1100.16", "reference": "R9", "kind": "reversal"}


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"reverses": "R7"}, "reversal_of_nothing", "reverses"),
        ({"reverses": ""}, "reversal_of_nothing", "reverses"),
        ({"reverses": "R9"}, "reversal_of_reversal", "reverses"),
        ({"reverses": "R3"}, "reversal_of_reversal", "reverses"),
        ({"reverses": "R2"}, "reversed_twice", "reverses"),
        ({"reverses": "R1", "amount": "1100.15"}, "reversal_amount_differs", "AMOUNT"),
        ({"reverses": "R1", "paid_on": "2024-02-09"}, "reversal_before_payment", "PAID_ON"),
        ({"reverses": "R1", "loan_no": "HM0002"}, "reversal_of_nothing", "reverses"),
        ({"reverses": "R1", "kind": "payment"}, "unexpected_reverses", "reverses"),
    ],
)
def test_a_reversal_that_cannot_be_is_refused(
    tape: Path, refused: Refused, changes: dict[str, str], code: str, column: str
) -> None:
    place = add(tape, "repayments", **REVERSAL | changes)
    assert [(finding.code, finding.where) for finding in refused(tape)] == [(code, f"{place}:{column}")]


def test_a_reversal_may_stand_before_its_payment_in_the_file(installation: Installation, tape: Path) -> None:
    file = tape / "repayments.csv"
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    assert imported(installation, tape).findings == []


def test_a_reversal_of_a_payment_that_an_older_tape_brought(
    installation: Installation, tape: Path, tmp_path: Path
) -> None:
    imported(installation, tape)
    later = a_tape(tmp_path / "later", repayments=[REVERSAL | {"reverses": "R1", "channel": "", "designated": ""}])
    outcome = imported(installation, later)
    assert (outcome.findings, outcome.created) == ([], 1)


def test_a_payment_that_an_older_tape_reversed_cannot_be_reversed_again(tape: Path, refused: Refused) -> None:
    for place in ("repayments.csv:4", "repayments.csv:3"):
        remove(tape, place)
    place = add(tape, "repayments", **REVERSAL | {"reverses": "R2"})
    assert [(finding.code, finding.where) for finding in refused(tape)] == [("reversed_twice", f"{place}:reverses")]


def test_a_reversed_payment_cannot_be_changed_behind_its_reversal(tape: Path, refused: Refused) -> None:
    """The reversal came with an older tape and is not on this one: it would no longer undo the payment whole."""
    remove(tape, "repayments.csv:4")
    place = change(tape, "repayments.csv:3:AMOUNT", "1000.00")
    assert [(finding.code, finding.where) for finding in refused(tape)] == [("reversal_amount_differs", place)]


def test_a_reversal_that_moves_to_another_payment_frees_the_first(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "repayments.csv:4:reverses", "R1")
    add(tape, "repayments", **REVERSAL | {"reverses": "R2"})
    outcome = imported(installation, tape)
    assert (outcome.findings, outcome.created, outcome.updated) == ([], 1, 1)


def test_a_reversal_is_not_written_without_the_payment_it_undoes(installation: Installation, tape: Path) -> None:
    change(tape, "repayments.csv:3:AMOUNT", "0")
    outcome = imported(installation, tape, skip_refused=True)
    told = [(finding.code, finding.where) for finding in outcome.findings]
    assert ("zero_amount", "repayments.csv:3:AMOUNT") in told
    assert any(where.startswith("repayments.csv:4:") for _, where in told)
    assert (outcome.refused, outcome.created) == (2, 19)


def test_a_payment_that_cannot_be_read_is_told_once(tape: Path, refused: Refused) -> None:
    place = change(tape, "repayments.csv:3:AMOUNT", "eleven hundred")
    assert [(finding.code, finding.where) for finding in refused(tape)] == [("bad_amount", place)]
