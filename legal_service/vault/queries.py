"""Reading the vault: items by subject or content, their custody, and whether the log is whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.errors import Finding, Words
from legal_service.vault import custody
from legal_service.vault.facts import Form, Item
from legal_service.vault.models import CustodyEntry, VaultItem
from legal_service.vault.store import BASIS

_AT_ONCE = 500  # ids in one IN (…): below the limits of both databases


def items_of(session: Session, subject: str) -> list[Item]:
    """All items of one subject (`loan:HM0001`), in the order of their deposit."""
    return [
        fact(row)
        for row in session.scalars(select(VaultItem).where(VaultItem.subject == subject).order_by(VaultItem.id))
    ]


def items(session: Session, item_ids: Collection[int]) -> list[Item]:
    """The items of these ids, in the order of their deposit; unknown ids are left out."""
    found: list[Item] = []
    wanted = sorted(set(item_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found += [
            fact(row) for row in session.scalars(select(VaultItem).where(VaultItem.id.in_(some)).order_by(VaultItem.id))
        ]
    return found


def with_content(session: Session, sha256: str) -> list[Item]:
    """All items with exactly these bytes, whatever they are filed under."""
    return [
        fact(row) for row in session.scalars(select(VaultItem).where(VaultItem.sha256 == sha256).order_by(VaultItem.id))
    ]


def custody_of(session: Session, item_ids: Collection[int]) -> list[custody.Entry]:
    """The custody entries of these items, in the order of the log; `custody.verify_items` proves them."""
    found: list[custody.Entry] = []
    wanted = sorted(set(item_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found += [entry(row) for row in session.scalars(select(CustodyEntry).where(CustodyEntry.item_id.in_(some)))]
    return sorted(found, key=lambda each: each.seq)


def last_entry(session: Session) -> custody.Entry | None:
    """The end of the institution's custody log: what a trusted timestamp over the log seals."""
    row = session.scalar(select(CustodyEntry).order_by(CustodyEntry.seq.desc()).limit(1))
    return entry(row) if row else None


def last_entry_of(session: Session, item_id: int) -> custody.Entry | None:
    """The end of one item's custody."""
    row = session.scalar(
        select(CustodyEntry).where(CustodyEntry.item_id == item_id).order_by(CustodyEntry.seq.desc()).limit(1)
    )
    return entry(row) if row else None


def verify_custody(session: Session) -> list[Finding]:
    """Walk the institution's whole log and look for items it does not account for; no finding means it is whole."""
    findings: list[Finding] = []
    broken = custody.verify(_log(session))
    if broken:
        findings.append(
            Finding(
                "custody_broken",
                "error",
                f"custody:{broken.seq}",
                Words(
                    zh=f"保管链在第 {broken.seq} 条处断裂（{_BREAKS[broken.code][0]}）",
                    en=f"the custody log is broken at entry {broken.seq} ({_BREAKS[broken.code][1]})",
                ),
                BASIS,
            )
        )
    deposited = select(CustodyEntry.item_id).where(CustodyEntry.event == "deposited")
    for item_id, sha256 in session.execute(
        select(VaultItem.id, VaultItem.sha256).where(VaultItem.id.not_in(deposited)).order_by(VaultItem.id)
    ):
        findings.append(
            Finding(
                "custody_absent",
                "error",
                f"vault:{sha256}",
                Words(zh=f"证据 {item_id} 没有入库记录", en=f"item {item_id} has no entry of its deposit"),
                BASIS,
            )
        )
    return findings


_BREAKS = {
    "missing": ("条目缺失", "an entry is missing"),
    "relinked": ("与上一条不衔接", "it does not stand on the entry before it"),
    "altered": ("内容被改动", "it was altered"),
}


def _log(session: Session) -> Iterator[custody.Entry]:
    for row in session.scalars(select(CustodyEntry).order_by(CustodyEntry.seq).execution_options(yield_per=1000)):
        yield entry(row)


def all_digests(session: Session) -> set[str]:
    """The SHA-256 of every item of every institution: institutions share one store, so an orphan is unknown to them all."""
    # the table, not the class: only the class is held to the session's institution
    return set(session.scalars(select(VaultItem.__table__.c.sha256).distinct()))


def fact(row: VaultItem) -> Item:
    """A row as a frozen fact."""
    return Item(
        id=row.id,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        filename=row.filename,
        kind=row.kind,
        subject=row.subject,
        form=cast(Form, row.form),
        obtained_on=row.obtained_on,
        source=row.source,
        deposited_at=row.deposited_at,
        deposited_by=row.deposited_by,
    )


def entry(row: CustodyEntry) -> custody.Entry:
    """A row of the log as a frozen entry."""
    return custody.Entry(
        seq=row.seq,
        item=row.item_id,
        sha256=row.sha256,
        at=row.at,
        actor=row.actor,
        event=cast(custody.Event, row.event),
        detail=row.detail,
        previous=row.previous,
        item_previous=row.item_previous,
        hash=row.hash,
    )
