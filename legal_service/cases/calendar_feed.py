"""The docket as an iCalendar feed: one all-day event per open deadline with its reminders; no personal data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from legal_service import clock, labels
from legal_service.cases import litigants
from legal_service.cases.docket import Due
from legal_service.cases.reminders import reminders_of

REMINDED_AT = time(9)
"""The hour of a reminder, in Shanghai."""


def feed(deadlines: Sequence[Due], *, at: datetime) -> bytes:
    """RFC 5545 text of the open deadlines; `at` is the moment the feed was made. Reminders that are past are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//legal-service//docket//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "案件日程")
    for one in deadlines:
        if one.done_on is not None:
            continue
        event = Event()
        event.add("uid", f"{one.case_no}-{one.rule}-{one.subject or 'case'}-{one.trigger.isoformat()}@legal-service")
        event.add("dtstamp", at.astimezone(UTC))  # RFC 5545 3.8.7.2: in UTC
        event.add("dtstart", one.period.last_day)
        event.add("dtend", one.period.last_day + timedelta(days=1))
        provisional = "（暂定）" if one.period.provisional else ""
        subject = f"（{litigants.name(one.subject).zh}）" if one.subject else ""
        summary = f"{one.case_no} {labels.label('deadline', one.rule).zh}{subject}{provisional}"
        event.add("summary", summary)
        event.add("description", f"{one.period.basis}；起算 {one.trigger}；内部末日 {one.period.internal}")
        for day in reminders_of(one):
            moment = datetime.combine(day, REMINDED_AT, clock.SHANGHAI)
            if moment > at:
                event.add_component(_alarm(moment, f"{summary}：法定末日 {one.period.last_day}"))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(moment: datetime, says: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", says)
    alarm.add(
        "trigger", moment.astimezone(UTC), parameters={"VALUE": "DATE-TIME"}
    )  # RFC 5545 3.8.6.3: an absolute one says so
    return alarm
