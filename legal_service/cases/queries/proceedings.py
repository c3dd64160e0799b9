"""Events of the proceedings from their rows: what stands in a case, its court numbers, and what the courts returned in sibling cases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.cases import submission
from legal_service.cases.models import Case, ForcedMove, ProceedingEvent
from legal_service.cases.proceedings import Event, Proceedings, standing
from legal_service.cases.submission import Return, Submission
from legal_service.database import key_ring_of

RETURNED = "correction_required"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it was recorded; `withdrawn` when a later line takes it back."""

    event: Event
    recorded_at: datetime
    withdrawn: bool


def recorded(session: Session, case_id: int) -> list[Recorded]:
    """Every event of a case in the order recorded, those withdrawn marked."""
    rows = _rows(session, case_id)
    gone = {row.withdraws for row in rows}
    return [Recorded(_event(row), row.recorded_at, row.id in gone) for row in rows if row.withdraws is None]


def proceedings_of(session: Session, case_id: int) -> Proceedings:
    """The events of a case that stand."""
    rows = _rows(session, case_id)
    gone = [row.withdraws for row in rows if row.withdraws is not None]
    return standing((_event(row) for row in rows if row.withdraws is None), gone)


def submissions_of(session: Session, case_id: int) -> list[Submission]:
    """The submissions of a case to courts, oldest first."""
    return submission.submissions(proceedings_of(session, case_id))


def returns_of_siblings(session: Session, case: Case) -> list[Return]:
    """What courts returned in other cases of the same lender since this case was opened or last handed in: to be mended here at once.

    One line a court and reason, with the newest day and how many cases; a case already past submission has none.
    """
    if case.stage not in submission.CAN_BE_MENDED:
        return []
    handed_in = proceedings_of(session, case.id).newest("handed_in", "corrected")
    row, withdrawing = ProceedingEvent, ProceedingEvent.__table__.alias("withdrawing")
    query = (
        select(row.court, row.reason, row.happened_on, row.case_id)
        .join(Case, Case.id == row.case_id)
        .where(row.kind == RETURNED, row.withdraws.is_(None), row.case_id != case.id, Case.lender_id == case.lender_id)
        .where(~select(withdrawing.c.id).where(withdrawing.c.withdraws == row.id).exists())
        .order_by(row.happened_on)
    )
    found = [Return(court, reason, on, 1) for court, reason, on, _case in session.execute(query)]
    court = submission.court_of(proceedings_of(session, case.id))
    return submission.to_mend(found, court=court, since=handed_in.on if handed_in else None)


def forced_of(session: Session, case_id: int) -> list[ForcedMove]:
    """The moves of a case that somebody asked to force, oldest first."""
    return list(session.scalars(select(ForcedMove).where(ForcedMove.case_id == case_id).order_by(ForcedMove.id)))


def cases_by_court_number(session: Session, numbers: Iterable[str]) -> list[int]:
    """The keys of the cases that a court knows under one of these numbers, found by their blind indexes."""
    keys = key_ring_of(session.get_bind().dialect)
    wanted = [keys.blind("proceeding_event.number", one) for one in numbers]
    query = select(ProceedingEvent.case_id).where(ProceedingEvent.number_index.in_(wanted)).distinct()
    return sorted(session.scalars(query.limit(51)))


def _rows(session: Session, case_id: int) -> list[ProceedingEvent]:
    query = select(ProceedingEvent).where(ProceedingEvent.case_id == case_id).order_by(ProceedingEvent.id)
    return list(session.scalars(query))


def _event(row: ProceedingEvent) -> Event:
    return Event(row.id, row.kind, row.happened_on, json.loads(row.data), row.recorded_by)


def event_json(one: Recorded) -> dict[str, object]:
    """An event as the outside sees it."""
    return {
        "id": one.event.key,
        "kind": one.event.kind,
        "on": one.event.on.isoformat(),
        "data": dict(one.event.data),
        "by": one.event.by,
        "withdrawn": one.withdrawn,
    }


def court_numbers(found: Proceedings) -> list[dict[str, str]]:
    """The numbers under which courts know a case, oldest first: court, number, and the event that told it."""
    told: dict[str, dict[str, str]] = {}
    court = ""
    for one in found.events:
        court = one.data.get("court", court)
        if "number" in one.data:
            told.setdefault(one.data["number"], {"court": court, "number": one.data["number"], "since": one.kind})
    return list(told.values())


def forced_json(row: ForcedMove) -> dict[str, object]:
    """A move asked to be forced, as the outside sees it; its reason is prose and stays in the house."""
    return {
        "id": row.id,
        "from": row.from_stage,
        "to": row.to_stage,
        "on": row.entered_on.isoformat(),
        "guards": row.guards.split(),
        "asked_by": row.asked_by,
        "decided_by": row.decided_by,
        "granted": row.granted,
    }
