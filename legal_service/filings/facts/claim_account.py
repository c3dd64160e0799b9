"""The statement of account as the statement of claim cites it: what is claimed by element, what was paid, since when overdue."""

from __future__ import annotations

from datetime import date, timedelta

from legal_service.accounts import sources
from legal_service.accounts.statement import Line, Statement
from legal_service.filings.facts.claim_facts import Account, Stated
from legal_service.money import Fen


def account_of(statement: Statement) -> Account:
    """The figures of a statement with the rows they rest on. What was left out of the claim is told apart by its reason."""
    rows = {name: tuple(found) for name, found in sources.of_figures(statement).items()}
    claim = statement.claim
    reduced = statement.total - statement.undisclosed_fees - claim.total
    cut = rows["cap.reduction"] if reduced else ()

    def stated(amount: Fen, name: str) -> Stated[Fen]:
        kept = name in {"principal_due", "principal_undue", "costs"}
        return Stated(amount, rows[name] if kept else tuple(dict.fromkeys((*rows[name], *cut))))

    oldest = statement.oldest_due_on
    return Account(
        as_of=statement.as_of,
        principal=stated(claim.principal, "principal_due"),
        principal_undue=stated(statement.principal_undue, "principal_undue"),
        interest=stated(claim.interest, "interest"),
        penalty=stated(claim.penalty, "penalty"),
        compound=stated(claim.compound, "compound"),
        fees=stated(claim.fees, "fees"),
        costs=stated(claim.costs, "costs"),
        claim_total=Stated(claim.total, rows["claim_total"]),
        reduced=Stated(reduced, rows["cap.reduction"]),
        undisclosed_fees=Stated(statement.undisclosed_fees, rows["fees"]),
        cap_rate=statement.cap.rate,
        cap_basis=statement.cap.basis,
        cap_status=statement.rules.cap_status,
        principal_paid=_paid(statement, ("principal",)),
        interest_paid=_paid(statement, ("interest", "penalty", "compound")),
        interest_paid_until=_interest_paid_until(statement),
        overdue_since=Stated(oldest + timedelta(days=1), rows["oldest_due_on"]) if oldest else None,
        days_past_due=Stated(statement.days_past_due, rows["days_past_due"]),
        row=f"statement:{statement.facts.loan_no}@{statement.as_of.isoformat()}",
    )


def _paid(statement: Statement, components: tuple[str, ...]) -> Stated[Fen]:
    """What payments and deductions went to these components; a waiver is not a payment."""
    entries = [entry for entry in statement.postings if entry.kind != "waiver"]
    paid = [(entry.row, sum(entry.to(component) for component in components)) for entry in entries]
    return Stated(sum(amount for _, amount in paid), tuple(row for row, amount in paid if amount))


def _interest_paid_until(statement: Statement) -> Stated[date] | None:
    """还息至: the last due day up to which all contract interest is paid, counted from the first instalment on."""
    last: Line | None = None
    for line in statement.lines:
        if not line.due or line.interest_unpaid:
            break
        last = line
    return Stated(last.period.due_on, tuple(sources.of_line(statement, last))) if last else None
