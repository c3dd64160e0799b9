"""The statement of claim from its facts: what is ticked, what is claimed and in which words, and what may never be printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from legal_service import config
from legal_service.documents import word
from legal_service.documents.plain import words_of_docx
from legal_service.errors import Refusal
from legal_service.filings.facts import claim_basis, claim_prose
from legal_service.filings.facts.claim_facts import Breach, Charge, ClaimFacts, Forum, Guarantee, Stated
from legal_service.filings.facts.claim_people import Defendant
from legal_service.filings.facts.statement_of_claim import context
from tests.filings import claim_builders as a

HOME = Path(config.TEMPLATES) / "statement_of_claim"
BODY = (HOME / "body.docx").read_bytes()


def printed(facts: ClaimFacts) -> str:
    return re.sub(r"\s", "", words_of_docx(word.render(BODY, context(facts))))


def test_full_case_states_each_claim_with_its_amount_date_formula_and_cap() -> None:
    assert claim_prose.claims(a.a_full_claim()) == [
        "1. 确认《个人消费借款合同》（编号：HM-2025-0001）项下借款于2026年5月15日提前到期，判令被告张静怡向原告偿还借款本金100,000.00元；",
        "2. 判令被告张静怡向原告支付截至2026年6月30日的期内利息3,250.00元、罚息1,404.00元、复利45.63元，合计4,699.63元，"
        "并支付自2026年7月1日起至实际清偿之日止，按年利率23.4%计算的罚息（以未偿还的借款本金100,000.00元为基数）及复利"
        "（以未支付的期内利息3,250.00元为基数），且各项息费合计以不超过年利率24%为限（以未偿还的借款本金为基数，一年按365天计算）；",
        "3. 判令被告张静怡承担原告为实现债权支出的律师费5,000.00元、公证费200.00元，合计5,200.00元；",
        "4. 判令被告李建国对上述第1项至第3项债务承担连带清偿责任；",
        "5. 本案案件受理费、保全费等诉讼费用由各被告共同负担。",
    ]


def test_minimal_case_claims_no_more_than_its_facts_hold() -> None:
    assert claim_prose.claims(a.a_minimal_claim()) == [
        "1. 判令被告张静怡向原告偿还借款本金100,000.00元；",
        "2. 判令被告张静怡向原告支付截至2026年6月30日的期内利息3,250.00元、罚息1,404.00元，合计4,654.00元，"
        "并支付自2026年7月1日起至实际清偿之日止，按年利率23.4%计算的罚息（以未偿还的借款本金100,000.00元为基数），"
        "且各项息费合计以年利率24%为限；",
        "3. 本案案件受理费、保全费等诉讼费用由被告负担。",
    ]


def test_reasons_tell_the_case_in_order() -> None:
    reasons = claim_prose.reasons(a.a_full_claim())
    openings = [
        "2025年9月28日，原告与被告张静怡签订",
        "2025年9月28日，被告李建国为被告张静怡",
        "2025年9月30日，原告向被告张静怡实际发放借款120,000.00元",
        "被告张静怡未按约定足额偿还2026年3月31日到期的款项",
        "依据合同第十一条约定，原告于2026年5月15日宣布借款提前到期，通知已于2026年5月17日送达。",
        "截至2026年6月30日，被告张静怡尚欠原告借款本金100,000.00元",
        "综上，被告张静怡的行为已构成违约。",
    ]
    assert len(reasons) == len(openings)
    for paragraph, opening in zip(reasons, openings, strict=True):
        assert paragraph.startswith(opening)
    assert "自2026年4月1日起逾期，截至2026年6月30日已逾期91天" in reasons[3]
    assert "2026年4月20日以短信、2026年5月6日以邮政特快专递向其催告" in reasons[3]


def test_claim_total_is_that_of_the_statement_and_written_in_capitals() -> None:
    assert (
        context(a.a_full_claim())["amount"]["in_dispute"]
        == "109,899.63元（人民币大写：壹拾万玖仟捌佰玖拾玖元陆角叁分）"
    )


def test_one_fen_of_difference_from_the_statement_is_refused() -> None:
    facts = a.a_full_claim()
    wrong = replace(facts.account, penalty=Stated(facts.account.penalty.value + 1, ()))
    with pytest.raises(Refusal) as refused:
        context(replace(facts, account=wrong))
    assert refused.value.code == "amounts_disagree"
    assert "0.01" in refused.value.reason.zh


@pytest.mark.parametrize(
    ("remedy", "yes", "no", "acceleration", "termination"),
    [("none", "□", "☑", "□", "□"), ("acceleration", "☑", "□", "☑", "□"), ("termination", "☑", "□", "□", "☑")],
)
def test_acceleration_and_termination_are_never_ticked_together(
    remedy: Any, yes: str, no: str, acceleration: str, termination: str
) -> None:
    facts = replace(a.a_full_claim(), breach=Breach(remedy))
    ticks = context(facts)["remedy"]
    assert ticks == {"yes": yes, "no": no, "acceleration": acceleration, "termination": termination}
    assert f"是{yes}提前还款（加速到期）{acceleration}/解除合同{termination}否{no}" in printed(facts)


@pytest.mark.parametrize(
    ("method", "label"),
    [
        ("equal_instalment", "等额本息"),
        ("equal_principal", "等额本金"),
        ("bullet", "到期一次性还本付息"),
        ("monthly", "按月计息、到期一次性还本"),
        ("quarterly", "按季计息、到期一次性还本"),
        ("yearly", "按年计息、到期一次性还本"),
        ("other", "其他"),
    ],
)
def test_exactly_one_method_of_repayment_is_ticked(method: Any, label: str) -> None:
    facts = a.a_minimal_claim()
    text = printed(replace(facts, contract=replace(facts.contract, method=method)))
    block = text[text.index("7.还款方式") : text.index("8.还款情况")]
    assert block.count("☑") == 1
    assert f"{label}☑" in block


@pytest.mark.parametrize(
    ("liability", "general", "joint"), [("joint", "□", "☑"), ("general", "☑", "□"), ("unclear", "☑", "□")]
)
def test_an_unclear_guarantee_is_a_general_one(liability: Any, general: str, joint: str) -> None:
    facts = a.a_full_claim()
    facts = replace(facts, guarantees=(replace(facts.guarantees[0], liability=liability),))
    assert f"一般保证{general}连带责任保证{joint}" in printed(facts)
    claims = "".join(claim_prose.claims(facts))
    assert ("承担连带清偿责任" in claims) == (liability == "joint")
    assert ("强制执行后仍不能履行" in claims) == (liability != "joint")


def test_two_guarantors_are_each_claimed_from_by_name() -> None:
    facts = a.a_full_claim()
    second = replace(a.a_guarantor("王小满"), row="guarantors.csv:3")
    general = Guarantee("王小满", "general", None, "", None, None, "guarantors.csv:3")
    facts = replace(
        facts, defendants=(*facts.defendants, Defendant(second, "guarantor")), guarantees=(*facts.guarantees, general)
    )
    assert [claim for claim in claim_prose.claims(facts) if "李建国" in claim or "王小满" in claim] == [
        "4. 判令被告李建国对上述第1项至第3项债务承担连带清偿责任；",
        "5. 判令被告王小满在被告张静怡的财产依法强制执行后仍不能履行上述第1项至第3项债务时，对不能履行的部分承担保证责任；",
    ]
    assert printed(facts).count("被告（自然人）姓名：") == 3


def test_termination_is_declared_or_asked_for() -> None:
    facts = a.a_full_claim()
    asked = claim_prose.claims(replace(facts, breach=Breach("termination")))
    assert asked[0] == "1. 判令解除原告与被告张静怡签订的《个人消费借款合同》（编号：HM-2025-0001）；"
    assert "对上述第2项至第4项债务" in asked[4]
    ended = claim_prose.claims(replace(facts, breach=Breach("termination", Stated(date(2026, 5, 17), ("contact:9",)))))
    assert ended[0] == "1. 确认原告与被告张静怡签订的《个人消费借款合同》（编号：HM-2025-0001）已于2026年5月17日解除；"


def test_a_mortgage_is_claimed_as_priority_and_fills_its_elements() -> None:
    flat = Charge(
        "mortgage", "张静怡", "粤（2024）深圳市不动产权第0000001号房屋", date(2025, 9, 28), "formal", "charge:1"
    )
    facts = replace(a.a_full_claim(), charges=(flat,))
    assert "折价，或者以拍卖、变卖该财产所得的价款，在上述第1项至第3项债务范围内优先受偿" in "".join(
        claim_prose.claims(facts)
    )
    text = printed(facts)
    assert (
        "是☑签订时间：2025年9月28日否□11.担保人、担保物担保人：张静怡担保物：粤（2024）深圳市不动产权第0000001号房屋"
        in text
    )
    assert "是☑正式登记☑预告登记□否□" in text


def test_what_does_not_apply_stays_on_the_form_unticked() -> None:
    text = printed(a.a_minimal_claim())
    for answer in (
        "委托诉讼代理人有□姓名：单位：职务：联系电话：代理权限：一般授权□特别授权□无☑",
        "4.是否主张担保权利是□内容：否☑", "5.是否主张实现债权的费用是□明细：否☑", "7.其他请求无",
        "1.有无仲裁、法院管辖约定有□合同条款及内容：无☑", "2.是否已经诉前保全是□保全法院：保全时间：保全案号：否☑",
        "4.借款期限是否到期：是☑否□", "复利□（合同条款：第条）", "还息至年月日", "14.是否签订保证合同/保函是□签订时间：保证人：主要内容：否☑",
        "15.保证方式一般保证□连带责任保证□", "18.其他需要说明的内容（可另附页）无", "是否考虑先行调解是□否□暂不确定，想要了解更多内容□",
    ):  # fmt: skip
        assert answer in text


def test_arbitration_or_an_agreed_court_ticks_the_forum() -> None:
    facts = a.a_minimal_claim()
    assert context(replace(facts, forum=Forum("甲法院")))["forum"] == {
        "yes": "☑",
        "no": "□",
        "clause": "约定由甲法院管辖",
    }
    assert context(replace(facts, forum=Forum(arbitration=True, clause="第二十条")))["forum"]["clause"] == "第二十条"


def test_articles_are_cited_only_when_their_fact_holds() -> None:
    full, minimal = claim_basis.law(a.a_full_claim()), claim_basis.law(a.a_minimal_claim())
    assert minimal == (
        "《中华人民共和国民法典》第五百零九条、第五百六十一条、第五百七十七条、第五百七十九条、第五百八十五条、第六百六十七条、"
        "第六百七十四条、第六百七十五条、第六百七十六条、第六百八十条第一款；《中华人民共和国民事诉讼法》第二十四条、第一百二十二条"
    )
    for article in (
        "第五百六十二条第二款",
        "第五百六十五条",
        "第六百八十八条",
        "第六百九十一条",
        "第六百九十二条",
        "第三十五条",
    ):
        assert article in full
        assert article not in minimal


def test_less_paid_out_than_agreed_makes_the_payout_the_principal() -> None:
    facts = a.a_minimal_claim()
    facts = replace(facts, contract=replace(facts.contract, disbursed_amount=Stated(11_500_000, a.CONTRACT)))
    assert "以实际发放的金额为借款本金" in "".join(claim_prose.reasons(facts))
    assert "第六百七十条" in claim_basis.law(facts)
