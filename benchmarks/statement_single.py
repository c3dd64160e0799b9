"""One statement of account of a loan in severe arrears, against the independent diary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import material
from benchmarks.diary import against_diary
from benchmarks.pairing import Pair


@contextmanager
def pair() -> Iterator[Pair]:
    """The exemplary loan of the invented portfolio."""
    loan = next(file.facts() for file in material.credit_files(20) if file.exemplary)
    yield against_diary([loan], f"{loan.term_months} months, {len(loan.postings)} postings")
