"""Penalty interest (罚息) and compound interest (复利): segments of constant base and rate, each rounded once.

Overdue unpaid principal bears penalty at the annual rate × (1 + uplift); overdue unpaid contract interest bears simple compound
interest at the same rate where the contract says so; penalty and compound bear nothing. A payment towards penalty closes
no segment. Source: contract.md section 4; 银发〔2003〕251号 第三条 (from memory, awaiting counsel: law.md 3.1).

Days are counted as `date.toordinal()` here; the penalty rate is an integer of hundred-millionths a year, so that a rate of
six decimals times an uplift of two stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from legal_service.money import Fen, Micro, round_half_up

PenaltyRate = int
"""A yearly penalty rate in hundred-millionths: 0.27 is 27_000_000."""

UNIT = 100_000_000


def penalty_rate(annual_rate: Micro, uplift: int) -> PenaltyRate:
    """The annual rate raised by an uplift in hundredths (50 = +50 %).

    >>> penalty_rate(180_000, 50)
    27000000
    """
    return annual_rate * (100 + uplift)


def penalty_rate_text(rate: PenaltyRate) -> str:
    """The penalty rate as the shortest decimal string.

    >>> penalty_rate_text(27_000_000), penalty_rate_text(0)
    ('0.27', '0')
    """
    return f"{(Decimal(rate) / UNIT).normalize():f}"


@dataclass(frozen=True, slots=True)
class Segment:
    """Interest while base and rate were constant: the first day counts, the last does not.

    `opened_by` is the row it began with, `rate_row` the row of the yearly rate that rules on its days.
    """

    from_on: date
    to_on: date
    days: int
    base: Fen
    rate: PenaltyRate
    amount: Fen
    opened_by: str
    rate_row: str

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows it rests on: what opened it, and the rate."""
        return (self.opened_by,) if self.opened_by == self.rate_row else (self.opened_by, self.rate_row)


class Accrual:
    """The running interest on one base: closed segments, and the open one.

    >>> accrual = Accrual(day=100, base=1_000_000, rate=27_000_000, day_count=360, row="instalment:1")
    >>> accrual.accrued(130)
    22500
    >>> accrual.rebase(130, 500_000, "posting:7")
    >>> accrual.accrued(160)
    33750
    """

    __slots__ = ("_closed", "_opened_by", "_past", "_rate_row", "_since", "_year", "base", "rate")

    def __init__(self, *, day: int, base: Fen, rate: PenaltyRate, day_count: int, row: str, rate_row: str = "") -> None:
        self.base = base
        self.rate = rate
        self._since = day
        self._opened_by = row
        self._rate_row = rate_row or row
        self._year = UNIT * day_count
        self._closed: Fen = 0
        self._past: list[tuple[int, int, Fen, PenaltyRate, Fen, str, str]] = []

    def accrued(self, day: int) -> Fen:
        """All that has accrued by the close of a day, paid or not."""
        if not self.base or day <= self._since:
            return self._closed
        return self._closed + round_half_up(self.base * self.rate * (day - self._since), self._year)

    def rebase(self, day: int, base: Fen, row: str) -> None:
        """The base changes on a day because of a row: the segment closes, rounded once, and another opens."""
        self._close(day, row)
        self.base = base

    def reprice(self, day: int, rate: PenaltyRate, row: str) -> None:
        """The rate changes from a day on because of a row."""
        self._close(day, row)
        self.rate = rate
        self._rate_row = row

    def segments(self, day: int) -> tuple[Segment, ...]:
        """Every segment up to a day, the open one cut there."""
        past = self._past
        if self.base and day > self._since:
            past = [*past, self._open_segment(day)]
        if not past:
            return ()
        return tuple(
            Segment(date.fromordinal(start), date.fromordinal(end), end - start, base, rate, amount, row, rate_row)
            for start, end, base, rate, amount, row, rate_row in past
        )

    def _open_segment(self, day: int) -> tuple[int, int, Fen, PenaltyRate, Fen, str, str]:
        amount = round_half_up(self.base * self.rate * (day - self._since), self._year)
        return (self._since, day, self.base, self.rate, amount, self._opened_by, self._rate_row)

    def _close(self, day: int, row: str) -> None:
        if self.base and day > self._since:
            segment = self._open_segment(day)
            self._past.append(segment)
            self._closed += segment[4]
        self._since = day
        self._opened_by = row
