"""What was found where: spans in code points of the raw text, and how overlapping finds become disjoint ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from legal_service.redaction.kinds import Kind

Form = Literal["full", "given", "surname", "part"]


@dataclass(frozen=True, slots=True)
class KnownValue:
    """One value the case already knows (a party's name, a number on file) and that must not reach the reader."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Span:
    """One find: `text[start:end]` is personal data of `kind`.

    `value` is the value on file that it spells (empty for a find by rule); `form` says whether the whole value, a given
    name, only a surname (张先生, 老张) or a torn-off part stands there; `score` orders finds by rule, known values stand above them.
    """

    start: int
    end: int
    kind: Kind
    value: str = ""
    form: Form = "full"
    score: int = 0

    @property
    def known(self) -> bool:
        """Whether the value is on file rather than found by rule."""
        return bool(self.value)


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """Sorted disjoint spans that cover every character any of the given spans covers.

    A known value paints first, unless a longer find holds it whole (a name inside an e-mail); then the longest find.
    What sticks out of a painted find stays a find of its own, so that no character found is lost.

    >>> a, b = Span(0, 4, Kind.ADDRESS), Span(3, 6, Kind.PERSON)
    >>> [(s.start, s.end, s.kind.value) for s in disjoint([b, a])]
    [(0, 4, 'ADDRESS'), (4, 6, 'PERSON')]
    """
    found = [span for span in spans if span.end > span.start]
    known = [span for span in found if span.known]
    whole = [rule for rule in found if not rule.known and not any(_cuts(rule, span) for span in known)]
    held = {span for span in known if any(rule.start <= span.start and span.end <= rule.end for rule in whole)}
    ordered = sorted(
        found,
        key=lambda span: (
            not span.known or span in held,
            span.start - span.end,
            not span.known,
            -span.score,
            span.start,
            span.kind,
        ),
    )
    taken: list[Span] = []
    for span in ordered:
        taken.extend(_rest(span, taken))
    return sorted(taken, key=lambda span: span.start)


def _cuts(rule: Span, known: Span) -> bool:
    """Whether a find by rule covers a known value in part only."""
    return (
        rule.start < known.end and known.start < rule.end and not (rule.start <= known.start and known.end <= rule.end)
    )


def _rest(span: Span, taken: Sequence[Span]) -> list[Span]:
    """The parts of a span that no taken span covers."""
    parts = [(span.start, span.end)]
    for other in taken:
        if other.end <= span.start or other.start >= span.end:
            continue
        parts = [
            piece
            for start, end in parts
            for piece in ((start, min(end, other.start)), (max(start, other.end), end))
            if piece[1] > piece[0]
        ]
    whole = [(span.start, span.end)]
    return [span] if parts == whole else [replace(span, start=start, end=end, form="part") for start, end in parts]
