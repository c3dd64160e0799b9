"""Personal data in a text: what the case knows, in every spelling, and what rules recognise."""

from __future__ import annotations

from collections.abc import Iterable

from legal_service.redaction.kinds import Kind
from legal_service.redaction.known import gazetteer
from legal_service.redaction.recognisers import recognise
from legal_service.redaction.spans import KnownValue, Span, disjoint
from legal_service.redaction.surface import names_view


def detect(text: str, known: Iterable[KnownValue] = ()) -> list[Span]:
    """Sorted disjoint spans of personal data, half open, in code points of the raw text.

    A full name found by rule is then sought in the rest of the text like a known one (redaction.md 3c: names found
    anywhere in a case are the cheapest recall). Names that no rule announces and nobody knows are not found.

    >>> [(s.start, s.end, s.kind.value) for s in detect("借款人张三，张三称已还款", [])]
    [(3, 5, 'PERSON'), (6, 8, 'PERSON')]
    """
    values = tuple(dict.fromkeys(known))
    found = gazetteer(values).find(text) + recognise(text)
    learned = learn(text, found, values)
    if learned:
        found += gazetteer(learned).find(text)
    return [span for span in disjoint(found) if any(char.isalnum() for char in text[span.start : span.end])]


def learn(text: str, found: Iterable[Span], known: Iterable[KnownValue]) -> tuple[KnownValue, ...]:
    """Full names that rules found and the case does not know yet."""
    names = {names_view(value.value).chars for value in known if value.kind is Kind.PERSON}
    learned = {
        names_view(text[span.start : span.end]).chars: KnownValue(Kind.PERSON, text[span.start : span.end])
        for span in found
        if span.kind is Kind.PERSON and not span.known and span.form == "full" and span.score >= 6
    }
    return tuple(value for chars, value in sorted(learned.items()) if chars not in names)
