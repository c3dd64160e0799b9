"""Documents of a tape: only files inside its folder, and each becomes an item of the vault with its custody."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from legal_service.installation import Installation
from legal_service.vault.models import CustodyEntry, VaultItem
from tests.builders import a_pdf, change, imported, picture, rows_of
from tests.intake.conftest import Refused

PLACE = "documents.csv:2:FILE"


def told(refused: Refused, tape: Path) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in refused(tape)]


@pytest.mark.parametrize(
    "path",
    [
        "../secret.pdf",
        "documents/../../secret.pdf",
        "documents/../documents/HM0001-contract.pdf",
        "..\\secret.pdf",
        "/etc/hostname",
        "C:\\secret.pdf",
        "\\\\server\\share\\secret.pdf",
        "~/../../secret.pdf",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(tape: Path, refused: Refused, path: str) -> None:
    (tape.parent / "secret.pdf").write_bytes(a_pdf("secret"))
    change(tape, PLACE, path)
    assert told(refused, tape) == [("path_outside_tape", PLACE)]


@pytest.mark.parametrize("folder", [False, True])
def test_a_link_that_leaves_the_folder_is_refused(tape: Path, refused: Refused, folder: bool) -> None:
    outside = tape.parent / "outside"
    outside.mkdir()
    (outside / "secret.pdf").write_bytes(a_pdf("secret"))
    if folder:
        (tape / "away").symlink_to(outside)
    else:
        (tape / "away").mkdir()
        (tape / "away/secret.pdf").symlink_to(outside / "secret.pdf")
    change(tape, PLACE, "away/secret.pdf")
    assert told(refused, tape) == [("path_outside_tape", PLACE)]


def test_links_in_a_circle_are_refused(tape: Path, refused: Refused) -> None:
    (tape / "one.pdf").symlink_to(tape / "two.pdf")
    (tape / "two.pdf").symlink_to(tape / "one.pdf")
    change(tape, PLACE, "one.pdf")
    assert told(refused, tape) == [("path_outside_tape", PLACE)]


@pytest.mark.parametrize(
    "path", ["documents/none.pdf", "documents", "文" * 250 + ".pdf", "documents/HM0001-contract.pdf/x"]
)
def test_a_file_that_is_not_there_is_refused(tape: Path, refused: Refused, path: str) -> None:
    change(tape, PLACE, path)
    assert told(refused, tape) == [("file_missing", PLACE)]


def test_a_pipe_is_no_file(tape: Path, refused: Refused) -> None:
    os.mkfifo(tape / "pipe.pdf")
    change(tape, PLACE, "pipe.pdf")
    assert told(refused, tape) == [("file_missing", PLACE)]


def test_an_empty_file_is_refused(tape: Path, refused: Refused) -> None:
    (tape / "documents/HM0001-contract.pdf").write_bytes(b"")
    assert told(refused, tape) == [("bad_file_size", PLACE)]


def test_a_name_that_the_vault_would_not_take_is_refused_before_anything_is_written(
    tape: Path, refused: Refused
) -> None:
    (tape / "documents/合同\u200e.pdf").write_bytes(a_pdf("x"))
    change(tape, PLACE, "documents/合同\u200e.pdf")
    assert {code for code, _ in told(refused, tape)} <= {"bad_filename", "bad_character"}


def test_each_document_lies_in_the_vault_with_its_custody(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    contract, receipt, guarantee = rows_of(installation, VaultItem)
    file = (tape / "documents/HM0001-contract.pdf").read_bytes()
    assert (contract.subject, contract.kind, contract.form) == ("loan:HM0001", "contract", "electronic")
    assert contract.sha256 == hashlib.sha256(file).hexdigest()
    assert installation.store.get(contract.sha256) == file
    assert contract.obtained_on is not None and contract.obtained_on.isoformat() == "2024-01-10"
    assert (receipt.kind, guarantee.subject) == ("disbursement_receipt", "loan:HM0003")
    assert [entry.event for entry in rows_of(installation, CustodyEntry)] == ["deposited"] * 3


def test_windows_separators_and_links_inside_the_folder_are_read(installation: Installation, tape: Path) -> None:
    (tape / "link.pdf").symlink_to(tape / "documents/HM0001-contract.pdf")
    change(tape, PLACE, "link.pdf")
    change(tape, "documents.csv:3:FILE", "documents\\HM0001-receipt.pdf")
    assert imported(installation, tape).findings == []


def test_a_changed_file_is_a_new_item_and_the_old_one_stays(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    (tape / "documents/HM0001-contract.pdf").write_bytes(a_pdf("a better scan"))
    assert imported(installation, tape).created == 1
    items = [item for item in rows_of(installation, VaultItem) if item.kind == "contract"]
    assert len({item.sha256 for item in items}) == len(items) == 2


def test_what_custody_recorded_is_not_rewritten_by_a_later_tape(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    before = picture(installation)
    change(tape, "documents.csv:2:original", "original")
    outcome = imported(installation, tape)
    [doubt] = outcome.findings
    assert (doubt.code, doubt.severity, doubt.where) == (
        "document_recorded_otherwise",
        "doubt",
        "documents.csv:2:original",
    )
    assert (outcome.batch, outcome.unchanged) == (None, 21)
    assert picture(installation) == before


def test_bytes_that_were_lost_come_back_with_the_same_tape(installation: Installation, tape: Path) -> None:
    imported(installation, tape)
    lost = rows_of(installation, VaultItem)[0].sha256
    installation.store.discard(lost)
    assert (imported(installation, tape).batch, installation.store.exists(lost)) == (None, True)
