"""The running account of one invented loan: what is owed on a day, so that those who pay, pay exactly what is due.

It drives the rules of the accounts room themselves, hence an invented payer is square to the fen in the statement too.
"""

from __future__ import annotations

from datetime import date

from legal_service.accounts.appropriation import appropriate, order_for, parse, waive
from legal_service.accounts.debt import COMPONENTS, Debt, Taking
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.instalments import plan, rates_of
from legal_service.accounts.interest import penalty_rate
from legal_service.accounts.schedule import rate_on


class Account:
    """Walks one loan forward; days may only grow. A day's dues come before its charges, these before its postings."""

    def __init__(self, facts: LoanFacts) -> None:
        self._facts = facts
        self._periods = list(plan(facts).periods)
        self._changes = [(on, rate) for on, rate in rates_of(facts) if on > facts.disbursed_on]
        self._allocation = parse(facts.allocation)
        self._credit: list[Taking] = []
        self._debt = Debt(
            principal=facts.disbursed_amount,
            disbursed_on=facts.disbursed_on,
            rate=penalty_rate(rate_on(facts.disbursed_on, facts.annual_rate, rates_of(facts)), facts.penalty_uplift),
            rate_row=facts.row,
            day_count=facts.day_count,
            compound=facts.compound,
        )

    def owed(self, on: date) -> int:
        """All that is unpaid and due on a day, in fen."""
        self._advance(on)
        day = on.toordinal()
        lines = sum(
            line.owed(component, day)
            for line in self._debt.lines
            for component in COMPONENTS
            if component not in ("costs", "fees")
        )
        return lines + sum(charge.unpaid for charge in self._debt.charges)

    def credit(self, on: date) -> int:
        """Money paid ahead and not yet drawn on a day."""
        self._advance(on)
        return sum(taking.left for taking in self._credit)

    def penalty(self, on: date) -> int:
        """The unpaid penalty interest on a day."""
        self._advance(on)
        return sum(line.owed("penalty", on.toordinal()) for line in self._debt.lines)

    def post(self, posting: PostingFact) -> None:
        """Book a payment, a charge or a waiver."""
        self._advance(posting.on)
        day = posting.on.toordinal()
        if posting.kind == "charge":
            self._debt.charge(posting)
            self._draw(day)
            return
        taking = Taking(posting)
        if taking.waives:
            waive(self._debt, taking, day)
            return
        self._appropriate(taking, day)
        if taking.left:
            self._credit.append(taking)

    def _advance(self, on: date) -> None:
        while self._periods and self._periods[0].due_on <= on:
            period = self._periods.pop(0)
            self._reprice(period.due_on)
            self._debt.fall_due(period)
            day = period.due_on.toordinal()
            self._debt.tidy(day)
            self._draw(day)
        self._reprice(on)

    def _reprice(self, on: date) -> None:
        while self._changes and self._changes[0][0] <= on:
            day, rate = self._changes.pop(0)
            self._debt.reprice(day.toordinal(), penalty_rate(rate, self._facts.penalty_uplift), f"rate:{day}")

    def _draw(self, day: int) -> None:
        for taking in self._credit:
            self._appropriate(taking, day)
        self._credit = [taking for taking in self._credit if taking.left]

    def _appropriate(self, taking: Taking, day: int) -> None:
        appropriate(self._debt, taking, day, order_for(taking, self._allocation, self._debt.days_past_due(day)))
