"""Cases for the tests of the statement of claim, with invented people and well-formed numbers of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from legal_service.filings.facts.claim_facts import (
    Account,
    Breach,
    ClaimFacts,
    Clauses,
    Contract,
    CostItem,
    Demand,
    EvidenceItem,
    Forum,
    Guarantee,
    MediationWishes,
    Preservation,
    Stated,
)
from legal_service.filings.facts.claim_people import Agent, Defendant, Organisation, Person

AS_OF = date(2026, 6, 30)
CONTRACT = ("loans.csv:2",)


def a_lender() -> Organisation:
    """The plaintiff: a consumer-finance company."""
    return Organisation(
        name="南河消费金融有限公司",
        domicile="广东省广州市天河区示例路1号",
        registered_at="广东省广州市天河区示例路1号",
        representative="陈立言",
        post="董事长",
        phone="020-00000000",
        uscc="91440101MA0000000X",
        kind="limited",
        ownership="state_participating",
        row="lenders.csv:2",
    )


def a_borrower(name: str = "张静怡") -> Person:
    """The borrower, with everything the form asks."""
    return Person(
        name=name,
        gender="female",
        ethnicity="汉族",
        birth_date="1990-05-01",
        employer="无",
        post="",
        phone="19900000001",
        domicile="湖南省长沙市岳麓区示例街2号",
        residence="广东省深圳市南山区示例里3号",
        id_type="id_card",
        id_number="430104199005010028",
        row="borrowers.csv:2",
    )


def a_guarantor(name: str = "李建国") -> Person:
    """The guarantor sued with the borrower."""
    return replace(
        a_borrower(name),
        gender="male",
        birth_date="1985-11-20",
        phone="19900000002",
        id_number="430104198511200031",
        row="guarantors.csv:2",
    )


def an_account() -> Account:
    """100,000.00 principal; 3,250.00 + 1,404.00 + 45.63 interest; 5,200.00 costs; 300.00 already left out over the cap."""
    ledger = ("posting:1", "posting:2")
    return Account(
        as_of=AS_OF,
        principal=Stated(10_000_000, ("instalment:3", "instalment:4")),
        principal_undue=Stated(0, ()),
        interest=Stated(325_000, ("instalment:3",)),
        penalty=Stated(140_400, (*CONTRACT, "instalment:3")),
        compound=Stated(4_563, CONTRACT),
        fees=Stated(0, ()),
        costs=Stated(520_000, ("charge:1", "charge:2")),
        claim_total=Stated(10_989_963, ("statement:HM0001@2026-06-30",)),
        reduced=Stated(30_000, ("charge:3",)),
        undisclosed_fees=Stated(0, ()),
        cap_rate=240_000,
        principal_paid=Stated(2_000_000, ledger),
        interest_paid=Stated(610_000, ledger),
        interest_paid_until=Stated(date(2026, 2, 28), ("posting:2",)),
        overdue_since=Stated(date(2026, 4, 1), ("instalment:3",)),
        days_past_due=Stated(91, ("instalment:3",)),
        row="statement:HM0001@2026-06-30",
    )


def a_contract() -> Contract:
    """An equal-instalment loan of 120,000.00 at 15.6 %, penalty half as much again, compound interest agreed."""
    return Contract(
        name="个人消费借款合同",
        number="HM-2025-0001",
        signed_on=date(2025, 9, 28),
        signed_at="广东省广州市",
        agreed_amount=Stated(12_000_000, CONTRACT),
        disbursed_amount=Stated(12_000_000, CONTRACT),
        disbursed_on=Stated(date(2025, 9, 30), CONTRACT),
        starts_on=Stated(date(2025, 9, 30), CONTRACT),
        ends_on=Stated(date(2027, 9, 30), CONTRACT),
        annual_rate=Stated(156_000, CONTRACT),
        penalty_uplift=Stated(50, CONTRACT),
        compound=True,
        day_count=360,
        method="equal_instalment",
        row="loans.csv:2",
        clauses=Clauses(rate="四", uplift="九", compound="九", penalty="九", acceleration="十一", costs="十三"),
    )


def a_full_claim() -> ClaimFacts:
    """Acceleration, a joint guarantor, an agreed court, preservation before suit, two agents, costs: every part in use."""
    return ClaimFacts(
        plaintiff=a_lender(),
        agents=(
            Agent(
                "周明", "示例律师事务所", "律师", "19900000011", "special", ("代为承认、放弃、变更诉讼请求", "进行和解")
            ),
            Agent("吴蔚", "南河消费金融有限公司", "法务", "19900000012", "general"),
        ),
        defendants=(Defendant(a_borrower(), "borrower"), Defendant(a_guarantor(), "guarantor")),
        contract=a_contract(),
        account=an_account(),
        breach=Breach(
            "acceleration",
            Stated(date(2026, 5, 15), CONTRACT),
            Stated(date(2026, 5, 17), ("contact:9",)),
            (
                Demand(Stated(date(2026, 4, 20), ("contact:4",)), "短信"),
                Demand(Stated(date(2026, 5, 6), ("contact:7",)), "邮政特快专递"),
            ),
        ),
        guarantees=(
            Guarantee(
                "李建国",
                "joint",
                date(2025, 9, 28),
                "对借款本金、利息、罚息、复利及实现债权的费用承担连带责任",
                date(2030, 9, 30),
                None,
                "guarantors.csv:2",
            ),
        ),
        forum=Forum("广州市天河区人民法院", "第十五条：由原告住所地人民法院管辖", "原告住所地", False),
        evidence=(
            EvidenceItem(1, "《个人消费借款合同》", "原告电子合同系统", "借款关系成立及约定"),
            EvidenceItem(2, "放款回单", "开户银行", "借款已实际发放"),
            EvidenceItem(3, "欠款明细", "原告核算系统", "欠款数额及计算"),
        ),
        mediation=MediationWishes(True, True, True, True, True, True, "yes"),
        preservation=Preservation("广州市天河区人民法院", date(2026, 6, 10), "（2026）粤0106财保123号"),
        costs=(
            CostItem("律师费", Stated(500_000, ("charge:1",))),
            CostItem("公证费", Stated(20_000, ("charge:2",))),
        ),
        signed_on=date(2026, 7, 3),
    )


def a_minimal_claim() -> ClaimFacts:
    """One borrower, one loan that has run out, no agent, no guarantee, no agreed court, no costs, nothing left out."""
    full = a_full_claim()
    account = replace(
        full.account,
        compound=Stated(0, ()),
        costs=Stated(0, ()),
        reduced=Stated(0, ()),
        claim_total=Stated(10_465_400, ("statement:HM0001@2026-06-30",)),
        interest_paid_until=None,
    )
    contract = replace(
        full.contract,
        compound=False,
        method="bullet",
        ends_on=Stated(date(2026, 3, 31), CONTRACT),
        signed_on=None,
        signed_at="",
        clauses=Clauses(),
    )
    return replace(
        full,
        agents=(),
        defendants=full.defendants[:1],
        contract=contract,
        account=account,
        breach=Breach("none"),
        guarantees=(),
        forum=Forum(),
        mediation=MediationWishes(),
        preservation=None,
        costs=(),
        signed_on=None,
    )
