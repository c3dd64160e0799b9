"""`/law`: every parameter of the law with its dated values, article and how far the text was checked, and by whom it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from flask import render_template, request

from legal_service import clock
from legal_service.errors import Language, Words
from legal_service.law import files
from legal_service.law.parameters import Dated, Parameter, Status
from legal_service.web import reader
from legal_service.web.pages import numbering

STATUSES: dict[str, Words] = {
    "verified": Words("✓ 已核对", "✓ verified"),
    "secondary": Words("△ 二手来源", "△ secondary"),
    "awaiting_counsel": Words("◇ 待律师确认", "◇ awaiting counsel"),
}
CONFIRMS: dict[str, Words] = {
    "verified": Words("已与官方文本核对", "read in the official text"),
    "secondary": Words("须由法务人员与官方文本核对", "a lawyer of the house must read it in the official text"),
    "awaiting_counsel": Words(
        "须由本机构律师或外聘律师书面确认", "in-house or external counsel must confirm it in writing"
    ),
}
FOLDERS: dict[str, Words] = {
    "court_fees": Words("诉讼费用", "court fees"),
    "delay_interest": Words("迟延履行利息", "interest for delayed performance"),
    "interest": Words("息费", "interest and charges"),
    "jurisdiction": Words("管辖", "jurisdiction"),
    "limitation": Words("诉讼时效", "limitation"),
    "guarantee": Words("保证", "guarantees"),
    "periods": Words("期间", "periods"),
    "track": Words("审理程序", "procedure"),
}
UNITS: dict[str, Words] = {
    "yuan": Words("元", "yuan"),
    "year": Words("年", "years"),
    "month": Words("个月", "months"),
    "day": Words("日", "days"),
    "per year": Words("每年", "a year"),
    "per day": Words("每日", "a day"),
}
"""Units printed after a figure; the others (a divisor, a table, yes or no) say what the value is and need no unit."""
COLUMNS: dict[str, Words] = {
    "up_to": Words("不超过（元）", "up to (yuan)"),
    "flat": Words("定额（元）", "flat (yuan)"),
    "rate": Words("比例", "part"),
    "least": Words("最低（元）", "least (yuan)"),
    "most": Words("最高（元）", "most (yuan)"),
    "uplift_from": Words("上浮不低于", "uplift at least"),
    "uplift_to": Words("上浮不高于", "uplift at most"),
    "proof_zh": Words("所需凭证", "proof needed"),
    "proof_en": Words("所需凭证", "proof needed"),
    "effect": Words("效果", "effect"),
    "forfeits": Words("可致抗辩丧失", "may forfeit the defence"),
    "basis": Words("依据", "basis"),
    "zh": Words("事由", "event"),
    "en": Words("事由", "event"),
}


CODES: dict[str, Words] = {
    "fen_half_up": Words("四舍五入到分", "half up to the fen"),
    "fen_down": Words("舍去分以下", "cut off below the fen"),
    "yuan_half_up": Words("四舍五入到元", "half up to the yuan"),
    "yuan_down": Words("舍去元以下", "cut off below the yuan"),
    "demand": Words("请求即可", "a demand will do"),
    "suit": Words("须起诉或申请仲裁", "a suit or arbitration"),
    "open": Words("未有定论", "open"),
    "general": Words("一般保证", "general guarantee"),
    "joint": Words("连带责任保证", "joint and several guarantee"),
    "restart": Words("重新起算", "runs anew"),
    "procedure": Words("程序终结时重新起算", "runs anew from the end of the procedure"),
    "request": Words("请求时重新起算", "runs anew from the request"),
    "none": Words("无", "none"),
}
"""Values that are codes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A value that is itself a table."""

    heads: tuple[Words | str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One dated value as the page prints it; `table` where it is one. In force on the day asked, or only after it, or neither."""

    dated: Dated
    text: str
    table: Table | None
    in_force: bool
    future: bool


