"""The docket as an iCalendar feed: one all-day event per open deadline; no personal data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from legal_service import labels
from legal_service.cases.docket import Due


def feed(deadlines: Sequence[Due], *, at: datetime) -> bytes:
    """RFC 5545 text of the open deadlines; `at` is the moment the feed was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//legal-service//docket//ZH")
    calendar.add("version", "2.0")
    for one in deadlines:
        if one.done_on is not None:
            continue
        event = Event()
        event.add("uid", f"{one.case_no}-{one.rule}-{one.subject or 'case'}-{one.trigger.isoformat()}@legal-service")
        event.add("dtstamp", at.astimezone(UTC))  # RFC 5545 3.8.7.2: in UTC
        event.add("dtstart", one.period.last_day)
        event.add("dtend", one.period.last_day + timedelta(days=1))
        provisional = "（暂定）" if one.period.provisional else ""
        event.add("summary", f"{one.case_no} {labels.label('deadline', one.rule).zh}{provisional}")
        event.add("description", f"{one.period.basis}；起算 {one.trigger}；内部末日 {one.period.internal}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
