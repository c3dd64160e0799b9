"""Another process that delivers, and may be killed while it does."""

from __future__ import annotations

from datetime import datetime
from multiprocessing.connection import Connection

from legal_service.config import Settings
from legal_service.installation import Installation
from legal_service.webhooks import operations


def deliver_once(settings: Settings, told: Connection, at: datetime) -> None:
    """One round at a moment; tell what it did."""
    installation = Installation(settings)
    told.send("ready")
    told.send(
        operations.deliver_due(
            installation.database, institution_id=installation.institution_id, moment=lambda: at
        ).delivered
    )
