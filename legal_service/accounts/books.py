"""The lender's own books as a tape carries them: balances, splits of repayments, what each instalment was paid.

They are kept with the contract beside its unknown columns, under one key, each figure with the row it came from. Nothing is
computed from them: `reconcile` holds them against our statement.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service.money import Fen, parse_amount

KEY = "$books"
"""Where the lender's books stand among the unknown columns of a contract."""

BALANCES = ("principal", "interest", "penalty", "compound", "fees", "total")
SPLITS = ("principal", "interest", "penalty", "compound", "fees")


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of the lender: the column it stood in, the amount, the row of the tape."""

    column: str
    amount: Fen
    row: str


@dataclass(frozen=True, slots=True)
class Books:
    """What the lender's books say of one loan. `as_of` is the day of the balances, None where the tape names none."""

    as_of: date | None = None
    balances: tuple[Told, ...] = ()
    splits: tuple[tuple[str, tuple[Told, ...]], ...] = ()
    instalments: tuple[tuple[int, tuple[Told, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.balances or self.splits or self.instalments)


def read(extra: str | None) -> Books:
    """The books among the extras of a contract; empty where the tape carried none.

    >>> read('{"$books": {"loans": {"": {"outstanding_principal": "100.00", "row": "loans.csv:2"}}}}').balances
    (Told(column='outstanding_principal', amount=10000, row='loans.csv:2'),)
    >>> bool(read(None)), bool(read('{"team": "A"}'))
    (False, False)
    """
    kept = json.loads(extra).get(KEY, {}) if extra and KEY in extra else {}
    balance = kept.get("loans", {}).get("", {})
    told_on = balance.get("balance_as_of")
    return Books(
        as_of=date.fromisoformat(told_on) if told_on else None,
        balances=_told(balance),
        splits=tuple((reference, _told(one)) for reference, one in sorted(kept.get("repayments", {}).items())),
        instalments=tuple(
            (int(number), _told(one))
            for number, one in sorted(kept.get("instalments", {}).items(), key=lambda item: int(item[0]))
        ),
    )


def _told(said: dict[str, Any]) -> tuple[Told, ...]:
    return tuple(
        Told(column, parse_amount(amount), said["row"])
        for column, amount in sorted(said.items())
        if column not in ("row", "balance_as_of")
    )
