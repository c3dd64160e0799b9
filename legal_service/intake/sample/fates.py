"""How the loans of a portfolio fare: so many current, so many late, so many lost, shuffled like a deck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from legal_service.intake.sample.draw import stream

Tier = Literal["none", "mild", "moderate", "severe"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What a loan shall look like on the business date: its tier, and the days past due from and to which (0: none)."""

    tier: Tier
    at_least: int
    at_most: int


SHARES: dict[Fate, int] = {
    Fate("none", 0, 0): 65,
    Fate("mild", 1, 30): 15,
    Fate("moderate", 31, 60): 7,
    Fate("severe", 61, 90): 3,
    Fate("severe", 91, 180): 4,
    Fate("severe", 181, 270): 2,
    Fate("severe", 271, 360): 2,
    Fate("severe", 361, 720): 2,
}
"""In a hundred loans."""

EXEMPLARY = Fate("severe", 125, 240)
"""The one loan whose file is complete for filing: late enough to sue, inside every period."""


def deal(loans: int, seed: int) -> list[Fate]:
    """One fate for each loan; the shares hold by largest remainder, and the first severe one is the exemplary case.

    Any portfolio has at least one severe loan, so that there is a case to show.

    >>> fates = deal(200, 1)
    >>> [sum(fate.tier == tier for fate in fates) for tier in ("none", "mild", "moderate", "severe")]
    [130, 30, 14, 26]
    """
    counts = {fate: loans * share // 100 for fate, share in SHARES.items()}
    by_remainder = sorted(SHARES, key=lambda fate: (-(loans * SHARES[fate] % 100), -SHARES[fate], fate.at_least))
    for fate in by_remainder[: loans - sum(counts.values())]:
        counts[fate] += 1
    deck = [fate for fate, count in counts.items() for _ in range(count)]
    if not any(fate.tier == "severe" for fate in deck):
        deck[0] = EXEMPLARY
    stream(seed, "fates").shuffle(deck)
    deck[first_severe(deck)] = EXEMPLARY
    return deck


def first_severe(fates: list[Fate]) -> int:
    """The place of the exemplary case."""
    return next(place for place, fate in enumerate(fates) if fate.tier == "severe")
