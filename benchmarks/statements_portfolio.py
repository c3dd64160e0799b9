"""The totals of 100,000 loans of 24 instalments by the portfolio's kernel, against a loop in `Decimal` over the same rules.

Figures and ratio are of the arithmetic alone, both sides on rows read before; the note says what they are with the reading of
the rows from SQLite, and how long it takes to load the kernel and to compile it once. Every loan must agree to the fen.
`LEGAL_BENCH_LOANS` makes it smaller for a quick look.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from benchmarks import decimal_loop, many_loans, material
from benchmarks.pairing import Disagreement, Pair
from legal_service import config
from legal_service.accounts.portfolio import layout
from legal_service.accounts.portfolio.queries.columns import laid_out
from legal_service.accounts.portfolio.reckoning import reckon
from legal_service.accounts.portfolio.tables import Integers, Portfolio
from legal_service.accounts.portfolio.totals import FIGURES
from legal_service.installation import Installation

LOANS = 100_000
Answered = list[tuple[Integers, Integers]]


@contextmanager
def pair() -> Iterator[Pair]:
    """The portfolio in a SQLite instance, read once by each side."""
    count = int(os.environ.get("LEGAL_BENCH_LOANS", LOANS))
    with material.folder() as folder:
        installation = many_loans.installed(folder, count)
        mine, reading = _read(installation)
        theirs, peer_reading = _rows(folder / "loans.db")
        began = perf_counter()
        _ours(mine[:1])
        loading = perf_counter() - began
        took: list[float] = []

        def peer() -> list[tuple[int | Decimal, ...]]:
            start = perf_counter()
            answered = [decimal_loop.totals(loan, material.AS_OF) for loan in theirs]
            took.append(perf_counter() - start)
            return answered

        def agree(ours: Answered, answered: list[tuple[int | Decimal, ...]]) -> str:
            _same(ours, answered)
            start = perf_counter()
            _ours(mine)
            arithmetic = perf_counter() - start
            both = (peer_reading + took[0]) / (reading + arithmetic)
            return (
                f"with reading {count / (reading + arithmetic):,.0f} against {count / (peer_reading + took[0]):,.0f} statements/s, "
                f"ratio {both:.1f} (reading takes ours {reading:.2f} s, the peer {peer_reading:.2f} s); "
                f"{count:,} loans of {many_loans.MONTHS} instalments, all {len(FIGURES)} figures equal to the fen on every loan"
            )

        yield Pair(
            ours=lambda: _ours(mine),
            peer=peer,
            peer_name="Decimal loop",
            unit="statements/s",
            amount=count,
            note=f"kernel loaded from its cache in {loading:.2f} s, compiled anew in {_compiling(folder):.0f} s",
            agree=agree,
            peer_once=True,
        )
        installation.database.dispose()


def _ours(loans: Sequence[Portfolio]) -> Answered:
    return [reckon(portion, material.AS_OF, material.rules()) for portion in loans]


def _read(installation: Installation) -> tuple[list[Portfolio], float]:
    """The rows as arrays, and the seconds that took; the second reading counts, when the file is in memory for both sides."""
    for _ in range(2):
        began = perf_counter()
        with installation.reading() as session:
            found = list(laid_out(session))
        seconds = perf_counter() - began
    return found, seconds


def _rows(path: Path) -> tuple[list[decimal_loop.Loan], float]:
    with sqlite3.connect(path) as connection:
        began = perf_counter()
        found = list(decimal_loop.read(connection))
        return found, perf_counter() - began


def _same(ours: Answered, answered: list[tuple[int | Decimal, ...]]) -> None:
    figures = [row for portion, _ in ours for row in portion.tolist()]
    apart = sum(int((status != layout.DONE).sum()) for _, status in ours)
    if apart or len(figures) != len(answered):
        raise Disagreement(f"{apart} loans left to the engine, {len(figures)} against {len(answered)} answers")
    for number, (mine, (days, *yuan)) in enumerate(zip(figures, answered, strict=True), start=1):
        if mine != (theirs := [days, *(int(one * 100) for one in yuan)]):
            raise Disagreement(f"loan {number}: {dict(zip(FIGURES, zip(mine, theirs, strict=True), strict=True))}")


def _compiling(folder: Path) -> float:
    """Seconds for a process of its own to compile the kernel with nothing in its cache."""
    program = (
        "import time\n"
        "from benchmarks import many_loans, material\n"
        "from legal_service.accounts.portfolio.reckoning import totals_of\n"
        "loans = list(many_loans.deal(1))\n"
        "began = time.perf_counter()\n"
        "totals_of(loans, material.AS_OF, material.rules())\n"
        "print(time.perf_counter() - began)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=config.ROOT, env={**os.environ, "NUMBA_CACHE_DIR": str(folder / "compiled")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(told.stdout)
