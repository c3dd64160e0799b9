"""CSS for a converted Word document: units, borders, colours, and one class per distinct set of declarations."""

from __future__ import annotations

import unicodedata

from legal_service.documents import typefaces
from legal_service.documents.word_styles import Properties, Styles, on, refuse_unknown, unsupported, value
from legal_service.errors import Words

Declarations = dict[str, str]

_RUN = frozenset({
    "rStyle", "rFonts", "b", "bCs", "iCs", "strike", "dstrike", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
    "bdr", "shd", "vertAlign", "lang", "noProof", "snapToGrid", "cs", "em",
})  # fmt: skip
_NAMED = {
    "i": ("斜体（中文文书不用斜体）", "italics"), "vanish": ("隐藏文字", "hidden text"), "caps": ("全部大写", "all capitals"),
    "smallCaps": ("小型大写", "small capitals"), "ins": ("未接受的修订", "tracked changes"), "del": ("未接受的修订", "tracked changes"),
}  # fmt: skip
_BORDERS = {
    "single": "solid", "thick": "solid", "double": "double", "dotted": "dotted", "dashed": "dashed", "dashSmallGap": "dashed",
    "dotDash": "dashed", "triple": "double", "thinThickSmallGap": "double", "thickThinSmallGap": "double", "nil": "none", "none": "none",
}  # fmt: skip
_UNDERLINES = {
    "single": "solid",
    "words": "solid",
    "double": "double",
    "thick": "solid",
    "dotted": "dotted",
    "dash": "dashed",
    "wave": "wavy",
}
_HIGHLIGHTS = {"darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0", "darkGreen": "#006400"}


class Sheet:
    """The style sheet being collected."""

    def __init__(self) -> None:
        self._classes: dict[str, str] = {}
        self.rules: list[str] = []

    def named(self, declarations: Declarations) -> str:
        """The class with these declarations."""
        body = ";".join(f"{name}:{text}" for name, text in declarations.items())
        return self._classes.setdefault(body, f"w{len(self._classes) + 1}")

    def css(self) -> str:
        """All of it."""
        return "\n".join([*self.rules, *(f".{name}{{{body}}}" for body, name in self._classes.items())])


def points(twips: str | int) -> float:
    """Twentieths of a point as points."""
    return round(float(twips) / 20, 3)


def pt(size: float) -> str:
    """A length.

    >>> pt(10.50)
    '10.5pt'
    """
    return f"{round(size, 3):g}pt"


def border(attributes: dict[str, str], where: Words) -> str:
    """A border from `w:val`, `w:sz` (eighths of a point) and `w:color`.

    >>> border({"val": "single", "sz": "4", "color": "auto"}, Words("", ""))
    '0.5pt solid #000'
    """
    kind = attributes.get("val", "none")
    if kind not in _BORDERS:
        raise unsupported(f"border {kind}", where, zh=f"边框样式 {kind}", en=f"border style {kind}")
    if _BORDERS[kind] == "none":
        return "none"
    width = float(attributes.get("sz", "4")) / 8
    return f"{pt(max(width, 0.25) * (3 if _BORDERS[kind] == 'double' else 1))} {_BORDERS[kind]} {colour(attributes.get('color', 'auto'))}"


def colour(text: str) -> str:
    """A colour; `auto` is black."""
    return f"#{text}" if len(text) == 6 else "#000"


def shading(attributes: dict[str, str]) -> str:
    """The fill of a `w:shd`, or nothing."""
    fill = attributes.get("fill", "auto")
    return f"#{fill}" if len(fill) == 6 and attributes.get("val", "clear") != "nil" else ""


def is_wide(character: str) -> bool:
    """Whether a character is set in the East Asian face: hanzi, and the quotation marks and dashes Chinese shares with Latin.

    >>> [is_wide(c) for c in "法“A1。"]
    [True, True, False, False, True]
    """
    return unicodedata.east_asian_width(character) in {"W", "F"} or character in "“”‘’—…·×÷℃①②③④⑤⑥⑦⑧⑨⑩□■☐☑☒√○●★☆"


def size_of(run: Properties) -> float:
    """The size of a run in points; Word's own default is 10."""
    return float(value(run, "sz", default="20")) / 2


def run_css(styles: Styles, run: Properties, *, wide: bool, where: Words) -> Declarations:
    """What a run looks like. Raises the refusal for what cannot be shown."""
    refuse_unknown((name for name in run if on(run, name) and name not in _NAMED), _RUN, where)
    for name, (zh, en) in _NAMED.items():
        if on(run, name):
            raise unsupported(name, where, zh=zh, en=en)
    face = styles.face(run, "eastAsia" if wide else "ascii")
    if typefaces.family_of(face) is None:
        raise unsupported(
            f"font {face}",
            where,
            zh=f"字体“{face}”，本机没有对应字体",
            en=f"the typeface {face}, for which the house has none",
        )
    if value(run, "w", default="100") not in {"100", "0"}:
        raise unsupported("w:w", where, zh="字符缩放", en="character scaling")
    css = {"font-family": f'"{face}"', "font-size": pt(size_of(run))}
    if on(run, "b"):
        css["font-weight"] = "bold"
    tint = value(run, "color", default="auto")
    if len(tint) == 6 and tint != "000000":
        css["color"] = colour(tint)
    css |= _lines(run, where)
    if int(value(run, "spacing", default="0")):
        css["letter-spacing"] = pt(points(value(run, "spacing")))
    if value(run, "vertAlign") in {"superscript", "subscript"}:
        css |= {
            "vertical-align": "super" if value(run, "vertAlign") == "superscript" else "sub",
            "font-size": pt(size_of(run) * 0.65),
            "line-height": "0",
        }
    elif int(value(run, "position", default="0")):
        css["vertical-align"] = pt(int(value(run, "position")) / 2)
    mark = value(run, "highlight", default="none")
    fill = shading(run.get("shd", {})) or ("" if mark == "none" else _HIGHLIGHTS.get(mark, mark.lower()))
    if fill:
        css["background"] = fill
    if value(run, "bdr", default="nil") not in {"nil", "none"}:
        css["border"] = border(run["bdr"], where)
    return css


def _lines(run: Properties, where: Words) -> Declarations:
    under = value(run, "u", default="none")
    if under not in _UNDERLINES and under != "none":
        raise unsupported(f"underline {under}", where, zh=f"下划线样式 {under}", en=f"underline {under}")
    if value(run, "em", default="none") != "none":
        raise unsupported("em", where, zh="着重号", en="emphasis marks")
    lines = [
        *(["underline"] if under != "none" else []),
        *(["line-through"] if on(run, "strike") or on(run, "dstrike") else []),
    ]
    if not lines:
        return {}
    css = {"text-decoration-line": " ".join(lines)}
    if _UNDERLINES.get(under, "solid") != "solid":
        css["text-decoration-style"] = _UNDERLINES[under]
    return css
