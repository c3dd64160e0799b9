"""Loans by the hundred thousand, 24 instalments each, invented the same in every run, and an instance that holds them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import material
from legal_service.accounts.facts import InstalmentFact, LoanFacts, Method, PostingFact, PostingKind
from legal_service.accounts.schedule import Terms, build, months_after
from legal_service.config import Settings
from legal_service.installation import Installation

MONTHS = 24
METHODS: tuple[Method, ...] = ("equal_instalment", "equal_instalment", "equal_principal", "interest_only")
CLAUSES = (
    "costs,interest,principal",
    "costs,interest,principal;91:costs,principal,interest",
    "principal,interest,costs",
)
CHARGES = ("service_fee", "insurance", "guarantee_fee", "legal_cost")
WAIVERS = ("interest", "penalty", "compound", "fees", "principal")
AT_ONCE = 5_000


def deal(count: int, as_of: date = material.AS_OF) -> Iterator[LoanFacts]:
    """So many loans at every stage of their life on a day: paid on time, late, in part, not any more; some accelerated."""
    for number in range(1, count + 1):
        yield _loan(number, as_of)


def _loan(number: int, as_of: date) -> LoanFacts:
    dice = Random(number * 7_919)
    disbursed_on = as_of - timedelta(days=dice.randint(20, 1_000))
    first_due_on = (
        months_after(disbursed_on, 1) if dice.random() < 0.8 else disbursed_on + timedelta(dice.randint(15, 50))
    )
    amount, rate = dice.randint(200_000, 20_000_000), dice.choice((72_000, 120_000, 155_500, 180_000, 239_900, 300_000))
    method = dice.choice(METHODS)
    terms = Terms(amount, rate, MONTHS, method, disbursed_on, first_due_on, 360)
    fee = dice.randint(500, 20_000) if dice.random() < 0.15 else 0
    instalments = tuple(
        InstalmentFact(row.number, row.due_on, row.principal, row.interest, fee, f"instalment:{row.number}")
        for row in build(terms).rows
    )
    accelerated_on = None
    if dice.random() < 0.08:
        accelerated_on = min(as_of, disbursed_on + timedelta(days=dice.randint(60, 500)))
    return LoanFacts(
        loan_no=f"BN{number:07}", contract_no=f"BNC{number:07}", row=f"contract:BN{number:07}",
        principal=amount, disbursed_amount=amount, annual_rate=rate, penalty_uplift=dice.choice((50, 50, 30, 0)),
        compound=dice.random() < 0.3, day_count=dice.choice((360, 365)), method=method, term_months=MONTHS,
        disbursed_on=disbursed_on, first_due_on=first_due_on, allocation=dice.choice((*CLAUSES[:1] * 6, *CLAUSES)),
        acceleration_clause=accelerated_on is not None, accelerated_on=accelerated_on, instalments=instalments,
        postings=_ledger(dice, instalments, disbursed_on, as_of),
    )  # fmt: skip


def _ledger(
    dice: Random, instalments: tuple[InstalmentFact, ...], disbursed_on: date, as_of: date
) -> tuple[PostingFact, ...]:
    lines: list[tuple[date, PostingKind, int, str]] = []
    stops, lateness = dice.choice((MONTHS, MONTHS, dice.randint(0, MONTHS))), dice.choice((0, 0, 3, 20, 60))
    for row in instalments[:stops]:
        amount = row.principal + row.interest + row.fee
        part = dice.choice((amount, amount, amount, amount // 2, amount + 1_000))
        lines.append((row.due_on + timedelta(days=dice.randint(-2, 2 + lateness)), "payment", max(part, 1), ""))
    span = (as_of - disbursed_on).days
    for kind, chance, most in (("charge", 0.2, 60_000), ("waiver", 0.12, 90_000), ("deduction", 0.1, 300_000)):
        while dice.random() < chance:
            on = disbursed_on + timedelta(days=dice.randint(0, span))
            component = dice.choice({"charge": CHARGES, "waiver": WAIVERS}.get(kind, ("",)))
            lines.append((on, kind, dice.randint(1, most), component))  # type: ignore[arg-type]
    lines.sort(key=lambda line: line[0])
    return tuple(
        PostingFact(on, kind, amount, f"R{at}", f"posting:{at}", at, component=component, disclosed=at % 3 > 0)
        for at, (on, kind, amount, component) in enumerate(lines, start=1)
        if on <= as_of
    )


def installed(folder: Path, count: int) -> Installation:
    """A SQLite instance with so many loans in it, written past the operations: one borrower, one lender."""
    installation = Installation(
        Settings(
            instance=folder / "instance", database_url=f"sqlite:///{folder / 'loans.db'}", store_url=f"file://{folder / 'vault'}",
            broker_url="", secret_key="", field_keys="", tsa_url="", language="en",
        )
    )  # fmt: skip
    installation.initialise()
    own, dealt, first = installation.institution_id, deal(count), 1
    with sqlite3.connect(
        folder / "loans.db"
    ) as connection:  # a plain connection does not check that the borrower is there
        while loans := list(islice(dealt, AT_ONCE)):
            numbered = list(enumerate(loans, start=first))
            first += len(loans)
            connection.executemany(_CONTRACT, [_contract(at, loan, own) for at, loan in numbered])
            due = [
                (at, one.number, str(one.due_on), one.principal, one.interest, one.fee, own)
                for at, loan in numbered
                for one in loan.instalments
            ]
            connection.executemany(_INSTALMENT, due)
            booked = [
                (at, "waiver" if one.kind == "waiver" else "repayment", one.kind, str(one.on), one.amount, one.reference,
                 one.component, one.disclosed, own)
                for at, loan in numbered
                for one in loan.postings
            ]  # fmt: skip
            connection.executemany(_POSTING, booked)
    return installation


_CONTRACT = """INSERT INTO contract (id, loan_no, contract_no, person_id, lender_id, product, principal, disbursed_amount,
  annual_rate, penalty_uplift, compound, day_count, method, term_months, disbursed_on, first_due_on, acceleration_clause,
  accelerated_on, allocation, agreed_court, agreed_court_connection, e_service, signed_cost_table, compensated_by,
  co_lender_shares, arbitration_clause, notarised, source_row, institution_id)
  VALUES (?, ?, ?, 1, 1, '', ?, ?, ?, ?, ?, ?, ?, 24, ?, ?, 0, ?, ?, '', '', 0, 0, '', '', 0, 0, 'bench', ?)"""
_INSTALMENT = """INSERT INTO instalment (contract_id, number, due_on, principal, interest, fee, source_row, institution_id)
  VALUES (?, ?, ?, ?, ?, ?, 'bench', ?)"""
_POSTING = """INSERT INTO posting (contract_id, family, kind, posted_on, amount, reference, component, disclosed, revision,
  reverses, designated, taker, approved_by, channel, recorded_at, source_row, institution_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, '', '', '', '', '', '2026-01-01', 'bench', ?)"""


def _contract(at: int, loan: LoanFacts, own: int) -> tuple[Any, ...]:
    return (
        at, loan.loan_no, loan.contract_no, loan.principal, loan.disbursed_amount, loan.annual_rate, loan.penalty_uplift,
        loan.compound, loan.day_count, loan.method, str(loan.disbursed_on), str(loan.first_due_on),
        str(loan.accelerated_on) if loan.accelerated_on else None, loan.allocation, own,
    )  # fmt: skip
