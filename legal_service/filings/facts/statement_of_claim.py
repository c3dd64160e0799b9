"""The official 民事起诉状（金融借款合同纠纷）, edition 2025: what its template prints, from the facts of one case.

`context` fills every element of the form, `readiness` says what the law demands and the facts lack, `figures` says what every
number printed rests on. Form: 法〔2025〕82号, in national use since 2025-07-14.
"""

from __future__ import annotations

from typing import Any

from legal_service.filings.facts import claim_basis, claim_parties, claim_prose, claim_rates
from legal_service.filings.facts.claim_account import account_of
from legal_service.filings.facts.claim_amounts import Claimed, claimed, penalty_claimed
from legal_service.filings.facts.claim_boxes import SPACE, asked, box, day, room
from legal_service.filings.facts.claim_facts import ClaimFacts, EvidenceItem
from legal_service.filings.facts.claim_figures import Figure, figures
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.law.figures import arabic_date, capitals
from legal_service.money import grouped

__all__ = ["DOCUMENT", "ClaimFacts", "Figure", "account_of", "context", "figures", "readiness"]

DOCUMENT = "statement_of_claim"
NOTHING = "无"
"""What the form asks to write where an element does not apply (说明第3条)."""


def context(facts: ClaimFacts) -> dict[str, Any]:
    """The values of the template's fields, all text. Raises `Refusal("amounts_disagree")`; check `readiness` first."""
    amounts = claimed(facts.account)
    return {
        **_parties(facts),
        **_claims(facts, amounts),
        **_forum(facts),
        **_contract(facts),
        **_performance(facts),
        **_security(facts),
        "claims": claim_prose.claims(facts),
        "reasons": claim_prose.reasons(facts),
        "basis": {"contract": claim_basis.contract_terms(facts), "law": claim_basis.law(facts)},
        "remarks": claim_prose.remarks(facts) or [NOTHING],
        "evidence": [
            f"{item.number}. {item.name}（来源：{item.source}；证明：{item.purpose}）" for item in facts.evidence
        ]
        or [""],
        "mediation": _mediation(facts),
        "signatory": facts.plaintiff.name,
        "signed_on": arabic_date(facts.signed_on) if facts.signed_on else "",
    }


def _parties(facts: ClaimFacts) -> dict[str, Any]:
    agents = facts.agents or (None,)
    return {
        "plaintiff_person": claim_parties.person(None),
        "plaintiff": claim_parties.organisation(facts.plaintiff),
        "has_agent": asked(bool(facts.agents)),
        "agents": [claim_parties.agent(agent) for agent in agents],
        "defendants": [claim_parties.person(defendant.person) for defendant in facts.defendants],
        "defendant_organisation": claim_parties.organisation(None),
        "third_person": claim_parties.person(None),
        "third_organisation": claim_parties.organisation(None),
    }


def _claims(facts: ClaimFacts, amounts: Claimed) -> dict[str, Any]:
    others = [f"支付合同约定的费用{grouped(amounts.fees)}元"] if amounts.fees else []
    others += [claim.rstrip("；。") for claim in facts.other_claims]
    secured = claim_prose.security_claimed(facts)
    return {
        "as_of": day(facts.account.as_of),
        "amount": {
            "principal": grouped(amounts.principal),
            "all_interest": grouped(amounts.all_interest),
            "interest": grouped(amounts.interest),
            "compound": grouped(amounts.compound),
            "penalty": grouped(amounts.penalty),
            "in_dispute": f"{grouped(amounts.total)}元（人民币大写：{capitals(amounts.total)}）",
        },
        "method_of_calculation": claim_prose.calculation(facts),
        "until_paid": asked(facts.until_paid),
        "remedy": {
            **asked(facts.breach.remedy != "none"),
            "acceleration": box(facts.breach.remedy == "acceleration"),
            "termination": box(facts.breach.remedy == "termination"),
        },
        "security": {**asked(bool(secured)), "content": secured},
        "costs": {**asked(bool(facts.costs)), "detail": claim_prose.cost_items(facts)},
        "court_fee": asked(facts.court_fee),
        "other_claims": "；".join(others) or NOTHING,
    }


def _forum(facts: ClaimFacts) -> dict[str, Any]:
    forum, preservation = facts.forum, facts.preservation
    agreed = bool(forum.court or forum.arbitration)
    clause = forum.clause or (f"约定由{forum.court}管辖" if forum.court else "")
    taken_on = arabic_date(preservation.on) if preservation and preservation.on else ""
    return {
        "forum": {**asked(agreed), "clause": clause if agreed else ""},
        "preservation": {
            **asked(preservation is not None),
            "court": room(preservation.court if preservation else "", 4),
            "on": taken_on,
            "case_number": preservation.case_number if preservation else "",
        },
    }


