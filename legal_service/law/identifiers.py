"""Numbers that identify people, organisations, cards, telephones and vehicles: valid or not, and why not.

A valid number is well formed and could have been issued; whether it was only its issuer knows. Wrong is also what nobody can
have been given: a code of department 0 or of no region, a card that begins as no bank's does, a birth more than 130 years ago
(or before 1890 where no day is given). What the tables at hand do not hold (`identifier_codes`) is valid with a doubt: `why`
asks to check the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from legal_service.errors import Refusal, Words
from legal_service.law.identifier_codes import (
    BEFORE_ANY_DAY,
    DEPARTMENTS,
    NATION,
    NO_DEPARTMENT,
    NO_ISSUER,
    OLDEST,
    UNIONPAY,
)

Kind = Literal["id_card", "uscc", "bank_card", "mobile", "plate"]

# GB/T 2260, first two digits; 81–83 are the residence permits of Hong Kong, Macau and Taiwan residents.
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾居民居住证",
}  # fmt: skip

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLATE_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ORDINARY_PLATE = re.compile(rf"[{_PLATE_PLACES}][A-Z][A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳试超]")
_ENERGY_SMALL = re.compile(rf"[{_PLATE_PLACES}][A-Z][A-HJK][A-HJ-NP-Z0-9][0-9]{{4}}")
_ENERGY_LARGE = re.compile(rf"[{_PLATE_PLACES}][A-Z][0-9]{{5}}[A-HJK]")


@dataclass(frozen=True, slots=True)
class Identifier:
    """The answer about one number: `why` says what is wrong, what to check, or that all is well; `parts` is what it tells."""

    kind: Kind
    valid: bool
    why: Words
    parts: dict[str, str] = field(default_factory=dict)


def check(kind: str, value: str, on: date | None = None) -> Identifier:
    """Check a number of a kind (id_card, uscc, bank_card, mobile, plate). With `on`, a birth date after it is wrong.

    Raises `Refusal` for a kind it does not know.

    >>> check("id_card", "11010519491231002X").parts["birth_date"]
    '1949-12-31'
    >>> check("id_card", "110105194912310021").why.en
    'the check digit is 1, it should be X'
    """
    text = value.strip()
    match kind:
        case "id_card":
            return _id_card(text.upper(), on)
        case "uscc":
            return _uscc(text.upper())
        case "bank_card":
            return _bank_card(re.sub(r"[ -]", "", text))
        case "mobile":
            return _mobile(re.sub(r"[ -]", "", text))
        case "plate":
            return _plate(re.sub(r"[ ·•・.-]", "", text.upper()))
    kinds = "、".join(get_args(Kind))
    raise Refusal(
        "unknown_identifier",
        Words(
            zh=f"不认识的号码种类「{kind[:30]}」；可查：{kinds}",
            en=f"no identifier of kind {kind[:30]!r}; there are: {kinds}",
        ),
        "机构内部规则：号码校验",
    )


def id_card_check_digit(first_17: str) -> str:
    """The check digit of a citizen's identity number (GB 11643) from its first 17 digits.

    >>> id_card_check_digit("11010519491231002")
    'X'
    """
    return _ID_CHECK[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, first_17, strict=True)) % 11]


def uscc_check_character(first_17: str) -> str:
    """The check character of a unified social credit code (GB 32100) from its first 17 characters.

    >>> uscc_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first_17))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def luhn_check_digit(payload: str) -> str:
    """The last digit that makes a card number pass Luhn's test.

    >>> luhn_check_digit("622848040256489001")
    '8'
    """
    total = 0
    for place, digit in enumerate(reversed(payload)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


_FINE = Words(zh="格式与校验均正确", en="well formed and its check is right")


def _wrong(kind: Kind, zh: str, en: str, **parts: str) -> Identifier:
    return Identifier(kind, False, Words(zh=zh, en=en), parts)


def _check_wrong(kind: Kind, found: str, expected: str, **parts: str) -> Identifier:
    return _wrong(
        kind,
        f"校验码为 {found}，应为 {expected}",
        f"the check digit is {found}, it should be {expected}",
        expected_check_digit=expected,
        **parts,
    )


def _id_card(text: str, on: date | None) -> Identifier:
    if re.fullmatch(r"[0-9]{15}", text):
        return _wrong(
            "id_card",
            "十五位旧号已停止使用，须为十八位",
            "a 15-digit number of the first generation is out of use; 18 are needed",
        )
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return _wrong(
            "id_card", "须为十七位数字加一位校验码（数字或 X）", "17 digits and a check digit (0–9 or X) are needed"
        )
    province = PROVINCES.get(text[:2])
    if province is None:
        return _wrong("id_card", f"地区码 {text[:2]} 不存在", f"no province has the code {text[:2]}")
    try:
        birth = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return _wrong("id_card", f"出生日期 {text[6:14]} 不存在", f"{text[6:14]} is no date of birth")
    if on is not None and birth > on:
        return _wrong("id_card", f"出生日期 {birth} 晚于 {on}", f"the date of birth {birth} is after {on}")
    if birth.year < (on.year - OLDEST if on is not None else BEFORE_ANY_DAY):
        return _wrong(
            "id_card",
            f"出生日期 {birth} 不可信（距今逾 {OLDEST} 年），请核对证件",
            f"the date of birth {birth} is implausible, more than {OLDEST} years ago; check the document",
        )
    parts = {
        "region": text[:6],
        "province": province,
        "birth_date": birth.isoformat(),
        "sex": "male" if int(text[16]) % 2 else "female",
    }
    expected = id_card_check_digit(text[:17])
    if text[17] != expected:
        return _check_wrong("id_card", text[17], expected, **parts)
    return Identifier("id_card", True, _FINE, parts | {"check_digit": expected})


def _uscc(text: str) -> Identifier:
    if len(text) != 18:
        return _wrong("uscc", f"须为十八位，现为 {len(text)} 位", f"18 characters are needed, these are {len(text)}")
    if strange := next((each for each in text if each not in _USCC_ALPHABET), ""):
        return _wrong(
            "uscc",
            f"不得含字符 {strange}（不使用 I、O、S、V、Z）",
            f"{strange} may not occur (I, O, S, V, Z are not used)",
        )
    if not re.fullmatch(r"[0-9]{6}", text[2:8]):
        return _wrong(
            "uscc",
            "第三至八位（登记机关行政区划码）须为数字",
            "characters 3 to 8, the region of registration, must be digits",
        )
    if text[0] == NO_DEPARTMENT:
        return _wrong("uscc", "登记管理部门代码 0 不存在", "no registration department has the code 0")
    if text[2:8] != NATION and text[2:4] not in PROVINCES:
        return _wrong("uscc", f"行政区划码 {text[2:8]} 不存在", f"no region has the code {text[2:8]}")
    parts = {
        "registration_department": text[0],
        "category": text[1],
        "region": text[2:8],
        "organisation_code": f"{text[8:16]}-{text[16]}",
    }
    expected = uscc_check_character(text[:17])
    if text[17] != expected:
        return _check_wrong("uscc", text[17], expected, **parts)
    department = DEPARTMENTS.get(text[0])
    known = department is not None and text[1] in department.categories
    doubt = Words(
        zh=f"格式与校验均正确，但登记管理部门与机构类别代码 {text[:2]} 不在已知之列，请核对证件",
        en=f"well formed and its check is right, but the department and category {text[:2]} are not among those known; check the document",
    )
    return Identifier("uscc", True, _FINE if known else doubt, parts | {"check_digit": expected})


def _bank_card(text: str) -> Identifier:
    if not re.fullmatch(r"[0-9]{16,19}", text):
        return _wrong("bank_card", "须为十六至十九位数字", "16 to 19 digits are needed")
    if text.startswith(NO_ISSUER):
        return _wrong("bank_card", f"首位 {text[0]} 不是银行卡号段", f"no bank's card begins with {text[0]}")
    parts = {"issuer": text[:6], "scheme": "unionpay" if text.startswith("62") else "other"}
    expected = luhn_check_digit(text[:-1])
    if text[-1] != expected:
        return _check_wrong("bank_card", text[-1], expected, **parts)
    doubt = Words(
        zh=f"格式与校验均正确，但号段 {text[:2]} 不是银联常用的 {'、'.join(UNIONPAY)}，请核对",
        en=f"well formed and its check is right, but {text[:2]} is not among UnionPay's usual beginnings ({', '.join(UNIONPAY)}); check it",
    )
    return Identifier(
        "bank_card", True, _FINE if text.startswith(UNIONPAY) else doubt, parts | {"check_digit": expected}
    )


def _mobile(text: str) -> Identifier:
    number = re.sub(r"^(\+|00)?86(?=1[0-9]{10}$)", "", text)
    if not re.fullmatch(r"[0-9]{11}", number):
        return _wrong("mobile", "须为十一位数字（可带 +86）", "11 digits are needed (+86 may precede)")
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        return _wrong("mobile", f"号段 {number[:3]} 不是手机号段", f"{number[:3]} is no range of mobile numbers")
    return Identifier("mobile", True, Words(zh="格式正确", en="well formed"), {"number": number, "range": number[:3]})


def _plate(text: str) -> Identifier:
    well_formed = Words(zh="格式正确", en="well formed")
    parts = {"place": text[:1], "office": text[1:2], "number": text[2:]}
    if _ORDINARY_PLATE.fullmatch(text):
        return Identifier("plate", True, well_formed, parts | {"type": "ordinary"})
    if _ENERGY_SMALL.fullmatch(text) or _ENERGY_LARGE.fullmatch(text):
        return Identifier("plate", True, well_formed, parts | {"type": "new_energy"})
    if text[:1] not in _PLATE_PLACES:
        return _wrong("plate", "首字须为省级行政区简称", "the first character must be the short name of a province")
    return _wrong(
        "plate",
        "须为省简称、字母，加五位（不含 I、O）或新能源六位（D/F 等字母在首位或末位）",
        "the province, a letter, then five characters (no I or O), or six of a new-energy vehicle (its letter first or last)",
    )
