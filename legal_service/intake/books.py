"""The lender's own balances and splits from a row of the tape into the extras of its contract, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from legal_service.accounts.books import KEY
from legal_service.intake.cells import Value
from legal_service.money import amount_text


def said(books: Mapping[str, Value], source: str) -> dict[str, str]:
    """What a row says of the books, with its source; empty when it says nothing.

    >>> said({"to_principal": 10000, "to_interest": None}, "repayments.csv:2")
    {'to_principal': '100.00', 'row': 'repayments.csv:2'}
    """
    found = {name: _text(value) for name, value in books.items() if value is not None}
    return found | {"row": source} if found else {}


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else amount_text(int(str(value)))


def with_balance(kept: str | None, extra: Mapping[str, str], books: Mapping[str, Value], source: str) -> str | None:
    """The extras of a contract after a row of loans.csv: its unknown columns and balances; what it does not speak of stays."""
    before = _loads(kept)
    after: dict[str, Any] = dict(extra) or {name: value for name, value in before.items() if name != KEY}
    if KEY in before:
        after[KEY] = before[KEY]
    return with_told(json.dumps(after), "loans", {"": said(books, source)})


def with_told(kept: str | None, sheet: str, told: Mapping[str, Mapping[str, str]]) -> str | None:
    """The extras of a contract after rows of one sheet, by their key; a row that says the same as before changes nothing.

    >>> with_told('{"team": "A"}', "repayments", {"R1": {"to_principal": "1.00", "row": "repayments.csv:2"}})
    '{"$books": {"repayments": {"R1": {"row": "repayments.csv:2", "to_principal": "1.00"}}}, "team": "A"}'
    >>> with_told(None, "repayments", {}) is None
    True
    """
    extras = _loads(kept)
    books = extras.get(KEY, {})
    for key, one in told.items():
        if one and not same(books.get(sheet, {}).get(key), one):
            books.setdefault(sheet, {})[key] = dict(one)
    if books:
        extras[KEY] = books
    return json.dumps(extras, ensure_ascii=False, sort_keys=True) if extras else None


def same(kept: Mapping[str, str] | None, told: Mapping[str, str]) -> bool:
    """Whether two rows say the same, wherever they stood."""
    return kept is not None and {**kept, "row": ""} == {**told, "row": ""}


def _loads(kept: str | None) -> dict[str, Any]:
    return dict(json.loads(kept)) if kept else {}
