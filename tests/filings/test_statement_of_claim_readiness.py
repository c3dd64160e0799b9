"""Readiness: take away one thing the law or the form asks, and exactly that is named, with its article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from legal_service.filings.facts.claim_facts import Breach, Charge, ClaimFacts, Forum, Stated
from legal_service.filings.facts.statement_of_claim import readiness
from tests.filings import claim_builders as a

CONTENT = "民事诉讼法(2023修正) 第一百二十四条"


def a_ready_claim() -> ClaimFacts:
    """Nothing is missing and nothing doubtful; at 12 % what runs on stays below the cap, penalty and compound together."""
    full = a.a_full_claim()
    contract = replace(full.contract, annual_rate=Stated(120_000, full.contract.annual_rate.sources))
    return replace(full, agents=full.agents[:1], contract=contract)


def only(facts: ClaimFacts) -> tuple[str, str, str, str]:
    """The one finding, as (code, severity, where, basis)."""
    (found,) = readiness(facts)
    assert found.message.zh.endswith("。")
    assert found.message.en
    return found.code, found.severity, found.where, found.basis


def test_a_complete_claim_has_no_findings() -> None:
    assert readiness(a_ready_claim()) == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("name", "error"), ("domicile", "error"), ("representative", "error"), ("post", "error"), ("phone", "error"),
        ("uscc", "doubt"), ("registered_at", "doubt"), ("kind", "doubt"), ("ownership", "doubt"),
    ],
)  # fmt: skip
def test_each_element_of_the_plaintiff(name: str, severity: str) -> None:
    facts = a_ready_claim()
    blank: dict[str, Any] = {name: ""}
    code, found_severity, where, basis = only(replace(facts, plaintiff=replace(facts.plaintiff, **blank)))
    assert (code, found_severity, where) == ("element_missing", severity, f"plaintiff.{name}")
    assert (basis == CONTENT) == (severity == "error")


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    ("name", "severity", "basis"),
    [
        ("gender", "error", CONTENT),
        ("domicile", "error", CONTENT),
        ("id_number", "error", "民诉法解释(2022修正) 第二百零九条"),
        ("employer", "doubt", CONTENT),
        ("phone", "doubt", CONTENT),
        ("birth_date", "doubt", None),
        ("ethnicity", "doubt", None),
        ("id_type", "doubt", None),
    ],
)
def test_each_element_of_each_defendant(number: int, name: str, severity: str, basis: str | None) -> None:
    facts = a_ready_claim()
    blank: dict[str, Any] = {name: ""}
    defendants = list(facts.defendants)
    defendants[number] = replace(defendants[number], person=replace(defendants[number].person, **blank))
    code, found_severity, where, found_basis = only(replace(facts, defendants=tuple(defendants)))
    assert (code, found_severity, where) == ("element_missing", severity, f"defendants[{number}].{name}")
    assert basis is None or found_basis == basis


def test_everything_missing_is_named_at_once() -> None:
    facts = a_ready_claim()
    facts = replace(facts, plaintiff=replace(facts.plaintiff, representative="", post=""), evidence=(), signed_on=None)
    assert [found.where for found in readiness(facts)] == [
        "plaintiff.representative",
        "plaintiff.post",
        "evidence",
        "signed_on",
    ]


def test_a_claim_without_borrower_is_named_before_anything_is_rendered() -> None:
    facts = a_ready_claim()
    guarantor_only = replace(facts, defendants=facts.defendants[1:])
    assert only(guarantor_only) == ("borrower_not_one", "error", "defendants", "民事诉讼法(2023修正) 第一百二十二条")


def test_amounts_that_disagree_or_claim_nothing() -> None:
    facts = a_ready_claim()
    wrong = replace(facts.account, claim_total=Stated(1, ()))
    assert only(replace(facts, account=wrong))[:3] == ("amounts_disagree", "error", "account.claim_total")
    nothing = Stated(0, ())
    empty = replace(
        facts.account,
        principal=nothing,
        interest=nothing,
        penalty=nothing,
        compound=nothing,
        costs=nothing,
        claim_total=nothing,
    )
    assert only(replace(facts, account=empty, costs=()))[0] == "nothing_claimed"


def test_costs_must_be_those_of_the_statement() -> None:
    facts = a_ready_claim()
    assert only(replace(facts, costs=facts.costs[:1]))[:3] == ("costs_disagree", "error", "costs")


def test_a_remedy_needs_statement_day_notice_and_clause() -> None:
    facts = a_ready_claim()
    undue = replace(facts.account, principal_undue=Stated(100, ()))
    assert only(replace(facts, account=undue))[:2] == ("remedy_without_statement", "error")
    assert only(replace(facts, breach=replace(facts.breach, effective_on=None)))[:3] == (
        "element_missing", "error", "breach.effective_on",
    )  # fmt: skip
    assert only(replace(facts, breach=replace(facts.breach, notice_reached_on=None)))[:2] == (
        "notice_not_proved",
        "doubt",
    )
    clauses = replace(facts.contract.clauses, acceleration="")
    assert only(replace(facts, contract=replace(facts.contract, clauses=clauses)))[2] == "contract.clauses.acceleration"
    assert readiness(replace(facts, breach=Breach("none"))) == []


def test_guarantees_and_the_people_sued_must_match() -> None:
    facts = a_ready_claim()
    assert only(replace(facts, guarantees=()))[:2] == ("guarantor_without_guarantee", "error")
    assert only(replace(facts, defendants=facts.defendants[:1]))[:2] == ("guarantor_not_sued", "doubt")


def test_the_guarantee_period_is_watched() -> None:
    facts = a_ready_claim()
    (guarantee,) = facts.guarantees
    assert only(replace(facts, guarantees=(replace(guarantee, until=None),)))[:2] == (
        "guarantee_period_unknown",
        "doubt",
    )
    over = replace(guarantee, until=date(2026, 6, 29))
    assert only(replace(facts, guarantees=(over,)))[:2] == ("guarantee_period_over", "doubt")
    assert readiness(replace(facts, guarantees=(replace(over, until=a.AS_OF),))) == []
    assert readiness(replace(facts, guarantees=(replace(over, demanded_on=date(2026, 6, 1)),))) == []


def test_arbitration_forbids_the_suit_and_an_unconnected_court_is_doubtful() -> None:
    facts = a_ready_claim()
    assert only(replace(facts, forum=Forum(arbitration=True)))[:2] == ("arbitration_agreed", "error")
    unconnected = only(replace(facts, forum=replace(facts.forum, connection="")))
    assert unconnected == ("court_without_connection", "doubt", "forum.connection", "民事诉讼法(2023修正) 第三十五条")


def test_agents_two_at_most_and_special_powers_one_by_one() -> None:
    facts = a_ready_claim()
    (agent,) = facts.agents
    assert only(replace(facts, agents=(agent,) * 3))[0] == "too_many_agents"
    assert only(replace(facts, agents=(replace(agent, items=()),)))[:2] == ("authority_not_itemised", "error")
    assert only(replace(facts, agents=(replace(agent, authority="general"),)))[:2] == ("authority_too_narrow", "doubt")


def test_contract_and_evidence() -> None:
    facts = a_ready_claim()
    contract, evidence = facts.contract, facts.evidence
    assert only(replace(facts, contract=replace(contract, number="")))[:3] == ("element_missing", "error", "contract")
    assert only(replace(facts, contract=replace(contract, signed_on=None)))[1:3] == ("doubt", "contract.signed_on")
    assert only(replace(facts, contract=replace(contract, signed_on=date(2020, 12, 31))))[0] == "before_civil_code"
    assert readiness(replace(facts, contract=replace(contract, signed_on=date(2021, 1, 1)))) == []
    unnumbered = replace(contract, clauses=replace(contract.clauses, compound=""))
    assert only(replace(facts, contract=unnumbered))[2] == "contract.clauses"
    assert readiness(replace(facts, contract=replace(unnumbered, compound=False))) == []
    assert only(replace(facts, evidence=(replace(evidence[0], source=""),)))[:3] == (
        "element_missing",
        "error",
        "evidence[1].source",
    )


def test_wishes_preservation_and_real_security() -> None:
    facts = a_ready_claim()
    assert only(replace(facts, mediation=replace(facts.mediation, speed=None)))[:3] == (
        "element_missing",
        "doubt",
        "mediation",
    )
    assert facts.preservation is not None
    assert only(replace(facts, preservation=replace(facts.preservation, on=None)))[2] == "preservation"
    charge = Charge("pledge", "张静怡", "存单", None, "none", "charge:1")
    assert only(replace(facts, charges=(charge,)))[:2] == ("security_basis_awaits_counsel", "doubt")
