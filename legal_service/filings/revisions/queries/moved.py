"""Which rows moved since a moment: came in by a later import or record, were undone, or were changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts.models import Contract, Posting
from legal_service.contacts.models import ContactAttempt
from legal_service.evidence import queries as evidence
from legal_service.evidence.origins import RowOrigin
from legal_service.filings.revisions.facts import MovedRow
from legal_service.intake.models import Batch, RowHistory

_CHANGEABLE = frozenset({"contract", "instalment", "contract_rate", "guarantee", "person", "lender"})
"""Rows that an import changes in place, keeping in `row_history` what they were; all others are appended."""


class Books:
    """The books of a case's loans, asked what moved in them since a document was made. Asks the same thing once."""

    def __init__(self, session: Session, contracts: Sequence[Contract], since: datetime) -> None:
        self._session = session
        self._contracts = {contract.loan_no: contract.id for contract in contracts}
        self._since = since
        self._batches = {batch.id: batch.imported_at for batch in session.execute(select(Batch.id, Batch.imported_at))}
        self._late: tuple[MovedRow, ...] | None = None

    def moved(self, before: Sequence[str], now: Sequence[str]) -> tuple[MovedRow, ...]:
        """What moved among the rows that a figure rested on and would rest on.

        When none of them did, the ledger lines that came or went since: a payment can push a later one to another component.
        """
        added, gone = [row for row in now if row not in set(before)], [row for row in before if row not in set(now)]
        origins = evidence.row_origins(self._session, [*before, *now])
        found = [MovedRow(origins[row], "added", self._came(origins[row])) for row in added]
        found += [MovedRow(origins[row], "gone", self._went(row)) for row in gone]
        for row in dict.fromkeys([*before, *now]):
            if row not in added and row not in gone and (at := self._changed(row)) is not None:
                found.append(MovedRow(origins[row], "changed", at))
        return tuple(found) or self._ledger()

    def deposited(self, case_no: str) -> tuple[MovedRow, ...]:
        """Papers that came into the vault for the case since."""
        return tuple(
            MovedRow(
                RowOrigin(f"vault_item:{item.id}", item.source, by=item.deposited_by, at=item.deposited_at),
                "added",
                item.deposited_at,
            )
            for item in evidence.originals_of_case(self._session, case_no)
            if item.deposited_at > self._since
        )

    def _came(self, origin: RowOrigin) -> datetime | None:
        return origin.at if origin.batch is None else self._batches.get(origin.batch)

    def _went(self, row: str) -> datetime | None:
        table, _, key = row.partition(":")
        if table == "posting" and key.isdigit():
            return self._session.scalar(select(Posting.recorded_at).where(Posting.undoes_id == int(key)))
        if table == "contact_attempt" and key.isdigit():
            number = select(ContactAttempt.contact_no).where(ContactAttempt.id == int(key)).scalar_subquery()
            newer = select(ContactAttempt.recorded_at).where(
                ContactAttempt.contact_no == number, ContactAttempt.id > int(key)
            )
            return self._session.scalar(newer.order_by(ContactAttempt.id.desc()).limit(1))
        return None

    def _changed(self, row: str) -> datetime | None:
        table, _, key = row.partition(":")
        number = self._contracts.get(key) if table == "contract" else int(key) if key.isdigit() else None
        if table not in _CHANGEABLE or number is None:
            return None
        query = select(RowHistory.batch_id).where(RowHistory.table_name == table, RowHistory.row_id == number)
        at = self._latest(self._batches.get(batch) for batch in self._session.scalars(query))
        return at if at is not None and at > self._since else None

    def _latest(self, moments: Iterable[datetime | None]) -> datetime | None:
        return max((at for at in moments if at is not None), default=None)

    def _ledger(self) -> tuple[MovedRow, ...]:
        """Ledger lines recorded since, the undone one in place of its undoing, and contracts changed in place."""
        if self._late is not None:
            return self._late
        query = select(Posting).where(
            Posting.contract_id.in_(list(self._contracts.values())), Posting.recorded_at > self._since
        )
        lines = list(self._session.scalars(query.order_by(Posting.id)))
        rows = [
            (f"posting:{line.undoes_id or line.id}", line.undoes_id is not None, line.recorded_at) for line in lines
        ]
        contracts = [
            (row, at) for row in (f"contract:{loan}" for loan in self._contracts) if (at := self._changed(row))
        ]
        origins = evidence.row_origins(self._session, [*(row for row, _, _ in rows), *(row for row, _ in contracts)])
        self._late = (
            *(MovedRow(origins[row], "gone" if undone else "added", at) for row, undone, at in rows),
            *(MovedRow(origins[row], "changed", at) for row, at in contracts),
        )
        return self._late
