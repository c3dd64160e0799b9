"""Whether the notice of acceleration reached the borrower, and on which day: the proofs that the house holds (民法典 137, 565).

A recorded service with its proof counts first. Otherwise notice and receipt must both lie in the vault, and the contact log must
name the notice: a message then arrived on the day of the log, a letter on the day of the receipt. Nothing less is proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service.accounts.facts import NoticeArrival
from legal_service.cases.serving import EFFECTIVE

NOTICE = "acceleration_notice"
RECEIPT = "delivery_receipt"
NAMED = ("提前到期", "accelerat")
"""A line of the contact log that says one of these speaks of the notice."""


@dataclass(frozen=True, slots=True)
class NoticeServed:
    """A recorded service of the notice on the borrower that took effect; `proven`: its proof lies in the vault."""

    effective_on: date
    proven: bool
    row: str


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A line of the contact log towards the borrower; `letter`: the log's day is that of sending, not of arrival."""

    on: date
    outcome: str
    letter: bool
    content: str
    row: str


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A paper of the loan in the vault: its kind, and the day it was obtained (for a receipt, the day of arrival)."""

    kind: str
    obtained_on: date | None
    row: str


def arrival_of(
    served: Iterable[NoticeServed], sent: Iterable[NoticeSent], papers: Iterable[PaperHeld], as_of: date
) -> NoticeArrival | None:
    """The earliest proved arrival by a day, with the rows that prove it; None where nothing proves one.

    >>> arrival_of([NoticeServed(date(2026, 3, 4), True, "service_attempt:1")], [], [], date(2026, 6, 30))
    NoticeArrival(on=datetime.date(2026, 3, 4), rows=('service_attempt:1',))
    >>> arrival_of([NoticeServed(date(2026, 3, 4), False, "service_attempt:1")], [], [], date(2026, 6, 30))
    """
    held = list(papers)
    notices = [one for one in held if one.kind == NOTICE]
    receipts = [one for one in held if one.kind == RECEIPT]
    found = [
        NoticeArrival(one.effective_on, (one.row, *(() if one.proven else (receipts[0].row,))))
        for one in served
        if one.proven or receipts
    ]
    for line in sent:
        named = any(word in line.content.lower() for word in NAMED)
        if notices and named and line.outcome in EFFECTIVE:
            found += _received(line, notices[0], receipts)
    return min((one for one in found if one.on <= as_of), key=lambda one: (one.on, one.rows), default=None)


def complaint_served(services: Iterable[NoticeServed], as_of: date) -> NoticeArrival | None:
    """The earliest service of the copy of the complaint on the borrower by a day; None without one (民法典 565(1)).

    >>> complaint_served([NoticeServed(date(2026, 9, 3), False, "service_attempt:4")], date(2026, 9, 30))
    NoticeArrival(on=datetime.date(2026, 9, 3), rows=('service_attempt:4',))
    """
    served = [one for one in services if one.effective_on <= as_of]
    first = min(served, key=lambda one: (one.effective_on, one.row), default=None)
    return None if first is None else NoticeArrival(first.effective_on, (first.row,))


def _received(line: NoticeSent, notice: PaperHeld, receipts: list[PaperHeld]) -> list[NoticeArrival]:
    """The arrival that a line of the log and a receipt prove together: a letter's day is the receipt's, and must be known."""
    dated = sorted(
        (one.obtained_on, one.row) for one in receipts if one.obtained_on is not None and one.obtained_on >= line.on
    )
    if line.letter:
        return [NoticeArrival(dated[0][0], (line.row, notice.row, dated[0][1]))] if dated else []
    return [NoticeArrival(line.on, (line.row, notice.row, receipts[0].row))] if receipts else []
