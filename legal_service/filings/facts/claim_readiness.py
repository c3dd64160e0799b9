"""Whether the facts are enough to file: everything the law or the form asks and the facts lack, all at once, with the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from legal_service.errors import Finding
from legal_service.filings.facts import claim_merits
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.facts.claim_gaps import CONDITIONS, CONTENT, CPL, FORM, found, missing
from legal_service.filings.facts.claim_people import Person


def readiness(facts: ClaimFacts) -> list[Finding]:
    """Every doubt and gap, in the order of the form. An `error` forbids filing; a `doubt` must be seen by the lawyer.

    `where` names the element: `plaintiff.representative`, `defendants[1].domicile`, `claims`.
    """
    rules: tuple[Callable[[ClaimFacts], Iterator[Finding]], ...] = (
        _plaintiff,
        _agents,
        _defendants,
        claim_merits.amounts,
        claim_merits.remedy,
        claim_merits.costs,
        claim_merits.guarantees,
        claim_merits.real_security,
        claim_merits.forum,
        claim_merits.contract,
        _evidence,
        _wishes,
    )
    return [finding for rule in rules for finding in rule(facts)]


def _plaintiff(facts: ClaimFacts) -> Iterator[Finding]:
    lender = facts.plaintiff
    for value, name, zh, en in (
        (lender.name, "name", "原告名称", "the plaintiff's name"),
        (lender.domicile, "domicile", "原告住所地", "the plaintiff's domicile"),
        (
            lender.representative,
            "representative",
            "原告法定代表人（负责人）姓名",
            "the name of the plaintiff's legal representative",
        ),
        (lender.post, "post", "原告法定代表人（负责人）职务", "the post of the plaintiff's legal representative"),
        (lender.phone, "phone", "原告联系方式", "the plaintiff's contact number"),
    ):
        if not value:
            yield missing(f"plaintiff.{name}", zh, en, CONTENT)
    for value, name, zh, en in (
        (lender.uscc, "uscc", "原告统一社会信用代码", "the plaintiff's unified social credit code"),
        (lender.registered_at, "registered_at", "原告注册地/登记地", "the plaintiff's place of registration"),
        (lender.kind, "kind", "原告类型", "the plaintiff's kind of organisation"),
        (lender.ownership, "ownership", "原告所有制性质", "the plaintiff's ownership"),
    ):
        if not value:
            yield missing(f"plaintiff.{name}", zh, en, FORM, "doubt")


def _agents(facts: ClaimFacts) -> Iterator[Finding]:
    if len(facts.agents) > 2:
        yield found(
            "too_many_agents",
            "agents",
            "委托诉讼代理人不得超过二人。",
            "no more than two agents may be appointed",
            f"{CPL} 第六十一条",
        )
    for number, agent in enumerate(facts.agents):
        where = f"agents[{number}]"
        if agent.authority == "special" and not agent.items:
            yield found(
                "authority_not_itemised", f"{where}.items", "特别授权须逐项写明权限；仅写“全权代理”的视为一般授权。",
                "a special authority must name each power; a bare 全权代理 is only a general authority", "民诉法解释(2022修正) 第八十九条",
            )  # fmt: skip
        if agent.authority == "general" and facts.mediation.wanted == "yes":
            yield found(
                "authority_too_narrow", f"{where}.authority", "同意先行调解，但代理人仅有一般授权，不能代为和解、调解。",
                "mediation is wanted, but an agent with general authority cannot settle", f"{CPL} 第六十二条", "doubt",
            )  # fmt: skip


def _defendants(facts: ClaimFacts) -> Iterator[Finding]:
    borrowers = sum(defendant.role == "borrower" for defendant in facts.defendants)
    if borrowers != 1:
        yield found(
            "borrower_not_one", "defendants", f"被告中须有且仅有一名借款人，现有{borrowers}名。",
            f"exactly one defendant must be the borrower; there are {borrowers}", CONDITIONS,
        )  # fmt: skip
    for number, defendant in enumerate(facts.defendants):
        yield from _person(defendant.person, f"defendants[{number}]")


def _person(person: Person, where: str) -> Iterator[Finding]:
    who = f"被告{person.name}" if person.name else "被告"
    identifiable = "民诉法解释(2022修正) 第二百零九条"
    for value, name, zh, en, basis in (
        (person.name, "name", "姓名", "name", CONTENT),
        (
            person.gender,
            "gender",
            "性别（可由身份证号码第17位得出）",
            "sex (the 17th digit of the ID number tells it)",
            CONTENT,
        ),
        (person.domicile, "domicile", "住所地", "domicile", CONTENT),
        (
            person.id_number,
            "id_number",
            "证件号码，不足以与他人相区别",
            "ID number, so that he or she cannot be told from others",
            identifiable,
        ),
    ):
        if not value:
            yield missing(f"{where}.{name}", f"{who}的{zh}", f"the defendant's {en}", basis)
    for value, name, zh, en, basis in (
        (person.employer, "employer", "工作单位（确无则填“无”）", "workplace (write 无 where there is none)", CONTENT),
        (person.phone, "phone", "联系电话", "telephone", CONTENT),
        (
            person.birth_date,
            "birth_date",
            "出生日期（可由身份证号码得出）",
            "birth date (the ID number tells it)",
            FORM,
        ),
        (person.ethnicity, "ethnicity", "民族（载于身份证）", "ethnicity (on the ID card)", FORM),
        (person.id_type, "id_type", "证件类型", "kind of ID document", FORM),
    ):
        if not value:
            yield missing(f"{where}.{name}", f"{who}的{zh}", f"the defendant's {en}", basis, "doubt")


def _evidence(facts: ClaimFacts) -> Iterator[Finding]:
    if not facts.evidence:
        yield missing("evidence", "证据清单", "the list of evidence", CONTENT)
    for item in facts.evidence:
        if not item.source:
            yield missing(
                f"evidence[{item.number}].source",
                f"证据{item.number}的来源",
                f"the source of exhibit {item.number}",
                CONTENT,
            )


def _wishes(facts: ClaimFacts) -> Iterator[Finding]:
    wishes = facts.mediation
    if not wishes.wanted or None in (
        wishes.known, wishes.speed, wishes.fees, wishes.mediators, wishes.confidentiality, wishes.enforceability,
    ):  # fmt: skip
        yield missing(
            "mediation",
            "对纠纷解决方式的意愿（须由原告本人选择）",
            "the plaintiff's own wishes on mediation",
            FORM,
            "doubt",
        )
    if facts.preservation and not (
        facts.preservation.court and facts.preservation.on and facts.preservation.case_number
    ):
        yield missing(
            "preservation", "诉前保全的法院、时间或案号", "court, day or case number of the preservation", FORM, "doubt"
        )
    if facts.signed_on is None:
        yield missing("signed_on", "起诉状的日期", "the date of the claim", FORM, "doubt")
