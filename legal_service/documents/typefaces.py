"""The typefaces of a Chinese legal document: 宋 仿宋 黑 楷, the names Word gives them, and what they can draw.

A court's Windows has 仿宋_GB2312 and its siblings; this machine has free faces of the same classes, kept in a private
set (setup/fonts.py) so that every machine draws the same page. The private families are never named in a template:
templates name the Windows faces, and fontconfig answers with ours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SONG, FANG, HEI, KAI, TITLE, BOXES = "Court Song", "Court Fang", "Court Hei", "Court Kai", "Court Title", "Court Boxes"
FULL = " Full"
"""A trimmed face is fast; the untrimmed one of the same design stands behind it for the rare name (玥 䶮 𠮷)."""

STACKS: dict[str, tuple[str, ...]] = {
    SONG: (SONG, SONG + FULL, KAI, BOXES),
    FANG: (FANG, SONG, SONG + FULL, KAI, BOXES),
    HEI: (HEI, HEI + FULL, SONG + FULL, BOXES),
    KAI: (KAI, SONG, KAI + FULL, SONG + FULL, BOXES),
    TITLE: (TITLE, SONG, SONG + FULL, BOXES),
}
"""Which face is asked next for a character the face before cannot draw."""

ALIASES: dict[str, tuple[str, ...]] = {
    SONG: (
        "宋体", "SimSun", "NSimSun", "新宋体", "华文宋体", "STSong", "方正书宋简体", "方正书宋_GBK", "思源宋体", "Noto Serif CJK SC",
        "Noto Serif SC", "Songti SC", "宋体-简", "Times New Roman", "Times", "Cambria", "Georgia", "Cambria Math", "Liberation Serif", "serif",
        "MS Mincho", "PMingLiU", "MingLiU",
    ),
    FANG: ("仿宋", "仿宋_GB2312", "FangSong", "FangSong_GB2312", "华文仿宋", "STFangsong", "方正仿宋_GBK", "方正仿宋简体", "方正仿宋_GB2312"),
    HEI: (
        "黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "华文黑体", "华文细黑", "STHeiti", "STXihei", "等线", "等线 Light", "DengXian",
        "DengXian Light", "方正黑体_GBK", "方正黑体简体", "思源黑体", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "Arial",
        "Helvetica", "Calibri", "Calibri Light", "Verdana", "Tahoma", "Segoe UI", "Liberation Sans", "sans-serif", "MS Gothic",
    ),
    KAI: ("楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti", "方正楷体_GBK", "方正楷体简体", "LXGW WenKai", "Kaiti SC"),
    TITLE: ("方正小标宋简体", "方正小标宋_GBK", "小标宋", "华文中宋", "STZhongsong", "FZXiaoBiaoSong-B05S", "方正大标宋简体", "方正大标宋_GBK"),
}  # fmt: skip
"""Names that templates use, per private family."""

_FAMILY = {name.casefold(): family for family, names in ALIASES.items() for name in names}
_DRAWN_BY_NOBODY = {"Cc", "Zl", "Zp"}


def family_of(name: str) -> str | None:
    """The private family that stands for a face named in a template, or None when the house has none.

    >>> family_of("仿宋_GB2312"), family_of("times new roman"), family_of("Wingdings")
    ('Court Fang', 'Court Song', None)
    """
    return _FAMILY.get(name.strip().casefold())


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters that at least one face of the private set draws, as sorted, disjoint, closed ranges."""

    ranges: tuple[tuple[int, int], ...]

    def missing(self, text: Iterable[str]) -> list[str]:
        r"""Characters that no face draws, each once, in code point order. Line breaks and tabs need no glyph.

        >>> Coverage(((0x20, 0x7E), (0x4E00, 0x9FFF))).missing("张三\t😀 A")
        ['😀']
        """
        lacking = {
            character
            for character in set(text)
            if not self.draws(character) and unicodedata.category(character) not in _DRAWN_BY_NOBODY
        }
        return sorted(lacking)

    def draws(self, character: str) -> bool:
        """Whether some face has a glyph for the character."""
        point = ord(character)
        low, high = 0, len(self.ranges)
        while low < high:
            middle = (low + high) // 2
            first, last = self.ranges[middle]
            if point < first:
                high = middle
            elif point > last:
                low = middle + 1
            else:
                return True
        return False


def ranges_of(points: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Code points as closed ranges.

    >>> ranges_of([5, 1, 2, 3])
    ((1, 3), (5, 5))
    """
    ranges: list[tuple[int, int]] = []
    for point in sorted(set(points)):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return tuple(ranges)


def configuration(*, faces: str, cache: str) -> str:
    """The private fonts.conf: one folder of faces, one cache, and the names of templates pointed at our families."""
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        f"  <dir>{faces}</dir>",
        f"  <cachedir>{cache}</cachedir>",
    ]
    for family, names in ALIASES.items():
        for name in names:
            lines += _pointed(name, STACKS[family])
    lines += [
        '  <match target="pattern"><edit name="family" mode="append_last" binding="weak">',
        *(f"    <string>{family}</string>" for family in STACKS[SONG]),
        "  </edit></match>",
        "</fontconfig>",
        "",
    ]
    return "\n".join(lines)


def _pointed(name: str, stack: tuple[str, ...]) -> list[str]:
    return [
        f'  <match target="pattern"><test name="family"><string>{name}</string></test>',
        '    <edit name="family" mode="assign" binding="strong">'
        + "".join(f"<string>{family}</string>" for family in stack)
        + "</edit></match>",
    ]
