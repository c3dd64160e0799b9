"""Settlement attempts as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.settlements.models import SettlementAttempt


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One attempt to settle: its date, channel and outcome (the offer itself is not for the evidence: CPLI 107)."""

    attempted_on: date
    channel: str
    outcome: str
    agreed_until: date | None
    row: str


def attempts_of(session: Session, contract_ids: list[int]) -> list[AttemptFacts]:
    """The attempts to settle these contracts, oldest first."""
    rows = session.scalars(
        select(SettlementAttempt)
        .where(SettlementAttempt.contract_id.in_(contract_ids))
        .order_by(SettlementAttempt.attempted_on, SettlementAttempt.id)
    )
    return [
        AttemptFacts(row.attempted_on, row.channel, row.outcome, row.agreed_until, f"settlement_attempt:{row.id}")
        for row in rows
    ]
