"""What a change of the claim, of the track or the end of a case does to the acceptance fee: top-up, refund, own cost.

诉讼费用交纳办法 8, 15, 16, 21, 34–36; 民事诉讼法解释 195, 199, 206, 271. The fee is reckoned anew for what the case has become and set
against what was paid; a reduction after the court investigation ended refunds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from legal_service.errors import Refusal, Words
from legal_service.law.calendar import Calendar
from legal_service.law.court_fees import Ended, Fee, Rounding, Track, fee
from legal_service.law.parameters import Parameters
from legal_service.law.periods import Period, by_rule
from legal_service.money import Fen, grouped

TrackBefore = Literal["ordinary", "simplified", "small_claims", "payment_order"]
Stage = Literal["before_investigation_ended", "after_investigation_ended"]
Outcome = Literal["pending", "judgment", "mediation", "withdrawal", "dismissed", "not_topped_up"]

_TRACKS: dict[str, Words] = {
    "ordinary": Words(zh="普通程序", en="ordinary procedure"),
    "simplified": Words(zh="简易程序", en="simplified procedure"),
    "small_claims": Words(zh="小额诉讼", en="small claims"),
    "payment_order": Words(zh="支付令", en="payment order"),
}
_CREDIT = Words(
    zh="「补交」是否抵扣已交的支付令申请费，条文未明，待律师或受理法院确认",
    en="whether the fee of the payment order counts towards the acceptance fee is not clear; awaits counsel or the court",
)
_UNPAID = Words(
    zh="逾期未补交的后果（按撤诉处理，或仅就增加部分不予审理）待律师确认",
    en="what follows when it is not topped up (treated as withdrawn, or only the raised part not heard) awaits counsel",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A case before and after: sums claimed in fen, tracks, where the proceedings stood, how they ended, what was paid so far
    towards the acceptance fee (none given: what was due before)."""

    claimed_before: Fen
    claimed_after: Fen
    track_before: TrackBefore
    track_after: Track
    stage: Stage = "before_investigation_ended"
    ended: Outcome = "pending"
    paid: Fen | None = None


@dataclass(frozen=True, slots=True)
class FeeChange:
    """What follows: `due` is the acceptance fee now, at most one of `top_up` and `refund` is not nought.

    `own_cost` is the fee of what was given up too late, borne by who gave it up whatever the judgment says; `pay_by` the last
    day of a top-up whose notice day is known, `effect` what follows when it is missed. `awaiting` is what counsel must settle.
    """

    before: Fee
    after: Fee
    paid: Fen
    due: Fen
    top_up: Fen
    refund: Fen
    own_cost: Fen
    halved: bool
    pay_by: Period | None
    effect: Words | None
    basis: str
    working: tuple[Words, ...]
    awaiting: tuple[Words, ...]


@dataclass(slots=True)
class _Reckoned:
    """A working under way."""

    working: list[Words] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    awaiting: list[Words] = field(default_factory=list)

    def rule(self, law: Parameters, table: str, code: str, on: date) -> None:
        """Note a rule of a table; a table that is not verified says so among what awaits counsel."""
        dated = law.on(f"court_fees/{table}", on)
        row = dated.value[code]
        words = Words(zh=row["zh"], en=row["en"])
        self.working.append(words)
        self.basis.append(row["basis"])
        if dated.status != "verified":
            self.awaiting.append(words)

    def fee(self, what: Words, found: Fee) -> None:
        """Note a fee, line by line."""
        self.working += [Words(zh=f"{what.zh}：{line.zh}", en=f"{what.en}: {line.en}") for line in found.working]
        self.basis += found.basis.split("；")


