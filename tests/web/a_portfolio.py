"""An instance with rows put straight into its tables: so many loans in each band, cases, deadlines, jobs and packages."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access.models import Institution
from legal_service.accounts.models import Contract, Grading
from legal_service.cases.models import Case, Deadline
from legal_service.exports.models import Export
from legal_service.installation import Installation
from legal_service.jobs.models import Job
from legal_service.parties.models import Lender, Person

SECRETS = (
    "张三丰",
    "430104199005010028",
    "19900000001",
    "湖南省长沙市岳麓区",
    "HM-SECRET-1",
    "LC-2026-000777",
    "lawyer@lender.example",
)
"""What no page may show: name, number, phone, address, loan, case, colleague."""

AS_OF = date(2026, 9, 30)


def put(installation: Installation, *rows: Any, institution_id: int | None = None) -> None:
    """Write rows as they are, for one institution."""
    with installation.database.aside(institution_id=institution_id or installation.institution_id) as session:
        session.add_all(rows)


def another_institution(installation: Installation) -> int:
    """A second lender on the same installation."""
    with installation.database.aside(institution_id=None) as session:
        other = Institution(code="other", name="别家机构", created_at=clock.now())
        session.add(other)
        session.flush()
        return other.id


def graded(installation: Installation, *, institution_id: int | None = None, **bands: int) -> None:
    """Loans graded on AS_OF: `graded(installation, none_正常=12)`; each owes 100.00, and 1,000.00 of principal."""
    key = institution_id or installation.institution_id
    with installation.database.aside(institution_id=key) as session:
        lender, person = parties(session, key)
        number = 0
        for band, count in bands.items():
            tier, floor = band.split("_")
            for _ in range(count):
                number += 1
                loan = contract(f"HM-SECRET-{number}", lender.id, person.id)
                session.add(loan)
                session.flush()
                session.add(a_grading(loan.id, tier, floor, AS_OF))


def a_grading(contract_id: int, tier: str, floor: str, as_of: date) -> Grading:
    """A grading: 100.00 due, 1,000.00 of principal."""
    return Grading(
        contract_id=contract_id, as_of=as_of, days_past_due=0, tier=tier, five_class_floor=floor, total=10_000,
        principal=100_000, action="none",
    )  # fmt: skip


def parties(session: Session, institution_id: int) -> tuple[Lender, Person]:
    """A lender and one borrower with every secret."""
    lender = Lender(
        lender_no=f"L{institution_id}", name="甲公司", uscc="91440101MA0000000X", address="甲路", legal_representative="乙", post="董事长",
        lender_type="bank", source_row="lenders.csv:2",
    )  # fmt: skip
    name, number, phone, place, *_ = SECRETS
    person = Person(
        borrower_no=f"B{institution_id}", name=name, id_type="id_card", id_number=number, id_number_index="i", name_index="n",
        phone_index="p", phone=phone, domicile=place, source_row="borrowers.csv:2",
    )  # fmt: skip
    session.add_all([lender, person])
    session.flush()
    return lender, person


def contract(loan_no: str, lender_id: int, person_id: int) -> Contract:
    """A loan of 1,000.00."""
    return Contract(
        loan_no=loan_no, contract_no=loan_no, person_id=person_id, lender_id=lender_id, product="消费贷", principal=100_000,
        disbursed_amount=100_000, annual_rate=120_000, penalty_uplift=50, compound=False, day_count=360, method="bullet",
        term_months=1, disbursed_on=date(2026, 1, 1), first_due_on=date(2026, 2, 1), allocation="costs,interest,principal",
        source_row="loans.csv:2",
    )  # fmt: skip


def a_case(installation: Installation, stage: str, *, last_days: tuple[date, ...] = (), number: int = 777) -> None:
    """A case in a stage, with open deadlines that end on these days."""
    key = installation.institution_id
    with installation.database.aside(institution_id=key) as session:
        lender, person = session.query(Lender).first(), session.query(Person).first()
        if lender is None or person is None:
            lender, person = parties(session, key)
        row = Case(
            case_no=f"LC-2026-{number:06d}", person_id=person.id, lender_id=lender.id, stage=stage, stage_since=AS_OF,
            opened_on=AS_OF, opened_by=SECRETS[-1],
        )  # fmt: skip
        session.add(row)
        session.flush()
        for position, day in enumerate(last_days):
            session.add(
                Deadline(
                    case_id=row.id,
                    rule="docketing",
                    subject=str(position),
                    basis="b",
                    trigger_on=AS_OF,
                    raw=day,
                    last_day=day,
                    internal=day - timedelta(days=3),
                    provisional=day.year > 2026,
                )
            )


def a_job(kind: str, status: str, *, at: datetime, outcome: dict[str, Any] | None = None, **columns: Any) -> Job:
    """A job whose arguments, words and requester are secrets."""
    return Job(
        kind=kind, key=f"{kind}-{at.isoformat()}", arguments=json.dumps({"cases": [SECRETS[5]]}), status=status,
        requested_by=SECRETS[-1], requested_at=at, ready_at=at, progress_text=SECRETS[0],
        outcome=json.dumps(outcome) if outcome else None, **columns,
    )  # fmt: skip


def a_package(installation: Installation, audience: str) -> None:
    """A package built for an audience, of the first case there is."""
    with installation.reading() as session:
        case = session.query(Case).first()
        assert case is not None
        key = case.id
    put(
        installation,
        Export(
            package_id=f"{SECRETS[5]}-{audience}",
            case_id=key,
            package="statement_of_claim",
            audience=audience,
            recipient=SECRETS[-1],
            dated=AS_OF,
            filename="x.zip",
            tagmanifest_sha256="0" * 64,
            sha256="0" * 64,
            size=1,
            policy_version="1",
            withheld=0,
            built_by=SECRETS[-1],
            built_at=clock.now(),
        ),
    )
