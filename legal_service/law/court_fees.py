"""Court fees in money cases (诉讼费用交纳办法, State Council Decree 481), exact to the fen, with the working shown.

The decree is silent on rounding: the sum is kept exact to its end and rounded half up to the fen, once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from legal_service.errors import Refusal, Words
from legal_service.law.parameters import Parameters
from legal_service.money import Fen, grouped, round_half_up

Kind = Literal["court", "payment_order", "preservation", "enforcement", "appeal"]
Track = Literal["ordinary", "simplified", "small_claims"]
Ended = Literal["judgment", "mediation", "withdrawal"]

_HALVED_TRACKS: dict[Track, Words] = {
    "simplified": Words(zh="适用简易程序，减半", en="simplified procedure: half"),
    "small_claims": Words(zh="小额诉讼属简易程序，减半", en="small claims are simplified procedure: half"),
}
_HALVED_ENDS: dict[Ended, Words] = {
    "mediation": Words(zh="调解结案，减半", en="ended by mediation: half"),
    "withdrawal": Words(zh="撤诉，减半", en="withdrawn: half"),
}


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee: `fee` is payable, `full` is what it was before halving; `working` shows every line of the sum."""

    fee: Fen
    full: Fen
    halved: bool
    basis: str
    working: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """An exact sum of fen on its way to a fee."""

    exact: Fraction
    basis: str
    working: tuple[Words, ...]

    def payable(self) -> Fen:
        return round_half_up(self.exact.numerator, self.exact.denominator)


def fee(
    kind: Kind,
    law: Parameters,
    *,
    on: date,
    amount: Fen | None,
    track: Track = "ordinary",
    ended: Ended = "judgment",
) -> Fee:
    """The fee of a money case on a day. `amount` in fen: claimed (court, payment_order), contested (appeal), preserved, enforced.

    Raises `Refusal` for a negative amount, for a day before the decree, for an appeal in a small claim and for an
    enforcement without amount, whose fee the court sets.
    """
    if amount is not None and amount < 0:
        raise Refusal(
            "negative_amount",
            Words(
                zh="计费金额不能为负数，请核对标的额。",
                en="a fee is not computed on a negative amount; check the amount in dispute",
            ),
            "诉讼费用交纳办法 第十三条",
        )
    if kind == "preservation":
        return _closed(_capped(_brackets(law, "court_fees/preservation", on, amount or 0), law, on))
    if amount is None:
        raise _amount_needed(kind)
    if kind == "enforcement":
        return _closed(_brackets(law, "court_fees/enforcement", on, amount))
    acceptance = _brackets(law, "court_fees/acceptance", on, amount)
    if kind == "payment_order":
        return _closed(_divided(acceptance, law, "court_fees/payment_order_part", on, _PAYMENT_ORDER))
    if kind == "appeal":
        if track == "small_claims":
            raise Refusal(
                "not_appealable",
                Words(
                    zh="小额诉讼一审终审，不存在上诉费。",
                    en="a small claim is final at first instance; there is no appeal fee",
                ),
                law.on("court_fees/small_claims_final", on).basis,
            )
        # FEE 16 halves for simplified procedure, which the second instance does not know.
        acceptance = replace(acceptance, basis=f"{acceptance.basis}；诉讼费用交纳办法 第十七条")
        return _halved(acceptance, law, on, _HALVED_ENDS.get(ended))
    return _halved(acceptance, law, on, _HALVED_TRACKS.get(track) or _HALVED_ENDS.get(ended))


_PAYMENT_ORDER = Words(zh="支付令申请费按财产案件受理费的三分之一", en="payment order: one third of the acceptance fee")


