"""Measures against property and person: what each needs, how long it stands, what became of it, and what is wrong with it.

A freeze or seizure ends on its day, whether or not that is a holiday; its renewal is asked before (财产保全规定 18, 民事诉讼法解释 485).
Listing as dishonest and exit bans are never bulk: each rests on facts of ability to pay told for that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from legal_service import labels, money
from legal_service.cases.guards import policy
from legal_service.errors import Finding, Words
from legal_service.money import Fen

AC = "（awaiting_counsel）"


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One kind: the rule of its longest term (empty: it has none), whether it rests on property, whether on facts of a person."""

    name: tuple[str, str]
    basis: str
    rule: str = ""
    property: bool = True
    facts: bool = False


KINDS: dict[str, MeasureKind] = {
    "freeze_deposit": MeasureKind(
        ("冻结存款", "freezing of deposits"), "民事诉讼法解释(2022修正) 第四百八十五条", "freezing_of_deposits"
    ),
    "seize_movable": MeasureKind(
        ("查封、扣押动产", "seizure of movables"), "民事诉讼法解释(2022修正) 第四百八十五条", "attachment_of_movables"
    ),
    "seize_immovable": MeasureKind(
        ("查封不动产", "seizure of immovables"), "民事诉讼法解释(2022修正) 第四百八十五条", "seizure_of_immovables"
    ),
    "freeze_right": MeasureKind(
        ("冻结其他财产权", "freezing of other rights"),
        "民事诉讼法解释(2022修正) 第四百八十五条",
        "seizure_of_immovables",
    ),
    "deduct": MeasureKind(("划拨", "deduction"), "民事诉讼法(2023修正) 第二百五十三条"),
    "withhold_income": MeasureKind(("扣留、提取收入", "withholding of income"), "民事诉讼法(2023修正) 第二百五十四条"),
    "auction": MeasureKind(("拍卖、变卖", "auction"), "民事诉讼法(2023修正) 第二百五十五条"),
    "consumption_restriction": MeasureKind(
        ("限制消费", "restriction of consumption"), "民事诉讼法(2023修正) 第二百六十六条", property=False
    ),
    "dishonest_list": MeasureKind(
        ("纳入失信名单", "listing as dishonest"),
        f"民事诉讼法(2023修正) 第二百六十六条；失信名单规定 第一条{AC}",
        property=False,
        facts=True,
    ),
    "exit_ban": MeasureKind(
        ("限制出境", "exit ban"),
        "民事诉讼法(2023修正) 第二百六十六条；民事诉讼法执行程序解释(2020修正) 第二十三条",
        property=False,
        facts=True,
    ),
}
REGIMES = ("pre_suit", "in_suit", "enforcement")
ENTRIES = ("took_effect", "renewed", "moved_up", "realised", "released", "failed")
CLUES = ("deposit", "payment_account", "vehicle", "real_estate", "income", "receivable", "shares", "other")
SOURCES = ("creditor", "court_inquiry", "debtor_report", "public_record", "other")

