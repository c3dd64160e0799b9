"""Checks of the instalments that the tape gives."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from legal_service.intake.known import KnownLoan
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error


def check_instalments(tape: Tape, loans: dict[str, KnownLoan]) -> None:
    """Check the instalments: after disbursement, numbered from 1, due in their order, and summing to the principal."""
    sums: dict[str, int] = {}
    last: dict[str, Row] = {}
    for row in tape.rows["instalments"]:
        loan_no, due, principal = row.text("loan_no"), row.values.get("due_on"), row.values.get("principal")
        loan = loans.get(loan_no)
        if row.values.get("number") == 0:
            tape.reject(
                row,
                error(
                    "bad_number",
                    f"{row.where}:NUMBER",
                    "期次从 1 起，请更正。",
                    "instalments are numbered from 1; correct it.",
                ),
            )
        if loan and loan.disbursed_on and isinstance(due, date) and due <= loan.disbursed_on:
            tape.reject(
                row,
                error(
                    "due_before_disbursement",
                    f"{row.where}:DUE_ON",
                    f"应还日不晚于放款日 {loan.disbursed_on}，请核对日期或借据号。",
                    f"due on or before disbursement ({loan.disbursed_on}); check the date or the loan number.",
                ),
            )
        sums[loan_no] = sums.get(loan_no, 0) + (principal if isinstance(principal, int) else 0)
        last[loan_no] = row
    _due_in_order(tape)
    for terms in tape.rows["loans"]:
        loan_no = terms.text("loan_no")
        wanted = terms.values.get("disbursed_amount") or terms.values.get("principal")
        if loan_no in sums and sums[loan_no] != wanted:
            tape.findings.append(
                doubt(
                    "instalments_do_not_sum",
                    f"{last[loan_no].where}:PRINCIPAL",
                    f"{loan_no} 各期本金之和与放款本金不符，请核对还款计划。",
                    f"the instalments of {loan_no} do not sum to the principal paid out; check the schedule.",
                )
            )


def _due_in_order(tape: Tape) -> None:
    by_loan: dict[str, list[tuple[int, date, Row]]] = {}
    for row in tape.rows["instalments"]:
        number, due = row.values.get("number"), row.values.get("due_on")
        if isinstance(number, int) and isinstance(due, date):
            by_loan.setdefault(row.text("loan_no"), []).append((number, due, row))
    for lines in by_loan.values():
        lines.sort(key=lambda line: line[0])
        for before, after in pairwise(lines):
            if after[1] <= before[1]:
                tape.findings.append(
                    doubt(
                        "due_out_of_order",
                        f"{after[2].where}:DUE_ON",
                        f"第 {after[0]} 期应还日 {after[1]} 不晚于前一期的 {before[1]}，请核对。",
                        f"instalment {after[0]} is due on {after[1]}, not after the one before ({before[1]}); check it.",
                    )
                )
