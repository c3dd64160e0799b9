"""Depositing, checking and collecting, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.database import Database, Transaction
from legal_service.errors import Refusal
from legal_service.vault import custody, operations, queries
from legal_service.vault.files import LocalStore
from legal_service.vault.models import CustodyEntry, VaultItem

from .conftest import CONTRACT, MOMENT

Writing = Callable[..., AbstractContextManager[Transaction]]
Deposit = Callable[..., VaultItem]


def actions(database: Database) -> list[str]:
    with database.reading(institution_id=1) as session:
        return [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.seq)]


def test_a_deposit_is_an_item_with_custody_and_an_audit_entry(
    database: Database, store: LocalStore, writing: Writing, deposit: Deposit
) -> None:
    with writing() as tx:
        item_id = deposit(tx).id
    with database.reading(institution_id=1) as session:
        (item,) = queries.items_of(session, "loan:HM0001")
        (entry,) = queries.custody_of(session, [item_id])
        assert queries.verify_custody(session) == []
    assert store.get(item.sha256) == CONTRACT
    assert (item.filename, item.source, item.size) == ("借款合同-张伟.pdf", "贷款系统导出（经办：李娜）", len(CONTRACT))
    assert (item.form, item.obtained_on, item.deposited_at) == ("electronic", date(2026, 3, 1), MOMENT)
    assert item.deposited_by == "operator@localhost"
    assert (entry.seq, entry.event, entry.sha256, entry.at) == (1, "deposited", item.sha256, MOMENT)
    assert custody.verify_items([entry]) is None
    assert actions(database) == ["vault.deposit"]


def test_names_are_encrypted_at_rest(database: Database, writing: Writing, deposit: Deposit) -> None:
    with writing() as tx:
        deposit(tx)
    with database.engine.connect() as connection:
        rows = [
            repr(row)
            for table in ("vault_item", "custody_entry", "audit_entry")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert len(rows) == 3
    raw = "\n".join(rows)
    for name in ("张伟", "李娜"):
        assert name not in raw
        assert repr(name.encode())[2:-1] not in raw


def test_the_same_deposit_again_is_the_same_item(database: Database, writing: Writing, deposit: Deposit) -> None:
    with writing() as tx:
        first = deposit(tx).id
        again = deposit(tx, filename="another name.pdf").id
    with writing() as tx:
        later = deposit(tx).id
    assert first == again == later
    assert actions(database) == ["vault.deposit"]
    with database.reading(institution_id=1) as session:
        assert session.query(CustodyEntry).count() == 1


def test_the_same_bytes_under_another_subject_or_kind_are_another_item(
    database: Database, store: LocalStore, writing: Writing, deposit: Deposit
) -> None:
    with writing() as tx:
        ids = {deposit(tx).id, deposit(tx, subject="loan:HM0002").id, deposit(tx, kind="authorisation").id}
        sha256 = deposit(tx).sha256
    with database.reading(institution_id=1) as session:
        assert {item.id for item in queries.with_content(session, sha256)} == ids
        assert len(ids) == 3
        assert [entry.seq for entry in queries.custody_of(session, ids)] == [1, 2, 3]
        assert queries.verify_custody(session) == []


def test_a_failed_transaction_leaves_an_orphan_and_no_row(
    database: Database, store: LocalStore, writing: Writing, deposit: Deposit
) -> None:
    with pytest.raises(RuntimeError, match="afterwards"), writing() as tx:
        sha256 = deposit(tx).sha256
        raise RuntimeError("something went wrong afterwards")
    with database.reading(institution_id=1) as session:
        assert queries.items_of(session, "loan:HM0001") == []
    assert store.exists(sha256)
    with writing(moment=clock.now()) as tx:
        assert operations.collect_orphans(tx, store=store) == []  # fresh: left alone for a day
    with writing(moment=clock.seconds_from(clock.now(), 86400 + 60)) as tx:
        assert operations.collect_orphans(tx, store=store) == [sha256]
    assert not store.exists(sha256)
    assert actions(database) == ["vault.collect"]


def test_an_orphan_of_one_institution_may_be_evidence_of_another(
    database: Database, store: LocalStore, writing: Writing, deposit: Deposit
) -> None:
    with writing(institution_id=2) as tx:
        sha256 = deposit(tx).sha256
    with writing(institution_id=1, moment=clock.seconds_from(clock.now(), 2 * 86400)) as tx:
        assert operations.collect_orphans(tx, store=store) == []
    assert store.exists(sha256)
    with database.reading(institution_id=1) as session:
        assert queries.items_of(session, "loan:HM0001") == []
    with database.reading(institution_id=2) as session:
        assert len(queries.items_of(session, "loan:HM0001")) == 1


def test_each_institution_has_its_own_log(database: Database, writing: Writing, deposit: Deposit) -> None:
    for institution_id in (1, 2):
        with writing(institution_id=institution_id) as tx:
            deposit(tx)
    for institution_id in (1, 2):
        with database.reading(institution_id=institution_id) as session:
            last = queries.last_entry(session)
            assert last is not None
            assert (last.seq, last.previous) == (1, custody.GENESIS)
            assert queries.verify_custody(session) == []


@pytest.mark.parametrize(
    "harm", [lambda path: path.unlink(), lambda path: (path.chmod(0o600), path.write_bytes(b"something else"))]
)
def test_fixity_is_never_content_with_a_lost_or_damaged_file(
    database: Database,
    store: LocalStore,
    tmp_path: Path,
    writing: Writing,
    deposit: Deposit,
    harm: Callable[[Path], object],
) -> None:
    with writing() as tx:
        good = deposit(tx)
        bad = deposit(tx, content=b"%PDF-1.7 receipt", kind="disbursement_receipt")
        ids, spoiled = [good.id, bad.id], bad.sha256
    with writing() as tx:
        assert operations.check_fixity(tx, store=store, item_ids=ids).ok
    (path,) = (tmp_path / "vault").rglob(spoiled)
    harm(path)
    with writing() as tx:
        outcome = operations.check_fixity(tx, store=store, item_ids=ids)
    assert not outcome.ok
    assert outcome.checked == 2
    assert [(finding.severity, finding.where) for finding in outcome.findings] == [("error", f"vault:{spoiled}")]
    with database.reading(institution_id=1) as session:
        told = [entry.detail["outcome"] for entry in queries.custody_of(session, ids) if entry.event == "verified"]
        assert queries.verify_custody(session) == []
    assert told[:3] == ["intact"] * 3
    assert told[3] == outcome.findings[0].code


def test_a_check_of_nothing_is_no_success(store: LocalStore, writing: Writing) -> None:
    with writing() as tx:
        assert not operations.check_fixity(tx, store=store, item_ids=[]).ok
        assert not operations.check_fixity(tx, store=store, item_ids=[77]).ok


def test_an_export_is_entered_into_custody(database: Database, writing: Writing, deposit: Deposit) -> None:
    with writing() as tx:
        item_id = deposit(tx).id
        operations.note(tx, item_ids=[item_id], event="exported", detail={"package": "P-1", "audience": "court"})
    with database.reading(institution_id=1) as session:
        entries = queries.custody_of(session, [item_id])
    assert [entry.event for entry in entries] == ["deposited", "exported"]
    assert entries[1].detail == {"package": "P-1", "audience": "court"}
    assert custody.verify_items(entries) is None
    assert actions(database) == ["vault.deposit", "vault.exported"]


def test_what_is_not_in_the_vault_cannot_have_left_it(writing: Writing) -> None:
    with pytest.raises(ValueError, match="not in the vault"), writing() as tx:
        operations.note(tx, item_ids=[77], event="exported", detail={})


def test_a_meddled_log_is_found(database: Database, writing: Writing, deposit: Deposit) -> None:
    with writing() as tx:
        for number in range(3):
            deposit(tx, subject=f"loan:HM{number:04}")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE custody_entry SET actor = 'nobody@example.com' WHERE seq = 2"))
    with database.reading(institution_id=1) as session:
        assert [(f.code, f.where) for f in queries.verify_custody(session)] == [("custody_broken", "custody:2")]


def test_a_log_cut_at_its_end_is_found(database: Database, writing: Writing, deposit: Deposit) -> None:
    """The chain alone cannot show that its tail is gone; the item without a deposit entry does."""
    with writing() as tx:
        deposit(tx)
        sha256 = deposit(tx, content=b"%PDF-1.7 second").sha256
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM custody_entry WHERE seq = 2"))
    with database.reading(institution_id=1) as session:
        assert [(f.code, f.where) for f in queries.verify_custody(session)] == [("custody_absent", f"vault:{sha256}")]


@pytest.mark.parametrize("name", ["../x.pdf", "a\x00b.pdf", "字" * 90])
def test_a_bad_name_leaves_vault_and_database_as_they_were(
    database: Database, tmp_path: Path, writing: Writing, deposit: Deposit, name: str
) -> None:
    with pytest.raises(Refusal, match="bad_filename"), writing() as tx:
        deposit(tx, filename=name)
    assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []
    assert actions(database) == []


def test_a_form_unknown_to_the_law_of_evidence_is_a_mistake(writing: Writing, deposit: Deposit) -> None:
    with pytest.raises(ValueError, match="form"), writing() as tx:
        deposit(tx, form="photo")
