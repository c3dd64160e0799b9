"""The figures beside the statement where it rests on an acceleration that nothing in the house proves.

An acceleration takes effect when the notice reaches the debtor; without a notice, when the copy of the complaint is served
(民法典 565). The statement is computed as told; a second one, of the same day, shows what is due if the told day does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from legal_service.accounts.statement import Statement, compute
from legal_service.errors import Words
from legal_service.law.parameters import Status

BASIS = "民法典 第五百六十五条"

Code = Literal["from_service_of_complaint", "from_arrival_of_notice"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A second statement of the same day, and the sentence that says on what footing it stands."""

    code: Code
    says: Words
    basis: str
    status: Status
    statement: Statement


def acceleration_status(statement: Statement) -> Status | None:
    """`verified` when a clause and the arrival of the notice by the day told bear it, else `awaiting_counsel`; None: nothing accelerated."""
    if statement.accelerated_on is None or not statement.accelerates:
        return None
    facts = statement.facts
    borne = facts.acceleration_clause and facts.notice is not None and facts.notice.on <= statement.accelerated_on
    return "verified" if borne else "awaiting_counsel"


def alternatives(statement: Statement) -> tuple[Alternative, ...]:
    """The statements to hold beside this one: none when nothing is accelerated, or when the told day is proved."""
    told = statement.accelerated_on
    if told is None or acceleration_status(statement) in (None, "verified"):
        return ()
    facts = statement.facts
    if facts.notice is not None and facts.acceleration_clause:
        arrived = facts.notice.on
        says = Words(
            f"如提前到期自通知到达日 {arrived} 起生效（而非所称的 {told}）",
            f"if the acceleration takes effect when the notice arrived, on {arrived}, not on {told} as told",
        )
        other = compute(replace(facts, accelerated_on=arrived), statement.as_of, statement.rules)
        return (Alternative("from_arrival_of_notice", says, BASIS, "verified", other),)
    if facts.complaint is not None and facts.complaint.on <= statement.as_of:
        served = facts.complaint.on
        says = Words(
            f"如提前到期自起诉状副本送达之日 {served} 起才生效（而非所称的 {told}）",
            f"if the acceleration takes effect only when the complaint was served, on {served}, not on {told} as told",
        )
        other = compute(replace(facts, accelerated_on=served), statement.as_of, statement.rules)
        return (Alternative("from_service_of_complaint", says, BASIS, "awaiting_counsel", other),)
    says = Words(
        f"如提前到期自起诉状副本送达时才生效：截至 {statement.as_of} 尚未提前到期，本金只按还款计划到期",
        f"if the acceleration takes effect only when the complaint is served: as of {statement.as_of} nothing is accelerated, "
        "and principal is due only as scheduled",
    )
    other = compute(replace(facts, accelerated_on=None), statement.as_of, statement.rules)
    return (Alternative("from_service_of_complaint", says, BASIS, "awaiting_counsel", other),)
