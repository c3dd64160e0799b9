"""What a lawyer has to know of the guarantors before a step: who is free by time, and that a suit against one ends a payment order."""

from __future__ import annotations

from collections.abc import Iterator

from legal_service.cases import litigants
from legal_service.cases.docket import RELEASED
from legal_service.cases.position import CasePosition
from legal_service.errors import Finding, Words

SUIT_BASIS = "民事诉讼法解释(2022修正) 第四百三十四条"


def warnings(case: CasePosition) -> Iterator[Finding]:
    """Guarantors released by time, whoever sues them; and, while a payment order is possible or running, what a suit does to it."""
    for due in case.docket:
        if due.rule == "guarantee_period" and due.closed_reason == RELEASED and case.stage != "closed":
            who = litigants.name(due.subject)
            yield Finding(
                "guarantor_released",
                "doubt",
                due.subject,
                Words(
                    zh=f"{who.zh}的保证期间已于 {due.period.raw} 届满，期间内没有有凭证的主张；法院依职权审查，请勿列为被告，除非另有凭证。",
                    en=f"the guarantee period of {who.en} ended on {due.period.raw} without a proven demand or suit; the court checks it of its own motion: do not sue unless there is other proof.",
                ),
                "民法典 第六百九十三条；担保制度解释 第三十四条",
            )
    if case.stage in ("preparation", "payment_order") and any(one.startswith("guarantor") for one in case.parties):
        yield Finding(
            "guarantor_suit_ends_order",
            "doubt",
            "payment_order",
            Words(
                zh="支付令对保证人没有拘束力；就保证关系单独起诉保证人的，支付令自法院受理起诉之日起失效。",
                en="a payment order does not bind the guarantors; suing a guarantor separately makes the order lapse once the court accepts the suit.",
            ),
            SUIT_BASIS,
        )
