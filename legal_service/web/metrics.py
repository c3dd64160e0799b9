"""`/metrics`: what a monitor watches, in Prometheus' text form. Numbers and codes only; answered to this machine only.

Requests are counted in the process that answers them; `legal serve` runs one. Who runs `app:app` in several processes
scrapes each by an address of its own and adds up only the figures that begin with `legal_http_`: all others are read from the
database at the moment of the scrape and are the same in every process.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from legal_service import __version__, clock
from legal_service.access.models import SignInFailure
from legal_service.cases.models import Deadline
from legal_service.errors import Refusal, Words
from legal_service.jobs import queries as jobs
from legal_service.jobs.leases import UNFINISHED
from legal_service.jobs.models import Job
from legal_service.web import guard, reader
from legal_service.webhooks.models import Delivery

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
FAILURE_MINUTES = 15
SOON_DAYS = 7
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
_KEY = "legal_service.metrics"


class Meters:
    """The registry of one application, and what it counts of its requests: by endpoint, never by address."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "legal_http_requests",
            "Requests answered.",
            ("endpoint", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "legal_http_request_seconds",
            "Time to the answer.",
            ("endpoint",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.registry.register(House())


class House(Collector):
    """What the database says at the moment of the scrape; with no answer from it, only that."""

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: what there is depends on the rows."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures, read in one consistent picture."""
        yield _figure("legal_build_info", "The version that runs.", {(__version__,): 1}, ("version",))
        try:
            with reader.house().installation.reading() as session:
                found = list(_figures(session))
        except (SQLAlchemyError, Refusal):
            yield _figure("legal_database_up", "Whether the database answers and is current.", {(): 0})
            return
        yield _figure("legal_database_up", "Whether the database answers and is current.", {(): 1})
        yield from found


def _figures(session: Session) -> Iterator[Metric]:
    now = clock.now()
    yield _figure("legal_jobs", "Jobs by kind and status.", _jobs(session), ("kind", "status"))
    oldest = session.scalar(select(func.min(Job.ready_at)).where(Job.status == UNFINISHED[0], Job.ready_at <= now))
    waited = (now - oldest).total_seconds() if oldest else 0.0
    yield _figure("legal_job_oldest_waiting_seconds", "How long the oldest ready job has waited.", {(): waited})
    alive = jobs.workers_alive(session, now)
    yield _figure("legal_workers_alive", "Workers heard within the last half minute.", {(): alive})
    today = now.date()
    still = select(func.count(Deadline.id)).where(Deadline.done_on.is_(None))
    passed = session.scalar(still.where(Deadline.last_day < today)) or 0
    soon = session.scalar(still.where(Deadline.last_day.between(today, today + timedelta(days=SOON_DAYS)))) or 0
    due: dict[tuple[str, ...], float] = {("passed",): passed, (f"within_{SOON_DAYS}_days",): soon}
    yield _figure("legal_deadlines_open", "Open deadlines by their legal last day.", due, ("due",))
    waiting = session.scalar(select(func.count(Delivery.id)).where(Delivery.status == "waiting")) or 0
    yield _figure("legal_webhook_deliveries_waiting", "Events not yet delivered.", {(): waiting})
    since = now - timedelta(minutes=FAILURE_MINUTES)
    failures = session.scalar(select(func.count(SignInFailure.id)).where(SignInFailure.at >= since)) or 0
    yield _figure("legal_sign_in_failures_15m", "Failed sign-ins of the last 15 minutes.", {(): failures})


def _jobs(session: Session) -> dict[tuple[str, ...], float]:
    counted = session.execute(select(Job.kind, Job.status, func.count(Job.id)).group_by(Job.kind, Job.status))
    return {(kind, status): number for kind, status, number in counted}


def _figure(
    name: str, says: str, values: dict[tuple[str, ...], float], labels: tuple[str, ...] = ()
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, says, labels=labels)
    for codes, value in sorted(values.items()):
        family.add_metric(codes, value)
    return family


def install(app: Flask) -> None:
    """Count and time every request of this application."""
    app.extensions[_KEY] = Meters()
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.metrics_began = time.perf_counter()


def _count(response: Response) -> Response:
    if "metrics_began" in g:
        meters = _meters()
        endpoint = request.endpoint or "none"
        method = request.method if request.method in METHODS else "other"
        meters.requests.labels(endpoint, method, f"{response.status_code // 100}xx").inc()
        meters.seconds.labels(endpoint).observe(time.perf_counter() - g.metrics_began)
    return response


def _meters() -> Meters:
    found = current_app.extensions[_KEY]
    assert isinstance(found, Meters)
    return found


def metrics() -> Response:
    """The figures. Refuses `not_loopback` unless the caller itself is on this machine: who comes through a proxy is not."""
    near = guard.is_loopback_address(request.remote_addr or "") and guard.is_loopback_name(
        request.headers.get("Host", "")
    )
    if not near or any(name in request.headers for name in FORWARDED):
        raise Refusal(
            "not_loopback",
            Words(zh="运行指标只在本机提供。", en="The metrics are answered on this machine only."),
            guard.POLICY,
        )
    return Response(generate_latest(_meters().registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
