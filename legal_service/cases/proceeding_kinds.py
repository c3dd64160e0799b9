"""The table of events of the proceedings: at which stage, with which data, what each opens and closes on the docket, on what basis."""

from __future__ import annotations

from dataclasses import dataclass

from legal_service import labels
from legal_service.cases.proceedings import Closes, Opens
from legal_service.errors import Refusal, Words

BEFORE_COURT = ("contact", "negotiation", "settlement", "preparation")
TRIAL = ("accepted", "tried")
JUDGED = ("judged", "appealed")
AFTER = ("effective", "enforcement", "round_ended")
WITH_A_COURT = ("submitted", "diverted_mediation", *TRIAL, *JUDGED, *AFTER)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `made_by_move`: recorded by a move of the case, not by hand."""

    stages: tuple[str, ...]
    name: tuple[str, str]
    basis: str
    needs: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[Closes, ...] = ()
    made_by_move: bool = False


CPL, CPLI = "民事诉讼法(2023修正)", "民事诉讼法解释(2022修正)"
AC = "（awaiting_counsel）"
"""Follows an article that stands here from memory."""

_SUBMISSION = {
    "handed_in": Kind(
        ("submitted",), ("提交立案材料", "claim handed in"), f"{CPL} 第一百二十三条、第一百二十六条；诉讼时效规定 第十条",
        allows=("court", "receipt", "channel"), opens=(Opens("docketing"),), made_by_move=True,
    ),
    "receipt_given": Kind(
        ("submitted",), ("取得立案回执", "receipt given"), f"{CPL} 第一百二十六条", needs=("court", "receipt"), allows=("channel",)
    ),
    "correction_required": Kind(
        ("submitted",), ("退回补正", "returned for correction"), f"{CPLI} 第二百零八条第二款", needs=("return_reason",),
        allows=("court", "until"), opens=(Opens("court_set", since="until"),), closes=(Closes("docketing"),),
    ),
    "corrected": Kind(
        ("submitted",), ("补正后再次提交", "corrected and handed in again"), f"{CPLI} 第一百二十六条、第二百零八条",
        allows=("receipt",), opens=(Opens("docketing"),), closes=(Closes("court_set"),),
    ),
    "diverted": Kind(
        ("diverted_mediation",), ("法院委派诉前调解", "diverted to mediation"), f"{CPL} 第一百二十五条；特邀调解规定 第二十七条",
        needs=("mediator", "received_on"), allows=("number", "consent", "court"),
        opens=(Opens("diverted_mediation", since="received_on"),), closes=(Closes("docketing"), Closes("court_set")),
        made_by_move=True,
    ),
    "mediation_prolonged": Kind(
        ("diverted_mediation",), ("双方同意延长调解", "mediation prolonged by consent"), "特邀调解规定 第二十七条", needs=("until",),
        opens=(Opens("court_set", since="until"),), closes=(Closes("diverted_mediation"),),
    ),
    "mediation_failed": Kind(
        ("diverted_mediation",), ("调解不成", "mediation failed"), "特邀调解规定 第二十七条",
        closes=(Closes("diverted_mediation"), Closes("court_set")),
    ),
    "not_accepted": Kind(
        ("submitted", "diverted_mediation"), ("裁定不予受理", "ruled not to accept"), f"{CPL} 第一百二十六条、第一百五十七条、第一百七十一条",
        allows=("court", "number"), opens=(Opens("appeal_ruling"),), closes=(Closes("docketing"), Closes("court_set")),
    ),
    "docketed": Kind(
        ("accepted",), ("立案受理", "docketed"), f"{CPL} 第一百二十六条", allows=("court", "number", "track"),
        opens=(
            Opens("trial_ordinary", only=("track", ("ordinary",))),
            Opens("trial_simplified", only=("track", ("simplified",))),
            Opens("trial_small_claims", only=("track", ("small_claims",))),
        ),
        closes=(
            Closes("docketing"), Closes("court_set"), Closes("diverted_mediation"), Closes("payment_order_conversion"),
            Closes("pre_suit_preservation_suit"),
        ),
        made_by_move=True,
    ),
}  # fmt: skip

_MEDIATION = {
    "mediation_agreement": Kind(
        (*BEFORE_COURT, "diverted_mediation"), ("经调解组织达成调解协议", "agreement through a mediation body"), f"{CPL} 第二百零五条",
        needs=("mediator",), allows=("performance_until",), opens=(Opens("judicial_confirmation"),),
        closes=(Closes("diverted_mediation"),),
    ),
    "confirmation_applied": Kind(
        (*BEFORE_COURT, "diverted_mediation"), ("共同申请司法确认", "judicial confirmation applied for"), f"{CPL} 第二百零五条",
        needs=("court",), closes=(Closes("judicial_confirmation"),),
    ),
    "confirmed": Kind(
        (*BEFORE_COURT, "diverted_mediation"), ("裁定确认调解协议有效", "agreement confirmed"), f"{CPL} 第二百零六条",
        needs=("court", "number"), closes=(Closes("judicial_confirmation"),),
    ),
    "confirmation_refused": Kind(
        (*BEFORE_COURT, "diverted_mediation"), ("裁定驳回司法确认申请", "confirmation refused"), f"{CPL} 第二百零六条；{CPLI} 第三百五十八条",
        allows=("court", "number"), closes=(Closes("judicial_confirmation"),),
    ),
    "mediation_instrument": Kind(
        ("diverted_mediation", *TRIAL, "appealed"), ("民事调解书生效", "mediation instrument in effect"), f"{CPL} 第一百条；{CPLI} 第一百四十九条、第一百五十一条",
        allows=("court", "number", "performance_until"),
    ),
}  # fmt: skip

_ORDER = {
    "order_applied": Kind(
        ("payment_order",), ("申请支付令", "payment order applied for"), f"{CPL} 第二百二十五条", allows=("court", "receipt", "channel"),
        opens=(Opens("payment_order_acceptance"),), made_by_move=True,
    ),
    "order_accepted": Kind(
        ("payment_order",), ("受理支付令申请", "application accepted"), f"{CPL} 第二百二十六条", allows=("court", "number"),
        opens=(Opens("payment_order_issue"),), closes=(Closes("payment_order_acceptance"),),
    ),
    "order_issued": Kind(
        ("payment_order",), ("发出支付令", "payment order issued"), f"{CPL} 第二百二十七条；{CPLI} 第四百三十条",
        opens=(Opens("payment_order_service"),), closes=(Closes("payment_order_acceptance"), Closes("payment_order_issue")),
    ),
    "order_served": Kind(
        ("payment_order",), ("支付令送达债务人", "payment order served on the debtor"), f"{CPL} 第二百二十七条第二款",
        opens=(Opens("payment_order_objection"),), closes=(Closes("payment_order_service"),),
    ),
    "order_objected": Kind(
        ("payment_order",), ("债务人提出书面异议", "the debtor objected in writing"), f"{CPL} 第二百二十七条、第二百二十八条",
        closes=(Closes("payment_order_objection"),),
    ),
    "order_ended": Kind(
        ("payment_order",), ("终结督促程序", "payment-order procedure ended"), f"{CPL} 第二百二十八条；{CPLI} 第四百三十条、第四百三十四条、第四百三十八条",
        needs=("order_end",), allows=("number",),
        opens=(Opens("payment_order_conversion", only=("order_end", ("objection",))),),
        closes=(
            Closes("payment_order_acceptance"), Closes("payment_order_issue"), Closes("payment_order_service"),
            Closes("payment_order_objection"),
        ),
    ),
    "conversion_declined": Kind(
        ("payment_order",), ("表明不同意转入诉讼", "conversion to a suit declined"), f"{CPL} 第二百二十八条第二款；{CPLI} 第四百三十八条",
        closes=(Closes("payment_order_conversion"),),
    ),
}  # fmt: skip

_TRIAL = {
    "track_changed": Kind(
        TRIAL, ("转换审理程序", "procedure changed"), f"{CPL} 第一百七十条{AC}；{CPLI} 第二百五十八条", needs=("track",),
        opens=(
            Opens("trial_ordinary", since="docketed_on", only=("track", ("ordinary",))),
            Opens("trial_simplified", since="docketed_on", only=("track", ("simplified",))),
        ),
        closes=(Closes("trial_simplified"), Closes("trial_small_claims")),
    ),
    "top_up_notified": Kind(
        TRIAL, ("通知补交受理费", "told to top up the fee"), f"{CPLI} 第一百九十九条", opens=(Opens("fee_top_up"),)
    ),
    "topped_up": Kind(TRIAL, ("补交受理费", "fee topped up"), f"{CPLI} 第一百九十九条", closes=(Closes("fee_top_up"),)),
    "announced": Kind(
        (*TRIAL, *JUDGED), ("公告送达", "service by announcement"), f"{CPL} 第九十五条；{CPLI} 第一百三十八条、第一百四十条",
        needs=("party",), opens=(Opens("service_by_publication", party=True),),
    ),
    "complaint_served": Kind(
        TRIAL, ("起诉状副本送达被告", "complaint served on a defendant"), f"{CPL} 第一百二十八条；民法典 第五百六十五条", needs=("party",),
        opens=(Opens("defence", party=True),), closes=(Closes("service_by_publication", party=True),),
    ),
    "evidence_period_set": Kind(
        TRIAL, ("指定举证期限", "period for evidence set"), f"{CPL} 第六十八条{AC}；{CPLI} 第九十九条", needs=("until",),
        opens=(Opens("court_set", since="until"),),
    ),
    "evidence_handed_in": Kind(TRIAL, ("提交证据", "evidence handed in"), f"{CPL} 第六十八条{AC}", closes=(Closes("court_set"),)),
    "hearing_set": Kind(
        TRIAL, ("通知开庭", "hearing set"), f"{CPL} 第一百三十九条、第一百四十六条", needs=("hearing_on",), allows=("court",),
        opens=(Opens("hearing", since="hearing_on"),), closes=(Closes("hearing"),),
    ),
    "jurisdiction_objected": Kind(TRIAL, ("提出管辖权异议", "jurisdiction objected to"), f"{CPL} 第一百三十条", needs=("party",)),
    "court_changed": Kind(
        (*TRIAL, *JUDGED, *AFTER), ("移送其他法院", "transferred to another court"), f"{CPL} 第三十七条{AC}", needs=("court",), allows=("number",)
    ),
    "suit_ended": Kind(
        (*TRIAL, "diverted_mediation", "submitted"), ("诉讼未经判决结束", "suit ended without judgment"), f"{CPL} 第一百四十六条、第一百四十八条、第一百五十七条",
        needs=("suit_end",), allows=("number",), closes=(Closes("hearing"), Closes("court_set")),
    ),
}  # fmt: skip

_JUDGMENT = {
    "judgment_made": Kind(
        ("judged",), ("一审判决", "judgment at first instance"), f"{CPL} 第一百五十五条{AC}", allows=("number", "performance_until"),
        closes=(
            Closes("hearing"), Closes("court_set"), Closes("defence"), Closes("trial_ordinary"), Closes("trial_simplified"),
            Closes("trial_small_claims"),
        ),
        made_by_move=True,
    ),
    "judgment_served": Kind(
        ("judged",), ("判决书送达当事人", "judgment served on a party"), f"{CPL} 第一百七十一条第一款", needs=("party",),
        opens=(Opens("appeal_judgment", party=True),), closes=(Closes("service_by_publication", party=True),),
    ),
    "appeal_filed": Kind(
        JUDGED, ("当事人上诉", "a party appealed"), f"{CPL} 第一百七十一条、第一百七十三条", needs=("party",), allows=("court",),
        closes=(Closes("appeal_judgment", party=True),),
    ),
    "appeal_withdrawn": Kind(JUDGED, ("撤回上诉", "appeal withdrawn"), f"{CPL} 第一百八十条{AC}", needs=("party",)),
    "appeal_docketed": Kind(
        ("appealed",), ("二审立案", "appeal docketed"), f"{CPL} 第一百八十三条", allows=("court", "number"),
        opens=(Opens("trial_second_instance"),), made_by_move=True,
    ),
    "appeal_decided": Kind(
        ("appealed",), ("二审裁判送达", "decision on appeal served"), f"{CPL} 第一百七十七条、第一百八十二条{AC}", needs=("outcome",),
        allows=("number", "performance_until"), closes=(Closes("trial_second_instance"),),
    ),
}  # fmt: skip

_TITLE = {
    "title_effective": Kind(
        ("effective",), ("执行依据生效", "title effective"), f"{CPL} 第一百五十八条、第二百五十条",
        allows=("title", "court", "number", "performance_until"),
        opens=(Opens("enforcement", since="performance_until"),),
        closes=(Closes("appeal_judgment"), Closes("judicial_confirmation"), Closes("diverted_mediation"), Closes("hearing"),
                Closes("court_set"), Closes("payment_order_objection"), Closes("trial_second_instance"),
                Closes("trial_ordinary"), Closes("trial_simplified"), Closes("trial_small_claims"), Closes("enforcement_completion")),
        made_by_move=True,
    ),
    "notarial_certificate": Kind(
        ("preparation",), ("取得执行证书", "certificate of enforcement issued"), f"{CPL} 第二百四十九条{AC}", needs=("organisation", "receipt")
    ),
    "retrial_applied": Kind(AFTER, ("申请再审", "retrial applied for"), f"{CPL} 第二百一十条{AC}", needs=("party",), allows=("court", "number")),
    "retrial_ordered": Kind(AFTER, ("裁定再审", "retrial ordered"), f"{CPL} 第二百一十七条{AC}", allows=("court", "number")),
    "retrial_decided": Kind(AFTER, ("再审结束", "retrial ended"), f"{CPL} 第二百一十八条{AC}", needs=("outcome",), allows=("number",)),
    "debt_assigned": Kind(
        WITH_A_COURT, ("债权转让", "debt assigned"), "民法典 第五百四十五条、第五百四十六条", needs=("organisation",), allows=("notified_on",)
    ),
    "substitution_applied": Kind(
        AFTER, ("申请变更申请执行人", "substitution of the applicant applied for"), "变更、追加当事人规定(2020修正) 第九条、第二十八条", needs=("organisation",)
    ),
    "applicant_substituted": Kind(
        AFTER, ("裁定变更申请执行人", "applicant substituted"), "变更、追加当事人规定(2020修正) 第九条", needs=("organisation",), allows=("number",)
    ),
}  # fmt: skip

_ENFORCEMENT = {
    "enforcement_applied": Kind(
        ("enforcement",), ("申请执行", "enforcement applied for"), f"{CPL} 第二百五十条", allows=("court", "receipt", "channel"),
        closes=(Closes("enforcement"), Closes("post_judgment_preservation")), made_by_move=True,
    ),
    "enforcement_docketed": Kind(
        ("enforcement",), ("执行立案", "enforcement docketed"), "执行工作规定(2020修正) 第十六条；严格执行案件审理期限制度规定 第五条",
        allows=("court", "number"), opens=(Opens("enforcement_completion"),),
    ),
    "enforcement_settled": Kind(
        ("enforcement",), ("达成执行和解", "settlement in enforcement"), "执行和解规定(2020修正) 第二条", needs=("until",)
    ),
    "settlement_broken": Kind(
        ("enforcement",), ("执行和解未履行", "settlement in enforcement broken"), "执行和解规定(2020修正) 第九条"
    ),
    "enforcement_suspended": Kind(("enforcement",), ("中止执行", "enforcement suspended"), f"{CPL} 第二百六十七条{AC}"),
    "round_ended": Kind(
        ("enforcement",), ("裁定终结本次执行程序", "round of enforcement ended"), f"{CPLI} 第五百一十七条", allows=("number",)
    ),
    "round_closed": Kind(
        ("round_ended",), ("进入终本管理", "after the end of a round"), f"{CPLI} 第五百一十七条",
        opens=(Opens("round_recheck"),), closes=(Closes("enforcement_completion"),), made_by_move=True,
    ),
    "property_checked": Kind(
        ("round_ended",), ("复查财产，未发现", "property looked for again, none found"), f"{CPLI} 第五百一十七条",
        opens=(Opens("round_recheck"),), closes=(Closes("round_recheck"),),
    ),
    "property_found": Kind(("round_ended",), ("发现可供执行财产", "property found"), f"{CPLI} 第五百一十七条", closes=(Closes("round_recheck"),)),
    "enforcement_withdrawn": Kind(
        ("enforcement",), ("撤回执行申请", "application for enforcement withdrawn"), f"{CPL} 第二百六十八条"
    ),
}  # fmt: skip

KINDS: dict[str, Kind] = _SUBMISSION | _MEDIATION | _ORDER | _TRIAL | _JUDGMENT | _TITLE | _ENFORCEMENT

labels.register("proceeding", {code: kind.name for code, kind in KINDS.items()})


def kind_of(code: str, stage: str) -> Kind:
    """The row of the table for an event recorded at a stage; refuses `unknown_event`, `not_at_this_stage`, naming those there are."""
    here = [one for one, kind in KINDS.items() if stage in kind.stages and not kind.made_by_move]
    shown = "、".join(f"{labels.label('proceeding', one).zh}（{one}）" for one in here) or "无"
    found = KINDS.get(code)
    if found is not None and code in here:
        return found
    if found is None:
        words = Words(zh=f"没有这种程序事项：{code[:40]}。", en=f"there is no such event: {code[:40]}. ")
    elif found.made_by_move:
        words = Words(
            zh=f"{found.name[0]}（{code}）由推进案件阶段登记。", en=f"{code} is recorded by moving the case. "
        )
    else:
        words = Words(
            zh=f"「{labels.label('stage', stage).zh}」阶段不登记{found.name[0]}（{code}）。",
            en=f"{code} is not recorded while a case is in {stage}. ",
        )
    raise Refusal(
        "unknown_event" if found is None else "not_at_this_stage",
        Words(zh=f"{words.zh}本阶段可登记：{shown}。", en=f"{words.en}At this stage: {', '.join(here) or 'none'}."),
        "机构内部规则：程序事项表（house policy: table of events）",
    )
