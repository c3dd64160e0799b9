"""The known values of a case, found in every spelling: one search automaton per case and view."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

import ahocorasick

from legal_service.redaction.lexicon import TITLES, ordinary_words
from legal_service.redaction.slots import person_slot
from legal_service.redaction.spans import KnownValue, Span
from legal_service.redaction.spellings import Pattern, patterns
from legal_service.redaction.surface import View, codes_view, level, names_view

_STREET = re.compile(r"[路街道巷镇乡村县市区省国寺桥]")
_LETTER = re.compile(r"[A-Za-z]")


class Gazetteer:
    """All spellings of a set of known values, ready to be sought in any number of texts."""

    def __init__(self, known: tuple[KnownValue, ...]) -> None:
        self._by_view: dict[str, dict[str, list[Pattern]]] = {"names": defaultdict(list), "codes": defaultdict(list)}
        for value in known:
            for pattern in patterns(value):
                self._by_view[pattern.view][pattern.chars].append(pattern)
        self._automata = {view: _automaton(table) for view, table in self._by_view.items()}

    def find(self, text: str) -> list[Span]:
        """Spans (overlapping, unsorted) of every spelling of a known value in the text."""
        return self._sought(text, "names", names_view) + self._sought(text, "codes", codes_view)

    def _sought(self, text: str, name: str, normalise: Callable[[str], View]) -> list[Span]:
        spans: list[Span] = []
        automaton = self._automata[name]
        if automaton is None:
            return spans
        view = normalise(text)
        levelled = ""
        for last, chars in automaton.iter(view.chars):
            first = last - len(chars) + 1
            for pattern in self._by_view[name][chars]:
                levelled = levelled or level(text)
                outer = view.raw(first, last + 1)
                if not _allowed(pattern, levelled, *outer):
                    continue
                end = last + 1 if pattern.keep is None else first + pattern.keep
                start, end = view.raw(first + pattern.skip, end)
                spans.append(Span(start, end, pattern.known.kind, pattern.known.value, pattern.form))
        return spans


def _automaton(table: dict[str, list[Pattern]]) -> ahocorasick.Automaton | None:
    if not table:
        return None
    automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
    for chars in table:
        automaton.add_word(chars, chars)
    automaton.make_automaton()
    return automaton


def _allowed(pattern: Pattern, text: str, start: int, end: int) -> bool:
    """Whether the surroundings let this spelling be the value (`start` and `end` in the levelled text)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    match pattern.guard:
        case "":
            return True
        case "latin":
            return not (_LETTER.match(before) and _LETTER.match(text[start])) and not _LETTER.match(after)
        case "digit":
            return not before.isdigit() and not after.isdigit()
        case "slot":
            return person_slot(text, start, end)
        case "given":
            return not _STREET.match(after) and not _across(text, start, end)
        case "word":
            return not _across(text, start, end) and not _longer_title(text, start, end)


def _across(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word runs across an edge of the find (关于总额 for 于总, 小程序 for 小程)."""
    words = ordinary_words()
    return text[start - 1 : start + 1] in words or text[end - 1 : end + 1] in words


def _longer_title(text: str, start: int, end: int) -> bool:
    """总 is a title in 张总，, not in 张总额 or 张总计."""
    last = text[end - 1 : end]
    return last in TITLES and text[end : end + 1] in {"额", "计", "共", "是", "体", "行", "部", "公"} and last == "总"


@lru_cache(maxsize=256)
def gazetteer(known: tuple[KnownValue, ...]) -> Gazetteer:
    """The gazetteer of a case; cases come back line after line, so the last ones are kept."""
    return Gazetteer(known)
