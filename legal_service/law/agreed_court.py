"""What a clause on the court is worth (民事诉讼法 18, 35; 解释 29–33): connection, level, kind of court, the assignee.

A stated connection is held against the address on record as far as the court's name can be compared with it. Both named
and different: contradicted, doubtful. The name agrees only in part, or no address is on record: the clause stands and the
lawyer is told to check. An address on record with which the name has nothing in common: not shown, doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from legal_service.law.forum_facts import ForumFacts
from legal_service.law.parameters import Parameters
from legal_service.law.places import Comparison, compare, lies_in
from legal_service.law.reasons import Reason, fact, rule

INTERNET = "互联网法院"
INTERNET_COURTS = "jurisdiction/internet_courts"

_BEST_FIRST: tuple[Comparison, ...] = ("same", "near", "unknown", "different")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause weighed: `good` if it comes before the statutory places, why it might, and the doubts, the gravest first."""

    good: bool
    because: tuple[Reason, ...]
    doubts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """One connection with its names and the addresses on record that it may mean."""

    zh: str
    en: str
    addresses: tuple[str, ...]

    def beside(self, court: str) -> Comparison:
        """How the court's name compares with the best of the addresses."""
        found = {compare(court, address) for address in self.addresses}
        return next((one for one in _BEST_FIRST if one in found), "unknown")


def weigh(facts: ForumFacts, law: Parameters) -> Clause | None:
    """The clause on the court, weighed; None where nobody recorded one. Raises `Refusal` for a day before the law loaded."""
    if not facts.agreed_courts:
        return None
    on = facts.filed_on
    barred = [*_wrong_court(facts, law), *_concentrated(facts, law)]
    shown, because, doubts = _connected(facts, law)
    if facts.assigned:
        doubts = [*doubts, rule(law, "jurisdiction/assignment", on)]
    unbound = facts.assigned and facts.assignee_knew is False
    internet = (
        any(INTERNET in one for one in facts.agreed_courts) and not law.on(INTERNET_COURTS, on).value["competent"]
    )
    warnings = [*barred, *doubts, rule(law, "jurisdiction/consumer_form_clause", on)]
    if len(facts.agreed_courts) > 1:
        warnings.append(rule(law, "jurisdiction/two_places", on))
    if facts.connection in ("plaintiff_domicile", "defendant_domicile"):
        warnings.append(rule(law, "jurisdiction/clause_domicile", on))
    good = shown and not (barred or unbound or internet)
    return Clause(good, (rule(law, "jurisdiction/agreed_court", on), *because), tuple(warnings))


def _links(facts: ForumFacts) -> dict[str, _Link]:
    given: dict[str, tuple[str, str, tuple[str, ...]]] = {
        "plaintiff_domicile": ("原告住所地", "the plaintiff's domicile", (facts.plaintiff_seat,)),
        "defendant_domicile": (
            "被告住所地",
            "the defendant's domicile",
            (facts.defendant_domicile, facts.defendant_residence),
        ),
        "performance": ("合同履行地", "the place of performance", (facts.agreed_performance or facts.plaintiff_seat,)),
        "signing": ("已证明的实际签订地", "the proved place of signing", (facts.signing_place,)),
        "subject_matter": ("标的物所在地", "the place of the subject-matter", ()),
    }
    return {name: _Link(zh, en, tuple(one for one in where if one)) for name, (zh, en, where) in given.items()}


