"""Acceleration (宣布提前到期): on the day declared, one line takes the place of everything not yet due.

The line carries the undue principal and its contract interest by days from the last due day on or before that day (else from
disbursement); from that day penalty runs on the whole, and no contract interest any more. Source: contract.md section 4;
民法典 562(2), 565; law.md 3.3.
"""

from __future__ import annotations

from legal_service.accounts import schedule
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import Period, rate_changes, rates_of, with_rates
from legal_service.errors import Refusal, Words


def accelerated(facts: LoanFacts, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods after the acceleration of `facts.accelerated_on`: those due by that day, then the one new line.

    With nothing left undue the periods stay as they are. Refuses a day before the disbursement.
    """
    day = facts.accelerated_on
    if day is None:
        return periods
    if day < facts.disbursed_on:
        reason = Words(
            zh=f"宣布提前到期日 {day} 早于放款日 {facts.disbursed_on}",
            en=f"accelerated on {day}, before the disbursement on {facts.disbursed_on}",
        )
        raise Refusal("accelerated_before_disbursement", reason, "民法典 第五百六十二条第二款")
    due = tuple(period for period in periods if period.due_on <= day)
    undue = periods[len(due) :]
    if not undue:
        return periods
    opened_on = due[-1].due_on if due else facts.disbursed_on
    principal = sum(period.principal for period in undue)
    rates = rates_of(facts)
    interest = schedule.interest_by_days(principal, opened_on, day, facts.annual_rate, rates, facts.day_count)
    taken_up = (period.row for period in undue)
    line = Period(
        number=None,
        due_on=day,
        principal=principal,
        interest=interest,
        fee=0,
        base=principal,
        opened_on=opened_on,
        regular=False,
        rows=with_rates(facts, rate_changes(facts), opened_on, day, *taken_up),
        row=facts.row,
        computed=True,
    )
    return (*due, line)
