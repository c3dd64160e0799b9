"""The contact log of an invented loan: a ladder from message to call to letter, as long as the arrears last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from legal_service.intake.sample import institution, prose
from legal_service.intake.sample.draw import happens, one_of, weighted
from legal_service.intake.sample.letters import Letter
from legal_service.intake.sample.people import Person
from legal_service.intake.sample.postings import Episode, Ledger
from legal_service.intake.sample.prose import Speakers

LADDER = (
    (1, "sms"), (3, "app"), (6, "call"), (10, "sms"), (13, "call"), (18, "email"), (21, "call"), (27, "sms"), (33, "call"), (38, "call"),
    (43, "sms"), (50, "call"), (57, "third"), (64, "call"), (72, "call"), (80, "visit"), (88, "call"), (104, "call"), (121, "call"),
    (150, "call"), (181, "call"), (215, "sms"), (260, "call"), (305, "call"), (350, "call"), (420, "call"), (500, "sms"), (600, "call"),
)  # fmt: skip
"""Days in arrears, and what is tried on that day (the house's own ladder)."""

AGENCY_FROM = 60
"""Days in arrears from which the agency collects."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of contacts.csv, without its number."""

    at: datetime
    channel: str
    direction: str
    party: str
    address: str
    outcome: str
    agency: str
    agent: str
    content: str
    recording: str
    consent: str

    def row(self) -> dict[str, str]:
        """The line of contacts.csv."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "at"} | {
            "at": f"{self.at:%Y-%m-%d %H:%M}"
        }


class ContactLog:
    """Writes the log of one loan."""

    def __init__(
        self, chance: Random, who: Speakers, guarantor: Person | None, disbursed_on: date, as_of: date
    ) -> None:
        self._chance = chance
        self._who = who
        self._guarantor = guarantor
        self._as_of = as_of
        self._days = (as_of - disbursed_on).days
        self._lines: list[Contact] = []

    def write(self, ledger: Ledger, letters: tuple[Letter, ...], *, exemplary: bool) -> tuple[Contact, ...]:
        """All contacts until the business date, oldest first."""
        for episode in ledger.episodes:
            self._episode(episode, exemplary)
        for letter in letters:
            self._letter(letter)
        for paid_on, since in _part_payments(ledger):
            if exemplary or happens(self._chance, 70):
                self._promise(paid_on, since)
        if not ledger.episodes and happens(self._chance, 12):
            self._inbound(self._as_of - timedelta(days=self._chance.randrange(min(200, self._days))))
        return tuple(sorted(self._lines, key=lambda line: line.at))

    def _episode(self, episode: Episode, exemplary: bool) -> None:
        chance, end = self._chance, episode.ended_on or self._as_of
        if happens(chance, 35):
            on = episode.due_on - timedelta(days=3)
            text = prose.write(chance, prose.REMINDER, self._who, due=f"{episode.due_on.month}月{episode.due_on.day}日")
            self._add(on, "sms", self._who.borrower.phone, "delivered", text)
        for days, step in LADDER:
            on = episode.due_on + timedelta(days=days + (chance.randrange(3) if days > 3 else 0))
            if on > end or (episode.ended_on is not None and on == end):
                break
            if exemplary or happens(chance, 86 if step != "visit" else 12):
                self._step(step, on, (on - episode.due_on).days)

    def _step(self, step: str, on: date, days: int) -> None:
        chance, borrower = self._chance, self._who.borrower
        if step == "call":
            self._call(on, days)
        elif step == "sms":
            text = prose.write(chance, prose.note(chance, "sms"), self._who, days=days)
            self._add(on, "sms", borrower.phone, "delivered" if happens(chance, 96) else "failed", text, days)
        elif step == "app":
            text = prose.write(chance, prose.APP, self._who, days=days)
            self._add(on, "app", borrower.phone, "read" if happens(chance, 55) else "delivered", text, days)
        elif step == "email" and borrower.email:
            self._add(on, "email", borrower.email, "delivered", prose.write(chance, prose.EMAIL, self._who, days=days))
        elif step == "third" and happens(chance, 22):
            self._third(on, days)
        elif step == "visit":
            met = happens(chance, 35)
            text = prose.write(chance, prose.note(chance, "visit" if met else "visit_empty"), self._who)
            address = borrower.residence or borrower.domicile
            self._add(on, "visit", address, "connected" if met else "no_answer", text, days)

    def _call(self, on: date, days: int) -> None:
        chance = self._chance
        outcome = weighted(chance, {"no_answer": 48, "connected": 27, "promised": 13, "refused": 7, "failed": 5})
        promise = on + timedelta(days=chance.randrange(2, 9))
        said = f"{promise.month}月{promise.day}日"
        text = prose.write(chance, prose.note(chance, outcome), self._who, days=days, promise=said)
        self._add(on, "call", self._who.borrower.phone, outcome, text, days)

    def _third(self, on: date, days: int) -> None:
        chance, who = self._chance, self._who
        stranger = happens(chance, 12)
        text = prose.write(chance, prose.note(chance, "stranger" if stranger else "third"), who)
        phone = who.stranger_phone if stranger else who.kin.phone
        consent = "" if stranger else "Y"
        self._add(on, "call", phone, "connected", text, days, party="third_party", consent=consent)

    def _promise(self, paid_on: date, since: date) -> None:
        on = max(since + timedelta(days=1), paid_on - timedelta(days=self._chance.randrange(1, 4)))
        said = f"{paid_on.month}月{paid_on.day}日"
        text = prose.write(self._chance, prose.note(self._chance, "promised"), self._who, promise=said)
        self._add(on, "call", self._who.borrower.phone, "promised", text, (on - since).days)

    def _inbound(self, on: date) -> None:
        text = prose.write(self._chance, prose.note(self._chance, "inbound"), self._who)
        self._add(on, "call", self._who.borrower.phone, "connected", text, direction="in")

    def _letter(self, letter: Letter) -> None:
        party = self._guarantor if letter.party == "guarantor" and self._guarantor else self._who.borrower
        told = {"delivered": "签收", "returned_refused": "拒收退回", "returned_unknown": "查无此人退回"}[letter.outcome]
        ended = f"{letter.ended_on.month}月{letter.ended_on.day}日"
        text = f"寄出{letter.title}，{institution.COURIER}单号{letter.tracking}，收件人{party.name}，{ended}{told}。"
        self._add(letter.sent_on, "letter", party.residence or party.domicile, letter.outcome, text, party=letter.party)

    def _add(
        self, on: date, channel: str, address: str, outcome: str, content: str, days: int = 0, *,
        direction: str = "out", party: str = "borrower", consent: str = "",
    ) -> None:  # fmt: skip
        """One line, in working hours; very few calls fall after ten at night, as the rule on quiet hours expects to find."""
        chance = self._chance
        if on > self._as_of:
            return
        late = channel == "call" and direction == "out" and happens(chance, 0.5)
        at = datetime.combine(on, time(22 if late else chance.randrange(9, 20), chance.randrange(60)))
        by_agency = days > AGENCY_FROM
        spoken = channel == "call" and outcome in ("connected", "promised", "refused")
        self._lines.append(
            Contact(
                at, channel, direction, party, address, outcome,
                agency=institution.AGENCY if by_agency else "",
                agent="" if channel in ("sms", "app", "email") else one_of(
                    chance, institution.AGENTS if by_agency else institution.COLLECTORS
                ),
                content=content,
                recording=f"LY{at:%Y%m%d%H%M}{address[-4:]}.wav" if spoken else "",
                consent=consent,
            )
        )  # fmt: skip


def _part_payments(ledger: Ledger) -> list[tuple[date, date]]:
    """Money that came after payment had stopped: its day, and the due day since which the arrears stand open."""
    since = next((episode.due_on for episode in ledger.episodes if episode.ended_on is None), None)
    if since is None:
        return []
    return [(line.on, since) for line in ledger.repayments if line.kind == "payment" and line.on > since]
