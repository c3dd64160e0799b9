"""Chance that repeats itself: every draw comes from a `random.Random` seeded by text, so the same seed draws the same life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *names: object) -> Random:
    """An independent stream of chance for one thing of one portfolio; the same on every machine.

    >>> stream(7, "loan", 3).randrange(1000) == stream(7, "loan", 3).randrange(1000)
    True
    """
    return Random(":".join(str(part) for part in (seed, *names)))


def weighted(chance: Random, weights: Mapping[T, int]) -> T:
    """One key, as often as its weight says."""
    return chance.choices(tuple(weights), weights=tuple(weights.values()))[0]


def happens(chance: Random, percent: float) -> bool:
    """Whether something happens that happens so many times in a hundred."""
    return chance.random() * 100 < percent


def one_of(chance: Random, options: Sequence[T]) -> T:
    """One of several, all equally likely."""
    return options[chance.randrange(len(options))]
