"""Guards of the moves from the judgment on: appeal, finality, enforcement, the end of a round, release after payment.

As in `guards`, a basis that begins with 「机构内部规则」 is a policy of the house; any other is an article.
"""

from __future__ import annotations

from datetime import date

from legal_service.cases import litigants
from legal_service.cases.court_guards import filing_approved, period_over
from legal_service.cases.position import CasePosition
from legal_service.cases.proceeding_kinds import AC, CPL, CPLI
from legal_service.errors import Refusal, Words
from legal_service.law.periods import Length, add


def appealed(case: CasePosition) -> Refusal | None:
    """At least one party appealed and did not withdraw."""
    if _appellants(case):
        return None
    return Refusal(
        "no_appeal",
        Words(zh="没有当事人上诉的登记（登记「当事人上诉」）。", en="no appeal is recorded (“a party appealed”)."),
        f"{CPL} 第一百七十一条、第一百七十三条",
    )


def _appellants(case: CasePosition) -> tuple[str, ...]:
    standing: dict[str, bool] = {}
    for one in case.proceedings.since("judgment_made").all("appeal_filed", "appeal_withdrawn"):
        standing[one.party] = one.kind == "appeal_filed"
    return tuple(party for party, stands in standing.items() if stands)


def judgment_final(case: CasePosition) -> Refusal | None:
    """The judgment binds when the last appeal period expired and nobody appealed; a small-claims judgment on service."""
    found = case.proceedings.since("judgment_made")
    served = {one.party: one.on for one in found.all("judgment_served")}
    missing = [party for party in case.parties if party not in served]
    if missing:
        who = Words(
            zh="、".join(litigants.name(one).zh for one in missing),
            en=", ".join(litigants.name(one).en for one in missing),
        )
        return Refusal(
            "judgment_not_served",
            Words(
                zh=f"判决书尚未登记送达：{who.zh}（登记「判决书送达当事人」）；各方上诉期自其送达之日起算。",
                en=f"service of the judgment is not recorded for: {who.en} (“judgment served on a party”); each party's period runs from its own service.",
            ),
            f"{CPL} 第一百七十一条第一款",
        )
    if case.proceedings.track() == "small_claims":
        return None
    if _appellants(case):
        return Refusal(
            "appeal_pending",
            Words(
                zh=f"{'、'.join(litigants.name(one).zh for one in _appellants(case))}已上诉；应进入「上诉中」。",
                en=f"{', '.join(litigants.name(one).en for one in _appellants(case))} appealed; move the case to `appealed`.",
            ),
            f"{CPL} 第一百五十八条",
        )
    for party in case.parties:
        name = litigants.name(party)
        running = period_over(
            case, "appeal_judgment", party, served[party], f"{name.zh}的上诉期", f"the appeal period of the {name.en}",
            f"{CPL} 第一百五十八条、第一百七十一条",
        )  # fmt: skip
        if running is not None:
            return running
    return None


def appeal_ended(case: CasePosition) -> Refusal | None:
    """The appeal was decided (not remanded), or every appellant withdrew."""
    found = case.proceedings.since("appeal_docketed")
    decided = found.newest("appeal_decided")
    if decided is not None and decided.data.get("outcome") != "remanded":
        return None
    withdrawn = case.proceedings.since("judgment_made").newest("appeal_withdrawn") is not None
    if found.newest("mediation_instrument") is not None or (withdrawn and not _appellants(case)):
        return None
    return Refusal(
        "appeal_not_ended",
        Words(
            zh="二审尚未作出维持或改判的裁判，上诉也未全部撤回。",
            en="the appeal was neither decided (upheld or changed) nor withdrawn by every appellant.",
        ),
        f"{CPL} 第一百八十二条{AC}",
    )


def remanded(case: CasePosition) -> Refusal | None:
    """The second instance sent the case back."""
    decided = case.proceedings.since("appeal_docketed").newest("appeal_decided")
    if decided is not None and decided.data.get("outcome") == "remanded":
        return None
    return Refusal(
        "not_remanded",
        Words(
            zh="没有发回重审的登记（登记「二审裁判送达：发回重审」）。",
            en="no remand is recorded (“decision on appeal served: remanded”).",
        ),
        f"{CPL} 第一百七十七条{AC}",
    )


def enforcement_approved(case: CasePosition) -> Refusal | None:
    """The application for enforcement was approved by a named lawyer."""
    return filing_approved(case, "enforcement_application", "强制执行申请书", "the application for enforcement")


def restoration_approved(case: CasePosition) -> Refusal | None:
    """The application to restore enforcement was approved by a named lawyer."""
    return filing_approved(
        case, "enforcement_restoration_application", "恢复执行申请书", "the application to restore enforcement"
    )


