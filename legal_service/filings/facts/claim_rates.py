"""The rates of the contract in a court's Chinese: what was agreed, every dated change, and the penalty rate that follows."""

from __future__ import annotations

from legal_service.accounts.sheet import RATES_TITLE
from legal_service.filings.facts.claim_amounts import penalty_claimed, penalty_rate, raised
from legal_service.filings.facts.claim_facts import ClaimFacts, Contract
from legal_service.law.figures import arabic_date
from legal_service.money import percent_text

MOST = 6
"""So many dated changes are written out; more are left to the worksheet, whose list is named instead."""


def written_out(contract: Contract) -> bool:
    """Whether the dated changes stand in the text one by one."""
    return 0 < len(contract.rates) <= MOST


def annual_rate(facts: ClaimFacts) -> str:
    """The agreed rate and its changes as one phrase in brackets, the per-cent sign with each number."""
    contract, changes = facts.contract, _changes(facts)
    return f"{percent_text(contract.annual_rate.value)}%" + (f"（{'，'.join(changes)}%）" if changes else "")


def annual_blank(facts: ClaimFacts) -> str:
    """The same for the form's blank, which prints the last per-cent sign itself."""
    agreed, changes = percent_text(facts.contract.annual_rate.value), _changes(facts)
    return f" {agreed}" + (f"%，{'，'.join(changes)}" if changes else "")


def penalty_rates(facts: ClaimFacts) -> str:
    """The penalty rate of the agreed rate and those that followed its changes."""
    return _penalty(facts) + "%"


def penalty_blank(facts: ClaimFacts) -> str:
    """The same for the form's blank, which prints the last per-cent sign itself."""
    return f" {_penalty(facts)}"


def penalty_term(facts: ClaimFacts) -> str:
    """What was agreed on overdue principal; empty where nothing was and nothing is claimed."""
    contract = facts.contract
    same = "同期" if contract.rates else ""
    if contract.penalty_uplift.value:
        return (
            f"逾期罚息利率在{same}借款利率基础上上浮{contract.penalty_uplift.value}%（即年利率{penalty_rates(facts)}）"
        )
    return f"逾期罚息按{same}借款利率计收，不上浮（即年利率{penalty_rates(facts)}）" if penalty_claimed(facts) else ""


def _changes(facts: ClaimFacts) -> list[str]:
    """The dated changes, the last without its per-cent sign; more than `MOST` are counted and the rate of the day is told."""
    contract = facts.contract
    if not contract.rates:
        return []
    if not written_out(contract):
        as_of, now = arabic_date(facts.account.as_of), percent_text(contract.rate_in_force.value)
        return [f"其后调整{len(contract.rates)}次", f"逐次利率及起算日见欠款明细“{RATES_TITLE}”", f"{as_of}为{now}"]
    told = [f"自{arabic_date(one.from_on)}起调整为{percent_text(one.rate.value)}" for one in contract.rates]
    return [*(f"{one}%" for one in told[:-1]), told[-1]]


def _penalty(facts: ClaimFacts) -> str:
    contract = facts.contract
    first = percent_text(raised(contract.annual_rate.value, contract.penalty_uplift.value))
    if not contract.rates:
        return first
    if not written_out(contract):
        return f"{first}%，随借款利率调整，{arabic_date(facts.account.as_of)}为{percent_text(penalty_rate(contract))}"
    later = [percent_text(raised(one.rate.value, contract.penalty_uplift.value)) for one in contract.rates]
    return f"{first}%，随借款利率依次调整为{'%、'.join(later)}"
