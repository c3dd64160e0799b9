"""Two programs that do the same work, timed in turn: ours, peer, ours, peer; the medians are compared."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any


class PeerMissing(Exception):
    """The peer cannot be had on this machine; the message says what is missing."""


class Disagreement(Exception):
    """The two sides did not do the same work: their times must not be compared."""


def _nothing() -> None:
    """What most pairs need before a call."""


@dataclass(frozen=True)
class Pair:
    """One benchmark. `amount` is how many pieces one call makes; `unit` is `ms/piece`, or a rate such as `MB/s`.

    `agree` gets what the two sides answered to the first, untimed call and raises `Disagreement` unless they did the same
    work; what it answers is added to the note. `before_ours` and `before_peer` run untimed ahead of every call.
    """

    ours: Callable[[], Any]
    peer: Callable[[], Any]
    peer_name: str
    unit: str
    amount: float
    note: str
    agree: Callable[[Any, Any], str]
    before_ours: Callable[[], None] = _nothing
    before_peer: Callable[[], None] = _nothing
    peer_once: bool = False
    """For a peer that takes minutes: its first call is its figure, ours alone is repeated."""

    @property
    def is_rate(self) -> bool:
        """Whether more is better."""
        return self.unit.endswith("/s")

    def figure(self, seconds: float) -> float:
        """The time of one call in the unit of the benchmark.

        >>> Pair(list, list, "list", "ms/list", 4, "", lambda ours, peer: "").figure(0.010)
        2.5
        >>> Pair(list, list, "list", "MB/s", 4, "", lambda ours, peer: "").figure(0.010)
        400.0
        """
        return self.amount / seconds if self.is_rate else seconds * 1000 / self.amount


def measure(name: str, pair: Pair, *, seconds: float = 5.0, least: int = 3, most: int = 25) -> dict[str, Any]:
    """The entry of one benchmark in bench.json; `seconds` bounds the timed part, `least` and `most` the runs of each side.

    Both sides run once untimed first, so that neither pays for imports and caches, and so that they can be compared.
    """
    (_, first), (once, other_first) = _called(pair.before_ours, pair.ours), _called(pair.before_peer, pair.peer)
    found = pair.agree(first, other_first)
    del first, other_first
    ours: list[float] = []
    peer: list[float] = [once] if pair.peer_once else []
    while len(ours) < least or (sum(ours) + sum(peer) < seconds and len(ours) < most):
        ours.append(_called(pair.before_ours, pair.ours)[0])
        if not pair.peer_once:
            peer.append(_called(pair.before_peer, pair.peer)[0])
    middle, other = median(ours), median(peer)
    return {
        "name": name,
        "ours": _rounded(pair.figure(middle)),
        "peer": _rounded(pair.figure(other)),
        "peer_name": pair.peer_name,
        "unit": pair.unit,
        "ratio": _rounded(other / middle),
        "runs": len(ours),
        "note": "; ".join(filter(None, [pair.note, found, "peer measured once" if pair.peer_once else ""])),
    }


def _called(before: Callable[[], None], side: Callable[[], Any]) -> tuple[float, Any]:
    before()
    gc.collect()  # neither side pays for what the other left behind
    start = perf_counter()
    answer = side()
    return perf_counter() - start, answer


def _rounded(figure: float) -> float:
    """Four significant figures: more would be noise.

    >>> _rounded(1234.567), _rounded(0.0123456)
    (1235.0, 0.01235)
    """
    return float(f"{figure:.4g}")


def same(ours: object, peer: object, what: str) -> None:
    """Raise `Disagreement` unless both sides came to the same."""
    if ours != peer:
        raise Disagreement(f"{what}: ours {ours!r}, peer {peer!r}")
