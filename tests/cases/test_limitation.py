"""When a claim is barred, as the work list warns of it: only what the books prove starts the period anew."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.cases.limitation import Demand, LoanTerm, Move, ends_on, events_of
from legal_service.law import files as law
from legal_service.law.limitation import Event

DUE = date(2026, 2, 28)
ASKED = date(2026, 6, 30)
SERVED = Demand("borrower", "mail", "delivered", date(2026, 4, 4), proven=True)


def a_term(due: date = DUE, accelerated: date | None = None, *paid: tuple[date, str]) -> LoanTerm:
    return LoanTerm(due, accelerated, paid)


def ends(*terms: LoanTerm, events: tuple[Event, ...] = ()) -> date | None:
    return ends_on(terms, events, ASKED, law.parameters(), law.calendar())


def test_three_years_from_the_last_due_day() -> None:
    assert ends(a_term()) == date(2029, 2, 28)


def test_an_acceleration_before_it_counts_from_the_acceleration() -> None:
    assert ends(a_term(DUE, date(2025, 12, 1))) == date(2028, 12, 1)


def test_the_earliest_loan_of_the_case_counts() -> None:
    assert ends(a_term(), a_term(date(2025, 11, 3)), a_term(date(2027, 1, 4))) == date(2028, 11, 3)


@pytest.mark.parametrize(("kind", "end"), [("payment", date(2029, 5, 8)), ("deduction", date(2029, 5, 8))])
def test_a_payment_and_a_deduction_start_it_anew(kind: str, end: date) -> None:
    assert ends(a_term(DUE, None, (date(2026, 5, 8), kind))) == end


@pytest.mark.parametrize(
    ("demand", "kinds"),
    [
        (SERVED, ["demand_delivered"]),
        (Demand("borrower", "mail", "returned_refused", date(2026, 4, 4), proven=True), ["demand_should_have_arrived"]),
        (Demand("borrower", "announcement", "delivered", date(2026, 4, 4), proven=True), ["announcement"]),
        (Demand("borrower", "mail", "delivered", date(2026, 4, 4), proven=False), []),
        (Demand("guarantor", "mail", "delivered", date(2026, 4, 4), proven=True), []),
        (Demand("borrower", "mail", "returned_unknown", None, proven=True), []),
    ],
)
def test_a_demand_counts_when_it_reached_the_borrower_and_that_is_proven(demand: Demand, kinds: list[str]) -> None:
    assert [one.kind for one in events_of([demand], [])] == kinds


def test_while_the_suit_runs_there_is_no_end() -> None:
    events = events_of([], [Move("preparation", "submitted", date(2026, 5, 1)), Move("submitted", "accepted", ASKED)])
    assert [(one.kind, one.end) for one in events] == [("suit", None)]
    assert ends(a_term(), events=events) is None


def test_a_suit_taken_back_counts_from_its_filing_on_the_careful_track() -> None:
    moves = [Move("preparation", "submitted", date(2026, 5, 4)), Move("submitted", "preparation", date(2026, 6, 1))]
    assert ends(a_term(), events=events_of([], moves)) == date(2029, 5, 4)


def test_a_loan_under_law_that_is_not_loaded_is_left_open_and_never_guessed() -> None:
    assert ends(a_term(), a_term(date(1980, 1, 1))) is None
