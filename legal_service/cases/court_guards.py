"""Guards of the moves to the court, of mediation and of the payment order: each reads the events of the proceedings and says what is missing and why.

As in `guards`, a basis that begins with 「机构内部规则」 is a policy of the house; any other is an article.
"""

from __future__ import annotations

from datetime import date

from legal_service.cases.guards import policy
from legal_service.cases.position import CasePosition
from legal_service.cases.proceeding_kinds import AC, CPL, CPLI
from legal_service.errors import Refusal, Words


def no_pre_suit_preservation(case: CasePosition) -> Refusal | None:
    """A creditor that asked for pre-suit preservation has no payment order."""
    if not any(one.kind == "pre_suit_preservation" for one in case.milestones):
        return None
    return Refusal(
        "pre_suit_preservation",
        Words(
            zh="本案申请过诉前财产保全，不得再申请支付令；应提起诉讼。",
            en="pre-suit preservation was asked for in this case; no payment order may be applied for, sue instead.",
        ),
        f"{CPLI} 第四百二十七条第一款第七项；督促程序规定 第五条",
    )


def payment_order_approved(case: CasePosition) -> Refusal | None:
    """The application for a payment order was approved by a named lawyer."""
    return filing_approved(case, "payment_order_application", "支付令申请书", "the application for a payment order")


def filing_approved(case: CasePosition, document: str, zh: str, en: str) -> Refusal | None:
    """Refuse unless the newest revision of a document was approved by a named lawyer."""
    if case.approved(document) is not None:
        return None
    return Refusal(
        "not_approved",
        Words(
            zh=f"《{zh}》尚未经具名律师审批；由律师执行 legal filing approve 案号 {document} --by 邮箱。",
            en=f"no named lawyer has approved {en}: legal filing approve CASE_NO {document} --by EMAIL.",
        ),
        policy("未经具名律师审批不得提交") + "；参见 个人信息保护法 第二十四条",
    )


def not_returned(case: CasePosition) -> Refusal | None:
    """What the court returned for correction was corrected, and the court did not refuse the claim."""
    newest = case.proceedings.since("handed_in").newest("correction_required", "corrected", "not_accepted")
    if newest is None or newest.kind == "corrected":
        return None
    if newest.kind == "not_accepted":
        return Refusal(
            "not_accepted",
            Words(
                zh=f"法院于 {newest.on} 裁定不予受理；可在上诉期内上诉，或退回立案准备重新提交。",
                en=f"the court ruled on {newest.on} not to accept the claim; appeal in time, or move the case back to preparation.",
            ),
            f"{CPL} 第一百二十六条、第一百七十一条",
        )
    return Refusal(
        "correction_due",
        Words(
            zh=f"法院于 {newest.on} 退回补正，尚未登记补正后再次提交（登记「补正后再次提交」）。",
            en=f"the court returned the claim for correction on {newest.on}; record that it was corrected (“corrected and handed in again”).",
        ),
        f"{CPLI} 第二百零八条第二款",
    )


def consents_to_mediation(case: CasePosition) -> Refusal | None:
    """Nobody is sent to mediation who refuses it."""
    if case.step.get("consent") != "refused":
        return None
    return Refusal(
        "mediation_refused",
        Words(
            zh="当事人不同意调解的，法院不得委派调解；应登记立案。",
            en="a party refuses mediation: the court dockets the claim instead of diverting it.",
        ),
        f"{CPL} 第一百二十五条",
    )


def mediation_ended(case: CasePosition) -> Refusal | None:
    """Mediation failed, or its thirty days are over."""
    found = case.proceedings
    if found.since("diverted").newest("mediation_failed") is not None:
        return None
    due = [one for one in case.docket if one.rule in ("diverted_mediation", "court_set") and one.done_on is None]
    if due and all(one.period.last_day < case.as_of for one in due):
        return None
    return Refusal(
        "mediation_running",
        Words(
            zh="诉前调解尚未结束：登记调解不成（登记「调解不成」），或待调解期届满。",
            en="mediation is still running: record that it failed (“mediation failed”), or wait for its period to end.",
        ),
        "特邀调解规定 第二十七条",
    )


def confirmed_or_instrument(case: CasePosition) -> Refusal | None:
    """A mediated agreement can be enforced only once a court confirmed it or issued an instrument."""
    if case.proceedings.newest("confirmed", "mediation_instrument") is not None:
        return None
    return Refusal(
        "no_title",
        Words(
            zh="没有司法确认裁定或民事调解书；未经调解组织达成的和解协议不能申请司法确认。",
            en="there is no ruling of judicial confirmation and no mediation instrument; a settlement made without a mediation body cannot be confirmed.",
        ),
        f"{CPL} 第一百条、第二百零五条、第二百零六条",
    )


def instrument_signed(case: CasePosition) -> Refusal | None:
    """The court's mediation instrument took effect."""
    if case.proceedings.newest("mediation_instrument") is not None:
        return None
    return Refusal(
        "no_title",
        Words(
            zh="尚未登记民事调解书生效（登记「民事调解书生效」）。",
            en="no mediation instrument is recorded as in effect (“mediation instrument in effect”).",
        ),
        f"{CPL} 第一百条；{CPLI} 第一百四十九条、第一百五十一条",
    )


