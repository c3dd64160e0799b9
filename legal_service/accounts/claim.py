"""What may be claimed of a debt by component."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.money import Fen


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be claimed by component: the unpaid and due, less undisclosed fees and the reduction; never less than principal."""

    principal: Fen
    interest: Fen
    penalty: Fen
    compound: Fen
    fees: Fen
    costs: Fen

    @property
    def total(self) -> Fen:
        """The sum claimed."""
        return self.principal + self.interest + self.penalty + self.compound + self.fees + self.costs
