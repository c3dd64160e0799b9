"""The returns by period: where each issue stands and what vouches for it; and the form to make one, for whoever may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock, runs
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries as job_queries
from legal_service.jobs.leases import JobFacts
from legal_service.reports import operations, queries
from legal_service.reports.files import definition
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.tapes.jobs import may_stop, refusal_of

NAME, PERIOD = Words("报表", "Return"), Words("期间", "Period")
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Making:
    """A return that was asked for: its job, which return of which period, why it was refused if it was."""

    job: JobFacts
    name: str
    period: str
    refusal: Refusal | None
    may_stop: bool


def show(refused: Refusal | None = None) -> str:
    """The page."""
    with reader.reading() as session:
        found = queries.issues(session)
        making = _making(session) if reader.may("report.make") else []
    return render_template(
        "regulator/returns.html",
        periods={one.period: [other for other in found if other.period == one.period] for one in found},
        making=making,
        returns=[(name, definition(name).title) for name in queries.makeable()],
        ended=ended_periods(clock.today()),
        refused=refused,
    )


def make() -> ResponseReturnValue:
    """Ask for a return. It is made in the background; asked for again meanwhile it is the same job."""

    def work(tx: Transaction) -> Done:
        name = forms.choice("name", NAME, queries.makeable())
        period = forms.text("period", PERIOD, most=10)
        operations.check_request(actor=tx.actor, today=clock.today(), name=name, period=period)
        jobs.enqueue(tx, kind="report", arguments={"name": name, "period": period})
        return Done(
            url_for("returns"), Words("已提交，正在后台制作。", "Sent; the return is being made in the background.")
        )

    try:
        return forms.act(work)
    except Refusal as refused:
        return show(refused), status_of(refused.code)


def ended_periods(today: date) -> list[str]:
    """The quarters and months that ended within a year, newest first.

    >>> ended_periods(date(2026, 11, 23))[:7]
    ['2026-Q3', '2026-Q2', '2026-Q1', '2025-Q4', '2026-10', '2026-09', '2026-08']
    """
    quarters = [today.year * 4 + (today.month - 1) // 3 - back for back in range(1, 5)]
    months = [today.year * 12 + today.month - 1 - back for back in range(1, 13)]
    return [f"{one // 4}-Q{one % 4 + 1}" for one in quarters] + [f"{one // 12}-{one % 12 + 1:02d}" for one in months]


def _making(session: Session) -> list[Making]:
    found = []
    for one in job_queries.page(session, before=None, kind="report", most=SHOWN):
        asked = job_queries.arguments_of(session, one.id)
        facts = runs.current(reader.installation(), one)
        found.append(Making(facts, str(asked["name"]), str(asked["period"]), refusal_of(facts), may_stop(facts)))
    return found
