"""The question `schedule` of contract.md section 5: terms in, the schedule out."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from legal_service.accounts import schedule
from legal_service.accounts.facts import Method
from legal_service.law.arguments import ArgumentError, Given
from legal_service.money import amount_text


def answer(given: Given) -> dict[str, Any]:
    """`{"payment", "rows", "total_interest"}`; raises `ArgumentError` for wrong arguments, `Refusal` for impossible terms.

    `payment` is null where the sum to pay changes from month to month (equal principal); `months` and `day_count` may be left
    out for a bullet loan's term and for the usual 360.
    """
    method = cast(Method, given.choice("method", schedule.METHODS))
    first_due_on, disbursed_on = given.day("first_due"), given.day("disbursed")
    day_count = given.choice("day_count", ("360", "365"), "360")
    bullet = method == "bullet"
    terms = schedule.Terms(
        principal=given.amount("principal"),
        annual_rate=given.rate("annual_rate"),
        months=1 if bullet and not given.has("months") else given.whole("months", schedule.LONGEST),
        method=method,
        disbursed_on=disbursed_on,
        first_due_on=first_due_on,
        day_count=int(day_count),
    )
    given.finish()
    _within_calendar(terms)
    built = schedule.build(terms)
    return {
        "payment": None if built.payment is None else amount_text(built.payment),
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on.isoformat(),
                "principal": amount_text(row.principal),
                "interest": amount_text(row.interest),
                "balance": amount_text(row.balance),
            }
            for row in built.rows
        ],
        "total_interest": amount_text(built.total_interest),
    }


def _within_calendar(terms: schedule.Terms) -> None:
    if terms.first_due_on.year + terms.months // 12 + 1 > date.max.year:
        raise ArgumentError("first_due：超出历法范围", "first_due: beyond the calendar")
