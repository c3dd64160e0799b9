"""A case with papers in the vault, prepared once in a test session and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.access.operations import add_user
from legal_service.cases import operations as cases
from legal_service.cases.serving import ServedPaper
from legal_service.database import LOCAL_OPERATOR, Actor, Transaction
from legal_service.filings import operations as filings
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.builders import TODAY, a_pdf, a_tape, imported
from tests.conftest import settings_in

OWN: dict[str, Any] = {"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}}
CASE, OTHER = "LC-2026-000001", "LC-2026-000002"
AT = f"/cases/{CASE}"
LAWYER = Actor("lin@lender.example", "林知远", "lawyer")
SECRETS = ("张伟", "19900000001", "示例市示例区一号院1号楼101室")
"""What pages of the case show only masked."""


def opened(tmp_path: Path, fresh: Path) -> Iterator[Installation]:
    """A copy of the prepared instance for one test."""
    folder = tmp_path / "instance"
    shutil.copytree(_prepared(fresh), folder)
    installed = _at(folder)
    yield installed
    installed.database.dispose()


def _at(folder: Path) -> Installation:
    return Installation(replace(settings_in(folder), plaintiff=OWN)).opened()


@cache
def _prepared(fresh: Path) -> Path:
    """The small tape imported; a case on HM0001 with a demand served, and one on HM0003."""
    folder = fresh.parent / "papers" / "instance"
    shutil.copytree(fresh, folder)
    installed = _at(folder)
    imported(installed, a_tape(fresh.parent / "papers" / "tape"))
    with writing(installed) as tx:
        add_user(tx, email=LAWYER.email, role="lawyer", name=LAWYER.name)
        assert cases.open_case(tx, loan_nos=["HM0001"], on=TODAY) == CASE
        assert cases.open_case(tx, loan_nos=["HM0003"], on=TODAY) == OTHER
        proof = deposit(
            tx, store=installed.store, content=a_pdf("receipt"), filename="张伟-妥投证明.pdf", media_type="application/pdf",
            kind="delivery_receipt", subject="loan:HM0001", form="copy", obtained_on=TODAY, source="邮局",
        )  # fmt: skip
        paper = ServedPaper("demand_letter", "borrower", "mail", "某地", TODAY, "delivered", TODAY, proof.sha256)
        cases.record_service(tx, case_no=CASE, paper=paper)
    installed.database.dispose()
    return folder


def writing(
    installation: Installation, actor: Actor = LOCAL_OPERATOR, on: date = TODAY
) -> AbstractContextManager[Transaction]:
    """A transaction on the business date of the tape, or another."""
    return installation.database.transaction(
        actor=actor, institution_id=installation.institution_id, moment=clock.midday(on)
    )


def made(installation: Installation, document: str = "statement_of_claim", case_no: str = CASE) -> int:
    """A revision of a document, as of the business date."""
    with writing(installation, LAWYER) as tx:
        return filings.make(
            tx, store=installation.store, case_no=case_no, document=document, as_of=TODAY, own=OWN
        ).revision_id


def approved(installation: Installation) -> int:
    """A claim made and approved by the lawyer of the house."""
    number = made(installation)
    with writing(installation, LAWYER) as tx:
        filings.approve(tx, case_no=CASE, document="statement_of_claim")
    return number


def told(installation: Installation, action: str) -> list[AuditEntry]:
    """What the trail tells of an action."""
    with installation.reading() as session:
        found = list(session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq)))
        session.expunge_all()
        return found
