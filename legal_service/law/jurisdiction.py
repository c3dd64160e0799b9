"""Where to sue (民事诉讼法 18–35, 130; its interpretation 3–33): candidate places with reasons, and what to beware of.

A suggestion: a named person chooses the court. Places are told as the facts name them; which court sits there is looked up
by people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from legal_service import labels
from legal_service.errors import Words
from legal_service.law.parameters import Parameters
from legal_service.law.periods import Length, add
from legal_service.law.published.tables import province_of
from legal_service.law.reasons import Reason, fact, rule

Connection = Literal[
    "", "plaintiff_domicile", "defendant_domicile", "performance", "signing", "subject_matter", "other"
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

_NAMED: tuple[tuple[Connection, str], ...] = (
    ("plaintiff_domicile", r"(原告|贷款人|出借人|债权人|甲方)(的)?(住所|所在|注册)"),
    ("defendant_domicile", r"(被告|借款人|债务人|乙方)(的)?(住所|所在|户籍|居住)"),
    ("signing", r"签订|签署|签约"),
    ("performance", r"履行"),
    ("subject_matter", r"标的物"),
)
_INTERNET = "互联网法院"


@dataclass(frozen=True, slots=True)
class ForumFacts:
    """What the choice of a place rests on; empty or None stands for what nobody recorded.

    `connection` is the one that the clause states, read by `connection_of`; `assignee_knew` whether the assignee knew of the
    clause when it took the debt over.
    """

    filed_on: date
    plaintiff_seat: str = ""
    lender_type: str = ""
    defendant_domicile: str = ""
    defendant_residence: str = ""
    residence_since: date | None = None
    agreed_courts: tuple[str, ...] = ()
    connection: Connection = ""
    signing_place: str = ""
    signing_proved: bool = False
    agreed_performance: str = ""
    online: bool | None = None
    arbitration: bool = False
    assigned: bool = False
    assignee_knew: bool | None = None


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


def connection_of(stated: str) -> Connection:
    """The connection that a clause states in words or by its code; `other` for words that name none.

    >>> connection_of("贷款人住所地：浙江省杭州市余杭区"), connection_of("本合同签订地"), connection_of("signing"), connection_of("")
    ('plaintiff_domicile', 'signing', 'signing', '')
    """
    stated = stated.strip()
    if not stated:
        return ""
    for code, words in _NAMED:
        if stated == code or re.search(words, stated):
            return code
    return "other"


def courts_in(clause: str) -> tuple[str, ...]:
    """The courts that a clause's words name.

    >>> courts_in("甲市乙区人民法院或者丙市丁区人民法院")
    ('甲市乙区人民法院', '丙市丁区人民法院')
    """
    parts = re.split(r"[、；;，,]|或者|或", clause)
    return tuple(part.strip() for part in parts if part.strip())


def suggest(facts: ForumFacts, law: Parameters) -> Forum:
    """Candidate places with reasons, and warnings, the gravest first. Raises `Refusal` for a day before the law loaded."""
    on = facts.filed_on
    cause = _cause(facts, law)
    if facts.arbitration:
        return Forum((), None, (rule(law, "jurisdiction/arbitration_clause", on),), True, cause)
    home, doubts = _home(facts, law)
    seat, seat_doubts = _performance(facts, law)
    clause, clause_doubts = _clause(facts, law)
    good = clause is not None and clause.standing == "agreed"
    statutory = [
        replace(one, standing="subsidiary") if good and one.standing == "statutory" else one for one in (home, seat)
    ]
    order = [clause, *statutory] if good else [*statutory, clause]
    payment = Candidate(
        home.place, home.where, "statutory", (rule(law, "jurisdiction/payment_order_court", on), *home.because[:1])
    )
    warnings = [*clause_doubts, *_internet(facts, law), *doubts, *seat_doubts]
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
    if found := province_of(first.where):
        return found
    addresses = (facts.plaintiff_seat, facts.defendant_domicile, facts.defendant_residence)
    if first.place == "agreed_court":
        return next((province_of(one) for one in addresses if _stands_in(first.where, one)), "")
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


def _clause(facts: ForumFacts, law: Parameters) -> tuple[Candidate | None, list[Reason]]:
    """The agreed court: whether the place has an actual connection, and what may still upset the clause."""
    if not facts.agreed_courts:
        return None, []
    on = facts.filed_on
    agreed = rule(law, "jurisdiction/agreed_court", on)
    because, doubts = _connected(facts, law)
    if facts.assigned:
        doubts = [*doubts, rule(law, "jurisdiction/assignment", on)]
    unbound = facts.assigned and facts.assignee_knew is False
    standing: Standing = "doubtful" if unbound or not because else "agreed"
    if any(_INTERNET in one for one in facts.agreed_courts) and not law.on(_COURTS, on).value["competent"]:
        standing = "doubtful"
    warnings = [*doubts, rule(law, "jurisdiction/consumer_form_clause", on)]
    if len(facts.agreed_courts) > 1:
        warnings.append(rule(law, "jurisdiction/two_places", on))
    if facts.connection in ("plaintiff_domicile", "defendant_domicile"):
        warnings.append(rule(law, "jurisdiction/clause_domicile", on))
    return Candidate("agreed_court", "；".join(facts.agreed_courts), standing, (agreed, *because)), warnings


def _connected(facts: ForumFacts, law: Parameters) -> tuple[list[Reason], list[Reason]]:
    """(why the agreed place is connected, why it may not be); the first is empty where no connection is shown."""
    on, connection = facts.filed_on, facts.connection
    agreed, none = rule(law, "jurisdiction/agreed_court", on), rule(law, "jurisdiction/no_connection", on)
    if connection == "signing" and not facts.signing_proved:
        connection, none = "", rule(law, "jurisdiction/unproved_signing_place", on)
    stated = {
        "plaintiff_domicile": ("原告住所地", "the plaintiff's domicile", facts.plaintiff_seat),
        "defendant_domicile": ("被告住所地", "the defendant's domicile", facts.defendant_domicile),
        "performance": ("合同履行地", "the place of performance", facts.agreed_performance or facts.plaintiff_seat),
        "signing": ("已证明的实际签订地", "the proved place of signing", facts.signing_place),
        "subject_matter": ("标的物所在地", "the place of the subject-matter", ""),
    }
    if connection in stated:
        zh, en, address = stated[connection]
        if _elsewhere(facts.agreed_courts, address):
            words = (
                f"条款称约定法院在{zh}，但与登记的地址不在同一省份；请核对。",
                f"The clause puts the court at {en}, but the address on record lies in another province; check it.",
            )
            return [], [fact("connection_contradicted", *words, none), none]
        return [fact("connection_stated", f"约定法院所在地为{zh}。", f"The agreed place is {en}.", agreed)], []
    for name, (zh, en, address) in stated.items():
        if name != "signing" and all(_stands_in(court, address) for court in facts.agreed_courts):
            words = (
                f"条款未写明连接点；按名称，约定法院在{zh}。",
                f"The clause states no connection; by its name the court stands at {en}.",
            )
            return [fact("connection_found", *words, agreed)], []
    return [], [none]


_COURTS = "jurisdiction/internet_courts"


def _internet(facts: ForumFacts, law: Parameters) -> list[Reason]:
    """The internet courts: told where they matter on the day, by the contract or by the clause."""
    named = any(_INTERNET in one for one in facts.agreed_courts)
    competent = law.on(_COURTS, facts.filed_on).value["competent"]
    matters = facts.online is not False if competent else facts.online is True or named
    return [rule(law, _COURTS, facts.filed_on)] if matters or named else []


def _cause(facts: ForumFacts, law: Parameters) -> Reason | None:
    """The cause of action by who lent; after an assignment it depends on who bought, which is not among the facts."""
    dated = law.on("jurisdiction/cause_of_action", facts.filed_on)
    named = None if facts.assigned else dated.value.get(facts.lender_type)
    if named is None:
        return None
    return Reason("cause_of_action", Words(zh=named["zh"], en=named["en"]), dated.basis, dated.status)


def _court_place(court: str) -> str:
    return re.sub(r"(基层)?人民法院.*$", "", court).strip()


def _stands_in(court: str, address: str) -> bool:
    """Whether a court bears the name of the district or city that an address lies in."""
    place = _court_place(court)
    return len(place) >= 3 and place in address


def _elsewhere(courts: tuple[str, ...], address: str) -> bool:
    here = province_of(address)
    return bool(here) and any(there != here for court in courts if (there := province_of(court)))
