"""What is told of a clue, a measure, an entry, a term, a recovery, a release: fields as text, read once for command line, API and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from legal_service import money
from legal_service.enforcement.measures import CLUES, ENTRIES, KINDS, REGIMES
from legal_service.enforcement.measures import SOURCES as CLUE_SOURCES
from legal_service.enforcement.terms import COMPONENTS, SOURCES, Term
from legal_service.errors import Refusal, Words

Form = Literal["text", "day", "amount", "flag", "number", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is read, what it is called; `choices` and their `family` of labels where it is one of some codes."""

    form: Form
    label: Words
    required: bool = False
    choices: tuple[str, ...] = ()
    family: str = ""


_PARTY = Field("text", Words("被申请人", "against"), required=True)
RECORDS: dict[str, dict[str, Field]] = {
    "clue": {
        "kind": Field("choice", Words("财产种类", "kind of property"), True, CLUES, "clue"),
        "party": _PARTY,
        "description": Field("text", Words("财产", "property"), True),
        "source": Field("choice", Words("来源", "source"), True, CLUE_SOURCES, "clue_source"),
        "found_on": Field("day", Words("发现日", "found on"), True),
        "exempt": Field("flag", Words("生活费用或必需品", "living costs or necessities")),
    },
    "measure": {
        "kind": Field("choice", Words("措施", "measure"), True, tuple(KINDS), "measure"),
        "regime": Field("choice", Words("阶段", "regime"), True, REGIMES, "regime"),
        "party": _PARTY,
        "clue_id": Field("number", Words("财产线索编号", "number of the clue")),
        "amount": Field("amount", Words("金额（元）", "amount (yuan)"), True),
        "asked_on": Field("day", Words("申请日", "asked on"), True),
        "facts": Field("text", Words("有履行能力而拒不履行的事实", "facts of ability and refusal to pay")),
    },
    "entry": {
        "measure_id": Field("number", Words("措施编号", "number of the measure"), True),
        "kind": Field("choice", Words("事项", "what became of it"), True, ENTRIES, "measure_entry"),
        "on": Field("day", Words("日期", "on"), True),
        "until": Field("day", Words("期限至", "until")),
        "rank": Field("number", Words("查封顺位", "order of seizure")),
        "amount": Field("amount", Words("变现金额（元）", "realised (yuan)")),
        "proof": Field("text", Words("凭证 SHA-256", "SHA-256 of the proof")),
    },
    "term": {
        "component": Field("choice", Words("判项", "term"), True, COMPONENTS, "term_component"),
        "party": Field("text", Words("义务人", "owed by"), True),
        "claimed": Field("amount", Words("请求金额（元）", "claimed (yuan)"), True),
        "awarded": Field("amount", Words("判决金额（元）", "awarded (yuan)"), True),
        "due_on": Field("day", Words("履行期届满日", "last day for performance"), True),
        "reason": Field("text", Words("少于请求的理由", "why less than claimed")),
    },
    "recovery": {
        "reference": Field("text", Words("凭证号", "reference"), True),
        "received_on": Field("day", Words("到账日", "received on"), True),
        "source": Field("choice", Words("来源", "source"), True, SOURCES, "recovery_source"),
        "amount": Field("amount", Words("金额（元）", "amount (yuan)"), True),
        "reverses": Field("text", Words("冲销的凭证号", "reference that it reverses")),
    },
    "release": {
        "item": Field("text", Words("解除事项", "item of the list"), True),
        "done_on": Field("day", Words("办结日", "done on"), True),
        "proof": Field("text", Words("凭证 SHA-256", "SHA-256 of the proof")),
    },
}
"""Record → its fields."""

_RULES: dict[str, Words] = {
    "day": Words("应为 2026-03-01 形式的日期", "a date like 2026-03-01"),
    "amount": Words("应为 1234.50 形式的金额", "an amount like 1234.50"),
    "number": Words("应为正整数", "a whole number above zero"),
    "flag": Words("应为 Y 或 N", "Y or N"),
    "text": Words("应为不超过 1000 字的文字", "text of at most 1000 characters"),
}


def read(record: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a record by their types; what is empty is left out. Refuses `bad_record` naming record, field, rule and all fields.

    >>> read("recovery", {"reference": "R1", "received_on": "2026-09-20", "source": "deducted", "amount": "500.00"})["amount"]
    50000
    """
    fields = RECORDS[record]
    found: dict[str, Any] = {}
    for name, value in told.items():
        if name not in fields:
            raise _bad(record, str(name)[:40], Words("没有这个字段", "no such field"))
        if value is None or value == "":
            continue
        found[name] = _value(record, name, fields[name], value)
    for name, field in fields.items():
        if field.required and name not in found:
            raise _bad(record, name, Words("必填", "required"))
    return found


def read_terms(told: object) -> list[Term]:
    """A list of judgment terms. Refuses `bad_record`."""
    if not isinstance(told, Sequence) or isinstance(told, str) or not all(isinstance(one, Mapping) for one in told):
        raise _bad("term", "terms", Words("应为判项的列表", "a list of terms"))
    return [Term(**{"reason": "", **read("term", one)}) for one in told]


def _value(record: str, name: str, field: Field, value: object) -> Any:
    text = str(value).strip() if not isinstance(value, bool) else ("Y" if value else "N")
    if field.form == "choice":
        if text not in field.choices:
            shown = "、".join(field.choices)
            raise _bad(record, name, Words(f"应为 {shown} 之一", f"one of {', '.join(field.choices)}"))
        return text
    try:
        match field.form:
            case "day":
                return date.fromisoformat(text)
            case "amount":
                return money.parse_amount(text)
            case "number":
                if text.isascii() and text.isdigit() and 0 < int(text[:12]) < 2**31:
                    return int(text)
            case "flag":
                if text in ("Y", "N"):
                    return text == "Y"
            case _:
                if 0 < len(text) <= 1000 and "\x00" not in text:
                    return text
    except (ValueError, Refusal):
        pass
    raise _bad(record, name, _RULES[field.form])


def _bad(record: str, field: str, rule: Words) -> Refusal:
    every = RECORDS[record]
    zh = "、".join(f"{name}{'（必填）' if one.required else ''}" for name, one in every.items())
    en = ", ".join(f"{name}{' (required)' if one.required else ''}" for name, one in every.items())
    return Refusal(
        "bad_record",
        Words(
            zh=f"{record} 的字段 {field}：{rule.zh}。全部字段：{zh}。",
            en=f"{record}, field {field}: {rule.en}. All fields: {en}.",
        ),
        "机构内部规则：执行记录（house policy: records of enforcement）",
    )
