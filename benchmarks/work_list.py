"""The work list of a million loans on PostgreSQL, against the same list joined live over the deadlines and paged by OFFSET.

`LEGAL_BENCH_LOANS` makes it smaller for a quick look.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import text

from benchmarks import material
from benchmarks.pairing import Pair, PeerMissing, same
from benchmarks.portfolio_rows import CASES_OF, fill
from legal_service.cases.queries import view_counts, work_list
from legal_service.cases.work_list import COUNTED_TO, VIEWS, WorkListQuery, read_query
from legal_service.config import Settings
from legal_service.database import Database
from legal_service.installation import Installation
from tests.postgres import new_database, server

LOANS = 1_000_000
TODAY = material.AS_OF
PAGE = 50
COMPARED = ("all", "due_today", "due_7", "my_approvals")
"""The views that both sides can make from the same rows; gaps and figures no join can compute."""

NEAREST = """
  SELECT c.id, coalesce(min(d.last_day), date '9999-12-31') AS nearest
  FROM legal_case c LEFT JOIN deadline d ON d.case_id = c.id AND d.done_on IS NULL
  WHERE c.institution_id = :institution AND c.stage <> 'closed' GROUP BY c.id"""
PEER_PAGE = f"""
  SELECT c.case_no, n.nearest, p.name, (SELECT string_agg(k.loan_no, ',' ORDER BY k.loan_no) FROM case_loan l
    JOIN contract k ON k.id = l.contract_id WHERE l.case_id = c.id) AS loans
  FROM (SELECT * FROM ({NEAREST}) live ORDER BY nearest, id LIMIT :size OFFSET :offset) n
  JOIN legal_case c ON c.id = n.id JOIN person p ON p.id = c.person_id ORDER BY n.nearest, n.id"""
PEER_COUNTS = f"""
  SELECT count(*), count(*) FILTER (WHERE nearest <= :today), count(*) FILTER (WHERE nearest <= :week),
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM milestone r WHERE r.case_id = live.id AND r.kind = 'revision'
      AND NOT EXISTS (SELECT 1 FROM milestone a WHERE a.case_id = r.case_id AND a.kind = 'approval'
        AND a.subject = r.subject AND a.reference = r.reference)))
  FROM ({NEAREST}) live"""


@contextmanager
def pair() -> Iterator[Pair]:
    """Two pages of fifty (the first, and one in the middle of the list) with the counts of the views."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        raise PeerMissing("PostgreSQL is not installed (make setup)")
    loans = int(os.environ.get("LEGAL_BENCH_LOANS", LOANS))
    with material.folder() as folder, server() as url:
        installation = Installation(_settings(folder, new_database(url)))
        installation.initialise()
        fill(installation, loans, TODAY)
        far = loans // CASES_OF * 9 // 20 // PAGE * PAGE
        there = _walk(installation, far)

        def agree(ours: list[Any], peer: list[Any]) -> str:
            same(ours[:2], peer[:2], "pages")
            same({view: ours[2][view] for view in COMPARED}, peer[2], "counts")
            return _views(installation, there)

        yield Pair(
            ours=lambda: _ours(installation, there),
            peer=lambda: _peer(installation.database, installation.institution_id, far),
            peer_name="live join over deadlines, OFFSET",
            unit="ms/page",
            amount=2,
            note=f"{loans:,} loans, {loans // CASES_OF:,} cases; a page of {PAGE} with the counts of the views, first and line {far:,}",
            agree=agree,
        )
        installation.database.dispose()


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        instance=folder / "instance",
        database_url=url,
        store_url=f"file://{folder / 'vault'}",
        broker_url="",
        secret_key="",
        field_keys="",
        tsa_url="",
        language="en",
    )


def _walk(installation: Installation, far: int) -> WorkListQuery:
    """The query of the page so far down, reached as a reader would, by cursors."""
    query = read_query({"size": "100"})
    with installation.reading() as session:
        for _ in range(far // 100):
            query = read_query({"size": "100", "after": work_list(session, query, TODAY).next_cursor or ""})
        if far % 100:
            after = work_list(session, read_query(query.as_parameters() | {"size": "50"}), TODAY).next_cursor
            query = read_query({"after": after or ""})
    return read_query(query.as_parameters() | {"size": str(PAGE)})


def _ours(installation: Installation, there: WorkListQuery) -> list[Any]:
    answered: list[Any] = []
    for query in (read_query({}), there):
        with installation.reading() as session:
            page = work_list(session, query, TODAY)
            counts = view_counts(session, TODAY)
        answered.append(
            [(line.case_no, line.next_last_day, line.borrower, ",".join(line.loan_nos)) for line in page.lines]
        )
    return [*answered, counts]


def _peer(database: Database, institution: int, far: int) -> list[Any]:
    answered: list[Any] = []
    told = {"institution": institution, "today": TODAY, "week": TODAY + timedelta(days=7)}
    for offset in (0, far):
        with database.reading(institution_id=institution) as session:
            rows = session.execute(text(PEER_PAGE), {"institution": institution, "size": PAGE, "offset": offset}).all()
            counted = session.execute(text(PEER_COUNTS), told).one()
        answered.append(
            [(row.case_no, _day(row.nearest), database.keys.open("person.name", row.name), row.loans) for row in rows]
        )
    return [*answered, {view: min(count, COUNTED_TO + 1) for view, count in zip(COMPARED, counted, strict=True)}]


def _day(nearest: date) -> date | None:
    return None if nearest.year == 9999 else nearest


def _views(installation: Installation, there: WorkListQuery) -> str:
    """Medians of every view, its first page and a page further down, and of the counts."""
    told = []
    for view in VIEWS:
        first = read_query({"view": view})
        with installation.reading() as session:
            after = work_list(session, first, TODAY).next_cursor
        further = read_query({"view": view, "after": after or ""}) if view != "all" else there
        times = [_ms(installation, lambda session, one=one: work_list(session, one, TODAY)) for one in (first, further)]
        told.append(f"{view} {times[0]:.1f}/{times[1]:.1f}")
    told.append(f"counts {_ms(installation, lambda session: view_counts(session, TODAY)):.1f}")
    return "ms of first/further page: " + ", ".join(told)


def _ms(installation: Installation, read: Callable[[Any], Any], runs: int = 9) -> float:
    times = []
    for _ in range(runs):
        began = perf_counter()
        with installation.reading() as session:
            read(session)
        times.append((perf_counter() - began) * 1000)
    return median(times)
