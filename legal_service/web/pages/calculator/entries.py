"""What the reader entered in the form of a question: scalars by name, rows as `events.0.kind`, lists one line each.

An empty field is an argument left out. Rows keep the place they had on the page, so that an error finds its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from legal_service.errors import Refusal, Words
from legal_service.law.forms.parts import Field, Form

MOST_ROWS = 60
ADD, DROP, HOUR = "add", "drop", ".hour"
_PERCENT = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]{1,4})?)\s*[%％]\s*")
_PLACE = re.compile(r"(\w+)\[(\d+)\]\.(.+)")


@dataclass
class Entries:
    """The fields as entered; `rows` are the places of each list's rows on the page. `asked` once a question was put."""

    values: Mapping[str, str]
    rows: dict[str, list[int]] = field(default_factory=dict)
    asked: bool = False
    faults: dict[str, Words] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    def note(self, refusal: Refusal) -> bool:
        """Lay a refusal beside the field it is about; False where it is about none."""
        named = str(getattr(refusal, "field", ""))
        if not named:
            return False
        name = self._on_page(named)
        empty = not self.value(name) and not self.rows.get(name)
        rule = Words("此项必填", "is required") if empty else getattr(refusal, "rule", refusal.reason)
        self.faults[name] = rule
        return True

    def _on_page(self, named: str) -> str:
        """`events[1].on` → `events.4.on`: the second row that was filled in stands at place 4."""
        found = _PLACE.fullmatch(named)
        if found is None:
            return named
        filled = [place for place in self.rows.get(found[1], []) if self._filled(found[1], place)]
        return f"{found[1]}.{filled[int(found[2])]}.{found[3]}"

    def _filled(self, name: str, place: int) -> bool:
        return any(value for key, value in self.values.items() if key.startswith(f"{name}.{place}."))

    def arguments(self, form: Form) -> dict[str, Any]:
        """The arguments of the question."""
        found: dict[str, Any] = {}
        for one in form.asks:
            if one.kind == "rows":
                value: Any = [row for _, row in self.filled(one)]
            elif one.kind == "texts":
                value = [line.strip() for line in self.value(one.name).splitlines() if line.strip()]
            else:
                value = _plain(one, self.values, one.name)
            if value not in ("", []):
                found[one.name] = value
        return found

    def filled(self, one: Field) -> list[tuple[int, dict[str, str]]]:
        """The rows of a list that are not empty, each with its place on the page."""
        rows = [(place, self._row(one, place)) for place in self.rows.get(one.name, [])]
        return [(place, row) for place, row in rows if row]

    def is_day(self, name: str) -> bool:
        """Whether a widget for days can show what was entered; it would drop anything else."""
        try:
            return date.fromisoformat(self.value(name)).isoformat() == self.value(name)
        except ValueError:
            return not self.value(name)

    def _row(self, one: Field, place: int) -> dict[str, str]:
        told = {each.name: _plain(each, self.values, f"{one.name}.{place}.{each.name}") for each in one.fields}
        return {name: value for name, value in told.items() if value}

    def address(self) -> dict[str, str]:
        """The fields that were filled in, as an address keeps them."""
        return {name: value for name, value in self.values.items() if value}


def fresh(form: Form, today: date) -> Entries:
    """An empty form: days that default to today and codes with a usual value are filled in, a needed list has one row."""
    values: dict[str, str] = {}
    for one in form.asks:
        if one.default:
            values[one.name] = today.isoformat() if one.default == "today" else one.default
    return Entries(values, {one.name: [0] if one.required else [] for one in form.asks if one.kind == "rows"})


def read(form: Form, sent: MultiDict[str, str]) -> Entries:
    """What came with a form. The buttons `add` and `drop` change the number of rows and ask nothing."""
    known = {one.name for one in form.asks}
    values = {
        name: value.strip()[:4000]
        for name, value in sent.items()
        if name.partition(".")[0] in known and "\x00" not in value
    }
    rows = {one.name: _places(one.name, values) for one in form.asks if one.kind == "rows"}
    added, dropped = sent.get(ADD, ""), sent.get(DROP, "")
    name, _, place = dropped.rpartition(".")
    if name in rows and place.isascii() and place.isdecimal():
        rows[name] = [one for one in rows[name] if one != int(place)]
        values = {key: value for key, value in values.items() if not key.startswith(f"{dropped}.")}
    if added in rows and len(rows[added]) < MOST_ROWS:
        rows[added].append(max(rows[added], default=-1) + 1)
    for one in form.asks:
        if one.kind == "rows" and one.required and not rows[one.name]:
            rows[one.name] = [0]
    return Entries(values, rows, asked=not added and not dropped)


def _places(name: str, values: Mapping[str, str]) -> list[int]:
    found = {re.match(rf"{re.escape(name)}\.(\d{{1,3}})\.", key) for key in values}
    return sorted({int(one[1]) for one in found if one})[:MOST_ROWS]


def _plain(one: Field, values: Mapping[str, str], name: str) -> str:
    """A value as the question takes it: amounts without separators, a rate of 18% as 0.18, a day with its hour."""
    value = values.get(name, "")
    if one.kind in ("amount", "share"):
        return re.sub("[,，\\s]", "", value)
    if one.kind == "rate" and (percent := _PERCENT.fullmatch(value)):
        return f"{Decimal(percent[1]) / 100:f}"
    if one.kind == "moment" and value and (hour := values.get(name + HOUR, "")):
        return f"{value}T{hour}"
    return value
