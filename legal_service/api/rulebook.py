"""What is wrong with a field, as a stable code, with the words for it in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from legal_service.errors import Language, Words

RULES: dict[str, Words] = {
    "required": Words(zh="必填", en="is required"),
    "null": Words(zh="不得为 null", en="must not be null"),
    "unknown_field": Words(zh="没有这个字段", en="is not a field"),
    "object": Words(zh="须为一个 JSON 对象", en="must be one JSON object"),
    "list": Words(zh="须为列表", en="must be a list"),
    "text": Words(zh="须为文本，不含控制字符", en="must be text without control characters"),
    "boolean": Words(zh="须为 true 或 false", en="must be true or false"),
    "integer": Words(zh="须为整数", en="must be a whole number"),
    "date": Words(
        zh="须为 1990 至 2099 年间的日期，写作 2026-03-31", en="must be a date like 2026-03-31, from 1990 to 2099"
    ),
    "amount": Words(
        zh='须为带两位小数的金额文本，如 "1234.50"', en='must be an amount as text with two decimals, like "1234.50"'
    ),
    "length": Words(zh="长度不在允许的范围内", en="is too short or too long"),
    "range": Words(zh="不在允许的范围内", en="is out of range"),
    "choice": Words(zh="不是可用的代码", en="is not one of the codes"),
    "format": Words(zh="写法不符", en="is not written as it should be"),
    "once": Words(zh="只能出现一次", en="must occur only once"),
    "file": Words(zh="须为文件", en="must be a file"),
    "invalid": Words(zh="无效", en="is not valid"),
}
"""Rule → what it says. The code is part of the contract, the words are for people."""


UNITS: dict[str, Words] = {
    "items": Words(zh=" 项", en=" items"),
    "characters": Words(zh=" 个字符", en=" characters"),
    "": Words(zh="", en=""),
}
LENGTH_OF_LIST, LENGTH_OF_TEXT, RANGE = (
    "length:{min}:{max}:items",
    "length:{min}:{max}:characters",
    "range:{min}:{max}:",
)
"""What a bounded field writes as its message: the rule, the least, the most and their unit."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that breaks one rule; `field` reads like `loan_nos.0`, and is empty for the whole.

    `bounds` are the least, the most (either may be unbounded) and the unit of a rule that has them.
    """

    field: str
    rule: str
    bounds: tuple[int | None, int | None, str] | None = None

    def as_json(self, language: Language) -> dict[str, str]:
        """One entry of `errors`."""
        return {"field": self.field, "rule": self.rule, "says": self.says.read(language)}

    @property
    def says(self) -> Words:
        """What the rule says, its limits included."""
        if self.bounds is None:
            return RULES[self.rule]
        (least, most), unit = self.bounds[:2], UNITS[self.bounds[2]]
        has = "have" if self.rule == "length" else "be"
        if most is None:
            return Words(f"至少 {least or 0:,}{unit.zh}", f"must {has} at least {least or 0:,}{unit.en}")
        if not least:
            return Words(f"至多 {most:,}{unit.zh}", f"must {has} at most {most:,}{unit.en}")
        between = f"须为 {least:,} 至 {most:,}{unit.zh}" if unit.zh else f"须在 {least:,} 至 {most:,} 之间"
        return Words(between, f"must {has} {'' if unit.zh else 'from '}{least:,} to {most:,}{unit.en}")


class Invalid(Exception):
    """A request that was read and breaks rules of form, all of them told at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults

    @property
    def says(self) -> Words:
        """All faults in one sentence."""
        return Words(
            zh="请求有误：" + "；".join(f"{one.field or '请求'} {one.says.zh}" for one in self.faults[:10]) + "。",
            en="The request is wrong: "
            + "; ".join(f"{one.field or 'it'} {one.says.en}" for one in self.faults[:10])
            + ".",
        )


def faults_of(messages: Any, place: str = "") -> Iterator[Fault]:
    """Flatten what marshmallow says (fields of this package write rules as their messages) into faults."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from faults_of(inner, place if key == "_schema" else f"{place}.{key}".strip("."))
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from faults_of(inner, place)
    else:
        yield _fault(place[:120], str(messages))


def _fault(place: str, message: str) -> Fault:
    """`length:1:50:items` is the rule with its bounds; anything that is no rule is `invalid`."""
    rule, *bounds = message.split(":")
    if rule not in RULES or len(bounds) not in (0, 3):
        return Fault(place, "invalid")
    if not bounds:
        return Fault(place, rule)
    least, most = (int(bound) if re.fullmatch("-?[0-9]+", bound) else None for bound in bounds[:2])
    return Fault(place, rule, (least, most, bounds[2]))
