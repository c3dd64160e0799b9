"""The stages of a case as one table: from, to, who, guards, the event recorded with its deadlines, documents due, legal basis.

The codes are those of contract.md. What happens within a stage is an event of the proceedings (`proceeding_kinds`).
"""

from __future__ import annotations

from dataclasses import dataclass

from legal_service import labels
from legal_service.cases import court_guards as court
from legal_service.cases import guards
from legal_service.cases import title_guards as title
from legal_service.cases.guards import Guard
from legal_service.cases.position import CasePosition
from legal_service.cases.proceeding_kinds import AC, CPL, CPLI, KINDS, Kind
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
    """One permitted move.

    `who`: the roles that may make it. `event`: the event of the proceedings that the move records, whose data it takes and
    whose deadlines it opens and closes (`proceeding_kinds`). `papers`: the documents that are due with it.
    """

    source: str
    target: str
    guards: tuple[Guard, ...]
    who: tuple[str, ...]
    event: str = ""
    papers: tuple[str, ...] = ()
    basis: str = ""

    @property
    def aside(self) -> bool:
        """Whether it leaves the main road: what stands against it is not what holds the case up."""
        return (self.source, self.target) in ASIDE

    @property
    def kind(self) -> Kind | None:
        """The event that the move records, if any."""
        return KINDS[self.event] if self.event else None

    @property
    def opens(self) -> tuple[str, ...]:
        """The rules of the docket that it may open (`law/parameters/periods`)."""
        return tuple(dict.fromkeys(one.rule for one in self.kind.opens)) if self.kind else ()

    @property
    def closes(self) -> tuple[str, ...]:
        """The rules of the docket that it ends; closing a case ends every one."""
        return tuple(one.rule for one in self.kind.closes) if self.kind else ()


ASIDE = frozenset(
    (source, target)
    for source, targets in {
        "settlement": ("effective",),
        "preparation": ("payment_order", "effective"),
        "submitted": ("preparation", "diverted_mediation"),
        "diverted_mediation": ("settlement", "preparation", "effective"),
        "payment_order": ("accepted", "preparation"),
        "accepted": ("judged", "effective", "preparation"),
        "tried": ("effective", "preparation"),
        "judged": ("appealed",),
        "appealed": ("accepted",),
        "enforcement": ("effective",),
    }.items()
    for target in targets
)
"""Moves beside the main road, from the first contact to enforcement."""

_PURSUED = (guards.overdue, guards.no_open_complaint)
_BEFORE_PREPARATION = (*_PURSUED, guards.no_performing_plan)
_BEFORE_COURT = (
    guards.overdue,
    guards.no_arbitration_clause,
    guards.lender_is_creditor,
    court.not_notarised,
    guards.something_to_claim,
    guards.contract_in_vault,
    guards.statement_made,
    guards.demand_served,
    guards.settlement_attempted,
    guards.no_open_complaint,
    guards.no_performing_plan,
)
_TALKS = ("collections", "lawyer", "operator")
_COURT = ("lawyer", "operator")
_CLOSES = ("collections", "lawyer", "operator")

_OUT_OF_COURT = (
    Transition("assessment", "contact", _PURSUED, _TALKS),
    Transition("contact", "negotiation", (*_PURSUED, guards.contacted), _TALKS),
    Transition("contact", "settlement", (*_PURSUED, guards.contacted), _TALKS),
    Transition("negotiation", "settlement", (*_PURSUED, guards.contacted), _TALKS),
    Transition("contact", "preparation", (*_BEFORE_PREPARATION, guards.contacted, guards.settlement_attempted), _TALKS),
    Transition(
        "negotiation", "preparation", (*_BEFORE_PREPARATION, guards.contacted, guards.settlement_attempted), _TALKS
    ),
    Transition("settlement", "preparation", (*_BEFORE_PREPARATION, guards.settlement_attempted), _TALKS),
    Transition("preparation", "settlement", (guards.contacted,), _TALKS),
    Transition(
        "settlement", "effective", (court.confirmed_or_instrument,), _COURT, "title_effective",
        ("judicial_confirmation_application",), f"{CPL} 第二百零六条",
    ),
    Transition(
        "preparation", "effective", (title.notarised_with_certificate,), _COURT, "title_effective", (),
        f"{CPL} 第二百四十九条{AC}",
    ),
)  # fmt: skip

_SUIT_PAPERS = (
    "statement_of_claim", "evidence_catalogue", "power_of_attorney", "legal_representative_certificate",
    "address_confirmation",
)  # fmt: skip

