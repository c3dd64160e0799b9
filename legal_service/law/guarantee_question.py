"""The question of how one guarantor stands, in JSON (`law.guarantee`)."""

from __future__ import annotations

from typing import cast, get_args

from legal_service.law import guarantee as guarantees
from legal_service.law.arguments import Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.guarantee_facts import Act, Agreed, Guarantee, Liability, RefusalEnded, Step


def guarantee(given: Given, bench: Bench) -> Answer:
    """The last day of a guarantee period, what must be done inside it, and the limitation that follows."""
    liability = given.choice("liability", get_args(Liability))
    main_due_on = given.day("main_due_on")
    agreed_until, signed_on = given.optional_day("agreed_until"), given.optional_day("signed_on")
    agreed = given.choice("agreed", get_args(Agreed), "until" if agreed_until else "none")
    ended = RefusalEnded(
        ended_on=given.optional_day("refusal_ended_on"),
        round_ended_served_on=given.optional_day("round_ended_served_on"),
        enforcement_applied_on=given.optional_day("enforcement_applied_on"),
    )
    acts = [_act(row) for row in given.rows("acts")]
    asked_on = given.day("on", bench.today)
    given.finish()
    found = guarantees.assess(
        cast(Liability, liability),
        bench.parameters,
        bench.calendar,
        main_due_on=main_due_on,
        asked_on=asked_on,
        agreed=cast(Agreed, agreed),
        agreed_until=agreed_until,
        signed_on=signed_on,
        acts=acts,
        refusal=ended,
    )
    return told(found, bench)


def told(found: Guarantee, bench: Bench) -> Answer:
    """How a guarantor stands, as JSON; `last_day` is the day to act by, `rolled` the one if holidays move it."""
    period, then = found.period, found.limitation
    return {
        "liability": found.liability,
        "raw": period.raw.isoformat(),
        "last_day": period.raw.isoformat(),
        "rolled": period.last_day.isoformat(),
        "internal": period.internal.isoformat(),
        "provisional": period.provisional,
        "state": found.state,
        "must_do": bench.read(found.must_do),
        "preserved_by": found.preserved_by
        and {"kind": found.preserved_by.kind, "on": found.preserved_by.on.isoformat()},
        "limitation_from": found.limitation_from and found.limitation_from.isoformat(),
        "limitation": then
        and {
            "raw": then.raw.isoformat(),
            "last_day": then.last_day.isoformat(),
            "internal": then.internal.isoformat(),
            "provisional": then.provisional,
            "basis": then.basis,
        },
        "steps": [_step(step, bench) for step in found.steps],
        "basis": found.basis,
        "awaiting_counsel": [bench.read(one) for one in found.awaiting],
    }


def _act(row: Given) -> Act:
    kind, on, withdrawn, served_on = (
        row.text("kind"),
        row.day("on"),
        row.flag("withdrawn"),
        row.optional_day("served_on"),
    )
    row.finish()
    return Act(kind=kind, on=on, withdrawn=withdrawn, served_on=served_on)


def _step(step: Step, bench: Bench) -> Answer:
    return {
        "on": step.on.isoformat(),
        "kind": step.kind,
        "text": bench.read(step.words),
        "basis": step.basis,
        "proof": step.proof and bench.read(step.proof),
    }
