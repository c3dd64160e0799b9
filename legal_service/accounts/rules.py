"""The values of the law that a statement of account takes as given, each with its article and how far the text was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from legal_service.law.parameters import Parameters, Status
from legal_service.money import MICRO, Micro

CAP_RATE = "interest/cap_rate"
DISCLOSURE_FROM = "interest/cost_disclosure_from"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rate above which charges are reduced, and from when fees must have been disclosed.

    `disclosure_from`: contracts disbursed on or after this day need a signed cost table; None where no such rule holds yet.
    """

    cap_rate: Micro
    cap_basis: str
    cap_status: Status = "secondary"
    disclosure_from: date | None = None
    disclosure_basis: str = ""
    disclosure_status: Status = "secondary"


def disclosure_begins(parameters: Parameters) -> date:
    """The first day of disbursement from which fees must have been disclosed."""
    return date.fromisoformat(str(parameters.parameter(DISCLOSURE_FROM).values[0].value))


def rules_on(parameters: Parameters, day: date) -> Rules:
    """The rules in force on a day. Raises `Refusal` for a day before the first cap."""
    cap = parameters.on(CAP_RATE, day)
    disclosure = parameters.parameter(DISCLOSURE_FROM)
    if day < disclosure.values[0].since:
        return Rules(int(Decimal(cap.value) * MICRO), cap.basis, cap.status)
    told = disclosure.on(day)
    return Rules(
        cap_rate=int(Decimal(cap.value) * MICRO),
        cap_basis=cap.basis,
        cap_status=cap.status,
        disclosure_from=date.fromisoformat(str(told.value)),
        disclosure_basis=told.basis,
        disclosure_status=told.status,
    )
