"""How far the text behind a printed basis was checked: the statuses of the table's values that rest on the same article.

An article that no value of the table names has no status of its own; it is printed without a mark, not called verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from legal_service.law.citation import articles_named
from legal_service.law.parameters import Parameters, Status

_WEAKEST: tuple[Status, ...] = ("awaiting_counsel", "secondary", "verified")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a basis, and how far its text was checked; None where the table does not say."""

    text: str
    status: Status | None


def standing(basis: str, parameters: Parameters) -> list[Cited]:
    """The citations of a basis, each with the weakest status of what rests on it: word for word, else article by article."""
    exact, by_article = _known(parameters)
    return [
        Cited(one, _weakest(exact.get(one) or {s for article in _articles(one) for s in by_article.get(article, ())}))
        for one in filter(None, (part.strip() for part in basis.split("；")))
    ]


def _known(
    parameters: Parameters,
) -> tuple[Mapping[str, set[Status]], Mapping[tuple[str, int], set[Status]]]:
    exact: dict[str, set[Status]] = {}
    by_article: dict[tuple[str, int], set[Status]] = {}
    for parameter in parameters:
        for dated in parameter.values:
            for basis in (dated.basis, *_within(dated.value)):
                for one in (part.strip() for part in basis.split("；")):
                    exact.setdefault(one, set()).add(dated.status)
                    for article in _articles(one):
                        by_article.setdefault(article, set()).add(dated.status)
    return exact, by_article


def _articles(citation: str) -> list[tuple[str, int]]:
    return [(name, number) for name, _, number in articles_named(citation)]


def _within(value: Any) -> Iterator[str]:
    """Bases inside a value that is a table."""
    if isinstance(value, dict):
        if isinstance(value.get("basis"), str):
            yield value["basis"]
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)


def _weakest(found: set[Status]) -> Status | None:
    return next((status for status in _WEAKEST if status in found), None)
