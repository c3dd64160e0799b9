"""One search box: what a typed text can be, and what is searched for it. The text itself is personal and is never kept or logged.

People are found through blind indexes, so only exactly; numbers of the house also by their beginning. What was searched is
said with the result: an empty answer must not be mistaken for "there is no such person".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from legal_service import labels
from legal_service.cases.step_data import court_number
from legal_service.errors import Refusal, Words
from legal_service.law import identifiers

KINDS = ("case_no", "loan_no", "contract_no", "court_case_number", "id_number", "phone", "name")
Match = Literal["exact", "prefix"]

labels.register(
    "search_kind",
    {
        "case_no": ("案件号", "case number"),
        "loan_no": ("借据号", "loan number"),
        "contract_no": ("合同号", "contract number"),
        "court_case_number": ("法院案号", "court case number"),
        "id_number": ("证件号码（借款人、保证人）", "ID number (borrower, guarantor)"),
        "phone": ("手机号（首要号码）", "phone (first number)"),
        "name": ("姓名（借款人）", "name (borrower)"),
    },
)

MOST_HITS = 50
PREFIX_FROM = 4
"""Shorter beginnings would find half the portfolio: they are matched exactly."""

_ID = re.compile(r"[0-9A-Z]{6,20}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,20}")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[·•・‧∙.' -]){0,59}")
_NUMBER = re.compile(r"[\w#/().（）〔〕\[\]-]{1,100}")
_DOTS = str.maketrans(dict.fromkeys("•・‧∙", "·"))


@dataclass(frozen=True, slots=True)
class Sought:
    """One way in which a text is looked up: the spellings tried, exactly or as beginnings."""

    kind: str
    match: Match
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched and how much it found; says nothing of the text."""

    kind: str
    match: Match
    found: int

    @property
    def words(self) -> Words:
        """The sentence that stands above the result.

        >>> Searched("id_number", "exact", 0).words.zh
        '按证件号码（借款人、保证人）精确匹配'
        """
        name = labels.label("search_kind", self.kind)
        match self.match:
            case "exact":
                return Words(zh=f"按{name.zh}精确匹配", en=f"by {name.en}, exactly")
            case "prefix":
                return Words(zh=f"按{name.zh}的开头匹配", en=f"by the beginning of the {name.en}")


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case found. `borrower` is personal: pages mask it. `matched` names the kinds that led here."""

    case_no: str
    stage: str
    borrower: str
    loan_nos: tuple[str, ...]
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoanHit:
    """A loan found that is in no case."""

    loan_no: str
    contract_no: str
    borrower: str
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was searched, the cases and the loans without a case; `cut` when there was more than is shown."""

    searched: tuple[Searched, ...]
    cases: tuple[CaseHit, ...]
    loans: tuple[LoanHit, ...]
    cut: bool


def read_text(text: str) -> tuple[Sought, ...]:
    """Everything that a typed text may be, with the spellings to try; refuses `bad_search`.

    >>> [one.kind for one in read_text("１１０１０５ １９４９１２３１ ００２ｘ")]
    ['loan_no', 'contract_no', 'id_number']
    >>> [one.kind for one in read_text("张三")]
    ['contract_no', 'name']
    """
    typed = " ".join(unicodedata.normalize("NFC", text).split())
    narrow = unicodedata.normalize("NFKC", typed)
    if not narrow or len(narrow) > 100 or not narrow.isprintable():
        raise Refusal(
            "bad_search",
            Words(
                zh="请输入案件号、借据号、合同号、证件号码、手机号或姓名（最多 100 字）。",
                en="type a case, loan or contract number, an ID number, a phone or a name (at most 100 characters).",
            ),
            "机构内部规则：搜索（house policy: search）",
        )
    found = [*_numbers(narrow), *_court(narrow), *_id(narrow), *_phone(narrow), *_name(typed, narrow)]
    return tuple(found)


def read_number(text: str) -> tuple[Sought, ...]:
    """The same for a filter whose text stands in the URL: numbers of the house only. Refuses `use_search` for what names a person.

    >>> [one.kind for one in read_number("LC-2026-0001")]
    ['case_no', 'loan_no', 'contract_no']
    """
    sought = read_text(text)
    compact = next((one.values[0] for one in sought if one.kind == "id_number"), "")
    person = identifiers.check("id_card", compact).valid if len(compact) == 18 else False
    mobile = any(
        len(value) == 11 and value.startswith("1") for one in sought if one.kind == "phone" for value in one.values
    )
    if person or mobile or any(one.kind == "name" and not text.isascii() for one in sought):
        raise Refusal(
            "use_search",
            Words(
                zh="清单的筛选条件会留在网址里，只能填案件号、借据号或合同号；姓名、证件号码、手机号请用搜索框。",
                en="what filters the list stays in the URL: case, loan and contract numbers only. For names, ID numbers and phones use the search box.",
            ),
            "个人信息保护法 第五十一条",
        )
    return tuple(one for one in sought if one.kind in ("case_no", "loan_no", "contract_no"))


def _numbers(text: str) -> list[Sought]:
    compact = text.replace(" ", "")
    if not _NUMBER.fullmatch(compact):
        return []
    match: Match = "prefix" if len(compact) >= PREFIX_FROM else "exact"
    spellings = _each(compact, compact.upper())
    kinds = [kind for kind in ("case_no", "loan_no") if compact.isascii() and any(one.isdigit() for one in compact)]
    if not re.match(r"(?i)l", compact):
        kinds = [kind for kind in kinds if kind != "case_no"]  # every case number of the house begins with LC
    return [Sought(kind, match, spellings) for kind in kinds] + [Sought("contract_no", match, _each(*spellings, text))]


def _court(text: str) -> list[Sought]:
    number = court_number(text)
    return [Sought("court_case_number", "exact", (number,))] if number else []


def _id(text: str) -> list[Sought]:
    compact = re.sub(r"[ -]", "", text).upper()
    if not _ID.fullmatch(compact) or sum(one.isdigit() for one in compact) < 6:
        return []
    return [Sought("id_number", "exact", _each(compact, text.upper()))]


def _phone(text: str) -> list[Sought]:
    if not _PHONE.fullmatch(text):
        return []
    digits = re.sub(r"\D", "", text)
    digits = re.sub(r"^(?:0086|86(?=1\d{10}$))", "", digits)
    digits = digits.removeprefix("86") if text.startswith("+86") and not text.startswith("+861") else digits
    if not 7 <= len(digits) <= 12:
        return []
    spellings = [digits, text]
    if len(digits) == 11 and digits.startswith("1"):
        first, middle, last = digits[:3], digits[3:7], digits[7:]
        spellings += [f"+86{digits}", f"+86 {digits}", f"86{digits}", f"0086{digits}"]
        spellings += [f"{first} {middle} {last}", f"{first}-{middle}-{last}"]
    elif digits.startswith("0"):
        spellings += [f"{digits[:3]}-{digits[3:]}", f"{digits[:4]}-{digits[4:]}"]
    return [Sought("phone", "exact", _each(*spellings))]


def _name(typed: str, narrow: str) -> list[Sought]:
    if not _NAME.fullmatch(narrow.translate(_DOTS)) or len(narrow) < 2:
        return []
    plain = [typed, narrow, typed.translate(_DOTS), narrow.translate(_DOTS)]
    return [Sought("name", "exact", _each(*plain, *(one.replace(" ", "") for one in plain)))]


def _each(*spellings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spellings))
