"""One value has many surfaces: full width, spaces, dashes, zero-width marks, 一三八, traditional characters.

Values are sought on a normalised *view* of the text and taken out of the original: a view keeps, for each of its
characters, the place in the raw text it came from. `level` is the lesser normalisation, one character for one, on which
patterns run directly.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

ZERO_WIDTH = "\u200b"
NUMERALS = {
    **dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("○壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    "弌": "1",
    "弍": "2",
    "弎": "3",
    "幺": "1",
    "两": "2",
    "洞": "0",
    "拐": "7",
    "勾": "9",
}
_SPOKEN_ONLY = frozenset("洞拐勾弌弍弎")
_LOOKALIKES = {"o": "0", "i": "1", "l": "1", "|": "1"}
_NAME_SEPARATORS = frozenset("·•・‧∙⋅.。．-‐‑‒–—―_*~'’`|/\\")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplified(char: str) -> str:
    """The simplified form of one character (張 → 张); characters without one stay as they are."""
    written: str = _simplifier().convert(char)
    return written if len(written) == 1 else char


def _fold(char: str) -> str:
    """Compatibility form, lower case, no accents, simplified; empty for marks that cannot be seen."""
    parts = []
    for part in unicodedata.normalize("NFKD", char):
        category = unicodedata.category(part)
        if category in {"Cf", "Mn", "Me"} or (category == "Cc" and not part.isspace()):
            continue
        parts.append(simplified(part) if ord(part) > 0x2E00 else part.casefold())
    return "".join(parts)


class _Table(dict[int, str]):
    """A translation table that fills itself as characters are met."""

    def __init__(self, dropped: frozenset[str], *, numbers: bool) -> None:
        super().__init__()
        self.dropped = dropped
        self.numbers = numbers

    def __missing__(self, code: int) -> str:
        folded = "".join(self._one(char) for char in _fold(chr(code)))
        self[code] = folded or "\0"
        return self[code]

    def _one(self, char: str) -> str:
        if char.isspace():
            return ""
        if not self.numbers:
            return "" if char in self.dropped else char
        written = NUMERALS.get(char, _LOOKALIKES.get(char, char))
        return written if written.isalnum() else ""


_NAMES = _Table(_NAME_SEPARATORS, numbers=False)
_CODES = _Table(frozenset(), numbers=True)


@dataclass(frozen=True, slots=True)
class View:
    """Normalised characters and, for each, the index of the raw character it came from."""

    chars: str
    at: Sequence[int]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open range that the view's `[start, end)` covers."""
        return self.at[start], self.at[end - 1] + 1


def _view(text: str, table: _Table) -> View:
    folded = text.translate(table)
    if len(folded) == len(text):
        at = [index for index, char in enumerate(folded) if char != "\0"]
        return View("".join([folded[index] for index in at]) if len(at) < len(folded) else folded, at)
    chars, at = [], []
    for index, char in enumerate(text):
        for part in table[ord(char)]:
            if part != "\0":
                chars.append(part)
                at.append(index)
    return View("".join(chars), at)


def names_view(text: str) -> View:
    """The view for words: names, pinyin, employers. Blanks, dots and dashes are dropped, letters lowered.

    >>> names_view("張 三 Zhāng-Sān").chars
    '张三zhangsan'
    """
    return _view(text, _NAMES)


def codes_view(text: str) -> View:
    """The view for numbers and addresses: only letters and digits remain, numerals and O/l are digits.

    >>> codes_view("一三八-１２３４ 5678x").chars
    '13812345678x'
    """
    return _view(text, _CODES)


class _Level(dict[int, str]):
    """One character for one: full to half width, unseen marks to a zero-width space, simplified."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char)
        category = unicodedata.category(char)
        if category in {"Cf", "Mn", "Me"}:
            written = ZERO_WIDTH
        elif len(folded) == 1:
            written = simplified(folded) if ord(folded) > 0x2E00 else folded
        else:
            written = char
        self[code] = written
        return written


_LEVEL = _Level()


def level(text: str) -> str:
    """The text at the same length, with one way of writing each character: what patterns run on.

    >>> level("手機：１３８")
    '手机:138'
    """
    return text.translate(_LEVEL)


def digits_of(levelled: str) -> str:
    """The digits a run of levelled characters spells (separators dropped, X kept).

    >>> digits_of("一三八 1234-5678")
    '13812345678'
    """
    spelled = []
    for char in levelled:
        if char in "xX":
            spelled.append("X")
        elif char.isdigit():
            spelled.append(str(unicodedata.digit(char, 0)))
        elif char in NUMERALS and char not in _SPOKEN_ONLY:
            spelled.append(NUMERALS[char])
        elif char in "OoIl":
            spelled.append(_LOOKALIKES[char.lower()])
    return "".join(spelled)
