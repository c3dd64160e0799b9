"""What to do next with a borrower in arrears: the machine recommends with reasons, a named person decides (PIPL 24)."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service import labels
from legal_service.cases import guards
from legal_service.cases.guards import Guard
from legal_service.cases.position import CasePosition
from legal_service.errors import Refusal, Words

labels.register(
    "action",
    {
        "none": ("无需处理", "nothing to do"),
        "remind": ("提醒还款", "remind"),
        "call": ("电话联系", "call"),
        "officer": ("专人跟进", "hand to an officer"),
        "assess": ("评估困难", "assess hardship"),
        "offer": ("提出和解方案", "offer a settlement"),
        "mediate": ("申请调解", "mediate"),
        "payment_order": ("申请支付令", "apply for a payment order"),
        "sue": ("起诉", "sue"),
        "hold": ("暂停升级", "hold"),
        "review": ("人工复核", "review by a lawyer"),
    },
)

LADDER: tuple[tuple[int, str], ...] = ((7, "remind"), (30, "call"), (45, "officer"), (60, "assess"))
"""Up to so many days past due, this action (house policy; the tiers' bounds are 30 and 60)."""

SUE_FROM_DAYS = 90
"""From here on suit is recommended once settlement failed (house policy)."""

_BEFORE_SUIT: tuple[Guard, ...] = (
    guards.contract_in_vault,
    guards.demand_served,
    guards.settlement_attempted,
    guards.no_open_complaint,
    guards.no_performing_plan,
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An action of the contract, why, and what still blocks it."""

    action: str
    because: tuple[Words, ...]
    blocked_by: tuple[Refusal, ...]


def recommend(case: CasePosition) -> Recommendation:
    """The recommended next action as of the position's date."""
    worst = case.worst
    days = worst.days_past_due
    because = [
        Words(
            zh=f"{worst.loan_no} 截至 {case.as_of} 逾期 {days} 天（最早未清偿期 {worst.oldest_due_on}）。",
            en=f"{worst.loan_no} is {days} days past due as of {case.as_of} (oldest due day {worst.oldest_due_on}).",
        )
        if days
        else Words(zh=f"截至 {case.as_of} 没有逾期。", en=f"nothing is overdue as of {case.as_of}.")
    ]
    if days == 0:
        return Recommendation("none", tuple(because), ())
    for guard, action in (
        (guards.no_open_complaint, "hold"),
        (guards.no_performing_plan, "hold"),
        (guards.no_arbitration_clause, "review"),
        (guards.lender_is_creditor, "review"),
    ):
        stopped = guard(case)
        if stopped is not None:
            return Recommendation(action, (*because, stopped.reason), ())
    for bound, action in LADDER:
        if days <= bound:
            return Recommendation(action, (*because, _tier_reason(case)), ())
    return _severe(case, because, days)


def _tier_reason(case: CasePosition) -> Words:
    names = {"mild": "轻度", "moderate": "中度", "severe": "重度"}
    tier = case.worst.tier
    return Words(
        zh=f"逾期档次为{names.get(tier, tier)}，按机构催收阶梯处理。",
        en=f"the tier is {tier}; the house's ladder applies.",
    )


def _severe(case: CasePosition, because: list[Words], days: int) -> Recommendation:
    because.append(_tier_reason(case))
    if not case.settlements:
        because.append(Words(zh="尚无和解尝试。", en="no settlement was attempted yet."))
        return Recommendation("offer", tuple(because), _standing(case, (guards.contacted,)))
    outcome = _outcome(case.settlements[-1].outcome)
    because.append(
        Words(
            zh=f"已有 {len(case.settlements)} 次和解尝试，最近一次结果：{outcome.zh}。",
            en=f"{len(case.settlements)} settlement attempts, the last one: {outcome.en}.",
        )
    )
    if days <= SUE_FROM_DAYS:
        return Recommendation("mediate", tuple(because), ())
    because.append(Words(zh=f"逾期超过 {SUE_FROM_DAYS} 天。", en=f"more than {SUE_FROM_DAYS} days past due."))
    return Recommendation("sue", tuple(because), _standing(case, _BEFORE_SUIT))


def _outcome(code: str) -> Words:
    return labels.families().get("settlement_outcome", {}).get(code, Words(zh=code, en=code))


def _standing(case: CasePosition, checks: tuple[Guard, ...]) -> tuple[Refusal, ...]:
    return tuple(refusal for guard in checks if (refusal := guard(case)) is not None)
