"""A statement in the JSON shape of contract.md section 4, with what the house adds: rows, sources, segments, the sentence why.

Amounts are strings with two decimals, rates decimal strings a year, dates ISO 8601.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from legal_service.accounts import sources
from legal_service.accounts.alternatives import BASIS, Alternative, acceleration_status, alternatives
from legal_service.accounts.basis import articles
from legal_service.accounts.cap import CapTest, Tested
from legal_service.accounts.debt import Component
from legal_service.accounts.interest import Segment, penalty_rate_text
from legal_service.accounts.statement import ChargeLine, Entry, Line, Statement
from legal_service.errors import Language
from legal_service.money import amount_text, rate_text

Json = dict[str, Any]


def as_json(statement: Statement, language: Language = "zh") -> Json:
    """The statement as one JSON object; `language` is that of `basis` and `doubts`."""
    return {
        **_account(statement),
        "basis": [article.read(language) for article in articles(statement)],
        "doubts": [doubt.as_json(language) for doubt in statement.doubts],
        "sources": sources.of_figures(statement),
        "acceleration": _acceleration(statement),
        "alternatives": [_alternative(one, language) for one in alternatives(statement)],
    }


def _acceleration(statement: Statement) -> Json | None:
    """Whether the day of acceleration is proved; null without one, and where nothing was left to accelerate."""
    notice = statement.facts.notice
    if statement.accelerated_on is None or not statement.accelerates:
        return None
    return {
        "on": statement.accelerated_on.isoformat(),
        "status": acceleration_status(statement),
        "notice_reached_on": notice.on.isoformat() if notice else None,
        "basis": BASIS,
        "rows": [statement.facts.row, *(notice.rows if notice else ())],
    }


def _alternative(one: Alternative, language: Language) -> Json:
    """A second statement of the same day: its figures, and on what footing it stands."""
    footing = {"code": one.code, "says": one.says.read(language), "basis": one.basis, "status": one.status}
    return footing | _account(one.statement)


def _account(statement: Statement) -> Json:
    return {
        "loan_no": statement.facts.loan_no,
        "as_of": statement.as_of.isoformat(),
        "day_count": statement.facts.day_count,
        "days_past_due": statement.days_past_due,
        "oldest_due_on": _day(statement.oldest_due_on),
        "tier": statement.tier,
        "five_class_floor": statement.five_class_floor,
        "why_tier": {"zh": statement.why_tier.zh, "en": statement.why_tier.en},
        "principal_due": amount_text(statement.principal_due),
        "principal_undue": amount_text(statement.principal_undue),
        "principal": amount_text(statement.principal),
        "interest": amount_text(statement.interest),
        "penalty": amount_text(statement.penalty),
        "compound": amount_text(statement.compound),
        "fees": amount_text(statement.fees),
        "costs": amount_text(statement.costs),
        "total": amount_text(statement.total),
        "cap": _cap(statement.cap),
        "undisclosed_fees": amount_text(statement.undisclosed_fees),
        "claim": {name: amount_text(getattr(statement.claim, name)) for name in _CLAIM},
        "claim_total": amount_text(statement.claim.total),
        "unapplied": amount_text(statement.unapplied),
        "accelerated_on": _day(statement.accelerated_on),
        "lines": [_line(statement, line) for line in statement.lines],
        "postings": [_entry(entry) for entry in statement.postings],
        "charges": [_charge(charge) for charge in statement.charges],
        "reversed": [
            {
                "on": gone.posting.on.isoformat(),
                "kind": gone.posting.kind,
                "reference": gone.posting.reference,
                "amount": amount_text(gone.posting.amount),
                "reversed_on": gone.reversal.on.isoformat(),
                "rows": [gone.posting.row, gone.reversal.row],
            }
            for gone in statement.reversed
        ],
    }


_CLAIM = ("principal", "interest", "penalty", "compound", "fees", "costs")


def _cap(cap: CapTest) -> Json:
    return {
        "rate": rate_text(cap.rate),
        "basis": cap.basis,
        "ceiling": amount_text(cap.ceiling),
        "charged": amount_text(cap.charged),
        "per_period_reduction": amount_text(cap.per_period_reduction),
        "lifetime_reduction": amount_text(cap.lifetime_reduction),
        "reduction": amount_text(cap.reduction),
        "paid_excess": amount_text(cap.paid_excess),
        "periods": [_tested(line) for line in cap.tested],
    }


def _tested(line: Tested) -> Json:
    return {
        "instalment": line.instalment,
        "due_on": line.due_on.isoformat(),
        "base": amount_text(line.base),
        "days": line.days,
        "interest": amount_text(line.interest),
        "interest_bound": amount_text(line.interest_bound),
        "penalty_and_compound": amount_text(line.default),
        "penalty_and_compound_bound": amount_text(line.default_bound),
        "excess": amount_text(line.excess),
    }


def _line(statement: Statement, line: Line) -> Json:
    return {
        "instalment": line.period.number,
        "due_on": line.period.due_on.isoformat(),
        "principal": amount_text(line.period.principal),
        "interest": amount_text(line.period.interest),
        "fee": amount_text(line.period.fee),
        "principal_paid": amount_text(line.principal_paid),
        "interest_paid": amount_text(line.interest_paid),
        "paid_off_on": _day(line.paid_off_on),
        "overdue_days": line.overdue_days,
        "penalty": amount_text(line.penalty),
        "compound": amount_text(line.compound),
        "penalty_unpaid": amount_text(line.penalty_unpaid),
        "compound_unpaid": amount_text(line.compound_unpaid),
        "segments": [
            *(_segment("penalty", segment) for segment in line.penalty_segments),
            *(_segment("compound", segment) for segment in line.compound_segments),
        ],
        "rows": sources.of_line(statement, line),
    }


def _segment(kind: str, segment: Segment) -> Json:
    return {
        "kind": kind,
        "from": segment.from_on.isoformat(),
        "to": segment.to_on.isoformat(),
        "days": segment.days,
        "base": amount_text(segment.base),
        "rate": penalty_rate_text(segment.rate),
        "amount": amount_text(segment.amount),
        "opened_by": segment.opened_by,
    }


def _entry(entry: Entry) -> Json:
    to = dict.fromkeys(_COLUMNS, 0)
    for part in entry.parts:
        to[part.component] += part.amount
    return {
        "on": entry.on.isoformat(),
        "kind": entry.kind,
        "component": entry.component,
        "reference": entry.reference,
        "amount": amount_text(entry.amount),
        **{f"to_{component}": amount_text(fen) for component, fen in to.items()},
        "unapplied": amount_text(entry.unapplied),
        "order": list(entry.order),
        "rows": list(dict.fromkeys((entry.row, *(part.row for part in entry.parts)))),
    }


_COLUMNS: tuple[Component, ...] = ("costs", "fees", "interest", "penalty", "compound", "principal")


def _charge(charge: ChargeLine) -> Json:
    return {
        "on": charge.on.isoformat(),
        "kind": charge.kind,
        "instalment": charge.instalment,
        "reference": charge.reference,
        "amount": amount_text(charge.amount),
        "paid": amount_text(charge.paid),
        "unpaid": amount_text(charge.unpaid),
        "disclosed": charge.disclosed,
        "rows": [charge.row],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