def _contract(facts: ClaimFacts) -> dict[str, Any]:
    contract, clauses = facts.contract, facts.contract.clauses
    made = [claim_basis.titled(contract.name), f"编号：{contract.number}"]
    made += [f"签订时间：{arabic_date(contract.signed_on)}"] if contract.signed_on else []
    made += [f"签订地点：{contract.signed_at}"] if contract.signed_at else []
    uplift, penalty = contract.penalty_uplift.value, penalty_claimed(facts)
    return {
        "contract": {
            "made": "；".join(made),
            "lender": facts.plaintiff.name,
            "borrower": facts.borrower.name,
            "agreed_amount": f"{grouped(contract.agreed_amount.value)}元",
            "disbursed_amount": f"{grouped(contract.disbursed_amount.value)}元",
            "starts_on": day(contract.starts_on.value),
            "ends_on": day(contract.ends_on.value),
            "disbursed_on": day(contract.disbursed_on.value),
            "disbursed_figure": grouped(contract.disbursed_amount.value),
        },
        "matured": asked(contract.ends_on.value <= facts.account.as_of),
        "rate": {
            "annual_box": box(True),
            "annual": claim_rates.annual_blank(facts),
            "annual_clause": clauses.rate or SPACE * 2,
            "uplift_box": box(uplift > 0),
            "uplift": f" {uplift}" if uplift else SPACE,
            "uplift_clause": clauses.uplift or SPACE * 2,
            "compound_box": box(contract.compound),
            "compound_clause": clauses.compound or SPACE * 2,
            "penalty_box": box(penalty),
            "penalty": claim_rates.penalty_blank(facts) if penalty else SPACE,
            "penalty_clause": clauses.penalty or SPACE * 2,
        },
        "method": {
            **{code: box(contract.method == code) for code in (*claim_prose.METHODS, "other")},
            "other_text": f"（{contract.method_text}）" if contract.method == "other" and contract.method_text else "",
        },
    }


def _performance(facts: ClaimFacts) -> dict[str, Any]:
    account = facts.account
    since, until = account.overdue_since, account.interest_paid_until
    return {
        "repaid": {
            "principal": grouped(account.principal_paid.value),
            "interest": grouped(account.interest_paid.value),
            "interest_until": day(until.value if until else None),
        },
        "overdue": {
            **asked(since is not None),
            "since": room(f"自{arabic_date(since.value)}起" if since else "", 4),
            "days": f"{account.days_past_due.value}天" if since else "",
        },
    }


def _security(facts: ClaimFacts) -> dict[str, Any]:
    charges, guarantees, other = facts.charges, facts.guarantees, facts.other_security
    maximum = next((charge for charge in charges if charge.maximum), None)
    registered = {charge.registration for charge in charges}
    signed = [arabic_date(charge.signed_on) for charge in charges if charge.signed_on]
    kinds = {guarantee.liability for guarantee in guarantees}
    guaranteed_on = dict.fromkeys(arabic_date(item.signed_on) for item in guarantees if item.signed_on)
    return {
        "charge": {
            **asked(bool(charges)),
            "signed_on": "、".join(dict.fromkeys(signed)),
            "providers": "、".join(dict.fromkeys(charge.provider for charge in charges)) or NOTHING,
            "things": "、".join(charge.thing for charge in charges) or NOTHING,
        },
        "maximum": {
            **asked(maximum is not None),
            "fixed_on": arabic_date(maximum.fixed_on) if maximum and maximum.fixed_on else "",
            "limit": f"{grouped(maximum.limit.value)}元" if maximum and maximum.limit else "",
        },
        "registration": {
            **asked(bool(registered - {"none"})),
            "formal": box("formal" in registered),
            "preliminary": box("preliminary" in registered),
        },
        "guarantee": {
            **asked(bool(guarantees)),
            "signed_on": room("、".join(guaranteed_on), 4),
            "guarantors": "、".join(guarantee.guarantor for guarantee in guarantees),
            "content": "；".join(dict.fromkeys(guarantee.content for guarantee in guarantees if guarantee.content)),
            "general": box(bool(kinds & {"general", "unclear"})),
            "joint": box("joint" in kinds),
        },
        "other_security": {
            **asked(other is not None),
            "form": room(other.form if other else "", 4),
            "signed_on": arabic_date(other.signed_on) if other and other.signed_on else "",
        },
    }


def _exhibit(item: EvidenceItem) -> str:
    notes = [f"来源：{item.source}" if item.source else "", f"证明：{item.purpose}" if item.purpose else ""]
    said = "；".join(note for note in notes if note)
    return f"{item.number}. {item.name}" + (f"（{said}）" if said else "")


def _mediation(facts: ClaimFacts) -> dict[str, Any]:
    wishes = facts.mediation
    return {
        "known": asked(wishes.known),
        "speed": asked(wishes.speed),
        "fees": asked(wishes.fees),
        "mediators": asked(wishes.mediators),
        "confidentiality": asked(wishes.confidentiality),
        "enforceability": asked(wishes.enforceability),
        "wanted": {
            "yes": box(wishes.wanted == "yes"),
            "no": box(wishes.wanted == "no"),
            "undecided": box(wishes.wanted == "undecided"),
        },
    }
