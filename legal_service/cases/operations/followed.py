"""What of the docket follows from the records alone: limitation and guarantee periods, brought to where the records put them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.cases.models import Case, WorkLine
from legal_service.cases.operations import work_lines
from legal_service.cases.operations.guarantee_deadlines import follow_guarantees
from legal_service.cases.operations.limitation_deadlines import follow_limitation
from legal_service.database import Transaction


def follow_records(tx: Transaction, *, case: Case, on: date) -> None:
    """Bring the deadlines of an open case that follow from its records to where they stand on a date. The caller rewrites the line."""
    if case.stage == "closed":
        return
    follow_limitation(tx, case=case, on=on)
    follow_guarantees(tx, case=case, on=on)


def after_events(tx: Transaction, *, case: Case) -> None:
    """A demand was proven or its proof withdrawn: docket and work list follow, as of the date the list's figures have."""
    line = tx.session.scalar(select(WorkLine).where(WorkLine.case_id == case.id))
    follow_records(tx, case=case, on=(line and line.claim_as_of) or tx.moment.date())
    work_lines.after_record(tx, case=case, demanded=True)
