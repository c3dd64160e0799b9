"""The papers sent to borrower and guarantor: overdue notice, demand, acceleration notice; by courier, and how they arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from legal_service.intake.sample.draw import weighted
from legal_service.intake.sample.postings import Ledger

LetterKind = Literal["overdue_notice", "demand_letter", "acceleration_notice"]

TITLES: dict[LetterKind, str] = {
    "overdue_notice": "逾期提醒函",
    "demand_letter": "催收函",
    "acceleration_notice": "贷款提前到期通知书",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `ended_on` is the day it was handed over or came back; `outcome` is a code of contacts.csv."""

    kind: LetterKind
    party: Literal["borrower", "guarantor"]
    sent_on: date
    ended_on: date
    outcome: str
    tracking: str

    @property
    def title(self) -> str:
        """What the letter is called."""
        return TITLES[self.kind]


def draw_letters(
    chance: Random, serial: int, ledger: Ledger, as_of: date, *, guaranteed: bool, exemplary: bool
) -> tuple[Letter, ...]:
    """The letters of the arrears that stand open on the business date; none before the 46th day."""
    since = ledger.episodes[-1].due_on if ledger.episodes and ledger.episodes[-1].ended_on is None else None
    if since is None:
        return ()
    plan: list[tuple[LetterKind, date]] = []
    days = (as_of - since).days
    if days > 52:
        plan.append(("overdue_notice", since + timedelta(days=46)))
    if days > 68:
        plan.append(("demand_letter", since + timedelta(days=62)))
    if ledger.accelerated_on is not None:
        plan.append(("acceleration_notice", ledger.accelerated_on - timedelta(days=3)))
    letters: list[Letter] = []
    for kind, sent_on in plan:
        letters.append(_letter(chance, serial, len(letters), kind, "borrower", sent_on, exemplary))
        if guaranteed and kind != "overdue_notice":
            letters.append(_letter(chance, serial, len(letters), kind, "guarantor", sent_on, exemplary))
    return tuple(letters)


def _letter(
    chance: Random,
    serial: int,
    place: int,
    kind: LetterKind,
    party: Literal["borrower", "guarantor"],
    sent_on: date,
    exemplary: bool,
) -> Letter:
    outcome = weighted(chance, {"delivered": 78, "returned_refused": 8, "returned_unknown": 14})
    if exemplary or kind == "acceleration_notice":
        outcome = "delivered"  # the lender accelerates from the day the notice arrived
    return Letter(kind, party, sent_on, sent_on + timedelta(days=3), outcome, f"XD{serial:07d}{place + 1:03d}CN")
