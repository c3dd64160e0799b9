"""The work list: its question read from a URL, its pages, its counts, and that nobody sees another's cases."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_service import labels
from legal_service.access.models import Institution
from legal_service.access.operations import record
from legal_service.cases import queries, work_list
from legal_service.cases.models import Case, CaseLoan, WorkLine
from legal_service.cases.work_line import NEVER
from legal_service.cases.work_list import (
    COLUMNS,
    SORTS,
    VIEWS,
    Cursor,
    WorkListQuery,
    cursor_text,
    read_cursor,
    read_query,
)
from legal_service.clock import now
from legal_service.database import Actor, Transaction
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.parties.models import Person
from tests.cases.a_case import a_contract, a_lender, a_person, writing

TODAY = date(2026, 11, 23)
CASES = 23
STAGES = ("contact", "preparation", "submitted")


def facts(number: int) -> dict[str, Any]:
    """What the line of a case says, drawn from its number so that every value occurs more than once."""
    days = (number * 7) % 11 - 2
    return {
        "open": number % 9 != 8,
        "next_rule": "docketing" if number % 5 else "",
        "next_last_day": TODAY + timedelta(days=days) if number % 5 else NEVER,
        "limitation_on": TODAY + timedelta(days=number * 13 % 120) if number % 4 else None,
        "awaits_approval": number % 6 == 0,
        "gaps": number % 3,
        "returned": number % 10 == 3,
        "days_past_due": number * 17 % 100,
        "tier": ("none", "mild", "moderate", "severe")[number % 4],
        "claim_total": number * 31 % 7 * 1000,
        "claim_as_of": TODAY,
    }


def a_list(tx: Transaction) -> None:
    """So many cases with their lines, one loan each."""
    lender, person = a_lender(), a_person()
    tx.session.add_all([lender, person])
    tx.session.flush()
    for number in range(1, CASES + 1):
        contract = a_contract(f"HM{number:04d}", person, lender, TODAY - timedelta(days=90))
        said = facts(number)
        case = Case(
            case_no=f"LC-2026-{number:06d}", person_id=person.id, lender_id=lender.id,
            stage=STAGES[number % 3] if said["open"] else "closed", stage_since=TODAY - timedelta(days=number % 5),
            opened_on=TODAY - timedelta(days=9), opened_by=f"lawyer{number % 2}@b.cn",
        )  # fmt: skip
        tx.session.add_all([contract, case])
        tx.session.flush()
        tx.session.add_all([CaseLoan(case_id=case.id, contract_id=contract.id), WorkLine(case_id=case.id, **said)])
    record(tx, action="test.list", subject="test")


@pytest.fixture
def listed(on_both: Installation) -> Installation:
    writing(on_both, a_list)
    return on_both


def numbers(installation: Installation, told: dict[str, str]) -> list[int]:
    with installation.reading() as session:
        page = queries.work_list(session, read_query(told), TODAY)
    return [int(line.case_no[-6:]) for line in page.lines]


def expected(told: dict[str, str]) -> list[int]:
    """The same list by plain Python over the facts."""
    query = read_query(told)
    near = {"due_today": 0, "due_7": 7}

    def wanted(number: int) -> bool:
        said = facts(number)
        stage = STAGES[number % 3] if said["open"] else "closed"
        in_view = {
            "my_approvals": said["awaits_approval"],
            "gaps": said["gaps"] > 0,
            "returned": said["returned"],
            "limitation_90": said["limitation_on"] is not None and said["limitation_on"] <= TODAY + timedelta(days=90),
        }.get(query.view, True)
        if query.view in near:
            in_view = said["next_last_day"] <= TODAY + timedelta(days=near[query.view])
        return (
            in_view
            and said["open"] is (query.stage != "closed")
            and query.stage in ("", stage)
            and query.tier in ("", said["tier"])
            and query.owner in ("", f"lawyer{number % 2}@b.cn")
        )

    def key(number: int) -> tuple[Any, int]:
        said = facts(number)
        value = {
            "due": said["next_last_day"],
            "limitation": said["limitation_on"] or NEVER,
            "claim": said["claim_total"],
            "days_past_due": said["days_past_due"],
            "case_no": number,
            "stage_since": TODAY - timedelta(days=number % 5),
        }[query.sort]
        return value, number

    return sorted(filter(wanted, range(1, CASES + 1)), key=key, reverse=query.desc)


QUESTIONS: list[dict[str, str]] = [
    *({"view": view} for view in VIEWS),
    *({"sort": sort, "desc": desc} for sort in SORTS for desc in ("0", "1")),
    {"stage": "submitted", "tier": "severe"}, {"stage": "closed"}, {"stage": "tried"}, {"owner": "lawyer1@b.cn"},
    {"view": "gaps", "stage": "contact", "sort": "claim", "desc": "1"},
]  # fmt: skip


def test_every_view_order_and_filter_is_what_plain_python_says(listed: Installation) -> None:
    for told in QUESTIONS:
        assert numbers(listed, told) == expected(told), told


def test_pages_walked_forward_and_back_are_the_list_without_gap_or_repeat(listed: Installation) -> None:
    for told in QUESTIONS:
        whole, forward, back = expected(told), [], []
        asked = told | {"size": "4"}
        with listed.reading() as session:
            while True:
                page = queries.work_list(session, read_query(asked), TODAY)
                forward += [int(line.case_no[-6:]) for line in page.lines]
                if page.next_cursor is None:
                    break
                asked = asked | {"after": page.next_cursor}
            while page.previous_cursor is not None:
                page = queries.work_list(session, read_query(asked | {"after": page.previous_cursor}), TODAY)
                back = [int(line.case_no[-6:]) for line in page.lines] + back
        assert forward == whole, told
        assert back == whole[: len(back)], told
        assert len(back) >= len(whole) - 4, told


def test_a_line_says_everything(listed: Installation) -> None:
    with listed.reading() as session:
        line = queries.work_list(session, read_query({"sort": "case_no"}), TODAY).lines[0]
    said = facts(1)
    assert (line.case_no, line.borrower, line.loan_nos, line.stage) == (
        "LC-2026-000001",
        "张三",
        ("HM0001",),
        "preparation",
    )
    assert (line.next_last_day, line.days_left) == (said["next_last_day"], 5)
    assert {name: getattr(line, name) for name in ("gaps", "tier", "claim_total", "returned", "limitation_on")} == {
        name: said[name] for name in ("gaps", "tier", "claim_total", "returned", "limitation_on")
    }
    assert line.version == 1


def test_a_case_without_a_deadline_shows_none(listed: Installation) -> None:
    with listed.reading() as session:
        line = queries.work_list(session, read_query({"size": "100"}), TODAY).lines[-1]
    assert (line.next_last_day, line.days_left, line.next_rule) == (None, None, "")


def test_counts_are_the_lengths_of_the_views(listed: Installation) -> None:
    with listed.reading() as session:
        assert queries.view_counts(session, TODAY) == {view: len(expected({"view": view})) for view in VIEWS}


def test_counts_stop_at_the_limit(listed: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("legal_service.cases.queries.work_list"), "COUNTED_TO", 3)
    with listed.reading() as session:
        assert queries.view_counts(session, TODAY)["all"] == 4


def test_the_total_is_known_when_the_list_fits_the_page(listed: Installation) -> None:
    with listed.reading() as session:
        assert queries.work_list(session, read_query({"view": "returned"}), TODAY).total_known == 3
        assert queries.work_list(session, read_query({"size": "3"}), TODAY).total_known is None


def test_numbers_filter_the_list_by_their_beginning(listed: Installation) -> None:
    assert numbers(listed, {"text": "LC-2026-00000"}) == [n for n in expected({}) if n < 10]
    assert numbers(listed, {"text": "hm0012"}) == numbers(listed, {"text": "借HM0012"}) == [12]
    assert numbers(listed, {"text": "HM9"}) == []
    assert numbers(listed, {"text": "LC-2026-%"}) == []


@pytest.mark.parametrize("text", ["张三", "11010519491231002X", "199 0000 0001", "+86-19900000001"])
def test_what_names_a_person_never_filters_by_url(listed: Installation, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        numbers(listed, {"text": text})
    assert refused.value.code == "use_search"
    assert text not in refused.value.reason.zh + refused.value.reason.en


def test_another_institution_sees_nothing_of_it(listed: Installation) -> None:
    with listed.database.aside(institution_id=None) as session:
        session.add(Institution(id=77, code="other", name="乙", created_at=now()))
    with listed.database.reading(institution_id=77) as session:
        assert queries.work_list(session, read_query({}), TODAY).lines == ()
        assert set(queries.view_counts(session, TODAY).values()) == {0}
        assert queries.search(session, "LC-2026-000001").cases == ()


def test_counsel_from_outside_sees_no_line_and_no_count(listed: Installation) -> None:
    counsel = Actor("counsel@x.cn", "外聘", "counsel")
    with listed.reading(counsel) as session:
        assert queries.work_list(session, read_query({}), TODAY).lines == ()
        assert set(queries.view_counts(session, TODAY).values()) == {0}
        assert queries.search(session, "LC-2026-000001").cases == ()


def test_only_the_names_of_the_page_are_decrypted(listed: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    ring = type(listed.database.keys)
    plain = ring.open
    monkeypatch.setattr(ring, "open", lambda self, place, sealed: opened.append(place) or plain(self, place, sealed))
    numbers(listed, {"size": "4"})
    assert opened == ["person.name"] * 4
    assert Person.name.info["personal"] == "PERSON"


# -- the question, pure


@pytest.mark.parametrize(
    "told",
    [
        {"view": "mine"}, {"stage": "x"}, {"tier": "M3"}, {"sort": "name"}, {"desc": "yes"}, {"size": "0"}, {"size": "101"},
        {"size": "５"}, {"size": "-1"}, {"size": "1e1"}, {"columns": "case_no,phone"}, {"owner": "a" * 201},
        {"text": "a\x00b"}, {"text": "x" * 101},
    ],
)  # fmt: skip
def test_rubbish_is_refused_with_what_is_possible(told: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        read_query(told)
    assert refused.value.code == "bad_work_list"
    assert next(iter(told)) in refused.value.reason.zh
    assert refused.value.basis.startswith("机构内部规则")


def test_names_that_are_not_of_the_list_are_left_alone() -> None:
    assert read_query({"lang": "en", "utm": "x"}) == WorkListQuery()


def test_the_state_goes_into_the_url_and_comes_back() -> None:
    told = {
        "view": "gaps", "stage": "contact", "tier": "mild", "owner": "a@b.cn", "text": "HM", "sort": "claim", "size": "20",
        "desc": "1", "after": cursor_text(Cursor("claim", True, 100, 7, True)), "columns": "case_no,gaps",
    }  # fmt: skip
    assert read_query(told).as_parameters() == told
    assert read_query(read_query(told).from_start(view="all").as_parameters()).after is None


@given(
    st.one_of(
        st.builds(
            Cursor,
            st.just("due"),
            st.booleans(),
            st.dates().map(date.isoformat),
            st.integers(0, 2**31 - 1),
            st.booleans(),
        ),
        st.builds(Cursor, st.just("claim"), st.booleans(), st.integers(-(2**62), 2**62), st.integers(0, 2**31 - 1)),
        st.builds(Cursor, st.just("case_no"), st.booleans(), st.text("LC-0123456789", max_size=40), st.integers(0, 9)),
    )
)
def test_a_cursor_comes_back_as_it_went(cursor: Cursor) -> None:
    assert read_cursor(cursor_text(cursor), sort=cursor.sort, desc=cursor.desc) == cursor


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "x", "%%%", "é", "A" * 300, packed([]), packed({}), packed(None), packed(["due", 0, "2026-11-30", 7]),
        packed(["due", 0, "2026-13-30", 7, 0]), packed(["due", 0, 5, 7, 0]), packed(["due", 0, "2026-11-30", -1, 0]),
        packed(["due", 0, "2026-11-30", True, 0]), packed(["due", 0, "2026-11-30", 2**40, 0]),
        packed(["claim", 0, 5, 7, 0]), packed(["due", 1, "2026-11-30", 7, 0]), packed(["due", 0, "20261130", 7, 0]),
        packed([["due"], 0, "2026-11-30", 7, 0]), packed(["due", 0, "2026-11-30", 7, 0]) + "=", "[" * 150,
    ],
)  # fmt: skip
def test_a_cursor_that_the_list_did_not_give_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_query({"after": text})
    assert refused.value.code == "bad_cursor"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_cursor(text: str) -> None:
    try:
        read_cursor(text, sort="due", desc=False)
    except Refusal as refusal:
        assert refusal.code == "bad_cursor"


def test_views_columns_and_orders_have_labels_in_both_languages() -> None:
    families = labels.families()
    for family, codes in (("work_view", VIEWS), ("work_column", COLUMNS), ("work_sort", SORTS)):
        assert set(families[family]) == set(codes)
    assert set(work_list.SHOWN) <= set(COLUMNS)
