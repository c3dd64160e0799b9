"""The evidence of a case as it lies in the vault, and the facts that conditional exhibits depend on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from legal_service.accounts import queries as accounts
from legal_service.accounts.models import Contract
from legal_service.cases import queries as cases
from legal_service.errors import Words
from legal_service.evidence.checklist import Facts, Gap, gaps, needed
from legal_service.evidence.drawers import Drawers
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
