"""The evidence of a case as it lies in the vault, the facts that conditional exhibits depend on, and where rows came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract, Guarantee, InstalmentRow, Posting, RateRow
from legal_service.cases import queries as cases
from legal_service.cases.models import ServiceAttempt
from legal_service.contacts.models import ContactAttempt
from legal_service.errors import Refusal, Words
from legal_service.evidence.checklist import Facts, Gap, gaps, needed
from legal_service.evidence.drawers import Drawers
from legal_service.evidence.origins import RowOrigin, from_tape
from legal_service.parties.models import Lender, Person
from legal_service.vault import queries as vault
from legal_service.vault.facts import Item

ONLINE_KINDS = frozenset({"signature_certificate", "face_verification"})
"""Exhibits that exist only where the contract was signed online."""


def items_of_case(session: Session, case_no: str) -> list[Item]:
    """Every item in the vault about a case or one of its loans, in the order of deposit; generated ones included."""
    case = cases.case_row(session, case_no)
    found = [
        item
        for contract in cases.contracts_of(session, case.id)
        for item in vault.items_of(session, f"loan:{contract.loan_no}")
    ]
    return found + vault.items_of(session, f"case:{case_no}")


def originals_of_case(session: Session, case_no: str) -> list[Item]:
    """The items that came from outside: not those the house made."""
    return [item for item in items_of_case(session, case_no) if item.form != "generated"]


def original_of(session: Session, case_no: str, item_id: int) -> Item:
    """One original of a case or of its loans; refuses `unknown_item` for any other, in the same words."""
    found = next((item for item in originals_of_case(session, case_no) if item.id == item_id), None)
    if found is None:
        raise Refusal(
            "unknown_item",
            Words(zh=f"本案没有第 {item_id} 号证据材料。", en=f"the case has no item of evidence {item_id}."),
        )
    return found


def facts_of_case(session: Session, case_no: str, as_of: date) -> Facts:
    """What conditional exhibits depend on (`drawers.FACTS`), as established on a date."""
    position = cases.position_of(session, case_no, as_of)
    contracts = cases.contracts_of(session, cases.case_row(session, case_no).id)
    kinds = {item.kind for item in items_of_case(session, case_no)}
    return {
        "accelerated": any(loan.accelerated_on is not None for loan in position.loans),
        "costs_claimed": any(_claims_costs(session, contract, as_of) for contract in contracts),
        "disbursed_on": max(contract.disbursed_on for contract in contracts),
        "guaranteed": any(loan.has_guarantors for loan in position.loans),
        "mediated": "mediation_agreement" in kinds,
        "notified": "delivery_receipt" in kinds,
        "represented": "power_of_attorney" in kinds,
        "security_required": "security_letter" in kinds,
        "settled": any(one.outcome == "agreed" for one in position.settlements),
        "signed_online": bool(kinds & ONLINE_KINDS),
        "written_complaint": "complaint_letter" in kinds,
    }


def _claims_costs(session: Session, contract: Contract, as_of: date) -> bool:
    return accounts.statement(session, contract.loan_no, as_of).claim.costs > 0


def gaps_of_case(session: Session, case_no: str, package: str, as_of: date, drawers: Drawers) -> list[Gap]:
    """What a package of the case still lacks."""
    present = {item.kind for item in items_of_case(session, case_no)}
    return gaps(package, present, facts_of_case(session, case_no, as_of), drawers=drawers)


def filing_gaps(
    session: Session, case_no: str, package: str, as_of: date, drawers: Drawers, carried: Collection[str]
) -> list[Gap]:
    """The filings that a package needs and does not carry: told like a missing exhibit, never left out in silence."""
    definition, facts = drawers.packages[package], facts_of_case(session, case_no, as_of)
    return [
        Gap(
            exhibit=place.document,
            title=Words(zh=f"文书 {place.document}", en=f"filing {place.document}"),
            proves=definition.request,
            how_to_mend=Words(
                zh="本版本尚不能制作该文书；请另行制作并随证据包提交",
                en="this release does not make it; prepare it by hand and hand it in with the package",
            ),
            basis=definition.basis,
            status="awaiting_counsel",  # the drawer states no status for a package's own basis
        )
        for place in definition.filings
        if place.document not in carried and needed(place, facts)
    ]


def package_gaps(
    session: Session, case_no: str, package: str, as_of: date, drawers: Drawers, carried: Collection[str]
) -> list[Gap]:
    """Everything a package of the case lacks: exhibits first, then filings."""
    missing = gaps_of_case(session, case_no, package, as_of, drawers)
    return missing + filing_gaps(session, case_no, package, as_of, drawers, carried)


_TABLES: dict[str, Any] = {
    "posting": Posting,
    "instalment": InstalmentRow,
    "contract_rate": RateRow,
    "guarantee": Guarantee,
    "person": Person,
    "lender": Lender,
    "contact_attempt": ContactAttempt,
}
_AT_ONCE = 400


def origins(session: Session, rows: Iterable[str]) -> dict[str, str]:
    """Where rows came from: row id (`posting:12`, `contract:HM1`) → batch, file and line of the tape."""
    wanted = _by_table(rows)
    found: dict[str, str] = {}
    for table, keys in sorted(wanted.items()):
        if table == "contract":
            for loan_no, source in session.execute(
                select(Contract.loan_no, Contract.source_row).where(Contract.loan_no.in_(keys))
            ):
                found[f"contract:{loan_no}"] = source
        elif table in _TABLES:
            model = _TABLES[table]
            for part in _parts(keys):
                for key, source in session.execute(select(model.id, model.source_row).where(model.id.in_(part))):
                    found[f"{table}:{key}"] = source
    return found


def row_origins(session: Session, rows: Iterable[str]) -> dict[str, RowOrigin]:
    """Every row asked for with where it came from: the tape, the colleague who recorded it, or nowhere (computed, unknown)."""
    asked = list(dict.fromkeys(rows))
    found = {row: from_tape(row, source) for row, source in origins(session, asked).items()}
    for part in _parts(_by_table(asked)["service_attempt"]):
        for one in session.scalars(select(ServiceAttempt).where(ServiceAttempt.id.in_(part))):
            row = f"service_attempt:{one.id}"
            found[row] = RowOrigin(row, by=one.recorded_by, at=one.recorded_at)
    return {row: found.get(row, RowOrigin(row)) for row in asked}


def _by_table(rows: Iterable[str]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        table, _, key = row.partition(":")
        wanted[table].add(key)
    return wanted


def _parts(keys: Iterable[str]) -> list[list[int]]:
    numbers = sorted(int(key) for key in keys if key.isdigit())
    return [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
