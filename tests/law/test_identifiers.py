"""Identifiers agree with an independent library on right numbers, and on every single wrong digit."""

from __future__ import annotations

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


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refusal):
        check("passport", "E12345678")
