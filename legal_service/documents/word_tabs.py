"""Tab stops: the text between two tabs is given the room up to the stop, as a Word ruler would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from legal_service.documents.word_sheet import is_wide, pt, size_of
from legal_service.documents.word_styles import Properties

_LEADERS = {"dot": "dotted", "middleDot": "dotted", "hyphen": "dashed", "underscore": "solid", "heavy": "solid"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text, a tab, a line or page break, or a counter (`page`, `pages`)."""

    kind: Literal["text", "tab", "line", "page", "counter"]
    text: str
    run: Properties


def set_out(
    pieces: list[Piece],
    drawn: Callable[[list[Piece]], str],
    *,
    stops: dict[str, str],
    left: float,
    first: float,
    every: float,
) -> str:
    """The content of a paragraph. `stops` are position (twips) → "kind leader"; `left`, `first` and `every` in points."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind == "line":
            lines.append([])
        else:
            lines[-1].append(piece)
    ruler = sorted(
        (float(at) / 20, *_kind_and_leader(kind)) for at, kind in stops.items() if not kind.startswith(("clear", "bar"))
    )
    return "<br>".join(
        _line(line, drawn, ruler=ruler, start=left if index else first, left=left, every=every)
        for index, line in enumerate(lines)
    )


def _kind_and_leader(stop: str) -> tuple[str, str]:
    kind, _, leader = stop.partition(" ")
    return kind, leader


def _line(
    line: list[Piece],
    drawn: Callable[[list[Piece]], str],
    *,
    ruler: list[tuple[float, str, str]],
    start: float,
    left: float,
    every: float,
) -> str:
    segments: list[list[Piece]] = [[]]
    for piece in line:
        if piece.kind == "tab":
            segments.append([])
        else:
            segments[-1].append(piece)
    at, out = start, ""
    aligned: tuple[str, float] | None = None
    for index, segment in enumerate(segments):
        text, width = drawn(segment), sum(_width(piece) for piece in segment)
        if aligned is not None:
            kind, room = aligned
            out += f'<span class="stop" style="width:{pt(max(room, width))};text-align:{kind}">{text}</span>'
            at, text, width, aligned = at + max(room, width), "", 0.0, None
        if index == len(segments) - 1:
            return out + text
        stop, kind, leader = _next(at + width, ruler, left=left, every=every)
        if kind in {"right", "end", "center"}:
            room = stop - at - width if kind != "center" else 2 * (stop - at - width)
            out, at, aligned = out + text, at + width, ("center" if kind == "center" else "right", room)
        elif leader in _LEADERS:
            out += f'{text}<span class="stop" style="width:{pt(stop - at - width)};border-bottom:0.5pt {_LEADERS[leader]}"> </span>'
            at = stop
        else:
            out += f'<span class="stop" style="width:{pt(stop - at)}">{text} </span>'
            at = stop
    return out


def _next(at: float, ruler: list[tuple[float, str, str]], *, left: float, every: float) -> tuple[float, str, str]:
    for position, kind, leader in ruler:
        if position > at + 0.1:
            return position, kind, leader
    if at + 0.1 < left:
        return left, "left", "none"  # a hanging indent is a stop by itself
    return (int(at / every + 0.001) + 1) * every, "left", "none"


def _width(piece: Piece) -> float:
    if piece.kind == "counter":
        return size_of(piece.run)
    return sum(1.0 if is_wide(character) or character == "\u3000" else 0.55 for character in piece.text) * size_of(
        piece.run
    )
