"""How a value on file may be spelled in a text: the patterns that the known-value search looks for.

Each `Pattern` is written in one of the two normalised views of `surface`; the views already absorb blanks, dashes, width,
numerals and traditional characters, so that only true variants are listed here (pinyin, 张先生, partial addresses, dates).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pypinyin import Style, pinyin

from legal_service.redaction.kinds import Kind
from legal_service.redaction.lexicon import TITLES, ordinary_words, surname_length
from legal_service.redaction.spans import Form, KnownValue
from legal_service.redaction.surface import codes_view, names_view

Guard = Literal["", "latin", "digit", "slot", "word", "given"]
_MOST_READINGS = 64


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling: `chars` in the names or the codes view; `keep` is how many leading characters are the find itself.

    `guard` names the condition on the surroundings: no letter beside it (latin), no digit beside it (digit), a place
    where a person stands (slot), no word across its edges (word), a given name that is no street (given).
    """

    chars: str
    view: Literal["names", "codes"]
    known: KnownValue
    form: Form = "full"
    guard: Guard = ""
    keep: int | None = None
    skip: int = 0


def patterns(known: KnownValue) -> list[Pattern]:
    """Every spelling of one value on file; an empty list for a value too short to be sought (one character).

    >>> [p.chars for p in patterns(KnownValue(Kind.MOBILE, "138 1234 5678"))]
    ['13812345678']
    """
    if known.kind is Kind.PERSON:
        found = _person(known)
    elif known.kind is Kind.ADDRESS:
        found = _address(known)
    elif known.kind is Kind.BIRTH_DATE:
        found = _birth_date(known)
    elif known.kind in {Kind.EMPLOYER, Kind.ORGANISATION, Kind.HEALTH}:
        found = _words(known)
    else:
        found = _code(known)
    return list({(pattern.chars, pattern.view, pattern.form): pattern for pattern in found}.values())


def _code(known: KnownValue) -> Iterator[Pattern]:
    chars = codes_view(known.value).chars
    if known.kind is Kind.MOBILE and len(chars) in {13, 15} and chars.removeprefix("00").startswith("86"):
        chars = chars[-11:]
    if known.kind is Kind.LANDLINE and chars.startswith("0") and len(chars) >= 10:
        local = chars[4 if chars[1] not in "12" else 3 :]
        yield Pattern(local, "codes", known, guard="digit")
    if known.kind in {Kind.WECHAT, Kind.EMAIL} and re.fullmatch(r"[\x00-\x7f]+", known.value):
        yield Pattern(chars, "codes", known, guard="latin")
        if known.kind is Kind.EMAIL and len(local := codes_view(known.value.partition("@")[0]).chars) >= 7:
            yield Pattern(local, "codes", known, guard="latin")
        return
    if len(chars) >= 3:
        yield Pattern(chars, "codes", known, guard="digit" if len(chars) < 8 else "")


def _words(known: KnownValue) -> Iterator[Pattern]:
    chars = names_view(known.value).chars
    if len(chars) >= 2:
        yield Pattern(chars, "names", known)
    short = re.sub(r"(?:股份有限公司|有限责任公司|有限公司|集团公司|公司)$", "", chars)
    if short != chars and len(short) >= 4:
        yield Pattern(short, "names", known)


def _person(known: KnownValue) -> Iterator[Pattern]:
    chars = names_view(known.value).chars
    if len(chars) < 2:
        return
    if chars.isascii():
        yield from _latin_name(known)
        return
    yield Pattern(chars, "names", known, guard="slot" if chars in ordinary_words() else "")
    parts = [names_view(part).chars for part in re.split(r"[·•・‧∙⋅.．\s]+", known.value)]
    if len(parts) > 1:
        yield from (Pattern(part, "names", known, form="given", guard="given") for part in parts if len(part) >= 2)
    length = surname_length(chars) if len(chars) <= 5 else 0
    if length:
        yield from _addressed(known, chars[:length])
        given = chars[length:]
        if len(given) >= 2:
            yield Pattern(given, "names", known, form="given", guard="slot" if given in ordinary_words() else "given")
    yield from _pinyin(known, chars, length)


