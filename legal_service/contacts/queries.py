"""The contact log as facts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.contacts.log import Contact
from legal_service.contacts.models import ContactAttempt


def contacts_of(session: Session, contract_ids: list[int]) -> list[Contact]:
    """The attempts that stand for these contracts, oldest first."""
    rows = session.scalars(
        select(ContactAttempt)
        .where(ContactAttempt.contract_id.in_(contract_ids))
        .order_by(ContactAttempt.contact_no, ContactAttempt.revision)
    )
    newest = {row.contact_no: row for row in rows}
    return [
        Contact(
            contact_no=row.contact_no,
            at=row.at,
            channel=row.channel,
            direction=row.direction,
            party=row.party,
            address=row.address,
            outcome=row.outcome,
            agency=row.agency,
            agent=row.agent,
            content=row.content or "",
            row=f"contact_attempt:{row.id}",
            consent=row.consent,
        )
        for row in sorted(newest.values(), key=lambda one: (one.at, one.contact_no))
    ]
