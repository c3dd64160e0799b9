"""One round of deliveries: read the trail on, then a lane for each webhook that has something due.

Lanes run side by side: a partner that hangs costs its own lane ten seconds. Claims and marks are small writes aside; only
when a delivery is given up, and the webhook with it, is there a business transaction, for that belongs into the trail.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog

from legal_service import clock
from legal_service.database import LOCAL_OPERATOR, Database
from legal_service.webhooks import queries
from legal_service.webhooks.facts import Claim, Outcome, Round
from legal_service.webhooks.files import Courier
from legal_service.webhooks.operations.announcing import announce
from legal_service.webhooks.operations.claims import claim, give_up, mark_delivered, mark_failed
from legal_service.webhooks.patience import wait_after

log = structlog.get_logger()

LANES = 16
MOST_IN_A_LANE = 50

Moment = Callable[[], datetime]


def deliver_due(database: Database, *, institution_id: int, moment: Moment = clock.now) -> Round:
    """Announce what happened and send what is due now; answers what was done. It reads only when there is nothing to do.

    A lane goes on while its deliveries are accepted and the round is young. Any failure of the database is raised once all lanes have ended.
    """
    announced = 0
    with database.reading(institution_id=institution_id) as session:
        behind = queries.behind(session)
    if behind:
        with database.aside(institution_id=institution_id) as session:
            announced = announce(session, now=moment())
    with database.reading(institution_id=institution_id) as session:
        due = queries.due(session, moment())
    if not due:
        return Round(announced)
    courier = Courier()
    with ThreadPoolExecutor(min(LANES, len(due)), thread_name_prefix="webhook") as lanes:
        began = [lanes.submit(_lane, database, institution_id, one, courier, moment) for one in due]
    ends = [end for lane in began for end in lane.result()]
    stopped = ends.count("stopped")
    return Round(announced, ends.count("delivered"), ends.count("failed") + stopped, stopped)


def keep_delivering(database: Database, *, institution_id: int, stop: threading.Event, pause: float = 1.0) -> None:
    """Deliver round after round until told to stop: the body of a thread beside a worker's jobs."""
    while not stop.wait(pause):
        try:
            deliver_due(database, institution_id=institution_id)
        except Exception as failure:  # the thread outlives any one round; the next finds everything as it was
            log.warning("webhook round failed", error=type(failure).__name__)


def _lane(database: Database, institution_id: int, webhook_id: int, courier: Courier, moment: Moment) -> list[str]:
    """Send to one webhook in order until nothing is due, one fails, or the round has lasted long enough."""
    ends: list[str] = []
    while len(ends) < MOST_IN_A_LANE and not (ends and courier.tired):
        with database.aside(institution_id=institution_id) as session:
            claimed = claim(session, webhook_id=webhook_id, now=moment())
        if claimed is None:
            break
        outcome = courier.post(claimed.url, claimed.headers, claimed.body)
        ends.append(_conclude(database, institution_id, claimed, outcome, moment()))
        if ends[-1] != "delivered":
            break
    return ends


def _conclude(database: Database, institution_id: int, claimed: Claim, outcome: Outcome, now: datetime) -> str:
    """Mark how it ended: `delivered`, `failed` (it waits for its next attempt) or `stopped`, the webhook with it."""
    if outcome.delivered:
        with database.aside(institution_id=institution_id) as session:
            mark_delivered(session, claimed, outcome, now=now)
        return "delivered"
    wait = wait_after(claimed.attempts)
    because = outcome.final or ("given_up" if wait is None else "")
    log.info(
        "webhook not delivered", webhook=claimed.webhook_id, seq=claimed.seq, attempt=claimed.attempts,
        answered=outcome.status, because=because,
    )  # fmt: skip
    if because:
        with database.transaction(actor=LOCAL_OPERATOR, institution_id=institution_id) as tx:
            return "stopped" if give_up(tx, claimed, outcome, because=because) else "failed"
    with database.aside(institution_id=institution_id) as session:
        mark_failed(session, claimed, outcome, ready_at=clock.seconds_from(now, wait or 0))
    return "failed"
