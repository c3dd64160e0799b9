"""Checks of the ledger lines on the tape: amounts, and dates against disbursement."""

from __future__ import annotations

from datetime import date

from legal_service.accounts.rules import disclosure_begins
from legal_service.intake.known import KnownLoan
from legal_service.intake.reversal_checks import check_reversals
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error
from legal_service.law import files as law
from legal_service.money import amount_text


def check_ledger(tape: Tape, loans: dict[str, KnownLoan], today: date) -> None:
    """Check repayments, charges and waivers."""
    for name, column, shown in (("repayments", "paid_on", "PAID_ON"), ("charges", "on", "ON"), ("waivers", "on", "ON")):
        for row in tape.rows[name]:
            _line(tape, row, loans.get(row.text("loan_no")), column, shown, today)
    check_reversals(tape, loans)
    begins = disclosure_begins(law.parameters())
    for row in tape.rows["charges"]:
        _disclosure(tape, row, loans.get(row.text("loan_no")), begins)


def _disclosure(tape: Tape, row: Row, loan: KnownLoan | None, begins: date) -> None:
    """A charge of which the tape does not say whether it was disclosed: as the signed cost table says, else not disclosed."""
    if row.values.get("disclosed") is not None:
        return
    required = loan is not None and loan.disbursed_on is not None and loan.disbursed_on >= begins
    row.values["disclosed"] = not required or bool(loan and loan.signed_cost_table) or row.text("kind") == "legal_cost"
    amount = row.values.get("amount")
    if not row.values["disclosed"] and isinstance(amount, int):
        tape.findings.append(
            doubt(
                "disclosure_unsaid",
                f"{row.where}:disclosed",
                f"未载明费用 {amount_text(amount)} 元是否已明示，且没有签署的成本明示表：按未明示处理，不列入主张；已明示的请填 Y。",
                f"whether the fee of {amount_text(amount)} was disclosed is not said, and no cost table was signed: it counts as not "
                "disclosed and is not claimed; enter Y if it was.",
                "个人贷款业务明示综合融资成本规定（secondary）",
            )
        )


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
