"""Values nobody told us of, found by pattern, check digit and the words around them."""

from __future__ import annotations

from legal_service.redaction.addresses import addresses
from legal_service.redaction.numbers import numbers
from legal_service.redaction.patterns import marks
from legal_service.redaction.persons import people
from legal_service.redaction.spans import Span
from legal_service.redaction.surface import level


def recognise(text: str) -> list[Span]:
    """All finds by rule, overlapping and unsorted, in code points of the raw text.

    >>> [(s.kind.value, s.start, s.end) for s in recognise("手机１３９ 0000 1234")]
    [('MOBILE', 2, 15)]
    """
    levelled = level(text)
    return [*numbers(levelled), *marks(levelled), *addresses(levelled), *people(levelled)]