labels.register("measure", {code: kind.name for code, kind in KINDS.items()})
labels.register(
    "regime",
    {
        "pre_suit": ("诉前保全", "before suit"),
        "in_suit": ("诉讼保全", "in suit"),
        "enforcement": ("执行", "in enforcement"),
    },
)
labels.register(
    "measure_entry",
    {
        "took_effect": ("措施生效", "took effect"),
        "renewed": ("续行", "renewed"),
        "moved_up": ("轮候转正", "moved up the waiting list"),
        "realised": ("处置变现", "realised"),
        "released": ("解除", "released"),
        "failed": ("未能采取", "could not be taken"),
    },
)
labels.register(
    "clue",
    {
        "deposit": ("银行存款", "bank deposit"),
        "payment_account": ("网络支付账户", "payment account"),
        "vehicle": ("车辆", "vehicle"),
        "real_estate": ("不动产", "real estate"),
        "income": ("收入", "income"),
        "receivable": ("到期债权", "receivable"),
        "shares": ("股权、证券", "shares and securities"),
        "other": ("其他", "other"),
    },
)
labels.register(
    "clue_source",
    {
        "creditor": ("债权人提供", "the creditor"),
        "court_inquiry": ("法院查询", "inquiry of the court"),
        "debtor_report": ("被执行人报告", "the debtor's report"),
        "public_record": ("公开信息", "public record"),
        "other": ("其他", "other"),
    },
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that became of a measure."""

    kind: str
    on: date
    until: date | None = None
    rank: int = 0
    amount: Fen = 0


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure with its entries, oldest first."""

    key: int
    kind: str
    regime: str
    party: str
    clue: int | None
    exempt: bool
    amount: Fen
    asked_on: date
    entries: tuple[Entry, ...] = ()

    @property
    def subject(self) -> str:
        """What its deadlines are filed under."""
        return f"M-{self.key}"

    @property
    def until(self) -> date | None:
        """The last day on which it stands, as it was ordered or renewed; none for a measure without a term."""
        days = [one.until for one in self.entries if one.until is not None]
        return days[-1] if days else None

    @property
    def rank(self) -> int:
        """Its place: 1 is the first seizure, higher ones wait (轮候); 0 where there is no order."""
        ranks = [one.rank for one in self.entries if one.rank]
        return ranks[-1] if ranks else 0

    @property
    def realised(self) -> Fen:
        """What it brought in."""
        return sum(one.amount for one in self.entries if one.kind == "realised")

    def has(self, *kinds: str) -> bool:
        """Whether it has an entry of some kinds."""
        return any(one.kind in kinds for one in self.entries)

    def state(self, on: date) -> str:
        """asked, standing, waiting, lapsed, released or failed, at the close of a day (SEI 27: unrenewed, it has no effect)."""
        then = replace(self, entries=tuple(one for one in self.entries if one.on <= on))
        if then.has("failed"):
            return "failed"
        if then.has("released"):
            return "released"
        if not then.has("took_effect"):
            return "asked"
        if then.until is not None and then.until < on:
            return "lapsed"
        return "waiting" if then.rank > 1 else "standing"


STATES = ("asked", "standing", "waiting", "lapsed", "released", "failed")
labels.register(
    "measure_state",
    {
        "asked": ("已申请", "asked for"),
        "standing": ("有效", "standing"),
        "waiting": ("轮候", "on the waiting list"),
        "lapsed": ("已失效", "lapsed"),
        "released": ("已解除", "released"),
        "failed": ("未能采取", "not taken"),
    },
)


def findings(measures: Iterable[MeasureFacts], claim: Fen, on: date) -> list[Finding]:
    """What is wrong with the measures that stand: more than the claim is frozen, living costs are frozen, one lapsed."""
    every = list(measures)
    found = []
    standing = [one for one in every if one.state(on) == "standing" and KINDS[one.kind].rule]
    frozen = sum(one.amount for one in standing)
    if claim and frozen > claim:
        found.append(
            Finding(
                "excess_seizure", "error", "measures",
                Words(
                    zh=f"查封、冻结合计 {money.amount_text(frozen)} 元，超过债权 {money.amount_text(claim)} 元；须申请解除超出部分。",
                    en=f"CNY {money.amount_text(frozen)} are seized, the claim is {money.amount_text(claim)}; ask for release of the excess.",
                ),
                "民事执行中查封、扣押、冻结财产的规定(2020修正) 第十九条",
            )
        )  # fmt: skip
    for one in standing:
        if one.exempt:
            found.append(
                Finding(
                    "exempt_property", "error", one.subject,
                    Words(
                        zh=f"{one.subject} 涉及生活费用或必需品，须申请解除。", en=f"{one.subject} touches living costs or necessities; ask for its release."
                    ),
                    "民事执行中查封、扣押、冻结财产的规定(2020修正) 第三条",
                )
            )  # fmt: skip
    for one in every:
        if one.state(on) == "lapsed":
            found.append(
                Finding(
                    "measure_lapsed", "doubt", one.subject,
                    Words(zh=f"{one.subject} 已于 {one.until} 届满失效，未续行。", en=f"{one.subject} lapsed on {one.until}; it was not renewed."),
                    "民事执行中查封、扣押、冻结财产的规定(2020修正) 第二十七条",
                )
            )  # fmt: skip
    return found


BASIS = policy("执行措施的登记")
