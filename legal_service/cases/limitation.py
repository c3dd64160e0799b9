"""When the claim on a loan becomes time-barred (诉讼时效, 民法典 188), as the work list warns of it: early rather than late.

Counted on the conservative track of `law.limitation`, and only what the house can prove from its own books starts the period
anew: a demand on the borrower whose proof lies in the vault, a payment or deduction that stands, proceedings before the
court. Calls, messages and settlements that rest on a note alone are left out: the date may be too early, never too late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.instalments import plan
from legal_service.accounts.reversals import ledger_on
from legal_service.errors import Refusal
from legal_service.law.calendar import Calendar
from legal_service.law.guarantee_facts import Act
from legal_service.law.limitation import Event, Limitation, reckon
from legal_service.law.parameters import Parameters

PROCEDURES = {"submitted": "suit", "payment_order": "payment_order_applied", "diverted_mediation": "mediation_request"}
"""Stages that begin proceedings → the event of `law/parameters/limitation/events` (诉讼时效规定 第十条至第十二条)."""

BEFORE_COURT = frozenset({"assessment", "contact", "negotiation", "settlement", "preparation"})
"""Stages in which no proceedings are running."""

DECISIONS = {
    "lost": ("demand_signed", "new_agreement", "promise_to_perform", "voluntary_performance"),
    "stands": ("not_proven", "not_the_debtor", "no_consent"),
}
"""Whether the debtor still has the defence of limitation, as a named lawyer decided → why (民法典 第一百九十二条第二款; 诉讼时效规定 第十九条)."""

WITHDRAWALS = ("not_genuine", "wrong_person", "wrong_address", "entered_wrongly", "excluded_by_court")
"""Why a proof of service no longer counts: codes, for the trail holds no personal data."""

labels.register(
    "limitation_decision",
    {"lost": ("时效抗辩已丧失", "the defence is lost"), "stands": ("时效抗辩仍在", "the defence stands")},
)
labels.register(
    "decision_reason",
    {
        "demand_signed": ("债务人在催收通知上签字或盖章", "the debtor signed or sealed a demand"),
        "new_agreement": ("就原债务达成新协议", "a new agreement on the old debt"),
        "promise_to_perform": ("债务人同意履行", "the debtor promised to perform"),
        "voluntary_performance": ("债务人自愿履行", "the debtor performed of his own will"),
        "not_proven": ("不能证明", "not proven"),
        "not_the_debtor": ("并非债务人所为", "not done by the debtor"),
        "no_consent": ("不能认定同意履行", "no consent to perform can be found"),
    },
)
labels.register(
    "proof_withdrawn",
    {
        "not_genuine": ("凭证真实性存疑", "the proof may not be genuine"),
        "wrong_person": ("收件人并非当事人", "it reached somebody else"),
        "wrong_address": ("送达地址有误", "the address was wrong"),
        "entered_wrongly": ("录入错误", "it was entered wrongly"),
        "excluded_by_court": ("法院未予采信", "the court did not admit it"),
    },
)

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
    common, found = tuple(events), []
    for loan in loans:
        try:
            reckoned = reckoned_for(loan, common, asked_on, law, calendar)
        except Refusal:
            return None  # the law of that day is not loaded, or a record is contradictory: a person decides
        if reckoned.conservative.expiry is not None:
            found.append(reckoned.conservative.expiry)
    return min(found, default=None)


def reckoned_for(
    loan: LoanTerm, events: Iterable[Event], asked_on: date, law: Parameters, calendar: Calendar
) -> Limitation:
    """Both tracks of one loan, with its payments. Raises `Refusal` where the law of its day is not loaded."""
    paid = tuple(Event(_PAID[kind], on) for on, kind in loan.paid if kind in _PAID)
    return reckon(
        "general", law, calendar, last_due_on=loan.last_due_on, asked_on=asked_on,
        accelerated_on=loan.accelerated_on, events=(*events, *paid),
    )  # fmt: skip


def guarantor_acts(demanded: Iterable[date], events: Iterable[Event]) -> tuple[Act, ...]:
    """What of a case keeps a guarantor bound: proven demands on him, and suits, whose complaint names every guarantor on file beside the debtor.

    >>> guarantor_acts([date(2026, 4, 4)], [Event("suit", date(2026, 5, 4)), Event("deduction", date(2026, 5, 5))])[1].kind
    'suit_both'
    """
    sued = [Act("suit_both", one.on, withdrawn=one.withdrawn) for one in events if one.kind == "suit"]
    return (*(Act("demand_guarantor", on) for on in demanded), *sued)
