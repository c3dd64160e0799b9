"""The data a filing used, in the order and under the headings of the form, each figure with the rows it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legal_service.errors import Words
from legal_service.evidence.origins import RowOrigin
from legal_service.filings.revisions.facts import FigureSource

_ELEMENT = re.compile(r"(诉讼请求|事实与理由)(\d*)")
_PARTS = {"诉讼请求": "claims", "事实与理由": "facts and reasons"}
_NAMED = {
    "statement": Words(zh="欠款明细", en="statement of account"),
    "contact_log": Words(zh="催收记录", en="contact log"),
}

EXHIBIT_OF: Mapping[str, str] = {
    "contract": "contract",
    "contract_rate": "contract",
    "guarantee": "guarantee_contract",
    "person": "id_card",
    "lender": "licence",
    "service_attempt": "delivery_receipt",
}
"""Table of a row → the kind of exhibit that proves it, to be seen on the evidence page."""


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one item of the form."""

    title: Words
    figures: tuple[FigureSource, ...]


def sections(figures: Iterable[FigureSource]) -> list[Section]:
    """The figures by the item of the form in which they are printed, in the order of their first appearance."""
    found: dict[str, list[FigureSource]] = {}
    for one in figures:
        found.setdefault(one.element, []).append(one)
    return [Section(element_words(element), tuple(ones)) for element, ones in found.items()]


def element_words(element: str) -> Words:
    """What an item of the form is called.

    >>> element_words("诉讼请求2").en, element_words("事实与理由").en
    ('claims, item 2', 'facts and reasons')
    """
    found = _ELEMENT.fullmatch(element)
    if found is None:
        return _NAMED.get(element, Words(zh=element or "—", en=element or "—"))
    part, number = _PARTS[found[1]], found[2]
    return Words(
        zh=f"{found[1]}第 {number} 项" if number else found[1], en=f"{part}, item {number}" if number else part
    )


def origin_words(row: RowOrigin) -> Words:
    """Where a row came from, in one phrase.

    >>> origin_words(RowOrigin("posting:7", "batch:1/repayments.csv:8", 1, "repayments.csv", 8)).en
    'batch 1, repayments.csv line 8'
    """
    if row.line is not None:
        return Words(
            zh=f"第 {row.batch} 批 {row.file} 第 {row.line} 行", en=f"batch {row.batch}, {row.file} line {row.line}"
        )
    if row.by:
        on = f" {row.at:%Y-%m-%d}" if row.at else ""
        return Words(zh=f"{row.by}{on} 登记", en=f"recorded by {row.by}{on}")
    if row.row.startswith("statement:"):
        return Words(zh="由账目计算", en="computed from the ledger")
    return Words(zh="无来源记载", en="no origin on record")


def exhibit_of(row: RowOrigin) -> str:
    """The kind of exhibit that proves a row; empty where the account page is its proof."""
    return EXHIBIT_OF.get(row.row.partition(":")[0], "")
