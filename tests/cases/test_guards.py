"""Each guard: what it lets pass, what it refuses, and whether it speaks for the law or for the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from legal_service.cases import guards
from legal_service.cases.guards import POLICY, Guard
from legal_service.cases.position import Attempted, CasePosition, Contacted, Milestone, Served
from tests.cases.a_case import AS_OF, a_loan, a_position

Spoil = Callable[[CasePosition], CasePosition]

LAW, HOUSE = "law", "house"

REFUSED: list[tuple[Guard, Spoil, str, str]] = [
    (guards.overdue, lambda case: replace(case, loans=(a_loan(days_past_due=0),)), "not_overdue", LAW),
    (guards.no_open_complaint, lambda case: replace(case, open_complaints=("K1",)), "open_complaint", HOUSE),
    (
        guards.no_performing_plan,
        lambda case: replace(case, settlements=(Attempted(date(2026, 6, 1), "agreed", AS_OF, "L1"),)),
        "plan_performing",
        LAW,
    ),
    (guards.contacted, lambda case: replace(case, contacts=()), "no_contact", HOUSE),
    (
        guards.contacted,
        lambda case: replace(case, contacts=(Contacted(date(2026, 4, 1), "call", "third_party", "connected"),)),
        "no_contact",
        HOUSE,
    ),
    (guards.settlement_attempted, lambda case: replace(case, settlements=()), "no_settlement_attempt", HOUSE),
    (guards.demand_served, lambda case: replace(case, served=()), "no_served_demand", HOUSE),
    (
        guards.demand_served,
        lambda case: replace(case, served=(Served("demand_letter", "borrower", None, False),)),
        "no_served_demand",
        HOUSE,
    ),
    (
        guards.demand_served,
        lambda case: replace(case, served=(Served("demand_letter", "borrower", AS_OF + timedelta(1), True),)),
        "no_served_demand",
        HOUSE,
    ),
    (
        guards.demand_served,
        lambda case: replace(case, served=(), loans=(a_loan(accelerated_on=date(2026, 5, 1)),)),
        "no_served_demand",
        LAW,
    ),
    (guards.contract_in_vault, lambda case: replace(case, evidence_kinds=frozenset({"id_card"})), "no_contract", LAW),
    (guards.statement_made, lambda case: replace(case, milestones=()), "no_statement", LAW),
    (guards.complaint_approved, lambda case: replace(case, milestones=case.milestones[:2]), "not_approved", HOUSE),
    (
        guards.complaint_approved,  # a newer revision was made after the approval
        lambda case: replace(
            case, milestones=(*case.milestones, Milestone("revision", "statement_of_claim", AS_OF, "a@b.cn", "r2"))
        ),
        "not_approved",
        HOUSE,
    ),
    (
        guards.complaint_approved,  # another document was approved
        lambda case: replace(
            case, milestones=(*case.milestones[:2], Milestone("approval", "demand_letter", AS_OF, "lawyer@b.cn", "r1"))
        ),
        "not_approved",
        HOUSE,
    ),
    (
        guards.no_arbitration_clause,
        lambda case: replace(case, loans=(a_loan(), a_loan(loan_no="L2", arbitration_clause=True))),
        "arbitration_clause",
        LAW,
    ),
    (
        guards.lender_is_creditor,
        lambda case: replace(case, loans=(a_loan(compensated_on=AS_OF, compensated_by="某担保公司"),)),
        "compensated",
        LAW,
    ),
    (guards.something_to_claim, lambda case: replace(case, loans=(a_loan(claim_total=0),)), "nothing_to_claim", LAW),
]


@pytest.mark.parametrize(("guard", "spoil", "code", "whose"), REFUSED)
def test_a_guard_refuses_with_code_reason_and_basis(guard: Guard, spoil: Spoil, code: str, whose: str) -> None:
    assert guard(a_position()) is None
    refusal = guard(spoil(a_position()))
    assert refusal is not None
    assert refusal.code == code
    assert refusal.reason.zh
    assert refusal.reason.en
    assert refusal.basis.startswith(POLICY) is (whose == HOUSE)
    assert "第" in refusal.basis or whose == HOUSE


def test_every_guard_is_tried() -> None:
    named = {name for name, value in vars(guards).items() if callable(value) and getattr(value, "__doc__", None)}
    tried = {guard.__name__ for guard, _spoil, _code, _whose in REFUSED}
    own = {name for name in named if getattr(getattr(guards, name), "__module__", "") == guards.__name__}
    assert own - {"policy"} == tried


def test_a_plan_that_is_over_or_broken_stands_in_nobodys_way() -> None:
    agreed = Attempted(date(2026, 5, 1), "agreed", AS_OF, "L1")
    broken = Attempted(date(2026, 6, 1), "broken", None, "L1")
    assert guards.no_performing_plan(a_position(settlements=(agreed, broken))) is None
    assert (
        guards.no_performing_plan(a_position(settlements=(replace(agreed, agreed_until=AS_OF - timedelta(1)),))) is None
    )
    assert guards.no_performing_plan(a_position(settlements=(broken, agreed))) is not None


def test_a_plan_of_one_loan_is_not_broken_by_that_of_another() -> None:
    loans = (a_loan(), a_loan(loan_no="L2"))
    kept = Attempted(date(2026, 5, 1), "agreed", AS_OF, "L1")
    broken = Attempted(date(2026, 6, 1), "broken", None, "L2")
    assert guards.no_performing_plan(a_position(*loans, settlements=(kept, broken))) is not None


def test_a_compensation_after_the_day_does_not_count_yet() -> None:
    assert guards.lender_is_creditor(a_position(a_loan(compensated_on=AS_OF + timedelta(1)))) is None


@pytest.mark.parametrize("document", ["demand_letter", "lawyers_letter", "acceleration_notice", "overdue_notice"])
def test_any_demand_that_arrived_by_the_day_counts(document: str) -> None:
    assert guards.demand_served(a_position(served=(Served(document, "borrower", AS_OF, False),))) is None