def _addressed(known: KnownValue, surname: str) -> Iterator[Pattern]:
    """张先生, 张总, 老张, 姓张: the surname with what makes it point to the person."""
    for title in TITLES:
        yield Pattern(surname + title, "names", known, form="surname", guard="word", keep=len(surname))
    if len(surname) == 1:
        for prefix in "老小阿":
            yield Pattern(prefix + surname, "names", known, form="surname", guard="word")
    yield Pattern("姓" + surname, "names", known, form="surname", guard="word", skip=1)


def _latin_name(known: KnownValue) -> Iterator[Pattern]:
    parts = [names_view(part).chars for part in re.split(r"[\s,.·]+", known.value)]
    parts = [part for part in parts if part]
    if not 1 <= len(parts) <= 4:
        return
    for order in itertools.permutations(parts):
        yield Pattern("".join(order), "names", known, guard="latin")
    if len(parts) == 2:
        yield Pattern(f"{parts[0]},{parts[1]}", "names", known, guard="latin")
        yield Pattern(f"{parts[1]},{parts[0]}", "names", known, guard="latin")


def _pinyin(known: KnownValue, chars: str, length: int) -> Iterator[Pattern]:
    readings = pinyin(chars, style=Style.NORMAL, heteronym=True, v_to_u=False)
    if len(readings) != len(chars):
        return
    spelled = [list(dict.fromkeys(form for reading in one for form in _umlauts(reading))) for one in readings]
    for reading in itertools.islice(itertools.product(*spelled), _MOST_READINGS):
        surname, given = "".join(reading[:length]), "".join(reading[length:])
        if len(surname + given) < 4:
            continue
        yield Pattern(surname + given, "names", known, guard="latin")
        if surname and given:
            yield Pattern(given + surname, "names", known, guard="latin")
            yield Pattern(f"{surname},{given}", "names", known, guard="latin")
            yield Pattern(f"{given},{surname}", "names", known, guard="latin")


def _umlauts(reading: str) -> list[str]:
    """lü is written lv, lu and lyu on cards and passports."""
    plain = names_view(reading).chars
    return [plain, plain.replace("v", "u"), plain.replace("v", "yu")] if "v" in plain else [plain]


_ADDRESS_HEADS = re.compile(
    r"^(?P<province>.{2,7}?(?:省|自治区|特别行政区)|北京市|上海市|天津市|重庆市|北京|上海|天津|重庆)?"
    r"(?P<city>.{2,8}?(?:市|自治州|地区|盟))?(?P<district>.{1,8}?(?:区|县|旗|市))?(?P<rest>.*)$"
)


def _address(known: KnownValue) -> Iterator[Pattern]:
    """The whole address and its tails without province, city and district."""
    heads = _ADDRESS_HEADS.match(re.sub(r"\s+", "", known.value))
    if heads is None:
        return
    groups = [heads["province"] or "", heads["city"] or "", heads["district"] or "", heads["rest"]]
    for first in range(4):
        chars = codes_view("".join(groups[first:])).chars
        if len(chars) >= 5:
            yield Pattern(chars, "codes", known)
    whole = codes_view("".join(groups)).chars
    if 2 <= len(whole) < 5:
        yield Pattern(whole, "codes", known)


def _birth_date(known: KnownValue) -> Iterator[Pattern]:
    digits = (
        re.findall(r"\d+", codes_view(known.value).chars) if "年" in known.value else re.findall(r"\d+", known.value)
    )
    joined = "".join(digits)
    if len(digits) != 3 and len(joined) == 8:
        digits = [joined[:4], joined[4:6], joined[6:]]
    if len(digits) != 3:
        yield from _code(known)
        return
    year, month, day = (int(part) for part in digits)
    for months, days in itertools.product(_numbers(month), _numbers(day)):
        yield Pattern(f"{year}年{months}月{days}日", "codes", known)
    yield Pattern(f"{year}{month:02}{day:02}", "codes", known, guard="digit")
    yield Pattern(f"{year}{month}{day}", "codes", known, guard="digit")


def _numbers(value: int) -> set[str]:
    """A month or day as the codes view shows it: 5, 05, 十二 (十2), 二十八 (2十8)."""
    written = {str(value), f"{value:02}"}
    if value >= 10:
        tens, ones = divmod(value, 10)
        written.add(f"{tens if tens > 1 else ''}十{ones or ''}")
    return written
