"""One wrong cell: the tape is refused, the finding names its row and column, and nothing has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import add, change, id_number
from tests.intake.conftest import Refused

WRONG_CELLS = [
    # dates
    ("loans.csv:2:DISBURSED_ON", "2024-02-31", "bad_date"),
    ("repayments.csv:2:PAID_ON", "31/01/2024", "bad_date"),
    ("repayments.csv:2:PAID_ON", "1824-01-31", "bad_date"),
    ("loans.csv:2:FIRST_DUE_ON", "2024-01-10", "bad_first_due"),
    ("loans.csv:3:accelerated_on", "2024-01-31", "bad_acceleration"),
    ("repayments.csv:2:PAID_ON", "2024-01-09", "payment_before_disbursement"),
    ("charges.csv:2:ON", "2024-01-09", "before_disbursement"),
    ("waivers.csv:2:ON", "2024-01-09", "before_disbursement"),
    ("contacts.csv:2:AT", "yesterday", "bad_moment"),
    ("contacts.csv:2:AT", "2024-03-20 25:15", "bad_moment"),
    ("contacts.csv:2:AT", "0001-01-01T00:00:00+14:00", "bad_moment"),
    ("complaints.csv:2:closed_on", "2024-05-31", "closed_before_received"),
    # amounts
    ("loans.csv:2:PRINCIPAL", "0", "zero_amount"),
    ("loans.csv:2:PRINCIPAL", "-12000", "negative_amount"),
    ("loans.csv:2:PRINCIPAL", "-12,000.00", "negative_amount"),
    ("loans.csv:2:PRINCIPAL", "12000.005", "bad_amount"),
    ("loans.csv:2:PRINCIPAL", "12,00", "bad_amount"),
    ("loans.csv:2:PRINCIPAL", "1.2e4", "bad_amount"),
    ("loans.csv:2:PRINCIPAL", "一万二千", "bad_amount"),
    ("loans.csv:2:PRINCIPAL", "9" * 30, "bad_amount"),
    ("repayments.csv:2:AMOUNT", "0.00", "zero_amount"),
    ("repayments.csv:2:AMOUNT", "-1.00", "negative_amount"),
    ("charges.csv:2:AMOUNT", "0", "zero_amount"),
    ("waivers.csv:2:AMOUNT", "5.001", "bad_amount"),
    ("loans.csv:2:disbursed_amount", "12000.01", "bad_disbursed_amount"),
    ("loans.csv:2:disbursed_amount", "0", "bad_disbursed_amount"),
    ("loans.csv:2:compensated_amount", "0", "zero_amount"),
    # rates and terms
    ("loans.csv:2:ANNUAL_RATE", "18", "bad_rate"),
    ("loans.csv:2:ANNUAL_RATE", "18%", "bad_rate"),
    ("loans.csv:2:ANNUAL_RATE", "0.1812345", "bad_rate"),
    ("loans.csv:2:PENALTY_UPLIFT", "50", "bad_rate"),
    ("loans.csv:2:PENALTY_UPLIFT", "0.505", "bad_rate"),
    ("loans.csv:2:TERM_MONTHS", "0", "bad_term"),
    ("loans.csv:2:TERM_MONTHS", "601", "bad_term"),
    ("loans.csv:2:TERM_MONTHS", "twelve", "bad_number"),
    ("loans.csv:2:DAY_COUNT", "364", "unknown_code"),
    ("loans.csv:2:METHOD", "annuity", "unknown_code"),
    ("loans.csv:2:compound", "maybe", "bad_flag"),
    ("loans.csv:2:allocation", "costs,interest", "bad_allocation"),
    ("loans.csv:2:allocation", "costs,interest,interest", "bad_allocation"),
    ("loans.csv:2:allocation", "costs,interest,principal;costs,principal,interest", "bad_allocation"),
    ("loans.csv:2:allocation", "costs,interest,principal;91:costs,principal,interest;31:principal,costs,interest", "bad_allocation"),
    ("repayments.csv:2:designated", "interest,interest", "bad_order"),
    ("repayments.csv:2:designated", "interest,fees", "bad_order"),
    # codes
    ("repayments.csv:2:kind", "refund", "unknown_code"),
    ("charges.csv:2:KIND", "bribe", "unknown_code"),
    ("waivers.csv:2:KIND", "costs", "unknown_code"),
    ("contacts.csv:2:CHANNEL", "telepathy", "unknown_code"),
    ("contacts.csv:2:OUTCOME", "", "required"),
    ("guarantors.csv:2:LIABILITY", "several", "unknown_code"),
    ("documents.csv:2:KIND", "selfie", "unknown_code"),
    ("lenders.csv:2:LENDER_TYPE", "loan_shark", "unknown_code"),
    # numbers and names
    ("borrowers.csv:2:ID_NUMBER", id_number("11010119900307123")[:-1] + "0", "bad_id_number"),
    ("guarantors.csv:2:ID_NUMBER", "440301196001013350", "bad_id_number"),
    ("lenders.csv:2:USCC", "91110000MA0012345A", "bad_uscc"),
    ("borrowers.csv:2:NAME", "", "required"),
    ("borrowers.csv:2:NAME", "张\u202e伟", "bad_character"),
    ("borrowers.csv:2:NAME", "张\n伟", "bad_character"),
    ("loans.csv:2:CONTRACT_NO", "HT\u200b1", "bad_character"),
    ("borrowers.csv:2:NAME", "伟" * 201, "cell_too_long"),
    ("contacts.csv:2:content", "长" * 20_001, "cell_too_long"),
    # parents
    ("loans.csv:2:BORROWER_NO", "B99", "unknown_borrower"),
    ("loans.csv:2:LENDER_NO", "L99", "unknown_lender"),
    ("repayments.csv:2:LOAN_NO", "HM9999", "unknown_loan"),
    ("complaints.csv:2:LOAN_NO", "HM9999", "unknown_loan"),
    ("documents.csv:2:LOAN_NO", "HM9999", "unknown_loan"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "code"), WRONG_CELLS)
def test_one_wrong_cell_is_refused_where_it_stands(
    tape: Path, refused: Refused, place: str, value: str, code: str
) -> None:
    change(tape, place, value)
    assert [(finding.code, finding.where) for finding in refused(tape)] == [(code, place)]


def test_a_cell_of_ten_megabytes_is_refused_and_not_echoed(tape: Path, refused: Refused) -> None:
    place = change(tape, "contacts.csv:2:content", "长" * 3_500_000)
    found = refused(tape)
    assert {(finding.code, finding.where) for finding in found} == {("cell_too_long", place)}
    assert all(len(finding.message.zh) < 300 and "3500000" in finding.message.zh for finding in found)


def test_a_loan_number_with_a_space_is_refused_with_what_hangs_on_it(tape: Path, refused: Refused) -> None:
    change(tape, "loans.csv:3:LOAN_NO", "HM 0002")
    assert ("bad_character", "loans.csv:3:LOAN_NO") in [(finding.code, finding.where) for finding in refused(tape)]


@pytest.mark.parametrize(
    ("sheet", "cells", "column"),
    [
        ("loans", {"loan_no": "HM0001"}, "LOAN_NO"),
        ("borrowers", {"borrower_no": "B02"}, "BORROWER_NO"),
        ("repayments", {"loan_no": "HM0001", "reference": "R4"}, "REFERENCE"),
        ("contacts", {"contact_no": "T2"}, "CONTACT_NO"),
        ("complaints", {"complaint_no": "K1"}, "COMPLAINT_NO"),
    ],
)
def test_a_number_may_appear_only_once(
    tape: Path, refused: Refused, sheet: str, cells: dict[str, str], column: str
) -> None:
    from tests.builders import ROWS

    twin = next(row for row in ROWS[sheet] if all(row[name] == value for name, value in cells.items()))
    place = add(tape, sheet, **twin)
    assert ("duplicate_key", f"{place}:{column}") in [(finding.code, finding.where) for finding in refused(tape)]


def test_the_same_guarantor_in_small_and_capital_letters_is_one_guarantor(tape: Path, refused: Refused) -> None:
    number = id_number("11010119900307109")
    assert number.endswith("X")
    change(tape, "guarantors.csv:2:ID_NUMBER", number)
    add(tape, "guarantors", loan_no="HM0003", name="孙三", id_number=number.lower(), liability="joint")
    assert [finding.code for finding in refused(tape)] == ["duplicate_key"]


def test_every_mistake_of_a_tape_is_told_at_once(tape: Path, refused: Refused) -> None:
    places = {
        change(tape, "loans.csv:2:DISBURSED_ON", "2024-02-31"),
        change(tape, "borrowers.csv:3:ID_NUMBER", "1"),
        change(tape, "repayments.csv:2:AMOUNT", "x"),
        change(tape, "repayments.csv:6:AMOUNT", "-1"),
    }
    assert {finding.where for finding in refused(tape)} == places


def test_dated_rates_are_checked_like_the_contracts(tape: Path, refused: Refused) -> None:
    (tape / "rates.csv").write_text("loan_no,from,annual_rate\nHM0003,2024-06-01,18\n", encoding="utf-8")
    assert [(finding.code, finding.where) for finding in refused(tape)] == [("bad_rate", "rates.csv:2:ANNUAL_RATE")]


def test_instalments_are_numbered_from_one_and_due_after_disbursement(tape: Path, refused: Refused) -> None:
    (tape / "instalments.csv").write_text(
        "loan_no,number,due_on,principal,interest\nHM0001,0,2024-02-10,6000,180\nHM0001,2,2024-01-10,6000,180\n",
        encoding="utf-8",
    )
    assert [(finding.code, finding.where) for finding in refused(tape)] == [
        ("bad_number", "instalments.csv:2:NUMBER"),
        ("due_before_disbursement", "instalments.csv:3:DUE_ON"),
    ]
