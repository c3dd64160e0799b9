"""Writing to the vault: depositing, noting custody, checking fixity, collecting orphans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO

from sqlalchemy import select

from legal_service.access import operations as access
from legal_service.database import Transaction
from legal_service.errors import Finding, Refusal
from legal_service.vault import custody, queries
from legal_service.vault.facts import FORMS, Form, Item, check_filename, check_kind, check_subject
from legal_service.vault.models import CustodyEntry, VaultItem
from legal_service.vault.store import BlobStore

ORPHANS_REST = timedelta(days=1)
"""How long unclaimed bytes stay: far longer than any transaction between `put` and commit."""


@dataclass(frozen=True, slots=True)
class Fixity:
    """The outcome of a fixity check: how many items were read, and each that was missing or damaged."""

    checked: int
    findings: list[Finding]

    @property
    def ok(self) -> bool:
        """Nothing is missing or damaged. A check of nothing is no success."""
        return self.checked > 0 and not self.findings


def deposit(
    tx: Transaction,
    *,
    store: BlobStore,
    content: bytes | BinaryIO,
    filename: str,
    media_type: str,
    kind: str,
    subject: str,
    form: Form,
    obtained_on: date | None,
    source: str,
) -> VaultItem:
    """Take an item into custody; the same bytes under the same subject and kind are the item already there.

    The bytes are safe on disk before the row is written: a transaction that fails leaves an orphan, never a row without
    bytes. `source` says in plain words whence the item came. Refuses `bad_filename`; `ValueError` on a wrong code.
    """
    name = check_filename(filename)
    check_kind(kind)
    check_subject(subject)
    if form not in FORMS:
        raise ValueError(f"not a form of evidence: {form!r}")
    blob = store.put(content)
    found = tx.session.scalar(
        select(VaultItem).where(VaultItem.subject == subject, VaultItem.kind == kind, VaultItem.sha256 == blob.sha256)
    )
    if found:
        return found
    item = VaultItem(
        sha256=blob.sha256,
        size=blob.size,
        media_type=media_type,
        filename=name,
        kind=kind,
        subject=subject,
        form=form,
        obtained_on=obtained_on,
        source=source,
        deposited_at=tx.moment,
        deposited_by=tx.actor.email,
    )
    tx.session.add(item)
    tx.session.flush()
    _append(
        tx,
        item=queries.fact(item),
        event="deposited",
        detail={
            "subject": subject,
            "kind": kind,
            "form": form,
            "size": blob.size,
            "media_type": media_type,
            "obtained_on": obtained_on.isoformat() if obtained_on else None,
        },
    )
    access.record(tx, action="vault.deposit", subject=f"vault:{blob.sha256}", item=item.id, of=subject, kind=kind)
    return item


def note(tx: Transaction, *, item_ids: Collection[int], event: custody.Event, detail: dict[str, str | int]) -> None:
    """Enter into the custody of these items that they were exported or sealed; `detail` must be free of personal data.

    `ValueError` for an unknown item: what is not in the vault cannot have left it.
    """
    items = queries.items(tx.session, item_ids)
    if len(items) != len(set(item_ids)):
        raise ValueError(f"not in the vault: {sorted(set(item_ids) - {item.id for item in items})}")
    for item in items:
        _append(tx, item=item, event=event, detail=dict(detail))
    if items:
        access.record(tx, action=f"vault.{event}", subject="vault:custody", items=[item.id for item in items], **detail)


def check_fixity(tx: Transaction, *, store: BlobStore, item_ids: Collection[int]) -> Fixity:
    """Read every item and compare it with its hash; each outcome, good or bad, is entered into its custody.

    A missing file is a finding like a damaged one: a check that cannot see the file is never content.
    """
    findings: list[Finding] = []
    items = queries.items(tx.session, item_ids)
    for item in items:
        outcome = "intact"
        try:
            store.open(item.sha256).close()
        except Refusal as refusal:
            if refusal.code not in {"blob_missing", "blob_damaged"}:
                raise
            outcome = refusal.code
            findings.append(Finding(refusal.code, "error", f"vault:{item.sha256}", refusal.reason, refusal.basis))
        _append(tx, item=item, event="verified", detail={"outcome": outcome})
    if items:
        access.record(
            tx,
            action="vault.verify",
            subject="vault:custody",
            items=[item.id for item in items],
            bad=[finding.where.removeprefix("vault:") for finding in findings],
        )
    return Fixity(checked=len(items), findings=findings)


def collect_orphans(tx: Transaction, *, store: BlobStore) -> list[str]:
    """Remove bytes that no item of any institution names and that have rested for a day; answers their SHA-256.

    Writers are serialised, so no other deposit is under way inside this transaction.
    """
    orphans = store.unreferenced(queries.all_digests(tx.session), before=tx.moment - ORPHANS_REST)
    if orphans:
        access.record(tx, action="vault.collect", subject="vault:orphans", removed=orphans)
    for sha256 in orphans:
        store.discard(sha256)
    return orphans


def _append(tx: Transaction, *, item: Item, event: custody.Event, detail: dict[str, str | int | None]) -> None:
    last = queries.last_entry(tx.session)
    last_of_item = None if event == "deposited" else queries.last_entry_of(tx.session, item.id)
    entry = custody.sealed(
        custody.Entry(
            seq=last.seq + 1 if last else 1,
            item=item.id,
            sha256=item.sha256,
            at=tx.moment,
            actor=tx.actor.email,
            event=event,
            detail=detail,
            previous=last.hash if last else custody.GENESIS,
            item_previous=last_of_item.hash if last_of_item else custody.GENESIS,
        )
    )
    tx.session.add(
        CustodyEntry(
            seq=entry.seq,
            item_id=entry.item,
            sha256=entry.sha256,
            at=entry.at,
            actor=entry.actor,
            event=entry.event,
            detail=entry.detail,
            previous=entry.previous,
            item_previous=entry.item_previous,
            hash=entry.hash,
        )
    )
    tx.session.flush()
