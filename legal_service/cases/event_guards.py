"""What stands against recording an event: a paper served too late, an announcement in the wrong procedure, somebody who is no party."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from legal_service.cases import litigants
from legal_service.cases.guards import policy
from legal_service.cases.position import CasePosition
from legal_service.cases.proceeding_kinds import AC, CPL, CPLI
from legal_service.errors import Refusal, Words

EventGuard = Callable[[CasePosition, date, Mapping[str, str]], Refusal | None]
"""Position of the case, day of the event, its data → why it is refused."""


def of_the_case(case: CasePosition, on: date, data: Mapping[str, str]) -> Refusal | None:
    """The party named is a party of the case."""
    party = data.get("party")
    if party is None or party in case.parties:
        return None
    known = "、".join(f"{litigants.name(one).zh}（{one}）" for one in case.parties)
    return Refusal(
        "unknown_party",
        Words(zh=f"本案当事人为：{known}。", en=f"the parties of this case are: {', '.join(case.parties)}."),
        policy("当事人以案件登记为准"),
    )


def announcement_allowed(case: CasePosition, on: date, data: Mapping[str, str]) -> Refusal | None:
    """No service by announcement in simplified or small-claims procedure."""
    if case.proceedings.track() not in ("simplified", "small_claims"):
        return None
    return Refusal(
        "announcement_in_simplified",
        Words(
            zh="简易程序、小额诉讼程序不得公告送达；先转为普通程序（登记「转换审理程序：普通程序」）。",
            en="simplified and small-claims procedure know no service by announcement; change to ordinary procedure first (“procedure changed: ordinary procedure”).",
        ),
        f"{CPLI} 第一百四十条",
    )


def track_may_change(case: CasePosition, on: date, data: Mapping[str, str]) -> Refusal | None:
    """A case goes from small claims to simplified, and from both to ordinary; not back."""
    order = ("small_claims", "simplified", "ordinary")
    now, then = case.proceedings.track(), data["track"]
    if now and then in order and order.index(then) > order.index(now):
        return None
    if not now and then == "ordinary":
        return None
    return Refusal(
        "track_not_changed",
        Words(
            zh="程序只能由小额诉讼转简易程序或普通程序，由简易程序转普通程序；未登记程序的按普通程序处理。",
            en="procedure changes from small claims to simplified or ordinary, and from simplified to ordinary only; a case docketed without one counts as ordinary.",
        ),
        f"{CPL} 第一百七十条{AC}；{CPLI} 第二百五十八条",
    )


def _in_time(rule: str, code: str, zh: str, en: str, basis: str, *, own: bool = False) -> EventGuard:
    """A guard that refuses an event after the newest deadline of a rule (of its own party) ended."""

    def guard(case: CasePosition, on: date, data: Mapping[str, str]) -> Refusal | None:
        subject = data.get("party", "") if own else ""
        found = [due for due in case.docket if due.rule == rule and due.subject == subject]
        if not found or on <= found[-1].period.last_day:
            return None
        last = max(due.period.last_day for due in found)
        if on <= last:
            return None
        return Refusal(code, Words(zh=zh.format(last=last), en=en.format(last=last)), basis)

    guard.__name__ = f"{rule}_in_time"
    guard.__doc__ = f"Not after the deadline `{rule}`."
    return guard


order_served_in_time = _in_time(
    "payment_order_service", "order_lapsed", "支付令须于 {last} 前送达，逾期失效；登记「终结督促程序：支付令未能送达」。",
    "the order had to be served by {last}; it has lapsed: record “payment-order procedure ended: the order could not be served”.", f"{CPLI} 第四百三十条第二项",
)  # fmt: skip
objection_in_time = _in_time(
    "payment_order_objection", "objection_late", "异议期至 {last} 届满，逾期异议不影响支付令效力。",
    "the period for objecting ended on {last}; a later objection leaves the order in force.", f"{CPL} 第二百二十七条第二款",
)  # fmt: skip
declined_in_time = _in_time(
    "payment_order_conversion", "declined_late", "表态期至 {last} 届满，已转入诉讼程序。",
    "the seven days ended on {last}; the case has turned into a suit.", f"{CPLI} 第四百三十八条",
)  # fmt: skip
confirmation_in_time = _in_time(
    "judicial_confirmation", "confirmation_late", "司法确认申请期至 {last} 届满。",
    "judicial confirmation had to be asked for by {last}.", f"{CPL} 第二百零五条",
)  # fmt: skip
appeal_period = _in_time(
    "appeal_judgment", "appeal_late", "该方上诉期至 {last} 届满；有正当理由的，在障碍消除后十日内申请顺延。",
    "this party's appeal period ended on {last}; with good cause an extension is asked for within ten days after the obstacle ends.",
    f"{CPL} 第八十六条、第一百七十一条", own=True,
)  # fmt: skip


def appealable(case: CasePosition, on: date, data: Mapping[str, str]) -> Refusal | None:
    """A small-claims judgment is final at one instance; each party appeals within its own period."""
    if case.proceedings.track() == "small_claims":
        return Refusal(
            "final_at_one_instance",
            Words(
                zh="小额诉讼实行一审终审，不得上诉。",
                en="a small-claims judgment is final at one instance; it cannot be appealed.",
            ),
            f"{CPL} 第一百六十五条第一款",
        )
    return appeal_period(case, on, data)


GUARDS: dict[str, tuple[EventGuard, ...]] = {
    "announced": (announcement_allowed,),
    "track_changed": (track_may_change,),
    "order_served": (order_served_in_time,),
    "order_objected": (objection_in_time,),
    "conversion_declined": (declined_in_time,),
    "confirmation_applied": (confirmation_in_time,),
    "appeal_filed": (appealable,),
}


def blockers(case: CasePosition, kind: str, on: date, data: Mapping[str, str]) -> list[Refusal]:
    """Everything that stands against recording an event; empty when it may be recorded."""
    every = (of_the_case, *GUARDS.get(kind, ()))
    return [refusal for guard in every if (refusal := guard(case, on, data)) is not None]
