"""The terms of the invented loans: methods, rates, terms and clauses of a consumer lender's book, disbursed in the last three years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal

from legal_service.accounts.facts import InstalmentFact, LoanFacts, Method, RateSegment
from legal_service.accounts.instalments import Period, plan
from legal_service.accounts.schedule import months_after
from legal_service.intake.sample import institution
from legal_service.intake.sample.draw import happens, one_of, weighted
from legal_service.intake.sample.fates import Fate

COST_TABLE_FROM = date(2026, 8, 1)
"""Contracts from this day on carry a signed table of the financing cost (law.md 3.1, secondary)."""
HISTORY = 3 * 365
"""Days before the business date in which the book was disbursed."""

METHODS: dict[Method, int] = {"equal_instalment": 78, "equal_principal": 10, "interest_only": 8, "bullet": 4}
TERMS = {6: 14, 9: 6, 12: 38, 18: 10, 24: 20, 36: 12}
RATES = {
    72_000: 4, 86_400: 4, 98_000: 5, 108_000: 7, 120_000: 8, 136_800: 8, 144_000: 12, 156_000: 8, 168_000: 8, 180_000: 14,
    199_800: 5, 216_000: 7, 235_800: 5, 240_000: 5,
}  # fmt: skip
PURPOSES = ("日常消费", "住房装修", "购买家用电器", "教育培训", "旅游", "医疗", "婚庆")
ALLOCATIONS = {
    "": 86,
    "interest,principal,costs": 7,
    "costs,interest,principal;91:costs,principal,interest": 7,
}


@dataclass(frozen=True, slots=True)
class Clauses:
    """What the contract says besides the money: forum, service, acceleration, and who has paid in the borrower's place."""

    acceleration: bool
    arbitration: bool
    court: str
    connection: str
    e_service: bool
    notarised: bool
    cost_table: bool
    co_lender_shares: str
    allocation: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Loan:
    """One loan as contracted. Amounts in fen, rates in millionths, the uplift in hundredths."""

    loan_no: str
    contract_no: str
    principal: int
    paid_out: int
    annual_rate: int
    uplift: int
    compound: bool
    day_count: Literal[360, 365]
    method: Method
    months: int
    disbursed_on: date
    first_due_on: date
    rates: tuple[tuple[date, int], ...]
    fee: int
    given_instalments: bool
    clauses: Clauses

    def facts(self) -> LoanFacts:
        """The loan as the account sees it, before any posting."""
        bare = LoanFacts(
            loan_no=self.loan_no,
            contract_no=self.contract_no,
            principal=self.principal,
            disbursed_amount=self.paid_out,
            annual_rate=self.annual_rate,
            penalty_uplift=self.uplift,
            compound=self.compound,
            day_count=self.day_count,
            method=self.method,
            term_months=self.months,
            disbursed_on=self.disbursed_on,
            first_due_on=self.first_due_on,
            row=f"contract:{self.loan_no}",
            allocation=self.clauses.allocation or "costs,interest,principal",
            rates=tuple(RateSegment(on, rate, f"rate:{on}") for on, rate in self.rates),
        )
        if not self.given_instalments:
            return bare
        return replace(
            bare,
            instalments=tuple(
                InstalmentFact(
                    period.number or 0,
                    period.due_on,
                    period.principal,
                    period.interest,
                    self.fee,
                    f"instalment:{period.number}",
                )
                for period in plan(bare).periods
            ),
        )

    def periods(self) -> tuple[Period, ...]:
        """The instalments in order."""
        return plan(self.facts()).periods


def draw_loan(chance: Random, serial: int, fate: Fate, as_of: date, *, exemplary: bool) -> tuple[Loan, int]:
    """A loan that can meet its fate, and which instalment is the first that stays unpaid (0: none).

    Draws until a due day falls where the fate wants it.
    """
    while True:
        loan, unpaid = _draw(chance, serial, fate, as_of, exemplary)
        if unpaid == 0:
            return loan, 0
        periods = loan.periods()
        if unpaid <= len(periods):
            late = (as_of - periods[unpaid - 1].due_on).days
            if fate.at_least <= late <= fate.at_most:
                return loan, unpaid


