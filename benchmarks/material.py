"""What the benchmarks work on: the invented portfolio and the invented case, the same in every run."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from legal_service.accounts.rules import Rules, rules_on
from legal_service.documents import files as templates
from legal_service.filings.facts.statement_of_claim import context
from legal_service.filings.sample_case import SampleCase, sample_case
from legal_service.intake.sample.credit_files import CreditFile, draw_files
from legal_service.law import files as law

AS_OF = date(2026, 10, 31)
SEED = 20261031
MEGABYTE = 1_000_000


@cache
def rules() -> Rules:
    """The rules of law on the day of the benchmarks."""
    return rules_on(law.parameters(), AS_OF)


@cache
def credit_files(loans: int) -> tuple[CreditFile, ...]:
    """So many credit files of the invented portfolio."""
    return tuple(draw_files(loans, SEED, AS_OF))


@cache
def case() -> SampleCase:
    """The invented case."""
    return sample_case(AS_OF, rules())


def claim() -> tuple[bytes, dict[str, Any]]:
    """The Word template of the statement of claim, and the values to fill it with."""
    return templates.load("statement_of_claim").body, context(case().claim)


def noise(size: int, seed: int) -> bytes:
    """Bytes that no compression makes smaller, like those of a scan."""
    return random.Random(seed).randbytes(size)


@cache
def scanned(pages: int, seed: int) -> bytes:
    """A scan as PDF: every page one JPEG of about 80 kB."""
    from PIL import Image

    sheets = [Image.frombytes("L", (290, 410), noise(290 * 410, seed * 1000 + page)) for page in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=35, quality=60)
    return out.getvalue()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)
