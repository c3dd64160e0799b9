"""How the tape's columns become columns of the tables: one table of bindings, read by the import alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from legal_service.intake.cells import Value, parse_allocation
from legal_service.intake.rows import Row


@dataclass(frozen=True, slots=True)
class Binding:
    """Tape column → attribute of the row, where the names differ; and columns that the row does not keep."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset({"loan_no", "borrower_no", "lender_no"})


BINDINGS: dict[str, Binding] = {
    "lenders": Binding(dropped=frozenset()),
    "borrowers": Binding(dropped=frozenset()),
    "loans": Binding(dropped=frozenset({"borrower_no", "lender_no"})),
    "rates": Binding({"from": "from_on"}),
    "instalments": Binding(),
    "repayments": Binding({"paid_on": "posted_on"}),
    "charges": Binding({"on": "posted_on", "kind": "component"}),
    "waivers": Binding({"on": "posted_on", "kind": "component"}),
    "contacts": Binding(),
    "guarantors": Binding(),
    "complaints": Binding(),
}

_NULLABLE = {
    "birth_date", "phone2", "residence", "employer", "email", "wechat", "bank_card", "address_for_service", "content", "domicile",
    "phone",
}  # fmt: skip


def attributes(row: Row) -> dict[str, Value]:
    """The values of a row as the table's attributes.

    An encrypted optional text that is empty is stored as NULL; dates of birth are kept as ISO text because the column is
    encrypted; the payout defaults to the principal (contract.md section 3).
    """
    binding = BINDINGS[row.sheet]
    found: dict[str, Value] = {}
    for name, value in row.values.items():
        if name in binding.dropped:
            continue
        target = binding.renamed.get(name, name)
        found[target] = None if value == "" and name in _NULLABLE and _optional(row.sheet, name) else value
    if row.sheet == "borrowers":
        born = found.get("birth_date")
        found["birth_date"] = None if born is None else str(born)
        found["id_number"] = str(found["id_number"]).upper()
    if row.sheet == "guarantors":
        found["id_number"] = str(found["id_number"]).upper()
    if row.sheet == "loans":
        found["disbursed_amount"] = found.get("disbursed_amount") or found["principal"]
        found["day_count"] = int(str(found["day_count"]))
        found["allocation"] = parse_allocation(str(found["allocation"]))
    if row.sheet in ("repayments", "charges", "waivers"):
        found["family"] = row.sheet.removesuffix("s")
    if row.sheet in ("charges", "waivers"):
        found["kind"] = row.sheet.removesuffix("s")
    return found


def unsaid(row: Row) -> list[str]:
    """The attributes of which the row says nothing, because its file does not have their columns."""
    binding = BINDINGS[row.sheet]
    return [binding.renamed.get(name, name) for name in sorted(row.unsaid - binding.dropped)]


def _optional(sheet: str, name: str) -> bool:
    required = {("borrowers", "phone"), ("borrowers", "domicile"), ("lenders", "phone")}
    return (sheet, name) not in required
