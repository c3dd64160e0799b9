"""One door to the writes of the room: a record by its name, told as text, read and written."""

from __future__ import annotations

from typing import Any

from legal_service.database import Transaction
from legal_service.enforcement import records
from legal_service.enforcement.operations.money_in import record_recovery, record_terms
from legal_service.enforcement.operations.releasing import record_release
from legal_service.enforcement.operations.taking import record_clue, record_entry, record_measure


def record_one(tx: Transaction, *, case_no: str, record: str, told: Any) -> dict[str, Any]:
    """Do the write that a record asks for; answer what it came to."""
    if record == "terms":
        return {"version": record_terms(tx, case_no=case_no, terms=records.read_terms(told))}
    values = records.read(record, told)
    match record:
        case "clue":
            return {"recorded": record_clue(tx, case_no=case_no, **values)}
        case "measure":
            return {"recorded": record_measure(tx, case_no=case_no, **values)}
        case "entry":
            found = record_entry(tx, case_no=case_no, **values)
            return {"recorded": found.key, "until": found.until.isoformat() if found.until else None}
        case "recovery":
            return {"recorded": record_recovery(tx, case_no=case_no, **values)}
        case _:
            return {"done": record_release(tx, case_no=case_no, **values)}
