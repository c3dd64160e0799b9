"""Complaints as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.complaints.models import Complaint


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """A complaint's dates and kind (its content stays in the room)."""

    complaint_no: str
    received_on: date
    kind: str
    closed_on: date | None
    row: str


def complaints_of(session: Session, contract_ids: list[int]) -> list[ComplaintFacts]:
    """The complaints about these contracts, oldest first."""
    rows = session.scalars(
        select(Complaint).where(Complaint.contract_id.in_(contract_ids)).order_by(Complaint.received_on, Complaint.id)
    )
    return [
        ComplaintFacts(row.complaint_no, row.received_on, row.kind, row.closed_on, f"complaint:{row.id}")
        for row in rows
    ]


def open_on(complaints: list[ComplaintFacts], as_of: date) -> list[ComplaintFacts]:
    """Those received by a date and not closed by then."""
    return [one for one in complaints if one.received_on <= as_of and (one.closed_on is None or one.closed_on > as_of)]
