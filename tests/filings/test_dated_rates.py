"""A loan at 12 % whose rate was changed on dated days: the complaint names the agreed rate, every change and what now runs.

10 % from 20 January 2026, 20 % from 21 January, 8 % from 1 May; penalty half as much again: 18, 15, 30 and 12 %.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from legal_service import clock, config
from legal_service.cases import operations as cases
from legal_service.database import LOCAL_OPERATOR
from legal_service.documents import word
from legal_service.documents.plain import words_of_docx
from legal_service.filings import queries
from legal_service.filings.facts import claim_prose
from legal_service.filings.facts.claim_amounts import claimed
from legal_service.filings.facts.claim_facts import ClaimFacts, DatedRate, Stated
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.filings.facts.statement_of_claim import context, figures
from legal_service.filings.revisions.titles import title_of
from legal_service.installation import Installation
from tests.builders import TODAY, a_tape, imported, write_rows
from tests.filings import claim_builders as a

BODY = (Path(config.TEMPLATES) / "statement_of_claim" / "body.docx").read_bytes()
CHANGES = ((date(2026, 1, 20), 100_000), (date(2026, 1, 21), 200_000), (date(2026, 5, 1), 80_000))


def dated(*changes: tuple[date, int], uplift: int = 50, compound: bool = True) -> ClaimFacts:
    full = a.a_full_claim()
    rates = tuple(DatedRate(on, Stated(rate, (f"contract_rate:{on}",))) for on, rate in changes)
    contract = replace(
        full.contract,
        annual_rate=Stated(120_000, a.CONTRACT),
        penalty_uplift=Stated(uplift, a.CONTRACT),
        compound=compound,
        rates=rates,
    )
    return replace(full, contract=contract)


def printed(facts: ClaimFacts) -> str:
    return re.sub(r"\s", "", words_of_docx(word.render(BODY, context(facts))))


def test_what_was_agreed_and_each_change_stand_in_the_reasons() -> None:
    made = claim_prose.reasons(dated(*CHANGES))[0]
    assert "借款年利率12%（自2026年1月20日起调整为10%，自2026年1月21日起调整为20%，自2026年5月1日起调整为8%）" in made
    assert "逾期罚息利率在同期借款利率基础上上浮50%（即年利率18%，随借款利率依次调整为15%、30%、12%）" in made


def test_the_calculation_counts_with_the_rates_of_the_account() -> None:
    assert claim_prose.calculation(dated(*CHANGES)).startswith(
        "期内利息按合同约定的年利率12%（自2026年1月20日起调整为10%，自2026年1月21日起调整为20%，自2026年5月1日起调整为8%）逐期计算；"
        "罚息＝逾期本金×同期罚息年利率×逾期天数÷360；复利＝逾期未付的期内利息×同期罚息年利率×逾期天数÷360，罚息、复利不再计收复利；"
        "罚息年利率为18%，随借款利率依次调整为15%、30%、12%，自借款利率调整日的次日起适用；"
        "逾期天数自应还日的次日计至截止日（含当日）；逐段计算，四舍五入至分；"
    )


def test_only_what_runs_on_takes_the_rate_of_the_day() -> None:
    facts = dated(*CHANGES)
    assert "按年利率12%计算的罚息" in claim_prose.open_ended(facts, claimed(facts.account))
    assert claim_prose.open_ended(facts, claimed(facts.account)).endswith("各项息费合计以年利率24%为限")
    steep = dated((date(2026, 5, 1), 200_000))  # 30 % a year runs above the cap, whatever was agreed at first
    assert [one.code for one in readiness(steep) if one.code == "running_above_cap"]


def test_the_form_has_the_agreed_rate_first_and_its_changes_behind_it() -> None:
    text = printed(dated(*CHANGES))
    assert (
        "利率☑12%，自2026年1月20日起调整为10%，自2026年1月21日起调整为20%，自2026年5月1日起调整为8%/年（季/月）" in text
    )
    assert "罚息（违约金）☑18%，随借款利率依次调整为15%、30%、12%/年" in text


def test_many_changes_are_left_to_the_worksheet() -> None:
    days = [(date(2025, 10, 1) + timedelta(days=30 * number), 100_000 + 1_000 * number) for number in range(7)]
    facts = dated(*days)
    made = claim_prose.reasons(facts)[0]
    assert "借款年利率12%（其后调整7次，逐次利率及起算日见欠款明细“利率分段”，2026年6月30日为10.6%）" in made
    assert "上浮50%（即年利率18%，随借款利率调整，2026年6月30日为15.9%）" in made
    assert "年利率8%" not in made
    assert "2025年10月31日" not in printed(facts)
    traced(facts)


@pytest.mark.parametrize("uplift", [50, 0])
def test_every_rate_and_day_printed_is_a_figure_with_its_row(uplift: int) -> None:
    facts = dated(*CHANGES, uplift=uplift)
    traced(facts)
    (change,) = [one for one in figures(facts) if one.label == "调整后的借款年利率" and one.text == "20"]
    assert (change.sources, change.element) == (("contract_rate:2026-01-21",), "事实与理由5")
    for figure in figures(facts):
        assert title_of(figure.label).en != figure.label, figure.label


def traced(facts: ClaimFacts) -> None:
    text, known = printed(facts), {figure.text for figure in figures(facts)}
    assert set(re.findall(r"(\d+(?:\.\d+)?)%", text)) <= known
    assert all(figure.text in text for figure in figures(facts))
    elsewhere = {"1990年5月1日", "1985年11月20日", "2025年9月28日", "2026年6月10日", "2026年7月3日"}
    assert set(re.findall(r"\d{4}年\d+月\d+日", text)) <= known | elsewhere


def test_no_uplift_still_names_the_penalty_that_is_claimed() -> None:
    facts = dated(uplift=0, compound=False)
    assert "罚息1,404.00元" in "".join(claim_prose.claims(facts))
    assert "罚息＝逾期本金×年利率12%×逾期天数÷360" in claim_prose.calculation(facts)
    assert "逾期罚息按借款利率计收，不上浮（即年利率12%）" in claim_prose.reasons(facts)[0]
    text = printed(facts)
    assert "逾期上浮□　%/年" in text or "逾期上浮□%/年" in text
    assert "罚息（违约金）☑12%/年（合同条款：第九条）" in text
    assert "逾期罚息" in context(facts)["basis"]["contract"]
    traced(facts)


def test_penalty_neither_claimed_nor_running_on_is_not_ticked() -> None:
    facts = dated(compound=False)
    account = replace(facts.account, penalty=Stated(0, ()), claim_total=Stated(10_849_563, ()))
    facts = replace(facts, account=account, until_paid=False)
    assert "罚息" not in claim_prose.calculation(facts)
    assert "罚息（违约金）□" in printed(facts)


def test_the_facts_are_gathered_with_the_agreed_rate_and_the_changes_in_force(
    installation: Installation, tmp_path: Path
) -> None:
    tape = a_tape(tmp_path / "tape")
    later = TODAY + timedelta(days=1)
    changes = [("2024-03-01", "0.20"), ("2024-02-20", "0.10"), (later.isoformat(), "0.30")]
    rows = [{"loan_no": "HM0001", "from": on, "annual_rate": rate} for on, rate in changes]
    write_rows(tape / "rates.csv", rows)
    imported(installation, tape)
    moment = clock.midday(TODAY)
    with installation.database.transaction(
        actor=LOCAL_OPERATOR, institution_id=installation.institution_id, moment=moment
    ) as tx:
        case_no = cases.open_case(tx, loan_nos=["HM0001"], on=TODAY)
        contract = queries.claim_facts(tx.session, case_no, TODAY, {}).contract
    assert (contract.annual_rate.value, contract.annual_rate.sources) == (180_000, ("contract:HM0001",))
    assert [(one.from_on.isoformat(), one.rate.value) for one in contract.rates] == [
        ("2024-02-20", 100_000),
        ("2024-03-01", 200_000),
    ]
    assert all(one.rate.sources[0].startswith("contract_rate:") for one in contract.rates)
