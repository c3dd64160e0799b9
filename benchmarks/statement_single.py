"""One statement of account of a loan in severe arrears, against the independent diary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from benchmarks import material
from benchmarks.diary import against_diary
from benchmarks.pairing import Pair
from legal_service.accounts.facts import NoticeArrival


@contextmanager
def pair() -> Iterator[Pair]:
    """The exemplary loan of the invented portfolio, its acceleration proved: without proof, two statements would be printed."""
    loan = next(file.facts() for file in material.credit_files(20) if file.exemplary)
    if loan.accelerated_on is not None:
        notice = NoticeArrival(loan.accelerated_on, ("evidence_item:1",))
        loan = replace(loan, acceleration_clause=True, notice=notice)
    yield against_diary([loan], f"{loan.term_months} months, {len(loan.postings)} postings")
