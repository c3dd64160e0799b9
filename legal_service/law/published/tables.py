"""Figures that authorities publish and no law carries: a province's yearly average wage, the loan prime rate.

None is known by heart: the house's own tables ship empty, an institution enters what it has read, with source and day of
publication. What is not entered is unknown, never guessed. A wrong row is refused by its place and field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast, get_args

from legal_service.errors import Refusal, Words
from legal_service.law.identifiers import PROVINCES
from legal_service.law.parameters import Status
from legal_service.money import Fen, Micro, parse_amount, parse_rate

_WAGE_FIELDS = ("figure", "source", "published", "status")
_UNSEEN_FIELDS = ("not_published_by", "source", "status")
_LPR_FIELDS = ("one_year", "source", "status")
_MAINLAND = tuple(name for code, name in PROVINCES.items() if int(code) < 70)
_SHORT = {
    name[: 3 if name.startswith(("内蒙古", "黑龙江")) else 2]: name for name in _MAINLAND
}  # 内蒙古、黑龙江 are the two of three characters


@dataclass(frozen=True, slots=True)
class Wage:
    """The average wage of employed persons of a province in one year, in fen, with where and when it was published."""

    province: str
    year: int
    figure: Fen
    source: str
    published: date
    status: Status


@dataclass(frozen=True, slots=True)
class Quote:
    """The one-year loan prime rate quoted on a day, in millionths."""

    on: date
    one_year: Micro
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Published:
    """The tables at hand: wages by (province, year), quotes of the loan prime rate oldest first.

    `not_out` is the last day on which somebody saw that a year's wage was not published yet.
    """

    wages: Mapping[tuple[str, int], Wage] = field(default_factory=dict)
    not_out: Mapping[tuple[str, int], date] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()

    def wage_for(self, province: str, filed_on: date) -> Wage | None:
        """The figure that counts on a day (民诉法解释 272): the year before's; the one before it where the table shows that was not out.

        None where that cannot be told from the rows entered: the figure of an older year is not taken for the last one.
        """
        year = filed_on.year - 1
        newest, checked = self.wages.get((province, year)), self.not_out.get((province, year))
        if newest is not None and newest.published <= filed_on:
            return newest
        if newest is None and (checked is None or checked < filed_on):
            return None
        older = self.wages.get((province, year - 1))
        return older if older is not None and older.published <= filed_on else None

    def quote_on(self, day: date) -> Quote | None:
        """The quote in force on a day: the last one before or on it, at most a month and a few days old.

        It is quoted every month; a gap in the table is unknown, not the rate before the gap.
        """
        found = [one for one in self.quotes if one.on <= day]
        return found[-1] if found and (day - found[-1].on).days <= _MONTH else None

    def with_more(self, other: Published, where: str) -> Published:
        """These tables and another's rows; refuses `bad_law_table` for a row that both have."""
        for province, year in sorted(self.wages.keys() & other.wages.keys()):
            raise _wrong(where, f"{province} {year}", "", "已在随系统发布的表中", "is in the house's own table")
        known = {one.on for one in self.quotes}
        for one in other.quotes:
            if one.on in known:
                raise _wrong(where, one.on.isoformat(), "", "已在随系统发布的表中", "is in the house's own table")
        quotes = sorted((*self.quotes, *other.quotes), key=lambda one: one.on)
        return Published({**self.wages, **other.wages}, {**self.not_out, **other.not_out}, tuple(quotes))


_MONTH = 38
"""Days after which a monthly quote (the 20th, moved by holidays) must have had a successor."""


def province_of(text: str) -> str:
    """The province that an address, a court's name or a province's short name begins with; empty when none does.

    >>> province_of("浙江省杭州市余杭区"), province_of("广东"), province_of("杭州市余杭区人民法院")
    ('浙江省', '广东省', '')
    """
    text = text.strip()
    for name in _MAINLAND:
        if text.startswith(name):
            return name
    return next((name for short, name in _SHORT.items() if text.startswith(short)), "")


