"""Loading the notice of a year: open deadlines are reckoned anew and told, done ones stay, the second time nothing happens.

The notice is `tests/law/a_notice.py`: 1–3 January and 5–11 February 2027 off, Sunday 31 January worked. Worked by hand:
1 January 2027 is a Friday, 31 January a Sunday, 5 February a Friday.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest

from legal_service.access import queries as access
from legal_service.accounts.models import Contract
from legal_service.cases import operations, queries
from legal_service.cases.calendar_feed import feed
from legal_service.cases.docket import Due
from legal_service.cases.models import WorkLine
from legal_service.cases.operations import Loaded, correct_deadline, load_notice, open_deadline, work_lines
from legal_service.cases.operations.deadlines import close_deadlines
from legal_service.clock import midday
from legal_service.database import Transaction
from legal_service.errors import Findings, Refusal
from legal_service.installation import Installation
from legal_service.law import files
from legal_service.parties.models import Lender, Person
from legal_service.webhooks.events import body_of
from tests.cases.a_case import AS_OF, a_contract, a_portfolio, writing
from tests.law.a_notice import a_notice

TRIGGERS = {
    "rolls": date(2026, 12, 25),  # 7 days: Friday 1 January
    "confirmed": date(2026, 12, 28),  # Monday 4 January, a working day all the same
    "worked": date(2027, 1, 24),  # Sunday 31 January, worked
    "beyond": date(2027, 12, 30),  # 6 January 2028
}


@pytest.fixture
def case_no(installation: Installation) -> str:
    """A case in an instance on SQLite."""
    return a_case_due(installation)


def a_case_due(installation: Installation) -> str:
    """A case whose loan was due on 5 February 2024, with four deadlines of seven days."""
    a_portfolio(installation)

    def write(tx: Transaction) -> str:
        loan = tx.session.query(Contract).filter_by(loan_no="L1").one()
        tx.session.add(a_contract("L5", *_owners(tx, loan), date(2024, 2, 5)))
        tx.session.flush()
        found = operations.open_case(tx, loan_nos=["L5"], on=AS_OF)
        for trigger in TRIGGERS.values():
            open_deadline(tx, case=queries.case_row(tx.session, found), rule="docketing", trigger=trigger)
        return found

    return str(writing(installation, write))


def _owners(tx: Transaction, loan: Contract) -> tuple[Any, Any]:
    return tx.session.get(Person, loan.person_id), tx.session.get(Lender, loan.lender_id)


def load(installation: Installation, content: bytes = a_notice(), by: str | None = None) -> Loaded:
    found = writing(installation, lambda tx: load_notice(tx, content=content, name="2027.yaml"), by)
    assert isinstance(found, Loaded)
    return found


def docket(installation: Installation, case_no: str) -> dict[tuple[str, date], Due]:
    with installation.reading() as session:
        return {(one.rule, one.trigger): one for one in queries.docket(session, case_no=case_no)}


def days(due: Due) -> tuple[date, date, date, bool]:
    return due.period.raw, due.period.last_day, due.period.internal, due.period.provisional


def everything(installation: Installation) -> list[Any]:
    """Every deadline, line and entry of the trail."""
    with installation.reading() as session:
        due = [one.as_json() for one in queries.docket(session)]
        lines = [
            (one.next_last_day, one.next_internal, one.next_provisional, one.limitation_on)
            for one in session.query(WorkLine).order_by(WorkLine.id)
        ]
        return [due, lines, access.entry_count(session)]


def test_open_deadlines_are_reckoned_anew_and_told_case_by_case(on_both: Installation) -> None:
    case_no = a_case_due(on_both)
    before = docket(on_both, case_no)
    assert days(before["docketing", TRIGGERS["rolls"]]) == (date(2027, 1, 1),) * 3 + (True,)
    loaded = load(on_both)
    told = loaded.as_json("zh")
    assert (told["year"], told["changed"], told["status"]) == (2027, True, "secondary")
    shown = [
        (one["rule"], one["trigger"], one["before"]["last_day"], one["after"]["last_day"]) for one in told["moved"]
    ]  # type: ignore[attr-defined]
    assert shown == [
        ("docketing", "2026-12-25", "2027-01-01", "2027-01-04"),
        ("docketing", "2027-01-24", "2027-02-01", "2027-01-31"),
        ("limitation", "2024-02-05", "2027-02-05", "2027-02-12"),
    ]
    assert [one.due.trigger for one in loaded.docket.confirmed] == [TRIGGERS["confirmed"]]
    assert loaded.docket.done == ()
    after = docket(on_both, case_no)
    assert days(after["docketing", TRIGGERS["rolls"]]) == (
        date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31), False,
    )  # fmt: skip
    assert days(after["docketing", TRIGGERS["confirmed"]]) == (date(2027, 1, 4),) * 3 + (False,)
    assert days(after["docketing", TRIGGERS["worked"]]) == (date(2027, 1, 31),) * 3 + (False,)
    assert days(after["limitation", date(2024, 2, 5)]) == (
        date(2027, 2, 5), date(2027, 2, 12), date(2027, 2, 4), False,
    )  # fmt: skip
    assert after["docketing", TRIGGERS["beyond"]] == before["docketing", TRIGGERS["beyond"]]
    assert after["docketing", TRIGGERS["beyond"]].period.provisional


def test_the_work_list_the_calendar_feed_and_the_partners_follow(installation: Installation, case_no: str) -> None:
    load(installation)
    with installation.reading() as session:
        line = session.query(WorkLine).one()
        assert (line.next_last_day, line.next_internal) == (date(2027, 1, 4), date(2026, 12, 31))
        assert not line.next_provisional
        assert line.limitation_on == date(2027, 2, 12)
        text = feed(queries.docket(session, case_no=case_no), at=midday(AS_OF)).decode()
        entries = [one for one in access.entries(session) if one.action == "docket.move"]
        assert access.walk_trail(session)[0] is None
    assert "DTSTART;VALUE=DATE:20270104" in text
    assert "DTSTART;VALUE=DATE:20270212" in text
    assert "DTSTART;VALUE=DATE:20270101" not in text
    sent = [json.loads(body_of(one, 1))["data"] for one in entries]
    assert len(sent) == 4
    assert sent[0] == {
        "case_no": case_no, "rule": "docketing", "trigger": "2026-12-25", "of": "", "was": "2027-01-01",
        "last_day": "2027-01-04", "provisional": False, "because": "notice:2027",
    }  # fmt: skip


def test_loading_it_twice_changes_nothing(on_both: Installation) -> None:
    a_case_due(on_both)
    load(on_both)
    before, kept = everything(on_both), (on_both.settings.notices / "2027.yaml").stat().st_mtime_ns
    again = load(on_both)
    assert not again.changed
    assert again.docket.as_json() == {"moved": [], "confirmed": [], "done": []}
    assert everything(on_both) == before
    assert (on_both.settings.notices / "2027.yaml").stat().st_mtime_ns == kept


def test_who_loaded_what_is_in_the_trail_with_every_day(installation: Installation, case_no: str) -> None:
    load(installation, by="lawyer@b.cn")
    with installation.reading() as session:
        (entry,) = access.trail_page(session, before=None, action="law.notice.load")
    assert (entry.actor, entry.subject, entry.detail["moved"]) == ("lawyer@b.cn", "law:2027", 3)
    assert entry.detail["holidays"]["2027-02-06"] == "春节"
    assert entry.detail["working_weekends"][0] == "2027-01-31"
    assert (installation.settings.notices / "2027.yaml").read_bytes() == a_notice()


def test_what_is_reckoned_afterwards_knows_the_notice(installation: Installation, case_no: str) -> None:
    load(installation)
    trigger = date(2027, 1, 29)  # seven days end on 5 February

    def write(tx: Transaction) -> None:
        open_deadline(tx, case=queries.case_row(tx.session, case_no), rule="docketing", trigger=trigger)

    writing(installation, write)
    assert days(docket(installation, case_no)["docketing", trigger]) == (
        date(2027, 2, 5), date(2027, 2, 12), date(2027, 2, 4), False,
    )  # fmt: skip
    assert installation.calendar.knows(date(2027, 2, 5))
    assert not files.calendar().knows(date(2027, 2, 5)), "the law without an installation is that of this release"
    writing(installation, lambda tx: work_lines.refresh(tx, case_no=case_no, as_of=AS_OF))
    with installation.reading() as session:
        assert session.query(WorkLine).one().limitation_on == date(2027, 2, 12)


def test_a_deadline_that_is_done_stays_and_is_told_when_it_would_have_moved(
    installation: Installation, case_no: str
) -> None:
    writing(
        installation,
        lambda tx: close_deadlines(
            tx, case=queries.case_row(tx.session, case_no), rule="docketing", on=date(2026, 12, 30)
        ),
    )
    before = docket(installation, case_no)
    loaded = load(installation)
    assert [one.due.rule for one in loaded.docket.moved] == ["limitation"]
    assert loaded.docket.confirmed == ()
    shown = [(one.due.trigger, one.after.last_day, one.as_json()["done_on"]) for one in loaded.docket.done]
    assert shown == [
        (TRIGGERS["rolls"], date(2027, 1, 4), "2026-12-30"),
        (TRIGGERS["worked"], date(2027, 1, 31), "2026-12-30"),
    ]
    after = docket(installation, case_no)
    assert all(after[key] == due for key, due in before.items() if due.done_on is not None)


def test_an_amended_notice_moves_what_it_changes(installation: Installation, case_no: str) -> None:
    load(installation)
    amended = load(installation, a_notice(("to: 2027-02-11", "to: 2027-02-14")))
    assert [(one.due.period.last_day, one.after.last_day) for one in amended.docket.moved] == [
        (date(2027, 2, 12), date(2027, 2, 15))
    ]
    assert b"2027-02-14" in (installation.settings.notices / "2027.yaml").read_bytes()


def test_a_look_ahead_writes_nothing(installation: Installation, case_no: str) -> None:
    before = everything(installation)
    with installation.reading() as session:
        told = operations.preview_notice(session, content=a_notice(), name="x", on=date(2026, 11, 23))
    assert len(told.docket.moved) == 3
    assert everything(installation) == before
    assert not installation.settings.notices.exists()


def test_a_notice_not_in_order_or_by_somebody_else_leaves_no_trace(installation: Installation, case_no: str) -> None:
    before = everything(installation)
    with pytest.raises(Findings):
        load(installation, a_notice(("- 2027-05-08", "- 2027-05-07")))
    with pytest.raises(Refusal, match="not_permitted"):
        load(installation, by="auditor@b.cn")
    assert everything(installation) == before
    assert not installation.settings.notices.exists()


def test_a_commit_that_failed_after_the_file_is_made_up_for_by_loading_again(
    installation: Installation, case_no: str
) -> None:
    with pytest.raises(RuntimeError, match="power cut"), installation.transaction(installation.actor(None)) as tx:
        load_notice(tx, content=a_notice(), name="2027.yaml")
        raise RuntimeError("power cut")
    assert days(docket(installation, case_no)["docketing", TRIGGERS["rolls"]])[3]
    assert len(load(installation).docket.moved) == 3


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_on_the_docket_twice_is_once_and_done_is_done(installation: Installation, seed: int) -> None:
    """Sixty deadlines from triggers at random around the turn of the year, a third of them done."""
    draw = random.Random(seed)
    case_no = str(writing(a_portfolio(installation), lambda tx: operations.open_case(tx, loan_nos=["L1"], on=AS_OF)))

    def write(tx: Transaction) -> None:
        case = queries.case_row(tx.session, case_no)
        for number in range(60):
            rule = draw.choice(["docketing", "defence", "appeal_judgment", "trial_simplified", "preservation_renewal"])
            trigger = date(2026, 10, 1) + timedelta(days=draw.randrange(420))
            open_deadline(tx, case=case, rule=rule, trigger=trigger, subject=str(number))
            if number % 20 == 19:
                close_deadlines(tx, case=case, rule=rule, on=AS_OF)

    writing(installation, write)
    before = {(one.rule, one.subject): one for one in _all(installation)}
    first = load(installation)
    after = {(one.rule, one.subject): one for one in _all(installation)}
    told = {(one.due.rule, one.due.subject): one for one in (*first.docket.moved, *first.docket.confirmed)}
    for key, due in after.items():
        assert due == before[key] if key not in told or due.done_on else due.period == told[key].after, key
        if due.done_on is None and date(2027, 1, 1) <= due.period.raw <= date(2027, 12, 28):
            assert installation.calendar.is_working_day(due.period.last_day), key
            assert not due.period.provisional, key
    assert told
    still = everything(installation)
    assert not load(installation).changed
    assert everything(installation) == still


def _all(installation: Installation) -> list[Due]:
    with installation.reading() as session:
        return queries.docket(session)


# -- a trigger corrected


def correct(installation: Installation, case_no: str, *, by: str | None = "lawyer@b.cn", **how: Any) -> Any:
    given = {"rule": "docketing", "trigger": TRIGGERS["rolls"], "corrected": date(2026, 3, 2), "reason": "court_notice"}
    return writing(installation, lambda tx: correct_deadline(tx, case_no=case_no, **(given | how)), by)


def test_a_corrected_trigger_is_reckoned_from_anew(on_both: Installation) -> None:
    case_no = a_case_due(on_both)
    moved = correct(on_both, case_no)
    assert (moved.due.period.last_day, moved.after.last_day) == (date(2027, 1, 1), date(2026, 3, 9))
    found = docket(on_both, case_no)
    assert ("docketing", TRIGGERS["rolls"]) not in found
    assert days(found["docketing", date(2026, 3, 2)]) == (date(2026, 3, 9),) * 3 + (False,)
    with on_both.reading() as session:
        assert session.query(WorkLine).one().next_last_day == date(2026, 3, 9)
        (entry,) = access.trail_page(session, before=None, action="docket.correct")
        (told,) = access.trail_page(session, before=None, action="docket.move")
    assert (entry.actor, entry.detail["reason"]) == ("lawyer@b.cn", "court_notice")
    assert (entry.detail["was"], entry.detail["trigger"]) == ("2026-12-25", "2026-03-02")
    assert told.detail["because"] == "correction:court_notice"
    before = everything(on_both)
    correct(on_both, case_no)
    assert everything(on_both) == before, "the same correction again changes nothing"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"by": None}, "named_person_required"),
        ({"by": "auditor@b.cn"}, "not_permitted"),
        ({"reason": "because"}, "reason_required"),
        ({"corrected": date(2999, 1, 1)}, "bad_date"),
        ({"rule": "defence"}, "unknown_deadline"),
        ({"subject": "L9"}, "unknown_deadline"),
        ({"trigger": None}, "several_deadlines"),
        ({"trigger": date(2020, 1, 1)}, "unknown_deadline"),
    ],
)
def test_a_correction_that_is_refused_leaves_no_trace(
    installation: Installation, how: dict[str, Any], code: str
) -> None:
    case_no = _with_deadlines(installation)
    before = everything(installation)
    with pytest.raises(Refusal) as refused:
        correct(installation, case_no, **how)
    assert refused.value.code == code
    assert everything(installation) == before


def test_a_done_deadline_is_not_corrected_nor_one_made_twice(installation: Installation) -> None:
    case_no = _with_deadlines(installation)
    correct(installation, case_no, corrected=date(2026, 3, 2))
    with pytest.raises(Refusal, match="deadline_exists"):
        correct(installation, case_no, trigger=date(2026, 2, 2), corrected=date(2026, 3, 2))
    writing(
        installation,
        lambda tx: close_deadlines(tx, case=queries.case_row(tx.session, case_no), rule="docketing", on=AS_OF),
    )
    with pytest.raises(Refusal, match="unknown_deadline"):
        correct(installation, case_no, trigger=date(2026, 3, 2), corrected=date(2026, 3, 3))


def _with_deadlines(installation: Installation) -> str:
    def write(tx: Transaction) -> str:
        case_no = operations.open_case(tx, loan_nos=["L1"], on=AS_OF)
        for trigger in (TRIGGERS["rolls"], date(2026, 2, 2)):
            open_deadline(tx, case=queries.case_row(tx.session, case_no), rule="docketing", trigger=trigger)
        return case_no

    return str(writing(a_portfolio(installation), write))
