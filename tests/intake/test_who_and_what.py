"""Who may import, what a trial run does, and what never leaves the encrypted columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import String

from legal_service import tasks, worker
from legal_service.access.models import AuditEntry
from legal_service.access.operations import add_user
from legal_service.accounts.models import Contract, Guarantee, InstalmentRow, Posting, RateRow
from legal_service.complaints.models import Complaint
from legal_service.contacts.models import ContactAttempt
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.intake.bindings import BINDINGS
from legal_service.intake.layout import SHEETS
from legal_service.jobs.models import Job
from legal_service.parties.models import Lender, Person
from tests.builders import ROWS, a_tape, change, imported, picture, rows_of
from tests.intake.conftest import Refused

MAY = ["collections", "lawyer", "compliance", "admin"]
MAY_NOT = ["counsel", "regulator", "auditor"]


@pytest.mark.parametrize("role", MAY)
def test_staff_may_import(settled: Installation, tape: Path, role: str) -> None:
    assert imported(settled, tape, actor=Actor("wang@example.com", "王五", role)).unchanged == 21


@pytest.mark.parametrize("role", MAY_NOT)
def test_others_may_not(settled: Installation, tape: Path, role: str) -> None:
    before = picture(settled)
    with pytest.raises(Refusal) as told:
        imported(settled, tape, actor=Actor("wang@example.com", "王五", role))
    assert told.value.code == "not_permitted"
    assert picture(settled) == before


def test_a_trial_run_answers_everything_and_writes_nothing(installation: Installation, tape: Path) -> None:
    before = picture(installation)
    change(tape, "contacts.csv:2:AT", "2024-03-20 23:00")
    outcome = imported(installation, tape, dry_run=True)
    assert (outcome.batch, outcome.read, outcome.created, outcome.refused) == (None, 21, 0, 0)
    assert [one.code for one in outcome.findings] == ["quiet_hours"]
    assert picture(installation) == before


def test_a_trial_run_of_a_bad_tape_lists_its_mistakes(tape: Path, refused: Refused) -> None:
    place = change(tape, "loans.csv:2:PRINCIPAL", "0")
    assert [one.where for one in refused(tape, dry_run=True)] == [place]


def test_one_lender_and_no_lenders_file(installation: Installation, tmp_path: Path) -> None:
    """The institution's own settings are the plaintiff; the lender is a number until a tape names it."""
    outcome = imported(installation, a_tape(tmp_path / "bare", lenders=[]))
    assert (outcome.findings, outcome.created) == ([], 20)
    [lender] = rows_of(installation, Lender)
    assert (lender.lender_no, lender.name, lender.uscc) == ("L01", "", "")
    assert imported(installation, a_tape(tmp_path / "bare", lenders=[])).batch is None
    named = imported(installation, a_tape(tmp_path / "named"))
    assert (named.findings, named.updated) == ([], 1)
    assert rows_of(installation, Lender)[0].name == "示例消费金融有限公司"


def test_two_lenders_and_no_lenders_file(installation: Installation, tmp_path: Path) -> None:
    loans = [dict(row) for row in ROWS["loans"]]
    loans[1]["lender_no"] = "L02"
    outcome = imported(installation, a_tape(tmp_path / "bare", lenders=[], loans=loans))
    assert {one.code for one in outcome.findings if one.severity == "error"} == {"unknown_lender"}


def test_the_trail_and_the_job_hold_no_personal_data(installation: Installation, tape: Path) -> None:
    """Names, numbers, addresses: only in encrypted columns; not in the trail, the progress or the plain text of a row."""
    with installation.transaction(LOCAL_OPERATOR) as tx:
        add_user(tx, email="li.na@example.com", role="collections", name="李娜")
    seen: list[str] = []
    arguments = {"path": str(tape), "tape": "1", "mapping": None, "dry_run": False, "skip_refused": False}
    for amount in ("800.00", "张伟"):
        change(tape, "repayments.csv:5:AMOUNT", amount)
        worker.run_now(
            installation,
            actor=installation.actor("li.na@example.com"),
            kind="import",
            arguments={**arguments, "tape": amount},
            tasks=tasks.TASKS,
            watch=lambda done, total, text: seen.append(text),
        )
    secrets = [
        row[name]
        for sheet in ("borrowers", "guarantors")
        for row in ROWS[sheet]
        for name in ("name", "id_number", "phone", "domicile", "employer", "bank_card")
        if row.get(name)
    ] + [ROWS["contacts"][0]["content"], ROWS["complaints"][0]["content"]]
    told = json.dumps([entry.detail for entry in rows_of(installation, AuditEntry)], ensure_ascii=False)
    told += "".join(entry.subject for entry in rows_of(installation, AuditEntry)) + "".join(seen)
    told += "".join(job.progress_text for job in rows_of(installation, Job))
    assert seen and "batch:1" in told
    database = (installation.settings.instance / "service.db").read_bytes()
    database += (installation.settings.instance / "service.db-wal").read_bytes()
    for secret in secrets:
        assert secret not in told
        assert secret.encode() not in database, f"{secret} stands unencrypted in the database"


def test_only_the_jobs_own_entries_tell_of_an_import_that_changed_nothing(
    installation: Installation, tape: Path
) -> None:
    imported(installation, tape)
    before = [entry.action for entry in rows_of(installation, AuditEntry)]
    worker.run_now(
        installation,
        actor=LOCAL_OPERATOR,
        kind="import",
        arguments={"path": str(tape), "mapping": None, "dry_run": False, "skip_refused": False},
        tasks=tasks.TASKS,
    )
    after = [entry.action for entry in rows_of(installation, AuditEntry)]
    assert after == [*before, "job.request", "job.done"]


def test_no_column_of_the_tape_is_longer_than_the_column_it_goes_to() -> None:
    """SQLite would not mind, PostgreSQL would: a cell that the checks pass must fit."""
    models = {
        "lenders": Lender, "borrowers": Person, "loans": Contract, "rates": RateRow, "instalments": InstalmentRow,
        "repayments": Posting, "charges": Posting, "waivers": Posting, "contacts": ContactAttempt, "guarantors": Guarantee,
        "complaints": Complaint,
    }  # fmt: skip
    for sheet in SHEETS:
        if sheet.name not in models:
            continue
        table = models[sheet.name].__table__
        for column in sheet.columns:
            name = BINDINGS[sheet.name].renamed.get(column.name, column.name)
            if (
                name in table.c
                and isinstance(table.c[name].type, String)
                and column.kind in ("text", "prose", "order", "choice")
            ):
                longest = max((len(choice) for choice in column.choices), default=column.longest)
                assert longest <= table.c[name].type.length, f"{sheet.name}.{column.name}"
