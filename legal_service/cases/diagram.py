"""The table of stages drawn: boxes where the road lies, an arrow for every move. Closing, possible everywhere, is told in words."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service.cases.stages import TRANSITIONS

ROWS = (
    ("assessment",),
    ("contact",),
    ("negotiation", "settlement"),
    ("preparation",),
    ("payment_order", "submitted", "diverted_mediation"),
    ("accepted",),
    ("tried",),
    ("judged", "appealed"),
    ("effective",),
    ("enforcement", "round_ended"),
)
"""Stages from top to bottom; every stage but the closed one stands here once."""

WIDE, HIGH, ACROSS, DOWN, MARGIN = 150, 40, 240, 92, 120
WIDTH = MARGIN * 2 + ACROSS * 2 + WIDE
HEIGHT = DOWN * len(ROWS)


@dataclass(frozen=True, slots=True)
class Box:
    """A stage: its code and the middle of its box, in units of the drawing."""

    stage: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move as a curve (SVG path); `aside` when it leaves the main road."""

    source: str
    target: str
    path: str
    aside: bool


def boxes() -> tuple[Box, ...]:
    """Every stage in its place."""
    found = []
    for row, stages in enumerate(ROWS):
        first = WIDTH // 2 - ACROSS * (len(stages) - 1) // 2
        found += [Box(stage, first + ACROSS * number, DOWN * row + DOWN // 2) for number, stage in enumerate(stages)]
    return tuple(found)


def arrows() -> tuple[Arrow, ...]:
    """Every move of the table but the closings."""
    places = {box.stage: box for box in boxes()}
    return tuple(
        Arrow(one.source, one.target, _path(places[one.source], places[one.target]), one.aside)
        for one in TRANSITIONS
        if one.target != "closed"
    )


def _path(start: Box, end: Box) -> str:
    if start.y == end.y:
        side = 1 if end.x > start.x else -1
        lift = 8 * side
        return f"M{start.x + side * WIDE // 2} {start.y - lift} L{end.x - side * WIDE // 2} {end.y - lift}"
    rows = (end.y - start.y) // DOWN
    if rows == 1:
        return f"M{start.x} {start.y + HIGH // 2} L{end.x} {end.y - HIGH // 2}"
    side = -1 if rows > 0 else 1
    from_x, to_x = start.x + side * WIDE // 2, end.x + side * WIDE // 2
    bend = (min if side < 0 else max)(from_x, to_x) + side * min(30 + 22 * abs(rows), MARGIN + 60)
    return f"M{from_x} {start.y} C{bend} {start.y} {bend} {end.y} {to_x} {end.y}"
