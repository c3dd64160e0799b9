"""The only place that tells the time. Law runs on dates in Asia/Shanghai; moments carry their offset."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_WEEKDAYS = "一二三四五六日"


def now() -> datetime:
    """This moment, in Shanghai."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """Today's date in Shanghai: a default for `--on` and `--as-of` at the door, never used below it."""
    return now().date()


def parse_moment(text: str) -> datetime:
    """Read ISO 8601; a time without an offset is Shanghai's; a date alone is its midnight.

    >>> parse_moment("2026-03-01 09:30").isoformat()
    '2026-03-01T09:30:00+08:00'
    """
    moment = datetime.fromisoformat(text.strip())
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def midday(on: date) -> datetime:
    """Noon in Shanghai of a date: the fixed moment that a document made for that date carries."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=SHANGHAI)


def seconds_from(moment: datetime, seconds: float) -> datetime:
    """The moment so many seconds later."""
    return moment + timedelta(seconds=seconds)


def dated(on: date) -> str:
    """A date with its weekday, as pages print it.

    >>> dated(date(2026, 11, 23))
    '2026-11-23 (周一)'
    """
    return f"{on.isoformat()} (周{_WEEKDAYS[on.weekday()]})"
