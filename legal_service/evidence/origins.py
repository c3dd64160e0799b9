"""Where a row came from: the line of a tape, the colleague who recorded it, or the computation that made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from legal_service import labels
from legal_service.errors import Words

labels.register(
    "row",
    {
        "statement": ("欠款计算", "computation of the account"),
        "contract": ("借款合同", "loan contract"),
        "posting": ("账目", "ledger line"),
        "instalment": ("还款计划", "instalment of the schedule"),
        "contract_rate": ("利率", "rate of the contract"),
        "guarantee": ("保证", "guarantee"),
        "person": ("借款人资料", "particulars of the borrower"),
        "lender": ("贷款人资料", "particulars of the lender"),
        "contact_attempt": ("催收触达", "contact attempt"),
        "vault_item": ("证据材料", "paper in the vault"),
        "service_attempt": ("送达记录", "record of service"),
    },
)

_LINE = re.compile(r"batch:(?P<batch>\d+)/(?P<file>.+):(?P<line>\d+)")


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """One row of the books (`posting:12`) and where it came from.

    `source` is the place on the tape as the row keeps it (`batch:1/repayments.csv:2`), with `batch`, `file` and `line` read from it.
    What a colleague recorded has `by` and `at` instead; what was computed, and a row nobody knows, has neither.
    """

    row: str
    source: str = ""
    batch: int | None = None
    file: str = ""
    line: int | None = None
    by: str = ""
    at: datetime | None = None

    @property
    def kind(self) -> Words:
        """What kind of row it is, in words."""
        table = self.row.partition(":")[0]
        known = labels.families()["row"]
        return known.get(table, Words(zh=table, en=table))


def from_tape(row: str, source: str) -> RowOrigin:
    """The origin of a row that an import wrote.

    >>> from_tape("posting:7", "batch:1/repayments.csv:8").line
    8
    """
    found = _LINE.fullmatch(source)
    if found is None:
        return RowOrigin(row, source)
    return RowOrigin(row, source, int(found["batch"]), found["file"], int(found["line"]))
