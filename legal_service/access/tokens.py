"""What a bearer token looks like, and how long it may live."""

from __future__ import annotations

from datetime import date

from legal_service import labels
from legal_service.errors import Refusal, Words

PREFIX = "lgl_"
"""By this a secret scanner knows one that was left in a script."""
LONGEST_NAME = 60
API, CALENDAR = "api", "calendar"
USES = (API, CALENDAR)
"""What a token opens: the API in its owner's name, or nothing but the calendar of the deadlines that its owner sees."""

labels.register(
    "token_use",
    {
        API: ("程序（API）", "programs (API)"),
        CALENDAR: ("日历订阅（只读期限）", "calendar subscription (deadlines only)"),
    },
)

POLICY = "机构内部规则：访问令牌须有用途与期限（house policy: tokens）"


def purpose(name: str) -> str:
    """What the token is for, without blanks around it; refuses `bad_name` when nothing, or too much, is said."""
    said = name.strip()
    if not said or len(said) > LONGEST_NAME or not said.isprintable():
        raise Refusal(
            "bad_name",
            Words(
                zh=f"请写明令牌的用途，1 至 {LONGEST_NAME} 个字符。",
                en=f"Say what the token is for, in 1 to {LONGEST_NAME} characters.",
            ),
            POLICY,
        )
    return said


def longest_until(today: date) -> date:
    """The last day that a token made today may have: the same day next year.

    >>> longest_until(date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    leap = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + 1, day=28 if leap else today.day)


def check_until(until: date, today: date, parent_until: date | None = None) -> None:
    """Refuse (`bad_date`) a last day that is past, more than a year away, or after that of the token it is asked with."""
    last = min(longest_until(today), parent_until or date.max)
    if not today <= until <= last:
        raise Refusal(
            "bad_date",
            Words(
                zh=f"令牌的截止日应在 {today} 至 {last} 之间（最长一年，且不晚于用来申请的令牌），现为 {until}。",
                en=f"A token's last day lies between {today} and {last} (a year at most, and no later than the token it is asked with), not on {until}.",
            ),
            POLICY,
        )
