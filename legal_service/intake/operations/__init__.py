"""Importing a tape: everything is checked first, then written as a whole, in one transaction, with its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.accounts.models import Guarantee, InstalmentRow, RateRow
from legal_service.database import Transaction
from legal_service.errors import Finding, Language
from legal_service.intake import checks, files, queries
from legal_service.intake.models import Batch
from legal_service.intake.operations.books import write_books
from legal_service.intake.operations.ledger import write_contacts, write_documents, write_postings
from legal_service.intake.operations.masters import (
    write_borrowers,
    write_complaints,
    write_lenders,
    write_loans,
    write_on_loans,
)
from legal_service.intake.operations.writer import Counts, Writer
from legal_service.intake.rows import Tape, type_tape
from legal_service.vault.store import BlobStore


@dataclass(slots=True)
class Imported:
    """The outcome of an import; `batch` is None when nothing was written."""

    batch: int | None
    read: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    by_file: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_json(self, language: Language) -> dict[str, Any]:
        """The shape of contract.md, with the counts by file added."""
        return {
            "batch": self.batch,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "findings": [finding.as_json(language) for finding in self.findings],
            "by_file": self.by_file,
        }

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


Progress = Callable[[int, int, str], None]


def read_tape(*, path: Path, mapping: str | None, progress: Progress = lambda done, total, text: None) -> Tape:
    """Read and type a tape: the long part of an import, done before any lock is taken."""
    progress(0, 0, "读取 reading")
    return type_tape(files.read_tape(path), files.mapping(mapping))


def import_tape(
    tx: Transaction,
    *,
    path: Path,
    store: BlobStore,
    mapping: str | None = None,
    dry_run: bool = False,
    skip_refused: bool = False,
    progress: Progress = lambda done, total, text: None,
    tape: Tape | None = None,
) -> Imported:
    """Read, doubt and import a tape; `tape` is what `read_tape` read of `path` before the transaction began.

    Any `error` writes nothing, unless `skip_refused`: then the clean rows whose parents are clean are written.
    `dry_run` answers what would be read and found, and writes nothing. The same tape again changes nothing.
    """
    permissions.require(tx.actor, "portfolio.import")
    if tape is None:
        tape = read_tape(path=path, mapping=mapping, progress=progress)
    progress(0, tape.read, "核对 checking")
    documents = files.check_documents(tape, files.tape_folder(path))
    checks.check(tape, queries.known_of(tx.session, tape), today=tx.moment.date())
    outcome = Imported(batch=None, read=tape.read, findings=sorted(tape.findings, key=_order))
    outcome.refused = sum(not row.clean for rows in tape.rows.values() for row in rows)
    if dry_run or (outcome.failed and (not skip_refused or _structural(tape))):
        return outcome
    _write(tx, tape, outcome, store, documents, progress)
    progress(tape.read, tape.read, "完成 done")
    return outcome


def _structural(tape: Tape) -> bool:
    """An error that belongs to no row (a file that cannot be read, a missing column): no clean row can be told."""
    rows = {row.where for rows in tape.rows.values() for row in rows}
    return any(
        finding.severity == "error" and ":".join(finding.where.split(":")[:2]) not in rows for finding in tape.findings
    )


def _order(finding: Finding) -> tuple[bool, str, int]:
    name, _, rest = finding.where.partition(":")
    line = rest.partition(":")[0]
    return finding.severity != "error", name, int(line) if line.isdigit() else 0


def _write(
    tx: Transaction, tape: Tape, outcome: Imported, store: BlobStore, documents: dict[str, Path], progress: Progress
) -> None:
    batch = Batch(imported_at=tx.moment, imported_by=tx.actor.email, files=tape.files, counts={})
    tx.session.add(batch)
    tx.session.flush()
    writer = Writer(tx, batch.id)
    by_file = _write_tape(writer, tape, store, documents, progress)
    outcome.findings = sorted(outcome.findings + writer.findings, key=_order)
    outcome.by_file = {name: counts.as_json() for name, counts in by_file.items() if counts.total}
    outcome.created = sum(counts.created for counts in by_file.values())
    outcome.updated = sum(counts.updated for counts in by_file.values())
    outcome.unchanged = sum(counts.unchanged for counts in by_file.values())
    if not outcome.created and not outcome.updated:
        tx.session.delete(batch)
        tx.session.flush()
        tx.session.info["wrote"] = False
        return
    counts_json: dict[str, Any] = {"read": outcome.read, "refused": outcome.refused, **outcome.by_file}
    batch.counts = counts_json
    outcome.batch = batch.id
    record(
        tx,
        action="intake.import",
        subject=f"batch:{batch.id}",
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        refused=outcome.refused,
        files=dict(sorted(tape.files.items())),
    )


def _write_tape(
    writer: Writer, tape: Tape, store: BlobStore, documents: dict[str, Path], progress: Progress
) -> dict[str, Counts]:
    """Write the clean rows of a tape, parents first; answers the counts by sheet."""
    clean = {name: [row for row in rows if row.clean] for name, rows in tape.rows.items()}
    counts: dict[str, Counts] = {}

    def done(name: str, counted: Counts) -> None:
        counts[name] = counted
        progress(sum(one.total for one in counts.values()), tape.read, f"写入 writing {name}")

    done("lenders", write_lenders(writer, clean["lenders"], clean["loans"]))
    done("borrowers", write_borrowers(writer, clean["borrowers"]))
    done("loans", write_loans(writer, clean["loans"]))
    contracts = queries.contract_ids(writer.session, tape)
    for name, model in (("rates", RateRow), ("instalments", InstalmentRow), ("guarantors", Guarantee)):
        done(name, write_on_loans(writer, clean[name], contracts, model))
    done("complaints", write_complaints(writer, clean["complaints"], contracts))
    for name in ("repayments", "charges", "waivers"):
        done(name, write_postings(writer, clean[name], contracts))
    for name in ("instalments", "repayments"):
        write_books(writer, name, clean[name], contracts, counts[name])
    done("contacts", write_contacts(writer, clean["contacts"], contracts))
    done("documents", write_documents(writer, clean["documents"], store, documents))
    return counts