def reckon(
    change: Change,
    law: Parameters,
    calendar: Calendar,
    *,
    on: date,
    notice_on: date | None = None,
    rounding: Rounding | None = None,
    computation: str = "",
) -> FeeChange:
    """The acceptance fee after a change. `notice_on` is the day the notice to top up was received, `computation` how periods are cited.

    Raises `Refusal` for a conversion that there is not, or whose law is not loaded for the day.
    """
    _check(change)
    note = _Reckoned()
    before = _before(change, law, on, rounding)
    paid = _paid(change, before)
    note.fee(Words(zh="变更前", en="before"), before)
    late = change.claimed_after < change.claimed_before and change.stage == "after_investigation_ended"
    counted = change.claimed_before if late else change.claimed_after
    ended: Ended = cast(Ended, change.ended) if change.ended in ("mediation", "withdrawal") else "judgment"
    after = fee("court", law, on=on, amount=counted, track=change.track_after, ended=ended, rounding=rounding)
    _claim(change, law, on, late, note)
    _track(change, law, on, before.fee, note)
    if change.ended not in ("pending", "judgment", "not_topped_up"):
        note.rule(law, "claim_changes", change.ended, on)
    if change.ended not in ("dismissed", "not_topped_up") and after.working != before.working:
        note.fee(Words(zh="变更后", en="after"), after)
    if after.halved and change.track_after != "ordinary" and ended != "judgment":
        note.rule(law, "track_changes", "halved_once", on)
    own_cost = _own_cost(change, law, on, after, ended, rounding, note) if late else 0
    due = _due(change, law, after, paid, note)
    top_up, refund = max(0, due - paid), max(0, paid - due)
    note.working.append(_balance(due, paid, top_up, refund))
    if change.track_before == "payment_order":
        note.working.append(_credited(top_up, before))
        note.awaiting.append(_CREDIT)
    effect = _effect(change, law, on, note) if top_up else None
    return FeeChange(
        before=before, after=after, paid=paid, due=due, top_up=top_up, refund=refund, own_cost=own_cost,
        halved=after.halved and due == after.fee,
        pay_by=_pay_by(change, law, calendar, notice_on, computation) if top_up and notice_on else None,
        effect=effect,
        basis="；".join(dict.fromkeys(note.basis)), working=tuple(note.working), awaiting=tuple(note.awaiting),
    )  # fmt: skip


def _paid(change: Change, before: Fee) -> Fen:
    """What was paid towards the ACCEPTANCE fee; the fee of a payment order was another fee."""
    if change.paid is not None:
        return change.paid
    return 0 if change.track_before == "payment_order" else before.fee


def _before(change: Change, law: Parameters, on: date, rounding: Rounding | None) -> Fee:
    if change.track_before == "payment_order":
        return fee("payment_order", law, on=on, amount=change.claimed_before, rounding=rounding)
    return fee("court", law, on=on, amount=change.claimed_before, track=change.track_before, rounding=rounding)


def _claim(change: Change, law: Parameters, on: date, late: bool, note: _Reckoned) -> None:
    before, after = change.claimed_before, change.claimed_after
    if after == before:
        return
    note.working.append(
        Words(
            zh=f"诉讼请求由 {grouped(before)} 元变更为 {grouped(after)} 元",
            en=f"claim changed from {grouped(before)} to {grouped(after)} yuan",
        )
    )
    code = "raised" if after > before else "reduced_late" if late else "reduced_in_time"
    note.rule(law, "claim_changes", code, on)


def _track(change: Change, law: Parameters, on: date, paid: Fen, note: _Reckoned) -> None:
    before, after = change.track_before, change.track_after
    if before == after:
        return
    one, other = _TRACKS[before], _TRACKS[after]
    note.working.append(Words(zh=f"{one.zh}转为{other.zh}", en=f"{one.en} converted to {other.en}"))
    if before == "payment_order":
        note.rule(law, "track_changes", "converted_payment_order", on)
        note.rule(law, "claim_changes", "payment_order_fee", on)
    elif before == "ordinary":
        note.rule(law, "to_simplified", "to_simplified", on)
    else:
        note.rule(law, "track_changes", "to_ordinary" if after == "ordinary" else "within_simplified", on)


