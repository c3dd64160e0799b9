"""What the lender does once payment has stopped: acceleration; what a guarantee company does: pay in the borrower's place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from legal_service.accounts.instalments import Period
from legal_service.intake.sample.draw import happens
from legal_service.intake.sample.loans import Loan

ACCELERATED_AFTER = 85
"""Days in arrears before the house accelerates (its own policy)."""


@dataclass(frozen=True, slots=True)
class Arrears:
    """The lender's steps on one loan in arrears; nothing where payment never stopped."""

    accelerated_on: date | None = None
    compensated_on: date | None = None
    compensated_amount: int = 0

    @classmethod
    def draw(
        cls, chance: Random, loan: Loan, missed: Period, last_due_on: date, as_of: date, *, exemplary: bool
    ) -> Arrears:
        """Accelerate about half of those late enough whose contract allows it; few are paid by a guarantee company."""
        days = (as_of - missed.due_on).days
        accelerated = None
        if loan.clauses.acceleration and days > ACCELERATED_AFTER + 10 and (exemplary or happens(chance, 55)):
            accelerated = missed.due_on + timedelta(
                days=chance.randrange(ACCELERATED_AFTER, min(days - 5, ACCELERATED_AFTER + 40))
            )
            if accelerated >= last_due_on:
                accelerated = None
        compensated = None
        if days > 120 and accelerated is None and not exemplary and happens(chance, 7):
            compensated = missed.due_on + timedelta(days=chance.randrange(100, min(days, 200)))
        return cls(accelerated, compensated)

    def with_compensation(self, owed: int) -> Arrears:
        """The same with the sum that the guarantee company paid."""
        return replace(self, compensated_amount=owed) if self.compensated_on else self