def show() -> str:
    """The page. `?on=` shows what held that day and what came after, `?q=` what names a word, `?status=` what was checked so far."""
    today = clock.today()
    asked = request.args.get("status", "")
    chosen = asked if asked in get_args(Status) else ""
    on, wrong = _day_asked()
    sought = request.args.get("q", "").strip()[:60]
    every, instruments = list(files.parameters()), list(files.instruments().values())
    groups: dict[str, list[tuple[Parameter, list[Value]]]] = {}
    for parameter in every:
        values = [one for one in _values(parameter, on, today) if chosen in ("", one.dated.status)]
        if values and _named(parameter, sought):
            groups.setdefault(parameter.key.split("/")[0], []).append((parameter, values))
    return render_template(
        "law.html",
        today=today,
        on=on,
        wrong=wrong,
        sought=sought,
        groups=groups,
        folder=lambda code: FOLDERS.get(code, code),
        unit=lambda unit: UNITS.get(unit, ""),
        counts={status: sum(d.status == status for p in every for d in p.values) for status in get_args(Status)},
        statuses=STATUSES,
        confirms=CONFIRMS,
        chosen=chosen,
        notices=sorted(reader.installation().calendar.notices.values(), key=lambda notice: notice.year, reverse=True),
        instruments=instruments,
        quoted=lambda value: isinstance(value, str | list) and not (isinstance(value, str) and value in CODES),
        written=list(
            dict.fromkeys(one.label for each in instruments if len(each.versions) > 1 for one in each.versions)
        ),
        converted=numbering.asked(request.args, files.instruments()),
    )


def _day_asked() -> tuple[date | None, str]:
    """The day asked for; none, and what was written, when it is no day."""
    written = request.args.get("on", "").strip()
    try:
        return (date.fromisoformat(written), "") if written else (None, "")
    except ValueError:
        return None, written[:20]


def _values(parameter: Parameter, on: date | None, today: date) -> list[Value]:
    """All values of a parameter; of a day asked for, the one in force then and those after it."""
    spoken, day = reader.language(), on or today
    before = [dated for dated in parameter.values if dated.since <= day]
    return [
        Value(
            dated,
            text(dated.value, spoken),
            table(dated.value, spoken),
            in_force=bool(before) and dated is before[-1],
            future=dated.since > day,
        )
        for dated in parameter.values
        if on is None or dated.since > day or dated is before[-1]
    ]


def _named(parameter: Parameter, sought: str) -> bool:
    """Whether a parameter's name, key, articles or texts name what is sought."""
    told = [parameter.key, *_both(parameter.name), *_both(parameter.says), *_both(parameter.note)]
    for dated in parameter.values:
        told += [dated.basis, *_both(dated.note), str(dated.value)]
    return sought.lower() in " ".join(told).lower()


def _both(words: Words | None) -> tuple[str, ...]:
    return (words.zh, words.en) if words else ()


def text(value: Any, language: Language) -> str:
    """A value in one line; empty for one that needs a table.

    >>> text(Decimal("0.24"), "zh"), text(50000, "zh"), text(True, "en"), text(["甲", "乙"], "zh")
    ('0.24（24%）', '50,000', 'yes', '甲 → 乙')
    """
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
    if isinstance(value, dict) and "zh" in value and "en" in value:
        return str(value[language])  # a rule, told in a sentence
    if isinstance(value, Decimal):
        percent = f"{(value * 100).normalize():f}%"
        return f"{value}（{percent}）" if language == "zh" else f"{value} ({percent})"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return " → ".join(text(one, language) for one in value)
    if isinstance(value, str) and value in CODES:
        return CODES[value].read(language)
    return "" if isinstance(value, dict | list) else str(value)


def table(value: Any, language: Language) -> Table | None:
    """A value made of rows: a list of mappings, or a mapping of mappings; None for any other.

    >>> table([{"up_to": 10000, "flat": 50}, {"rate": Decimal("0.025")}], "en").rows
    (('10,000', '50', ''), ('', '', '0.025 (2.5%)'))
    """
    if isinstance(value, dict):
        rows = [{"": str(key), **row} for key, row in value.items() if isinstance(row, dict)]
        return _table(rows, language) if len(rows) == len(value) else None
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return _table(value, language)
    return None


def _table(rows: Sequence[dict[str, Any]], language: Language) -> Table:
    unspoken = "en" if language == "zh" else "zh"
    names = [
        name
        for name in dict.fromkeys(key for row in rows for key in row)
        if name != unspoken and not name.endswith(f"_{unspoken}")
    ]
    return Table(
        heads=tuple(COLUMNS.get(name, name) for name in names),
        rows=tuple(tuple(_cell(name, row, language) for name in names) for row in rows),
    )


def _cell(name: str, row: dict[str, Any], language: Language) -> str:
    """One value of a row; what the row itself is called stays its code, and a sentence is one already."""
    if name not in row:
        return ""
    return str(row[name]) if name in ("", "zh", "en", "basis") else text(row[name], language)
