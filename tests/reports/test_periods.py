"""A return is of a month or a quarter that has ended."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.errors import Refusal
from legal_service.reports.periods import period_named, refuse_unended


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
    ],
)
def test_a_period_has_its_first_and_last_day(name: str, first: str, last: str) -> None:
    period = period_named(name)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.holds(period.first) and period.holds(period.last)


@pytest.mark.parametrize(
    "name", ["2026-Q5", "2026-13", "2026-1", "2026", "Q3-2026", "2026-Q3 ", "0026-Q1", "../2026-Q3"]
)
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        period_named(name)
    assert refused.value.code == "bad_period"


def test_a_period_is_reported_from_the_day_after_its_last() -> None:
    quarter = period_named("2026-Q3")
    with pytest.raises(Refusal) as refused:
        refuse_unended(quarter, date(2026, 9, 30))
    assert refused.value.code == "period_not_ended"
    refuse_unended(quarter, date(2026, 10, 1))
