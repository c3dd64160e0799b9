"""Questions about one debtor's debts in JSON: limitation, interest for delayed performance, appropriation of a payment."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import cast, get_args

from legal_service.errors import Words
from legal_service.law import allocation
from legal_service.law import delay_interest as delay
from legal_service.law import limitation as time_limits
from legal_service.law.arguments import Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.periods import Length, add
from legal_service.money import Fen, amount_text

REMINDERS = (12, 6, 3, 1)
"""Months before the conservative end at which the house reminds."""


def limitation(given: Given, bench: Bench) -> Answer:
    """When the claim, or the application for enforcement, runs out; both tracks."""
    regime = given.choice("regime", get_args(time_limits.Regime), "general")
    last_due_on = given.day("last_due_on")
    accelerated_on = given.optional_day("accelerated_on")
    first_breach_on = given.optional_day("first_breach_on")
    agreed_until = given.optional_day("agreed_until")
    asked_on = given.day("on", bench.today)
    events = [_event(row) for row in given.rows("events")]
    obstacles = [_obstacle(row) for row in given.rows("obstacles")]
    given.finish()
    found = time_limits.reckon(
        cast(time_limits.Regime, regime),
        bench.parameters,
        bench.calendar,
        last_due_on=last_due_on,
        asked_on=asked_on,
        accelerated_on=accelerated_on,
        first_breach_on=first_breach_on,
        events=events,
        obstacles=obstacles,
        agreed_until=agreed_until,
    )
    legal, conservative = found.legal, found.conservative
    end = conservative.expiry
    return {
        "raw": legal.raw and legal.raw.isoformat(),
        "legal_expiry": legal.expiry and legal.expiry.isoformat(),
        "conservative_expiry": end and end.isoformat(),
        "running": found.running,
        "defence_lost": legal.defence_lost,
        "steps": [_step(step, bench) for step in legal.steps],
        "conservative_steps": [_step(step, bench) for step in conservative.steps],
        "provisional": legal.provisional or conservative.provisional,
        "review": [_step(step, bench) for step in _reviewed(legal, conservative)],
        "notes": [*_future(events, asked_on, bench), *_notes(bench, asked_on)],
        "awaiting_counsel": [bench.read(one) for one in dict.fromkeys((*legal.awaiting, *conservative.awaiting))],
        "reminders": [add(end, Length(-months, "month")).isoformat() for months in REMINDERS] if end else [],
    }


def _reviewed(legal: time_limits.Track, conservative: time_limits.Track) -> list[time_limits.Step]:
    """What only a named person may decide, on either track; once where both say it."""
    seen = {(step.on, step.kind) for step in legal.steps if step.review}
    return [
        *(step for step in legal.steps if step.review),
        *(step for step in conservative.steps if step.review and (step.on, step.kind) not in seen),
    ]


def _future(events: list[time_limits.Event], asked_on: date, bench: Bench) -> list[str]:
    """Events that had not happened on the day asked: reckoned with as told, and said."""
    return [
        bench.read(
            Words(
                zh=f"{event.on} 的事由（{event.kind}）晚于所问之日 {asked_on}，尚未发生，系按假设计算。",
                en=f"The event of {event.on} ({event.kind}) is later than the day asked, {asked_on}: reckoned as a supposition.",
            )
        )
        for event in events
        if event.on > asked_on
    ]


def _event(row: Given) -> time_limits.Event:
    event = time_limits.Event(
        kind=row.text("kind"),
        on=row.day("on"),
        end=row.optional_day("end"),
        withdrawn=row.flag("withdrawn"),
        served=row.flag("served") if row.has("served") else None,
        part=row.flag("part"),
        rest_waived=row.flag("rest_waived"),
        joint_debtor=row.flag("joint_debtor"),
    )
    row.finish()
    return event


def _notes(bench: Bench, on: date) -> list[str]:
    """What holds of the defence itself, whatever the dates."""
    rows = bench.parameters.on("limitation/defence", on).value.values()
    return [f"{row[bench.language]}〔{row['basis']}〕" for row in rows]


def _obstacle(row: Given) -> time_limits.Obstacle:
    first, gone_on = row.day("from"), row.optional_day("to")
    row.finish()
    return time_limits.Obstacle(first=first, gone_on=gone_on)


def _step(step: time_limits.Step, bench: Bench) -> Answer:
    return {
        "on": step.on.isoformat(),
        "kind": step.kind,
        "text": bench.read(step.words),
        "basis": step.basis,
        "proof": step.proof and bench.read(step.proof),
        "expiry": step.expiry and step.expiry.isoformat(),
    }


def delay_interest(given: Given, bench: Bench) -> Answer:
    """The double part for delayed performance of a judgment."""
    obligations = []
    for row in given.rows("obligations", required=True):
        due_on, base, general = row.day("due_on"), row.amount("base"), row.amount("general_interest", "0")
        row.finish()
        obligations.append(delay.Obligation(due_on=due_on, base=base, general_interest=general))
    payments = []
    for row in given.rows("payments"):
        on, amount = row.day("on"), row.amount("amount")
        row.finish()
        payments.append(delay.Payment(on=on, amount=amount))
    suspended = []
    for row in given.rows("suspended"):
        first, last = row.day("from"), row.day("to")
        row.finish()
        suspended.append(delay.Suspension(first=first, last=last))
    until = given.day("until", bench.today)
    given.finish()
    found = delay.compute(obligations, payments, bench.parameters, until=until, suspended=suspended)
    duty = bench.instruments["civil_procedure_law"].cite(264, written="2023修正", on=until)
    return {
        "double_part": amount_text(found.double_part),
        "outstanding": amount_text(found.outstanding),
        "steps": [
            {
                "on": step.on.isoformat(),
                "text": bench.read(step.words),
                "double_part": amount_text(step.double_part),
                "basis": step.basis,
            }
            for step in found.steps
        ],
        "basis": f"{duty}；{bench.parameters.on('delay_interest/daily_rate', until).basis}",
        "unpaid": {
            "base": amount_text(found.unpaid_base),
            "general_interest": amount_text(found.unpaid_general_interest),
            "double_part": amount_text(found.unpaid_double_part),
        },
        "unapplied": amount_text(found.unapplied),
    }


def allocate(given: Given, bench: Bench) -> Answer:
    """Which of several debts a payment extinguishes."""
    on = given.day("on", bench.today)
    amount = given.amount("amount")
    debts = [_debt(row) for row in given.rows("debts", required=True)]
    designated = given.texts("designated")
    given.finish()
    code = bench.instruments["civil_code"]
    order = code.cite(560, written="", on=on)
    basis = {"designation": f"{order}第一款", "order": f"{order}第二款", "within": code.cite(561, written="", on=on)}
    lines, left = allocation.allocate(amount, debts, on=on, basis=basis, designated=designated)
    return {
        "lines": [
            {
                "id": line.id,
                "to_costs": amount_text(line.to_costs),
                "to_interest": amount_text(line.to_interest),
                "to_principal": amount_text(line.to_principal),
                "amount": amount_text(line.total),
                "because": bench.read(line.because),
                "basis": line.basis,
            }
            for line in lines
        ],
        "unapplied": amount_text(left),
    }


def _debt(row: Given) -> allocation.Debt:
    id, due_on = row.text("id"), row.day("due_on")
    costs, interest, principal = row.amount("costs", "0"), row.amount("interest", "0"), row.amount("principal", "0")
    secured, rate = _secured(row, costs + interest + principal), row.rate("annual_rate", "0")
    row.finish()
    return allocation.Debt(id, due_on, costs, interest, principal, secured, rate)


def _secured(row: Given, total: Fen) -> Fraction:
    """Yes or no, or the amount that the security covers."""
    if row.is_amount("secured"):
        return Fraction(min(row.amount("secured"), total), total or 1)
    return Fraction(row.flag("secured"))
