"""What a tape must satisfy before anything is written: every check, and what a refused parent takes with it."""

from __future__ import annotations

from datetime import date

from legal_service.intake.contact_checks import check_complaints, check_contacts, check_obtained
from legal_service.intake.instalment_checks import check_instalments
from legal_service.intake.known import Known, KnownLoan
from legal_service.intake.ledger_checks import check_ledger
from legal_service.intake.loan_checks import check_loans, check_rates
from legal_service.intake.party_checks import check_borrowers, check_identifier, check_phone
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error


def check(tape: Tape, known: Known, *, today: date) -> None:
    """Run every check; findings and the rows' `clean` marks are left on the tape. `today` is the date of the import."""
    for row in tape.rows["lenders"]:
        check_identifier(tape, row, "uscc", "uscc", "USCC", hard=True)
    check_borrowers(tape)
    check_loans(tape, known, today)
    loans = _loan_index(tape, known)
    for name in (
        "rates",
        "instalments",
        "repayments",
        "charges",
        "waivers",
        "contacts",
        "guarantors",
        "complaints",
        "documents",
    ):
        for row in tape.rows[name]:
            if "loans" not in tape.unread and row.text("loan_no") not in loans and row.text("loan_no"):
                tape.reject(
                    row,
                    error(
                        "unknown_loan",
                        f"{row.where}:LOAN_NO",
                        f"没有借据号 {row.text('loan_no')}（本批与库中均无）；请更正编号，或在 loans.csv 补一行。",
                        f"no loan {row.text('loan_no')} on the tape or in the database; correct it, or add a row to loans.csv.",
                    ),
                )
    check_ledger(tape, loans, today)
    check_rates(tape)
    check_instalments(tape, loans)
    for row in tape.rows["guarantors"]:
        check_identifier(tape, row, "id_card", "id_number", "ID_NUMBER", hard=True)
        check_phone(tape, row, "phone")
    check_contacts(tape, today)
    check_complaints(tape, today)
    check_obtained(tape, today)
    _refuse_children(tape)


def _loan_index(tape: Tape, known: Known) -> dict[str, KnownLoan]:
    loans = dict(known.loans)
    for row in tape.rows["loans"]:
        disbursed = row.values.get("disbursed_on")
        before = loans.get(row.text("loan_no"))
        if isinstance(disbursed, date):
            signed = bool(row.values.get("signed_cost_table"))
            if before is not None and "signed_cost_table" in row.unsaid:
                signed = before.signed_cost_table
            repayments = dict(before.repayments) if before else {}
            loans[row.text("loan_no")] = KnownLoan(disbursed, repayments, signed)
        elif before is None:
            loans[row.text("loan_no")] = KnownLoan(None, {})
    return loans


def _refuse_children(tape: Tape) -> None:
    """A row whose parent is not clean is not written; told once at the parent, with the number of rows."""
    borrowers = {row.text("borrower_no"): row for row in tape.rows["borrowers"] if not row.clean}
    lenders = {row.text("lender_no"): row for row in tape.rows["lenders"] if not row.clean}
    followers: dict[str, list[Row]] = {}
    root: dict[str, str] = {}
    for row in tape.rows["loans"]:
        parent = borrowers.get(row.text("borrower_no")) or lenders.get(row.text("lender_no"))
        if parent is not None and row.clean:
            row.clean = False
            root[row.where] = parent.where
            followers.setdefault(parent.where, []).append(row)
    loans = {row.text("loan_no"): row for row in tape.rows["loans"] if not row.clean}
    for name, rows in tape.rows.items():
        if name in ("lenders", "borrowers", "loans"):
            continue
        for row in rows:
            parent = loans.get(row.text("loan_no"))
            if parent is not None and row.clean:
                row.clean = False
                followers.setdefault(root.get(parent.where, parent.where), []).append(row)
    for where, refused in sorted(followers.items()):
        tape.findings.append(
            doubt(
                "dependants_refused",
                f"{where}:*",
                f"本行有误，其下 {len(refused)} 行随之不导入；请先更正本行。",
                f"this row is in error, so {len(refused)} rows that depend on it are not imported; correct it first.",
            )
        )
