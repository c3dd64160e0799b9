"""What was charged, paid, waived and taken off in each component of a statement: the lines that its totals are the end of.

One arithmetic for the explanation, the pages and whatever else shows how a total came about.
"""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.accounts.debt import Component
from legal_service.accounts.statement import Statement
from legal_service.money import Fen

COMPONENTS: tuple[Component, ...] = ("principal", "interest", "penalty", "compound", "fees", "costs")
"""In the order in which a statement prints them."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One component: `charged` less `paid` less `waived` is `unpaid`; less `reduced` (the cap, undisclosed fees) it is `claimed`."""

    component: Component
    charged: Fen
    paid: Fen
    waived: Fen
    unpaid: Fen
    claimed: Fen

    @property
    def reduced(self) -> Fen:
        """What is unpaid and may not be claimed."""
        return self.unpaid - self.claimed


def sums(statement: Statement) -> tuple[Sum, ...]:
    """The six components, due and unpaid at the close of the statement's day."""
    lines = statement.lines
    charged: dict[Component, Fen] = {
        "principal": sum(line.period.principal for line in lines if line.due),
        "interest": sum(line.period.interest for line in lines if line.due),
        "penalty": sum(line.penalty for line in lines),
        "compound": sum(line.compound for line in lines),
        "fees": sum(charge.amount for charge in statement.charges if not charge.is_cost),
        "costs": sum(charge.amount for charge in statement.charges if charge.is_cost),
    }
    unpaid: dict[Component, Fen] = {
        "principal": statement.principal_due,
        "interest": statement.interest,
        "penalty": statement.penalty,
        "compound": statement.compound,
        "fees": statement.fees,
        "costs": statement.costs,
    }
    waivers = [entry for entry in statement.postings if entry.kind == "waiver"]
    found = []
    for component in COMPONENTS:
        off = sum(entry.to(component) for entry in waivers)
        due, left = charged[component], unpaid[component]
        found.append(Sum(component, due, due - left - off, off, left, getattr(statement.claim, component)))
    return tuple(found)
