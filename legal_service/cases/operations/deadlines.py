"""Opening and closing deadlines on the docket."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access.operations import record
from legal_service.cases.models import Case, Deadline
from legal_service.cases.operations import work_lines
from legal_service.database import Transaction
from legal_service.law import files as law
from legal_service.law import periods


def open_deadline(tx: Transaction, *, case: Case, rule: str, trigger: date, subject: str = "") -> None:
    """Compute a deadline from its trigger and enter it; the same rule and trigger are one deadline."""
    parameter = law.parameters().parameter(f"periods/{rule}")
    instruments = law.instruments()
    computation = periods.computation_basis(instruments["civil_procedure_law"], instruments["civil_code"], trigger)
    period = periods.by_rule(parameter, trigger, law.calendar(), computation)
    exists = tx.session.scalar(
        select(Deadline.id).where(
            Deadline.case_id == case.id,
            Deadline.rule == rule,
            Deadline.trigger_on == trigger,
            Deadline.subject == subject,
        )
    )
    if exists is not None:
        return
    tx.session.add(
        Deadline(
            case_id=case.id, rule=rule, subject=subject, basis=period.basis, trigger_on=trigger, raw=period.raw,
            last_day=period.last_day, internal=period.internal, provisional=period.provisional,
        )
    )  # fmt: skip
    tx.session.flush()
    record(
        tx, action="docket.open", subject=f"case:{case.case_no}", rule=rule, trigger=trigger.isoformat(), of=subject,
        last_day=period.last_day.isoformat(), provisional=period.provisional,
    )  # fmt: skip
    work_lines.after_record(tx, case=case)


def close_deadlines(tx: Transaction, *, case: Case, rule: str, on: date, reason: str = "") -> None:
    """Mark the open deadlines of a rule as done; done ones never move again. `reason`: why they ended without being met."""
    rows = tx.session.scalars(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule, Deadline.done_on.is_(None))
    ).all()
    for row in rows:
        row.done_on, row.closed_reason = on, reason
        record(tx, action="docket.close", subject=f"case:{case.case_no}", rule=rule, of=row.subject, on=on.isoformat())
    if rows:
        tx.session.flush()
        work_lines.after_record(tx, case=case)
