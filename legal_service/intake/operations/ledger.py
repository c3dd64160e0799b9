"""Writing what is only ever appended: postings, contact attempts, documents."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from legal_service.accounts.models import Posting
from legal_service.contacts.models import ContactAttempt
from legal_service.intake.bindings import attributes, unsaid
from legal_service.intake.operations.writer import Counts, Key, Writer
from legal_service.intake.queries import CHUNK, chunks, standing_postings
from legal_service.intake.rows import Row
from legal_service.intake.tape import doubt
from legal_service.vault import media
from legal_service.vault.facts import Form
from legal_service.vault.models import VaultItem
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore


def write_postings(writer: Writer, rows: list[Row], contracts: dict[str, int]) -> Counts:
    """A new reference is a new line; a changed one is undone by a line of its own and written again as the next revision."""
    counts = Counts()
    owners = sorted({contracts[row.text("loan_no")] for row in rows})
    standing: dict[Key, Posting] = {}
    for start in range(0, len(owners), CHUNK):
        for line in standing_postings(writer.session, owners[start : start + CHUNK]):
            standing[(line.contract_id, line.family, line.reference)] = line
    lines: list[dict[str, Any]] = []
    for row in rows:
        values = attributes(row) | {"contract_id": contracts[row.text("loan_no")]}
        found = standing.get((values["contract_id"], values["family"], values["reference"]))
        if not _differs(row, values, found):
            counts.unchanged += 1
            continue
        stamp = {"recorded_at": writer.tx.moment, "source_row": writer.source(row)}
        if found is None:
            counts.created += 1
        else:
            counts.updated += 1
            lines.append(values | stamp | _undoing(found))
        lines.append(values | stamp | {"revision": found.revision + 1 if found else 1, "undoes_id": None})
    everything = {name: Posting.__table__.c[name].default.arg for name in _PLAIN}
    writer.insert(Posting, [everything | line for line in lines])
    return counts


_PLAIN = ("component", "reverses", "designated", "disclosed", "taker", "approved_by", "channel")
"""Columns that only some families have; in the others they are as the table leaves them."""


def _undoing(found: Posting) -> dict[str, Any]:
    return {
        "kind": "undoing",
        "posted_on": found.posted_on,
        "amount": found.amount,
        "revision": found.revision,
        "undoes_id": found.id,
        **{name: Posting.__table__.c[name].default.arg for name in _PLAIN},
    }


def _differs(row: Row, values: dict[str, Any], found: Any) -> bool:
    """Whether a row says something else than what stands; of columns the tape does not have, what stands is taken over."""
    if found is None:
        return True
    values |= {name: getattr(found, name) for name in unsaid(row)}
    return any(getattr(found, name) != value for name, value in values.items())


def write_contacts(writer: Writer, rows: list[Row], contracts: dict[str, int]) -> Counts:
    """The log is appended: a changed attempt becomes the next revision, and the newest counts."""
    counts, newest = Counts(), {}
    for part in chunks(row.text("contact_no") for row in rows):
        query = select(ContactAttempt).where(ContactAttempt.contact_no.in_(part)).order_by(ContactAttempt.revision)
        newest.update({one.contact_no: one for one in writer.session.scalars(query)})
    lines: list[dict[str, Any]] = []
    for row in rows:
        values = attributes(row) | {"contract_id": contracts[row.text("loan_no")]}
        found = newest.get(row.text("contact_no"))
        if not _differs(row, values, found):
            counts.unchanged += 1
            continue
        stamp = {"recorded_at": writer.tx.moment, "source_row": writer.source(row)}
        lines.append(values | stamp | {"revision": found.revision + 1 if found else 1})
        if found is None:
            counts.created += 1
        else:
            counts.updated += 1
    writer.insert(ContactAttempt, lines)
    return counts


def write_documents(writer: Writer, rows: list[Row], store: BlobStore, documents: dict[str, Path]) -> Counts:
    """Deposit the documents; the same bytes under the same loan and kind are the item already there, and stay as they are."""
    counts = Counts()
    known: dict[Key, VaultItem] = {}
    for part in chunks(f"loan:{row.text('loan_no')}" for row in rows):
        for item in writer.session.scalars(select(VaultItem).where(VaultItem.subject.in_(part))):
            known[(item.subject, item.kind, item.sha256)] = item
    for row in rows:
        path = documents[row.where]
        obtained = row.values.get("obtained_on")
        content = path.read_bytes()
        key = (f"loan:{row.text('loan_no')}", row.text("kind"), hashlib.sha256(content).hexdigest())
        if key in known and store.exists(key[2]):
            counts.unchanged += 1
            _told_otherwise(writer, row, known[key])
            continue
        item = deposit(
            writer.tx,
            store=store,
            content=content,
            filename=path.name,
            media_type=media.sniff(content),
            kind=key[1],
            subject=key[0],
            form=cast(Form, row.text("original")),
            obtained_on=obtained if isinstance(obtained, date) else None,
            source=row.text("source") or writer.source(row),
        )
        if key in known:
            counts.unchanged += 1  # its bytes had been lost, and are there again
        else:
            counts.created += 1
        known[key] = item
    return counts


def _told_otherwise(writer: Writer, row: Row, item: VaultItem) -> None:
    """What custody recorded at the deposit is never rewritten; a tape that now says otherwise is told so."""
    told = {"original": item.form, "obtained_on": item.obtained_on, "source": item.source}
    for name, was in told.items():
        said = row.values.get(name)
        if name in row.unsaid or said in (was, "", None):
            continue
        writer.findings.append(
            doubt(
                "document_recorded_otherwise",
                f"{row.where}:{name}",
                f"同一文件入库时登记为 {was or '（空）'}，保管记录不作改写；如登记有误，请另附说明入库。",
                f"the same file was recorded as {was or '(empty)'} when deposited, and custody is not rewritten; "
                "if that was wrong, deposit a note that says so.",
            )
        )
