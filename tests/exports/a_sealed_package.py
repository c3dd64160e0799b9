"""A small package sealed and put away as building does it, and the people who come for it."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from sqlalchemy import func, select

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.access.operations import record
from legal_service.cases.models import Case
from legal_service.database import LOCAL_OPERATOR, Actor, Transaction
from legal_service.evidence import bag
from legal_service.exports.models import Download, Export, Grant
from legal_service.exports.operations import create_grant
from legal_service.installation import Installation
from legal_service.vault.store import BlobStore
from tests.cases.a_case import a_lender, a_person

ON = date(2026, 10, 20)
LAWYER = Actor("lin@lender.example", "林知远", "lawyer")
COUNSEL = Actor("counsel@firm.example", "甲律师", "counsel")
RIVAL = Actor("rival@other.example", "乙律师", "counsel")

FILES = {
    "data/binder.pdf": b"binder",
    "data/exhibits/01-借款合同.pdf": b"contract",
    "data/exhibits/02-放款凭证.pdf": b"receipt",
    "metadata/custody.jsonl": b"{}\n",
}


def a_zip(package_id: str, files: dict[str, bytes] = FILES, *, on: date = ON) -> tuple[bytes, str]:
    """A bag with a catalogue of its exhibits, zipped; and the digest of its tag manifest."""
    exhibits = [
        {"file": name, "number": int(name[14:16]), "name": name[17:-4], "kind": "contract"}
        for name in sorted(files)
        if name.startswith("data/exhibits/")
    ]
    catalogue = json.dumps({"pages": 7, "on": on.isoformat(), "exhibits": exhibits}).encode()
    plan = bag.prepare(
        {**files, "data/catalogue.json": catalogue}, [("Bagging-Date", on.isoformat())], root=package_id, on=on
    )
    return bag.packed(plan, timestamp=b"stamp " + package_id.encode()), hashlib.sha256(plan.tagmanifest).hexdigest()


def a_case(tx: Transaction, number: str = "LC-2026-000001") -> Case:
    """A case to which packages can belong."""
    found = tx.session.scalar(select(Case).where(Case.case_no == number))
    if found is not None:
        return found
    person, lender = a_person(number), a_lender(number)
    tx.session.add_all([person, lender])
    tx.session.flush()
    case = Case(
        case_no=number, person_id=person.id, lender_id=lender.id, stage="submitted", stage_since=ON, opened_on=ON,
        opened_by=LAWYER.email, version=1,
    )  # fmt: skip
    tx.session.add(case)
    tx.session.flush()
    return case


def sealed(
    tx: Transaction,
    store: BlobStore,
    *,
    case_no: str = "LC-2026-000001",
    audience: str = "external_counsel",
    recipient: str = COUNSEL.email,
    on: date = ON,
    files: dict[str, bytes] = FILES,
) -> Export:
    """A package in the store with its row."""
    package_id = f"{case_no}-statement_of_claim-{audience}-{on:%Y%m%d}"
    content, tagmanifest = a_zip(package_id, files, on=on)
    row = Export(
        package_id=package_id, case_id=a_case(tx, case_no).id, package="statement_of_claim", audience=audience,
        recipient=recipient, dated=on, filename=f"{package_id}.zip", tagmanifest_sha256=tagmanifest,
        sha256=store.put(content).sha256, size=len(content), policy_version=f"{audience}/1", withheld=0,
        built_by=LAWYER.email, built_at=clock.midday(on),
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(tx, action="package.build", subject=f"case:{case_no}", package=package_id)
    return row


def granted(
    installation: Installation, *, to: Actor = COUNSEL, until: date = date(2099, 1, 1), on: date = ON
) -> tuple[int, int]:
    """A package drawn for a person and granted to him on its day: (grant, export)."""
    with at(installation, LOCAL_OPERATOR, clock.midday(on)) as tx:
        row = sealed(tx, installation.store, recipient=to.email, on=on)
        return create_grant(tx, package_id=row.package_id, recipient=to.email, until=until), row.id


def at(installation: Installation, actor: Actor, moment: datetime, scope=None):  # type: ignore[no-untyped-def]
    """A transaction of a person at a moment."""
    return installation.database.transaction(
        actor=actor, institution_id=installation.institution_id, moment=moment, scope=scope
    )


def downloads(installation: Installation) -> list[Download]:
    """Every download on record."""
    with installation.reading() as session:
        return list(session.scalars(select(Download).order_by(Download.id)))


def entries(installation: Installation, action: str) -> int:
    """How many entries of the trail tell of this action."""
    with installation.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)) or 0


def the_grant(installation: Installation, grant_id: int) -> Grant:
    """The row of a grant."""
    with installation.reading() as session:
        return session.get_one(Grant, grant_id)
