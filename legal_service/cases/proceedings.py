"""Events of the proceedings (程序事项): what the court or a party did in a case, as one table.

A stage says where a case is; an event says what happened there, on which day, and which deadlines follow. Events are
recorded and withdrawn, never changed. The table itself stands in `proceeding_kinds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

EVERY_PARTY = ""
"""Closing for this party closes the deadlines of a rule for all of them."""


@dataclass(frozen=True, slots=True)
class Opens:
    """A deadline that a step opens: the rule, the field its trigger stands in (empty: the day of the step), whether it is a party's own.

    `only` holds it to steps whose field has one of some values: ("track", ("simplified",)).
    """

    rule: str
    since: str = ""
    party: bool = False
    only: tuple[str, tuple[str, ...]] | None = None

    def wanted(self, data: Mapping[str, str]) -> bool:
        """Whether a step with these data opens it."""
        if self.since and self.since not in data:
            return False
        return self.only is None or data.get(self.only[0]) in self.only[1]

    def trigger(self, on: date, data: Mapping[str, str]) -> date:
        """The day it is counted from."""
        return date.fromisoformat(data[self.since]) if self.since else on

    def subject(self, data: Mapping[str, str]) -> str:
        """The party it belongs to; empty for the case."""
        return data.get("party", "") if self.party else ""


@dataclass(frozen=True, slots=True)
class Closes:
    """Deadlines that a step ends: the rule, and whether only the party's own."""

    rule: str
    party: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One event as recorded. `data` holds the fields of its kind (`step_data.FIELDS`) as text."""

    key: int
    kind: str
    on: date
    data: Mapping[str, str] = field(default_factory=dict)
    by: str = ""

    @property
    def party(self) -> str:
        """The party it concerns, empty when it concerns the case."""
        return self.data.get("party", "")

    def day(self, name: str) -> date | None:
        """A day among its data."""
        return date.fromisoformat(self.data[name]) if name in self.data else None


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The events of a case that stand, oldest first."""

    events: tuple[Event, ...] = ()

    def all(self, *kinds: str) -> tuple[Event, ...]:
        """The events of some kinds."""
        return tuple(one for one in self.events if one.kind in kinds)

    def newest(self, *kinds: str) -> Event | None:
        """The newest event of some kinds."""
        found = self.all(*kinds)
        return found[-1] if found else None

    def since(self, *kinds: str) -> Proceedings:
        """What was recorded after the newest event of some kinds; everything when there is none."""
        start = max((one.key for one in self.all(*kinds)), default=-1)
        return Proceedings(tuple(one for one in self.events if one.key > start))

    def track(self) -> str:
        """The procedure the case is tried in now; empty before it is docketed."""
        for one in reversed(self.all("docketed", "track_changed")):
            if "track" in one.data:
                return one.data["track"]
        return ""

    def value(self, name: str, *kinds: str) -> str:
        """The newest value of a field, among events of some kinds or of any."""
        for one in reversed(self.all(*kinds) if kinds else self.events):
            if name in one.data:
                return one.data[name]
        return ""


def standing(events: Iterable[Event], withdrawn: Iterable[int]) -> Proceedings:
    """The events without those that were withdrawn, by day and then in the order recorded.

    >>> standing([Event(2, "docketed", date(2026, 5, 2)), Event(1, "handed_in", date(2026, 5, 1))], [2]).newest("docketed") is None
    True
    """
    gone = frozenset(withdrawn)
    return Proceedings(tuple(sorted((one for one in events if one.key not in gone), key=lambda one: (one.on, one.key))))
