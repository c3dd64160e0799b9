"""The log of redactions (`metadata/redactions.jsonl`): what kind was treated how, where and how often, never the value."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from legal_service.redaction.kinds import Kind
from legal_service.redaction.policy import Operator


@dataclass(frozen=True, slots=True, order=True)
class Redaction:
    """So many values of one kind treated at one place (`page 2`, `line 14`, `C7`, `$.borrower.name`)."""

    place: str
    kind: Kind
    operator: Operator
    count: int

    def as_json(self) -> dict[str, str | int]:
        """One entry of the log."""
        return {"kind": self.kind.value, "operator": self.operator.value, "place": self.place, "count": self.count}


@dataclass(slots=True)
class Tally:
    """Counts redactions while a copy is made."""

    _counts: Counter[tuple[str, Kind, Operator]] = field(default_factory=Counter)

    def add(self, kind: Kind, operator: Operator, place: str, count: int = 1) -> None:
        """Count one value treated."""
        self._counts[(place, kind, operator)] += count

    def entries(self) -> list[Redaction]:
        """The log in the order of the places as they were met."""
        return [Redaction(place, kind, operator, count) for (place, kind, operator), count in self._counts.items()]


def jsonl(entries: Iterable[Redaction]) -> str:
    """The log as JSON lines."""
    return "".join(json.dumps(entry.as_json(), ensure_ascii=False) + "\n" for entry in entries)
