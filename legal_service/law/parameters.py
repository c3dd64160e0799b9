"""What only the legislator may change: dated values, each with its article beside it.

A value is asked for with a date or not at all; a date before the first value is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal, get_args

from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal, Words

Status = Literal["verified", "secondary", "awaiting_counsel"]

MOST_NEAR = 5

_REQUIRED = {"name", "says", "unit", "values"}
_OPTIONAL = {"runs_from", "counts", "rolls", "note"}
_VALUE_FIELDS = {"value", "basis", "status", "note"}


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a parameter as the law stood from a day on, and what is to be known of that value (`note`).

    `value` is what the definition says (whole number, exact decimal, text, list or mapping); `basis` is instrument
    with version, then article; `status` says how far the text was checked.
    """

    since: date
    value: Any
    basis: str
    status: Status
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with all its dated values, oldest first: its name, what it says and what is to be known of it.

    Periods also say what they run from (`runs_from`), whether the day is counted forwards or backwards from it
    (`counts`) and whether a last day on a holiday moves to the next working day (`rolls`).
    """

    key: str
    name: Words
    says: Words
    unit: str
    values: tuple[Dated, ...]
    runs_from: str = ""
    counts: Literal["after", "before"] = "after"
    rolls: bool = True
    note: Words | None = None

    def on(self, day: date) -> Dated:
        """The value in force on a day. Raises `Refusal` for a day before the first value."""
        found = None
        for dated in self.values:
            if dated.since <= day:
                found = dated
        if found is None:
            first = self.values[0]
            raise Refusal(
                "before_first_value",
                Words(
                    zh=f"「{self.name.zh}」自 {first.since} 起才有数据，{day} 适用的旧法须由律师核定。",
                    en=f"“{self.name.en}” has no value before {first.since}; the older law on {day} needs counsel.",
                ),
                first.basis,
            )
        return found

    def noted(self, dated: Dated) -> Words:
        """What is to be known of a value: the parameter's note, then the value's own; empty where there is neither."""
        notes = [note for note in (self.note, dated.note) if note]
        return Words(zh="".join(note.zh for note in notes), en=" ".join(note.en for note in notes))


class Parameters:
    """All parameters of the house, by key (`court_fees/acceptance`) or name in either language (财产案件受理费)."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._by_key = dict(parameters)
        self._by_name: dict[str, Parameter] = {}
        for parameter in parameters.values():
            for name in (parameter.name.zh, parameter.name.en):
                other = self._by_name.setdefault(name.lower(), parameter)
                if other is not parameter:
                    raise DefinitionError(f"{other.key}.yaml and {parameter.key}.yaml bear the same name {name}")

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_key.values())

    def parameter(self, key: str) -> Parameter:
        """The parameter of that key or name. Raises `Refusal` naming those that are called nearly so."""
        found = self._by_key.get(key.replace(".", "/")) or self._by_name.get(key.lower())
        if found is None:
            near = self.near(key)
            raise Refusal(
                "unknown_parameter",
                Words(
                    zh=f"没有名为「{key[:60]}」的法律参数{near.zh}。全部参数见网页 /law 或 legal law explain。",
                    en=f"There is no parameter “{key[:60]}”{near.en}. The page /law and legal law explain list all of them.",
                ),
                "机构内部规则：法律参数表",
            )
        return found

    def near(self, sought: str, folder: str = "") -> Words:
        """The end of a sentence that names those of a folder called nearly so: 「；相近的有「答辩期」（periods/defence）」."""
        near = self._near(sought[:60], folder)
        zh = "、".join(f"「{one.name.zh}」（{one.key}）" for one in near)
        en = ", ".join(f"“{one.name.en}” ({one.key})" for one in near)
        return Words(zh=f"；相近的有{zh}", en=f"; near it: {en}") if near else Words("", "")

    def _near(self, sought: str, folder: str) -> list[Parameter]:
        """At most five parameters whose key or name is nearly, or contains, what was sought; the nearest first."""
        known = [one for one in self if one.key.startswith(f"{folder}/") or not folder]
        called = [
            (name, one) for one in known for name in (one.key, one.key.split("/")[-1], one.name.zh, one.name.en.lower())
        ]
        written = sought.lower().replace(".", "/").strip()
        names = [name for name, _ in called]
        near = get_close_matches(written, names, n=10, cutoff=0.7)
        near += [name for name in names if len(written) > 1 and written in name]
        return list({one.key: one for name in near for called_so, one in called if called_so == name}.values())[
            :MOST_NEAR
        ]

    def on(self, key: str, day: date) -> Dated:
        """The value of a parameter in force on a day."""
        return self.parameter(key).on(day)

    def within(self, folder: str) -> dict[str, Parameter]:
        """The parameters of one folder, by the last part of their key."""
        prefix = folder + "/"
        return {key.removeprefix(prefix): found for key, found in self._by_key.items() if key.startswith(prefix)}


def from_definition(key: str, definition: Any) -> Parameter:
    """Build a parameter from its definition. Raises `DefinitionError` when a value has no date, basis or status."""
    where = f"{key}.yaml"
    if not isinstance(definition, dict) or not definition.keys() >= _REQUIRED:
        raise DefinitionError(f"{where}: needs {sorted(_REQUIRED)}")
    if unknown := definition.keys() - _REQUIRED - _OPTIONAL:
        raise DefinitionError(f"{where}: unknown fields {sorted(map(str, unknown))}")
    values = definition["values"]
    if not isinstance(values, dict) or not values:
        raise DefinitionError(f"{where}: no dated values")
    counts = definition.get("counts", "after")
    if counts not in ("after", "before"):
        raise DefinitionError(f"{where}: counts is after or before, not {counts!r}")
    return Parameter(
        key=key,
        name=_words(where, "name", definition["name"]),
        says=_words(where, "says", definition["says"]),
        unit=str(definition["unit"]),
        values=tuple(sorted((_dated(where, day, value) for day, value in values.items()), key=lambda each: each.since)),
        runs_from=str(definition.get("runs_from", "")),
        counts=counts,
        rolls=bool(definition.get("rolls", True)),
        note=_words(where, "note", definition["note"]) if "note" in definition else None,
    )


def _words(where: str, field: str, told: Any) -> Words:
    """A text in both languages of the house, each of them written out."""
    spoken = (
        {language: text.strip() for language, text in told.items() if isinstance(text, str)}
        if isinstance(told, dict)
        else {}
    )
    if not isinstance(told, dict) or set(told) != {"zh", "en"} or not all(map(spoken.get, ("zh", "en"))):
        raise DefinitionError(f"{where}: {field} needs zh and en, not {str(told)[:60]!r}")
    return Words(zh=spoken["zh"], en=spoken["en"])


def _dated(where: str, day: Any, entry: Any) -> Dated:
    if type(day) is not date:
        raise DefinitionError(f"{where}: {day!r} is not a date")
    if not isinstance(entry, dict) or entry.get("value") is None:
        raise DefinitionError(f"{where}: {day} has no value")
    if unknown := entry.keys() - _VALUE_FIELDS:
        raise DefinitionError(f"{where}: {day} has unknown fields {sorted(map(str, unknown))}")
    basis = entry.get("basis")
    if not isinstance(basis, str) or not basis.strip():
        raise DefinitionError(f"{where}: {day} has no basis")
    status: Any = entry.get("status")
    if status not in get_args(Status):
        raise DefinitionError(f"{where}: {day} needs a status out of {', '.join(get_args(Status))}")
    note = _words(f"{where}: {day}", "note", entry["note"]) if "note" in entry else None
    return Dated(since=day, value=entry["value"], basis=basis.strip(), status=status, note=note)
