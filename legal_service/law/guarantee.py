"""Guarantee periods (保证期间): how long a guarantor stays bound, what must be done inside, and the limitation that follows.

民法典 686, 692–694; 担保制度解释 25–35. The period is fixed: neither interrupted nor suspended. The court looks at it of its own motion
(担保制度解释 34), unlike limitation. Whether its last day moves off a holiday is open: both days are shown, the earlier one is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from legal_service.errors import Refusal, Words
from legal_service.law.calendar import Calendar
from legal_service.law.guarantee_facts import Act, Agreed, Guarantee, Liability, RefusalEnded, State, Step
from legal_service.law.parameters import Parameters
from legal_service.law.periods import Period, add, length_of, reckon

_MUST: dict[str, Words] = {
    "joint": Words(
        zh="连带责任保证：须在保证期间内请求保证人承担保证责任（书面催告并到达，或对其起诉、仲裁）",
        en="joint guarantee: within the period ask the guarantor to pay (a demand that arrives, or suit or arbitration against him)",
    ),
    "general": Words(
        zh="一般保证：须在保证期间内对债务人提起诉讼或者申请仲裁，仅催告保证人无效",
        en="general guarantee: within the period sue the debtor or apply for arbitration; a demand on the guarantor does nothing",
    ),
}
_HOLIDAY = Words(
    zh="保证期间末日遇节假日是否顺延未有定论，按未顺延之日办理，待律师确认",
    en="whether the last day of a guarantee period moves off a holiday is open; act by the day as counted; awaits counsel",
)
_FIXED = Words(
    zh="保证期间不发生中止、中断和延长；法院依职权审查是否届满",
    en="the period is neither suspended, interrupted nor extended; the court checks it of its own motion",
)
_FIXED_BASIS = "民法典 第六百九十二条第一款；担保制度解释 第三十四条"


def assess(
    liability: Liability,
    law: Parameters,
    calendar: Calendar,
    *,
    main_due_on: date,
    asked_on: date,
    agreed: Agreed = "none",
    agreed_until: date | None = None,
    signed_on: date | None = None,
    acts: Sequence[Act] = (),
    refusal: RefusalEnded | None = None,
) -> Guarantee:
    """How one guarantor stands on a day. `main_due_on`: when the main debt fell due (for instalments the last due day).

    Raises `Refusal` for an unknown act, for one before the guarantee was given or after the day asked, for `agreed="until"`
    without its day, and for a guarantee given before the Civil Code (without `signed_on`: a main debt due before it).
    """
    since = signed_on or min(main_due_on, asked_on)
    table = law.on("guarantee/acts", since).value
    _check(acts, table, agreed, agreed_until)
    _check_days(acts, signed_on, asked_on)
    steps: list[Step] = []
    kind = _kind(liability, law, since, main_due_on, steps)
    period = _period(law, calendar, since, main_due_on, agreed, agreed_until, steps)
    if agreed == "until_paid_in_full":
        steps[-2] = replace(steps[-2], basis=f"{steps[-2].basis}；担保制度解释 第三十二条")
    ordered = sorted(acts, key=lambda act: act.on)
    preserved, doubtful = _consider(ordered, kind, table, main_due_on, period, steps)
    began = _limitation_from(kind, preserved, law, since, refusal or RefusalEnded(), steps) if preserved else None
    awaiting = [_HOLIDAY] if period.raw != period.last_day else []
    return Guarantee(
        liability=kind,
        period=period,
        state=_state(preserved, doubtful, period, asked_on),
        must_do=_MUST[kind],
        preserved_by=preserved,
        limitation_from=began,
        limitation=_limitation(law, calendar, began) if began else None,
        steps=tuple(steps),
        basis=f"{period.basis}；民法典 第六百九十三条",
        awaiting=tuple(awaiting),
    )


def _kind(
    liability: Liability, law: Parameters, since: date, main_due_on: date, steps: list[Step]
) -> Literal["joint", "general"]:
    if liability != "unclear":
        return liability
    dated = law.on("guarantee/unclear_liability", since)
    words = Words(
        zh="保证方式没有约定或者约定不明确，按一般保证", en="the kind was not clearly agreed: a general guarantee"
    )
    steps.append(Step(main_due_on, "kind", words, dated.basis))
    kind: Literal["joint", "general"] = dated.value
    return kind


def _period(
    law: Parameters, calendar: Calendar, since: date, due: date, agreed: Agreed, until: date | None, steps: list[Step]
) -> Period:
    rule = law.parameter("guarantee/default_period")
    basis, length = rule.on(since).basis, length_of(rule, since)
    if agreed == "until" and until is not None and until > due:
        raw, zh, en = until, f"约定保证期间至 {until}", f"agreed until {until}"
    else:
        raw = add(due, length)
        why = {
            "none": Words(zh="没有约定保证期间", en="no period was agreed"),
            "until": Words(
                zh=f"约定的保证期间（至 {until}）早于主债务到期或与其同时届满，视为没有约定",
                en=f"the agreed period (until {until}) ends before or with the main debt: none agreed",
            ),
            "until_paid_in_full": Words(
                zh="约定至主债务清偿为止，视为约定不明", en='"until paid in full": not clearly agreed'
            ),
        }[agreed]
        zh = f"{why.zh}：自主债务履行期限届满之日 {due} 起 {length.number} 个月，至 {raw}"
        en = f"{why.en}: {length.number} months from {due}, the day the main debt fell due, to {raw}"
    rolled = calendar.next_working_day(raw)
    internal = calendar.previous_working_day(raw)
    known = all(calendar.knows(day) for day in (raw, rolled, internal))
    steps.append(Step(due, "period", Words(zh=zh, en=en), basis))
    steps.append(Step(due, "fixed", _FIXED, _FIXED_BASIS))
    if rolled != raw:
        words = Words(zh=f"{_HOLIDAY.zh}（如顺延，至 {rolled}）", en=f"{_HOLIDAY.en} (if it moves: {rolled})")
        steps.append(Step(raw, "holiday", words, law.on("guarantee/holiday", since).basis))
    return Period(raw=raw, last_day=rolled, internal=internal, provisional=not known, basis=basis)


def _consider(
    acts: Sequence[Act], kind: str, table: dict[str, Any], due: date, period: Period, steps: list[Step]
) -> tuple[Act | None, Act | None]:
    """The first act that kept the guarantor bound, and the first that did so only if holidays move the last day."""
    preserved: Act | None = None
    doubtful: Act | None = None
    for act in acts:
        row = table[act.kind]
        told = _told(act, kind, row, due, period)
        happened = Words(zh=f"{row['zh']}：{told.words.zh}", en=f"{row['en']}: {told.words.en}")
        steps.append(Step(act.on, act.kind, happened, told.basis, Words(zh=row["proof_zh"], en=row["proof_en"])))
        if told.effect == "preserves" and preserved is None:
            preserved = act
        if told.effect == "doubtful" and doubtful is None:
            doubtful = act
    return preserved, doubtful


@dataclass(frozen=True, slots=True)
class _Told:
    effect: Literal["preserves", "doubtful", "none"]
    words: Words
    basis: str


def _told(act: Act, kind: str, row: dict[str, Any], due: date, period: Period) -> _Told:
    if row[kind] == "none":
        return _Told(
            "none", Words(zh="不产生保全保证责任的效力", en="does not keep this guarantor bound"), row["basis"]
        )
    if act.on < due and row[kind] == "suit":
        words = Words(
            zh=f"早于主债务届期日 {due}，保证期间尚未起算；如以起诉宣布提前到期，请先登记提前到期日；是否有效待律师确认",
            en=f"before the main debt fell due on {due}: the period had not begun; if the suit itself accelerated the debt, record that day first; awaits counsel",
        )
        return _Told("doubtful", words, row["basis"])
    if act.on < due:
        words = Words(
            zh=f"早于主债务届期日 {due}，保证期间尚未起算，不能保全保证责任，须在期间内另行请求",
            en=f"before the main debt fell due on {due}: the period had not begun; ask again within it",
        )
        return _Told("none", words, "民法典 第六百九十二条第二款、第六百九十三条")
    if act.on > period.last_day:
        words = Words(
            zh=f"已过保证期间（{period.raw}），保证责任消灭",
            en=f"after the period ({period.raw}): the guarantor is free",
        )
        return _Told("none", words, "民法典 第六百九十三条")
    if act.withdrawn and row[kind] == "suit" and (kind == "general" or act.served_on is None):
        words = (
            Words(
                zh="已撤诉且期间内未再起诉的，不发生效力",
                en="withdrawn: without a new suit within the period it has no effect",
            )
            if kind == "general"
            else Words(
                zh="已撤诉，起诉状副本未送达保证人，不发生效力",
                en="withdrawn before the complaint was served: no effect",
            )
        )
        return _Told("none", words, "担保制度解释 第三十一条")
    if act.on > period.raw:
        return _Told(
            "doubtful",
            Words(zh="仅在末日可顺延时有效", en="in time only if the last day moves off the holiday"),
            row["basis"],
        )
    if act.withdrawn:
        words = Words(
            zh=f"虽已撤诉，起诉状副本已于 {act.served_on} 送达，视为已行使权利",
            en=f"withdrawn, but served on {act.served_on}: it counts",
        )
        return _Told("preserves", words, "担保制度解释 第三十一条")
    return _Told(
        "preserves",
        Words(zh="在保证期间内，保证责任得以保全", en="within the period: the guarantor stays bound"),
        row["basis"],
    )


def _limitation_from(
    kind: str, act: Act, law: Parameters, since: date, refusal: RefusalEnded, steps: list[Step]
) -> date | None:
    if kind == "joint":
        start = act.served_on if act.withdrawn and act.served_on else act.on
        words = Words(
            zh=f"自债权人请求保证人承担保证责任之日 {start} 起计算诉讼时效",
            en=f"limitation runs from {start}, the day the guarantor was asked",
        )
        steps.append(Step(start, "limitation", words, "民法典 第六百九十四条第二款"))
        return start
    rule = law.parameter("guarantee/refusal_ends")
    days = [day for day in (refusal.ended_on, refusal.round_ended_served_on) if day]
    if refusal.enforcement_applied_on:
        days.append(add(refusal.enforcement_applied_on, length_of(rule, since)))
    if not days:
        words = Words(
            zh="保证人拒绝承担保证责任的权利尚未消灭，诉讼时效未起算",
            en="the guarantor may still refuse; limitation has not begun",
        )
        steps.append(Step(act.on, "limitation", words, "民法典 第六百九十四条第一款"))
        return None
    start = min(days)
    words = Words(
        zh=f"自保证人拒绝承担保证责任的权利消灭之日 {start} 起计算诉讼时效",
        en=f"limitation runs from {start}, when the right to refuse ended",
    )
    steps.append(Step(start, "limitation", words, f"民法典 第六百九十四条第一款；{rule.on(since).basis}"))
    return start


def _limitation(law: Parameters, calendar: Calendar, start: date) -> Period:
    rule = law.parameter("periods/limitation")
    return reckon(start, length_of(rule, start), calendar, basis=f"{rule.on(start).basis}；民法典 第六百九十四条")


def _state(preserved: Act | None, doubtful: Act | None, period: Period, asked_on: date) -> State:
    if preserved:
        return "preserved"
    if asked_on <= period.raw:
        return "open"
    return "doubtful" if doubtful or asked_on <= period.last_day else "lapsed"


def _check(acts: Sequence[Act], table: dict[str, Any], agreed: Agreed, until: date | None) -> None:
    for act in acts:
        if act.kind not in table:
            known = ", ".join(table)
            words = Words(
                zh=f"不认识的行为「{act.kind[:40]}」；现有：{known}", en=f"no act {act.kind[:40]!r}; there are: {known}"
            )
            raise Refusal("unknown_act", words, "民法典 第六百九十三条")
        if act.served_on and act.served_on < act.on:
            words = Words(
                zh=f"{act.on} 至 {act.served_on} 起止颠倒，请核对。",
                en=f"{act.on} to {act.served_on} is reversed; check it",
            )
            raise Refusal("reversed_span", words, "机构内部规则：期间计算")
    if (agreed == "until") != (until is not None):
        words = Words(
            zh="约定期间届满日 agreed_until 与 agreed=until 须同时给出。",
            en="agreed=until and agreed_until go together",
        )
        raise Refusal("agreed_until_needed", words, "民法典 第六百九十二条第二款")


def _check_days(acts: Sequence[Act], signed_on: date | None, asked_on: date) -> None:
    """An act is neither older than the guarantee nor still to come."""
    for act in acts:
        if signed_on is not None and act.on < signed_on:
            words = Words(
                zh=f"{act.on} 的行为早于保证合同签订日 {signed_on}，请核对。",
                en=f"the act of {act.on} is older than the guarantee, signed on {signed_on}; check it",
            )
            raise Refusal("act_before_guarantee", words, "机构内部规则：期间计算")
        if act.on > asked_on:
            words = Words(
                zh=f"{act.on} 的行为晚于所问之日 {asked_on}，尚未发生；请核对，或以较晚的 on 提问。",
                en=f"the act of {act.on} is later than the day asked, {asked_on}; check it, or ask with a later `on`",
            )
            raise Refusal("act_to_come", words, "机构内部规则：期间计算")