def wages_from(definition: Any, where: str) -> Published:
    """Read the wage table: `provinces: {浙江省: {2024: {figure, source, published, status}}}`. Refuses `bad_law_table`.

    A row `{not_published_by, source, status}` says that the figure of that year was looked for and not out yet on that day.
    """
    found: dict[tuple[str, int], Wage] = {}
    not_out: dict[tuple[str, int], date] = {}
    for name, years in _table(definition, "provinces", where).items():
        province = province_of(str(name)) if len(str(name)) <= 8 else ""
        if not province:
            raise _wrong(where, str(name), "", "不是省级行政区名称", "is no province of the mainland")
        for year, row, place in _rows(years, where, str(name)):
            if type(year) is not int or not 1990 <= year <= 2099:
                raise _wrong(where, place, "", "年份须为四位整数", "the year is a whole number of four digits")
            if (province, year) in found or (province, year) in not_out:
                raise _wrong(where, place, "", "该省该年已有一行", "this province and year have a row already")
            if isinstance(row, dict) and "not_published_by" in row:
                values = _fields(row, _UNSEEN_FIELDS, where, place)
                not_out[province, year] = _day_after(year, values, "not_published_by", where, place)
                continue
            values = _fields(row, _WAGE_FIELDS, where, place)
            published = _day_after(year, values, "published", where, place)
            figure = _figure(values, where, place)
            found[province, year] = Wage(province, year, figure, values["source"], published, values["status"])
    return Published(wages=found, not_out=not_out)


def _day_after(year: int, values: Mapping[str, Any], name: str, where: str, place: str) -> date:
    day = values[name]
    if type(day) is date and day.year > year:
        return day
    raise _wrong(
        where,
        place,
        name,
        "须为该年度结束后的日期（如 2025-06-20）",
        "a day after the end of that year (2025-06-20) is needed",
    )


def quotes_from(definition: Any, where: str) -> Published:
    """Read the quotes: `quotes: {2025-11-20: {one_year, source, status}}`. Refuses `bad_law_table`."""
    found = []
    for day, row, place in _rows(_table(definition, "quotes", where), where, ""):
        if type(day) is not date:
            raise _wrong(where, place, "", "须为公布日期", "the day of the quote is needed")
        values = _fields(row, _LPR_FIELDS, where, place)
        try:
            rate = parse_rate(str(values["one_year"]))
        except ValueError:
            rate = 0
        if isinstance(values["one_year"], bool) or not 0 < rate < 500_000:
            raise _wrong(
                where,
                place,
                "one_year",
                "须为小数年利率（如 0.0345）",
                "a yearly rate as a fraction (0.0345) is needed",
            )
        found.append(Quote(day, rate, values["source"], values["status"]))
    return Published(quotes=tuple(sorted(found, key=lambda one: one.on)))


def _table(definition: Any, name: str, where: str) -> dict[Any, Any]:
    if definition is None:
        return {}
    if not isinstance(definition, dict) or set(definition) != {name} or not isinstance(definition[name] or {}, dict):
        raise _wrong(where, name, "", f"文件须只有一个映射「{name}」", f"the file holds one mapping, {name!r}")
    return definition[name] or {}


def _rows(rows: Any, where: str, place: str) -> Iterator[tuple[Any, Any, str]]:
    if not isinstance(rows, dict):
        raise _wrong(where, place, "", "须为映射", "a mapping is needed")
    for key, row in rows.items():
        yield key, row, f"{place} {key}".strip()


def _fields(row: Any, wanted: tuple[str, ...], where: str, place: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise _wrong(where, place, "", f"须有字段 {'、'.join(wanted)}", f"needs the fields {', '.join(wanted)}")
    for name in (*wanted, *(key for key in row if key not in wanted)):
        if name not in wanted:
            raise _wrong(where, place, str(name), "没有这个字段", "there is no such field")
        if row.get(name) is None:
            raise _wrong(where, place, name, "缺少此字段", "this field is missing")
    if not isinstance(row["source"], str) or not row["source"].strip():
        raise _wrong(where, place, "source", "须写明出处", "where it was read is needed")
    if row["status"] not in get_args(Status):
        listed = ", ".join(get_args(Status))
        raise _wrong(where, place, "status", f"须为 {listed} 之一", f"one of {listed} is needed")
    return row | {"source": row["source"].strip(), "status": cast(Status, row["status"])}


def _figure(values: Mapping[str, Any], where: str, place: str) -> Fen:
    value = values["figure"]
    try:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError
        figure = parse_amount(str(value))
        if not 500_000 <= figure <= 100_000_000:
            raise ValueError
    except ValueError:
        raise _wrong(
            where,
            place,
            "figure",
            "须为元的年平均工资（5,000 元以上、1,000,000 元以下，不带千分位）",
            "a yearly wage in yuan is needed (5,000 to 1,000,000, no separators)",
        ) from None
    return figure


def _wrong(where: str, place: str, name: str, zh: str, en: str) -> Refusal:
    row = f"{where}:{place[:60]}" + (f":{name[:40]}" if name else "")
    return Refusal("bad_law_table", Words(zh=f"{row}：{zh}", en=f"{row}: {en}"), "机构内部规则：公布数据表")
