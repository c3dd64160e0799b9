"""Checks of the reversals (冲正) on the tape, against the lines they undo there or in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service.errors import Finding
from legal_service.intake.known import KnownLoan, KnownPosting
from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error

Place = tuple[str, str]
"""A line of the ledger: its loan number and reference."""


@dataclass(slots=True)
class _Ledger:
    """All repayment lines as they would stand after the import, and the rows of the tape among them."""

    lines: dict[Place, KnownPosting]
    rows: dict[Place, Row]


def check_reversals(tape: Tape, loans: dict[str, KnownLoan]) -> None:
    """A reversal undoes one standing payment of its loan, whole, once, and not before it was made.

    The ledger is checked as it would stand after the import: a tape that changes a payment which an older tape reversed is
    found too. A reversal is not clean when the payment it undoes is refused.
    """
    if "repayments" in tape.unread:
        return
    ledger = _ledger(tape, loans)
    undone: dict[Place, str] = {}
    for place, line in ledger.lines.items():
        row = ledger.rows.get(place)
        if line.kind != "reversal":
            if row is not None and line.reverses:
                tape.reject(row, _unexpected(row))
            continue
        target = (place[0], line.reverses)
        finding = _defect(ledger, place, line, undone.get(target))
        undone.setdefault(target, place[1])
        blamed = row or ledger.rows.get(target)
        if finding is not None and blamed is not None:
            tape.reject(blamed, finding)
    _follow_refused(tape, ledger)


def _ledger(tape: Tape, loans: dict[str, KnownLoan]) -> _Ledger:
    touched = {row.text("loan_no") for row in tape.rows["repayments"]}
    ledger = _Ledger({}, {})
    for loan_no in sorted(touched & loans.keys()):
        for reference, posting in loans[loan_no].repayments.items():
            ledger.lines[loan_no, reference] = posting
    for row in tape.rows["repayments"]:
        on, amount = row.values.get("paid_on"), row.values.get("amount")
        place = (row.text("loan_no"), row.text("reference"))
        if ledger.rows.setdefault(place, row) is not row:
            continue
        if isinstance(on, date) and isinstance(amount, int) and row.text("kind"):
            ledger.lines[place] = KnownPosting(row.text("kind"), on, amount, row.text("reverses"))
        else:
            ledger.lines.pop(place, None)
    return ledger


def _defect(ledger: _Ledger, place: Place, line: KnownPosting, undone_by: str | None) -> Finding | None:
    loan_no, reference = place
    row = ledger.rows.get(place) or ledger.rows.get((loan_no, line.reverses))
    if row is None:
        return None  # neither line is on the tape: as it was
    target = ledger.lines.get((loan_no, line.reverses))
    where = f"{row.where}:reverses"
    if target is None and (loan_no, line.reverses) in ledger.rows:
        return None  # the payment cannot be read; its own finding says so
    if not line.reverses or target is None:
        return error(
            "reversal_of_nothing",
            where,
            f"冲正 {reference} 所冲的流水号 {line.reverses or '（空）'} 在该笔贷款中不存在；请更正 reverses，或补录原还款。",
            f"reversal {reference} undoes {line.reverses or '(empty)'}, which this loan does not have; "
            "correct reverses, or add the payment.",
        )
    if target.kind == "reversal":
        return error(
            "reversal_of_reversal",
            where,
            f"{line.reverses} 本身是冲正，不得再冲正；请补录一笔新的还款。",
            f"{line.reverses} is itself a reversal; record a new repayment instead.",
        )
    if undone_by is not None:
        return error(
            "reversed_twice",
            where,
            f"{line.reverses} 已被 {undone_by} 冲正；请删去本行，或更正 reverses。",
            f"{line.reverses} is already reversed by {undone_by}; delete this row, or correct reverses.",
        )
    if line.on < target.on:
        return error(
            "reversal_before_payment",
            f"{row.where}:PAID_ON",
            f"冲正 {reference} 的日期 {line.on} 早于原还款 {line.reverses} 的 {target.on}，请核对两个日期。",
            f"reversal {reference} of {line.on} is before payment {line.reverses} of {target.on}; check both dates.",
        )
    if line.amount != target.amount:
        return error(
            "reversal_amount_differs",
            f"{row.where}:AMOUNT",
            f"冲正 {reference} 与原还款 {line.reverses} 金额不一致；部分退款请全额冲正后另记一笔。",
            f"reversal {reference} differs in amount from payment {line.reverses}; reverse it whole and record a new line.",
        )
    return None


def _unexpected(row: Row) -> Finding:
    return error(
        "unexpected_reverses",
        f"{row.where}:reverses",
        "只有 kind 为 reversal 的行可以填 reverses；请改 kind，或清空 reverses。",
        "only a line of kind reversal may name what it reverses; change kind, or clear reverses.",
    )


def _follow_refused(tape: Tape, ledger: _Ledger) -> None:
    """A reversal whose payment is refused is refused with it; the payment's own finding says why."""
    for (loan_no, _), row in ledger.rows.items():
        target = ledger.rows.get((loan_no, row.text("reverses")))
        if row.text("kind") == "reversal" and row.clean and target is not None and not target.clean:
            row.clean = False
            tape.findings.append(
                doubt(
                    "dependants_refused",
                    f"{row.where}:reverses",
                    f"所冲的还款 {row.text('reverses')} 有误未导入，本行随之不导入；请先更正该笔。",
                    f"payment {row.text('reverses')} is in error, so this reversal is not imported either; correct it first.",
                )
            )
