"""The totals of one loan at the close of a business date: the figures of a statement without its lines and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from legal_service.accounts import delinquency
from legal_service.accounts.statement import Statement
from legal_service.money import Fen


@dataclass(frozen=True, slots=True)
class Totals:
    """As the fields of `Statement`, `CapTest` and `Claim` of these names; amounts in fen, unpaid and due but for `principal_undue`.

    `overdue_principal` is unpaid principal of lines due before the date; the parts of the 24 % test are uncapped.
    """

    days_past_due: int
    principal_due: Fen
    principal_undue: Fen
    interest: Fen
    penalty: Fen
    compound: Fen
    fees: Fen
    costs: Fen
    total: Fen
    undisclosed_fees: Fen
    unapplied: Fen
    overdue_principal: Fen
    ceiling: Fen
    charged: Fen
    per_period_reduction: Fen
    lifetime_reduction: Fen
    reduction: Fen
    paid_excess: Fen
    claim_total: Fen

    @property
    def principal(self) -> Fen:
        """All principal still out."""
        return self.principal_due + self.principal_undue

    @property
    def tier(self) -> str:
        """The collection tier."""
        return delinquency.tier(self.days_past_due)

    @property
    def five_class_floor(self) -> str:
        """The lowest of the five classes that days alone allow."""
        return delinquency.five_class_floor(self.days_past_due)

    def oldest_due_on(self, as_of: date) -> date | None:
        """The due day of the oldest overdue line, as of the date of these totals."""
        return as_of - timedelta(days=self.days_past_due) if self.days_past_due else None


FIGURES = tuple(field.name for field in fields(Totals))
"""In the order in which the kernel writes them (`layout.T_…`)."""


def of_statement(statement: Statement) -> Totals:
    """The totals of a statement that `accounts.statement` computed."""
    cap = statement.cap
    overdue = (line for line in statement.lines if line.due and line.period.due_on < statement.as_of)
    return Totals(
        days_past_due=statement.days_past_due,
        principal_due=statement.principal_due,
        principal_undue=statement.principal_undue,
        interest=statement.interest,
        penalty=statement.penalty,
        compound=statement.compound,
        fees=statement.fees,
        costs=statement.costs,
        total=statement.total,
        undisclosed_fees=statement.undisclosed_fees,
        unapplied=statement.unapplied,
        overdue_principal=sum(line.principal_unpaid for line in overdue),
        ceiling=cap.ceiling,
        charged=cap.charged,
        per_period_reduction=cap.per_period_reduction,
        lifetime_reduction=cap.lifetime_reduction,
        reduction=cap.reduction,
        paid_excess=cap.paid_excess,
        claim_total=statement.claim.total,
    )
