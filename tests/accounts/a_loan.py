"""Builders for the tests of accounts: a plain loan, its ledger and its statement, in yuan as a lawyer writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from legal_service.accounts.facts import InstalmentFact, LoanFacts, PostingFact, RateSegment
from legal_service.accounts.rules import Rules
from legal_service.accounts.statement import Line, Statement, compute
from legal_service.money import parse_amount, parse_rate

RULES = Rules(
    cap_rate=parse_rate("0.24"),
    cap_basis="法发〔2017〕22号 第二条",
    disclosure_from=date(2026, 8, 1),
    disclosure_basis="个人贷款业务明示综合融资成本规定",
)


def day(text: str) -> date:
    """2026-03-15."""
    return date.fromisoformat(text)


def a_loan(*ledger: PostingFact, **changes: Any) -> LoanFacts:
    """1,000.00 a month for three months: 3,000.00 at 12 % on 360 days, equal principal, due on the 15th, penalty + 50 %.

    Paid out on 2026-01-15; instalments of 2026-02-15, 03-15 and 04-15 bear 30.00, 20.00 and 10.00 of interest.
    """
    terms: dict[str, Any] = {
        "loan_no": "HM0001",
        "contract_no": "借字第1号",
        "principal": parse_amount("3000"),
        "annual_rate": parse_rate("0.12"),
        "penalty_uplift": 50,
        "compound": False,
        "day_count": 360,
        "method": "equal_principal",
        "term_months": 3,
        "disbursed_on": day("2026-01-15"),
        "first_due_on": day("2026-02-15"),
        "row": "contract:HM0001",
        "acceleration_clause": True,
    }
    terms |= changes
    terms.setdefault("disbursed_amount", terms["principal"])
    return LoanFacts(**terms, postings=tuple(ledger))


def paid(on: str, yuan: str, reference: str = "R1", *, position: int = 1, **more: Any) -> PostingFact:
    """A payment of the borrower."""
    kind = more.pop("kind", "payment")
    return PostingFact(day(on), kind, parse_amount(yuan), reference, f"posting:{reference}", position, **more)


def reversed_(on: str, what: str, reference: str = "X1", *, yuan: str = "0") -> PostingFact:
    """The reversal of a repayment."""
    return paid(on, yuan, reference, position=9, kind="reversal", reverses=what)


def waived(on: str, kind: str, yuan: str, reference: str = "W1", *, position: int = 5) -> PostingFact:
    """A waiver by the lender."""
    return paid(on, yuan, reference, position=position, kind="waiver", component=kind)


def charged(on: str, kind: str, yuan: str, reference: str = "C1", *, disclosed: bool = True) -> PostingFact:
    """A fee or a cost."""
    return paid(on, yuan, reference, position=0, kind="charge", component=kind, disclosed=disclosed)


def rate(on: str, a_year: str) -> RateSegment:
    """A change of the yearly rate."""
    return RateSegment(day(on), parse_rate(a_year), f"contract_rate:{on}")


def instalment(number: int, due_on: str, principal: str, interest: str, fee: str = "0") -> InstalmentFact:
    """An instalment as the tape gives it."""
    return InstalmentFact(
        number, day(due_on), parse_amount(principal), parse_amount(interest), parse_amount(fee), f"instalment:{number}"
    )


def statement_of(loan: LoanFacts, as_of: str, rules: Rules = RULES) -> Statement:
    """The statement at the close of a day."""
    return compute(loan, day(as_of), rules)


def line_of(statement: Statement, number: int | None) -> Line:
    """One line of the statement; None is the acceleration line."""
    return next(line for line in statement.lines if line.period.number == number)
