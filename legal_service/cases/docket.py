"""The docket (案件日程): every deadline computed from its trigger, with rule, article, raw, legal and internal date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.law.periods import Period

CORRECTIONS = ("entered_wrongly", "proof_of_service", "court_notice")
"""Why the trigger of a deadline is corrected: codes, for the trail holds no personal data."""

labels.register(
    "correction",
    {
        "entered_wrongly": ("录入错误", "it was entered wrongly"),
        "proof_of_service": ("送达凭证显示另一日期", "the proof of service shows another day"),
        "court_notice": ("以法院通知的日期为准", "the court's notice gives another day"),
    },
)

PROCEEDINGS = "proceedings_running"
"""Why a limitation deadline ended without being met: no period runs while a suit, arbitration or enforcement does."""

RELEASED = "guarantee_lapsed"
"""Why the deadline of a guarantee period ended without being met: nothing was done in time, and the guarantor is free."""

LEFT_THE_CASE = "no_longer_there"
"""Why the deadline of a guarantee period ended: the newest tape names no such guarantor."""

TAKEN_BACK = "event_withdrawn"
"""Why a deadline ended without being met: the event that opened it was taken back."""

ENDS = (PROCEEDINGS, TAKEN_BACK, RELEASED, LEFT_THE_CASE)
"""Why a deadline ended while the case went on."""

labels.register(
    "deadline_end",
    {
        RELEASED: (
            "保证期间届满，未依法主张，保证责任消灭（民法典 第六百九十三条）",
            "the guarantee period ended and nothing was done in time: the guarantor is free (Civil Code, art. 693)",
        ),
        LEFT_THE_CASE: ("最新台账中已无该保证人", "the newest tape names no such guarantor"),
        TAKEN_BACK: ("起算的程序事项已撤销登记", "the event that it ran from was taken back"),
        PROCEEDINGS: (
            "诉讼、仲裁或执行程序进行中，时效期间不再计算",
            "proceedings are running, and no limitation period with them",
        ),
    },
)

labels.register(
    "deadline",
    {
        "docketing": ("法院立案审查", "court's decision on docketing"),
        "limitation": ("诉讼时效届满", "end of the limitation period"),
        "guarantee_period": ("保证期间届满", "end of the guarantee period"),
        "court_set": ("法院指定的期限", "period fixed by the court"),
        "diverted_mediation": ("诉前调解期", "court-diverted mediation"),
        "judicial_confirmation": ("申请司法确认", "apply for judicial confirmation"),
        "payment_order_acceptance": ("支付令申请受理", "court's decision on the payment-order application"),
        "payment_order_issue": ("支付令签发", "issue of the payment order"),
        "payment_order_service": ("支付令送达，逾期失效", "service of the payment order, else it lapses"),
        "payment_order_objection": ("支付令异议期", "objection to the payment order"),
        "payment_order_conversion": ("表明不转入诉讼", "decline the conversion to a suit"),
        "fee_payment": ("预交诉讼费", "pay the court fee"),
        "fee_top_up": ("补交受理费", "top up the court fee"),
        "defence": ("答辩期", "defence"),
        "service_by_publication": ("公告送达", "service by announcement"),
        "hearing": ("开庭", "hearing"),
        "trial_ordinary": ("普通程序审限", "trial, ordinary procedure"),
        "trial_simplified": ("简易程序审限", "trial, simplified procedure"),
        "trial_small_claims": ("小额诉讼审限", "trial, small claims"),
        "appeal_judgment": ("判决上诉期", "appeal against the judgment"),
        "appeal_ruling": ("裁定上诉期", "appeal against the ruling"),
        "trial_second_instance": ("二审审限", "trial, second instance"),
        "enforcement": ("申请执行期限", "apply for enforcement"),
        "enforcement_completion": ("执行期限", "completion of enforcement"),
        "round_recheck": ("终本后财产复查", "look for property again"),
        "pre_suit_preservation_suit": ("诉前保全后起诉", "sue after pre-suit preservation"),
        "post_judgment_preservation": ("判后保全申请执行", "apply for enforcement after preservation"),
        "freezing_of_deposits": ("存款冻结届满", "freezing of deposits ends"),
        "attachment_of_movables": ("动产查封、扣押届满", "seizure of movables ends"),
        "seizure_of_immovables": ("不动产查封、其他财产权冻结届满", "seizure of immovables or other rights ends"),
        "measure_term": ("措施期限届满", "the measure ends"),
        "preservation_renewal": ("申请续行保全", "ask for renewal of preservation"),
    },
)


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as the contract prints it. `subject` is the loan or party it belongs to; `closed_reason` why it ended without being met."""

    case_no: str
    rule: str
    subject: str
    trigger: date
    period: Period
    done_on: date | None = None
    closed_reason: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape of contract.md, with the subject added."""
        return {
            "case_no": self.case_no,
            "rule": self.rule,
            "subject": self.subject,
            "basis": self.period.basis,
            "trigger": self.trigger.isoformat(),
            "raw": self.period.raw.isoformat(),
            "last_day": self.period.last_day.isoformat(),
            "internal": self.period.internal.isoformat(),
            "provisional": self.period.provisional,
            "done_on": self.done_on.isoformat() if self.done_on else None,
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline as it stands and as it comes to when it is reckoned anew."""

    deadline_id: int
    due: Due
    after: Period

    @property
    def differs(self) -> bool:
        """Whether one of its three days is another; that it is no longer provisional moves nothing."""
        return _days(self.due.period) != _days(self.after)

    def as_json(self) -> dict[str, object]:
        """Case, rule, subject, before → after; `done_on` for one that is done and therefore stays."""
        return {
            "case_no": self.due.case_no,
            "rule": self.due.rule,
            "subject": self.due.subject,
            "trigger": self.due.trigger.isoformat(),
            "done_on": self.due.done_on.isoformat() if self.due.done_on else None,
            "before": _told(self.due.period),
            "after": _told(self.after),
        }


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What another calendar makes of the docket.

    `moved`: open ones with another day; `confirmed`: open ones that were provisional and keep their days, or the reverse;
    `done`: done ones that would have had another day and keep theirs.
    """

    moved: tuple[Moved, ...]
    confirmed: tuple[Moved, ...]
    done: tuple[Moved, ...]

    def as_json(self) -> dict[str, list[dict[str, object]]]:
        """Three lists."""
        return {
            name: [one.as_json() for one in found]
            for name, found in (("moved", self.moved), ("confirmed", self.confirmed), ("done", self.done))
        }


def _days(period: Period) -> tuple[date, date, date]:
    return period.raw, period.last_day, period.internal


def _told(period: Period) -> dict[str, object]:
    return {
        "raw": period.raw.isoformat(),
        "last_day": period.last_day.isoformat(),
        "internal": period.internal.isoformat(),
        "provisional": period.provisional,
    }
