"""Where to sue (民事诉讼法 18–35, 130; its interpretation 3–33): candidate places with reasons, and what to beware of.

A suggestion: a named person chooses the court. Places are told as the facts name them; which court sits there is looked up
by people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from legal_service import labels
from legal_service.errors import Words
from legal_service.law import agreed_court
from legal_service.law.forum_facts import Connection, ForumFacts, connection_of, courts_in
from legal_service.law.parameters import Parameters
from legal_service.law.periods import Length, add
from legal_service.law.places import compare, read
from legal_service.law.published.tables import province_of
from legal_service.law.reasons import Reason, fact, rule

__all__ = [
    "Candidate",
    "Connection",
    "Forum",
    "ForumFacts",
    "Place",
    "Standing",
    "connection_of",
    "court_province",
    "courts_in",
    "suggest",
]

Place = Literal["agreed_court", "defendant_domicile", "habitual_residence", "place_of_performance"]
Standing = Literal["agreed", "statutory", "subsidiary", "doubtful"]

labels.register(
    "venue",
    {
        "agreed_court": ("约定法院", "agreed court"),
        "defendant_domicile": ("被告住所地", "defendant's domicile"),
        "habitual_residence": ("被告经常居住地", "defendant's habitual residence"),
        "place_of_performance": ("合同履行地", "place of performance"),
    },
)
labels.register(
    "venue_standing",
    {
        "agreed": ("有效约定，优先", "validly agreed, comes first"),
        "statutory": ("法定地点，可选", "statutory, may be chosen"),
        "subsidiary": ("约定无效时适用", "where the clause should fail"),
        "doubtful": ("存疑，不宜据此立案", "doubtful, better not relied on"),
    },
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place where a suit may be brought; `where` as the facts name it, empty where they do not."""

    place: Place
    where: str
    standing: Standing
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Forum:
    """The places, best first; none where an arbitration clause bars the suit. `payment_order` is the only one for that."""

    candidates: tuple[Candidate, ...]
    payment_order: Candidate | None
    warnings: tuple[Reason, ...]
    barred: bool
    cause: Reason | None


def suggest(facts: ForumFacts, law: Parameters) -> Forum:
    """Candidate places with reasons, and warnings, the gravest first. Raises `Refusal` for a day before the law loaded."""
    on = facts.filed_on
    cause = _cause(facts, law)
    if facts.arbitration:
        return Forum((), None, (rule(law, "jurisdiction/arbitration_clause", on),), True, cause)
    home, doubts = _home(facts, law)
    seat, seat_doubts = _performance(facts, law)
    found = agreed_court.weigh(facts, law)
    clause = None
    if found is not None:
        standing: Standing = "agreed" if found.good else "doubtful"
        clause = Candidate("agreed_court", "；".join(facts.agreed_courts), standing, found.because)
    good = found is not None and found.good
    statutory = [
        replace(one, standing="subsidiary") if good and one.standing == "statutory" else one for one in (home, seat)
    ]
    order = [clause, *statutory] if good else [*statutory, clause]
    payment = Candidate(
        home.place, home.where, "statutory", (rule(law, "jurisdiction/payment_order_court", on), *home.because[:1])
    )
    warnings = [*(found.doubts if found else ()), *_internet(facts, law), *doubts, *seat_doubts]
    if facts.agreed_courts:
        warnings.append(payment.because[0])
    warnings += [rule(law, "jurisdiction/level", on), rule(law, "jurisdiction/waiver", on)]
    return Forum(tuple(one for one in order if one is not None), payment, tuple(warnings), False, cause)


def court_province(facts: ForumFacts, forum: Forum, defendant_province: str = "") -> str:
    """The province of the first candidate's court, from its name or an address that it stands in; empty where neither tells.

    `defendant_province` is where the defendant is known to live, for an address that does not begin with its province.
    """
    if not forum.candidates:
        return ""
    first = forum.candidates[0]
    if found := read(first.where).province:
        return found
    addresses = (facts.plaintiff_seat, facts.defendant_domicile, facts.defendant_residence)
    if first.place == "agreed_court":
        return next((read(one).province for one in addresses if compare(first.where, one) == "same"), "")
    return province_of(defendant_province) if first.place in ("defendant_domicile", "habitual_residence") else ""


def _home(facts: ForumFacts, law: Parameters) -> tuple[Candidate, list[Reason]]:
    """The defendant's place: the domicile, or the habitual residence once a year there is shown."""
    on = facts.filed_on
    contract, domicile = rule(law, "jurisdiction/contract", on), rule(law, "jurisdiction/defendant_domicile", on)
    residence = rule(law, "jurisdiction/habitual_residence", on)
    at_home = Candidate("defendant_domicile", facts.defendant_domicile, "statutory", (domicile, contract))
    if not facts.defendant_residence or facts.defendant_residence == facts.defendant_domicile:
        return at_home, []
    since = facts.residence_since
    if since is None:
        zh = "登记的现居住地与户籍地不一致，但没有居住起始日：证明已连续居住一年以上的，改由经常居住地法院管辖。"
        en = "The residence on record differs from the domicile but not since when: once a year there without a break is proved, its court takes over."
        return at_home, [fact("residence_unproved", zh, en, residence)]
    if add(since, Length(1, "year")) > on:
        zh = f"自 {since} 起居住至起诉时不满一年，不是经常居住地，仍由住所地法院管辖。"
        en = f"Living there since {since} is less than a year at filing: no habitual residence, the domicile counts."
        return at_home, [fact("residence_under_a_year", zh, en, residence)]
    return Candidate("habitual_residence", facts.defendant_residence, "statutory", (residence, contract)), []


def _performance(facts: ForumFacts, law: Parameters) -> tuple[Candidate, list[Reason]]:
    """The place of performance: agreed, else the seat of the lender as the party that receives the money."""
    on = facts.filed_on
    reasons = (rule(law, "jurisdiction/place_of_performance", on), rule(law, "jurisdiction/contract", on))
    where = facts.agreed_performance or facts.plaintiff_seat
    doubts = []
    if facts.assigned and not facts.agreed_performance:
        doubts.append(rule(law, "jurisdiction/assignee_seat", on))
    standing: Standing = "doubtful" if doubts else "statutory"
    return Candidate("place_of_performance", where, standing, reasons), doubts


def _internet(facts: ForumFacts, law: Parameters) -> list[Reason]:
    """The internet courts: told where they matter on the day, by the contract or by the clause."""
    named = any(agreed_court.INTERNET in one for one in facts.agreed_courts)
    competent = law.on(agreed_court.INTERNET_COURTS, facts.filed_on).value["competent"]
    matters = facts.online is not False if competent else facts.online is True or named
    return [rule(law, agreed_court.INTERNET_COURTS, facts.filed_on)] if matters or named else []


def _cause(facts: ForumFacts, law: Parameters) -> Reason | None:
    """The cause of action by who lent; after an assignment it depends on who bought, which is not among the facts."""
    dated = law.on("jurisdiction/cause_of_action", facts.filed_on)
    named = None if facts.assigned else dated.value.get(facts.lender_type)
    if named is None:
        return None
    return Reason("cause_of_action", Words(zh=named["zh"], en=named["en"]), dated.basis, dated.status)
