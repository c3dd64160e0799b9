"""Figures in Chinese against cn2an and against the bank rules' examples."""

from __future__ import annotations

from datetime import date

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legal_service.errors import Refusal
from legal_service.law.figures import arabic_date, capitals, chinese_date, listed, numeral, ordinal
from legal_service.money import amount_text


def _an_empty_group_before_thousands(fen: int) -> bool:
    """壹亿零壹仟元: with the whole group of 万 empty we write 零, cn2an does not; the rule of the house is the safer reading."""
    yuan = fen // 100
    return any(
        yuan // 10 ** (place + 4) and yuan // 10**place % 10_000 == 0 and yuan // 10 ** (place - 4) % 10_000 >= 1000
        for place in (4, 8)
    )


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.integers(1, 2_000_000), st.integers(1, 10**13)))
def test_capitals_agree_with_cn2an(fen: int) -> None:
    if not _an_empty_group_before_thousands(fen):
        assert capitals(fen) == cn2an.an2cn(amount_text(fen), "rmb")


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (1, "壹分"),
        (10, "壹角"),
        (1_000, "壹拾元整"),
        (1_050, "壹拾元伍角"),
        (1_680_32, "壹仟陆佰捌拾元叁角贰分"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
        (10**14 + 10**10, "壹万零壹亿元整"),
    ],
)
def test_capitals_by_hand(fen: int, text: str) -> None:
    assert capitals(fen) == text


@pytest.mark.parametrize("fen", [-1, 10**15 + 1])
def test_capitals_of_a_negative_or_absurd_amount_are_refused(fen: int) -> None:
    with pytest.raises(Refusal):
        capitals(fen)


def test_numerals_agree_with_cn2an_up_to_two_thousand() -> None:
    for number in range(1, 2001):
        expected = cn2an.an2cn(number)
        assert numeral(number) == (expected[1:] if expected.startswith("一十") else expected), number


def test_dates_and_ordinals() -> None:
    assert chinese_date(date(2026, 11, 23)) == "二〇二六年十一月二十三日"
    assert chinese_date(date(2030, 10, 30)) == "二〇三〇年十月三十日"
    assert arabic_date(date(2026, 3, 5)) == "2026年3月5日"
    assert (ordinal(21), listed(10)) == ("第二十一", "（十）")
