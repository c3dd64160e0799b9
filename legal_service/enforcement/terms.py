"""Judgment terms (判项) beside the claim, and what is still owed on them with the interest for delayed performance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.errors import Refusal, Words
from legal_service.law.delay_interest import Obligation, Outcome, Payment, Suspension, compute
from legal_service.law.parameters import Parameters
from legal_service.money import Fen

COMPONENTS = ("principal", "costs", "interest", "penalty", "compound", "fees", "court_fee")
BEARS_DOUBLE = ("principal", "costs")
"""What bears the double part: the debt of the title without general interest (迟延履行利息解释 1). A court fee advanced is left out (disputed)."""
SOURCES = ("voluntary", "deducted", "auctioned", "transferred_by_third_party", "settlement")

labels.register(
    "term_component",
    {
        "principal": ("本金", "principal"),
        "costs": ("实现债权的费用", "costs of realising the debt"),
        "interest": ("利息", "interest"),
        "penalty": ("罚息", "penalty interest"),
        "compound": ("复利", "compound interest"),
        "fees": ("费用", "fees"),
        "court_fee": ("诉讼费", "court fee"),
    },
)
labels.register(
    "term_outcome",
    {
        "awarded": ("支持", "awarded"),
        "reduced": ("调减", "reduced"),
        "refused": ("不予支持", "refused"),
        "added": ("增列", "added"),
    },
)
labels.register(
    "recovery_source",
    {
        "voluntary": ("主动履行", "paid voluntarily"),
        "deducted": ("法院划拨", "deducted by the court"),
        "auctioned": ("拍卖变现", "from an auction"),
        "transferred_by_third_party": ("第三人代付", "paid by a third party"),
        "settlement": ("和解履行", "paid under a settlement"),
    },
)


@dataclass(frozen=True, slots=True)
class Term:
    """One money obligation: what was claimed, what was awarded (fen), until when, by whom, why less."""

    component: str
    party: str
    claimed: Fen
    awarded: Fen
    due_on: date
    reason: str = ""

    @property
    def outcome(self) -> str:
        """awarded, reduced, refused, or added by the court."""
        if self.awarded > self.claimed:
            return "added"
        if self.awarded == self.claimed:
            return "awarded"
        return "reduced" if self.awarded else "refused"


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came in and stands."""

    on: date
    amount: Fen


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the title stands at the close of a day (fen): awarded, received, the double part that accrued, what is open."""

    awarded: Fen
    claimed: Fen
    received: Fen
    double_part: Fen
    outstanding: Fen
    overpaid: Fen
    steps: tuple[Words, ...]

    @property
    def satisfied(self) -> bool:
        """Whether nothing of the title is open."""
        return self.awarded > 0 and self.outstanding == 0


def check(terms: Sequence[Term]) -> None:
    """Refuse (`bad_terms`) a set that names a component twice for a day and party, or gives less without the reason."""
    if not terms:
        raise _bad("至少一项", "one at least is needed")
    seen = set()
    for number, one in enumerate(terms, 1):
        where = f"第 {number} 项 / term {number}"
        if one.component not in COMPONENTS:
            raise _bad(
                f"{where}：component 应为 {'、'.join(COMPONENTS)}",
                f"{where}: component is one of {', '.join(COMPONENTS)}",
            )
        if one.awarded < 0 or one.claimed < 0:
            raise _bad(f"{where}：金额不得为负", f"{where}: amounts are not negative")
        if one.outcome in ("reduced", "refused") and not one.reason.strip():
            raise _bad(f"{where}：少于请求的须写明理由 reason", f"{where}: less than was claimed needs the `reason`")
        key = (one.component, one.party, one.due_on)
        if key in seen:
            raise _bad(f"{where}：与前面重复", f"{where}: stands there already")
        seen.add(key)


def _bad(zh: str, en: str) -> Refusal:
    return Refusal(
        "bad_terms",
        Words(zh=f"判项有误：{zh}。", en=f"judgment terms: {en}."),
        "机构内部规则：判项的登记（house policy: judgment terms）",
    )


def standing(
    terms: Iterable[Term],
    received: Iterable[Received],
    law: Parameters,
    *,
    until: date,
    suspended: Sequence[Suspension] = (),
) -> Standing:
    """What is owed on the title at the close of a day, money appropriated as 迟延履行利息解释 4 says: title debts first, double part last."""
    every = list(terms)
    by_day: dict[date, list[Fen]] = defaultdict(lambda: [0, 0])
    for one in every:
        by_day[one.due_on][0 if one.component in BEARS_DOUBLE else 1] += one.awarded
    obligations = [Obligation(day, base, rest) for day, (base, rest) in sorted(by_day.items())]
    paid = [Payment(one.on, one.amount) for one in received if one.on <= until]
    outcome: Outcome = compute(obligations, paid, law, until=until, suspended=suspended)
    return Standing(
        awarded=sum(one.awarded for one in every),
        claimed=sum(one.claimed for one in every),
        received=sum(one.amount for one in paid),
        double_part=outcome.double_part,
        outstanding=outcome.outstanding,
        overpaid=outcome.unapplied,
        steps=tuple(one.words for one in outcome.steps),
    )