_TO_COURT = (
    Transition(
        "preparation", "submitted", (*_BEFORE_COURT, guards.complaint_approved), _COURT, "handed_in", _SUIT_PAPERS,
        f"{CPL} 第一百二十二条、第一百二十四条、第一百二十六条",
    ),
    Transition("submitted", "preparation", (court.returned_or_over,), _COURT, "", (), f"{CPL} 第一百二十七条第五项{AC}"),
    Transition(
        "submitted", "diverted_mediation", (court.consents_to_mediation,), _COURT, "diverted", (),
        f"{CPL} 第一百二十五条；特邀调解规定 第二十七条",
    ),
    Transition("submitted", "accepted", (court.not_returned,), _COURT, "docketed", (), f"{CPL} 第一百二十六条"),
    Transition(
        "diverted_mediation", "accepted", (court.mediation_ended,), _COURT, "docketed", (), f"{CPL} 第一百二十六条"
    ),
    Transition("diverted_mediation", "settlement", (court.suit_over,), _COURT, "", (), f"{CPL} 第一百二十五条"),
    Transition(
        "diverted_mediation", "effective", (court.confirmed_or_instrument,), _COURT, "title_effective",
        ("judicial_confirmation_application",), f"{CPL} 第一百条、第二百零六条",
    ),
    Transition("diverted_mediation", "preparation", (court.suit_over,), _COURT, "", (), f"{CPL} 第一百二十七条第五项{AC}"),
    Transition(
        "preparation", "payment_order", (*_BEFORE_COURT, court.no_pre_suit_preservation, court.payment_order_approved), _COURT,
        "order_applied", ("payment_order_application", "evidence_catalogue", "power_of_attorney"),
        f"{CPL} 第二百二十五条；{CPLI} 第四百二十七条",
    ),
    Transition("payment_order", "accepted", (court.order_objected_and_ended,), _COURT, "docketed", (), f"{CPL} 第二百二十八条"),
    Transition("payment_order", "preparation", (court.order_ended,), _COURT, "", (), f"{CPLI} 第四百三十条、第四百三十八条"),
    Transition(
        "payment_order", "effective", (court.order_unopposed,), _COURT, "title_effective", (), f"{CPL} 第二百二十七条第三款{AC}"
    ),
)  # fmt: skip

_TRIAL = (
    Transition("accepted", "tried", (), _COURT, "", ("evidence_catalogue",), f"{CPL} 第一百三十九条"),
    Transition("accepted", "judged", (), _COURT, "judgment_made", (), f"{CPL} 第一百四十七条"),
    Transition("tried", "judged", (), _COURT, "judgment_made", (), f"{CPL} 第一百五十二条、第一百六十四条"),
    *(
        Transition(source, "effective", (court.instrument_signed,), _COURT, "title_effective", (), f"{CPL} 第一百条")
        for source in ("accepted", "tried")
    ),
    *(
        Transition(source, "preparation", (court.suit_over,), _COURT, "", (), f"{CPL} 第一百二十七条第五项{AC}")
        for source in ("accepted", "tried")
    ),
    Transition(
        "judged", "appealed", (title.appealed,), _COURT, "appeal_docketed", ("notice_of_appeal",),
        f"{CPL} 第一百七十一条、第一百七十三条",
    ),
    Transition(
        "judged", "effective", (title.judgment_final,), _COURT, "title_effective", ("effectiveness_certificate_request",),
        f"{CPL} 第一百五十八条、第一百七十一条",
    ),
    Transition(
        "appealed", "effective", (title.appeal_ended,), _COURT, "title_effective", ("effectiveness_certificate_request",),
        f"{CPL} 第一百八十二条{AC}",
    ),
    Transition("appealed", "accepted", (title.remanded,), _COURT, "docketed", (), f"{CPL} 第一百七十七条{AC}"),
)  # fmt: skip

_AFTER = (
    Transition(
        "effective", "enforcement", (title.performance_over, title.enforcement_approved), _COURT, "enforcement_applied",
        ("enforcement_application", "property_clues"), f"{CPL} 第二百四十七条{AC}、第二百五十条",
    ),
    Transition("enforcement", "effective", (title.enforcement_taken_back,), _COURT, "title_effective", (), f"{CPL} 第二百六十八条"),
    Transition("enforcement", "round_ended", (title.round_may_end,), _COURT, "round_closed", (), f"{CPLI} 第五百一十七条"),
    Transition(
        "round_ended", "enforcement", (title.property_found, title.restoration_approved), _COURT, "enforcement_applied",
        ("enforcement_restoration_application",), f"{CPLI} 第五百一十七条",
    ),
)  # fmt: skip

TRANSITIONS: tuple[Transition, ...] = (
    *_OUT_OF_COURT,
    *_TO_COURT,
    *_TRIAL,
    *_AFTER,
    *(Transition(stage, "closed", (title.release_finished,), _CLOSES) for stage in STAGES if stage != "closed"),
)

NEVER_FORCED = frozenset(
    {guards.complaint_approved, court.payment_order_approved, title.enforcement_approved, title.restoration_approved}
)
"""Guards that nobody can force: nothing is filed without a named lawyer's approval."""

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


def never_forced(case: CasePosition, target: str) -> list[Refusal]:
    """Of what stands against a move, that which nobody can force."""
    found = transition(case.stage, target).guards
    return [refusal for guard in found if guard in NEVER_FORCED and (refusal := guard(case)) is not None]


def moves_from(stage: str) -> list[str]:
    """The stages that a case may move to from one, closing left out."""
    return [one.target for one in TRANSITIONS if one.source == stage and one.target != "closed"]


def mermaid() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {one.source} --> {one.target}" for one in TRANSITIONS]
    return "\n".join(lines) + "\n"
