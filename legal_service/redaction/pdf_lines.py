"""A page's glyphs as text, in the three orders in which a value may run: as written, by line, by column.

A value wrapped inside a table cell runs on in the column, not in the line; a value drawn in scattered pieces runs on in
the line, not in the file. What is found in any order goes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from legal_service.redaction.pdf_glyphs import Glyph


@dataclass(frozen=True, slots=True)
class PageText:
    """Text and, for each of its characters, the position of its glyph in the page's list (-1 for a separator)."""

    text: str
    owners: Sequence[int]


def readings(glyphs: Sequence[Glyph]) -> Iterator[PageText]:
    """The page in its different reading orders, without the orders that add nothing."""
    seen: set[str] = set()
    everything = list(range(len(glyphs)))
    for order in (everything, _by_line(glyphs, everything), _by_column(glyphs, everything)):
        page = _text(glyphs, order)
        key = "".join(page.text.split())
        if key not in seen:
            seen.add(key)
            yield page


def twins(glyphs: Sequence[Glyph], hit: Iterable[int]) -> set[int]:
    """The hit glyphs and those that lie on top of them with the same characters (bold by double printing)."""
    chosen = set(hit)
    cells: dict[tuple[str, int, int], list[int]] = {}
    for index in chosen:
        x, y = glyphs[index].origin
        cells.setdefault((glyphs[index].text, round(x / 2), round(y / 2)), []).append(index)
    for index, glyph in enumerate(glyphs):
        x, y = glyph.origin
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                for other in cells.get((glyph.text, round(x / 2) + across, round(y / 2) + down), ()):
                    if math.dist(glyph.origin, glyphs[other].origin) < 0.25 * glyph.size:
                        chosen.add(index)
    return chosen


def _by_line(glyphs: Sequence[Glyph], order: list[int]) -> list[int]:
    """Top to bottom, left to right; glyphs whose base lines differ by less than half a line share one."""
    lines: list[list[int]] = []
    last: float | None = None
    for index in sorted(order, key=lambda one: -glyphs[one].origin[1]):
        y = glyphs[index].origin[1]
        if last is None or last - y > 0.4 * glyphs[index].size:
            lines.append([])
            last = y
        lines[-1].append(index)
    return [index for line in lines for index in sorted(line, key=lambda one: glyphs[one].origin[0])]


def _by_column(glyphs: Sequence[Glyph], order: list[int]) -> list[int]:
    """Runs of glyphs that begin at the same left edge, from top to bottom."""
    runs: list[list[int]] = []
    for index in _by_line(glyphs, order):
        if runs and _gap(glyphs[runs[-1][-1]], glyphs[index]) in {"", " "}:
            runs[-1].append(index)
        else:
            runs.append([index])
    runs.sort(key=lambda run: (round(glyphs[run[0]].origin[0] / 4), -glyphs[run[0]].origin[1]))
    return [index for run in runs for index in run]


def _text(glyphs: Sequence[Glyph], order: Sequence[int]) -> PageText:
    chars: list[str] = []
    owners: list[int] = []
    before: Glyph | None = None
    for index in order:
        glyph = glyphs[index]
        if before is not None:
            if glyph.text == before.text and math.dist(glyph.origin, before.origin) < 0.25 * glyph.size:
                continue
            gap = _gap(before, glyph)
            chars += gap
            owners += [-1] * len(gap)
        chars += glyph.text
        owners += [index] * len(glyph.text)
        before = glyph
    return PageText("".join(chars), owners)


def _gap(before: Glyph, after: Glyph) -> str:
    """What stands between two glyphs: nothing, a blank, a tab (a column's gap) or a line end."""
    size = before.size
    up = (before.up[0] / size, before.up[1] / size)
    along = (up[1], -up[0])
    x, y = after.origin[0] - before.end[0], after.origin[1] - before.end[1]
    forward, across = x * along[0] + y * along[1], x * up[0] + y * up[1]
    if abs(across) > 0.4 * size or forward < -0.8 * size:
        return "\n"
    if forward > 1.5 * size:
        return "\t"
    return " " if forward > 0.25 * size else ""
