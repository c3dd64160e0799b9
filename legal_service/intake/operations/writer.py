"""The pen of an import: master rows are created, or changed with their history kept; every row knows its source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from legal_service.database import Transaction
from legal_service.errors import Finding
from legal_service.intake.bindings import unsaid
from legal_service.intake.models import RowHistory
from legal_service.intake.rows import Row

Key = tuple[Any, ...]
_AT_ONCE = 5000


@dataclass(slots=True)
class Counts:
    """Rows of one sheet by what became of them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        """All rows counted."""
        return self.created + self.updated + self.unchanged

    def as_json(self) -> dict[str, int]:
        """The counts as JSON."""
        return {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}


@dataclass(slots=True)
class Writer:
    """One import's pen: its transaction, its batch, and what it came to doubt while writing."""

    tx: Transaction
    batch_id: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """The session of the import's transaction."""
        return self.tx.session

    def source(self, row: Row) -> str:
        """Where a row came from, as every figure can say: `batch:3/loans.csv:17`."""
        return f"batch:{self.batch_id}/{row.where}"[:120]

    def insert(self, model: Any, rows: list[dict[str, Any]]) -> None:
        """Write new rows of a table in the order given, many at a time; each dictionary has the same keys."""
        for start in range(0, len(rows), _AT_ONCE):
            some = [values | {"institution_id": self.tx.institution_id} for values in rows[start : start + _AT_ONCE]]
            self.session.execute(insert(model), some)

    def master(self, rows: Iterable[tuple[Row, Key, dict[str, Any]]], model: Any, existing: dict[Key, Any]) -> Counts:
        """Create what is new, change what differs (keeping what it was), leave the rest alone.

        Of columns that the tape does not have a row says nothing: what stands, stands.
        """
        counts, new = Counts(), []
        for row, key, values in rows:
            found = existing.get(key)
            if found is None:
                new.append(values | {"source_row": self.source(row)})
                continue
            silent = set(unsaid(row))
            changed = {
                name: value for name, value in values.items() if name not in silent and getattr(found, name) != value
            }
            if not changed:
                counts.unchanged += 1
                continue
            self.keep(found, changed)
            for name, value in changed.items():
                setattr(found, name, value)
            found.source_row = self.source(row)
            counts.updated += 1
        self.session.flush()
        self.insert(model, new)
        counts.created = len(new)
        return counts

    def keep(self, found: Any, changed: Iterable[str]) -> None:
        """Keep what a row was before these columns of it change."""
        before = {name: _plain(getattr(found, name)) for name in changed}
        self.session.add(
            RowHistory(
                batch_id=self.batch_id,
                table_name=found.__tablename__,
                row_id=found.id,
                before=json.dumps(before, ensure_ascii=False, sort_keys=True),
                was_source_row=found.source_row,
            )
        )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
