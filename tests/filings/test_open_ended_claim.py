"""What runs on until payment stays within 24 % a year: worded so where the contract's rate would pass it (law.md 3.1, awaiting counsel).

The account: 100,000.00 of principal, 3,250.00 of contract interest unpaid; the cap counts days over 365 on the principal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from legal_service.filings.facts import claim_prose
from legal_service.filings.facts.claim_amounts import claimed
from legal_service.filings.facts.claim_facts import ClaimFacts, Stated
from legal_service.filings.facts.claim_readiness import readiness
from tests.filings import claim_builders as a

WITHIN = "以年利率24%为限"
CAPPED = "以不超过年利率24%为限（以未偿还的借款本金为基数，一年按365天计算）"


def a_claim(annual_rate: int, *, compound: bool = False, uplift: int = 50, **changes: Any) -> ClaimFacts:
    full = a.a_full_claim()
    terms = {"annual_rate": Stated(annual_rate, ()), "penalty_uplift": Stated(uplift, ()), "compound": compound}
    return replace(full, contract=replace(full.contract, **(terms | changes)))


def running(facts: ClaimFacts) -> str:
    return claim_prose.open_ended(facts, claimed(facts.account))


@pytest.mark.parametrize(
    ("facts", "limit"),
    [
        (a_claim(120_000), WITHIN),  # 18 %
        (a_claim(156_000), WITHIN),  # 23.4 % on 360 days are 23.725 % on 365
        (a_claim(160_000, day_count=365), WITHIN),  # 24 % exactly
        (a_claim(160_000), CAPPED),  # 24 % on 360 days are 24.33 % on 365
        (a_claim(180_000), CAPPED),  # 27 %
        (a_claim(156_000, compound=True), CAPPED),  # 23.4 % on 103,250.00 are 24.16 % on 100,000.00
        (a_claim(240_000, uplift=0, day_count=365), WITHIN),
    ],
)
def test_the_limit_is_worded_by_what_one_yuan_of_principal_would_bear(facts: ClaimFacts, limit: str) -> None:
    assert running(facts).endswith(f"，且各项息费合计{limit}")


def test_the_wording_keeps_the_contractual_rate_and_the_open_end() -> None:
    assert running(a_claim(180_000)) == (
        "自2026年7月1日起至实际清偿之日止，按年利率27%计算的罚息（以未偿还的借款本金100,000.00元为基数），"
        f"且各项息费合计{CAPPED}"
    )
    assert running(replace(a_claim(180_000), until_paid=False)) == ""


def test_compound_does_not_run_on_where_no_principal_is_due() -> None:
    facts = a_claim(120_000, compound=True)
    account = replace(facts.account, principal=Stated(0, ()), claim_total=Stated(989_963, ()))
    assert running(replace(facts, account=account)) == ""


def test_the_lawyer_is_told_on_what_footing_the_limit_stands() -> None:
    (found,) = [one for one in readiness(a_claim(180_000)) if one.code == "running_above_cap"]
    assert (found.severity, found.basis) == ("doubt", "法发〔2017〕22号 第二条")
    assert "27%" in found.message.zh
    assert "待律师确认" in found.message.zh
    assert "awaiting counsel" in found.message.en
    for quiet in (a_claim(120_000), replace(a_claim(180_000), until_paid=False)):
        assert not [one for one in readiness(quiet) if one.code == "running_above_cap"]
