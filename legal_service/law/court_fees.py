"""Court fees in money cases (诉讼费用交纳办法, State Council Decree 481), exact to the fen, with the working shown.

The decree is silent on rounding: the sum is kept exact to its end and rounded once, half up to the fen unless the court
does otherwise (`Rounding`, parameter `court_fees/rounding`, which awaits counsel).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, cast, get_args

from legal_service.errors import Refusal, Words
from legal_service.law.parameters import Parameters
from legal_service.money import Fen, grouped, round_half_up

Kind = Literal["court", "payment_order", "preservation", "enforcement", "appeal", "jurisdiction_objection"]
Track = Literal["ordinary", "simplified", "small_claims"]
Ended = Literal["judgment", "mediation", "withdrawal"]
Rounding = Literal["fen_half_up", "fen_down", "yuan_half_up", "yuan_down"]

_ROUNDED: dict[Rounding, Words] = {
    "fen_half_up": Words(zh="四舍五入到分", en="rounded half up to the fen"),
    "fen_down": Words(zh="舍去分以下尾数", en="cut off below the fen"),
    "yuan_half_up": Words(zh="四舍五入到元", en="rounded half up to the yuan"),
    "yuan_down": Words(zh="舍去元以下尾数", en="cut off below the yuan"),
}
SILENT = Words(
    zh="诉讼费用交纳办法未规定尾数取舍，待律师或受理法院确认",
    en="the decree is silent on rounding; awaits counsel or the court",
)

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
    """A fee: `fee` is payable, `full` is what it was before halving; `working` shows every line of the sum.

    `rounding_decides` when another practice of rounding could give another figure: the exact sum was no whole yuan.
    """

    fee: Fen
    full: Fen
    halved: bool
    basis: str
    working: tuple[Words, ...]
    rounding: Rounding
    rounding_decides: bool


@dataclass(frozen=True, slots=True)
class _Sum:
    """An exact sum of fen on its way to a fee."""

    exact: Fraction
    basis: str
    working: tuple[Words, ...]
    rounding: Rounding

    def payable(self) -> Fen:
        unit = 100 if self.rounding.startswith("yuan") else 1
        exact = self.exact / unit
        if self.rounding.endswith("down"):
            return exact.numerator // exact.denominator * unit
        return round_half_up(exact.numerator, exact.denominator) * unit


def rounding_of(told: str | None, law: Parameters, on: date) -> Rounding:
    """The court's practice as told (`yuan` alone means half up), else the default of the house on that day.

    Raises `Refusal` for a rule that there is not.
    """
    code = told or law.on("court_fees/rounding", on).value
    code = f"{code}_half_up" if code in ("fen", "yuan") else code
    for rule in get_args(Rounding):
        if code == rule:
            return cast(Rounding, rule)
    listed = ", ".join(get_args(Rounding))
    raise Refusal(
        "unknown_rounding",
        Words(
            zh=f"不认识的尾数取舍「{code[:40]}」；现有：{listed}", en=f"no rounding {code[:40]!r}; there are: {listed}"
        ),
        law.on("court_fees/rounding", on).basis,
    )


def fee(
    kind: Kind,
    law: Parameters,
    *,
    on: date,
    amount: Fen | None,
    track: Track = "ordinary",
    ended: Ended = "judgment",
    rounding: Rounding | None = None,
) -> Fee:
    """The fee of a money case on a day. `amount` in fen: claimed (court, payment_order), contested (appeal), preserved, enforced.

    Raises `Refusal` for a negative amount, for a day before the decree, for an appeal in a small claim and where the
    court or the province sets the fee: an enforcement without amount, a jurisdiction objection that fails.
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
    rule = rounding_of(rounding, law, on)
    if kind == "jurisdiction_objection" or (kind == "enforcement" and amount is None):
        raise _set_by_court(kind, law, on)
    if kind == "preservation":
        return _closed(_capped(_brackets(law, "court_fees/preservation", on, amount or 0, rule), law, on))
    if amount is None:
        reason = Words(zh="须给出计费金额（标的额）。", en="the amount in dispute is needed")
        raise Refusal("amount_needed", reason, "诉讼费用交纳办法 第十三条第一款第（一）项")
    if kind == "enforcement":
        return _closed(_brackets(law, "court_fees/enforcement", on, amount, rule))
    acceptance = _brackets(law, "court_fees/acceptance", on, amount, rule)
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


def _brackets(law: Parameters, key: str, on: date, amount: Fen, rounding: Rounding) -> _Sum:
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
    return _Sum(total, dated.basis, tuple(working), rounding)


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
    return replace(summed, exact=part, basis=f"{summed.basis}；{dated.basis}", working=(*summed.working, line))


def _halved(summed: _Sum, law: Parameters, on: date, why: Words | None) -> Fee:
    if why is None:
        return _closed(summed)
    half = _divided(summed, law, "court_fees/halving", on, why)
    return replace(_closed(half), full=summed.payable(), halved=True)


def _closed(summed: _Sum) -> Fee:
    payable, how = summed.payable(), _ROUNDED[summed.rounding]
    decides = (summed.exact / 100).denominator != 1
    text = grouped(payable)
    line = Words(zh=f"{how.zh}：{text} 元", en=f"{how.en}: {text} yuan")
    if summed.exact != payable:
        line = Words(zh=f"{how.zh}（{SILENT.zh}）：{text} 元", en=f"{how.en} ({SILENT.en}): {text} yuan")
    return Fee(payable, payable, False, summed.basis, (*summed.working, line), summed.rounding, decides)


def _set_by_court(kind: Kind, law: Parameters, on: date) -> Refusal:
    rule = law.on("court_fees/set_by_court", on).value[kind]
    span = rule["least"], rule["most"]
    reason = Words(
        zh=f"{rule['zh']}：{span[0]} 元至 {span[1]} 元之间。",
        en=f"{rule['en']}, between {span[0]} and {span[1]} yuan",
    )
    return Refusal("fee_set_by_court", reason, rule["basis"])


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
