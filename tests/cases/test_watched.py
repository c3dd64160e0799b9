"""The docket as somebody watches it: reminders by the length of what runs, the claim that dies first, what falls on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_service.cases import operations, queries
from legal_service.cases.reminders import DYING, ends_reminded, internals_reminded, reminders
from legal_service.installation import Installation
from tests.cases.a_case import AS_OF, a_portfolio, writing
from tests.cases.a_suit import LAWYER, Suit
from tests.cases.test_guarantee_deadlines import stand_surety


@pytest.fixture
def watched(on_both: Installation) -> Installation:
    """Two cases, opened by a lawyer and by the operator; the first has a guarantor."""
    a_portfolio(on_both)
    stand_surety(on_both, "joint")
    writing(on_both, lambda tx: operations.open_case(tx, loan_nos=["L1"], on=AS_OF), LAWYER)
    writing(on_both, lambda tx: operations.open_case(tx, loan_nos=["L3"], on=AS_OF))
    return on_both


def ask(installation: Installation, question: Any, *told: Any, **more: Any) -> list[Any]:
    with installation.reading() as session:
        return list(question(session, *told, **more))


def shown(found: list[Any]) -> list[tuple[str, str]]:
    return [(one.due.case_no[-1], one.due.rule) for one in found]


def test_the_claim_that_dies_first_leads(watched: Installation) -> None:
    found = ask(watched, queries.dying)
    assert shown(found) == [("1", "guarantee_period"), ("1", "limitation"), ("2", "limitation")]
    assert found[0].due.period.last_day == date(2026, 8, 28)
    assert [one.owner for one in found] == [LAWYER, LAWYER, "operator@localhost"] or found[0].owner == LAWYER
    assert found[0].claim_total > 100_000, "what is at stake, in fen"
    assert shown(ask(watched, queries.dying, most=1)) == [("1", "guarantee_period")]
    assert shown(ask(watched, queries.dying, until=date(2026, 8, 27))) == []
    assert {one for one, _ in shown(ask(watched, queries.dying, owner=LAWYER))} == {"1"}


def test_what_is_done_dies_no_more(on_both: Installation) -> None:
    a_portfolio(on_both)
    suit = Suit(on_both)
    assert shown(ask(on_both, queries.dying)) == [("1", "limitation")]
    suit.approve("statement_of_claim")
    suit.move("submitted", date(2026, 7, 1), {"court": "某区人民法院", "receipt": "R-1"})
    assert shown(ask(on_both, queries.dying)) == [], "no limitation runs while the suit does"


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 7, 28), ["guarantee_period"]),  # a month before 28 August
        (date(2026, 7, 29), []),
        (date(2026, 8, 25), ["guarantee_period"]),  # three days before the internal date
        (date(2026, 8, 27), ["guarantee_period"]),
        (date(2028, 2, 28), ["limitation"]),  # twelve months before the limitation of the first loan
    ],
)
def test_a_reminder_comes_on_its_day(watched: Installation, day: date, rules: list[str]) -> None:
    found = ask(watched, queries.reminded, day, day, owner=LAWYER)
    assert [one.due.rule for one in found] == rules
    assert all(one.reminded_on == day for one in found)


def test_reminders_of_several_days_are_told_once_each_by_the_newest(watched: Installation) -> None:
    found = ask(watched, queries.reminded, date(2026, 8, 1), date(2026, 8, 27))
    assert [(one.due.rule, one.reminded_on) for one in found] == [("guarantee_period", date(2026, 8, 27))]


@given(
    rule=st.sampled_from(["docketing", *DYING]),
    trigger=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(1, 1200),
    moved=st.integers(0, 9),
    asked=st.integers(-5, 1300),
)
def test_no_reminder_is_missed_by_the_question(rule: str, trigger: date, length: int, moved: int, asked: int) -> None:
    """Every reminder that a deadline has on a day lies within what the query asks the database for."""
    last = trigger + timedelta(days=length)
    internal, day = last - timedelta(days=moved), trigger + timedelta(days=asked)
    found = reminders(rule, trigger, last, internal)
    assert all(trigger < one < last for one in found)
    if day in found:
        first, end = internals_reminded(day, day)
        assert first <= internal <= end or last in ends_reminded(day, day)


def test_what_falls_on_a_day_is_counted_by_rule(watched: Installation) -> None:
    found = ask(watched, queries.falling, date(2026, 8, 1), date(2026, 8, 31))
    assert [(one.on, one.rule, one.count) for one in found] == [(date(2026, 8, 28), "guarantee_period", 1)]
    assert found[0].case_no.endswith("1")
    assert ask(watched, queries.falling, date(2026, 8, 1), date(2026, 8, 31), owner="x@b.cn") == []