def _connected(facts: ForumFacts, law: Parameters) -> tuple[bool, list[Reason], list[Reason]]:
    """(whether the agreed place counts as connected, why it may be, why it may not)."""
    on, connection = facts.filed_on, facts.connection
    agreed, none = rule(law, "jurisdiction/agreed_court", on), rule(law, "jurisdiction/no_connection", on)
    if connection == "signing" and not facts.signing_proved:
        connection, none = "", rule(law, "jurisdiction/unproved_signing_place", on)
    links = _links(facts)
    if connection in links:
        return _stated(facts, links, links[connection], agreed, none)
    for name, link in links.items():
        if name != "signing" and all(link.beside(court) == "same" for court in facts.agreed_courts):
            words = (
                f"条款未写明连接点；按名称，约定法院在{link.zh}。",
                f"The clause states no connection; by its name the court stands at {link.en}.",
            )
            return True, [fact("connection_found", *words, agreed)], []
    return False, [], [none]


def _stated(
    facts: ForumFacts, links: dict[str, _Link], link: _Link, agreed: Reason, none: Reason
) -> tuple[bool, list[Reason], list[Reason]]:
    """A stated connection beside the address on record; of several courts the others may stand at another connected place."""
    found = {court: link.beside(court) for court in facts.agreed_courts}
    if "same" in found.values():
        others = [other for name, other in links.items() if name != "signing" or facts.signing_proved]
        for court, compared in found.items():
            if compared != "same" and any(other.beside(court) == "same" for other in others):
                found[court] = "same"
    stated = fact(
        "connection_stated", f"条款称约定法院所在地为{link.zh}。", f"The clause puts the court at {link.en}.", agreed
    )
    if "different" in found.values():
        words = (
            f"条款称约定法院在{link.zh}，但法院名称与登记的地址不在同一省、市或区县；请核对。",
            f"The clause puts the court at {link.en}, but by its name it stands in another province, city or district than the address on record; check it.",
        )
        return False, [], [fact("connection_contradicted", *words, none), none]
    if all(one == "same" for one in found.values()):
        return True, [stated], []
    if not link.addresses:
        words = (
            f"条款称约定法院在{link.zh}，但没有登记该地址，连接点仅有条款所述、未经核实；请核对并备妥证据。",
            f"The clause puts the court at {link.en}, but no such address is on record: the connection is stated, not shown; check it and have the proof ready.",
        )
        return True, [stated], [fact("connection_unshown", *words, none)]
    words = (
        f"条款称约定法院在{link.zh}，但按法院名称与登记的地址不能看出，连接点仅有条款所述、未经核实；请核对并备妥证据。",
        f"The clause puts the court at {link.en}, but the court's name and the address on record do not show it: stated, not shown; check it and have the proof ready.",
    )
    return "unknown" not in found.values(), [stated], [fact("connection_unshown", *words, none)]


def _wrong_court(facts: ForumFacts, law: Parameters) -> list[Reason]:
    """Courts of a higher level, and special courts: the names that the law's table lists."""
    found = []
    for key in ("jurisdiction/agreed_level", "jurisdiction/special_court"):
        names = "|".join(re.escape(one) for one in law.on(key, facts.filed_on).value["named"])
        if any(re.search(names, court) for court in facts.agreed_courts):
            found.append(rule(law, key, facts.filed_on))
    return found


def _concentrated(facts: ForumFacts, law: Parameters) -> list[Reason]:
    """An ordinary court of the cities whose internet courts took all online loans on that day."""
    dated = law.on(INTERNET_COURTS, facts.filed_on)
    if facts.online is not True or not dated.value["competent"]:
        return []
    cities = tuple(dated.value["cities"])
    known = [address for link in _links(facts).values() for address in link.addresses if lies_in(address, cities)]
    for court in facts.agreed_courts:
        ordinary = INTERNET not in court
        if ordinary and (lies_in(court, cities) or any(compare(court, address) == "same" for address in known)):
            words = (
                "当时该市网上签订、履行的借款纠纷由当地互联网法院集中管辖，不由约定的普通基层法院受理；请核对。",
                "At that time disputes of this city on loans made and performed online were concentrated in its internet court and not taken by the ordinary basic court agreed upon; check it.",
            )
            return [fact("concentrated_elsewhere", *words, rule(law, INTERNET_COURTS, facts.filed_on))]
    return []
