"""`--skip-refused`: the clean rows whose parents are clean are written, the rest is listed."""

from __future__ import annotations

from pathlib import Path

from legal_service.accounts.models import Contract, Posting
from legal_service.installation import Installation
from legal_service.parties.models import Person
from tests.builders import add, change, imported, picture, rows_of


def test_one_bad_line_does_not_hold_up_the_rest(installation: Installation, tape: Path) -> None:
    place = change(tape, "charges.csv:2:AMOUNT", "thirty")
    outcome = imported(installation, tape, skip_refused=True)
    assert (outcome.created, outcome.refused, outcome.read) == (20, 1, 21)
    assert [(one.code, one.where) for one in outcome.findings] == [("bad_amount", place)]


def test_what_hangs_on_a_refused_borrower_waits_for_him(installation: Installation, tape: Path) -> None:
    change(tape, "borrowers.csv:3:ID_NUMBER", "1")
    outcome = imported(installation, tape, skip_refused=True)
    # the borrower, his loan, and of it: a repayment, a charge, a contact, the guarantor, the complaint, a document
    assert outcome.refused == 8
    assert [row.borrower_no for row in rows_of(installation, Person)] == ["B01"]
    assert [row.loan_no for row in rows_of(installation, Contract)] == ["HM0001", "HM0002"]
    told = {one.code: one for one in outcome.findings}
    assert told["dependants_refused"].where == "borrowers.csv:3:*"
    assert "7" in told["dependants_refused"].message.zh + told["dependants_refused"].message.en


def test_what_hangs_on_a_refused_loan_or_lender_waits_too(installation: Installation, tape: Path) -> None:
    change(tape, "loans.csv:2:ANNUAL_RATE", "18")
    assert imported(installation, tape, skip_refused=True).refused == 1 + 4 + 1 + 1 + 1 + 2
    change(tape, "lenders.csv:2:USCC", "1")
    outcome = imported(installation, tape, skip_refused=True, dry_run=True)
    assert outcome.refused == outcome.read - 2  # only the borrowers stand by themselves


def test_of_two_rows_with_one_number_neither_is_written(installation: Installation, tape: Path) -> None:
    """Which of them is right, nobody can tell."""
    add(tape, "repayments", loan_no="HM0003", paid_on="2024-02-29", amount="700.00", reference="R1")
    outcome = imported(installation, tape, skip_refused=True)
    assert outcome.refused == 2
    assert len([row for row in rows_of(installation, Posting) if row.family == "repayment"]) == 4


def test_mended_rows_follow_later(installation: Installation, tape: Path) -> None:
    change(tape, "borrowers.csv:3:ID_NUMBER", "1")
    imported(installation, tape, skip_refused=True)
    change(tape, "borrowers.csv:3:ID_NUMBER", "440301198512242242")
    outcome = imported(installation, tape)
    assert outcome.failed or (outcome.created, outcome.unchanged) == (8, 13)


def test_a_file_that_cannot_be_read_stops_everything(installation: Installation, tape: Path) -> None:
    """Which of its rows are clean cannot be told, so nothing is written even then."""
    before = picture(installation)
    (tape / "waivers.csv").write_bytes(b"loan_no,on\n\xff\xff")
    assert imported(installation, tape, skip_refused=True).batch is None
    (tape / "waivers.csv").write_text(
        'loan_no,on,kind,amount,reference,approved_by\nHM0001,2024-05-06,penalty,"5', encoding="utf-8"
    )
    assert imported(installation, tape, skip_refused=True).batch is None
    assert picture(installation) == before


def test_nothing_clean_means_nothing_written(installation: Installation, tape: Path) -> None:
    before = picture(installation)
    for sheet in ("lenders", "borrowers"):
        for line in (2, 3) if sheet == "borrowers" else (2,):
            change(tape, f"{sheet}.csv:{line}:NAME", "")
    outcome = imported(installation, tape, skip_refused=True)
    assert (outcome.batch, outcome.refused) == (None, 21)
    assert picture(installation) == before
