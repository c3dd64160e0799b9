"""Statements of account by the engine and by the independent diary of the tests, which must agree to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks import material
from benchmarks.pairing import Pair, same
from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.statement import compute
from legal_service.accounts.statement_json import as_json
from tests.accounts import independent
from tests.accounts.hand_statements import only

NOTE = "the diary is an oracle, day by day and slow on purpose, not a competitor; all figures agree to the fen; JSON on both sides"


def against_diary(loans: Sequence[LoanFacts], note: str) -> Pair:
    """The pair for these loans."""
    return Pair(
        ours=partial(_engine, loans),
        peer=partial(_diary, loans),
        peer_name="independent diary (Fraction)",
        unit="ms/statement",
        amount=len(loans),
        note=f"{note}; {NOTE}",
        agree=_agree,
    )


def _engine(loans: Sequence[LoanFacts]) -> list[dict[str, Any]]:
    return [as_json(compute(loan, material.AS_OF, material.rules())) for loan in loans]


def _diary(loans: Sequence[LoanFacts]) -> list[dict[str, Any]]:
    return [independent.statement(loan, material.AS_OF) for loan in loans]


def _agree(ours: list[dict[str, Any]], peer: list[dict[str, Any]]) -> str:
    for mine, theirs in zip(ours, peer, strict=True):
        same(only(mine, theirs), theirs, f"statement of {theirs['loan_no']}")
    return ""
