"""Builders for the tests of cases: a position that may be sued on, and a small portfolio in a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from legal_service import clock
from legal_service.access.operations import add_user, record
from legal_service.accounts.models import Contract
from legal_service.cases.position import Attempted, CasePosition, Contacted, LoanPosition, Milestone, Served
from legal_service.complaints.models import Complaint
from legal_service.contacts.models import ContactAttempt
from legal_service.database import LOCAL_OPERATOR, Transaction
from legal_service.installation import Installation
from legal_service.parties.models import Lender, Person

AS_OF = date(2026, 6, 30)
BORN = clock.midday(date(2026, 1, 1))


def a_loan(**changes: Any) -> LoanPosition:
    """120 days past due, 10,000.00 to claim, nothing unusual."""
    values: dict[str, Any] = {
        "loan_no": "L1", "days_past_due": 120, "oldest_due_on": date(2026, 3, 2), "tier": "severe", "claim_total": 1_000_000,
        "last_due_on": date(2026, 12, 2), "accelerated_on": None, "arbitration_clause": False, "notarised": False,
        "compensated_on": None, "compensated_by": "", "co_lender_shares": "", "has_guarantors": False,
    }  # fmt: skip
    return LoanPosition(**(values | changes))


def a_position(*loans: LoanPosition, **changes: Any) -> CasePosition:
    """A case in preparation against which no guard stands."""
    values: dict[str, Any] = {
        "case_no": "LC-2026-000001",
        "stage": "preparation",
        "since": date(2026, 6, 1),
        "as_of": AS_OF,
        "loans": loans or (a_loan(),),
        "contacts": (Contacted(date(2026, 4, 1), "call", "borrower", "connected"),),
        "settlements": (Attempted(date(2026, 5, 1), "refused", None, "L1"),),
        "served": (Served("demand_letter", "borrower", date(2026, 4, 20), True),),
        "open_complaints": (),
        "milestones": (
            Milestone("statement", "statement_of_account", AS_OF, "a@b.cn", "s1"),
            Milestone("revision", "statement_of_claim", AS_OF, "a@b.cn", "r1"),
            Milestone("approval", "statement_of_claim", AS_OF, "lawyer@b.cn", "r1"),
        ),
        "evidence_kinds": frozenset({"contract"}),
    }
    return CasePosition(**(values | changes))


# -- in a database


def a_lender(number: str = "N1") -> Lender:
    return Lender(
        lender_no=number, name="甲消费金融有限公司", uscc="91440101MA0000000X", address="某市某路1号", legal_representative="李四",
        post="董事长", lender_type="consumer_finance", source_row="lenders.csv:2",
    )  # fmt: skip


def a_person(number: str = "B1") -> Person:
    return Person(
        borrower_no=number, name="张三", id_type="id_card", id_number="11010519491231002X", id_number_index=number,
        name_index="n", phone_index="p", phone="19900000001", domicile="某市某路2号", source_row="borrowers.csv:2",
    )  # fmt: skip


def a_contract(number: str, person: Person, lender: Lender, due: date, **changes: Any) -> Contract:
    """One payment of 1,000.00 plus interest, due on a day, lent a year before."""
    values: dict[str, Any] = {
        "loan_no": number, "contract_no": f"借{number}", "person_id": person.id, "lender_id": lender.id, "product": "消费贷",
        "principal": 100_000, "disbursed_amount": 100_000, "annual_rate": 120_000, "penalty_uplift": 50, "compound": False,
        "day_count": 360, "method": "bullet", "term_months": 12, "disbursed_on": due.replace(year=due.year - 1),
        "first_due_on": due, "allocation": "costs,interest,principal", "source_row": "loans.csv:2",
    }  # fmt: skip
    return Contract(**(values | changes))


DUES = {
    "L1": date(2026, 2, 28),  # 122 days at AS_OF
    "L2": date(2026, 5, 15),  # 46
    "L3": date(2026, 6, 20),  # 10
    "L4": date(2026, 12, 1),  # not yet due
}
"""Loan → its only due day. L1 and L2 are the first borrower's, L3 the second's, L4 of another lender."""


def a_portfolio(installation: Installation) -> Installation:
    """Four loans of three borrowers and two lenders, and a lawyer."""
    with installation.transaction(LOCAL_OPERATOR) as tx:
        lenders = [a_lender("N1"), a_lender("N2")]
        people = [a_person("B1"), a_person("B2"), a_person("B3")]
        tx.session.add_all([*lenders, *people])
        tx.session.flush()
        owners = {"L1": (0, 0), "L2": (0, 0), "L3": (1, 0), "L4": (0, 1)}
        for loan_no, due in DUES.items():
            person, lender = owners[loan_no]
            tx.session.add(a_contract(loan_no, people[person], lenders[lender], due))
        record(tx, action="test.portfolio", subject="test")
        add_user(tx, email="lawyer@b.cn", role="lawyer", name="王律师")
        add_user(tx, email="auditor@b.cn", role="auditor", name="审计")
    return installation


def writing(installation: Installation, write: Callable[[Transaction], Any], by: str | None = None) -> Any:
    """Do one write in a transaction of its own."""
    with installation.transaction(installation.actor(by)) as tx:
        return write(tx)


def contract_id(tx: Transaction, loan_no: str) -> int:
    return tx.session.query(Contract).filter_by(loan_no=loan_no).one().id


def call(tx: Transaction, loan_no: str, on: date, party: str = "borrower", number: str = "C1") -> None:
    """A call on the contact log."""
    tx.session.add(
        ContactAttempt(
            contact_no=number, contract_id=contract_id(tx, loan_no), at=clock.midday(on), channel="call", direction="out",
            party=party, address="19900000001", outcome="connected", recorded_at=BORN, source_row="contacts.csv:2",
        )
    )  # fmt: skip
    record(tx, action="test.contact", subject="test")


def complain(tx: Transaction, loan_no: str, received: date, closed: date | None = None) -> None:
    """A complaint about a loan."""
    tx.session.add(
        Complaint(
            complaint_no="K1",
            contract_id=contract_id(tx, loan_no),
            received_on=received,
            closed_on=closed,
            source_row="x:2",
        )
    )
    record(tx, action="test.complaint", subject="test")
