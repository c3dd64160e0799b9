"""Working days in mainland China: weekends, public holidays and the weekends worked instead (调休).

The State Council announces each year's holidays by notice, usually in November of the year before. A year without its
notice is not guessed: its weekends are known, its holidays are not, and every date found there is provisional. So are the
last days of December before it, for the next year's notice may name them (the one for 2019 did: 2018-12-29 and -31).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from legal_service.definitions import DefinitionError
from legal_service.law.parameters import Status

DAY = timedelta(days=1)
NEXT_YEARS = (12, 29)
"""From this day of December on, the notice of the next year decides too: none published so far names an earlier one."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The arrangement of one year. It may also name days of the last week of December before."""

    year: int
    title: str
    published: date
    status: Status
    sources: tuple[str, ...]
    holidays: dict[date, str]
    working_weekends: frozenset[date]


class Calendar:
    """The notices loaded, asked about single days."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.notices = {notice.year: notice for notice in notices}
        self._holidays: dict[date, str] = {}
        self._worked: set[date] = set()
        for notice in self.notices.values():
            self._holidays |= notice.holidays
            self._worked |= notice.working_weekends

    def knows(self, day: date) -> bool:
        """Whether every notice that may speak of a day is loaded: its year's, at the end of December the next year's too."""
        if day.year not in self.notices:
            return False
        return (day.month, day.day) < NEXT_YEARS or day.year + 1 in self.notices

    def is_working_day(self, day: date) -> bool:
        """Whether courts and banks work: make-up weekends are working days, holidays on weekdays are not."""
        if day in self._worked:
            return True
        return day.weekday() < 5 and day not in self._holidays

    def holiday(self, day: date) -> str:
        """The name of the public holiday, empty on other days."""
        return self._holidays.get(day, "")

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the one before."""
        while not self.is_working_day(day):
            day -= DAY
        return day


def from_definition(name: str, definition: Any) -> Notice:
    """Build a year's notice from its definition. Raises `DefinitionError` when a span is reversed or a day out of place."""
    year = definition["year"]
    if name != str(year):
        raise DefinitionError(f"{name}.yaml: is about {year}")
    holidays: dict[date, str] = {}
    for span in definition["holidays"]:
        first, last = span["from"], span["to"]
        if not first <= last or last.year != year:
            raise DefinitionError(f"{name}.yaml: {span['name']} runs from {first} to {last}")
        for number in range((last - first).days + 1):
            holidays[first + number * DAY] = span["name"]
    working = frozenset(definition["working_weekends"])
    if wrong := sorted(day for day in working if day.weekday() < 5 or day in holidays):
        raise DefinitionError(f"{name}.yaml: no working weekend: {wrong[0]}")
    return Notice(
        year=year,
        title=definition["notice"],
        published=definition["published"],
        status=definition["status"],
        sources=tuple(definition["sources"]),
        holidays=holidays,
        working_weekends=working,
    )
