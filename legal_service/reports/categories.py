"""Into which category a row of the cut falls, and which amounts it carries: all that a measure can ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from legal_service.money import Fen
from legal_service.reports.cut import Approved, Built, CaseFile, Complaint, Contact, Cut, Loan, Row, Settlement
from legal_service.reports.definition import Rules
from legal_service.reports.periods import Period

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Categorised:
    """A row with its categories (`tier` → `mild`) and amounts (`principal` → fen)."""

    row: str
    kind: str
    categories: Mapping[str, str]
    amounts: Mapping[str, Fen]


def categorised(cut: Cut, rules: Rules) -> list[Categorised]:
    """Every row of the cut, in its order."""
    period = cut.head.period
    return [Categorised(row.row, row.kind, _categories(row, period, rules), _amounts(row)) for row in cut.rows]


def _categories(row: Row, period: Period, rules: Rules) -> dict[str, str]:
    match row:
        case Loan():
            return {
                "standing": standing(row),
                "overdue": _yes(row.days_past_due > 0),
                "tier": row.tier,
                "overdue_tier": row.tier,
                "five_class": row.five_class_floor,
                "reduced": _yes(row.reduction > 0),
            }
        case Contact():
            return {
                "channel": row.channel,
                "contact_outcome": row.outcome,
                "direction": row.direction,
                "party": row.party,
                "breach": _yes(breaches_window(row, rules)),
            }
        case Complaint():
            return complaint_categories(row, period, rules.complaint_days)
        case Settlement():
            return {"settlement_outcome": row.outcome}
        case CaseFile():
            return {
                "opened": _when(row.opened_on, period),
                "stage": row.stage,
                "submitted": _when(row.submitted_on, period),
                "reduced": _yes(bool(row.reduction)),
            }
        case Approved():
            return {"document": row.document}
        case Built():
            return {"audience": row.audience}


def _amounts(row: Row) -> dict[str, Fen]:
    match row:
        case Loan():
            return {
                "principal": row.principal,
                "overdue_principal": row.overdue_principal,
                "due": row.due,
                "reduction": row.reduction,
            }
        case CaseFile():
            return {"claim": row.claim or 0, "reduction": row.reduction or 0}
        case _:
            return {}


def standing(loan: Loan) -> str:
    """Whether a loan is still on the lender's books: paid by a guarantor or insurer, paid off, or outstanding."""
    if loan.compensated:
        return "compensated"
    return "outstanding" if loan.principal or loan.due else "paid_off"


def in_quiet_hours(at: datetime, rules: Rules) -> bool:
    """Whether a moment (Shanghai time) lies in the quiet hours; the first minute belongs to them, the last hour's end does not.

    >>> rules = Rules(22, 8, (15, 30, 60), 5)
    >>> [in_quiet_hours(datetime.fromisoformat(f"2026-07-01T{t}"), rules) for t in ("21:59", "22:00", "07:59", "08:00")]
    [False, True, True, False]
    """
    return at.hour >= rules.quiet_from or at.hour < rules.quiet_until


def breaches_window(contact: Contact, rules: Rules) -> bool:
    """Outbound in the quiet hours without consent. A letter's time is that of posting, so it disturbs nobody's night."""
    outbound = contact.direction == "out" and contact.channel != "letter"
    return outbound and not contact.consent and in_quiet_hours(contact.at, rules)


def complaint_categories(complaint: Complaint, period: Period, limits: tuple[int, ...]) -> dict[str, str]:
    """When it came, when it was closed, and the band of days it took, or has waited by the close."""
    until = complaint.closed_on or period.last
    days = (until - complaint.received_on).days
    return {
        "received": _when(complaint.received_on, period),
        "closed": "in_period" if complaint.closed_on else OPEN,
        "days": band(days, limits),
    }


def band(days: int, limits: tuple[int, ...]) -> str:
    """The band that a number of calendar days falls into; the day of receipt does not count.

    >>> [band(days, (15, 30, 60)) for days in (0, 15, 16, 60, 61)]
    ['to_15', 'to_15', 'to_30', 'to_60', 'over_60']
    """
    return next((f"to_{limit}" for limit in limits if days <= limit), f"over_{limits[-1]}")


def _when(day: date | None, period: Period) -> str:
    if day is None:
        return "not_yet"
    return "in_period" if period.holds(day) else "before"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
