"""Reads the statements worked by hand (`hand/*.yaml`) and checks the arithmetic written out in them.

A line of working is a plain note, or ends in a sum `… : 3000.00 × 0.216 × 7 / 360 = 12.60` (exact, then rounded to the
fen, half a fen upwards) or in a count of days `…, 2026-02-17 to 2026-02-24 = 7 days`.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from legal_service import definitions
from legal_service.accounts.facts import InstalmentFact, LoanFacts, PostingFact
from legal_service.money import parse_amount, parse_rate

FOLDER = Path(__file__).parent / "hand"
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d) = (\d+) days$")
_SUM = re.compile(r": (?P<formula>[^:=]+) = (?P<value>\d+\.\d\d)$")
_SIGNS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class HandStatement:
    """One account as of one day: the facts, the working in words, and the figures reached by hand."""

    name: str
    loan: LoanFacts
    covers: list[str]
    as_of: date
    working: list[str]
    expected: dict[str, Any]


def read_all() -> list[HandStatement]:
    """Every statement worked by hand, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        page = definitions.load(path)
        loan = loan_facts(page["loan"])
        for each in page["statements"]:
            name = f"{path.stem} as of {each['as_of']}"
            found.append(HandStatement(name, loan, page["covers"], each["as_of"], each["working"], each["expected"]))
    return found


def loan_facts(page: dict[str, Any]) -> LoanFacts:
    """The facts of one loan: yuan become fen, rates become millionths, the uplift hundredths."""
    terms = dict(page)
    number, paid_out = terms["loan_no"], parse_amount(terms.pop("disbursed_amount"))
    instalments = tuple(
        InstalmentFact(
            **{**each, **{key: parse_amount(each[key]) for key in ("principal", "interest", "fee")}},
            row=f"instalment:{each['number']}",
        )
        for each in terms.pop("instalments", [])
    )
    postings = tuple(
        PostingFact(
            **{**each, "amount": parse_amount(each["amount"]), "designated": tuple(each.get("designated", ()))},
            row=f"posting:{position}",
            position=position,
        )
        for position, each in enumerate(terms.pop("postings", []), start=1)
    )
    return LoanFacts(
        **{**terms, "annual_rate": parse_rate(terms["annual_rate"]), "penalty_uplift": int(Decimal(terms["penalty_uplift"]) * 100)},
        contract_no=f"{number}-C", row=f"contract:{number}", principal=paid_out, disbursed_amount=paid_out,
        instalments=instalments, postings=postings,
    )  # fmt: skip


def only(figures: Any, like: Any) -> Any:
    """The part of a JSON document that another speaks of; lists keep their length."""
    if isinstance(like, dict):
        return {key: only(figures[key], value) for key, value in like.items()}
    if isinstance(like, list) and len(like) == len(figures):
        return [only(figure, value) for figure, value in zip(figures, like, strict=True)]
    return figures


def check(line: str) -> bool:
    """Whether a line of working holds; a plain note (no equals sign) holds.

    >>> check("penalty: 3000.00 × 0.216 × 7 / 360 = 12.60"), check("penalty: 3000.00 × 0.216 × 7 / 360 = 12.61")
    (True, False)
    >>> check("overdue, 2024-02-28 to 2024-03-01 = 2 days"), check("overdue, 2023-02-28 to 2023-03-01 = 2 days")
    (True, False)
    """
    if "=" not in line:
        return True
    if days := _DAYS.search(line):
        since, until, count = days.groups()
        return (date.fromisoformat(until) - date.fromisoformat(since)).days == int(count)
    if found := _SUM.search(line):
        exact = reckon(found["formula"])
        to_the_fen = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return to_the_fen == Decimal(found["value"])
    return False


def reckon(formula: str) -> Fraction:
    """The exact value of a formula with + − × / ^, brackets, min and max.

    >>> reckon("(1 + 2) × 0.5 − max(0, 1 − 3)")
    Fraction(3, 2)
    """
    signs = formula.replace("×", "*").replace("−", "-").replace("^", "**")
    return _value(ast.parse(re.sub(r"\d+(\.\d+)?", r"'\g<0>'", signs).strip(), mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=str(figure)):
            return Fraction(figure)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _value(left) ** int(_value(right))
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=figures) if name in ("min", "max"):
            return (min if name == "min" else max)(_value(figure) for figure in figures)
    raise ValueError(f"not a formula: {ast.unparse(node)}")
