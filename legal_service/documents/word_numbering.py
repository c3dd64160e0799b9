"""Automatic numbering of Word paragraphs: 一、 （二） 3. ④, counted as Word counts."""

from __future__ import annotations

import re

from lxml import etree

from legal_service.documents.word_parts import Package, W
from legal_service.documents.word_styles import Properties, Styles, flat, merged, unsupported, value
from legal_service.errors import Words

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Numbering:
    """The counters of one document; `label` counts on each call, so ask once per paragraph, in reading order."""

    def __init__(self, package: Package) -> None:
        root = package.parts.get("word/numbering.xml")
        self._abstract = (
            {}
            if root is None
            else {item.get(f"{W}abstractNumId", ""): item for item in root.findall(f"{W}abstractNum")}
        )
        self._lists = {} if root is None else {item.get(f"{W}numId", ""): item for item in root.findall(f"{W}num")}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def level(self, number: str, depth: int) -> etree._Element | None:
        """The definition of one level of a list, or None where there is no such list."""
        item = self._lists.get(number)
        if item is None:
            return None
        for override in item.findall(f"{W}lvlOverride"):
            level = override.find(f"{W}lvl")
            if override.get(f"{W}ilvl") == str(depth) and level is not None:
                return level
        abstract = self._abstract.get(_value(item, "abstractNumId"))
        if abstract is None:
            return None
        return next((level for level in abstract.findall(f"{W}lvl") if level.get(f"{W}ilvl") == str(depth)), None)

    def paragraph(self, number: str, depth: int) -> Properties:
        """The indents that a level brings to its paragraphs."""
        level = self.level(number, depth)
        return {} if level is None else flat(level.find(f"{W}pPr"))

    def label(self, number: str, depth: int, where: Words) -> tuple[str, str]:
        """The next label of a list and what follows it (`tab`, `space`, `nothing`); ("", "nothing") where there is no list."""
        level = self.level(number, depth)
        if level is None or number == "0":
            return "", "nothing"
        counters = self._counters.setdefault(_value(self._lists[number], "abstractNumId"), {})
        start = self._start_override(number, depth)
        if start is not None and (number, depth) not in self._started:
            counters[depth] = start
        else:
            counters[depth] = counters.get(depth, int(_value(level, "start", "1")) - 1) + 1
        self._started.add((number, depth))
        for deeper in [key for key in counters if key > depth]:
            del counters[deeper]
        text = re.sub(
            r"%(\d)", lambda found: self._numeral(number, int(found[1]) - 1, counters, where), _value(level, "lvlText")
        )
        if _value(level, "numFmt", "decimal") == "bullet":
            text = {
                "\uf0b7": "•",
                "\uf06c": "●",
                "\uf06e": "■",
                "\uf075": "◆",
                "\uf0d8": "➢",
                "\uf0fc": "√",
                "o": "○",
                "\uf0a7": "▪",
            }.get(text, text)
        return text, _value(level, "suff", "tab")

    def _start_override(self, number: str, depth: int) -> int | None:
        for override in self._lists[number].findall(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if override.get(f"{W}ilvl") == str(depth) and start is not None:
                return int(start.get(f"{W}val", "1"))
        return None

    def _numeral(self, number: str, depth: int, counters: dict[int, int], where: Words) -> str:
        level = self.level(number, depth)
        if level is None:
            return ""
        if depth not in counters:
            counters[depth] = int(_value(level, "start", "1"))
        return numeral(counters[depth], _value(level, "numFmt", "decimal"), where)


def paragraph_properties(
    styles: Styles, numbering: Numbering, element: etree._Element, table_style: str = ""
) -> Properties:
    """Everything that shapes a paragraph: defaults, the table around it, its style, its list, and its own formatting."""
    direct = flat(element.find(f"{W}pPr"))
    style = styles.of_style(value(direct, "pStyle"), "paragraph", "pPr")
    table = styles.of_style(table_style, "table", "pPr") if table_style else {}
    own = merged(style, direct)
    number, depth = value(own, "numId"), int(value(own, "ilvl", default="0"))
    listed = numbering.paragraph(number, depth) if number else {}
    layers = (style, listed, direct) if "numId" in direct else (listed, style, direct)
    return merged(styles.paragraph_defaults, table, *layers)


def _value(element: etree._Element, name: str, default: str = "") -> str:
    child = element.find(f"{W}{name}")
    return default if child is None else child.get(f"{W}val", default)


def numeral(count: int, style: str, where: Words) -> str:
    """A number as a list shows it; a style not known here is refused.

    >>> nowhere = Words(zh="正文第1段", en="paragraph 1")
    >>> [numeral(12, style, nowhere) for style in ("decimal", "chineseCounting", "chineseLegalSimplified", "decimalEnclosedCircle")]
    ['12', '十二', '壹拾贰', '⑫']
    """
    if style in {"decimal", "none", "bullet"}:
        return str(count) if style == "decimal" else ""
    if style == "decimalZero":
        return f"{count:02d}"
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if style in {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "taiwaneseCountingThousand",
    }:
        return chinese(count)
    if style == "chineseLegalSimplified":
        return chinese(count, digits=_LEGAL, units=("", "拾", "佰", "仟"), leading_one=True)
    if style == "ideographDigital":
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))
    if style.startswith("decimalEnclosedCircle") and count <= 20:
        return chr(0x245F + count)
    if style in {"upperLetter", "lowerLetter"} and count <= 26:
        return chr((65 if style == "upperLetter" else 97) + count - 1)
    if style in {"upperRoman", "lowerRoman"}:
        return roman(count).upper() if style == "upperRoman" else roman(count)
    raise unsupported(f"numFmt {style}", where, zh=f"编号样式 {style}", en=f"numbering style {style}")


def chinese(
    count: int,
    *,
    digits: str = _DIGITS,
    units: tuple[str, str, str, str] = ("", "十", "百", "千"),
    leading_one: bool = False,
) -> str:
    """A number below ten thousand in Chinese.

    >>> chinese(10), chinese(21), chinese(105), chinese(2010)
    ('十', '二十一', '一百零五', '二千零一十')
    """
    if not 0 < count < 10_000:
        return digits[0] if count == 0 else str(count)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = count // 10**place % 10
        if digit == 0:
            gap = gap or bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    return text if leading_one or not 10 <= count < 20 else text[1:]


def roman(count: int) -> str:
    """A number in small Roman numerals.

    >>> roman(14)
    'xiv'
    """
    text = ""
    for size, letters in _ROMAN:
        text += letters * (count // size)
        count %= size
    return text
