"""The limitation deadlines on the docket follow what interrupts limitation (民法典 195): demands proven, payments, proceedings.

Nobody enters or corrects their trigger by hand: it is the day from which the conservative track runs. While proceedings run no
period does, and the deadline is closed; should they end without a judgment, a new one is opened from then.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access.operations import record
from legal_service.cases.docket import PROCEEDINGS
from legal_service.cases.models import Case, Deadline
from legal_service.cases.operations.deadlines import close_deadline, move_deadline, open_deadline
from legal_service.cases.queries.deadlines import period_of
from legal_service.cases.queries.limitation import runs_from
from legal_service.database import Transaction
from legal_service.law.queries import calendar

RULE = "limitation"


def follow_limitation(tx: Transaction, *, case: Case, on: date) -> None:
    """Bring the limitation deadlines of an open case to where its records of a date put them; as they are, nothing is written.

    A loan whose limitation cannot be reckoned (older law, records that contradict each other) keeps its deadline: a person decides.
    """
    for loan_no, since in runs_from(tx.session, case, on).items():
        every = tx.session.scalars(
            select(Deadline)
            .where(Deadline.case_id == case.id, Deadline.rule == RULE, Deadline.subject == loan_no)
            .order_by(Deadline.id)
        ).all()
        row = next((one for one in every if one.done_on is None), None)
        if since is None:
            if row is not None:
                close_deadline(tx, case=case, row=row, on=on, reason=PROCEEDINGS)
        elif row is None:
            open_deadline(tx, case=case, rule=RULE, trigger=since, subject=loan_no)
        elif row.trigger_on != since and all(one.trigger_on != since for one in every):
            record(
                tx, action="docket.follow", subject=f"case:{case.case_no}", rule=RULE, of=loan_no,
                trigger=since.isoformat(), was=row.trigger_on.isoformat(),
            )  # fmt: skip
            row.trigger_on = since
            after = period_of(RULE, since, calendar(tx.session))
            move_deadline(tx, row=row, case_no=case.case_no, after=after, because="limitation_events")
            tx.session.flush()
