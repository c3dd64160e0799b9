"""Gathering the facts of the filings from the rooms below."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.instalments import plan, rate_changes
from legal_service.accounts.models import Contract as ContractRow
from legal_service.accounts.statement import Statement
from legal_service.cases import queries as cases
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.evidence import queries as evidence
from legal_service.filings.facts.claim_account import account_of
from legal_service.filings.facts.claim_facts import (
    Breach,
    ClaimFacts,
    Contract,
    CostItem,
    DatedRate,
    Demand,
    EvidenceItem,
    Forum,
    Guarantee,
    MediationWishes,
    RepaymentMethod,
    Stated,
)
from legal_service.filings.facts.claim_people import Defendant
from legal_service.filings.facts.parties import defendant, guarantor, plaintiff
from legal_service.filings.models import Approval, Revision
from legal_service.parties import queries as parties

METHODS: dict[str, RepaymentMethod] = {
    "equal_instalment": "equal_instalment",
    "equal_principal": "equal_principal",
    "interest_only": "monthly",
    "bullet": "bullet",
}
MEANS = {
    "direct": "直接送交",
    "mail": "邮政特快专递",
    "electronic": "电子方式",
    "left": "留置送达",
    "announcement": "公告",
}


def only_contract(session: Session, case_no: str) -> ContractRow:
    """The one loan of a case; a claim on several contracts is refused (`several_contracts`)."""
    contracts = cases.contracts_of(session, cases.case_row(session, case_no).id)
    if len(contracts) != 1:
        raise Refusal(
            "several_contracts",
            Words(
                zh=f"本案有 {len(contracts)} 份借款合同；官方式样一份诉状列一份合同，请分案处理。",
                en=f"the case has {len(contracts)} contracts; the official form states one contract per claim: open one case for each.",
            ),
            "法〔2025〕82号 金融借款合同纠纷民事起诉状式样（secondary）",
        )
    return contracts[0]


def claim_facts(session: Session, case_no: str, as_of: date, own: Mapping[str, Any]) -> ClaimFacts:
    """All the facts of the statement of claim at the close of a date. `own` are the institution's settings as plaintiff."""
    row = only_contract(session, case_no)
    statement = cases.statement(session, row.loan_no, as_of)
    guarantors = accounts.guarantors(session, row.id)
    borrower = parties.borrower(session, row.person_id)
    defendants = (
        Defendant(defendant(borrower), "borrower"),
        *(Defendant(guarantor(one), "guarantor") for one in guarantors),
    )
    return ClaimFacts(
        plaintiff=plaintiff(parties.lender(session, row.lender_id), own),
        agents=(),
        defendants=defendants,
        contract=_contract(row, statement),
        account=account_of(statement),
        breach=_breach(session, case_no, row, as_of),
        guarantees=tuple(
            Guarantee(
                guarantor=one.name,
                liability=cast(Literal["joint", "general", "unclear"], one.liability),
                signed_on=None,
                content=f"为借款合同（编号：{row.contract_no}）项下全部债务提供保证",
                until=date.fromisoformat(one.guarantee_until) if one.guarantee_until else None,
                demanded_on=None,
                row=one.row,
            )
            for one in guarantors
        ),
        forum=_forum(row),
        evidence=tuple(_evidence(session, case_no)),
        mediation=_wishes(own),
        costs=tuple(
            CostItem(name="实现债权的费用", amount=Stated(charge.unpaid, (charge.row,)))
            for charge in statement.charges
            if charge.is_cost and charge.unpaid
        ),
        signed_on=as_of,
    )


def _contract(row: ContractRow, statement: Statement) -> Contract:
    facts, own_row = statement.facts, (f"contract:{row.loan_no}",)
    changes = [one for one in rate_changes(facts) if one.from_on <= statement.as_of]
    ends_on = plan(facts).periods[-1].due_on
    return Contract(
        name=f"{row.product}借款合同",
        number=row.contract_no,
        signed_on=None,
        signed_at="",
        agreed_amount=Stated(row.principal, own_row),
        disbursed_amount=Stated(row.disbursed_amount, own_row),
        disbursed_on=Stated(row.disbursed_on, own_row),
        starts_on=Stated(row.disbursed_on, own_row),
        ends_on=Stated(ends_on, own_row),
        annual_rate=Stated(facts.annual_rate, own_row),
        penalty_uplift=Stated(row.penalty_uplift, own_row),
        compound=row.compound,
        day_count=facts.day_count,
        method=METHODS[row.method],
        row=own_row[0],
        rates=tuple(DatedRate(one.from_on, Stated(one.annual_rate, (one.row,))) for one in changes),
    )


def _breach(session: Session, case_no: str, row: ContractRow, as_of: date) -> Breach:
    demands, notice = [], None
    for one in cases.service_rows(session, case_no):
        if one.party != "borrower" or one.effective_on is None or one.effective_on > as_of:
            continue
        stated = Stated(one.effective_on, (f"service_attempt:{one.id}",))
        if one.document == "acceleration_notice":
            notice = notice or stated
        else:
            demands.append(Demand(on=stated, means=MEANS[one.mode]))
    if row.accelerated_on is None or row.accelerated_on > as_of:
        return Breach(remedy="none", demands=tuple(demands))
    return Breach(
        remedy="acceleration",
        effective_on=Stated(row.accelerated_on, (f"contract:{row.loan_no}",)),
        notice_reached_on=notice,
        demands=tuple(demands),
    )


def _forum(row: ContractRow) -> Forum:
    return Forum(court=row.agreed_court, connection=row.agreed_court_connection, arbitration=row.arbitration_clause)


def _evidence(session: Session, case_no: str) -> list[EvidenceItem]:
    drawers = drawer.drawers()
    definition = drawers.packages["statement_of_claim"]
    held = evidence.originals_of_case(session, case_no)
    items: list[EvidenceItem] = []
    for place in definition.exhibits:
        kind = drawers.kinds[place.kind]
        sources = [item.source for item in held if item.kind == place.kind]
        if kind.generated:
            sources = [kind.source.zh]
        for source in sources:
            items.append(EvidenceItem(len(items) + 1, kind.title.zh, source or kind.source.zh, place.proves.zh))
    return items


def _wishes(own: Mapping[str, Any]) -> MediationWishes:
    told = own.get("mediation", {})
    known = bool(told.get("informed")) or None
    return MediationWishes(known, known, known, known, known, known, told.get("wanted", ""))


def newest_revision(session: Session, case_no: str, document: str) -> Revision | None:
    """The revision of a document made last."""
    position = cases.milestones_of(session, cases.case_row(session, case_no).id)
    made = [one.reference for one in position if (one.kind, one.subject) == ("revision", document)]
    return session.get(Revision, int(made[-1])) if made else None


def approvals_of(session: Session, revision_id: int) -> list[Approval]:
    """Who approved a revision."""
    return list(session.scalars(select(Approval).where(Approval.revision_id == revision_id).order_by(Approval.id)))


def canonical(facts: Mapping[str, Any]) -> str:
    """The facts of a document as canonical JSON: equal facts are equal texts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))


def facts_digest(facts: Mapping[str, Any]) -> str:
    """What a revision is recognised by."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
