"""What is strange but possible is imported and told: a doubt, never an error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from legal_service.accounts.models import Contract, Posting
from legal_service.contacts.models import ContactAttempt
from legal_service.errors import Finding
from legal_service.installation import Installation
from legal_service.intake import checks, files
from legal_service.intake.known import Known
from legal_service.intake.rows import type_tape
from tests.builders import TODAY, change, id_number, imported, rows_of
from tests.intake.test_refused_rows import WRONG_CELLS

DOUBTS = [
    ("repayments.csv:2:PAID_ON", "2030-01-01", "future_date"),
    ("charges.csv:2:ON", "2030-01-01", "future_date"),
    ("waivers.csv:2:ON", "2030-01-01", "future_date"),
    ("contacts.csv:2:AT", "2030-01-01 10:00", "future_date"),
    ("complaints.csv:2:closed_on", "2030-01-01", "future_date"),
    ("documents.csv:2:obtained_on", "2030-01-01", "future_date"),
    ("loans.csv:2:compensated_on", "2030-01-01", "future_date"),
    ("contacts.csv:2:AT", "2024-03-20 23:00", "quiet_hours"),
    ("contacts.csv:2:AT", "2024-03-20 22:00", "quiet_hours"),
    ("contacts.csv:2:AT", "2024-03-20 07:59", "quiet_hours"),
    ("contacts.csv:2:AT", "2024-03-20T15:30:00Z", "quiet_hours"),
    ("loans.csv:2:accelerated_on", "2025-01-10", "accelerated_after_last_due"),
    ("loans.csv:2:accelerated_on", "2025-06-01", "accelerated_after_last_due"),
    ("loans.csv:2:disbursed_amount", "11400.00", "deducted_up_front"),
    ("loans.csv:2:ANNUAL_RATE", "0.36", "rate_above_24"),
    ("loans.csv:2:PENALTY_UPLIFT", "0.51", "uplift_above_half"),
    ("borrowers.csv:2:birth_date", "1990-03-08", "birth_date_differs"),
    ("borrowers.csv:2:gender", "女", "gender_differs"),
    ("borrowers.csv:2:bank_card", "6228480402564890010", "bad_bank_card"),
    ("borrowers.csv:2:ID_TYPE", "工作证", "unknown_id_type"),
]


def findings(tape: Path) -> list[Finding]:
    """What the checks say of a tape, with an empty database behind them."""
    typed = type_tape(files.read_tape(tape), files.mapping(None))
    files.check_documents(typed, tape)
    checks.check(typed, Known(), today=TODAY)
    return typed.findings


@pytest.mark.parametrize(("place", "value", "code"), DOUBTS)
def test_one_strange_cell_is_a_doubt_where_it_stands(tape: Path, place: str, value: str, code: str) -> None:
    change(tape, place, value)
    assert [(one.code, one.severity, one.where) for one in findings(tape)] == [(code, "doubt", place)]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("contacts.csv:2:AT", "2024-03-20 21:59"),
        ("contacts.csv:2:AT", "2024-03-20 08:00"),
        ("contacts.csv:2:AT", "2024/3/20 9:05"),
        ("contacts.csv:2:AT", "2024年3月20日 9:05"),
        ("contacts.csv:2:consent", "Y"),
        ("contacts.csv:3:AT", "2024-03-20 23:00"),  # a letter wakes nobody
        ("loans.csv:2:accelerated_on", "2025-01-09"),
        ("loans.csv:2:PRINCIPAL", "12,000.00"),
        ("loans.csv:2:PRINCIPAL", "１２０００．００"),
        ("loans.csv:2:PRINCIPAL", "12000"),
        ("loans.csv:2:DISBURSED_ON", "2024/1/10"),
        ("loans.csv:2:DISBURSED_ON", "20240110"),
        ("loans.csv:2:DISBURSED_ON", "2024年1月10日"),
        ("loans.csv:2:DISBURSED_ON", "2024-01-10 00:00:00"),
        ("loans.csv:2:DISBURSED_ON", "2024/1/10 0:00"),
        ("loans.csv:2:allocation", "interest, principal, costs"),
        ("loans.csv:2:allocation", "costs，interest，principal；91：costs，principal，interest"),
        ("loans.csv:2:compound", "是"),
        ("borrowers.csv:2:NAME", "阿卜杜拉·买买提"),
        ("borrowers.csv:2:NAME", "𠮷野\U00031350"),
        ("borrowers.csv:3:ID_NUMBER", id_number("44030119851224224").lower()),
    ],
)
def test_what_is_merely_written_otherwise_is_no_doubt(tape: Path, place: str, value: str) -> None:
    if place == "contacts.csv:2:consent":
        change(tape, "contacts.csv:2:AT", "2024-03-20 23:00")
    change(tape, place, value)
    assert findings(tape) == []


def test_full_width_and_grouped_figures_are_read_exactly(installation: Installation, tape: Path) -> None:
    change(tape, "loans.csv:2:PRINCIPAL", "１２，０００．５０")
    change(tape, "loans.csv:2:allocation", "interest，principal，costs；91：costs，principal，interest")
    change(tape, "repayments.csv:2:AMOUNT", "1,100.1")
    change(tape, "contacts.csv:2:AT", "2024-03-20T02:15:00Z")
    imported(installation, tape)
    loan = rows_of(installation, Contract)[0]
    assert (loan.principal, loan.disbursed_amount) == (1_200_050, 1_200_050)
    assert loan.allocation == "interest,principal,costs;91:costs,principal,interest"
    assert rows_of(installation, Posting)[0].amount == 110_010
    assert rows_of(installation, ContactAttempt)[0].at.isoformat() == "2024-03-20T10:15:00+08:00"


def test_doubts_alone_are_imported(installation: Installation, tape: Path) -> None:
    change(tape, "loans.csv:2:accelerated_on", "2030-01-01")
    change(tape, "contacts.csv:2:AT", "2024-03-20 23:00")
    outcome = imported(installation, tape)
    assert (outcome.batch, outcome.created, outcome.failed) == (1, 21, False)
    assert {one.code for one in outcome.findings} == {"future_date", "accelerated_after_last_due", "quiet_hours"}
    assert rows_of(installation, Contract)[0].accelerated_on == date(2030, 1, 1)


def test_the_last_due_day_is_the_instalments_own_when_the_tape_gives_them(tape: Path) -> None:
    change(tape, "loans.csv:2:accelerated_on", "2024-12-20")
    assert findings(tape) == []
    (tape / "instalments.csv").write_text(
        "loan_no,number,due_on,principal,interest\nHM0001,1,2024-02-10,6000,180\nHM0001,2,2024-12-10,6000,180\n",
        encoding="utf-8",
    )
    assert [one.code for one in findings(tape)] == ["accelerated_after_last_due"]


def test_instalments_that_do_not_fit_are_doubts(tape: Path) -> None:
    (tape / "instalments.csv").write_text(
        "loan_no,number,due_on,principal,interest\nHM0001,1,2024-03-10,6000,180\nHM0001,2,2024-02-10,5999,180\n",
        encoding="utf-8",
    )
    assert [(one.code, one.severity, one.where) for one in findings(tape)] == [
        ("due_out_of_order", "doubt", "instalments.csv:3:DUE_ON"),
        ("instalments_do_not_sum", "doubt", "instalments.csv:3:PRINCIPAL"),
    ]


def test_an_acceleration_without_a_clause_is_a_doubt(tape: Path) -> None:
    change(tape, "loans.csv:3:acceleration_clause", "N")
    assert [(one.code, one.severity, one.where) for one in findings(tape)] == [
        ("no_acceleration_clause", "doubt", "loans.csv:3:accelerated_on")
    ]


def test_two_borrowers_with_one_id_number_are_a_doubt(tape: Path) -> None:
    change(tape, "borrowers.csv:3:ID_NUMBER", id_number("11010119900307123"))
    assert "same_person_twice" in [one.code for one in findings(tape)]


MENDING = {"请", "须"}
MENDING_EN = {
    "add",
    "check",
    "correct",
    "delete",
    "enter",
    "fill",
    "leave",
    "map",
    "merge",
    "must",
    "needed",
    "shorten",
    "write",
}


def test_every_sentence_says_how_to_mend_in_both_languages(tape: Path) -> None:
    """The place names row and column; the sentence the rule and the way out, in Chinese and in English."""
    for place, value, _ in [*WRONG_CELLS, *DOUBTS]:
        file = tape / place.split(":")[0]
        before = file.read_bytes()
        change(tape, place, value)
        for one in findings(tape):
            assert one.where in (place, place.rsplit(":", 1)[0] + ":*")
            assert MENDING & set(one.message.zh), one
            assert MENDING_EN & set(one.message.en.replace(",", " ").replace(";", " ").replace(":", " ").split()), one
        file.write_bytes(before)
