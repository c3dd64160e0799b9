"""Which characters of a value a masked reader may still see (law.md 10, display masking).

Masks work on the characters as they stand in the text, so that `138 1234 5678` becomes `138 **** 5678` and a PDF loses
exactly the hidden glyphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from legal_service.redaction.kinds import Kind
from legal_service.redaction.lexicon import surname_length
from legal_service.redaction.spans import Form
from legal_service.redaction.surface import NUMERALS, level

STAR = "*"


def hidden(kind: Kind, raw: str, form: Form = "full") -> list[bool]:
    """For each character of the raw value, whether the mask hides it. Blanks and separators are never hidden.

    >>> "".join("*" if h else c for c, h in zip("张三", hidden(Kind.PERSON, "张三")))
    '张*'
    """
    levelled = level(raw)
    places = [at for at, char in enumerate(levelled) if char.isalnum() or char in NUMERALS]
    shown = _SHOWN.get(kind if form != "part" else Kind.HEALTH, _nothing)(
        "".join(levelled[at] for at in places), levelled, form
    )
    covered = {place for index, place in enumerate(places) if index not in shown}
    return [at in covered for at in range(len(raw))]


def masked(kind: Kind, raw: str, form: Form = "full") -> str:
    """The value with its hidden characters starred.

    >>> masked(Kind.MOBILE, "13812345678"), masked(Kind.ID_NUMBER, "11010519491231002X")
    ('138****5678', '1****************X')
    >>> masked(Kind.BANK_CARD, "6225880123451496"), masked(Kind.PERSON, "欧阳修远"), masked(Kind.EMAIL, "zhangsan@163.com")
    ('622588******1496', '欧阳**', 'zha***@163.com')
    """
    if kind is Kind.EMAIL and form == "full" and "@" in level(raw):
        at = level(raw).index("@")
        return raw[: min(3, max(0, at - 1))] + STAR * 3 + raw[at:]
    return "".join(STAR if hide else char for char, hide in zip(raw, hidden(kind, raw, form), strict=True))


_Shown = Callable[[str, str, Form], set[int]]


def _ends(first: int, last: int) -> _Shown:
    """Show so many characters at both ends, but never more than half of a short value."""

    def both(chars: str, levelled: str, form: Form) -> set[int]:
        total = len(chars)
        if total <= (first + last) * 4 // 3:
            return set(range(min(first, 1 if total > 1 else 0)))
        return {*range(first), *range(total - last, total)}

    return both


def _person(chars: str, levelled: str, form: Form) -> set[int]:
    if form == "surname":
        return set(range(len(chars)))
    if form == "given":
        return set()
    if chars.isascii():
        return {0}
    if re.search(r"[·•・‧∙⋅]", levelled) or len(chars) > 4:
        return {0}
    return set(range(max(1, surname_length(chars))))


def _mobile(chars: str, levelled: str, form: Form) -> set[int]:
    total = len(chars)
    if total < 9:
        return set()
    return {*range(total - 8), *range(total - 4, total)}


def _email(chars: str, levelled: str, form: Form) -> set[int]:
    name = sum(char.isalnum() for char in levelled.partition("@")[0])
    if "@" not in levelled:
        return set(range(min(3, len(chars) // 3)))
    return {*range(min(3, max(0, name - 1))), *range(name, len(chars))}


def _address(chars: str, levelled: str, form: Form) -> set[int]:
    return set(range(district_length(chars)))


def _nothing(chars: str, levelled: str, form: Form) -> set[int]:
    return set()


_DISTRICT = re.compile(
    r"^(?:(?:北京|上海|天津|重庆)市?|[\u4e00-\u9fff]{2,7}?(?:省|自治区|特别行政区))?"
    r"(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:区(?!\d)|县|旗|市))?"
)


def district_length(address: str) -> int:
    """How many leading characters of an address name province, city and district or county.

    >>> district_length("浙江省杭州市余杭区文一西路969号"), district_length("文一西路969号")
    (9, 0)
    """
    found = _DISTRICT.match(address)
    if not found or re.search(r"(?:小|社|院|厂|园|校|营|库|片|街)区$", found[0]):
        found = re.match(r"^(?:[\u4e00-\u9fff]{2,7}?省)?(?:[\u4e00-\u9fff]{2,6}?市)?", address)
    return found.end() if found else 0


_SHOWN: dict[Kind, _Shown] = {
    Kind.PERSON: _person,
    Kind.ID_NUMBER: _ends(1, 1),
    Kind.PASSPORT: _ends(1, 2),
    Kind.PERMIT: _ends(1, 2),
    Kind.MOBILE: _mobile,
    Kind.LANDLINE: _ends(0, 4),
    Kind.BANK_CARD: _ends(6, 4),
    Kind.ACCOUNT: _ends(0, 4),
    Kind.EMAIL: _email,
    Kind.ADDRESS: _address,
    Kind.PLATE: _ends(2, 1),
    Kind.WECHAT: _ends(1, 1),
    Kind.QQ: _ends(0, 2),
    Kind.IP: _nothing,
    Kind.USCC: _ends(2, 4),
    Kind.TITLE_CERTIFICATE: _nothing,
    Kind.EMPLOYER: _nothing,
    Kind.ORGANISATION: _nothing,
    Kind.HEALTH: _nothing,
    Kind.BIRTH_DATE: _ends(4, 0),
}
