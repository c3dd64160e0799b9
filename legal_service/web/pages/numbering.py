"""How an article is numbered in each text of its instrument: asked on `/law` with `?instrument=&written=&article=`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legal_service.errors import Refusal, Words
from legal_service.law.citation import Instrument


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the instrument, and the article's number in it; or why there is none that was checked."""

    since: date
    label: str
    citation: str
    refused: Words | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was asked, and the answer line by line; `wrong` says which entry cannot be read."""

    instrument: str
    written: str
    article: str
    lines: tuple[Line, ...] = ()
    wrong: str = ""


def asked(entries: Mapping[str, str], instruments: Mapping[str, Instrument]) -> Conversion:
    """The conversion asked for; empty when none was."""
    code, written = entries.get("instrument", ""), entries.get("written", "")[:20]
    article = entries.get("article", "").strip()[:5]
    found = instruments.get(code)
    if found is None or not article:
        return Conversion(code if found else "", written, article)
    if not (article.isascii() and article.isdecimal() and 0 < int(article) < 2000):
        return Conversion(code, written, article, wrong="article")
    if written not in {version.label for version in found.versions}:
        written = found.versions[-1].label
    lines = tuple(_line(found, int(article), written, version.since, version.label) for version in found.versions)
    return Conversion(code, written, article, lines)


def _line(instrument: Instrument, article: int, written: str, since: date, label: str) -> Line:
    try:
        return Line(since, label, instrument.cite(article, written=written, on=since))
    except Refusal as refusal:
        return Line(since, label, "", refusal.reason)
