"""When the claim on a loan becomes time-barred (诉讼时效, 民法典 188), as the work list warns of it: early rather than late.

Counted on the conservative track of `law.limitation`, and only what the house can prove from its own books starts the period
anew: a demand on the borrower whose proof lies in the vault, a payment or deduction that stands, proceedings before the
court. Calls, messages and settlements that rest on a note alone are left out: the date may be too early, never too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import plan
from legal_service.accounts.reversals import ledger_on
from legal_service.errors import Refusal
from legal_service.law.calendar import Calendar
from legal_service.law.limitation import Event, reckon
from legal_service.law.parameters import Parameters

PROCEDURES = {"submitted": "suit", "payment_order": "payment_order_applied", "diverted_mediation": "mediation_request"}
"""Stages that begin proceedings → the event of `law/parameters/limitation/events` (诉讼时效规定 第十条至第十二条)."""

BEFORE_COURT = frozenset({"assessment", "contact", "negotiation", "settlement", "preparation"})
"""Stages in which no proceedings are running."""

_PAID = {"payment": "part_payment", "deduction": "deduction"}


@dataclass(frozen=True, slots=True)
class LoanTerm:
    """What the period of one loan is counted from: its last due day, an acceleration, the payments that stand as (day, kind)."""

    last_due_on: date
    accelerated_on: date | None
    paid: tuple[tuple[date, str], ...]


def term_of(loan: LoanFacts, as_of: date) -> LoanTerm:
    """The term of a loan with its ledger at the close of a day: what is reversed by then was never paid."""
    return LoanTerm(
        last_due_on=plan(loan).periods[-1].due_on,
        accelerated_on=loan.accelerated_on if loan.accelerated_on and loan.accelerated_on <= as_of else None,
        paid=tuple((line.on, line.kind) for line in ledger_on(loan.postings, as_of).standing if line.kind in _PAID),
    )


@dataclass(frozen=True, slots=True)
class Demand:
    """An attempt to serve a demand, as recorded."""

    party: str
    mode: str
    outcome: str
    effective_on: date | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the case along its stages."""

    source: str
    target: str
    on: date


def events_of(demands: Iterable[Demand], moves: Iterable[Move]) -> tuple[Event, ...]:
    """What was done in a case that starts the period anew, for all its loans alike."""
    found = [
        Event(_demand_kind(one), one.effective_on)
        for one in demands
        if one.party == "borrower" and one.proven and one.effective_on is not None
    ]
    running: Event | None = None
    for move in moves:
        if running is not None and (move.target in BEFORE_COURT or move.target == "closed"):
            found.append(Event(running.kind, running.on, move.on, withdrawn=True))
            running = None
        if running is None and move.target in PROCEDURES:
            running = Event(PROCEDURES[move.target], move.on)
    return (*found, running) if running is not None else tuple(found)


def _demand_kind(demand: Demand) -> str:
    if demand.mode == "announcement":
        return "announcement"
    return "demand_should_have_arrived" if demand.outcome == "returned_refused" else "demand_delivered"


def ends_on(
    loans: Iterable[LoanTerm], events: Iterable[Event], asked_on: date, law: Parameters, calendar: Calendar
) -> date | None:
    """The earliest day on which a loan of the case is barred; None while proceedings keep it open or the law then is not loaded.

    An unknown date is never replaced by a guess.
    """
    common = tuple(events)
    found: list[date] = []
    for loan in loans:
        paid = tuple(Event(_PAID[kind], on) for on, kind in loan.paid if kind in _PAID)
        try:
            reckoned = reckon(
                "general", law, calendar, last_due_on=loan.last_due_on, asked_on=asked_on,
                accelerated_on=loan.accelerated_on, events=(*common, *paid),
            )  # fmt: skip
        except Refusal:
            return None  # the law of that day is not loaded, or a record is contradictory: a person decides
        if reckoned.conservative.expiry is not None:
            found.append(reckoned.conservative.expiry)
    return min(found, default=None)
