"""What the machine recommends, by days past due and by what stands in the way; it never acts."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.cases.escalation import LADDER, SUE_FROM_DAYS, recommend
from legal_service.cases.position import Attempted, CasePosition
from tests.cases.a_case import AS_OF, a_loan, a_position

REFUSED = (Attempted(date(2026, 5, 1), "refused", None, "L1"),)


def at(days: int, **changes: object) -> CasePosition:
    tier = "none" if days == 0 else "mild" if days <= 30 else "moderate" if days <= 60 else "severe"
    return a_position(a_loan(days_past_due=days, tier=tier), **changes)


@pytest.mark.parametrize(
    ("days", "action"),
    [
        (0, "none"),
        (1, "remind"),
        (7, "remind"),
        (8, "call"),
        (30, "call"),
        (31, "officer"),
        (45, "officer"),
        (46, "assess"),
        (60, "assess"),
        (61, "mediate"),
        (90, "mediate"),
        (91, "sue"),
        (400, "sue"),
    ],
)
def test_the_ladder_after_a_failed_settlement(days: int, action: str) -> None:
    found = recommend(at(days, settlements=REFUSED))
    assert found.action == action
    assert all(words.zh and words.en for words in found.because)
    assert (f"逾期 {days} 天" in found.because[0].zh) is (days > 0)


def test_the_rungs_of_the_ladder_are_the_bounds_of_the_tiers() -> None:
    bounds = [bound for bound, _action in LADDER]
    assert bounds == sorted(bounds)
    assert {30, 60} <= set(bounds)
    assert SUE_FROM_DAYS == 90


@pytest.mark.parametrize("days", [61, 90, 400])
def test_without_an_attempt_a_settlement_is_offered_first(days: int) -> None:
    found = recommend(at(days, settlements=()))
    assert found.action == "offer"
    assert found.blocked_by == ()
    blocked = recommend(at(days, settlements=(), contacts=()))
    assert [refusal.code for refusal in blocked.blocked_by] == ["no_contact"]


def test_suit_is_recommended_with_what_still_blocks_it() -> None:
    ready = recommend(at(120))
    assert (ready.action, ready.blocked_by) == ("sue", ())
    missing = recommend(at(120, evidence_kinds=frozenset(), served=()))
    assert missing.action == "sue"
    assert [refusal.code for refusal in missing.blocked_by] == ["no_contract", "no_served_demand"]


@pytest.mark.parametrize(
    ("changes", "action", "word"),
    [
        ({"open_complaints": ("K1",)}, "hold", "K1"),
        ({"settlements": (Attempted(date(2026, 6, 1), "agreed", AS_OF, "L1"),)}, "hold", "和解方案"),
        ({"loans": (a_loan(arbitration_clause=True),)}, "review", "仲裁"),
        ({"loans": (a_loan(compensated_on=date(2026, 6, 1), compensated_by="某担保公司"),)}, "review", "代偿"),
    ],
)
def test_what_stops_everything_else(changes: dict[str, object], action: str, word: str) -> None:
    found = recommend(a_position(**changes))
    assert found.action == action
    assert any(word in reason.zh for reason in found.because)


def test_a_complaint_holds_even_a_reminder_but_not_a_borrower_who_owes_nothing() -> None:
    assert recommend(at(3, open_complaints=("K1",))).action == "hold"
    assert recommend(at(0, open_complaints=("K1",))).action == "none"


def test_the_worst_loan_decides() -> None:
    found = recommend(a_position(a_loan(days_past_due=5), a_loan(loan_no="L2", days_past_due=70), settlements=REFUSED))
    assert found.action == "mediate"
    assert "L2" in found.because[0].zh
