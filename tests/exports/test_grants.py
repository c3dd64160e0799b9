"""A download is granted to the person a package was drawn for, until a day to come, and a court's copy to nobody unnamed."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service import clock
from legal_service.access.operations import record
from legal_service.cases.models import Case
from legal_service.database import LOCAL_OPERATOR, Transaction
from legal_service.errors import Refusal
from legal_service.exports.models import Export
from legal_service.exports.operations import create_grant
from legal_service.installation import Installation
from tests.cases.a_case import a_lender, a_person

ON = date(2026, 10, 20)


def a_package(tx: Transaction, audience: str, recipient: str) -> str:
    person, lender = a_person(), a_lender()
    tx.session.add_all([person, lender])
    tx.session.flush()
    case = Case(
        case_no="LC-1", person_id=person.id, lender_id=lender.id, stage="submitted", stage_since=ON, opened_on=ON,
        opened_by="a@b.cn", version=1,
    )  # fmt: skip
    tx.session.add(case)
    tx.session.flush()
    package_id = f"LC-1-statement_of_claim-{audience}-20261020"
    tx.session.add(
        Export(
            package_id=package_id, case_id=case.id, package="statement_of_claim", audience=audience, recipient=recipient,
            dated=ON, filename=f"{package_id}.zip", tagmanifest_sha256="0" * 64, sha256="0" * 64, size=1,
            policy_version=f"{audience}/1", withheld=0, built_by="a@b.cn", built_at=clock.midday(ON),
        )
    )  # fmt: skip
    tx.session.flush()
    record(tx, action="package.build", subject="case:LC-1")
    return package_id


@pytest.mark.parametrize(
    ("audience", "drawn_for", "to", "until", "code"),
    [
        ("external_counsel", "counsel@firm.example", "other@evil.example", date(2099, 1, 1), "wrong_recipient"),
        ("external_counsel", "counsel@firm.example", "counsel@firm.example", date(2020, 1, 1), "bad_date"),
        ("external_counsel", "counsel@firm.example", "../../x@evil", date(2099, 1, 1), "bad_email"),
        ("court", "", "anybody@evil.example", date(2099, 1, 1), "no_recipient"),
    ],
)
def test_others_get_nothing(installation: Installation, audience, drawn_for, to, until, code):
    with installation.transaction(LOCAL_OPERATOR) as tx:
        package_id = a_package(tx, audience, drawn_for)
        with pytest.raises(Refusal) as caught:
            create_grant(tx, package_id=package_id, recipient=to, until=until)
    assert caught.value.code == code


def test_the_person_it_was_drawn_for_gets_it_once(installation: Installation):
    with installation.transaction(LOCAL_OPERATOR) as tx:
        package_id = a_package(tx, "external_counsel", "counsel@firm.example")
        first = create_grant(tx, package_id=package_id, recipient=" Counsel@firm.example ", until=date(2099, 1, 1))
        again = create_grant(tx, package_id=package_id, recipient="counsel@firm.example", until=date(2099, 1, 1))
    assert first == again