def _brackets(law: Parameters, key: str, on: date, amount: Fen) -> _Sum:
    dated = law.on(key, on)
    total, floor, working = Fraction(0), 0, []
    for bracket in dated.value:
        top = bracket["up_to"] * 100 if "up_to" in bracket else None
        within = (amount if top is None else min(amount, top)) - floor
        if within > 0 or floor == 0:
            part, line = _one_bracket(bracket, within, floor)
            total += part
            working.append(line)
        if top is None or amount <= top:
            break
        floor = top
    text = _yuan(total)
    if len(working) > 1:
        working.append(Words(zh=f"合计 {text} 元", en=f"together {text} yuan"))
    return _Sum(total, dated.basis, tuple(working))


def _one_bracket(bracket: dict[str, Any], within: Fen, floor: Fen) -> tuple[Fraction, Words]:
    if "flat" in bracket:
        part = Fraction(bracket["flat"] * 100)
        top = grouped(bracket["up_to"] * 100)
        return part, Words(
            zh=f"不超过 {top} 元的部分：固定 {_yuan(part)} 元", en=f"up to {top} yuan: flat {_yuan(part)} yuan"
        )
    part = within * Fraction(bracket["rate"])
    percent = f"{(bracket['rate'] * 100).normalize():f}%"
    return part, Words(
        zh=f"超过 {grouped(floor)} 元的部分：{grouped(within)} × {percent} = {_yuan(part)} 元",
        en=f"above {grouped(floor)} yuan: {grouped(within)} × {percent} = {_yuan(part)} yuan",
    )


def _capped(summed: _Sum, law: Parameters, on: date) -> _Sum:
    ceiling = Fraction(law.on("court_fees/preservation_ceiling", on).value * 100)
    if summed.exact <= ceiling:
        return summed
    line = Words(zh=f"最多不超过 {_yuan(ceiling)} 元", en=f"never more than {_yuan(ceiling)} yuan")
    return replace(summed, exact=ceiling, working=(*summed.working, line))


def _divided(summed: _Sum, law: Parameters, key: str, on: date, why: Words) -> _Sum:
    dated = law.on(key, on)
    part = summed.exact / dated.value
    working = f"{_yuan(summed.exact)} ÷ {dated.value} = {_yuan(part)}"
    line = Words(zh=f"{why.zh}：{working} 元", en=f"{why.en}: {working} yuan")
    return _Sum(part, f"{summed.basis}；{dated.basis}", (*summed.working, line))


def _halved(summed: _Sum, law: Parameters, on: date, why: Words | None) -> Fee:
    if why is None:
        return _closed(summed)
    half = _divided(summed, law, "court_fees/halving", on, why)
    return replace(_closed(half), full=summed.payable(), halved=True)


def _closed(summed: _Sum) -> Fee:
    payable = summed.payable()
    line = Words(zh=f"四舍五入到分：{grouped(payable)} 元", en=f"rounded half up to the fen: {grouped(payable)} yuan")
    return Fee(fee=payable, full=payable, halved=False, basis=summed.basis, working=(*summed.working, line))


def _amount_needed(kind: Kind) -> Refusal:
    if kind == "enforcement":
        reason = Words(
            zh="没有执行金额的，由法院在 50 元至 500 元之间确定。",
            en="without an amount the court sets the fee between 50 and 500 yuan",
        )
        return Refusal("fee_set_by_court", reason, "诉讼费用交纳办法 第十四条第（一）项")
    reason = Words(zh="须给出计费金额（标的额）。", en="the amount in dispute is needed")
    return Refusal("amount_needed", reason, "诉讼费用交纳办法 第十三条第一款第（一）项")


def _yuan(fen: Fraction) -> str:
    """Exact yuan with at least two decimals; a third that never ends is shown to six places and marked.

    >>> _yuan(Fraction(250025, 10)), _yuan(Fraction(5000, 3))
    ('250.025', '16.666667…')
    """
    yuan = fen / 100
    exact = Decimal(yuan.numerator) / Decimal(yuan.denominator)
    if Fraction(exact) != yuan or -(exact.normalize().as_tuple().exponent or 0) > 8:  # type: ignore[operator]
        return f"{exact:,.6f}…"
    shown = f"{exact.normalize():,f}"
    whole, _, cents = shown.partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"
