"""The calendar of working days agrees with an independent public calendar on every day whose notice is loaded."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from legal_service.definitions import DefinitionError
from legal_service.law import calendar as calendars
from legal_service.law import files, periods


@pytest.mark.parametrize("year", range(2015, 2027))
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    calendar = files.calendar()
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    differing = [
        day for day in days if day.year == year and calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_the_year_2026_as_its_notice_reads() -> None:
    calendar = files.calendar()
    assert not calendar.is_working_day(date(2026, 2, 16)), "Spring Festival, a Monday"
    assert calendar.holiday(date(2026, 2, 16)) == "春节"
    assert calendar.is_working_day(date(2026, 2, 14)), "a Saturday worked instead"
    assert calendar.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.previous_working_day(date(2026, 2, 22)) == date(2026, 2, 14)


def test_a_notice_may_change_the_december_before() -> None:
    calendar = files.calendar()
    assert calendar.is_working_day(date(2018, 12, 29)), "Saturday worked, says the notice for 2019"
    assert not calendar.is_working_day(date(2018, 12, 31)), "Monday off, says the notice for 2019"


def test_2027_is_not_known() -> None:
    calendar = files.calendar()
    assert not calendar.knows(date(2027, 1, 4))
    assert calendar.knows(date(2026, 12, 28))
    assert not calendar.knows(date(2026, 12, 31)), "the notice for 2027 may name it"
    assert calendar.knows(date(2025, 12, 31)), "the notice for 2026 is loaded and does not"


def test_no_notice_has_named_a_day_before_29_december_of_the_year_before() -> None:
    """What `knows` rests on: from that day on the next year's notice must be loaded too."""
    for notice in files.calendar().notices.values():
        named = [*notice.holidays, *notice.working_weekends]
        assert min(named) >= date(notice.year - 1, *calendars.NEXT_YEARS), notice.year


def test_only_the_last_day_matters_and_it_rolls_to_the_next_day_that_people_work() -> None:
    """Every day of 2015–2026 as the end of a period, against the independent calendar."""
    calendar, first = files.calendar(), date(2015, 1, 1)
    for number in range((date(2026, 12, 31) - first).days + 1):
        raw = first + timedelta(days=number)
        later = earlier = raw
        while later <= date(2026, 12, 31) and not chinese_calendar.is_workday(later):
            later += timedelta(days=1)
        while earlier >= first and not chinese_calendar.is_workday(earlier):
            earlier -= timedelta(days=1)
        found = periods.reckon(raw - timedelta(days=30), periods.Length(30, "day"), calendar, basis="")
        assert found.raw == raw
        assert found.last_day == later
        if earlier >= first:
            assert found.internal == earlier
        assert found.provisional == (earlier < first or raw >= date(2026, 12, 29)), raw


def test_every_notice_names_its_source_and_says_how_far_it_was_checked() -> None:
    for notice in files.calendar().notices.values():
        assert notice.sources, notice.year
        assert notice.published.year == notice.year - 1 or notice.year == 2015
        assert notice.status in {"verified", "secondary"}


def test_a_working_weekend_on_a_weekday_does_not_load() -> None:
    definition = {
        "year": 2030,
        "notice": "国务院办公厅关于2030年部分节假日安排的通知",
        "published": date(2029, 11, 1),
        "status": "secondary",
        "sources": ["https://example.org/notice"],
        "holidays": [{"name": "元旦", "from": date(2030, 1, 1), "to": date(2030, 1, 1)}],
        "working_weekends": [date(2030, 1, 7)],
    }
    with pytest.raises(DefinitionError, match="2030-01-07"):
        calendars.from_definition("2030", definition)