def _draw(chance: Random, serial: int, fate: Fate, as_of: date, exemplary: bool) -> tuple[Loan, int]:
    method: Method = "equal_instalment" if exemplary else weighted(chance, METHODS)
    months = 24 if exemplary else weighted(chance, TERMS)
    if method == "bullet":
        months = min(months, 12)
    unpaid = 0
    if fate.tier == "none":
        disbursed = as_of - timedelta(days=chance.randrange(4, HISTORY))
        first_due = _first_due(chance, disbursed, months if method == "bullet" else 1)
    else:
        due = as_of - timedelta(days=chance.randrange(fate.at_least, fate.at_most + 1))
        latest = 1 if method == "bullet" else min(months, max(1, (HISTORY - (as_of - due).days) // 31))
        unpaid = 7 if exemplary else chance.randrange(1, latest + 1) if happens(chance, 93) else 1
        first_due = months_after(due, 1 - unpaid)
        disbursed = months_after(first_due, -(months if method == "bullet" else 1))
        if not exemplary and happens(chance, 30):
            disbursed -= timedelta(days=chance.randrange(-9, 15))
    rate = weighted(chance, RATES)
    given = method != "bullet" and not exemplary and happens(chance, 5)
    principal = _principal(chance, 80_000 if exemplary else 200_000)
    deducted = not exemplary and happens(chance, 0.7)
    return Loan(
        loan_no=f"HM{disbursed:%Y%m}{serial:06d}",
        contract_no=f"惠民借字第{disbursed.year}-{serial:06d}号",
        principal=principal,
        paid_out=principal - principal // 50 if deducted else principal,
        annual_rate=180_000 if exemplary else rate,
        uplift=50 if exemplary or happens(chance, 72) else 30,
        compound=exemplary or happens(chance, 40),
        day_count=360 if exemplary or happens(chance, 68) else 365,
        method=method,
        months=months,
        disbursed_on=disbursed,
        first_due_on=first_due,
        rates=() if exemplary or given else _rate_changes(chance, rate, method, first_due, months),
        fee=1500 if given and happens(chance, 50) else 0,
        given_instalments=given,
        clauses=_clauses(chance, disbursed, exemplary),
    ), unpaid


def _first_due(chance: Random, disbursed: date, months: int) -> date:
    """One month on for most; some pay on a fixed day of the month."""
    first = months_after(disbursed, months)
    return first.replace(day=one_of(chance, (5, 10, 15, 20, 25))) if happens(chance, 30) else first


def _principal(chance: Random, most: int) -> int:
    """A principal in fen: hundreds of yuan, small loans far more often than large."""
    yuan = min(most, round(chance.lognormvariate(10.1, 0.75) / 100) * 100)
    return max(3_000, yuan) * 100


def _rate_changes(
    chance: Random, rate: int, method: Method, first_due: date, months: int
) -> tuple[tuple[date, int], ...]:
    """A reduced rate from some due day on, for few."""
    if method == "bullet" or months < 12 or not happens(chance, 3.5):
        return ()
    return ((months_after(first_due, chance.randrange(2, months - 2)), max(72_000, rate - 18_000)),)


def _clauses(chance: Random, disbursed: date, exemplary: bool) -> Clauses:
    forum = "lender" if exemplary else weighted(chance, {"lender": 74, "elsewhere": 6, "arbitration": 4, "none": 16})
    return Clauses(
        acceleration=exemplary or happens(chance, 88),
        arbitration=forum == "arbitration",
        court={"lender": institution.COURT, "elsewhere": institution.OTHER_COURT}.get(forum, ""),
        connection=institution.COURT_CONNECTION if forum == "lender" else "",
        e_service=exemplary or happens(chance, 82),
        notarised=not exemplary and happens(chance, 1.5),
        cost_table=disbursed >= COST_TABLE_FROM,
        co_lender_shares=f"{institution.NAME}30%；{institution.PARTNER_BANK}70%"
        if not exemplary and happens(chance, 4)
        else "",
        allocation="" if exemplary else weighted(chance, ALLOCATIONS),
        purpose=one_of(chance, PURPOSES),
    )
