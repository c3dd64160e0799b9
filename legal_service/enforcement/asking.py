"""Why a measure may not be asked for: its time, what it rests on, what was taken already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_service.enforcement.measures import KINDS, MeasureFacts
from legal_service.errors import Refusal, Words

BEFORE_SUIT = ("contact", "negotiation", "settlement", "preparation", "submitted")
IN_SUIT = ("submitted", "diverted_mediation", "accepted", "tried", "judged", "appealed", "effective")
ENFORCEMENT_ONLY = ("deduct", "auction", "withhold_income", "consumption_restriction", "dishonest_list", "exit_ban")
SHORTEST_FACTS = 20
"""House policy: characters without which facts of ability to pay say nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure as it is asked for. `stage` of the case, `docketed` whether enforcement is, `others` the measures of the case."""

    kind: str
    regime: str
    stage: str
    facts: str
    clue: int | None
    docketed: bool
    others: tuple[MeasureFacts, ...]
    on: date


def refusal(asked: Asked) -> Refusal | None:
    """Why it may not be asked for; None when it may."""
    for judged in (_time, _person, _property):
        found = judged(asked)
        if found is not None:
            return found
    return None


def _time(asked: Asked) -> Refusal | None:
    basis = KINDS[asked.kind].basis
    if asked.regime != "enforcement" and asked.kind in ENFORCEMENT_ONLY:
        return _no("enforcement_only", "该措施只能在执行中采取。", "this measure is taken in enforcement only.", basis)
    if asked.regime == "enforcement" and asked.stage != "enforcement":
        return _no("not_in_enforcement", "案件不在执行阶段。", "the case is not in enforcement.", basis)
    if asked.regime == "pre_suit" and asked.stage not in BEFORE_SUIT:
        return _no(
            "not_before_suit", "诉前保全须在起诉前申请。", "pre-suit preservation is asked before the suit.",
            "民事诉讼法(2023修正) 第一百零四条",
        )  # fmt: skip
    if asked.regime == "in_suit" and asked.stage not in IN_SUIT:
        return _no(
            "not_in_suit", "诉讼保全须在诉讼中申请。", "preservation in suit is asked while the suit runs.",
            "民事诉讼法(2023修正) 第一百零三条",
        )  # fmt: skip
    return None


def _person(asked: Asked) -> Refusal | None:
    kind = KINDS[asked.kind]
    if kind.facts and len(asked.facts.strip()) < SHORTEST_FACTS:
        return _no(
            "facts_required",
            f"须逐人写明有履行能力而拒不履行的事实（不少于 {SHORTEST_FACTS} 字）；仅因贫困不得纳入失信或限制出境。",
            f"tell the facts of this person's ability and refusal to pay ({SHORTEST_FACTS} characters at least); poverty alone is no ground.",
            kind.basis,
        )
    if asked.kind == "consumption_restriction" and not asked.docketed:
        return _no(
            "notice_not_given", "须在执行立案、执行通知后仍未履行。",
            "enforcement must be docketed and its notice unheeded.", kind.basis,
        )  # fmt: skip
    return None


def _property(asked: Asked) -> Refusal | None:
    kind = KINDS[asked.kind]
    if kind.property and asked.clue is None:
        return _no(
            "clue_required", "须写明财产线索。", "name the clue to the property.", "财产保全规定(2020修正) 第一条"
        )
    if kind.rule and any(KINDS[one.kind].rule for one in _same(asked.others, asked.clue, asked.on)):
        return _no(
            "measured_already",
            "同一财产已有本案的查封、冻结；不得重复。续行请登记在原措施上。",
            "this case has a measure on the same property; it is not taken twice. Record a renewal on that one.",
            "民事诉讼法(2023修正) 第一百零六条第二款",
        )
    return None


def _same(others: Iterable[MeasureFacts], clue: int | None, on: date) -> list[MeasureFacts]:
    """The measures on the same property that are asked for, stand or wait."""
    return [one for one in others if one.clue == clue and one.state(on) in ("asked", "standing", "waiting")]


def _no(code: str, zh: str, en: str, basis: str) -> Refusal:
    return Refusal(code, Words(zh=zh, en=en), basis)
