"""Writing the master rows of a tape: lenders, borrowers, loans, and what hangs on a loan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from legal_service.accounts.models import Contract, Guarantee, InstalmentRow, RateRow
from legal_service.complaints.models import Complaint
from legal_service.intake.bindings import attributes
from legal_service.intake.books import with_balance
from legal_service.intake.operations.writer import Counts, Key, Writer
from legal_service.intake.queries import CHUNK, chunks
from legal_service.intake.rows import Row
from legal_service.parties.models import Lender, Person

KEYS: dict[Any, tuple[str, ...]] = {
    RateRow: ("from_on",),
    InstalmentRow: ("number",),
    Guarantee: ("id_number_index",),
}
"""What distinguishes two rows of one loan."""


def write_lenders(writer: Writer, rows: list[Row], loans: list[Row]) -> Counts:
    """Write the lenders; one that only the loans name is created blank: the institution's own settings are the plaintiff."""
    existing: dict[Key, Any] = {(one.lender_no,): one for one in writer.session.scalars(select(Lender))}
    counts = writer.master([(row, (row.text("lender_no"),), attributes(row)) for row in rows], Lender, existing)
    written = {number for (number,) in existing} | {row.text("lender_no") for row in rows}
    for row in loans:
        number = row.text("lender_no")
        if number not in written:
            written.add(number)
            blank = dict.fromkeys(("name", "uscc", "address", "legal_representative", "post", "lender_type"), "")
            writer.insert(Lender, [{"lender_no": number, "source_row": writer.source(row), **blank}])
    return counts


def write_borrowers(writer: Writer, rows: list[Row]) -> Counts:
    """Write the borrowers, with the blind indexes they are found by."""
    existing: dict[Key, Any] = {}
    for part in chunks(row.text("borrower_no") for row in rows):
        for one in writer.session.scalars(select(Person).where(Person.borrower_no.in_(part))):
            existing[(one.borrower_no,)] = one
    blind = writer.tx.keys.blind
    prepared = []
    for row in rows:
        values = attributes(row)
        values |= {
            "id_number_index": blind("person.id_number", str(values["id_number"])),
            "name_index": blind("person.name", str(values["name"])),
            "phone_index": blind("person.phone", str(values["phone"])),
        }
        prepared.append((row, (row.text("borrower_no"),), values))
    return writer.master(prepared, Person, existing)


def write_loans(writer: Writer, rows: list[Row]) -> Counts:
    """Write the loan contracts; unknown columns are kept with them."""
    session = writer.session
    people: dict[str, int] = {}
    for part in chunks(row.text("borrower_no") for row in rows):
        found = session.execute(select(Person.id, Person.borrower_no).where(Person.borrower_no.in_(part)))
        people.update((number, key) for key, number in found)
    lenders = {number: key for key, number in session.execute(select(Lender.id, Lender.lender_no))}
    existing: dict[Key, Any] = {}
    for part in chunks(row.text("loan_no") for row in rows):
        for one in session.scalars(select(Contract).where(Contract.loan_no.in_(part))):
            existing[(one.loan_no,)] = one
    prepared = []
    for row in rows:
        key = (row.text("loan_no"),)
        values = attributes(row) | {
            "person_id": people[row.text("borrower_no")],
            "lender_id": lenders[row.text("lender_no")],
        }
        before = existing.get(key)
        values["extra"] = with_balance(before.extra if before else None, row.extra, row.books, writer.source(row))
        _mind_what_is_unsaid(row, values, before)
        prepared.append((row, key, values))
    return writer.master(prepared, Contract, existing)


def _mind_what_is_unsaid(row: Row, values: dict[str, Any], found: Contract | None) -> None:
    """A tape without the column leaves the net payout alone, unless that was the principal itself."""
    if found is None:
        return
    if "disbursed_amount" in row.unsaid and found.disbursed_amount == found.principal != values["principal"]:
        row.unsaid -= {"disbursed_amount"}


def write_on_loans(writer: Writer, rows: list[Row], contracts: dict[str, int], model: Any) -> Counts:
    """Write what hangs on a loan and is known by the loan and its own key: rates, instalments, guarantees."""
    existing: dict[Key, Any] = {}
    owners = sorted({contracts[row.text("loan_no")] for row in rows})
    for start in range(0, len(owners), CHUNK):
        for one in writer.session.scalars(select(model).where(model.contract_id.in_(owners[start : start + CHUNK]))):
            existing[(one.contract_id, *(getattr(one, name) for name in KEYS[model]))] = one
    prepared = []
    for row in rows:
        values = attributes(row) | {"contract_id": contracts[row.text("loan_no")]}
        if model is Guarantee:
            values["id_number_index"] = writer.tx.keys.blind("guarantee.id_number", str(values["id_number"]))
        prepared.append((row, (values["contract_id"], *(values[name] for name in KEYS[model])), values))
    return writer.master(prepared, model, existing)


def write_complaints(writer: Writer, rows: list[Row], contracts: dict[str, int]) -> Counts:
    """Write the complaints, known by their own number even when they turn out to concern another loan."""
    existing: dict[Key, Any] = {}
    for part in chunks(row.text("complaint_no") for row in rows):
        for one in writer.session.scalars(select(Complaint).where(Complaint.complaint_no.in_(part))):
            existing[(one.complaint_no,)] = one
    prepared = [
        (row, (row.text("complaint_no"),), attributes(row) | {"contract_id": contracts[row.text("loan_no")]})
        for row in rows
    ]
    return writer.master(prepared, Complaint, existing)