def order_objected_and_ended(case: CasePosition) -> Refusal | None:
    """A payment order turns into a suit once the procedure ended by objection and the applicant did not decline."""
    found = case.proceedings.since("order_applied")
    ended = found.newest("order_ended")
    if ended is None or ended.data.get("order_end") != "objection":
        return Refusal(
            "order_not_ended",
            Words(
                zh="督促程序尚未因债务人异议终结（登记「终结督促程序：债务人提出书面异议」），不能转入诉讼；其他情形另行起诉。",
                en="the payment-order procedure has not ended by objection (“payment-order procedure ended: the debtor objected in writing”); otherwise sue separately.",
            ),
            f"{CPL} 第二百二十八条",
        )
    if found.newest("conversion_declined") is None:
        return None
    return Refusal(
        "conversion_declined",
        Words(
            zh="已向法院表明不同意转入诉讼；如需起诉，退回立案准备。",
            en="the court was told that no suit is wanted; to sue, move the case back to preparation.",
        ),
        f"{CPL} 第二百二十八条第二款；{CPLI} 第四百三十八条",
    )


def order_ended(case: CasePosition) -> Refusal | None:
    """The payment-order procedure is over before another filing is prepared."""
    if case.proceedings.since("order_applied").newest("order_ended") is not None:
        return None
    return Refusal(
        "order_not_ended",
        Words(
            zh="督促程序尚未终结（登记「终结督促程序」）。",
            en="the payment-order procedure has not ended (“payment-order procedure ended”).",
        ),
        f"{CPL} 第二百二十八条；{CPLI} 第四百三十条",
    )


def order_unopposed(case: CasePosition) -> Refusal | None:
    """A payment order served and not objected to within fifteen days can be enforced."""
    found = case.proceedings.since("order_applied")
    served = found.newest("order_served")
    if served is None:
        words = Words(
            zh="支付令尚未送达债务人（登记「支付令送达债务人」）。",
            en="the payment order has not been served (“payment order served on the debtor”).",
        )
        return Refusal("order_not_served", words, f"{CPL} 第二百二十七条")
    if found.newest("order_objected", "order_ended") is not None:
        words = Words(
            zh="债务人已提出异议或督促程序已终结，支付令失效。",
            en="the debtor objected, or the procedure ended; the order has lapsed.",
        )
        return Refusal("order_lapsed", words, f"{CPL} 第二百二十八条第一款")
    return period_over(
        case,
        "payment_order_objection",
        "",
        served.on,
        "支付令异议期",
        "the period for objecting",
        f"{CPL} 第二百二十七条第三款{AC}",
    )


def period_over(case: CasePosition, rule: str, party: str, since: date, zh: str, en: str, basis: str) -> Refusal | None:
    """Refuse while the deadline of a rule counted from a day is not over."""
    for due in case.docket:
        if (due.rule, due.subject, due.trigger) == (rule, party, since):
            if due.period.last_day < case.as_of:
                return None
            words = Words(
                zh=f"{zh}至 {due.period.last_day} 届满，届满后方可推进。",
                en=f"{en} ends on {due.period.last_day}; move the case after that.",
            )
            return Refusal("period_running", words, basis)
    words = Words(zh=f"案件日程中没有自 {since} 起算的{zh}。", en=f"the docket has no entry of {en} from {since}.")
    return Refusal("period_unknown", words, basis)


def suit_over(case: CasePosition) -> Refusal | None:
    """The suit ended without a judgment before the claim is prepared again."""
    if case.proceedings.since(*_BEGINNINGS).newest("suit_ended", "not_accepted") is not None:
        return None
    return Refusal(
        "suit_running",
        Words(
            zh="诉讼仍在进行；先登记撤诉、驳回起诉等结束方式（登记「诉讼未经判决结束」），再退回立案准备。",
            en="the suit is running; record how it ended (“suit ended without judgment”) before the claim is prepared again.",
        ),
        f"{CPL} 第一百二十七条第五项{AC}",
    )


def returned_or_over(case: CasePosition) -> Refusal | None:
    """What is taken back to preparation was returned by the court, refused, or withdrawn."""
    newest = case.proceedings.since(*_BEGINNINGS).newest("correction_required", "corrected")
    if newest is not None and newest.kind == "correction_required":
        return None
    return suit_over(case)


_BEGINNINGS = ("handed_in", "order_applied", "docketed")
"""Events with which a proceeding begins: what ended an earlier one does not end this."""


def not_notarised(case: CasePosition) -> Refusal | None:
    """A notarised enforceable instrument goes to enforcement, not to suit."""
    bound = [loan.loan_no for loan in case.loans if loan.notarised]
    if not bound:
        return None
    return Refusal(
        "notarised",
        Words(
            zh=f"{'、'.join(bound)} 为赋予强制执行效力的公证债权文书，应申请执行证书，法院不受理就其内容提起的诉讼。",
            en=f"{', '.join(bound)}: a notarised enforceable instrument; ask the notary for a certificate of enforcement, a suit on it is not accepted.",
        ),
        f"{CPL} 第二百四十九条{AC}",
    )
