"""The deadlines of a case: rule, trigger, the day as counted, the legal last day, the house's own, and how each ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.cases import litigants, queries
from legal_service.cases.calendar_feed import feed
from legal_service.cases.docket import ENDS, Due
from legal_service.cases.reminders import reminders_of
from legal_service.errors import Refusal, Words
from legal_service.law import files as law
from legal_service.law.parameters import Dated, Parameter
from legal_service.web import reader
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.law import UNITS


@dataclass(frozen=True, slots=True)
class DueShown:
    """A deadline with the rule of law that it follows from."""

    due: Due
    days_left: int
    rule: Parameter | None
    value: Dated | None

    @property
    def subject(self) -> Words:
        """The loan or party that it belongs to."""
        return litigants.name(self.due.subject)

    @property
    def reminder(self) -> date | None:
        """The next day on which somebody is reminded of it."""
        today = self.due.period.last_day - timedelta(days=self.days_left)
        return next((day for day in reminders_of(self.due) if day >= today), None)

    @property
    def length(self) -> Words:
        """How long the period is."""
        if self.rule is None or self.value is None:
            return Words("—", "—")
        unit = UNITS.get(self.rule.unit, Words("", ""))
        return Words(f"{self.value.value} {unit.zh}", f"{self.value.value} {unit.en}")


def show(case_no: str) -> str:
    """The page: open deadlines by legal last day, then those that are done."""
    with reader.reading() as session:
        head = head_of(session, case_no)
        found = [_shown(one, head.today) for one in queries.docket(session, case_no=case_no)]
    return render_template(
        "cases/deadlines.html",
        head=head,
        tab="case_deadlines",
        ends=ENDS,
        open=[one for one in found if one.due.done_on is None],
        done=[one for one in found if one.due.done_on is not None],
    )


def calendar(case_no: str) -> ResponseReturnValue:
    """The open deadlines as a calendar file: case number and rule, no person."""
    with reader.reading() as session:
        found = queries.docket(session, case_no=case_no)
    answer = Response(feed(found, at=clock.now()), content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{case_no}.ics")
    return answer


def _shown(due: Due, today: date) -> DueShown:
    try:
        rule = law.parameters().parameter(f"periods/{due.rule}")
        value = rule.on(due.trigger)
    except Refusal:  # a rule of an earlier release: its dates stand as they were computed
        return DueShown(due, (due.period.last_day - today).days, None, None)
    return DueShown(due, (due.period.last_day - today).days, rule, value)
