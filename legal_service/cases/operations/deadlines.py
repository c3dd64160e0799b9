"""Opening, closing, correcting deadlines on the docket; what is done never moves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import queries
from legal_service.cases.docket import CORRECTIONS, TAKEN_BACK, Moved
from legal_service.cases.models import Case, Deadline
from legal_service.cases.operations import work_lines
from legal_service.cases.queries.deadlines import period_of
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.law.periods import Period
from legal_service.law.queries import calendar


def open_deadline(tx: Transaction, *, case: Case, rule: str, trigger: date, subject: str = "") -> None:
    """Compute a deadline from its trigger and enter it; the same rule and trigger are one deadline."""
    period = period_of(rule, trigger, calendar(tx.session))
    exists = tx.session.scalar(
        select(Deadline).where(
            Deadline.case_id == case.id,
            Deadline.rule == rule,
            Deadline.trigger_on == trigger,
            Deadline.subject == subject,
        )
    )
    if exists is not None:
        _open_again(tx, case, exists)
        return
    enter_deadline(tx, case=case, rule=rule, trigger=trigger, subject=subject, period=period)
    work_lines.after_record(tx, case=case)


def enter_deadline(tx: Transaction, *, case: Case, rule: str, trigger: date, subject: str, period: Period) -> Deadline:
    """Enter a deadline whose days are known. The caller rewrites the line of the case."""
    row = Deadline(
        case_id=case.id, rule=rule, subject=subject, basis=period.basis, trigger_on=trigger, raw=period.raw,
        last_day=period.last_day, internal=period.internal, provisional=period.provisional,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(
        tx, action="docket.open", subject=f"case:{case.case_no}", rule=rule, trigger=trigger.isoformat(), of=subject,
        last_day=period.last_day.isoformat(), provisional=period.provisional,
    )  # fmt: skip
    return row


def _open_again(tx: Transaction, case: Case, row: Deadline) -> None:
    """One that ended because its event was taken back was never met: recorded anew, it runs anew. Any other stays as it is."""
    if row.closed_reason != TAKEN_BACK:
        return
    row.done_on, row.closed_reason = None, ""
    tx.session.flush()
    record(
        tx, action="docket.reopen", subject=f"case:{case.case_no}", rule=row.rule, trigger=row.trigger_on.isoformat(),
        of=row.subject,
    )  # fmt: skip
    work_lines.after_record(tx, case=case)


def close_deadlines(tx: Transaction, *, case: Case, rule: str, on: date, reason: str = "") -> None:
    """Mark the open deadlines of a rule as done; done ones never move again. `reason`: why they ended without being met."""
    rows = tx.session.scalars(
        select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule, Deadline.done_on.is_(None))
    ).all()
    for row in rows:
        close_deadline(tx, case=case, row=row, on=on, reason=reason)
    if rows:
        work_lines.after_record(tx, case=case)


def close_every(tx: Transaction, *, case: Case, on: date, reason: str) -> None:
    """The case is closed: every open deadline ends, for that reason."""
    query = select(Deadline).where(Deadline.case_id == case.id, Deadline.done_on.is_(None)).order_by(Deadline.id)
    for row in tx.session.scalars(query).all():
        close_deadline(tx, case=case, row=row, on=on, reason=reason)


def close_deadline(tx: Transaction, *, case: Case, row: Deadline, on: date, reason: str = "") -> None:
    """Mark one open deadline as done. The caller rewrites the line of the case."""
    row.done_on, row.closed_reason = on, reason
    record(tx, action="docket.close", subject=f"case:{case.case_no}", rule=row.rule, of=row.subject, on=on.isoformat())
    tx.session.flush()


def move_deadline(tx: Transaction, *, row: Deadline, case_no: str, after: Period, because: str) -> None:
    """Give an open deadline its days reckoned anew. `because` is a code: `notice:2027`, `correction:court_notice`.

    The caller rewrites the line of the case.
    """
    assert row.done_on is None, "what is done never moves"
    was = row.last_day
    row.raw, row.last_day, row.internal = after.raw, after.last_day, after.internal
    row.provisional, row.basis = after.provisional, after.basis
    record(
        tx, action="docket.move", subject=f"case:{case_no}", rule=row.rule, of=row.subject,
        trigger=row.trigger_on.isoformat(), was=was.isoformat(), last_day=after.last_day.isoformat(),
        internal=after.internal.isoformat(), provisional=after.provisional, because=because,
    )  # fmt: skip


def correct_deadline(
    tx: Transaction, *, case_no: str, rule: str, corrected: date, reason: str, subject: str = "",
    trigger: date | None = None,
) -> Moved:  # fmt: skip
    """Give an open deadline another trigger, by a named person for a reason of `CORRECTIONS`; answer what moved.

    `trigger` tells it from another one of the same rule. Corrected already, it is left as it is. Refuses `not_permitted`,
    `named_person_required`, `reason_required`, `bad_date`, `unknown_deadline`, `subject_needed`, `several_deadlines`,
    `deadline_exists`, and `limitation_follows_events`: limitation and guarantee periods have no trigger of their own.
    """
    permissions.require(tx.actor, "docket.correct")
    permissions.require_named(tx.actor)
    if reason not in CORRECTIONS:
        raise _refused(
            "reason_required",
            f"须写明更正理由：{' '.join(CORRECTIONS)}",
            f"a reason is needed: {' '.join(CORRECTIONS)}",
        )
    if corrected > tx.moment.date():
        raise _refused("bad_date", f"起算日 {corrected} 尚未到来。", f"The trigger {corrected} is still to come.")
    if rule in ("limitation", "guarantee_period"):
        raise _refused(
            "limitation_follows_events",
            "诉讼时效和保证期间由起算、中断或主张事由推得，不能直接更正：请更正贷款台账、登记送达凭证，或由具名法务撤回凭证（legal case withdraw-proof）。",
            "A deadline of limitation or of a guarantee follows from what is on record and is not corrected by hand: mend the ledger, record proof of service, or have a named lawyer withdraw a proof (legal case withdraw-proof).",
        )
    case = queries.case_row(tx.session, case_no)
    row = _open_one(tx, case, rule, subject, trigger, corrected)
    due = queries.due_of(row, case_no)
    after = period_of(rule, corrected, calendar(tx.session))
    if row.trigger_on != corrected:
        record(
            tx, action="docket.correct", subject=f"case:{case_no}", rule=rule, of=subject, reason=reason,
            trigger=corrected.isoformat(), was=row.trigger_on.isoformat(),
        )  # fmt: skip
        row.trigger_on = corrected
        move_deadline(tx, row=row, case_no=case_no, after=after, because=f"correction:{reason}")
        tx.session.flush()
        work_lines.after_record(tx, case=case)
    return Moved(row.id, due, after)


def _open_one(tx: Transaction, case: Case, rule: str, subject: str, trigger: date | None, corrected: date) -> Deadline:
    query = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule)
    same_rule = tx.session.scalars(query.order_by(Deadline.id)).all()
    subjects = sorted({row.subject for row in same_rule if row.done_on is None})
    if not subject and subjects and "" not in subjects:
        raise _refused(
            "subject_needed",
            f"本案该规则的期限各属一项标的，请写明 --subject：{'、'.join(subjects)}",
            f"The deadlines of this rule belong to a subject each; give --subject: {', '.join(subjects)}",
        )
    every = [row for row in same_rule if row.subject == subject]
    held = [row for row in every if row.done_on is None and trigger in (None, row.trigger_on)]
    taken = [row for row in every if row.trigger_on == corrected]
    if not held and trigger is not None and taken and taken[0].done_on is None:
        return taken[0]  # corrected before
    if not held:
        raise _refused(
            "unknown_deadline",
            "本案没有这一未完成的期限；已办结的期限不再变动。",
            "The case has no such open deadline; one that is done never moves.",
        )
    if len(held) > 1:
        days = "、".join(row.trigger_on.isoformat() for row in held)
        raise _refused(
            "several_deadlines",
            f"同一规则有多个期限，请指明起算日：{days}",
            f"Several of this rule; name the trigger: {days}",
        )
    if taken and taken[0].id != held[0].id:
        raise _refused(
            "deadline_exists",
            f"同一规则自 {corrected} 起算的期限已在案件日程中。",
            f"The docket has a deadline of this rule from {corrected} already.",
        )
    return held[0]


def _refused(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Words(zh=zh, en=en), "机构内部规则：案件日程的更正（house policy: correcting the docket）")
