"""An answer as a lawyer reads it: the figure large, the facts, the working line by line, each basis with its mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from legal_service.errors import Words
from legal_service.law.forms.parts import Field
from legal_service.law.parameters import Parameters, Status
from legal_service.law.standing import Cited, standing
from legal_service.money import grouped, parse_amount
from legal_service.web import reader, speaking
from legal_service.web.pages import law

YES, NO, NOTHING = Words("是", "yes"), Words("否", "no"), Words("—", "—")
_NOTED = re.compile(r"(.+?) ?(?:〔(.+)〕|\[(.+)\])")
YUAN = Words("元", "yuan")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as printed: `lines` of text, or reasons with their articles; `kind` decides its alignment and language."""

    kind: str
    lines: tuple[Words | str, ...] = ()
    cited: tuple[Cited, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unit: Words | None = None
    table: law.Table | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence with its article."""

    text: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list of objects; `key` names it in the page; `as_before` is the title of a table above that says the same."""

    key: str
    title: Words
    heads: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    as_before: Words | None = None


@dataclass
class Result:
    """What is printed, in order; `doubts` are what awaits counsel, `notes` what to beware of."""

    figures: list[tuple[Words, Cell]] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    facts: list[tuple[Words, Cell]] = field(default_factory=list)
    groups: list[tuple[Words, list[tuple[Words, Cell]]]] = field(default_factory=list)
    working: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    bases: list[Cited] = field(default_factory=list)


def result(told: Mapping[str, Any], gives: tuple[Field, ...], parameters: Parameters) -> Result:
    """Lay an answer out as its form says; what the form does not name is printed under its own name."""
    page = Result()
    for one in (*gives, *_unnamed(told, gives)):
        value = told.get(one.name)
        if one.shown == "hidden" or value in (None, ""):
            continue
        if one.shown == "note":
            said = value if isinstance(value, list) else [value]
            kept = page.doubts if one.name == "awaiting_counsel" else page.notes
            kept += [_noted(line, parameters) for line in said]
        elif one.shown == "working":
            page.working += value
        elif one.shown == "basis":
            page.bases += _cited(told, str(value), parameters)
        elif one.kind == "rows":
            if value:
                page.tables.append(_after(page.tables, _table(one, value, parameters)))
        elif one.kind == "object":
            page.groups.append((one.title, _group(one, value, parameters)))
        elif one.shown == "figure":
            page.figures.append((one.title, cell(one, value, told, parameters)))
        else:
            page.facts.append((one.title, cell(one, value, told, parameters)))
    return page


def cell(one: Field, value: Any, told: Mapping[str, Any], parameters: Parameters) -> Cell:
    """One value as printed."""
    if one.name in _PARTS and value in _CODES:
        return Cell("text", (_CODES[value],))
    if value is None or value in ("", []):
        return Cell("text", (NOTHING,))
    if one.shown == "basis":
        return Cell("basis", cited=tuple(_cited(told, str(value), parameters)))
    if one.kind == "amount":
        return Cell("amount", (grouped(parse_amount(str(value))),), unit=YUAN)
    if one.kind == "rate":
        return Cell("amount", (f"{(Decimal(str(value)) * 100).normalize():f}%",))
    if one.kind == "day":
        return Cell("day", (speaking.day(date.fromisoformat(value)),))
    if one.kind == "flag":
        return Cell("flag", (YES if value else NO,))
    if one.kind == "choice":
        return Cell("text", (next((each.title for each in one.options if each.code == value), str(value)),))
    if one.kind == "rows":
        return Cell("reasons", reasons=tuple(_reason(each, parameters) for each in value))
    if one.kind == "any":
        exact, spoken = _exact(value), reader.language()
        unit = law.UNITS.get(str(told.get("unit")))
        return Cell("text", (law.text(exact, spoken),), unit=unit, table=law.table(exact, spoken))
    lines = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return Cell("echo" if one.echo else one.kind, lines)


def _exact(value: Any) -> Any:
    """A parameter's value with its decimals as decimals again: they are printed as parts of a hundred too."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+\.[0-9]+", value):
        return Decimal(value)
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    return [_exact(each) for each in value] if isinstance(value, list) else value


def _cited(told: Mapping[str, Any], basis: str, parameters: Parameters) -> list[Cited]:
    """A basis that comes with its own status is marked by that, else by the table."""
    status: Status | None = told.get("status")
    if status in law.STATUSES:
        return [Cited(basis, status)]
    return standing(basis, parameters)


def _noted(line: str, parameters: Parameters) -> Reason:
    """A sentence that may end with its article: 一审未提出的，二审不再支持〔诉讼时效规定(2020修正) 第三条〕."""
    found = _NOTED.fullmatch(line)
    return Reason(found[1], tuple(standing(found[2] or found[3], parameters))) if found else Reason(line, ())


def _reason(told: Mapping[str, Any], parameters: Parameters) -> Reason:
    return Reason(str(told.get("text", "")), tuple(_cited(told, str(told.get("basis", "")), parameters)))


def _table(one: Field, rows: list[dict[str, Any]], parameters: Parameters) -> Table:
    reasoned = {each.name for each in one.fields} >= {"text", "basis", "status"}
    shown = [each for each in one.fields if each.shown != "hidden" and not (reasoned and each.name == "status")]
    heads = tuple(each for each in shown if any(row.get(each.name) not in (None, "", []) for row in rows))
    return Table(
        key=one.name,
        title=one.title,
        heads=heads,
        rows=tuple(tuple(cell(each, row.get(each.name), row, parameters) for each in heads) for row in rows),
    )


def _after(before: list[Table], table: Table) -> Table:
    same = next((one.title for one in before if one.rows == table.rows), None)
    return table if same is None else replace(table, as_before=same)


def _group(one: Field, value: Mapping[str, Any], parameters: Parameters) -> list[tuple[Words, Cell]]:
    if {"text", "basis", "status"} <= set(value):
        return [(Words("", ""), Cell("reasons", reasons=(_reason(value, parameters),)))]
    named = (*one.fields, *_unnamed(value, one.fields))
    return [
        (each.title, _inner(each, value[each.name], value, parameters))
        for each in named
        if each.shown != "hidden" and value.get(each.name) is not None
    ]


def _inner(one: Field, value: Any, told: Mapping[str, Any], parameters: Parameters) -> Cell:
    if isinstance(value, Mapping):
        return Cell("reasons", reasons=(_reason(value, parameters),))
    return cell(one, value, told, parameters)


_PARTS: dict[str, Words] = {
    "birth_date": Words("出生日期", "born"),
    "category": Words("机构类别", "category"),
    "check_digit": Words("校验位", "check digit"),
    "issuer": Words("发卡机构代码", "issuer"),
    "number": Words("号码", "number"),
    "office": Words("发牌机关代号", "office"),
    "organisation_code": Words("组织机构代码", "organisation code"),
    "place": Words("省级行政区", "place"),
    "province": Words("省份", "province"),
    "range": Words("号段", "range"),
    "region": Words("行政区划码", "region"),
    "registration_department": Words("登记管理部门", "registration department"),
    "scheme": Words("卡组织", "scheme"),
    "sex": Words("性别", "sex"),
    "type": Words("种类", "type"),
}
_CODES: dict[str, Words] = {
    "male": Words("男", "male"),
    "female": Words("女", "female"),
    "unionpay": Words("银联", "UnionPay"),
    "other": Words("其他", "other"),
    "ordinary": Words("普通车牌", "ordinary"),
    "new_energy": Words("新能源车牌", "new energy"),
}
"""What a number tells, by name and by code."""


def _unnamed(told: Mapping[str, Any], known: tuple[Field, ...]) -> list[Field]:
    """Members that no form names: the parts of a number, whose names depend on its kind."""
    names = {one.name for one in known}
    return [
        Field(name, "any", _PARTS.get(name, Words(name, name.replace("_", " ")))) for name in told if name not in names
    ]
