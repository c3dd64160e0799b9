"""Which procedure a claim goes by: small claims, simplified, ordinary; before them a payment order or judicial confirmation.

(民事诉讼法 40, 160–168, 205–206, 225–228; its interpretation 140, 257, 272, 427–434.) A suggestion with reasons and warnings;
a named person chooses. A fact that nobody recorded is None: it bars nothing, and the rule that it bears on is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from legal_service import labels
from legal_service.errors import Words
from legal_service.law.calendar import Calendar
from legal_service.law.parameters import Parameters
from legal_service.law.periods import length_of, reckon
from legal_service.law.published.tables import Published, Wage
from legal_service.law.reasons import Reason, fact, rule
from legal_service.money import Fen, grouped

Procedure = Literal["small_claims", "simplified", "ordinary", "payment_order", "judicial_confirmation"]
Open = Literal["mandatory", "yes", "by_agreement", "unknown", "no"]

labels.register(
    "procedure",
    {
        "small_claims": ("小额诉讼", "small claims"),
        "simplified": ("简易程序", "simplified procedure"),
        "ordinary": ("普通程序", "ordinary procedure"),
        "payment_order": ("支付令（督促程序）", "payment order"),
        "judicial_confirmation": ("司法确认", "judicial confirmation"),
    },
)
labels.register(
    "procedure_open",
    {
        "mandatory": ("应当适用", "mandatory"),
        "yes": ("可以适用", "open"),
        "by_agreement": ("双方约定后可以适用", "open by agreement"),
        "unknown": ("无法判断", "unknown"),
        "no": ("不适用", "not open"),
    },
)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What the choice of a procedure rests on. Amount in fen; `clear`: clear facts and rights, little dispute.

    `until_paid`: the claim runs on to actual payment; `agreed_charges`: overdue interest and damages stand in the documents;
    `mediated_on`: the day a mediated agreement took effect, `by_mediation_body` whether a lawful body mediated it.
    """

    filed_on: date
    amount: Fen
    province: str = ""
    clear: bool = True
    missing_party: bool | None = None
    appraisal: bool | None = None
    foreign: bool | None = None
    counterclaim: bool | None = None
    pre_suit_preservation: bool | None = None
    in_mainland: bool | None = None
    until_paid: bool | None = None
    agreed_charges: bool | None = None
    guarantors: int = 0
    mediated_on: date | None = None
    by_mediation_body: bool | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The limits of small claims that the wage gives, in fen; `unknown` says which figure is missing, then there are none."""

    province: str
    year: int
    wage: Wage | None
    mandatory: Fen | None
    agreed: Fen | None
    unknown: Words | None
    because: Reason


@dataclass(frozen=True, slots=True)
class Way:
    """One procedure: whether it is open to the claim, and why."""

    procedure: Procedure
    open: Open
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """`suggested` among the procedures of a suit; `ways` all five, those of a suit first; warnings, the gravest first."""

    suggested: Procedure
    ways: tuple[Way, ...]
    threshold: Threshold
    warnings: tuple[Reason, ...]

    def way(self, procedure: Procedure) -> Way:
        """One of the five."""
        return next(one for one in self.ways if one.procedure == procedure)


def suggest(facts: ClaimFacts, law: Parameters, published: Published, calendar: Calendar) -> Track:
    """Which procedures are open to a claim. Raises `Refusal` for a day before the law loaded."""
    limit = threshold(facts, law, published)
    small, simplified, ordinary = _small(facts, law, limit), _simplified(facts, law), _ordinary(facts, law)
    if small.open == "mandatory":
        suggested: Procedure = "small_claims"
    else:
        suggested = "simplified" if simplified.open == "yes" else "ordinary"
    payment, payment_warnings = _payment_order(facts, law)
    confirmation = _confirmation(facts, law, calendar)
    warnings = [*payment_warnings, *_suit_warnings(facts, law, limit)]
    return Track(suggested, (small, simplified, ordinary, payment, confirmation), limit, tuple(warnings))


def threshold(facts: ClaimFacts, law: Parameters, published: Published) -> Threshold:
    """The limits of small claims on the day of filing: so many times the wage of the province (165; interpretation 272)."""
    on, because = facts.filed_on, rule(law, "track/wage_figure", facts.filed_on)
    year = on.year - 1
    wage = published.wage_for(facts.province, on) if facts.province else None
    if wage is None:
        named = facts.province or "province not known"
        unknown = Words(
            zh=f"无法判断：未录入{facts.province or '（省份不明）'} {year} 年的年平均工资。",
            en=f"unknown: no figure for {named} {year}",
        )
        return Threshold(facts.province, year, None, None, None, unknown, because)
    half, double = (
        _times(wage.figure, law.on(f"track/{key}", on).value)
        for key in ("small_claims_mandatory", "small_claims_agreed")
    )
    return Threshold(facts.province, wage.year, wage, half, double, None, because)


def _times(figure: Fen, multiple: Decimal | int) -> Fen:
    """The limit in whole fen; a part of a fen is no room for a claim."""
    exact = figure * Fraction(multiple)
    return exact.numerator // exact.denominator


def _small(facts: ClaimFacts, law: Parameters, limit: Threshold) -> Way:
    on = facts.filed_on
    simple = rule(law, "track/small_claims", on)
    if facts.missing_party:
        return Way("small_claims", "no", (rule(law, "track/no_announcement", on),))
    if facts.appraisal or facts.foreign or facts.counterclaim:
        return Way("small_claims", "no", (rule(law, "track/small_claims_excluded", on),))
    if not facts.clear:
        return Way("small_claims", "no", (simple,))
    if limit.wage is None or limit.mandatory is None or limit.agreed is None:
        missing = limit.unknown or Words("", "")
        return Way("small_claims", "unknown", (fact("no_wage_figure", missing.zh, missing.en, limit.because), simple))
    told = grouped(facts.amount)
    if facts.amount <= limit.mandatory:
        return Way(
            "small_claims", "mandatory", (_compared(law, "small_claims_mandatory", on, told, "≤", limit), simple)
        )
    if facts.amount <= limit.agreed:
        return Way(
            "small_claims", "by_agreement", (_compared(law, "small_claims_agreed", on, told, "≤", limit), simple)
        )
    return Way("small_claims", "no", (_compared(law, "small_claims_agreed", on, told, ">", limit),))


def _compared(law: Parameters, key: str, on: date, claimed: str, sign: str, limit: Threshold) -> Reason:
    """The claim beside its limit, with the figure, its source and day; as doubtful as the weaker of law and figure."""
    dated, wage = law.on(f"track/{key}", on), limit.wage
    assert wage is not None, "asked only where a figure is at hand"
    bound = limit.mandatory if key == "small_claims_mandatory" else limit.agreed
    assert bound is not None
    figure = f"{grouped(wage.figure)} × {dated.value} = {grouped(bound)}"
    words = Words(
        zh=f"标的额 {claimed} 元 {sign} {figure} 元（{wage.province} {wage.year} 年就业人员年平均工资，{wage.published} 公布，{wage.source}）。",
        en=f"claimed {claimed} {sign} {figure} yuan (average wage of {wage.province} in {wage.year}, published {wage.published}, {wage.source}).",
    )
    return Reason(key, words, dated.basis, dated.status if wage.status == "verified" else wage.status)


def _simplified(facts: ClaimFacts, law: Parameters) -> Way:
    simple = rule(law, "track/simplified", facts.filed_on)
    if facts.missing_party:
        return Way("simplified", "no", (rule(law, "track/no_announcement", facts.filed_on),))
    return Way("simplified", "yes" if facts.clear else "by_agreement", (simple,))


def _ordinary(facts: ClaimFacts, law: Parameters) -> Way:
    reasons = [rule(law, "track/ordinary", facts.filed_on)]
    if facts.clear:
        reasons.append(rule(law, "track/ordinary_single_judge", facts.filed_on))
    return Way("ordinary", "yes", tuple(reasons))


def _payment_order(facts: ClaimFacts, law: Parameters) -> tuple[Way, list[Reason]]:
    """Whether a payment order may be had, and what would undo it."""
    on = facts.filed_on
    conditions = rule(law, "track/payment_order", on)
    preserved, certain = rule(law, "track/payment_order_preservation", on), rule(law, "track/payment_order_sum", on)
    bars = [preserved] if facts.pre_suit_preservation else []
    if facts.until_paid or facts.agreed_charges is False:
        bars.append(certain)
    if facts.missing_party:
        zh, en = "债务人下落不明，不能申请支付令。", "The debtor is missing: no payment order."
        bars.append(fact("debtor_missing", zh, en, conditions))
    if facts.in_mainland is False:
        zh, en = "债务人不在我国境内，不能申请支付令。", "The debtor is not in mainland China: no payment order."
        bars.append(fact("debtor_abroad", zh, en, conditions))
    beware = [preserved] if facts.pre_suit_preservation is None else []
    beware += [certain] if facts.until_paid is None else []
    beware += [rule(law, "track/payment_order_guarantor", on)] if facts.guarantors else []
    if bars:
        return Way("payment_order", "no", tuple(bars)), bars
    return Way("payment_order", "yes", (conditions,)), beware


def _confirmation(facts: ClaimFacts, law: Parameters, calendar: Calendar) -> Way:
    on = facts.filed_on
    because = rule(law, "track/judicial_confirmation", on)
    if facts.mediated_on is None or facts.by_mediation_body is False:
        return Way("judicial_confirmation", "no", (because,))
    period = law.parameter("periods/judicial_confirmation")
    last = reckon(facts.mediated_on, length_of(period, facts.mediated_on), calendar, basis="").last_day
    within = Words(
        zh=f"调解协议自 {facts.mediated_on} 生效，共同申请的末日为 {last}。",
        en=f"The agreement took effect on {facts.mediated_on}; the last day for the joint application is {last}.",
    )
    reasons = (fact("confirm_by", within.zh, within.en, because), because)
    if on > last:
        return Way("judicial_confirmation", "no", reasons)
    return Way("judicial_confirmation", "yes" if facts.by_mediation_body else "unknown", reasons)


def _suit_warnings(facts: ClaimFacts, law: Parameters, limit: Threshold) -> list[Reason]:
    on = facts.filed_on
    found = []
    if limit.unknown is not None:
        found.append(fact("no_wage_figure", limit.unknown.zh, limit.unknown.en, limit.because))
    if facts.missing_party is not False:
        found.append(rule(law, "track/no_announcement", on))
    if facts.missing_party:
        found.append(rule(law, "track/ordinary_single_judge", on))
    unrecorded = (facts.appraisal, facts.foreign, facts.counterclaim)
    if any(unrecorded) or any(one is None for one in unrecorded):
        found.append(rule(law, "track/small_claims_excluded", on))
    return found
