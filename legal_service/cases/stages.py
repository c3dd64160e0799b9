"""The stages of a case as one table: from, to, guards, deadlines opened and closed, legal basis.

The codes are those of contract.md; this table carries the road up to submission and the closing of a case. What lies
after submission is entered here, row by row, when its guards exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from legal_service import labels
from legal_service.cases import guards
from legal_service.cases.guards import Guard
from legal_service.cases.position import CasePosition
from legal_service.errors import Refusal, Words

STAGES = [
    "assessment",
    "contact",
    "negotiation",
    "settlement",
    "preparation",
    "diverted_mediation",
    "payment_order",
    "submitted",
    "accepted",
    "tried",
    "judged",
    "appealed",
    "effective",
    "enforcement",
    "round_ended",
    "closed",
]

CLOSING_REASONS = ("paid", "settled", "withdrawn", "transferred")

labels.register(
    "closing_reason",
    {
        "paid": ("已清偿", "paid"),
        "settled": ("和解履行完毕", "settled"),
        "withdrawn": ("撤回", "withdrawn"),
        "transferred": ("债权已转让", "transferred"),
    },
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted move. `opens` and `closes` are rules of the docket (`law/parameters/periods`)."""

    source: str
    target: str
    guards: tuple[Guard, ...]
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    basis: str = ""


_BEFORE_PREPARATION = (guards.overdue, guards.no_open_complaint, guards.no_performing_plan)
_BEFORE_SUBMISSION = (
    guards.overdue,
    guards.no_arbitration_clause,
    guards.lender_is_creditor,
    guards.something_to_claim,
    guards.contract_in_vault,
    guards.statement_made,
    guards.demand_served,
    guards.settlement_attempted,
    guards.no_open_complaint,
    guards.no_performing_plan,
    guards.complaint_approved,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition("assessment", "contact", (guards.overdue, guards.no_open_complaint)),
    Transition("contact", "negotiation", (guards.overdue, guards.no_open_complaint, guards.contacted)),
    Transition("contact", "settlement", (guards.overdue, guards.no_open_complaint, guards.contacted)),
    Transition("negotiation", "settlement", (guards.overdue, guards.no_open_complaint, guards.contacted)),
    Transition("contact", "preparation", (*_BEFORE_PREPARATION, guards.contacted, guards.settlement_attempted)),
    Transition("negotiation", "preparation", (*_BEFORE_PREPARATION, guards.contacted, guards.settlement_attempted)),
    Transition("settlement", "preparation", (*_BEFORE_PREPARATION, guards.settlement_attempted)),
    Transition("preparation", "settlement", (guards.contacted,)),
    Transition(
        "preparation",
        "submitted",
        _BEFORE_SUBMISSION,
        opens=("docketing",),
        basis="民事诉讼法(2023修正) 第一百二十二条、第一百二十四条、第一百二十六条",
    ),
    *(
        Transition(stage, "closed", (), closes=("docketing", "limitation"))
        for stage in ("assessment", "contact", "negotiation", "settlement", "preparation", "submitted")
    ),
)

labels.register(
    "stage",
    {
        "assessment": ("评估", "assessment"),
        "contact": ("催告联系", "contact"),
        "negotiation": ("协商", "negotiation"),
        "settlement": ("庭外和解", "settlement out of court"),
        "preparation": ("立案准备", "preparation"),
        "diverted_mediation": ("诉前调解", "court-diverted mediation"),
        "payment_order": ("支付令", "payment order"),
        "submitted": ("已提交立案", "submitted"),
        "accepted": ("已受理", "accepted"),
        "tried": ("已开庭", "tried"),
        "judged": ("已判决", "judged"),
        "appealed": ("上诉中", "appealed"),
        "effective": ("已生效", "effective"),
        "enforcement": ("强制执行", "enforcement"),
        "round_ended": ("终结本次执行", "round ended"),
        "closed": ("已结案", "closed"),
    },
)


def transition(source: str, target: str) -> Transition:
    """The row of the table for a move; refuses `no_such_move`, naming the moves there are."""
    for one in TRANSITIONS:
        if (one.source, one.target) == (source, target):
            return one
    targets = [one.target for one in TRANSITIONS if one.source == source]
    shown = "、".join(labels.label("stage", code).zh + f"（{code}）" for code in targets) or "无"
    raise Refusal(
        "no_such_move",
        Words(
            zh=f"不能从「{labels.label('stage', source).zh}」直接到 {target[:40]}；可到：{shown}。",
            en=f"a case in {source} cannot move to {target[:40]}; it can move to: {', '.join(targets) or 'nothing'}.",
        ),
        "机构内部规则：案件阶段表（house policy: table of stages）",
    )


def blockers(case: CasePosition, target: str) -> list[Refusal]:
    """Everything that stands against a move, in the order of the table; empty when the case may move."""
    return [refusal for guard in transition(case.stage, target).guards if (refusal := guard(case)) is not None]


def mermaid() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {one.source} --> {one.target}" for one in TRANSITIONS]
    return "\n".join(lines) + "\n"
