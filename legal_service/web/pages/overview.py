"""`/`: the portfolio as of the last sweep, and what the house is busy with. Counts and sums only.

Loans are counted with small cells hidden, for a count of few loans with its sum could point at a borrower. Counts of
cases, deadlines, jobs and packages bear no attribute of anybody and are shown as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from legal_service import clock
from legal_service.errors import Words
from legal_service.money import grouped
from legal_service.web import queries, reader
from legal_service.web.cells import Shown, suppress
from legal_service.web.names import name
from legal_service.web.readiness import checks

WITHHELD = Words("不显示", "withheld")


@dataclass(frozen=True, slots=True)
class BandRow:
    """One line of the table of tiers, as it is printed."""

    tier: Words | str
    five_class_floor: Words | str
    loans: Words | str
    principal: Words | str
    total: Words | str


def show() -> str:
    """The page."""
    now = clock.now()
    with reader.reading() as session:
        swept_on = queries.swept_on(session)
        bands = queries.bands(session, swept_on) if swept_on else []
        return render_template(
            "overview.html",
            now=now,
            loans=queries.loans(session),
            swept_on=swept_on,
            bands=band_rows(bands),
            hidden=suppress([band.loans for band in bands]).cells.count("shown") < len(bands),
            stages=[(name("stage", stage), number) for stage, number in queries.cases_by_stage(session)],
            deadlines=queries.deadlines(session, now.date()),
            jobs=queries.recent_jobs(session),
            packages=[
                (name("audience", audience), number) for audience, number in queries.packages_by_audience(session)
            ],
            trail=reader.house().trail.state(session, now=now),
            checks=checks(reader.house().installation, now=now),
            name=name,
        )


def band_rows(bands: Sequence[queries.Band]) -> list[BandRow]:
    """The table of tiers with small cells hidden, and its last line, the total."""
    if not bands:
        return []
    decided = suppress([band.loans for band in bands])
    rows = [_row(band, cell) for band, cell in zip(bands, decided.cells, strict=True)]
    everything = queries.Band(
        "", "", sum(one.loans for one in bands), sum(one.total for one in bands), sum(one.principal for one in bands)
    )
    total = _row(everything, "shown" if decided.total_shown else "withheld")
    return [*rows, total]


def _row(band: queries.Band, cell: Shown) -> BandRow:
    shown = cell == "shown"
    return BandRow(
        tier=name("tier", band.tier) if band.tier else Words("合计", "total"),
        five_class_floor=name("five_class", band.five_class_floor) if band.five_class_floor else "",
        loans=f"{band.loans:,}" if shown else "<5" if cell == "small" else WITHHELD,
        principal=grouped(band.principal) if shown else WITHHELD,
        total=grouped(band.total) if shown else WITHHELD,
    )
