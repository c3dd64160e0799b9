"""The values of the law that a statement of account takes as given, each with its article and how far the text was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from legal_service.law.parameters import Parameters, Status
from legal_service.money import MICRO, Micro

CAP_RATE = "interest/cap_rate"
DISCLOSURE_FROM = "interest/cost_disclosure_from"
PENALTY_BAND = "interest/penalty_band"


@dataclass(frozen=True, slots=True)
class PenaltyBand:
    """Between which uplifts the penalty of an overdue loan lies, and up to which that of a diverted one; in hundredths."""

    least: int
    most: int
    most_diverted: int
    basis: str
    status: Status


@dataclass(frozen=True, slots=True)
class Rules:
    """The rate above which charges are reduced, and from when fees must have been disclosed.

    `disclosure_from`: contracts disbursed on or after this day need a signed cost table; None where no such rule holds yet.
    """

    cap_rate: Micro
    cap_basis: str
    cap_status: Status = "awaiting_counsel"
    disclosure_from: date | None = None
    disclosure_basis: str = ""
    disclosure_status: Status = "awaiting_counsel"
    penalty_band: PenaltyBand | None = None


def disclosure_begins(parameters: Parameters) -> date:
    """The first day of disbursement from which fees must have been disclosed."""
    return date.fromisoformat(str(parameters.parameter(DISCLOSURE_FROM).values[0].value))


def rules_on(parameters: Parameters, day: date) -> Rules:
    """The rules in force on a day. Raises `Refusal` for a day before the first cap."""
    cap = parameters.on(CAP_RATE, day)
    disclosure, band = parameters.parameter(DISCLOSURE_FROM), penalty_band(parameters, day)
    if day < disclosure.values[0].since:
        return Rules(int(Decimal(cap.value) * MICRO), cap.basis, cap.status, penalty_band=band)
    told = disclosure.on(day)
    return Rules(
        cap_rate=int(Decimal(cap.value) * MICRO),
        cap_basis=cap.basis,
        cap_status=cap.status,
        disclosure_from=date.fromisoformat(str(told.value)),
        disclosure_basis=told.basis,
        disclosure_status=told.status,
        penalty_band=band,
    )


def penalty_band(parameters: Parameters, day: date) -> PenaltyBand:
    """The band of the penalty uplift in force on a day. Raises `Refusal` for a day before the first."""
    told = parameters.on(PENALTY_BAND, day)
    overdue, diverted = told.value["overdue"], told.value["diverted"]
    return PenaltyBand(
        least=_hundredths(overdue["uplift_from"]),
        most=_hundredths(overdue["uplift_to"]),
        most_diverted=_hundredths(diverted["uplift_to"]),
        basis=told.basis,
        status=told.status,
    )


def _hundredths(uplift: object) -> int:
    return int(Decimal(str(uplift)) * 100)
