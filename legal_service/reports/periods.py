"""The period of a return: a calendar month or a calendar quarter that has ended."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from legal_service.errors import Refusal, Words

_PERIOD = re.compile(r"(?P<year>[12]\d{3})-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2]))")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included; figures "at the close" are those at the end of the last day."""

    name: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day falls within the period."""
        return self.first <= day <= self.last


def period_named(name: str) -> Period:
    """The period that `2026-Q3` or `2026-10` names; refuses `bad_period`.

    >>> period_named("2026-Q1").last, period_named("2024-02").last
    (datetime.date(2026, 3, 31), datetime.date(2024, 2, 29))
    """
    found = _PERIOD.fullmatch(name)
    if found is None:
        raise Refusal(
            "bad_period",
            Words(
                zh=f"期间 {name[:20]} 无法识别：季度写作 2026-Q3，月份写作 2026-10。",
                en=f"no period {name[:20]}: write a quarter as 2026-Q3, a month as 2026-10.",
            ),
        )
    year = int(found["year"])
    months = 3 if found["quarter"] else 1
    first_month = int(found["quarter"]) * 3 - 2 if found["quarter"] else int(found["month"])
    last_month = first_month + months - 1
    last_day = calendar.monthrange(year, last_month)[1]
    return Period(name, date(year, first_month, 1), date(year, last_month, last_day))


def refuse_unended(period: Period, today: date) -> None:
    """A period can be reported from the day after its last day on; refuses `period_not_ended`."""
    if today <= period.last:
        raise Refusal(
            "period_not_ended",
            Words(
                zh=f"期间 {period.name} 至 {period.last} 终了后才能报送；今天是 {today}，其数字仍会变化。",
                en=f"the period {period.name} ends with {period.last}; today is {today} and its figures may still change.",
            ),
            "机构内部规则：只报送已终了的期间（house policy）",
        )
