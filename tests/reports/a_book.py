"""A small book of rows: four loans, contacts at the edges of the quarter, complaints, a case submitted, a package built."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.accounts.models import Contract, Posting
from legal_service.cases.models import Case, StageEntry
from legal_service.complaints.models import Complaint
from legal_service.contacts.models import ContactAttempt
from legal_service.exports.models import Export
from legal_service.filings.models import Approval, Revision
from legal_service.parties.models import Lender, Person
from legal_service.settlements.models import SettlementAttempt

NAME = "惠民消费金融有限公司"
BORROWER = "欧阳建国"
PHONE = "13900001111"
AT = clock.parse_moment("2026-10-02 09:00")


def day(text: str) -> date:
    return date.fromisoformat(text)


def write(session: Session) -> None:
    """Write the book into an empty database."""
    lender = Lender(
        lender_no="L1", name=NAME, uscc="91339901MA000HM11R", address="杭州市", legal_representative="王某", post="董事长",
        lender_type="consumer_finance", source_row="t:1",
    )  # fmt: skip
    person = Person(
        borrower_no="B1", name=BORROWER, id_type="id_card", id_number="330106199001011234", id_number_index="i",
        name_index="n", phone_index="p", birth_date=None, phone=PHONE, phone2=None, domicile="杭州市西湖区某路1号",
        residence=None, employer=None, email=None, wechat=None, bank_card=None, source_row="t:2",
    )  # fmt: skip
    session.add_all([lender, person])
    session.flush()
    loans = [
        contract(person, lender, "HM0001"),
        contract(person, lender, "HM0002", disbursed_on=day("2026-07-15"), first_due_on=day("2026-08-15")),
        contract(person, lender, "HM0003", disbursed_on=day("2026-10-01"), first_due_on=day("2026-11-01")),
        contract(person, lender, "HM0004", compensated_on=day("2026-09-30"), compensated_amount=300000),
    ]
    session.add_all(loans)
    session.flush()
    session.add_all(contacts(loans[0].id))
    session.add_all(complaints(loans[0].id))
    session.add_all(
        SettlementAttempt(
            contract_id=loans[0].id, attempted_on=day(on), channel="call", offer="分三期", outcome=outcome,
            recorded_by="a", recorded_at=AT,
        )
        for on, outcome in (("2026-06-30", "offered"), ("2026-07-01", "refused"), ("2026-10-01", "offered"))
    )  # fmt: skip
    a_submitted_case(session, person, lender)


def contract(person: Person, lender: Lender, loan_no: str, **changes: Any) -> Contract:
    """3,000.00 at 12 % in three months, equal principal, from 15 January 2026; 30.00, 20.00 and 10.00 of interest."""
    terms: dict[str, Any] = {
        "loan_no": loan_no, "contract_no": f"借字{loan_no}", "person_id": person.id, "lender_id": lender.id, "product": "消费贷",
        "principal": 300000, "disbursed_amount": 300000, "annual_rate": 120000, "penalty_uplift": 50, "compound": False,
        "day_count": 360, "method": "equal_principal", "term_months": 3, "disbursed_on": day("2026-01-15"),
        "first_due_on": day("2026-02-15"), "address_for_service": None, "allocation": "costs,interest,principal",
        "extra": None, "source_row": "t:3",
    }  # fmt: skip
    return Contract(**(terms | changes))


def paid(contract_id: int, on: str, fen: int, reference: str) -> Posting:
    return Posting(
        contract_id=contract_id, family="repayment", kind="payment", posted_on=day(on), amount=fen, reference=reference,
        recorded_at=AT, source_row="t:4",
    )  # fmt: skip


def contacts(contract_id: int) -> list[ContactAttempt]:
    lines = [
        ("C1", 1, "2026-06-30 23:59", "call", ""),
        ("C2", 1, "2026-07-01 00:00", "call", ""),
        ("C3", 1, "2026-09-30 23:59", "call", "Y"),
        ("C4", 1, "2026-10-01 00:00", "call", ""),
        ("C5", 1, "2026-08-01 10:00", "call", ""),
        ("C5", 2, "2026-08-01 10:00", "visit", ""),  # a correction: it was a visit
        ("C6", 1, "2026-08-02 10:00", "sms", ""),
        ("C6", 2, "2026-05-02 10:00", "sms", ""),  # a correction: it was before the period
    ]
    return [
        ContactAttempt(
            contact_no=number, revision=revision, contract_id=contract_id, at=clock.parse_moment(at), channel=channel,
            direction="out", party="borrower", address=PHONE, outcome="connected", consent=consent,
            content=f"与{BORROWER}通话", recorded_at=AT, source_row="t:5",
        )
        for number, revision, at, channel, consent in lines
    ]  # fmt: skip


def complaints(contract_id: int) -> list[Complaint]:
    lines = [
        ("T1", "2026-05-01", "2026-06-30"),
        ("T2", "2026-05-01", "2026-07-01"),
        ("T3", "2026-09-30", "2026-10-01"),
        ("T4", "2026-10-01", None),
    ]
    return [
        Complaint(
            complaint_no=number, contract_id=contract_id, received_on=day(received), content="投诉内容",
            closed_on=day(closed) if closed else None, source_row="t:6",
        )
        for number, received, closed in lines
    ]  # fmt: skip


def a_submitted_case(session: Session, person: Person, lender: Lender) -> None:
    """One case submitted on 20 September with its second statement of claim; one closed before the quarter."""
    case = a_case(
        session, person, lender, "LC-2026-000001", "2026-08-01", [("submitted", "2026-09-20"), ("closed", "2026-10-03")]
    )
    a_case(session, person, lender, "LC-2026-000002", "2026-05-01", [("closed", "2026-06-30")])
    for number, total, reduced, approved in (
        (1, 1000, 0, "2026-09-10"),
        (2, 250000, 1234, "2026-09-19"),
        (3, 9, 9, "2026-10-05"),
    ):
        revision = Revision(
            case_id=case.id, document="statement_of_claim", as_of=day("2026-09-10"), template_version="t",
            facts_sha256=str(number), files={}, figures=[], claim_total=total, made_by="a", made_at=AT,
            facts=json.dumps({"account": {"reduced": {"value": reduced}}}),
        )  # fmt: skip
        session.add(revision)
        session.flush()
        moment = clock.parse_moment(f"{approved} 15:00")
        for lawyer in ("one@lawyers", "two@lawyers"):
            session.add(
                Approval(revision_id=revision.id, approved_by=lawyer, approved_on=day(approved), approved_at=moment)
            )
    for at in ("2026-09-30 23:59", "2026-10-01 00:00"):
        session.add(
            Export(
                package_id="P", case_id=case.id, package="statement_of_claim", audience="court", dated=day("2026-09-30"),
                filename="p.zip", tagmanifest_sha256=at, sha256="s", size=1, policy_version="1", withheld=0, built_by="a",
                built_at=clock.parse_moment(at),
            )
        )  # fmt: skip


def a_case(
    session: Session, person: Person, lender: Lender, case_no: str, opened: str, moves: list[tuple[str, str]]
) -> Case:
    case = Case(
        case_no=case_no, person_id=person.id, lender_id=lender.id, stage=moves[-1][0], stage_since=day(moves[-1][1]),
        opened_on=day(opened), opened_by="a",
    )  # fmt: skip
    session.add(case)
    session.flush()
    for stage, on in moves:
        session.add(
            StageEntry(
                case_id=case.id, from_stage="preparation", to_stage=stage, entered_on=day(on), moved_by="a",
                moved_at=clock.parse_moment(f"{on} 16:00"), data="{}",
            )
        )  # fmt: skip
        session.flush()
    return case
