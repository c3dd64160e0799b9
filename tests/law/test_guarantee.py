"""What must hold for every guarantee (the worked cases are in cases/guarantee.yaml)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.law import files
from legal_service.law.guarantee import assess
from legal_service.law.guarantee_facts import Act, Guarantee, Liability

DUE = date(2024, 8, 31)
ASKED = date(2026, 11, 23)
KINDS = list(files.parameters().on("guarantee/acts", ASKED).value)
RANK = {"lapsed": 0, "doubtful": 1, "preserved": 2}

days = st.integers(-30, 400).map(lambda number: DUE + timedelta(days=number))
acts = st.builds(Act, st.sampled_from(KINDS), days, st.booleans())


def _assess(liability: Liability, done: list[Act], due: date = DUE) -> Guarantee:
    return assess(liability, files.parameters(), files.calendar(), main_due_on=due, asked_on=ASKED, acts=done)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(get_args(Liability)), st.lists(acts, max_size=4), acts)
def test_the_period_is_fixed_and_doing_more_never_frees_a_guarantor(
    liability: Liability, done: list[Act], more: Act
) -> None:
    less, found = _assess(liability, done), _assess(liability, [*done, more])
    assert found.period == less.period
    assert found.period.raw == date(2025, 2, 28)
    assert RANK[found.state] >= RANK[less.state]


@settings(max_examples=100, deadline=None)
@given(days, st.lists(acts, max_size=3))
def test_unclear_is_general_and_the_day_kept_is_never_the_later_one(due: date, done: list[Act]) -> None:
    unclear, general = _assess("unclear", done, due), _assess("general", done, due)
    assert (unclear.liability, unclear.state) == ("general", general.state)
    assert unclear.period.internal <= unclear.period.raw <= unclear.period.last_day
    assert bool(unclear.awaiting) == (unclear.period.raw != unclear.period.last_day)


def test_every_act_says_which_article_and_which_proof() -> None:
    for kind in KINDS:
        step = _assess("joint", [Act(kind, DUE)]).steps[-1 if kind.startswith("demand_debtor") else 2]
        assert step.kind == kind
        assert "第" in step.basis
        assert step.proof is not None and step.proof.zh and step.proof.en
