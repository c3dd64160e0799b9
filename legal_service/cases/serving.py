"""Serving a demand, or the copy of the complaint, on a party: what must be told of it, and on which day it took effect (law.md 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_service import labels
from legal_service.errors import Refusal, Words

DEMANDS = ("demand_letter", "lawyers_letter", "acceleration_notice", "overdue_notice")
COMPLAINT = "statement_of_claim"
"""The copy of the complaint, which the court serves; with it an acceleration takes effect at the latest (民法典 565)."""
DOCUMENTS = (*DEMANDS, COMPLAINT)
PARTIES = ("borrower", "guarantor")
MODES = ("direct", "mail", "electronic", "left", "announcement")
EFFECTIVE = ("delivered", "read", "acknowledged", "returned_refused")
FAILED = ("returned_unknown", "failed")

labels.register(
    "service_mode",
    {
        "direct": ("直接送达", "direct"),
        "mail": ("邮寄送达", "by mail"),
        "electronic": ("电子送达", "electronic"),
        "left": ("留置送达", "left at the address"),
        "announcement": ("公告", "announcement"),
    },
)

labels.register(
    "served_document",
    {
        "demand_letter": ("催收函", "demand letter"),
        "lawyers_letter": ("律师函", "lawyer's letter"),
        "acceleration_notice": ("提前到期通知书", "acceleration notice"),
        "overdue_notice": ("逾期通知", "overdue notice"),
        "statement_of_claim": ("起诉状副本", "copy of the complaint"),
    },
)

BASIS = "民法典 第一百三十七条第二款；诉讼时效规定 第八条"
FIELDS = "document, party, mode, address, sent_on, outcome, effective_on, proof"


@dataclass(frozen=True, slots=True)
class ServedPaper:
    """One attempt: `effective_on` is the day it reached the party, None when it did not."""

    document: str
    party: str
    mode: str
    address: str
    sent_on: date
    outcome: str
    effective_on: date | None
    proof: str


def parse(data: Mapping[str, Any]) -> ServedPaper:
    """Read the JSON of `legal service record`; refuses `bad_service_record` naming the field, the rule, and all fields.

    A letter returned as refused counts as arrived on the day of return; one returned as unknown did not arrive. A paper
    that took effect needs the day (`effective_on`), except where the mode makes it the day of sending (electronic,
    direct, left).

    >>> parse({"document": "demand_letter", "mode": "mail", "address": "甲路1号", "sent_on": "2026-03-01",
    ...        "outcome": "delivered", "effective_on": "2026-03-04"}).effective_on
    datetime.date(2026, 3, 4)
    """
    document = _choice(data, "document", DOCUMENTS)
    party = _choice({"party": "borrower", **data}, "party", PARTIES)
    mode = _choice(data, "mode", MODES)
    outcome = _choice(data, "outcome", EFFECTIVE + FAILED)
    sent_on = _day(data, "sent_on", required=True)
    assert sent_on is not None
    address = str(data.get("address") or "").strip()
    if not address:
        raise _bad("address", "须写明送达的地址或号码", "the address or number it was sent to is required")
    effective_on = _day(data, "effective_on", required=False)
    if outcome in FAILED and effective_on is not None:
        raise _bad(
            "effective_on",
            f"结果为 {outcome} 的未送达，不得填写生效日",
            f"an attempt that ended as {outcome} has no effective date",
        )
    if outcome in EFFECTIVE and effective_on is None:
        if mode not in ("electronic", "direct", "left"):
            raise _bad("effective_on", "邮寄或公告送达须写明到达日", "mail or announcement needs the date it arrived")
        effective_on = sent_on
    if effective_on is not None and effective_on < sent_on:
        raise _bad("effective_on", "到达日早于发出日", "it arrived before it was sent")
    proof = str(data.get("proof") or "")
    return ServedPaper(document, party, mode, address, sent_on, outcome, effective_on, proof)


class BadServiceRecord(Refusal):
    """One field of a record of service is wrong: which (`field`), and what holds for it (`rule`), for pages that show it at the field."""

    def __init__(self, field: str, rule: Words) -> None:
        super().__init__(
            "bad_service_record",
            Words(
                zh=f"送达记录字段 {field} 有误：{rule.zh}。全部字段：{FIELDS}。",
                en=f"field {field}: {rule.en}. All fields: {FIELDS}.",
            ),
            BASIS,
        )
        self.field = field
        self.rule = rule


def _bad(field: str, zh: str, en: str) -> Refusal:
    return BadServiceRecord(field, Words(zh=zh, en=en))


def _choice(data: Mapping[str, Any], field: str, choices: tuple[str, ...]) -> str:
    value = data.get(field)
    if value not in choices:
        raise _bad(field, f"应为 {'、'.join(choices)} 之一", f"one of {', '.join(choices)}")
    return str(value)


def _day(data: Mapping[str, Any], field: str, *, required: bool) -> date | None:
    value = data.get(field)
    if value in (None, "") and not required:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _bad(field, "应为 2026-03-01 形式的日期", "a date like 2026-03-01") from None
