"""The docket as an iCalendar feed, read by a reader of our own that knows only RFC 5545."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from legal_service import clock
from legal_service.cases.calendar_feed import feed
from legal_service.cases.docket import Due
from legal_service.law.periods import Period

AT = datetime(2026, 6, 30, 20, 0, tzinfo=clock.SHANGHAI)


def a_due(
    rule: str = "docketing", *, last: date = date(2026, 7, 8), done: date | None = None, provisional: bool = False
) -> Due:
    period = Period(
        raw=date(2026, 7, 7), last_day=last, internal=date(2026, 7, 7), provisional=provisional,
        basis="民事诉讼法(2023修正) 第一百二十六条，末日；顺延",
    )  # fmt: skip
    return Due("LC-2026-000001", rule, "L1" if rule == "limitation" else "", date(2026, 6, 30), period, done)


def events(content: bytes) -> list[dict[str, str]]:
    """The events of a feed: property (with its parameters) → value, unfolded and unescaped."""
    text = content.decode("utf-8")
    assert text.replace("\r\n", "").count("\n") == 0, "lines end in CRLF"
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "no line over 75 octets"
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    found: list[dict[str, str]] = []
    within = 0
    for line in lines:
        name, _, value = line.partition(":")
        within += line.startswith("BEGIN:VALARM")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif line == "END:VEVENT":
            found[-1]["ended"] = "yes"
        elif found and "ended" not in found[-1] and not within:
            found[-1][name] = re.sub(r"\\([\\;,])", r"\1", value).replace("\\n", "\n")
        within -= line.startswith("END:VALARM")
    return found


def test_a_deadline_is_an_event_of_its_whole_last_day() -> None:
    (event,) = events(feed([a_due()], at=AT))
    assert event["DTSTART;VALUE=DATE"] == "20260708"
    assert event["DTEND;VALUE=DATE"] == "20260709"
    assert event["SUMMARY"] == "LC-2026-000001 法院立案审查"
    assert (
        event["DESCRIPTION"] == "民事诉讼法(2023修正) 第一百二十六条，末日；顺延；起算 2026-06-30；内部末日 2026-07-07"
    )
    assert event["UID"] == "LC-2026-000001-docketing-case-2026-06-30@legal-service"


def test_the_stamp_is_in_utc() -> None:
    (event,) = events(feed([a_due()], at=AT))
    stamp = datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert stamp == AT


def test_a_provisional_date_says_so() -> None:
    (event,) = events(feed([a_due(provisional=True)], at=AT))
    assert event["SUMMARY"].endswith("（暂定）")


def test_what_is_done_is_left_out_and_each_event_has_its_own_uid() -> None:
    found = events(feed([a_due(), a_due("limitation"), a_due(done=date(2026, 7, 1))], at=AT))
    assert len(found) == len({event["UID"] for event in found}) == 2


def test_reminders_still_to_come_are_alarms_at_nine_in_shanghai() -> None:
    text = feed([a_due()], at=AT).decode()
    assert re.findall(r"TRIGGER;VALUE=DATE-TIME:(\w+)", text) == ["20260704T010000Z", "20260706T010000Z"]
    assert "TRIGGER" not in feed([a_due()], at=datetime(2026, 7, 7, tzinfo=clock.SHANGHAI)).decode()


def test_an_empty_docket_is_a_calendar_too() -> None:
    assert events(feed([], at=AT)) == []


def test_the_same_docket_makes_the_same_bytes() -> None:
    assert feed([a_due(), a_due("limitation")], at=AT) == feed([a_due(), a_due("limitation")], at=AT)
