"""The columns of the rows behind a number: what they are called, and what the codes in them mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from legal_service import clock, money
from legal_service.errors import Words
from legal_service.reports.definition import Dimension

KINDS: Mapping[str, Words] = {
    "loan": Words("贷款", "loan"),
    "contact": Words("催收触达", "contact attempt"),
    "complaint": Words("投诉", "complaint"),
    "settlement": Words("和解尝试", "attempt to settle"),
    "case": Words("案件", "case"),
    "approved_document": Words("经审批的文书", "approved document"),
    "package": Words("证据包", "evidence package"),
}

COLUMNS: Mapping[str, Words] = {
    "row": Words("数据行（代号）", "row (pseudonym)"),
    "compensated": Words("已代偿", "compensated"),
    "days_past_due": Words("逾期天数", "days past due"),
    "tier": Words("催收档次", "tier"),
    "five_class_floor": Words("五级分类下限", "five-class floor"),
    "principal": Words("本金余额", "principal"),
    "overdue_principal": Words("逾期本金", "principal overdue"),
    "due": Words("到期未付合计", "all due and unpaid"),
    "reduction": Words("24%测试调减额", "taken off by the 24 % test"),
    "at": Words("时间", "at"),
    "channel": Words("渠道", "channel"),
    "direction": Words("方向", "direction"),
    "party": Words("联系对象", "whom"),
    "outcome": Words("结果", "outcome"),
    "consent": Words("有同意记录", "consent on record"),
    "received_on": Words("收到日", "received"),
    "closed_on": Words("办结日", "closed"),
    "attempted_on": Words("日期", "on"),
    "opened_on": Words("开案日", "opened"),
    "stage": Words("期末阶段", "stage at the close"),
    "submitted_on": Words("提交立案日", "submitted"),
    "claim": Words("起诉标的额", "amount claimed"),
    "approved_on": Words("首次审批日", "first approved"),
    "document": Words("文书", "document"),
    "built_on": Words("制作日", "built"),
    "audience": Words("接收方", "audience"),
}

AMOUNTS = frozenset({"principal", "overdue_principal", "due", "reduction", "claim"})
COUNTS = frozenset({"days_past_due"})
_DIMENSIONS = {
    "tier": "tier",
    "five_class_floor": "five_class",
    "channel": "channel",
    "direction": "direction",
    "party": "party",
    "stage": "stage",
    "document": "document",
    "audience": "audience",
}
_OUTCOMES = {"contact": "contact_outcome", "settlement": "settlement_outcome"}
_YES, _NO, _ABSENT = Words("是", "yes"), Words("否", "no"), Words("—", "—")

CATEGORIES: Mapping[str, Words] = {
    "standing": Words("状态", "standing"),
    "overdue": Words("逾期天数大于0", "days past due above zero"),
    "reduced": Words("经24%测试调减", "reduced by the 24 % test"),
    "breach": Words("禁扰时段、无同意的主动联系", "outbound in quiet hours without consent"),
    "received": Words("收到", "received"),
    "closed": Words("办结", "closed"),
    "opened": Words("开案", "opened"),
    "submitted": Words("提交立案", "submitted"),
}
"""What a measure may ask of a row, where no dimension names it."""

_WHEN: Mapping[str, Words] = {
    "yes": _YES,
    "no": _NO,
    "in_period": Words("本期", "in the period"),
    "before": Words("本期以前", "before the period"),
    "not_yet": Words("尚未", "not yet"),
    "open": Words("期末未办结", "not closed by the close"),
}


def written(kind: str, column: str, value: Any, dimensions: Mapping[str, Dimension]) -> Words:
    """A value of a row in words; a code that nobody names stands for itself."""
    if value is None:
        return _ABSENT
    if isinstance(value, bool):
        return _YES if value else _NO
    if column in AMOUNTS:
        return _plain(money.grouped(money.parse_amount(value)))
    if column == "at":
        return _plain(datetime.fromisoformat(value).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"))
    family = _OUTCOMES.get(kind, "") if column == "outcome" else _DIMENSIONS.get(column, "")
    return named(dimensions, family, str(value))


def named(dimensions: Mapping[str, Dimension], family: str, code: str) -> Words:
    """A category in words; the code itself where the definition does not name it."""
    return (dimensions[family].cells.get(code) if family in dimensions else None) or _plain(code)


def condition(dimensions: Mapping[str, Dimension], name: str, code: str) -> tuple[Words, Words]:
    """One condition of a measure in words: what is asked of a row, and the answer that takes it in."""
    if name in dimensions:
        return dimensions[name].title, named(dimensions, name, code)
    return CATEGORIES.get(name, _plain(name)), _WHEN.get(code, _plain(code))


def total_of(rows: tuple[Mapping[str, Any], ...], sums: str) -> int:
    """What a number comes to over rows: how many there are, or the sum of an amount in fen; an absent amount is none."""
    if not sums:
        return len(rows)
    return sum(money.parse_amount(row[sums]) for row in rows if row[sums] is not None)


def _plain(text: str) -> Words:
    return Words(zh=text, en=text)
