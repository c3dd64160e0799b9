"""An invented case for previews: every name begins with 样例, every number is one that nobody can have.

Dates hang on the day asked for, so that the sample is always a loan a little over a year old and some months overdue,
under the law of that day. The same day gives the same case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from legal_service import clock
from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.rules import Rules
from legal_service.accounts.sheet import SheetNames
from legal_service.accounts.statement import Statement, compute
from legal_service.contacts.log import Contact
from legal_service.filings.facts.claim_account import account_of
from legal_service.filings.facts.claim_facts import (
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
    Stated,
)
from legal_service.filings.facts.claim_people import Agent, Defendant, Organisation, Person
from legal_service.filings.rendering import LogFacts, log_facts

CASE_NO = "样例-0001"
LENDER = "样例消费金融有限公司"
BORROWER = "样例·张三"
GUARANTOR = "样例·李四"
COURT = "样例市样例区人民法院"
LAW_FIRM_COST = 500_000
_LOAN_ROW = ("contract:样例0001",)


@dataclass(frozen=True, slots=True)
class SampleCase:
    """One invented case as each of its documents needs it."""

    on: date
    statement: Statement
    names: SheetNames
    claim: ClaimFacts
    log: LogFacts


def sample_case(on: date, rules: Rules) -> SampleCase:
    """The case as of a day. Amounts in fen; the statement is computed as any other."""
    statement = compute(_loan(on), on, rules)
    return SampleCase(
        on=on,
        statement=statement,
        names=SheetNames(lender=LENDER, borrower=BORROWER, prepared_by="样例"),
        claim=_claim(statement),
        log=log_facts(
            case_no=CASE_NO,
            loans=[statement.facts.loan_no],
            lender=LENDER,
            borrower=BORROWER,
            as_of=on,
            contacts=_contacts(on),
        ),
    )


def months_before(on: date, months: int) -> date:
    """The first day of a month so many months back.

    >>> months_before(date(2026, 3, 31), 14)
    datetime.date(2025, 1, 1)
    """
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _loan(on: date) -> LoanFacts:
    """120,000.00 over 24 months at 15.6 %: five instalments paid, one in part, the rest not; lawyer's fees of 5,000.00."""
    payments = [(months_before(on, 13 - number), 586_000) for number in range(5)] + [(months_before(on, 7), 100_000)]
    ledger = [
        PostingFact(day, "payment", amount, f"样例还款{position}", f"posting:样例{position}", position)
        for position, (day, amount) in enumerate(payments, start=1)
    ]
    fee = PostingFact(
        months_before(on, 1), "charge", LAW_FIRM_COST, "样例律师费", "posting:样例7", 7, component="legal_cost"
    )
    return LoanFacts(
        loan_no="样例0001",
        contract_no="样例借字第1号",
        principal=12_000_000,
        disbursed_amount=12_000_000,
        annual_rate=156_000,
        penalty_uplift=50,
        compound=True,
        day_count=360,
        method="equal_instalment",
        term_months=24,
        disbursed_on=months_before(on, 14),
        first_due_on=months_before(on, 13),
        row=_LOAN_ROW[0],
        signed_cost_table=True,
        postings=(*ledger, fee),
    )


def _contacts(on: date) -> list[Contact]:
    def at(day: date) -> datetime:
        return clock.midday(day)

    def contact(number: int, day: date, channel: str, party: str, outcome: str, content: str) -> Contact:
        return Contact(
            contact_no=f"样例联系{number}",
            at=at(day),
            channel=channel,
            direction="out",
            party=party,
            address="00000000000",
            outcome=outcome,
            agency="",
            agent="",
            content=content,
            row=f"contact_attempt:样例{number}",
        )

    return [
        contact(1, months_before(on, 5), "sms", "borrower", "delivered", "提示已逾期"),
        contact(2, months_before(on, 4), "call", "borrower", "promised", "借款人称下月还款"),
        contact(3, months_before(on, 3), "call", "third_party", "connected", "不列入本表的联系"),
        contact(4, months_before(on, 2), "letter", "guarantor", "delivered", "要求保证人承担责任"),
    ]


def _person(name: str, row: str) -> Person:
    return Person(
        name=name,
        gender="female",
        ethnicity="汉族",
        birth_date="1990-01-01",
        employer="样例单位",
        post="",
        phone="00000000000",
        domicile="样例省样例市样例路1号",
        residence="样例省样例市样例路2号",
        id_type="居民身份证",
        id_number="000000199001010000",
        row=row,
    )


def _lender() -> Organisation:
    return Organisation(
        name=LENDER,
        domicile="样例省样例市样例大道1号",
        registered_at="样例省样例市样例大道1号",
        representative="样例·王五",
        post="董事长",
        phone="000-00000000",
        uscc="00000000000000000X",
        kind="limited",
        ownership="private",
        row="lender:样例",
    )


def _contract(statement: Statement) -> Contract:
    facts = statement.facts
    return Contract(
        name="样例个人消费借款合同",
        number=facts.contract_no,
        signed_on=facts.disbursed_on - timedelta(days=2),
        signed_at="样例省样例市",
        agreed_amount=Stated(facts.principal, _LOAN_ROW),
        disbursed_amount=Stated(facts.disbursed_amount, _LOAN_ROW),
        disbursed_on=Stated(facts.disbursed_on, _LOAN_ROW),
        starts_on=Stated(facts.disbursed_on, _LOAN_ROW),
        ends_on=Stated(statement.lines[-1].period.due_on, _LOAN_ROW),
        annual_rate=Stated(facts.annual_rate, _LOAN_ROW),
        penalty_uplift=Stated(facts.penalty_uplift, _LOAN_ROW),
        compound=facts.compound,
        day_count=facts.day_count,
        method="equal_instalment",
        row=facts.row,
        clauses=Clauses(rate="四", uplift="九", compound="九", penalty="九", acceleration="十一", costs="十三"),
    )


def _claim(statement: Statement) -> ClaimFacts:
    guarantor = replace(_person(GUARANTOR, "guarantee:样例"), gender="male")
    return ClaimFacts(
        plaintiff=_lender(),
        agents=(Agent("样例·赵六", "样例律师事务所", "律师", "00000000000", "special", ("进行和解",)),),
        defendants=(Defendant(_person(BORROWER, "person:样例"), "borrower"), Defendant(guarantor, "guarantor")),
        contract=_contract(statement),
        account=account_of(statement),
        breach=Breach(
            "none",
            demands=(Demand(Stated(months_before(statement.as_of, 2), ("service_attempt:样例",)), "邮政特快专递"),),
        ),
        guarantees=(
            Guarantee(
                guarantor=GUARANTOR,
                liability="joint",
                signed_on=statement.facts.disbursed_on - timedelta(days=2),
                content="对全部债务承担连带责任",
                until=None,
                demanded_on=months_before(statement.as_of, 2),
                row=guarantor.row,
            ),
        ),
        forum=Forum(COURT, "第十五条：由原告住所地人民法院管辖", "原告住所地"),
        evidence=(
            EvidenceItem(1, "借款合同", "样例电子合同系统", "借款关系成立及约定"),
            EvidenceItem(2, "放款凭证", "样例银行", "借款已实际发放"),
            EvidenceItem(3, "欠款明细", "样例核算系统", "欠款数额及计算"),
        ),
        mediation=MediationWishes(True, True, True, True, True, True, "yes"),
        costs=(CostItem("律师费", Stated(LAW_FIRM_COST, ("posting:样例7",))),),
        signed_on=statement.as_of,
    )
