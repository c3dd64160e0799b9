"""Reading the audit trail: walking its chain, and pages of it for people."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.access.models import AuditEntry, TrailHead
from legal_service.access.trail import GENESIS, Break, Entry, Head, first_break
from legal_service.database import KeyRing, key_ring_of

_LAST = 2**63 - 1
"""No entry has a greater number: the database could not hold it."""


def head_row(session: Session) -> TrailHead | None:
    """The row of the newest entry of the trail."""
    return session.scalar(select(TrailHead))


def head_mark(keys: KeyRing, institution: int, seq: int, sealed: str) -> str:
    """The mark that only a holder of the installation's keys can make."""
    return keys.blind("trail_head.mark", f"{institution}:{seq}:{sealed}")


def trail_head(session: Session) -> Head:
    """Where the trail ended when it was last written; not genuine when it is gone or was not written by us."""
    row = head_row(session)
    if row is None:
        return Head(0, GENESIS, genuine=False)
    keys = key_ring_of(session.get_bind().dialect)
    return Head(row.seq, row.sealed, row.mark == head_mark(keys, row.institution_id, row.seq, row.sealed))


def walk_trail(session: Session) -> tuple[Break | None, int]:
    """Walk the institution's trail from the first entry to its marked end: (first broken link or None, entries read)."""
    broken, count, _ = first_break(entries(session), trail_head(session))
    return broken, count


def entries(session: Session) -> Iterator[Entry]:
    """The whole trail in order."""
    for row in session.scalars(select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)):
        yield _entry(row)


def entry_count(session: Session) -> int:
    """How many entries the trail has."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def trail_of(session: Session, subject: str, most: int = 200) -> list[Entry]:
    """What the trail says of one subject (`case:HM-2026-0001`), the newest first."""
    return trail_page(session, before=None, subject=subject, most=most)


def trail_page(
    session: Session, *, before: int | None, actor: str = "", action: str = "", subject: str = "", most: int = 50
) -> list[Entry]:
    """One page of the trail, the newest first: the entries before number `before`, of this actor, action and subject."""
    wanted = {AuditEntry.actor: actor, AuditEntry.action: action, AuditEntry.subject: subject}
    if not all(code.isprintable() for code in wanted.values()):
        return []
    query = select(AuditEntry).where(*(column == code for column, code in wanted.items() if code))
    if before is not None:
        query = query.where(AuditEntry.seq < min(max(before, 0), _LAST))
    return [_entry(row) for row in session.scalars(query.order_by(AuditEntry.seq.desc()).limit(most))]


def _entry(row: AuditEntry) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        previous=row.previous,
        sealed=row.sealed,
    )