def _own_cost(
    change: Change, law: Parameters, on: date, after: Fee, ended: Ended, rounding: Rounding | None, note: _Reckoned
) -> Fen:
    """FEE 35: the fee of the part given up, which is the fee as it stays less the fee of what is still claimed."""
    left = fee(
        "court", law, on=on, amount=change.claimed_after, track=change.track_after, ended=ended, rounding=rounding
    )
    note.fee(Words(zh="减少后的数额", en="the reduced sum"), left)
    cost = after.fee - left.fee
    note.working.append(
        Words(
            zh=f"减少部分的受理费：{grouped(after.fee)} − {grouped(left.fee)} = {grouped(cost)} 元，自行负担",
            en=f"fee of what was given up: {grouped(after.fee)} − {grouped(left.fee)} = {grouped(cost)} yuan, one's own cost",
        )
    )
    return cost


def _due(change: Change, law: Parameters, after: Fee, paid: Fen, note: _Reckoned) -> Fen:
    if change.ended == "dismissed":
        return 0
    if change.ended != "not_topped_up":
        return after.fee
    kept = paid - paid // 2  # an odd fen stays with the court; the refund is never overstated
    note.working.append(
        Words(zh=f"退还 {grouped(paid)} ÷ 2 = {grouped(paid // 2)} 元", en=f"refund {grouped(paid)} ÷ 2 = {grouped(paid // 2)} yuan")
    )  # fmt: skip
    return kept


def _balance(due: Fen, paid: Fen, top_up: Fen, refund: Fen) -> Words:
    zh, en = f"应交 {grouped(due)} 元，已交 {grouped(paid)} 元", f"due {grouped(due)} yuan, paid {grouped(paid)} yuan"
    if top_up:
        return Words(zh=f"{zh}，补交 {grouped(top_up)} 元", en=f"{en}: top up {grouped(top_up)} yuan")
    if refund:
        return Words(zh=f"{zh}，退还 {grouped(refund)} 元", en=f"{en}: refund {grouped(refund)} yuan")
    return Words(zh=f"{zh}，不补不退", en=f"{en}: nothing to pay or refund")


def _credited(top_up: Fen, application: Fee) -> Words:
    rest = grouped(max(0, top_up - application.fee))
    return Words(
        zh=f"{_CREDIT.zh}；如可抵扣 {grouped(application.fee)} 元，补交 {rest} 元",
        en=f"{_CREDIT.en}; if its {grouped(application.fee)} yuan count, {rest} yuan are to be paid",
    )


def _to_ordinary(change: Change) -> bool:
    return change.track_before in ("simplified", "small_claims") and change.track_after == "ordinary"


def _pay_by(change: Change, law: Parameters, calendar: Calendar, notice_on: date, computation: str) -> Period:
    rule = "fee_top_up" if _to_ordinary(change) else "fee_payment"
    return by_rule(law.parameter(f"periods/{rule}"), notice_on, calendar, computation)


def _effect(change: Change, law: Parameters, on: date, note: _Reckoned) -> Words:
    """What happens when it is not paid; for a claim raised without a change of track no article read so far says."""
    code = "not_topped_up" if _to_ordinary(change) else "not_paid" if change.track_before == "payment_order" else None
    if code is None:
        note.awaiting.append(_UNPAID)
        return _UNPAID
    row = law.on("court_fees/track_changes", on).value[code]
    return Words(zh=f"{row['zh']}〔{row['basis']}〕", en=f"{row['en']} [{row['basis']}]")


def _check(change: Change) -> None:
    basis: dict[str, Any] = {"basis": "民事诉讼法解释(2022修正) 第一百九十九条"}
    if change.ended == "not_topped_up" and not _to_ordinary(change):
        raise Refusal(
            "no_rule_for_top_up",
            Words(
                zh="只有简易程序转普通程序未补交的后果有明文（按撤诉处理，退还一半）；其他情形请由律师核定。",
                en="the law says what a missed top-up does only on conversion from simplified to ordinary; counsel must settle other cases",
            ),
            **basis,
        )
    if change.track_before == "payment_order" and change.ended in ("mediation", "withdrawal"):
        raise Refusal(
            "two_changes",
            Words(
                zh="请先算支付令转诉讼的补交，再就转入后的程序算结案退费。",
                en="ask first for the conversion of the payment order, then for the end of the case it became",
            ),
            "民事诉讼法解释(2022修正) 第一百九十五条",
        )
