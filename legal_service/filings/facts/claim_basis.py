"""What the claim is based on: the clauses of the contract and the articles of the law, each only when its fact holds.

Articles checked against the texts in force (民法典; 民事诉讼法 2023修正, in force since 2024-01-01, whose articles 24, 35 and 122
kept their numbers in the renumberings of 2021 and 2023); law.md section 6. Articles on real security are not in that list:
counsel adds them (readiness says so).
"""

from __future__ import annotations

from legal_service.filings.facts.claim_amounts import claimed, penalty_claimed
from legal_service.filings.facts.claim_facts import ClaimFacts
from legal_service.law.figures import ordinal

CIVIL_CODE = "《中华人民共和国民法典》"
CIVIL_PROCEDURE = "《中华人民共和国民事诉讼法》"


def civil_code_articles(facts: ClaimFacts) -> list[str]:
    """The articles of 民法典 that the facts call for, in order, as the form prints them (第五百零九条)."""
    amounts, account = claimed(facts.account), facts.account
    liabilities = {facts.liability_of(guarantor) for guarantor in facts.guarantors_sued}
    unclear = any(guarantee.liability == "unclear" for guarantee in facts.guarantees)
    holds: list[tuple[int, str, bool]] = [
        (509, "", True),  # to perform as agreed
        (
            561,
            "",
            account.principal_paid.value + account.interest_paid.value > 0,
        ),  # order in which payments were appropriated
        (562, "第二款", facts.breach.remedy != "none"),  # a clause allowing the lender to end or call in
        (565, "", facts.breach.remedy != "none"),  # effect on arrival of the notice
        (577, "", True),  # liability for breach
        (579, "", True),  # a money debt is to be paid
        (585, "", amounts.penalty > 0),  # agreed damages
        (667, "", True),  # what a loan contract is
        (670, "", facts.contract.disbursed_amount.value < facts.contract.agreed_amount.value),  # no up-front deduction
        (674, "", amounts.interest > 0),  # when interest is to be paid
        (675, "", amounts.principal > 0),  # when principal is to be repaid
        (676, "", amounts.penalty > 0 or amounts.compound > 0),  # overdue interest
        (680, "第一款", amounts.all_interest > 0),  # within the rate the State allows
        (686, "第二款", unclear and "general" in liabilities),  # unclear kind: general guarantee
        (688, "", "joint" in liabilities),  # joint and several guarantee
        (691, "", bool(facts.guarantors_sued)),  # what the guarantee covers
        (692, "", bool(facts.guarantors_sued)),  # the guarantee period
    ]
    return [f"{ordinal(number)}条{paragraph}" for number, paragraph, held in holds if held]


def procedure_articles(facts: ClaimFacts) -> list[str]:
    """The articles of 民事诉讼法: where to sue, an agreed court when there is one, the conditions of a suit."""
    numbers = [24, *([35] if facts.forum.court else []), 122]
    return [f"{ordinal(number)}条" for number in numbers]


def law(facts: ClaimFacts) -> str:
    """The legal basis as one sentence part, instrument by instrument."""
    return (
        f"{CIVIL_CODE}{'、'.join(civil_code_articles(facts))}；{CIVIL_PROCEDURE}{'、'.join(procedure_articles(facts))}"
    )


def contract_terms(facts: ClaimFacts) -> str:
    """The clauses relied on; clauses whose number is not known are named by their subject only."""
    contract = facts.contract
    subjects = [
        ("借款利率", contract.clauses.rate, True),
        ("逾期罚息", contract.clauses.penalty or contract.clauses.uplift, penalty_claimed(facts)),
        ("复利", contract.clauses.compound, contract.compound),
        ("提前到期", contract.clauses.acceleration, facts.breach.remedy == "acceleration"),
        ("解除合同", contract.clauses.acceleration, facts.breach.remedy == "termination"),
        ("实现债权的费用", contract.clauses.costs, bool(facts.costs)),
    ]
    grouped: dict[str, list[str]] = {}
    for subject, number, held in subjects:
        if held:
            grouped.setdefault(number, []).append(subject)
    terms = [
        f"第{number}条（{'、'.join(named)}）" if number else f"{'、'.join(named)}条款"
        for number, named in grouped.items()
    ]
    return f"{titled(contract.name)}（编号：{contract.number}）{'、'.join(terms)}"


def titled(name: str) -> str:
    """A contract's name in title marks, once.

    >>> titled("个人消费借款合同"), titled("《个人消费借款合同》")
    ('《个人消费借款合同》', '《个人消费借款合同》')
    """
    return f"《{name.strip('《》')}》"
