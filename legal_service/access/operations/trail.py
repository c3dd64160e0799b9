"""Writing the trail, and founding the institution whose trail it is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from legal_service.access import queries
from legal_service.access.models import AuditEntry, Institution, TrailHead
from legal_service.access.trail import GENESIS, Entry, seal
from legal_service.clock import now
from legal_service.database import KeyRing, Transaction, key_ring_of

Detail = str | int | bool | None | list[str] | list[int] | dict[str, int] | dict[str, str]


def record(tx: Transaction, *, action: str, subject: str, **detail: Detail) -> None:
    """Append one entry to the institution's trail, in the transaction of the write it tells of.

    `subject` is a code (`case:HM-2026-0001`), never personal data; `detail` must be JSON and free of personal data.
    """
    session = tx.session
    head = (
        session.info.get("trail_head") or queries.head_row(session) or _first_head(session, tx.keys, tx.institution_id)
    )
    seq, previous = head.seq + 1, head.sealed
    entry = Entry(
        seq=seq,
        at=tx.moment,
        actor=tx.actor.email,
        action=action,
        subject=subject,
        detail=dict(detail),
        previous=previous,
    )
    sealed = seal(entry)
    session.add(
        AuditEntry(
            institution_id=tx.institution_id,
            seq=seq,
            at=entry.at,
            actor=entry.actor,
            action=action,
            subject=subject,
            detail=entry.detail,
            previous=previous,
            sealed=sealed,
        )
    )
    head.seq, head.sealed = seq, sealed
    head.mark = queries.head_mark(tx.keys, tx.institution_id, seq, sealed)
    session.info["trail_head"] = head
    session.info["recorded"] = True


def _first_head(session: Session, keys: KeyRing, institution: int) -> TrailHead:
    head = TrailHead(
        institution_id=institution, seq=0, sealed=GENESIS, mark=queries.head_mark(keys, institution, 0, GENESIS)
    )
    session.add(head)
    session.flush()
    return head


def found_institution(session: Session, *, code: str, name: str) -> int:
    """Create the installation's institution if there is none; answer its id. Part of `legal init`."""
    found = queries.institution_id(session)
    if found is not None:
        return found
    institution = Institution(code=code, name=name, created_at=now())
    session.add(institution)
    session.flush()
    _first_head(session, key_ring_of(session.get_bind().dialect), institution.id)
    return institution.id
