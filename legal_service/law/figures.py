"""Figures as Chinese legal papers write them: amounts in capitals, dates in characters, ordinals."""

from __future__ import annotations

from datetime import date

from legal_service.errors import Refusal, Words
from legal_service.money import Fen

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLAIN = "零一二三四五六七八九"
_DATE_DIGITS = "〇一二三四五六七八九"
_CAPITAL_PLACES = ("", "拾", "佰", "仟")
_PLAIN_PLACES = ("", "十", "百", "千")
_SECTIONS = ("", "万", "亿", "万亿")


def _section(value: int, digits: str, places: tuple[str, ...]) -> str:
    """One group of four digits; a run of zeros inside reads as one 零, zeros at its end as none."""
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            zero = zero or bool(text)
            continue
        text += ("零" if zero else "") + digits[digit] + places[place]
        zero = False
    return text


def _whole(value: int, digits: str, places: tuple[str, ...]) -> str:
    """A positive integer below 10**16 in Chinese numerals.

    Between groups 零 is written when the next group begins with a zero or when a whole group is empty; the bank rules
    leave it free where only the last digit of the group before is zero (壹拾万柒仟元), and there it is not written.
    """
    text, gap = "", False
    for power in (3, 2, 1, 0):
        group = value // 10_000**power % 10_000
        if group == 0:
            gap = gap or bool(text)
            continue
        needs_zero = bool(text) and (gap or group < 1000)
        text += ("零" if needs_zero else "") + _section(group, digits, places) + _SECTIONS[power]
        gap = False
    return text.replace("万亿", "万", 1) if value // 10**8 % 10_000 and value >= 10**12 else text


def capitals(amount: Fen) -> str:
    """An amount in capitals (人民币大写) as a contract or pleading prints it, without the word 人民币.

    整 stands after 元 only: after 角 or 分 it is not written. Nothing is 零元整. Amount in fen, below ten trillion yuan.
    Raises `Refusal` on a negative or larger amount: a debt in capitals is never negative.

    >>> capitals(1_200_000), capitals(50), capitals(0)
    ('壹万贰仟元整', '伍角', '零元整')
    >>> capitals(10_700_053), capitals(105), capitals(10_000_050_000)
    ('壹拾万柒仟元伍角叁分', '壹元零伍分', '壹亿零伍佰元整')
    """
    if not 0 <= amount <= 10**15:
        raise Refusal(
            "amount_out_of_range",
            Words(
                zh="大写金额须在零元以上、十万亿元以下，请核对金额。",
                en="an amount in capitals lies between nothing and ten trillion yuan; check the amount",
            ),
            "机构内部规则：金额大写",
        )
    yuan, jiao, fen = amount // 100, amount // 10 % 10, amount % 10
    text = _whole(yuan, _CAPITALS, _CAPITAL_PLACES) + "元" if yuan else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif text:
        text += "零"
    return text + (_CAPITALS[fen] + "分" if fen else "")


def numeral(number: int) -> str:
    """A positive integer as running text and article numbers write it.

    >>> numeral(13), numeral(200), numeral(264), numeral(1007)
    ('十三', '二百', '二百六十四', '一千零七')
    """
    if number < 1:
        raise ValueError("only positive numbers are written in numerals")
    text = _whole(number, _PLAIN, _PLAIN_PLACES)
    return text[1:] if text.startswith("一十") else text


def ordinal(number: int) -> str:
    """An ordinal.

    >>> ordinal(1), ordinal(12)
    ('第一', '第十二')
    """
    return f"第{numeral(number)}"


def listed(number: int) -> str:
    """The number of an item in a statute or claim list.

    >>> listed(3)
    '（三）'
    """
    return f"（{numeral(number)}）"


def chinese_date(on: date) -> str:
    """A date in characters, as the signature of a pleading carries it.

    >>> chinese_date(date(2026, 11, 23)), chinese_date(date(2020, 10, 5))
    ('二〇二六年十一月二十三日', '二〇二〇年十月五日')
    """
    year = "".join(_DATE_DIGITS[int(digit)] for digit in str(on.year))
    return f"{year}年{numeral(on.month)}月{numeral(on.day)}日"


def arabic_date(on: date) -> str:
    """A date in figures, as the body of a pleading carries it; no padding.

    >>> arabic_date(date(2026, 1, 3))
    '2026年1月3日'
    """
    return f"{on.year}年{on.month}月{on.day}日"
