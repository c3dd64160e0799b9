"""Money is an integer number of fen; a rate is an integer number of millionths a year. Rounding has its one home here."""

from __future__ import annotations

import re
from decimal import Decimal

Fen = int
"""An amount in fen (1/100 yuan), exact."""

Micro = int
"""A yearly rate in millionths: 0.18 a year is 180_000."""

MICRO = 1_000_000
LARGEST = 10**15
"""No amount on a consumer loan comes near ten trillion yuan; larger input is a mistake."""

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,2})?")
_RATE = re.compile(r"\d{1,3}(\.\d{1,6})?")


def parse_amount(text: str) -> Fen:
    """Read an amount of yuan with at most two decimals; thousands separators are not accepted.

    >>> parse_amount("12345.6")
    1234560
    >>> parse_amount("0.005")
    Traceback (most recent call last):
    ...
    ValueError: not an amount of yuan with at most two decimals: '0.005'
    """
    text = text.strip()
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"not an amount of yuan with at most two decimals: {text[:40]!r}")
    fen = int(Decimal(text) * 100)
    if abs(fen) > LARGEST:
        raise ValueError(f"amount too large: {text[:40]!r}")
    return fen


def amount_text(fen: Fen) -> str:
    """Write fen as yuan with two decimals.

    >>> amount_text(-5), amount_text(123450)
    ('-0.05', '1234.50')
    """
    if fen < 0:
        return "-" + amount_text(-fen)
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02d}" if fen else "0.00"


def grouped(fen: Fen) -> str:
    """Write fen as yuan with thousands separators, for people.

    >>> grouped(123456789)
    '1,234,567.89'
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def parse_rate(text: str) -> Micro:
    """Read a yearly rate as a decimal fraction with at most six decimals (0.18 = 18 % a year).

    >>> parse_rate("0.18")
    180000
    """
    text = text.strip()
    if not _RATE.fullmatch(text):
        raise ValueError(f"not a rate with at most six decimals: {text[:40]!r}")
    return int(Decimal(text) * MICRO)


def rate_text(micro: Micro) -> str:
    """Write a rate back as the shortest decimal string.

    >>> rate_text(180000), rate_text(500000), rate_text(0), rate_text(1_000_000)
    ('0.18', '0.5', '0', '1')
    """
    text = f"{micro // MICRO}.{micro % MICRO:06d}".rstrip("0").rstrip(".")
    return text or "0"


def percent_text(micro: Micro) -> str:
    """Write a rate in per cent, as a contract prints it.

    >>> percent_text(180000), percent_text(155500)
    ('18', '15.55')
    """
    return rate_text(micro * 100)


def round_half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest integer, halves away from zero.

    >>> round_half_up(5, 2), round_half_up(-5, 2), round_half_up(7, 3)
    (3, -3, 2)
    """
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient
