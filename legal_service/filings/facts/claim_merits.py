"""Whether claims and facts agree with each other and with the law: amounts, remedy, costs, guarantees, forum, contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from legal_service.accounts.basis import STATUS_WORDS
from legal_service.errors import Finding, Refusal
from legal_service.filings.facts.claim_amounts import claimed, penalty_claimed, penalty_rate, runs_above_cap
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.filings.facts.claim_gaps import CONDITIONS, CONTENT, CPL, FORM, found, missing
from legal_service.money import percent_text

CIVIL_CODE_SINCE = date(2021, 1, 1)


def amounts(facts: ClaimFacts) -> Iterator[Finding]:
    """The figures add up, something is claimed, and the items of the costs are the costs of the statement."""
    try:
        claim = claimed(facts.account)
    except Refusal as refusal:
        yield Finding(refusal.code, "error", "account.claim_total", refusal.reason, refusal.basis)
        return
    if claim.total <= 0:
        yield found(
            "nothing_claimed",
            "claims",
            "没有可主张的欠款，诉讼请求不具体。",
            "nothing is owed, so there is no specific claim",
            CONDITIONS,
        )
    if facts.until_paid and claim.principal > 0 and runs_above_cap(facts.account, facts.contract, claim):
        yield _capped(facts)
    if sum(item.amount.value for item in facts.costs) != claim.costs:
        yield found(
            "costs_disagree", "costs", "实现债权费用的明细之和与欠款明细所载不一致。",
            "the items of the costs do not add up to the costs of the statement", CONDITIONS,
        )  # fmt: skip


def _capped(facts: ClaimFacts) -> Finding:
    """What runs on would pass the cap: the wording keeps within it, and how far the text of the cap was read is said."""
    account, rate = facts.account, percent_text(penalty_rate(facts.contract))
    cap, mark = percent_text(account.cap_rate), STATUS_WORDS[account.cap_status]
    compound = ("（另计复利）", " and compound interest") if facts.contract.compound else ("", "")
    return found(
        "running_above_cap",
        "claims",
        f"续计的罚息年利率{rate}%{compound[0]}折算后超过年利率{cap}%；诉状已写明以不超过年利率{cap}%为限〔{mark.zh}〕。",
        f"what runs on, {rate} % a year{compound[1]}, passes {cap} %; the claim is worded not to exceed {cap} % [{mark.en}]",
        account.cap_basis,
        "doubt",
    )


def remedy(facts: ClaimFacts) -> Iterator[Finding]:
    """Acceleration or termination is borne by the statement, by a clause and by a notice that arrived."""
    breach, undue = facts.breach, facts.account.principal_undue.value
    if breach.remedy == "none":
        return
    name = ("提前到期", "acceleration") if breach.remedy == "acceleration" else ("解除合同", "termination")
    if undue:
        yield found(
            "remedy_without_statement", "breach.effective_on", f"主张{name[0]}，但欠款明细仍列有未到期本金，金额与请求不符。",
            f"{name[1]} is claimed, but the statement still shows principal that is not due", "民法典 第五百六十二条",
        )  # fmt: skip
    if breach.remedy == "acceleration" and breach.effective_on is None:
        yield missing(
            "breach.effective_on", "宣布提前到期的日期", "the day of the acceleration", "民法典 第五百六十五条"
        )
    if breach.notice_reached_on is None:
        yield found(
            "notice_not_proved", "breach.notice_reached_on", f"没有{name[0]}通知送达的记录；直接起诉的，以起诉状副本送达为准。",
            f"no notice of {name[1]} is known to have arrived; otherwise it takes effect when the claim is served",
            "民法典 第五百六十五条", "doubt",
        )  # fmt: skip
    if not facts.contract.clauses.acceleration:
        yield missing(
            "contract.clauses.acceleration",
            f"约定{name[0]}的合同条款号",
            "the number of the clause relied on",
            "民法典 第五百六十二条",
            "doubt",
        )


def costs(facts: ClaimFacts) -> Iterator[Finding]:
    """Costs of realising the debt rest on a clause."""
    if facts.costs and not facts.contract.clauses.costs:
        yield missing(
            "contract.clauses.costs",
            "约定由借款人承担实现债权费用的合同条款号",
            "the number of the clause on costs",
            "民法典 第五百七十七条",
            "doubt",
        )


def guarantees(facts: ClaimFacts) -> Iterator[Finding]:
    """Every guarantor sued has a guarantee, every guarantor on file is sued, and the guarantee period has not run out."""
    for number, person in enumerate(facts.guarantors_sued):
        if facts.liability_of(person) is None:
            yield found(
                "guarantor_without_guarantee", f"guarantors[{number}]", f"被告{person.name}被列为保证人，但没有保证合同的记录。",
                "a defendant is sued as guarantor, but no guarantee is on file", "民法典 第六百八十五条",
            )  # fmt: skip
    sued = {person.row for person in facts.guarantors_sued}
    for number, guarantee in enumerate(facts.guarantees):
        where = f"guarantees[{number}]"
        if guarantee.row not in sued:
            yield found(
                "guarantor_not_sued",
                where,
                "该保证人未列为被告，请确认。",
                "this guarantor is not sued; please confirm",
                "民法典 第六百九十三条",
                "doubt",
            )
        if guarantee.until is None:
            yield found(
                "guarantee_period_unknown", f"{where}.until", "未记录保证期间；没有约定或约定不明的，为主债务履行期限届满之日起六个月。",
                "the guarantee period is not recorded; without agreement it is six months from the end of the term of the debt",
                "民法典 第六百九十二条", "doubt",
            )  # fmt: skip
        elif guarantee.demanded_on is None and facts.account.as_of > guarantee.until:
            yield found(
                "guarantee_period_over", f"{where}.until", "保证期间已届满，且没有在期间内主张保证责任的记录，保证人可能不再承担责任。",
                "the guarantee period has ended and no demand within it is recorded; the guarantor may be free", "民法典 第六百九十三条", "doubt",
            )  # fmt: skip


def real_security(facts: ClaimFacts) -> Iterator[Finding]:
    """A mortgage or pledge is claimed under articles that counsel has still to check."""
    if facts.charges:
        yield found(
            "security_basis_awaits_counsel", "charges", "主张抵押权、质权的法律条文尚未经律师核对，未自动写入，请律师补充。",
            "the articles on mortgages and pledges await counsel and are not printed; counsel must add them", "机构内部规则：条文须经核对", "doubt",
        )  # fmt: skip


def forum(facts: ClaimFacts) -> Iterator[Finding]:
    """No arbitration was agreed; an agreed court has an actual connection with the dispute."""
    if facts.forum.arbitration:
        yield found(
            "arbitration_agreed", "forum", "合同约定了仲裁，应向仲裁机构申请，法院不予受理。",
            "arbitration was agreed: the court will send the plaintiff there", f"{CPL} 第一百二十七条",
        )  # fmt: skip
    if facts.forum.court and not facts.forum.connection:
        yield found(
            "court_without_connection", "forum.connection", "约定管辖法院与争议的实际联系未写明，约定可能无效。",
            "the agreed court's actual connection with the dispute is not shown; the agreement may be void", f"{CPL} 第三十五条", "doubt",
        )  # fmt: skip


def contract(facts: ClaimFacts) -> Iterator[Finding]:
    """The contract is named, dated, under the Civil Code, and its clauses are numbered."""
    contract = facts.contract
    if not contract.name or not contract.number:
        yield missing("contract", "借款合同的名称或编号", "the name or number of the loan contract", CONTENT)
    if contract.signed_on is None:
        yield missing("contract.signed_on", "合同签订时间", "the day the contract was signed", FORM, "doubt")
    elif contract.signed_on < CIVIL_CODE_SINCE:
        yield found(
            "before_civil_code", "contract.signed_on", "合同签订于民法典施行前，所引条文请律师按时间效力规定核对。",
            "the contract is older than the Civil Code; counsel must check which law applies", "民法典 第一千二百六十条", "doubt",
        )  # fmt: skip
    clauses = contract.clauses
    if not (
        clauses.rate and (clauses.penalty or not penalty_claimed(facts)) and (clauses.compound or not contract.compound)
    ):
        yield missing(
            "contract.clauses",
            "利率、罚息或复利的合同条款号",
            "the number of a clause on interest, penalty or compound",
            FORM,
            "doubt",
        )
