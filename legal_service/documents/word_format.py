"""How a Word paragraph stands on the page, as CSS: alignment, indents, spaces, line height, borders, page breaks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from legal_service.documents.word_sheet import Declarations, border, points, pt, shading, size_of
from legal_service.documents.word_styles import Properties, on, refuse_unknown, unsupported, value
from legal_service.documents.word_tabs import Piece
from legal_service.errors import Words

NATURAL = 1.3
"""A line of 宋体 or 仿宋 set single is this many times its size in Word."""

_KNOWN = frozenset({
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numId", "ilvl", "pBdr", "shd", "tabs", "suppressLineNumbers",
    "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "jc", "outlineLvl", "adjustRightInd", "textAlignment", "suppressAutoHyphens", "cnfStyle",
})  # fmt: skip
_ALIGN = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "distribute",
    "left": "left",
    "start": "left",
}


@dataclass
class Flow:
    """What one paragraph leaves for the next to know."""

    after: float = 0
    style: str = ""
    break_before: bool = False


@dataclass
class Setting:
    """Where a paragraph stands: the table style around it and the line pitch of the page's grid (points; 0: none)."""

    table_style: str = ""
    pitch: float = 0
    flow: Flow = field(default_factory=Flow)


def paragraph_css(
    props: Properties, lead: Properties, pieces: list[Piece], where: Words, setting: Setting
) -> Declarations:
    """The CSS of a paragraph's box; `lead` is the run it begins with. Raises the refusal for what cannot be shown."""
    refuse_unknown((name for name in props if on(props, name)), _KNOWN, where)
    size = size_of(lead)
    largest = max((size_of(piece.run) for piece in pieces if piece.kind == "text"), default=size)
    css = {"line-height": _line_height(props, largest, setting.pitch)}
    align = alignment(props, where)
    if align != "left":
        css["text-align"] = "justify" if align in {"both", "distribute"} else align
    if align == "distribute":
        css["text-align-last"] = "justify"
    left, right, first = indents(props, size)
    for name, length in (("margin-left", left), ("margin-right", right), ("text-indent", first)):
        if length:
            css[name] = pt(length)
    css |= _spaces(props, setting)
    if on(props, "keepNext"):
        css["break-after"] = "avoid"
    if on(props, "keepLines"):
        css["break-inside"] = "avoid"
    if "widowControl" in props and not on(props, "widowControl"):
        css |= {"orphans": "1", "widows": "1"}
    for name, attributes in props.items():
        if name.startswith("pBdr.") and name != "pBdr.between":
            edge = name.removeprefix("pBdr.")
            css |= {
                f"border-{edge}": border(attributes, where),
                f"padding-{edge}": pt(float(attributes.get("space", "1"))),
            }
    if fill := shading(props.get("shd", {})):
        css["background"] = fill
    if "outlineLvl" in props and int(value(props, "outlineLvl")) < 9:
        css["bookmark-level"] = str(int(value(props, "outlineLvl")) + 1)
    return css


def alignment(props: Properties, where: Words) -> str:
    """`left`, `center`, `right`, `both` or `distribute`."""
    align = _ALIGN.get(value(props, "jc", default="left"))
    if align is None:
        raise unsupported(f"jc {value(props, 'jc')}", where, zh="段落对齐方式", en="paragraph alignment")
    return align


def indents(props: Properties, size: float) -> tuple[float, float, float]:
    """Left and right indent, and that of the first line against the left one (negative: hanging), in points."""
    ind = props.get("ind", {})

    def length(*names: str) -> float:
        for name in names:
            if float(ind.get(f"{name}Chars", "0")):
                return float(ind[f"{name}Chars"]) / 100 * size
        return next((points(ind[name]) for name in names if name in ind), 0.0)

    return length("left", "start"), length("right", "end"), length("firstLine") - length("hanging")


def _line_height(props: Properties, size: float, pitch: float) -> str:
    spacing = props.get("spacing", {})
    line, rule = float(spacing.get("line", "240")), spacing.get("lineRule", "auto")
    if rule == "exact":
        return pt(line / 20)
    if rule == "atLeast":
        return pt(max(line / 20, size * NATURAL))
    if pitch and ("snapToGrid" not in props or on(props, "snapToGrid")):
        return pt(math.ceil(size * NATURAL / pitch - 0.01) * pitch * line / 240)
    return f"{line / 240 * NATURAL:.3g}"


def _spaces(props: Properties, setting: Setting) -> Declarations:
    """Space before and after. CSS lets neighbouring margins collapse where Word adds them, so each paragraph brings the sum."""
    spacing, flow = props.get("spacing", {}), setting.flow
    line = setting.pitch or 12

    def length(side: str) -> float:
        if float(spacing.get(f"{side}Lines", "0")):
            return float(spacing[f"{side}Lines"]) / 100 * line
        return points(spacing.get(side, "0"))

    before, after, style = length("before"), length("after"), value(props, "pStyle")
    alike = on(props, "contextualSpacing") and flow.style == style != ""
    total = -flow.after if alike else flow.after + before if before else 0.0
    flow.after, flow.style = after, style
    css: Declarations = {}
    if total:
        css["margin-top"] = pt(total)
    if after:
        css["margin-bottom"] = pt(after)
    return css
