"""Identifiers agree with an independent library on right numbers, and on every single wrong digit."""

from __future__ import annotations

from datetime import date

import pytest
import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.luhn

from legal_service.errors import Refusal
from legal_service.law.identifiers import check, id_card_check_digit, luhn_check_digit, uscc_check_character

ID = "11010519491231002X"
USCC = "91350100M000100Y43"
CARD = "6228480402564890018"


def test_each_possible_last_digit_of_an_identity_number_is_judged_as_the_other_library_does() -> None:
    for first in ("11010519491231002", "44010619880814123", "31011520000229341"):
        for last in "0123456789X":
            assert check("id_card", first + last).valid == stdnum.cn.ric.is_valid(first + last), first + last
        assert check("id_card", first + id_card_check_digit(first)).valid


def test_every_single_changed_digit_of_an_identity_number_is_found() -> None:
    for place in range(17):
        for digit in "0123456789":
            changed = ID[:place] + digit + ID[place + 1 :]
            assert check("id_card", changed).valid == (changed == ID), changed


def test_unified_codes_agree_with_the_other_library() -> None:
    for first in ("91350100M000100Y4", "91110000802100433", "92440300MA5FXT8K7"):
        for last in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            assert check("uscc", first + last).valid == stdnum.cn.uscc.is_valid(first + last), first + last
        assert check("uscc", first + uscc_check_character(first)).valid


def test_card_numbers_agree_with_the_other_library() -> None:
    for number in range(400):
        card = f"62170000{number * 97:08d}{number % 10}"
        assert check("bank_card", card).valid == stdnum.luhn.is_valid(card), card
    assert check("bank_card", f"{CARD[:4]} {CARD[4:10]}-{CARD[10:]}").valid
    assert luhn_check_digit(CARD[:-1]) == CARD[-1]


def test_a_wrong_check_digit_names_the_right_one() -> None:
    wrong = check("uscc", USCC[:-1] + "5")
    assert (wrong.valid, wrong.parts["expected_check_digit"]) == (False, "3")
    assert wrong.why.en == "the check digit is 5, it should be 3"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("id_card", "１１０１０５１９４９１２３１００２Ｘ"),
        ("id_card", "110105491231002"),
        ("id_card", ""),
        ("mobile", "138٠٠138000"),
        ("mobile", "8613800138"),
        ("bank_card", "622848040256489"),
        ("bank_card", "６２２８４８０４０２５６４８９００１８"),
        ("plate", "X12345"),
        ("plate", ""),
        ("uscc", "91350100M000100Y4"),
    ],
)
def test_full_width_short_and_empty_values_are_wrong_and_say_why(kind: str, value: str) -> None:
    found = check(kind, value)
    assert not found.valid
    assert found.why.zh and found.why.en


def test_lower_case_x_is_the_same_number() -> None:
    assert check("id_card", ID.lower()).valid


@pytest.mark.parametrize(
    ("kind", "value"),
    [("uscc", "0" * 18), ("bank_card", "0" * 16), ("bank_card", "0" * 19)],
)
def test_zeros_alone_are_no_number_though_their_check_digit_is_right(kind: str, value: str) -> None:
    assert stdnum.luhn.is_valid(value) if kind == "bank_card" else uscc_check_character(value[:17]) == "0"
    assert not check(kind, value).valid


def _code(first: str) -> str:
    return first + uscc_check_character(first)


def test_a_unified_code_of_no_department_or_no_region_is_wrong() -> None:
    assert "登记管理部门" in check("uscc", _code("01350100M000100Y4")).why.zh
    assert "000000" in check("uscc", _code("91000000M000100Y4")).why.zh
    assert not check("uscc", _code("91990100M000100Y4")).valid


def test_a_code_registered_with_the_state_itself_begins_with_no_province() -> None:
    assert check("uscc", "91100000100003962T").valid, "published by the Industrial and Commercial Bank"


@pytest.mark.parametrize(
    ("letters", "doubted"), [("91", False), ("52", False), ("Y1", False), ("A1", True), ("9A", True)]
)
def test_departments_that_are_not_in_the_table_are_doubted_not_refused(letters: str, doubted: bool) -> None:
    found = check("uscc", _code(f"{letters}350100M000100Y4"))
    assert found.valid
    assert ("请核对" in found.why.zh) is doubted


@pytest.mark.parametrize(
    ("begins", "valid", "doubted"),
    [("62", True, False), ("60", True, False), ("81", True, False), ("45", True, True), ("95", True, True), ("12", False, False), ("70", False, False)],
)  # fmt: skip
def test_a_card_begins_as_some_bank_s_does(begins: str, valid: bool, doubted: bool) -> None:
    first = f"{begins}2848040256489"
    found = check("bank_card", first + luhn_check_digit(first))
    assert (found.valid, "请核对" in found.why.zh) == (valid, doubted)


@pytest.mark.parametrize(
    ("born", "on", "valid"),
    [
        ("18800101", None, False),
        ("18800101", date(2026, 11, 23), False),
        ("18900101", None, True),
        ("18951231", date(2026, 11, 23), False),
        ("18960101", date(2026, 11, 23), True),
        ("19491231", None, True),
    ],
)
def test_a_birth_more_than_130_years_ago_is_not_believed(born: str, on: date | None, valid: bool) -> None:
    first = f"110105{born}002"
    found = check("id_card", first + id_card_check_digit(first), on)
    assert found.valid is valid
    assert valid or "implausible" in found.why.en


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refusal):
        check("passport", "E12345678")
