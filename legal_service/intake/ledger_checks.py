"""Checks of the ledger lines on the tape: amounts, and dates against disbursement."""

from __future__ import annotations

from datetime import date

from legal_service.intake.known import KnownLoan
from legal_service.intake.reversal_checks import check_reversals
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import error


def check_ledger(tape: Tape, loans: dict[str, KnownLoan], today: date) -> None:
    """Check repayments, charges and waivers."""
    for name, column, shown in (("repayments", "paid_on", "PAID_ON"), ("charges", "on", "ON"), ("waivers", "on", "ON")):
        for row in tape.rows[name]:
            _line(tape, row, loans.get(row.text("loan_no")), column, shown, today)
    check_reversals(tape, loans)


def _line(tape: Tape, row: Row, loan: KnownLoan | None, column: str, shown: str, today: date) -> None:
    on = row.values.get(column)
    if row.values.get("amount") == 0:
        tape.reject(
            row,
            error(
                "zero_amount",
                f"{row.where}:AMOUNT",
                "金额不得为零；请更正，或删去本行。",
                "the amount cannot be zero; correct it, or delete the row.",
            ),
        )
    if not isinstance(on, date):
        return
    tape.doubt_future(row, column, "入账日", "posted", today)
    if loan and loan.disbursed_on and on < loan.disbursed_on:
        code = "payment_before_disbursement" if row.sheet == "repayments" else "before_disbursement"
        tape.reject(
            row,
            error(
                code,
                f"{row.where}:{shown}",
                f"{on} 早于放款日 {loan.disbursed_on}，请核对日期或借据号。",
                f"{on} is before disbursement ({loan.disbursed_on}); check the date or the loan number.",
            ),
        )
