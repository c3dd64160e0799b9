"""A second calculation of the statement of account, kept as a diary: one entry for each calendar day, no cleverness.

It is written from the contract with the outside world (sections 4 and 5a) alone and shares no line with the engine: no
schedule, no segment, no rounding. It walks every day from disbursement to the day of the statement, lets each unpaid
instalment carry its own clocks, and adds up at the end. It is slow on purpose; it is here to disagree with the engine.

Where the contract leaves room, it is read so: a charge falls due on its day, before the payments of that day, and money
left over is drawn on that day too (fees are ranked "oldest due first", so they have a due day); a reversal undoes a
repayment; what a waiver finds nothing to take from stays in its own column and is never drawn; fees must be disclosed for
loans disbursed from 2026-08-01; a rate that changes and a schedule to be computed from the terms do not go together
(section 5a knows one rate), save for a bullet loan; and the claim never falls below principal and costs, where cap and
disclosure would both strike the same fee.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from legal_service.accounts.facts import LoanFacts, PostingFact
from tests.accounts.independent_schedule import CAP, Clock, interest_by_days, months_later, rate_on, rounded, schedule

DISCLOSURE_FROM = date(2026, 8, 1)
KINDS = ("principal", "interest", "penalty", "compound", "fees", "costs")
WITHIN_INTEREST = ("interest", "compound", "penalty", "fees")


@dataclass
class Debt:
    """One line: an instalment, the acceleration line, or a charge. `settled` is what was paid or waived of each kind."""

    due_on: date
    number: int | None
    base: int  # the principal that the scheduled interest was reckoned on
    since: date  # the first day of the interest period
    regular: bool
    scheduled: dict[str, int]
    disclosed: bool = True
    line: bool = True
    penalty: Clock = field(default_factory=Clock)
    compound: Clock = field(default_factory=Clock)
    settled: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    paid: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    clear_on: date | None = None

    def owed(self, kind: str, day_count: int) -> int:
        if kind == "penalty":
            return self.penalty.accrued(day_count) - self.settled[kind]
        if kind == "compound":
            return self.compound.accrued(day_count) - self.settled[kind]
        return self.scheduled.get(kind, 0) - self.settled[kind]

    def in_arrears(self) -> bool:
        """Whether principal, interest or fee of this line is unpaid; penalty alone is no arrears."""
        return self.line and any(
            self.scheduled.get(kind, 0) > self.settled[kind] for kind in ("principal", "interest", "fees")
        )


@dataclass
class Entry:
    """One posting and what became of it."""

    posting: PostingFact
    to: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    left: int = 0


class Diary:
    """The account of one loan, day after day."""

    def __init__(self, loan: LoanFacts, as_of: date) -> None:
        self.loan, self.as_of = loan, as_of
        self.accelerated = loan.accelerated_on if loan.accelerated_on and loan.accelerated_on <= as_of else None
        self.undue = self.instalments()
        self.due: list[Debt] = []
        self.entries: list[Entry] = []
        self.outstanding = loan.disbursed_amount
        self.principal_days = 0

    def instalments(self) -> list[Debt]:
        rows, balance, since = [], self.loan.disbursed_amount, self.loan.disbursed_on
        for each in schedule(self.loan):
            first_irregular = since == self.loan.disbursed_on and each.due_on != months_later(since, 1)
            regular = self.loan.method != "bullet" and not first_irregular
            owed = {"principal": each.principal, "interest": each.interest, "fees": each.fee}
            rows.append(Debt(each.due_on, each.number, balance, since, regular, owed, self.loan.signed_cost_table))
            balance, since = balance - each.principal, each.due_on
        return rows

    def postings(self) -> list[PostingFact]:
        """What counts: on or before the day, neither a reversal nor reversed; of one day the charges first."""
        known = [each for each in self.loan.postings if each.on <= self.as_of]
        absent: set[str] = set()
        for each in sorted(known, key=lambda each: (each.on, each.position), reverse=True):
            if each.kind == "reversal" and each.reference not in absent:
                absent.add(each.reverses)
        counting = [each for each in known if each.kind in ("charge", "waiver") or each.reference not in absent]
        counting.sort(key=lambda each: (each.on, each.kind != "charge", each.position))
        return [each for each in counting if each.kind != "reversal"]

    def walk(self) -> None:
        """From disbursement to the close of the day of the statement."""
        postings, today = self.postings(), self.loan.disbursed_on
        while today <= self.as_of:
            if today > self.loan.disbursed_on:
                self.one_night(today - timedelta(days=1))
            of_today = [each for each in postings if each.on == today]
            charges = [each for each in of_today if each.kind == "charge"]
            if self.falls_due(today, charges):
                for entry in self.entries:
                    self.appropriate(entry, today)
            for posting in of_today[len(charges) :]:
                self.enter(posting, today)
            for debt in self.due:
                if debt.clear_on is None and not debt.in_arrears():
                    debt.clear_on = today
            today += timedelta(days=1)

    def one_night(self, day: date) -> None:
        """Count the day that has just ended: its unpaid overdue sums bear penalty, and compound where agreed."""
        rate = rate_on(self.loan, day) * (100 + self.loan.penalty_uplift) / 100
        self.principal_days += self.outstanding
        for debt in self.due:
            if debt.owed("principal", 1) > 0:
                debt.penalty.one_day(debt.owed("principal", 1), rate)
            if self.loan.compound and debt.owed("interest", 1) > 0:
                debt.compound.one_day(debt.owed("interest", 1), rate)

    def falls_due(self, today: date, charges: list[PostingFact]) -> bool:
        """Note what falls due today; on the day of acceleration one line takes the place of all that is undue."""
        ripe = [debt for debt in self.undue if debt.due_on <= today]
        self.undue = [debt for debt in self.undue if debt.due_on > today]
        if today == self.accelerated and self.undue:
            base, since = sum(debt.scheduled["principal"] for debt in self.undue), self.undue[0].since
            owed = {"principal": base, "interest": interest_by_days(self.loan, base, since, today), "fees": 0}
            ripe.append(Debt(today, None, base, since, False, owed))
            self.undue = []
        for each in charges:
            owed = {"costs" if each.component == "legal_cost" else "fees": each.amount}
            ripe.append(Debt(today, None, 0, today, False, owed, each.disclosed, line=False))
        self.due += ripe
        return bool(ripe)

    def enter(self, posting: PostingFact, today: date) -> None:
        entry = Entry(posting, left=posting.amount)
        self.entries.append(entry)
        if posting.kind == "waiver":
            self.settle(entry, posting.component, paid=False)
        else:
            self.appropriate(entry, today)

    def appropriate(self, entry: Entry, today: date) -> None:
        """Spend what is left of a payment in the debtor's order, else the contract's order for so many days overdue."""
        if entry.posting.kind == "waiver" or entry.left == 0:
            return
        order, days = ["costs", "interest", "principal"], self.days_past_due(today)
        for rule in self.loan.allocation.split(";"):
            start, _, names = rule.rpartition(":")
            if days >= int(start or 0):
                order = [name.strip() for name in names.split(",")]
        order = list(entry.posting.designated) + [name for name in order if name not in entry.posting.designated]
        for name in order:
            for kind in WITHIN_INTEREST if name == "interest" else (name,):
                self.settle(entry, kind, paid=True)

    def settle(self, entry: Entry, kind: str, *, paid: bool) -> None:
        """Lay what is left against one kind, oldest due first."""
        for debt in sorted(self.due, key=lambda each: each.due_on):
            part = min(entry.left, debt.owed(kind, self.loan.day_count))
            entry.left -= part
            entry.to[kind] += part
            debt.settled[kind] += part
            debt.paid[kind] += part if paid else 0
            self.outstanding -= part if kind == "principal" else 0

    def days_past_due(self, today: date) -> int:
        return max(((today - debt.due_on).days for debt in self.due if debt.in_arrears()), default=0)

    def unpaid(self, kind: str) -> int:
        return sum(debt.owed(kind, self.loan.day_count) for debt in self.due)

    def undisclosed(self) -> int:
        if self.loan.disbursed_on < DISCLOSURE_FROM:
            return 0
        return sum(debt.owed("fees", 1) for debt in self.due if not debt.disclosed)

    def cap(self) -> dict[str, int]:
        """The 24 % test on everything due, paid or not; the two parts uncapped, their sum at most what is unpaid."""
        count, excess, charged = self.loan.day_count, 0, 0
        for debt in self.due:
            days = (debt.due_on - debt.since).days
            bound = debt.base * CAP / 12 if debt.regular else debt.base * CAP * days / 365
            late = debt.penalty.accrued(count) + debt.compound.accrued(count)
            excess += max(0, debt.scheduled.get("interest", 0) - rounded(bound)) + max(0, late - debt.penalty.ceiling())
            charged += debt.scheduled.get("interest", 0) + late + debt.scheduled.get("fees", 0)
        ceiling = rounded(self.principal_days * CAP / 365)
        life = max(0, charged - excess - ceiling)
        reduction = min(excess + life, sum(self.unpaid(kind) for kind in WITHIN_INTEREST))
        return {"ceiling": ceiling, "charged": charged, "per_period_reduction": excess, "lifetime_reduction": life,
                "reduction": reduction, "paid_excess": excess + life - reduction}  # fmt: skip


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def graded(days: int) -> tuple[str, str]:
    """The tier and the lowest of the five classes that the days alone allow."""
    tier = "none" if days == 0 else "mild" if days <= 30 else "moderate" if days <= 60 else "severe"
    floors = ((0, "正常"), (90, "关注"), (270, "次级"), (360, "可疑"))
    return tier, next((name for limit, name in floors if days <= limit), "损失")


def line_json(debt: Debt, count: int, as_of: date) -> dict[str, Any]:
    clear_on = debt.clear_on if debt.due_on <= as_of else None
    return {
        "instalment": debt.number, "due_on": debt.due_on.isoformat(),
        "principal": yuan(debt.scheduled["principal"]), "interest": yuan(debt.scheduled["interest"]),
        "principal_paid": yuan(debt.paid["principal"]), "interest_paid": yuan(debt.paid["interest"]),
        "paid_off_on": clear_on.isoformat() if clear_on else None,
        "overdue_days": max(0, ((clear_on or as_of) - debt.due_on).days),
        "penalty": yuan(debt.penalty.accrued(count)), "compound": yuan(debt.compound.accrued(count)),
    }  # fmt: skip


def statement(loan: LoanFacts, as_of: date) -> dict[str, Any]:
    """The statement of account as contract.md section 4 shapes it, without the words in `basis` and `cap.rate`."""
    diary = Diary(loan, as_of)
    diary.walk()
    days = diary.days_past_due(as_of)
    tier, floor = graded(days)
    unpaid = {kind: diary.unpaid(kind) for kind in KINDS}
    undue, total, cap = sum(debt.scheduled["principal"] for debt in diary.undue), sum(unpaid.values()), diary.cap()
    return {
        "loan_no": loan.loan_no, "as_of": as_of.isoformat(), "day_count": loan.day_count,
        "days_past_due": days, "oldest_due_on": (as_of - timedelta(days=days)).isoformat() if days else None,
        "tier": tier, "five_class_floor": floor,
        "principal_due": yuan(unpaid["principal"]), "principal_undue": yuan(undue), "principal": yuan(unpaid["principal"] + undue),
        **{kind: yuan(unpaid[kind]) for kind in KINDS[1:]},
        "total": yuan(total), "cap": {name: yuan(fen) for name, fen in cap.items()},
        "claim_total": yuan(total - cap["reduction"] - max(0, diary.undisclosed() - cap["reduction"])),
        "accelerated_on": diary.accelerated.isoformat() if diary.accelerated else None,
        "lines": [line_json(debt, loan.day_count, as_of) for debt in diary.due + diary.undue if debt.line],
        "postings": [
            {"on": each.posting.on.isoformat(), "kind": each.posting.kind, "reference": each.posting.reference,
             "amount": yuan(each.posting.amount), **{f"to_{kind}": yuan(each.to[kind]) for kind in KINDS},
             "unapplied": yuan(each.left)}
            for each in diary.entries
        ],
    }  # fmt: skip
