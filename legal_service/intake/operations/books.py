"""Writing the lender's splits and paid columns: beside the contract, never in the place of a posting."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import select

from legal_service.accounts.books import KEY
from legal_service.accounts.models import Contract
from legal_service.intake.books import said, same, with_told
from legal_service.intake.operations.writer import Counts, Writer
from legal_service.intake.queries import CHUNK
from legal_service.intake.rows import Row

KEYS = {"instalments": "number", "repayments": "reference"}


def write_books(writer: Writer, sheet: str, rows: list[Row], contracts: dict[str, int], counts: Counts) -> None:
    """Keep what the rows of a sheet say of the lender's books; a row of which only that changed counts as updated."""
    told: dict[int, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        if one := said(row.books, writer.source(row)):
            told[contracts[row.text("loan_no")]][str(row.values[KEYS[sheet]])] = one
    owners, changed = sorted(told), 0
    for start in range(0, len(owners), CHUNK):
        for contract in writer.session.scalars(select(Contract).where(Contract.id.in_(owners[start : start + CHUNK]))):
            changed += _keep(writer, contract, sheet, told[contract.id])
    silent = max(0, changed - counts.created - counts.updated)
    counts.updated += silent
    counts.unchanged -= silent
    writer.session.flush()


def _keep(writer: Writer, contract: Contract, sheet: str, told: dict[str, dict[str, str]]) -> int:
    """How many rows of one contract say something new."""
    after = with_told(contract.extra, sheet, told)
    if after == contract.extra:
        return 0
    kept = json.loads(contract.extra or "{}").get(KEY, {}).get(sheet, {})
    changed = sum(not same(kept.get(key), one) for key, one in told.items())
    if kept:
        writer.keep(contract, ["extra"])
    contract.extra = after
    return changed
