"""The table a lawyer chooses from: every audience, every kind on an invented value, and what building would be refused for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from legal_service import clock, labels
from legal_service.access.models import User
from legal_service.access.operations import record
from legal_service.cases import operations as cases
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.exports import operations, queries
from legal_service.exports.offers import EXAMPLES, treatments
from legal_service.filings import operations as filings
from legal_service.filings.models import Revision
from legal_service.installation import Installation
from legal_service.redaction import files as redaction
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.policy import Operator
from tests.builders import TODAY, a_tape, add, imported
from tests.exports.a_sealed_package import LAWYER, at

OWN: dict[str, Any] = {"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}}


def a_case(installation: Installation, tape: Path) -> str:
    imported(installation, tape)
    with installation.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(User(email=LAWYER.email, name=LAWYER.name, role=LAWYER.role, created_at=tx.moment))
        record(tx, action="user.add", subject=f"user:{LAWYER.email}")
        return cases.open_case(tx, loan_nos=["HM0001"], on=TODAY)


def make(installation: Installation, case_no: str) -> None:
    with at(installation, LAWYER, clock.midday(TODAY)) as tx:
        filings.make(tx, store=installation.store, case_no=case_no, document="statement_of_claim", as_of=TODAY, own=OWN)


def blocked(installation: Installation, case_no: str) -> dict[str, list[str]]:
    """What stands against each audience; and building, asked in earnest, says the first of it."""
    with installation.reading() as session:
        offers = queries.audiences_offered(session, case_no, own=OWN)
    for one in offers:
        if one.blocked:
            settings = replace(installation.settings, plaintiff=OWN)
            with at(installation, LAWYER, clock.midday(TODAY)) as tx, pytest.raises(Refusal) as caught:
                operations.build_package(
                    tx, store=installation.store, settings=settings, case_no=case_no, package="statement_of_claim",
                    audience=one.audience, recipient="a@b.example", on=TODAY,
                )  # fmt: skip
            assert (caught.value.code, caught.value.reason) == (one.blocked[0].code, one.blocked[0].reason)
    return {one.audience.value: [no.code for no in one.blocked] for one in offers}


def every(*codes: str) -> dict[str, list[str]]:
    return {one.value: list(codes) for one in Audience}


def test_what_blocks_each_audience_is_what_building_refuses(installation: Installation, tmp_path: Path) -> None:
    tape = a_tape(tmp_path / "tape")
    case_no = a_case(installation, tape)
    assert blocked(installation, case_no) == every("no_filing")
    make(installation, case_no)
    assert blocked(installation, case_no) == every() | {"court": ["not_approved"]}
    with at(installation, LAWYER, clock.midday(TODAY)) as tx:
        filings.approve(tx, case_no=case_no, document="statement_of_claim")
    assert blocked(installation, case_no) == every()

    add(
        tape, "repayments", loan_no="HM0001", paid_on="2024-06-03", amount="100.00", reference="R9", channel="代扣",
        kind="payment",
    )  # fmt: skip
    imported(installation, tape)
    assert blocked(installation, case_no) == every("stale_filing")
    make(installation, case_no)  # the new one awaits approval: the old approval no longer counts
    assert blocked(installation, case_no) == every() | {"court": ["not_approved"]}
    with installation.reading() as session, pytest.raises(Refusal, match="unknown_case"):
        queries.audiences_offered(session, "LC-9", own=OWN)


def test_a_changed_template_blocks(installation: Installation) -> None:
    revision = Revision(document="statement_of_claim", template_version="000000000000", as_of=date(2026, 1, 1))
    with pytest.raises(Refusal, match="stale_filing"):
        queries.template_as_made(revision)


def test_every_kind_is_shown_for_every_audience_by_the_operator_of_its_policy() -> None:
    assert set(EXAMPLES) == set(Kind)
    for audience in Audience:
        policy = redaction.policy_for(audience)
        shown = {one.kind: one for one in treatments(policy)}
        assert list(shown) == list(EXAMPLES)
        for kind, one in shown.items():
            assert one.operator is policy.operator(kind)
            assert (one.becomes == one.example) is (one.operator is Operator.KEEP)
            assert one.operator is Operator.KEEP or one.example not in one.becomes
            assert one.label == labels.label("personal_kind", kind)


def test_the_standing_of_a_policy_and_what_it_needs_are_told(installation: Installation, tmp_path: Path) -> None:
    case_no = a_case(installation, a_tape(tmp_path / "tape"))
    with installation.reading() as session:
        offers = {one.audience: one for one in queries.audiences_offered(session, case_no, own=OWN)}
    assert {one.status for one in offers.values()} == {"awaiting_counsel"}  # as the policies themselves say
    assert offers[Audience.COURT].policy_version == "court/1"
    assert [audience for audience, one in offers.items() if one.needs_approval] == [Audience.COURT]
    assert [audience for audience, one in offers.items() if one.recipient_required] == [
        Audience.COURT,  # in clear
        Audience.ASSIGNEE,  # tokens of its own
    ]
    assert all(one.recipient_because.zh and one.basis for one in offers.values())
