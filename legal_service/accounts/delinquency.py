"""How late a loan is: the collection tier of the house, the floor of the five-class grade, and why, in one sentence.

The tier is an operational bucket of the house. The floor by days alone follows 商业银行金融资产风险分类办法 (银保监会 人民银行令〔2023〕
第1号), whose thresholds were not read in the text: status awaiting_counsel (law.md 9). `>` means day 31, 61, 91, 271, 361.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service.errors import Words
from legal_service.money import Fen, amount_text

TIERS = ((60, "severe"), (30, "moderate"), (0, "mild"))
FIVE_CLASSES = ((360, "损失"), (270, "可疑"), (90, "次级"), (0, "关注"))

_TIER_WORDS = {
    "none": Words("未逾期", "none"),
    "mild": Words("轻度", "mild"),
    "moderate": Words("中度", "moderate"),
    "severe": Words("重度", "severe"),
}
_CLASS_WORDS = {"正常": "normal", "关注": "special mention", "次级": "substandard", "可疑": "doubtful", "损失": "loss"}


@dataclass(frozen=True, slots=True)
class Oldest:
    """The oldest overdue line with something unpaid. `number` is None for the acceleration line."""

    number: int | None
    due_on: date
    principal: Fen
    interest: Fen
    fee: Fen


def tier(days_past_due: int) -> str:
    """The collection tier.

    >>> [tier(days) for days in (0, 1, 30, 31, 60, 61)]
    ['none', 'mild', 'mild', 'moderate', 'moderate', 'severe']
    """
    return next((name for above, name in TIERS if days_past_due > above), "none")


def five_class_floor(days_past_due: int) -> str:
    """The lowest of the five classes that days alone allow.

    >>> [five_class_floor(days) for days in (0, 1, 90, 91, 270, 271, 360, 361)]
    ['正常', '关注', '关注', '次级', '次级', '可疑', '可疑', '损失']
    """
    return next((name for above, name in FIVE_CLASSES if days_past_due > above), "正常")


def why(oldest: Oldest | None, as_of: date) -> Words:
    """Why this tier today: instalment, due day, what is unpaid of it, days, business date.

    >>> why(Oldest(7, date(2026, 3, 15), 90000, 1200, 0), date(2026, 6, 15)).en
    'severe (over 60 days), five-class floor substandard, because instalment 7, due 2026-03-15, is 92 days overdue as of 2026-06-15 with 900.00 of principal and 12.00 of interest unpaid.'
    """
    if oldest is None:
        return Words(
            zh=f"截至 {as_of}，没有已逾期而未付清的期次，故分层为未逾期，五级分类下限为正常。",
            en=f"none, five-class floor normal, because as of {as_of} no instalment past its due day has anything unpaid.",
        )
    days = (as_of - oldest.due_on).days
    name, floor = tier(days), five_class_floor(days)
    above = next(bound for bound, tier_name in TIERS if tier_name == name)
    return Words(
        zh=(
            f"{_line_zh(oldest)}（{oldest.due_on} 到期）尚欠{_unpaid_zh(oldest)}，截至 {as_of} 已逾期 {days} 日，"
            f"故分层为{_TIER_WORDS[name].zh}（超过 {above} 日），五级分类下限为{floor}。"
        ),
        en=(
            f"{name} (over {above} days), five-class floor {_CLASS_WORDS[floor]}, because {_line_en(oldest)}, due "
            f"{oldest.due_on}, is {days} days overdue as of {as_of} with {_unpaid_en(oldest)} unpaid."
        ),
    )


def _line_zh(oldest: Oldest) -> str:
    return "提前到期部分" if oldest.number is None else f"第 {oldest.number} 期"


def _line_en(oldest: Oldest) -> str:
    return "the accelerated balance" if oldest.number is None else f"instalment {oldest.number}"


def _unpaid_zh(oldest: Oldest) -> str:
    parts = (("本金", oldest.principal), ("利息", oldest.interest), ("费用", oldest.fee))
    return "、".join(f"{name} {amount_text(fen)} 元" for name, fen in parts if fen)


def _unpaid_en(oldest: Oldest) -> str:
    parts = (("principal", oldest.principal), ("interest", oldest.interest), ("fee", oldest.fee))
    named = [f"{amount_text(fen)} of {name}" for name, fen in parts if fen]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
