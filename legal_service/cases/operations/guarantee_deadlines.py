"""The guarantee periods on the docket (民法典 692, 693; 担保制度解释 34): one deadline per loan and guarantor, kept where the records put it.

The day kept is the one as counted: whether a holiday moves it is open, and the period is neither suspended nor extended. Nobody
enters or corrects it by hand: it follows from the tape, the acceleration, and the demands and suits on record.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.cases.docket import LEFT_THE_CASE, RELEASED
from legal_service.cases.models import Case, Deadline
from legal_service.cases.operations.deadlines import close_deadline, enter_deadline, move_deadline
from legal_service.cases.queries.limitation import guarantees_of
from legal_service.database import Transaction
from legal_service.law.guarantee_facts import Guarantee
from legal_service.law.periods import Period

RULE = "guarantee_period"


def follow_guarantees(tx: Transaction, *, case: Case, on: date) -> None:
    """Bring the guarantee deadlines of an open case to where its records of a date put them; as they are, nothing is written.

    Met when a demand or suit kept the guarantor bound; ended as lapsed once the day as counted is over without one. What was met
    and is met no more (a proof withdrawn, a suit taken back) is due again.
    """
    rows: dict[str, Deadline] = {}
    for row in tx.session.scalars(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == RULE).order_by(Deadline.id)
    ):
        rows[row.subject] = row
    standing = guarantees_of(tx.session, case, on)
    for subject, found in standing.items():
        if found is not None:
            _follow(tx, case, rows.get(subject), subject, *found, on)
    for subject, row in rows.items():
        if subject not in standing and row.done_on is None:
            close_deadline(tx, case=case, row=row, on=on, reason=LEFT_THE_CASE)


def _follow(
    tx: Transaction, case: Case, row: Deadline | None, subject: str, due_on: date, found: Guarantee, on: date
) -> None:
    kept = found.period
    period = Period(kept.raw, kept.raw, kept.internal, kept.provisional, kept.basis)
    if row is None:
        row = enter_deadline(tx, case=case, rule=RULE, trigger=due_on, subject=subject, period=period)
    ended = _ended(found, on)
    if ended is None and row.done_on is not None:
        row.done_on, row.closed_reason = None, ""
    if row.done_on is None and (row.trigger_on, row.raw, row.internal) != (due_on, period.raw, period.internal):
        row.trigger_on = due_on
        move_deadline(tx, row=row, case_no=case.case_no, after=period, because="guarantee_events")
    tx.session.flush()
    if ended is not None and (row.done_on, row.closed_reason) != ended:
        close_deadline(tx, case=case, row=row, on=ended[0], reason=ended[1])


def _ended(found: Guarantee, on: date) -> tuple[date, str] | None:
    if found.preserved_by is not None:
        return found.preserved_by.on, ""
    if on > found.period.last_day and found.state == "lapsed":
        return found.period.raw, RELEASED
    return None
