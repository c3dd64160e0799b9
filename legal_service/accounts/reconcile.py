"""Holding the lender's own books against our statement: where they differ, both figures are said and nothing is overwritten.

Balances, and what instalments were paid, belong to the day the tape names; without a day balances cannot be compared. A split
belongs to the day of its repayment, up to the day asked. What is not compared is said, with the reason. The lender's penalty is held
against penalty and compound together where its books have no column for compound; its fees against fees and costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.accounts.books import Books, Told
from legal_service.accounts.instalments import plan
from legal_service.accounts.statement import Statement
from legal_service.errors import Finding, Language, Refusal, Words
from legal_service.money import Fen, amount_text

BASIS = "机构内部规则：账面核对"

NAMES = {
    "principal": Words("本金", "principal"),
    "interest": Words("期内利息", "contract interest"),
    "penalty": Words("罚息", "penalty interest"),
    "penalty_and_compound": Words("罚息及复利", "penalty and compound interest"),
    "compound": Words("复利", "compound interest"),
    "fees": Words("费用", "fees"),
    "total": Words("欠款合计（含未到期本金）", "total, principal not yet due included"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on which the lender's books and our statement differ; `ours` is None where it could not be compared.

    `place` is what the figure belongs to: empty for the loan, else the reference of the repayment or the instalment's number.
    """

    loan_no: str
    on: date | None
    place: str
    component: str
    theirs: Fen
    ours: Fen | None
    told: Told
    finding: Finding

    def as_json(self, language: Language) -> dict[str, Any]:
        """The finding of the contract's shape, with both figures, the day and the row beside it."""
        return self.finding.as_json(language) | {
            "loan_no": self.loan_no,
            "on": self.on.isoformat() if self.on else None,
            "place": self.place,
            "component": self.component,
            "theirs": amount_text(self.theirs),
            "ours": None if self.ours is None else amount_text(self.ours),
            "difference": None if self.ours is None else amount_text(self.theirs - self.ours),
            "row": self.told.row,
        }


def reconcile(books: Books, loan_no: str, statement_on: Callable[[date], Statement], as_of: date) -> list[Difference]:
    """The differences of one loan, balances first; `statement_on` answers our statement of a day.

    A day on which there is no account (before the disbursement) leaves the figures uncompared, and says so.
    """
    if not books:
        return []
    try:
        statement = statement_on(books.as_of or as_of)
        latest = statement_on(as_of) if books.splits and statement.as_of < as_of else statement
    except Refusal as refusal:
        told = [*books.balances, *(one for _, many in (*books.splits, *books.instalments) for one in many)]
        return [_uncompared(loan_no, one, refusal.reason) for one in told]
    if books.as_of is None:
        why = Words("数据带未载明余额日期", "the tape names no day for the balance")
        found = [_uncompared(loan_no, one, why) for one in books.balances]
    else:
        found = list(_balances(statement, books.balances, books.as_of))
    return [*found, *_splits(latest, books, as_of), *_instalments(statement, books)]


def _balances(statement: Statement, told: tuple[Told, ...], on: date) -> Iterator[Difference]:
    merged = all(one.column != "outstanding_compound" for one in told)
    whole = statement.total + statement.principal_undue
    ours: dict[str, Fen] = {
        "principal": statement.principal,
        "interest": statement.interest,
        "penalty": statement.penalty,
        "penalty_and_compound": statement.penalty + statement.compound,
        "compound": statement.compound,
        "fees": statement.fees + statement.costs,
        "total": whole,
    }
    for one in told:
        component = _component(one, "outstanding_", merged)
        due_alone = component == "total" and one.amount == statement.total
        if one.amount != ours[component] and not due_alone:
            yield _difference(statement, on, Words("", ""), "", component, one, ours[component])


