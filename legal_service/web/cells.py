"""Small cells (小样本抑制): a count from one to four could point at a person and is not shown, nor can it be worked out.

A table that shows its total gives a single hidden cell away by subtraction. So the cells next to small ones are withheld
too, until every small cell could be anything from one to four. They are chosen by place, never by size: a reader who knew
that the smallest was taken would know its upper bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SMALLEST_SHOWN = 5

Shown = Literal["shown", "small", "withheld"]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """How each cell of one table is shown, and whether its total may be."""

    cells: tuple[Shown, ...]
    total_shown: bool


def suppress(counts: Sequence[int]) -> Suppressed:
    """Decide on the cells of one table whose total is shown. Zero tells of nobody and stays.

    >>> suppress([50, 3, 0, 20, 12]).cells
    ('withheld', 'small', 'shown', 'shown', 'shown')
    >>> suppress([5, 3, 0, 20, 12]).cells
    ('withheld', 'small', 'shown', 'withheld', 'shown')
    >>> suppress([3, 1])
    Suppressed(cells=('small', 'small'), total_shown=False)
    >>> suppress([40, 0, 9])
    Suppressed(cells=('shown', 'shown', 'shown'), total_shown=True)
    """
    cells: list[Shown] = ["small" if 0 < count < SMALLEST_SHOWN else "shown" for count in counts]
    small = [position for position, cell in enumerate(cells) if cell == "small"]
    if not small:
        return Suppressed(tuple(cells), total_shown=True)
    larger = [position for position, count in enumerate(counts) if count >= SMALLEST_SHOWN]
    larger.sort(key=lambda position: min(abs(position - one) for one in small))
    for taken, position in enumerate(larger, start=1):
        cells[position] = "withheld"
        hidden = sum(count for count, cell in zip(counts, cells, strict=True) if cell != "shown")
        # So much is hidden that all small cells may be four while each withheld one is still five or more.
        if hidden >= (SMALLEST_SHOWN - 1) * len(small) + SMALLEST_SHOWN * taken:
            return Suppressed(tuple(cells), total_shown=True)
    return Suppressed(tuple(cells), total_shown=False)
