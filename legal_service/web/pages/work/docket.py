"""`/docket`: the open deadlines of the portfolio by day, the claims that die first, today's reminders; and the calendar that a program subscribes to."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from legal_service import clock
from legal_service.access import permissions, tokens
from legal_service.access import queries as access
from legal_service.cases import litigants, queries
from legal_service.cases.calendar_feed import feed
from legal_service.cases.queries import Falling
from legal_service.database import Actor
from legal_service.law.queries import calendar as law_calendar
from legal_service.web import reader

SHOWN = 50
"""Claims and reminders on the page; the command line and the API list all."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def show() -> str:
    """The page: a month, the day chosen in it, what dies first, what to be reminded of since the last working day."""
    today = clock.today()
    month = _asked("month", "-01") or today.replace(day=1)
    day = _asked("day")
    mine = request.args.get("of") == "mine"
    owner = reader.signed().user.email if mine else ""
    first, last = month, month.replace(day=months.monthrange(month.year, month.month)[1])
    with reader.reading() as session:
        known = law_calendar(session)
        since = known.previous_working_day(today - timedelta(days=1)) + timedelta(days=1)
        found = queries.falling(session, first, last, owner=owner)
        on_day = queries.open_between(session, day, day, owner=owner) if day else []
        dying = queries.dying(session, owner=owner, most=SHOWN)
        reminded = queries.reminded(session, since, today, owner=owner, most=SHOWN)
    return render_template(
        "work/docket.html",
        weeks=_weeks(month, found),
        month=month,
        earlier=max(first - timedelta(days=1), EARLIEST).replace(day=1),
        later=min(last + timedelta(days=1), LATEST).replace(day=1),
        total=sum(one.count for one in found),
        resting={
            day for week in _weeks(month, []) for day, _ in week if known.knows(day) and not known.is_working_day(day)
        },
        day_chosen=day,
        on_day=on_day,
        dying=dying,
        reminded=reminded,
        since=since,
        today=today,
        mine=mine,
        name_of=litigants.name,
        shown=SHOWN,
    )


def subscribed(token: str) -> ResponseReturnValue:
    """The open deadlines that the token's owner sees today, for a calendar program; `?of=mine`: of the cases he opened.

    Whoever holds the address reads it: it names cases and rules, no person, and stops with its token, its owner's role or account.
    """
    here, now = reader.installation(), clock.now()
    with here.reading() as session:
        held = access.token_held(session, token, now.date(), tokens.CALENDAR)
    if held is None or held.owner.must_change or not permissions.allowed(held.owner.role, "case.read"):
        abort(404)
    owner = held.owner
    with here.reading(Actor(email=owner.email, name=owner.name, role=owner.role)) as session:
        found = queries.open_between(
            session, None, None, owner=owner.email if request.args.get("of") == "mine" else "", most=None
        )
    return Response(feed([one.due for one in found], at=now), content_type="text/calendar; charset=utf-8")


def _asked(name: str, ending: str = "") -> date | None:
    """A day of the address's questions; None for anything else, as if not asked."""
    try:
        found = date.fromisoformat(request.args.get(name, "") + ending)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _weeks(month: date, found: list[Falling]) -> list[list[tuple[date, list[Falling]]]]:
    """The weeks of a month from Monday, each day with what falls on it; days of the neighbouring months are empty."""
    by_day: dict[date, list[Falling]] = {}
    for one in found:
        by_day.setdefault(one.on, []).append(one)
    weeks = months.Calendar().monthdatescalendar(month.year, month.month)
    return [[(day, by_day.get(day, [])) for day in week] for week in weeks]