def _splits(statement: Statement, books: Books, as_of: date) -> Iterator[Difference]:
    """The splits of repayments up to the day asked; where a repayment does not stand on that day, that is said of its figures."""
    entries = {entry.reference: entry for entry in statement.postings if entry.kind != "waiver" and entry.on <= as_of}
    for reference, told in books.splits:
        entry = entries.get(reference)
        if entry is None:
            why = _absent(statement, reference, as_of)
            yield from (_uncompared(statement.facts.loan_no, one, why, reference) for one in told)
            continue
        merged = all(one.column != "to_compound" for one in told)
        for one in told:
            component = _component(one, "to_", merged)
            parts = {"penalty_and_compound": ("penalty", "compound"), "fees": ("fees", "costs")}.get(
                component, (component,)
            )
            ours = sum(entry.to(part) for part in parts)
            if one.amount != ours:
                place = Words(f"还款 {reference}（{entry.on}）抵", f"repayment {reference} of {entry.on} to ")
                yield _difference(statement, entry.on, place, reference, component, one, ours)


def _absent(statement: Statement, reference: str, as_of: date) -> Words:
    """Why a repayment is not in the statement: reversed, later than the day asked, or unknown."""
    for gone in statement.reversed:
        if gone.posting.reference == reference:
            return Words(
                f"还款 {reference} 已于 {gone.reversal.on} 冲正",
                f"repayment {reference} was reversed on {gone.reversal.on}",
            )
    for posting in statement.facts.postings:
        if posting.reference == reference and posting.kind in ("payment", "deduction") and posting.on > as_of:
            return Words(
                f"还款 {reference} 于 {posting.on} 入账，晚于 {as_of}",
                f"repayment {reference} was posted on {posting.on}, after {as_of}",
            )
    return Words(f"账上没有还款 {reference}", f"there is no repayment {reference} in the ledger")


def _instalments(statement: Statement, books: Books) -> Iterator[Difference]:
    lines = {line.period.number: line for line in statement.lines}
    for number, told in books.instalments:
        line = lines.get(number)
        if line is None:
            on = statement.accelerated_on
            why = Words(
                f"第 {number} 期已并入 {on} 提前到期部分",
                f"instalment {number} was taken into the balance accelerated on {on}",
            )
            if on is None or all(one.number != number for one in plan(statement.facts).periods):
                why = Words(f"还款计划中没有第 {number} 期", f"the schedule has no instalment {number}")
            yield from (_uncompared(statement.facts.loan_no, one, why, str(number)) for one in told)
            continue
        for one in told:
            component = one.column.removeprefix("paid_")
            ours = line.principal_paid if component == "principal" else line.interest_paid
            if one.amount != ours:
                place = Words(f"第 {number} 期已还", f"instalment {number}, paid ")
                yield _difference(statement, statement.as_of, place, str(number), component, one, ours)


def _component(told: Told, prefix: str, merged: bool) -> str:
    component = told.column.removeprefix(prefix)
    return "penalty_and_compound" if component == "penalty" and merged else component


def _difference(
    statement: Statement, on: date, where: Words, place: str, component: str, told: Told, ours: Fen
) -> Difference:
    name, loan_no = NAMES[component], statement.facts.loan_no
    theirs, mine, gap = amount_text(told.amount), amount_text(ours), amount_text(told.amount - ours)
    words = Words(
        f"贷款 {loan_no} 截至 {on} {where.zh}{name.zh}：贷款人账面 {theirs} 元，本系统计算 {mine} 元，相差 {gap} 元；未作改写",
        f"loan {loan_no} as of {on}, {where.en}{name.en}: the lender's books {theirs}, our computation {mine}, difference {gap}; "
        "nothing was overwritten",
    )
    finding = Finding("books_differ", "doubt", f"{told.row}:{told.column}", words, BASIS)
    return Difference(loan_no, on, place, component, told.amount, ours, told, finding)


def _uncompared(loan_no: str, told: Told, why: Words, place: str = "") -> Difference:
    amount, component = amount_text(told.amount), told.column.rpartition("_")[2]
    words = Words(
        f"贷款 {loan_no} 的账面数 {told.column} {amount} 元未核对：{why.zh}",
        f"loan {loan_no}: {told.column} {amount} of the lender's books, not compared: {why.en}",
    )
    finding = Finding("books_not_compared", "doubt", f"{told.row}:{told.column}", words, BASIS)
    return Difference(loan_no, None, place, component, told.amount, None, told, finding)
