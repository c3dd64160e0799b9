"""Content streams without the hidden glyphs: each is replaced by the movement it made, so that the rest stays in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

import pikepdf

from legal_service.redaction.pdf_glyphs import Content, Glyph

_BOX = "0.8 g"
Place = tuple[int, int, int]
Rename = Callable[[str, str, Any], pikepdf.Name]


def rewritten(content: Content, hidden: dict[Place, float], rename: Rename, painted: Collection[str]) -> bytes:
    """The stream's operations without the glyphs at `hidden` (operation, piece, place → TJ shift).

    `rename(category, old name, resource)` gives a resource its new name; `painted` are the forms that stay.
    """
    written: list[Any] = []
    depth = 0
    for number, (operands, operator) in enumerate(content.operations):
        if operator == "Q":
            if depth == 0:
                continue
            depth -= 1
        depth += operator == "q"
        if operator == "Do" and str(operands[0]) not in painted:
            continue
        if operator in {"Tj", "TJ", "'", '"'}:
            written += _shown(content, number, operands, operator, hidden)
            continue
        written.append((_renamed(content, operands, operator, rename), pikepdf.Operator(operator)))
    written += [([], pikepdf.Operator("Q"))] * depth
    return bytes(pikepdf.unparse_content_stream(written))


_CATEGORIES = {"Tf": "/Font", "Do": "/XObject", "gs": "/ExtGState", "cs": "/ColorSpace", "CS": "/ColorSpace"}


def _renamed(content: Content, operands: list[Any], operator: str, rename: Rename) -> list[Any]:
    category = _CATEGORIES.get(operator)
    if category is None:
        return [] if operator == "ri" else operands
    table = content.resources.get(category) if content.resources is not None else None
    name = str(operands[0])
    resource = table.get(name) if table is not None else None
    return [rename(category, name, resource), *operands[1:]]


def _shown(
    content: Content, number: int, operands: list[Any], operator: str, hidden: dict[Place, float]
) -> Iterable[Any]:
    """One text operation, its hidden glyphs turned into movements."""
    font, pieces = content.shows[number]
    if operator == '"':
        yield [operands[0]], pikepdf.Operator("Tw")
        yield [operands[1]], pikepdf.Operator("Tc")
    if operator in {"'", '"'}:
        yield [], pikepdf.Operator("T*")
    array: list[Any] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, float):
            array.append(_number(piece))
            continue
        kept = b""
        for at, (_, raw) in enumerate(font.codes(piece)):
            shift = hidden.get((number, place, at))
            if shift is None:
                kept += raw
                continue
            if kept:
                array.append(pikepdf.String(kept))
            kept = b""
            array.append(_number(shift))
        if kept:
            array.append(pikepdf.String(kept))
    yield [pikepdf.Array(array)], pikepdf.Operator("TJ")


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.4f}").normalize() + 0


def boxes(glyphs: Iterable[Glyph]) -> bytes:
    """Neutral boxes where glyphs went, in the page's own space; neighbours share one."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _joined(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    drawn = [_box(run[0], run[-1]) for run in runs]
    return f"q\n{_BOX}\n{''.join(drawn)}Q\n".encode("ascii") if drawn else b""


def _joined(before: Glyph, after: Glyph) -> bool:
    return abs(before.end[0] - after.origin[0]) + abs(before.end[1] - after.origin[1]) < 0.1 * before.size


def _box(first: Glyph, last: Glyph) -> str:
    low, high = -0.15, 0.85
    corners = [
        (first.origin, low), (last.end, low), (last.end, high), (first.origin, high),
    ]  # fmt: skip
    points = [(x + first.up[0] * share, y + first.up[1] * share) for (x, y), share in corners]
    path = " ".join(f"{x:.2f} {y:.2f} {'m' if at == 0 else 'l'}" for at, (x, y) in enumerate(points))
    return f"{path} h f\n"
