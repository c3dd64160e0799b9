"""The docket: deadlines by Chinese holidays and make-up weekends, provisional where a year's notice is not out."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.cases import queries
from legal_service.cases.docket import Due
from legal_service.cases.operations import close_deadlines, open_deadline
from legal_service.database import Transaction
from legal_service.installation import Installation
from tests.cases.a_case import a_portfolio, writing
from tests.cases.test_operations import open_case, trail


@pytest.fixture
def case_no(installation: Installation) -> str:
    return open_case(a_portfolio(installation))


def enter(installation: Installation, case_no: str, rule: str, trigger: date) -> None:
    def write(tx: Transaction) -> None:
        open_deadline(tx, case=queries.case_row(tx.session, case_no), rule=rule, trigger=trigger)

    writing(installation, write)


def due(installation: Installation, case_no: str, rule: str = "docketing", until: date | None = None) -> list[Due]:
    with installation.reading() as session:
        return [one for one in queries.docket(session, case_no=case_no, until=until) if one.rule == rule]


@pytest.mark.parametrize(
    ("trigger", "raw", "last_day", "internal", "provisional"),
    [
        (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 9), False),  # a plain Monday
        (date(2026, 9, 24), date(2026, 10, 1), date(2026, 10, 8), date(2026, 9, 30), False),  # National Day
        (date(2026, 2, 7), date(2026, 2, 14), date(2026, 2, 14), date(2026, 2, 14), False),  # a Saturday worked
        (date(2026, 2, 13), date(2026, 2, 20), date(2026, 2, 24), date(2026, 2, 14), False),  # Spring Festival
        (date(2026, 6, 14), date(2026, 6, 21), date(2026, 6, 22), date(2026, 6, 18), False),  # Dragon Boat Sunday
        (date(2026, 7, 4), date(2026, 7, 11), date(2026, 7, 13), date(2026, 7, 10), False),  # a Saturday
        (date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 4), date(2027, 1, 4), True),  # 2027 is not announced
    ],
)
def test_the_last_day(
    installation: Installation,
    case_no: str,
    trigger: date,
    raw: date,
    last_day: date,
    internal: date,
    provisional: bool,
) -> None:
    enter(installation, case_no, "docketing", trigger)
    (found,) = due(installation, case_no)
    assert (found.trigger, found.period.raw, found.period.last_day) == (trigger, raw, last_day)
    assert (found.period.internal, found.period.provisional) == (internal, provisional)


def test_a_deadline_says_its_rule_and_article(installation: Installation, case_no: str) -> None:
    enter(installation, case_no, "docketing", date(2026, 3, 2))
    (found,) = due(installation, case_no)
    assert "民事诉讼法(2023修正) 第一百二十六条" in found.period.basis
    assert "第八十五条" in found.period.basis
    assert found.as_json() == {
        "case_no": case_no,
        "rule": "docketing",
        "subject": "",
        "basis": found.period.basis,
        "trigger": "2026-03-02",
        "raw": "2026-03-09",
        "last_day": "2026-03-09",
        "internal": "2026-03-09",
        "provisional": False,
        "done_on": None,
    }


def test_the_same_trigger_is_one_deadline_and_another_is_another(installation: Installation, case_no: str) -> None:
    for _ in range(2):
        enter(installation, case_no, "docketing", date(2026, 3, 2))
    enter(installation, case_no, "docketing", date(2026, 3, 3))
    assert len(due(installation, case_no)) == 2
    assert trail(installation).count("docket.open") == 3  # the limitation period was entered with the case


def test_a_deadline_done_stays_done(installation: Installation, case_no: str) -> None:
    enter(installation, case_no, "docketing", date(2026, 3, 2))

    def close(on: date) -> None:
        writing(
            installation,
            lambda tx: close_deadlines(tx, case=queries.case_row(tx.session, case_no), rule="docketing", on=on),
        )

    close(date(2026, 3, 5))
    close(date(2026, 3, 6))
    enter(installation, case_no, "docketing", date(2026, 3, 2))
    (found,) = due(installation, case_no)
    assert found.done_on == date(2026, 3, 5)
    assert trail(installation).count("docket.close") == 1


def test_deadlines_up_to_a_day_in_order(installation: Installation, case_no: str) -> None:
    for trigger in (date(2026, 3, 4), date(2026, 3, 2), date(2026, 9, 24)):
        enter(installation, case_no, "docketing", trigger)
    found = due(installation, case_no, until=date(2026, 3, 31))
    assert [one.period.last_day for one in found] == [date(2026, 3, 9), date(2026, 3, 11)]
