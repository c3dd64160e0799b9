"""Citations: an article is stored as (instrument, version, number) and printed in the number in force on the day asked.

民事诉讼法 was renumbered in 2021 and 2023: the two-year period for enforcement was article 239, then 246, now 250. The
interpretations still print the numbers of the text they were written for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal, Words
from legal_service.law.figures import numeral
from legal_service.law.parameters import Status

_ARTICLE = re.compile(r"《?([一-鿿]+?)》?(?:[（(](\d{4}[^）)]*)[）)])? ?第([〇零一二三四五六七八九十百千]+)条")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an instrument: its label (2023修正, empty when there is only one) and the day it came into force.

    `name` is how that text was called; 民法典 book one was 民法总则 before 2021, article by article.
    """

    label: str
    since: date
    name: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Articles first…last of the version before bear number + shift in the version that came into force on `since`."""

    since: date
    first: int
    last: int
    shift: int
    status: Status


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law or interpretation with its versions, oldest first, and how its articles were renumbered."""

    code: str
    name: str
    versions: tuple[Version, ...]
    shifts: tuple[Shift, ...]

    def version_on(self, day: date) -> Version:
        """The text in force on a day. Raises `Refusal` before the first one known."""
        in_force = [version for version in self.versions if version.since <= day]
        if not in_force:
            raise Refusal(
                "not_in_force",
                Words(
                    zh=f"{day} 时《{self.name}》（已录入的最早文本自 {self.versions[0].since} 施行）尚未施行。",
                    en=f"{self.name} was not in force on {day}; the oldest text known came into force on {self.versions[0].since}",
                ),
                self.name,
            )
        return in_force[-1]

    def version_called(self, label: str) -> Version:
        """The newest version of that label; an instrument with one text only has the empty label."""
        for version in reversed(self.versions):
            if version.label == label:
                return version
        raise DefinitionError(f"{self.name} has no version {label!r}")

    def cite(self, *articles: int, written: str, on: date) -> str:
        """The citation of articles, numbered in the `written` version, as it reads on a day.

        Raises `Refusal` when an article had no counterpart in the text of that day.
        """
        version, start = self.version_on(on), self.version_called(written)
        numbers = (self._renumbered(article, start, version) for article in articles)
        label = f"({version.label})" if version.label else ""
        return f"{version.name}{label} " + "、".join(f"第{numeral(number)}条" for number in numbers)

    def _renumbered(self, article: int, start: Version, end: Version) -> int:
        forwards = start.since <= end.since
        earlier, later = (start, end) if forwards else (end, start)
        crossed = [version for version in self.versions if earlier.since < version.since <= later.since]
        number = article
        for version in crossed if forwards else reversed(crossed):
            number = self._cross(number, version, forwards)
        return number

    def _cross(self, number: int, version: Version, forwards: bool) -> int:
        for shift in self.shifts:
            offset = 0 if forwards else shift.shift
            if shift.since == version.since and shift.first + offset <= number <= shift.last + offset:
                return number + (shift.shift if forwards else -shift.shift)
        raise Refusal(
            "article_without_counterpart",
            Words(
                zh=f"《{self.name}》第{numeral(number)}条在{version.label}前后没有已核对的对应条文，请由律师确定条号。",
                en=f"article {number} of {self.name} has no checked counterpart across {version.label}; counsel must settle the number",
            ),
            f"{self.name}({version.label})",
        )


def articles_named(basis: str) -> list[tuple[str, str, int]]:
    """The articles that a printed basis names, as (instrument, version label, number).

    >>> articles_named("民事诉讼法(2023修正) 第二百五十条；民法典 第二百零二条")
    [('民事诉讼法', '2023修正', 250), ('民法典', '', 202)]
    """
    return [(name, label or "", _number(number)) for name, label, number in _ARTICLE.findall(basis)]


def _number(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def from_definition(code: str, definition: Any) -> Instrument:
    """Build an instrument from its definition (`versions`: date → label and, where it differed, name; `renumbered`: date → blocks)."""
    versions = tuple(
        Version(label=text.get("label", ""), since=since, name=text.get("name", definition["name"]))
        for since, text in sorted(definition["versions"].items())
    )
    shifts = tuple(
        Shift(since, block["articles"][0], block["articles"][1], block["shift"], block["status"])
        for since, blocks in definition.get("renumbered", {}).items()
        for block in blocks
    )
    if {shift.since for shift in shifts} - {version.since for version in versions}:
        raise DefinitionError(f"{code}.yaml: a renumbering belongs to no version")
    return Instrument(code=code, name=definition["name"], versions=versions, shifts=shifts)
