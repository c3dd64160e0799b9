"""Periods: from which day, to which day, and what a holiday at the end does (民事诉讼法 85; 民法典 200–204).

Three dates are shown: `raw` as counted, `last_day` moved to the next working day where the law moves it, and
`internal`, the raw date moved BACK to a working day, by which the house wants the thing done.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from legal_service.definitions import DefinitionError
from legal_service.errors import Refusal, Words
from legal_service.law.calendar import Calendar
from legal_service.law.citation import Instrument
from legal_service.law.parameters import Parameter
from legal_service.law.reasons import unread

Unit = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, months or years, counted after the event or (negative for `before` rules) back from it."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Period:
    """The end of a period; `provisional` while the State Council notice of a year it touches is not loaded."""

    raw: date
    last_day: date
    internal: date
    provisional: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A period in hours: it runs from the full hour after the event and ends with the hour `ends_at`."""

    begins_at: datetime
    ends_at: datetime
    basis: str


def add(start: date, length: Length) -> date:
    """The raw last day: the day of the event does not count; a month or year ends on the same-numbered day or month end.

    >>> add(date(2026, 3, 2), Length(15, "day")), add(date(2025, 8, 31), Length(6, "month"))
    (datetime.date(2026, 3, 17), datetime.date(2026, 2, 28))
    >>> add(date(2024, 2, 29), Length(2, "year"))
    datetime.date(2026, 2, 28)
    """
    try:
        if length.unit == "day":
            return start + timedelta(days=length.number)
        months = start.year * 12 + start.month - 1 + length.number * (12 if length.unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError) as error:
        raise _out_of_range() from error


def reckon(start: date, length: Length, calendar: Calendar, *, basis: str, rolls: bool = True) -> Period:
    """A period after an event. Only the LAST day matters for holidays; make-up weekends are working days."""
    raw = add(start, length)
    last_day = calendar.next_working_day(raw) if rolls else raw
    return _settled(raw, last_day, calendar.previous_working_day(raw), calendar, basis)


def reckon_before(end: date, length: Length, calendar: Calendar, *, basis: str) -> Period:
    """A period counted back from a day, as the seven days before a freeze expires.

    Its end never rolls forward: that would leave less time than the rule demands; so a holiday moves it back.
    """
    raw = add(end, Length(-length.number, length.unit))
    last_day = calendar.previous_working_day(raw)
    return _settled(raw, last_day, last_day, calendar, basis)


HOURS_DO_NOT_ROLL = Words(
    zh="以时计算的期间，末时遇节假日不顺延：法律对此没有明文，待律师确认",
    en="a period in hours does not move off a holiday: no text says so; awaits counsel",
)


def reckon_hours(event: datetime, number: int, *, basis: str) -> Hours:
    """A period in hours: the hour of the event does not count, it runs from the next full hour (民事诉讼法解释 125).

    Nothing moves its end to a working day: article 85 moves a last DAY, and the rules that count in hours are urgent ones.

    >>> reckon_hours(datetime(2026, 9, 30, 10, 20), 48, basis="").ends_at
    datetime.datetime(2026, 10, 2, 11, 0)
    """
    begins = event.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    try:
        return Hours(begins_at=begins, ends_at=begins + timedelta(hours=number), basis=basis)
    except OverflowError as error:
        raise _out_of_range() from error


def by_rule(rule: Parameter, start: date, calendar: Calendar, computation: str) -> Period:
    """A named period (`periods/defence`) as the law stood on the day of its event.

    `computation` is the citation of how periods are counted, added after the rule's own article.
    """
    length = length_of(rule, start)
    basis = f"{rule.on(start).basis}；{computation}"
    if rule.counts == "before":
        return reckon_before(start, length, calendar, basis=basis)
    return reckon(start, length, calendar, basis=basis, rolls=rule.rolls)


DOES_NOT_ROLL = Words(
    zh="本期间末日遇休息日按不顺延处理：系本机构的读法，法律没有明文除外，待律师确认",
    en="this period is taken not to move off a holiday: the house's reading, no text excepts it; awaits counsel",
)


def awaiting(rule: Parameter, start: date, found: Period, calendar: Calendar) -> list[Words]:
    """What of a named period only counsel can settle: an unread text, a last day on a holiday that is taken not to move."""
    told = unread([rule.on(start)])
    if not rule.rolls and not calendar.is_working_day(found.raw):
        told.append(DOES_NOT_ROLL)
    return told


def length_of(rule: Parameter, on: date) -> Length:
    """The length a rule gives on a day. Raises `DefinitionError` when the parameter is no period."""
    value = rule.on(on).value
    for unit in get_args(Unit):
        if rule.unit == unit and isinstance(value, int):
            return Length(value, unit)
    raise DefinitionError(f"{rule.key} is not a period: {value!r} {rule.unit}")


def computation_basis(civil_procedure: Instrument, civil_code: Instrument, on: date) -> str:
    """The articles on how periods are counted, in the numbers in force on a day (民事诉讼法 85; 民法典 201–203).

    Before 民法总则 came into force (2017-10-01) the procedural article stands alone.
    """
    procedure = civil_procedure.cite(85, written="2023修正", on=on)
    if on < civil_code.versions[0].since:
        return procedure
    return f"{procedure}；{civil_code.cite(201, 202, 203, written='', on=on)}"


def notes(civil_procedure: Instrument, on: date) -> tuple[Words, ...]:
    """What no date of ours contains, said beside it: travel time, and an extension for good cause (民事诉讼法 85(4)、86)."""
    travel, cause = (civil_procedure.cite(article, written="2023修正", on=on) for article in (85, 86))
    return (
        Words(
            zh=f"期间不包括在途时间：诉讼文书在期满前交邮的，不算过期（{travel}）。",
            en=f"Travel time is not counted: a paper posted before the period ends is in time ({travel}).",
        ),
        Words(
            zh=f"因不可抗拒的事由或其他正当理由耽误的，障碍消除后十日内可申请顺延，是否准许由人民法院决定（{cause}）。",
            en=f"Missed through force majeure or another good cause, an extension may be asked for within ten days after the obstacle is gone; the court decides ({cause}).",
        ),
    )


def _settled(raw: date, last_day: date, internal: date, calendar: Calendar, basis: str) -> Period:
    provisional = not all(calendar.knows(day) for day in (raw, last_day, internal))
    return Period(raw=raw, last_day=last_day, internal=internal, provisional=provisional, basis=basis)


def _out_of_range() -> Refusal:
    return Refusal(
        "date_out_of_range",
        Words(
            zh="期间的终点超出日历范围，请核对起算日与长度。",
            en="the period ends outside the calendar; check its start and length",
        ),
        "机构内部规则：期间计算",
    )