def performance_over(case: CasePosition) -> Refusal | None:
    """Enforcement waits for the end of the period that the title gives for performance."""
    until = case.proceedings.value(
        "performance_until", "title_effective", "judgment_made", "appeal_decided", "mediation_instrument"
    )
    if not until or date.fromisoformat(until) < case.as_of:
        return None
    return Refusal(
        "performance_running",
        Words(
            zh=f"履行期至 {until}，届满前不得申请执行。",
            en=f"the debtor may perform until {until}; enforcement starts after that.",
        ),
        "执行工作规定(2020修正) 第十六条",
    )


def round_may_end(case: CasePosition) -> Refusal | None:
    """A round of enforcement ends by the court's ruling, more than three months after it was docketed."""
    found = case.proceedings.since("enforcement_applied")
    ruling = found.newest("round_ended")
    if ruling is None:
        return Refusal(
            "no_ruling",
            Words(
                zh="没有终结本次执行程序的裁定（登记「裁定终结本次执行程序」）。",
                en="no ruling that ends the round is recorded (“round of enforcement ended”).",
            ),
            f"{CPLI} 第五百一十七条",
        )
    docketed = found.newest("enforcement_docketed")
    if docketed is None or ruling.on > add(docketed.on, Length(3, "month")):
        return None
    return Refusal(
        "too_early",
        Words(
            zh=f"执行立案（{docketed.on}）至裁定（{ruling.on}）不足三个月，不符合终本条件；可提出异议。",
            en=f"the round ended on {ruling.on}, within three months of docketing on {docketed.on}; object to it.",
        ),
        f"关于严格规范终结本次执行程序的规定（试行） 第一条{AC}",
    )


def property_found(case: CasePosition) -> Refusal | None:
    """Enforcement is restored when property is found."""
    if case.proceedings.since("round_closed").newest("property_found") is not None:
        return None
    return Refusal(
        "no_property",
        Words(
            zh="没有发现可供执行财产的登记（登记「发现可供执行财产」）。",
            en="no property is recorded as found (“property found”).",
        ),
        f"{CPLI} 第五百一十七条",
    )


def enforcement_taken_back(case: CasePosition) -> Refusal | None:
    """Enforcement ends before its time when the applicant withdraws it."""
    if case.proceedings.since("enforcement_applied").newest("enforcement_withdrawn") is not None:
        return None
    return Refusal(
        "enforcement_running",
        Words(
            zh="执行程序仍在进行（登记「撤回执行申请」）。",
            en="enforcement is running (“application for enforcement withdrawn”).",
        ),
        f"{CPL} 第二百六十八条",
    )


def notarised_with_certificate(case: CasePosition) -> Refusal | None:
    """A notarised instrument is enforced without a suit once the notary issued its certificate."""
    if all(loan.notarised for loan in case.loans) and case.proceedings.newest("notarial_certificate") is not None:
        return None
    return Refusal(
        "no_title",
        Words(
            zh="须全部贷款办理赋予强制执行效力的公证，并登记执行证书（登记「取得执行证书」）。",
            en="every loan must be a notarised enforceable instrument, and the notary's certificate recorded (“certificate of enforcement issued”).",
        ),
        f"{CPL} 第二百四十九条{AC}",
    )


def release_finished(case: CasePosition) -> Refusal | None:
    """A case closes only when nothing it seized stands and its release list is done; a buyer takes measures over."""
    if case.step.get("reason") == "transferred":
        return None
    last = {one.subject: one.reference for one in case.milestones if one.kind == "measure"}
    standing = [subject for subject, reference in last.items() if reference == "standing"]
    if standing:
        return Refusal(
            "measures_standing",
            Words(
                zh=f"措施 {'、'.join(standing)} 尚未登记解除；申请解除并登记后方可结案。",
                en=f"measures {', '.join(standing)} are not recorded as released; have them lifted before the case is closed.",
            ),
            "财产保全规定(2020修正) 第二十三条；民事诉讼法(2023修正) 第一百零八条",
        )
    newest = case.newest("release_list", "")
    if newest is None or newest.reference in ("done", "void"):
        return None
    return Refusal(
        "release_open",
        Words(
            zh="解除清单尚未办结（解除冻结、限制消费、失信，结清证明、征信更新等）；办结后方可结案。",
            en="the release list is not finished (unfreezing, lifting restrictions, certificate, credit record); the case closes when it is.",
        ),
        f"{CPL} 第一百零八条{AC}；财产保全规定(2020修正) 第二十三条",
    )
