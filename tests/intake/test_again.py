"""A tape that comes again: the same changes nothing; what changed is kept with what it was; what is absent stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from legal_service.access.models import AuditEntry
from legal_service.accounts.models import Contract, Guarantee, Posting
from legal_service.accounts.queries import statement
from legal_service.complaints.models import Complaint
from legal_service.contacts.models import ContactAttempt
from legal_service.contacts.queries import contacts_of
from legal_service.database import Actor
from legal_service.installation import Installation
from legal_service.intake.models import Batch, RowHistory
from legal_service.parties.models import Person
from tests.builders import ROWS, a_tape, change, imported, picture, remove, rows_of

AS_OF = date(2024, 12, 31)


def test_the_same_tape_again_changes_nothing_at_all(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    before = picture(installation)
    again = imported(installation, tape, today=date(2026, 3, 9))
    assert (again.batch, again.read, again.created, again.updated, again.unchanged) == (None, 21, 0, 0, 21)
    assert picture(installation) == before


def test_another_person_with_the_same_tape_changes_nothing(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    before = picture(installation)
    imported(installation, tape, actor=Actor("li.na@example.com", "李娜", "collections"))
    assert picture(installation) == before


def test_the_same_tape_in_another_order_and_encoding_changes_nothing(
    installation: Installation, tape: Path, tmp_path: Path
) -> None:
    imported(installation, tape)
    before = picture(installation)
    turned = a_tape(tmp_path / "turned", encoding="gb18030", **{name: rows[::-1] for name, rows in ROWS.items()})
    assert imported(installation, turned).unchanged == 21
    assert picture(installation) == before


def test_a_changed_borrower_is_kept_with_what_he_was(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "borrowers.csv:2:DOMICILE", "示例市示例区新居2号")
    change(tape, "borrowers.csv:2:PHONE", "19900000009")
    outcome = imported(installation, tape)
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 20)
    person = rows_of(installation, Person)[0]
    assert (person.domicile, person.source_row) == ("示例市示例区新居2号", "batch:2/borrowers.csv:2")
    [history] = rows_of(installation, RowHistory)
    was = json.loads(history.before)
    assert (was["domicile"], was["phone"]) == ("示例市示例区一号院1号楼101室", "19900000001")
    assert set(was) == {"domicile", "phone", "phone_index"}
    assert (history.table_name, history.row_id, history.batch_id) == ("person", person.id, 2)
    assert history.was_source_row == "batch:1/borrowers.csv:2"


def test_a_changed_loan_is_kept_with_what_it_was(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "loans.csv:2:ANNUAL_RATE", "0.15")
    change(tape, "loans.csv:2:accelerated_on", "2024-08-01")
    change(tape, "loans.csv:3:accelerated_on", "")
    assert imported(installation, tape).updated == 2
    first, second = rows_of(installation, RowHistory)
    assert json.loads(first.before) == {"accelerated_on": None, "annual_rate": 180_000}
    assert json.loads(second.before) == {"accelerated_on": "2024-06-20"}
    assert [row.accelerated_on for row in rows_of(installation, Contract)] == [date(2024, 8, 1), None, None]


def test_a_changed_guarantor_and_complaint_are_kept_with_what_they_were(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "guarantors.csv:2:LIABILITY", "general")
    change(tape, "complaints.csv:2:outcome", "已和解")
    change(tape, "complaints.csv:2:LOAN_NO", "HM0001")
    assert imported(installation, tape).updated == 2
    assert [row.table_name for row in rows_of(installation, RowHistory)] == ["guarantee", "complaint"]
    assert rows_of(installation, Guarantee)[0].liability == "general"
    assert rows_of(installation, Complaint)[0].contract_id == rows_of(installation, Contract)[0].id


def test_a_changed_repayment_is_undone_and_written_anew(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "repayments.csv:5:AMOUNT", "900.00")
    outcome = imported(installation, tape)
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 20)
    wrong, undoing, right = (row for row in rows_of(installation, Posting) if row.reference == "R4")
    assert (wrong.amount, wrong.revision, wrong.source_row) == (80_000, 1, "batch:1/repayments.csv:5")
    assert (undoing.kind, undoing.undoes_id, undoing.amount) == ("undoing", wrong.id, 80_000)
    assert (right.kind, right.amount, right.revision, right.undoes_id) == ("payment", 90_000, 2, None)
    with installation.reading() as session:
        lines = statement(session, "HM0001", AS_OF).postings
    assert [line.amount for line in lines if line.reference == "R4"] == [90_000]


def test_a_repayment_changed_twice_and_back_counts_once(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    with installation.reading() as session:
        before = statement(session, "HM0001", AS_OF)
    for amount in ("900.00", "950.00", "800.00"):
        change(tape, "repayments.csv:5:AMOUNT", amount)
        assert imported(installation, tape).updated == 1
    with installation.reading() as session:
        after = statement(session, "HM0001", AS_OF)
    assert (after.total, after.principal, after.interest) == (before.total, before.principal, before.interest)
    assert len([row for row in rows_of(installation, Posting) if row.reference == "R4"]) == 7


def test_changed_charges_and_waivers_are_undone_too(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "charges.csv:2:AMOUNT", "31.00")
    change(tape, "waivers.csv:2:KIND", "compound")
    assert imported(installation, tape).updated == 2
    kinds = [(row.family, row.kind, row.component) for row in rows_of(installation, Posting)[8:]]
    assert kinds == [
        ("charge", "undoing", ""),
        ("charge", "charge", "service_fee"),
        ("waiver", "undoing", ""),
        ("waiver", "waiver", "compound"),
    ]


def test_a_changed_contact_is_a_new_line_of_the_log_and_the_newest_counts(
    installation: Installation, tape: Path
) -> None:
    imported(installation, tape)
    change(tape, "contacts.csv:2:OUTCOME", "no_answer")
    assert imported(installation, tape).updated == 1
    attempts = [row for row in rows_of(installation, ContactAttempt) if row.contact_no == "T1"]
    assert [(row.revision, row.outcome) for row in attempts] == [(1, "promised"), (2, "no_answer")]
    with installation.reading() as session:
        assert [one.outcome for one in contacts_of(session, [attempts[0].contract_id])] == ["no_answer"]


def test_what_a_later_tape_leaves_out_stays(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    before = picture(installation)
    for place in ("repayments.csv:6", "contacts.csv:3", "documents.csv:4", "loans.csv:4", "borrowers.csv:3"):
        remove(tape, place)
    for name in ("charges", "waivers", "guarantors", "complaints"):
        (tape / f"{name}.csv").unlink()
    outcome = imported(installation, tape)
    assert (outcome.created, outcome.updated) == (0, 0)
    assert picture(installation) == before


def test_of_columns_that_a_later_tape_does_not_have_it_says_nothing(installation: Installation, tmp_path: Path) -> None:
    imported(installation, a_tape(tmp_path / "full"))
    before = picture(installation)
    poorer = {
        "loans": [
            {k: v for k, v in row.items() if k not in ("accelerated_on", "agreed_court")} for row in ROWS["loans"]
        ],
        "repayments": [{k: v for k, v in row.items() if k != "channel"} for row in ROWS["repayments"]],
        "contacts": [{k: v for k, v in row.items() if k not in ("recording", "content")} for row in ROWS["contacts"]],
    }
    outcome = imported(installation, a_tape(tmp_path / "poorer", **poorer))
    assert (outcome.batch, outcome.updated, outcome.unchanged) == (None, 0, 21)
    assert picture(installation) == before


def test_an_emptied_cell_is_a_change_like_any_other(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "borrowers.csv:2:employer", "")
    assert imported(installation, tape).updated == 1
    assert rows_of(installation, Person)[0].employer is None


def test_each_batch_knows_its_files_and_leaves_one_entry_in_the_trail(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    change(tape, "loans.csv:2:PRODUCT", "惠民贷Ⅱ")
    imported(installation, tape)
    first, second = rows_of(installation, Batch)
    assert set(first.files) == {f"{name}.csv" for name in ROWS}
    assert {name for name in first.files if first.files[name] != second.files[name]} == {"loans.csv"}
    entries = [entry for entry in rows_of(installation, AuditEntry) if entry.action == "intake.import"]
    assert [(entry.subject, entry.detail["created"], entry.detail["updated"]) for entry in entries] == [
        ("batch:1", 21, 0),
        ("batch:2", 0, 1),
    ]
