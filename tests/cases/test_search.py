"""One search box: every spelling of a number finds the person, only exactly, and the answer says what was searched."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_service import labels
from legal_service.access.operations import record
from legal_service.cases import operations, queries
from legal_service.cases.operations.proceedings import enter
from legal_service.cases.search import KINDS, MOST_HITS, SearchResult, read_text
from legal_service.database import LOCAL_OPERATOR, Transaction
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.builders import a_tape, id_number, imported
from tests.cases.a_case import a_contract, a_lender, a_person, writing

ZHANG = id_number("11010119900307123")
OUYANG = id_number("44030119851224224")
GUARANTOR = id_number("44030119600101335")


@pytest.fixture
def tape_in(on_both: Installation, tmp_path: Path) -> Installation:
    """The small tape: Zhang Wei with HM0001 and HM0002, Ouyang Nana with HM0003 and a guarantor; HM0001 is in a case."""
    imported(on_both, a_tape(tmp_path / "tape"))
    writing(on_both, lambda tx: operations.open_case(tx, loan_nos=["HM0001"], on=date(2026, 3, 2)))
    return on_both


def found(installation: Installation, text: str) -> SearchResult:
    with installation.reading() as session:
        return queries.search(session, text)


def shown(result: SearchResult) -> tuple[list[str], list[str]]:
    return [one.case_no for one in result.cases], [one.loan_no for one in result.loans]


CASE = "LC-2026-000001"


@pytest.mark.parametrize(
    ("text", "cases", "loans"),
    [
        (CASE, [CASE], []),
        ("lc-2026-0000", [CASE], []),
        ("ＬＣ－２０２６－０００００１", [CASE], []),
        ("HM0001", [CASE], []),
        (" hm0002 ", [], ["HM0002"]),
        ("HM00", [CASE], ["HM0002", "HM0003"]),
        ("HM0", [], []),
        ("HT-2024-0002", [], ["HM0002"]),
        ("HT-2024", [CASE], ["HM0002", "HM0003"]),
        (ZHANG, [CASE], ["HM0002"]),
        (" ".join((ZHANG[:6], ZHANG[6:14], ZHANG[14:])), [CASE], ["HM0002"]),
        ("-".join((ZHANG[:6], ZHANG[6:14], ZHANG[14:].lower())), [CASE], ["HM0002"]),
        (ZHANG[:-1], [], []),
        (GUARANTOR, [], ["HM0003"]),
        ("19900000001", [CASE], ["HM0002"]),
        ("199 0000 0001", [CASE], ["HM0002"]),
        ("+86 199-0000-0001", [CASE], ["HM0002"]),
        ("8619900000001", [CASE], ["HM0002"]),
        ("008619900000001", [CASE], ["HM0002"]),
        ("１９９００００ ０００１", [CASE], ["HM0002"]),
        ("1990000000", [], []),
        ("张伟", [CASE], ["HM0002"]),
        ("欧阳 娜娜", [], ["HM0003"]),
        ("欧阳", [], []),
        ("%", [], []),
        ("HM_001", [], []),
    ],
)
def test_what_is_typed_finds_its_case_and_loans(
    tape_in: Installation, text: str, cases: list[str], loans: list[str]
) -> None:
    assert shown(found(tape_in, text)) == (cases, loans)


def test_the_answer_says_what_was_searched_and_by_what_each_was_found(tape_in: Installation) -> None:
    result = found(tape_in, ZHANG)
    told = {one.kind: (one.match, one.found, one.words.zh) for one in result.searched}
    assert told["id_number"] == ("exact", 2, "按证件号码（借款人、保证人）精确匹配")
    assert told["loan_no"][:2] == ("prefix", 0)
    assert result.cases[0].matched == result.loans[0].matched == ("id_number",)
    assert (result.cases[0].borrower, result.loans[0].borrower) == ("张伟", "张伟")
    assert not result.cut


def test_a_court_case_number_leads_to_its_case_in_any_spelling(tape_in: Installation) -> None:
    with tape_in.transaction(LOCAL_OPERATOR) as tx:
        case = queries.case_row(tx.session, CASE)
        enter(tx, case=case, kind="order_accepted", on=date(2026, 3, 2), data={"number": "（2026）京0105民初12345号"})
    for typed in ("（2026）京0105民初12345号", "(2026)京0105民初 12345 号"):
        result = found(tape_in, typed)
        (told,) = [one for one in result.searched if one.kind == "court_case_number"]
        assert (told.match, told.found, told.words.zh) == ("exact", 1, "按法院案号精确匹配")
        assert [one.case_no for one in result.cases] == [CASE]
    assert found(tape_in, "（2026）京0105民初12346号").cases == ()


def test_a_closed_case_is_found_after_the_open_ones(tape_in: Installation) -> None:
    writing(
        tape_in,
        lambda tx: operations.advance(tx, case_no=CASE, target="closed", on=date(2026, 3, 3), data={"reason": "paid"}),
    )
    writing(tape_in, lambda tx: operations.open_case(tx, loan_nos=["HM0001", "HM0002"], on=date(2026, 3, 4)))
    assert [(one.case_no, one.stage) for one in found(tape_in, "张伟").cases] == [
        ("LC-2026-000002", "assessment"), (CASE, "closed"),
    ]  # fmt: skip


def test_more_than_fifty_are_cut_and_that_is_said(on_both: Installation) -> None:
    def many(tx: Transaction) -> None:
        lender, person = a_lender(), a_person()
        person.name_index = tx.keys.blind("person.name", "张三")
        tx.session.add_all([lender, person])
        tx.session.flush()
        tx.session.add_all(a_contract(f"HM{number:04d}", person, lender, date(2026, 2, 28)) for number in range(60))
        record(tx, action="test.many", subject="test")

    writing(on_both, many)
    for text in ("张三", "HM00"):
        result = found(on_both, text)
        assert (len(result.loans), result.cut) == (MOST_HITS, True)


def test_nothing_of_the_text_is_logged_or_repeated(tape_in: Installation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for text in (ZHANG, "19900000001", "张伟"):
            result: Any = found(tape_in, text)
            assert text not in "".join(one.words.zh + one.words.en for one in result.searched)
    assert not any(text in record.getMessage() for record in caplog.records for text in (ZHANG, "19900000001", "张伟"))


# -- reading the text, pure


@pytest.mark.parametrize("text", ["", "   ", "x" * 101, "a\x00b", "\u200b"])
def test_an_empty_or_unreadable_text_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_text(text)
    assert refused.value.code == "bad_search"


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        assert {one.kind for one in read_text(text)} <= set(KINDS)
    except Refusal as refusal:
        assert refusal.code == "bad_search"


@pytest.mark.parametrize("name", ["张三", "阿卜杜拉·买买提", "阿卜杜拉•买买提", "Mary Ann O'Neil", "𠮷野"])
def test_names_are_looked_up_as_names(name: str) -> None:
    assert "name" in {one.kind for one in read_text(name)}


def test_every_kind_has_a_label() -> None:
    assert set(labels.families()["search_kind"]) == set(KINDS)
