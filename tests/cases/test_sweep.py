"""The daily sweep: every loan aged on a business date, what changed recorded, the same day again without effect."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from legal_service import tasks
from legal_service.accounts.models import Contract, Grading
from legal_service.cases.operations import Swept, sweep
from legal_service.cases.operations.sweep import grade
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.worker import run_now
from tests.cases.a_case import AS_OF, a_portfolio, complain, writing
from tests.cases.test_operations import settle, trail


@pytest.fixture(params=["engine", "kernel"])
def portfolio(on_both: Installation, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A portfolio this small is graded by the engine; as if it were large, by the kernel, with the same results."""
    if request.param == "kernel":
        monkeypatch.setattr("legal_service.accounts.portfolio.queries.WORTH_THE_KERNEL", 0)
    return a_portfolio(on_both)


def swept(installation: Installation, as_of: date = AS_OF, by: str | None = None) -> Swept:
    with installation.reading() as session:
        graded = grade(session, as_of=as_of, progress=lambda done, total, text: None)
    found = writing(installation, lambda tx: sweep(tx, as_of=as_of, graded=graded), by)
    assert isinstance(found, Swept)
    return found


def gradings(installation: Installation) -> list[tuple[Any, ...]]:
    query = select(
        Contract.loan_no, Grading.as_of, Grading.days_past_due, Grading.tier, Grading.five_class_floor, Grading.action
    )
    with installation.reading() as session:
        joined = query.join(Contract, Contract.id == Grading.contract_id).order_by(Grading.as_of, Contract.loan_no)
        return [tuple(row) for row in session.execute(joined)]


FIRST = [
    ("L1", AS_OF, 122, "severe", "次级", "offer"),
    ("L2", AS_OF, 46, "moderate", "关注", "assess"),
    ("L3", AS_OF, 10, "mild", "关注", "call"),
    ("L4", AS_OF, 0, "none", "正常", "none"),
]


def test_every_loan_is_graded(portfolio: Installation) -> None:
    found = swept(portfolio)
    assert found.as_json() == {
        "as_of": "2026-06-30",
        "loans": 4,
        "tiers": {"none": 1, "mild": 1, "moderate": 1, "severe": 1},
        "changed": 3,
    }
    assert gradings(portfolio) == FIRST


def test_the_same_day_again_changes_nothing(portfolio: Installation) -> None:
    first = swept(portfolio)
    before = trail(portfolio)
    again = swept(portfolio)
    assert (again.loans, again.tiers) == (first.loans, first.tiers)
    assert gradings(portfolio) == FIRST
    assert trail(portfolio) == before


def test_a_later_day_records_only_what_changed(portfolio: Installation) -> None:
    swept(portfolio)
    assert swept(portfolio, date(2026, 7, 12)).changed == 0
    assert gradings(portfolio) == FIRST
    later = swept(portfolio, date(2026, 7, 15))
    assert later.changed == 1
    assert gradings(portfolio)[4:] == [("L2", date(2026, 7, 15), 61, "severe", "关注", "offer")]


def test_a_correction_of_the_same_day_replaces_its_grade(portfolio: Installation) -> None:
    swept(portfolio)
    settle(portfolio)
    writing(portfolio, lambda tx: complain(tx, "L3", date(2026, 6, 1)))
    swept(portfolio)
    found = {row[0]: row[5] for row in gradings(portfolio)}
    assert found == {"L1": "sue", "L2": "assess", "L3": "hold", "L4": "none"}
    assert len(gradings(portfolio)) == 4


def test_a_loan_not_yet_paid_out_is_not_counted(portfolio: Installation) -> None:
    assert swept(portfolio, date(2025, 11, 30)).loans == 3


def test_the_command_runs_it_as_a_job_with_progress(portfolio: Installation) -> None:
    seen: list[tuple[int, int, str]] = []
    outcome = run_now(
        portfolio,
        actor=LOCAL_OPERATOR,
        kind="sweep",
        arguments={"as_of": "2026-06-30"},
        tasks=tasks.TASKS,
        watch=lambda done, total, text: seen.append((done, total, text)),
    )
    assert outcome["loans"] == 4
    assert seen[-1][:2] == (4, 4)
    assert trail(portfolio)[-3:] == ["job.request", "portfolio.sweep", "job.done"]


def test_who_may_not_sweep_is_refused(portfolio: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        swept(portfolio, by="auditor@b.cn")
    assert refused.value.code == "not_permitted"
    assert gradings(portfolio) == []
