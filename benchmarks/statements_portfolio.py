"""The statements of a portfolio, against the independent diary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import material
from benchmarks.diary import against_diary
from benchmarks.pairing import Pair

LOANS = 60


@contextmanager
def pair() -> Iterator[Pair]:
    """Sixty loans of all tiers as the invented portfolio deals them."""
    loans = [file.facts() for file in material.credit_files(LOANS)]
    yield against_diary(loans, f"{LOANS} loans of all tiers")
