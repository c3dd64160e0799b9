"""What the pages show: counts and sums over the institution's rows. Nothing here names a person, a loan or a case.

Columns are picked one by one: a job's arguments, outcome, requester and words of progress never leave the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.accounts.delinquency import FIVE_CLASSES, TIERS
from legal_service.accounts.models import Contract, Grading
from legal_service.cases import stages
from legal_service.cases.models import Case, Deadline
from legal_service.exports.models import Export
from legal_service.jobs import queries as jobs
from legal_service.jobs.models import Job
from legal_service.money import Fen

WINDOWS = (7, 30, 90)
SILENT_SECONDS = 60
WAITING_SECONDS = 300

_TIER_ORDER = ("none", *(name for _, name in reversed(TIERS)))
_CLASS_ORDER = ("正常", *(name for _, name in reversed(FIVE_CLASSES)))


@dataclass(frozen=True, slots=True)
class Band:
    """The loans of one tier and five-class floor: how many, what they owe in all and in principal (fen)."""

    tier: str
    five_class_floor: str
    loans: int
    total: Fen
    principal: Fen


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Open deadlines by legal last day: passed, and within so many days from today (the wider windows hold the narrower)."""

    passed: int
    within: dict[int, int]
    provisional: int


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job without what it was asked, by whom, and what came of it."""

    id: int
    kind: str
    status: str
    done_units: int
    total_units: int
    requested_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stuck:
    """Jobs that nobody runs: taken by a worker that fell silent, or ready for long and not taken."""

    silent: int
    waiting: int


def swept_on(session: Session) -> date | None:
    """The newest business date on which the portfolio was graded.

    A sweep that finds nothing changed writes no grading, so the last sweep's own outcome counts too.
    """
    last = session.scalar(
        select(Job.id).where(Job.kind == "sweep", Job.status == "done").order_by(Job.id.desc()).limit(1)
    )
    outcome = (jobs.job(session, last).outcome or {}) if last is not None else {}
    told = [date.fromisoformat(outcome["as_of"])] if "as_of" in outcome else []
    graded = session.scalar(select(func.max(Grading.as_of)))
    return max([*told, *([graded] if graded else [])], default=None)


def bands(session: Session, as_of: date) -> list[Band]:
    """The loans by their newest grading on or before a date, mildest first; bands without a loan are left out."""
    newest = (
        select(Grading.contract_id, func.max(Grading.as_of).label("as_of"))
        .where(Grading.as_of <= as_of)
        .group_by(Grading.contract_id)
        .subquery()
    )
    query = (
        select(
            Grading.tier,
            Grading.five_class_floor,
            func.count(Grading.id),
            func.sum(Grading.total),
            func.sum(Grading.principal),
        )
        .join(newest, and_(newest.c.contract_id == Grading.contract_id, newest.c.as_of == Grading.as_of))
        .group_by(Grading.tier, Grading.five_class_floor)
    )
    found = [
        Band(tier, floor, loans, int(total), int(principal))
        for tier, floor, loans, total, principal in session.execute(query)
    ]
    return sorted(found, key=lambda band: (_TIER_ORDER.index(band.tier), _CLASS_ORDER.index(band.five_class_floor)))


def loans(session: Session) -> int:
    """How many loans there are on the books."""
    return session.scalar(select(func.count(Contract.id))) or 0


def cases_by_stage(session: Session) -> list[tuple[str, int]]:
    """How many cases stand in each stage, in the order of the stages; stages without a case are left out."""
    counted = session.execute(select(Case.stage, func.count(Case.id)).group_by(Case.stage))
    found = {row[0]: row[1] for row in counted}
    return [(stage, found[stage]) for stage in stages.STAGES if stage in found]


def deadlines(session: Session, today: date) -> Deadlines:
    """How many open deadlines have passed or end soon, by their legal last day."""
    ends = [today + timedelta(days=days) for days in WINDOWS]
    counted = session.execute(
        select(
            func.coalesce(func.sum(case((Deadline.last_day < today, 1), else_=0)), 0),
            *(func.coalesce(func.sum(case((Deadline.last_day.between(today, end), 1), else_=0)), 0) for end in ends),
            func.coalesce(
                func.sum(case((and_(Deadline.last_day <= ends[-1], Deadline.provisional.is_(True)), 1), else_=0)), 0
            ),
        ).where(Deadline.done_on.is_(None))
    ).one()
    passed, *within, provisional = (int(number) for number in counted)
    return Deadlines(passed, dict(zip(WINDOWS, within, strict=True)), provisional)


def recent_jobs(session: Session, most: int = 10) -> list[JobLine]:
    """The newest jobs first."""
    query = select(
        Job.id, Job.kind, Job.status, Job.done_units, Job.total_units, Job.requested_at, Job.finished_at
    ).order_by(Job.id.desc())
    return [JobLine(*row) for row in session.execute(query.limit(most))]


def packages_by_audience(session: Session) -> list[tuple[str, int]]:
    """How many packages were built for each audience."""
    query = select(Export.audience, func.count(Export.id)).group_by(Export.audience).order_by(Export.audience)
    return [(audience, number) for audience, number in session.execute(query)]


def stuck_jobs(session: Session, now: datetime) -> Stuck:
    """Jobs whose worker has been silent for a minute, and jobs ready for five minutes that no worker took."""
    silent = and_(Job.status == "running", Job.leased_until < clock.seconds_from(now, -SILENT_SECONDS))
    waiting = and_(Job.status == "waiting", Job.ready_at < clock.seconds_from(now, -WAITING_SECONDS))
    found = list(session.execute(select(Job.status).where(or_(silent, waiting))).scalars())
    return Stuck(found.count("running"), found.count("waiting"))
