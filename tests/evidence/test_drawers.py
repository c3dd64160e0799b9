"""The lawyers' drawer: every kind and package of the contract is there, and a mistake in it is named by place."""

from copy import deepcopy
from typing import Any

import pytest

from legal_service import config, definitions
from legal_service.evidence import files
from legal_service.evidence.drawers import GROUPS, read

KINDS = [
    "contract",
    "disbursement_receipt",
    "id_card",
    "authorisation",
    "cost_table",
    "form_terms_notice",
    "face_verification",
    "signature_certificate",
    "recording",
    "demand_letter",
    "acceleration_notice",
    "delivery_receipt",
    "guarantee_contract",
    "licence",
    "power_of_attorney",
    "settlement_agreement",
    "judgment",
    "effectiveness_certificate",
    "other",
    "statement_of_account",
    "contact_log",
]
PACKAGES = [
    "statement_of_claim",
    "payment_order",
    "preservation",
    "mediation",
    "enforcement",
    "complaint_reply",
    "assignment",
]


@pytest.fixture(scope="module")
def drawer() -> dict[str, Any]:
    return {
        "exhibits": definitions.load_all(config.EVIDENCE / "exhibits"),
        "packages": definitions.load_all(config.EVIDENCE / "packages"),
    }


def test_nothing_in_the_drawer_is_wrong() -> None:
    assert files.load_drawers().findings == ()


def test_every_kind_and_package_of_the_contract_is_defined() -> None:
    drawers = files.drawers()
    assert set(KINDS) <= set(drawers.kinds)
    assert set(PACKAGES) == set(drawers.packages)


def test_the_statement_of_account_stands_in_every_package_and_is_made_by_the_house() -> None:
    drawers = files.drawers()
    assert [name for name, kind in drawers.kinds.items() if kind.generated] == ["contact_log", "statement_of_account"]
    assert all(package.place("statement_of_account") for package in drawers.packages.values())


def test_third_persons_are_removed_from_the_contact_log() -> None:
    assert files.drawers().kinds["contact_log"].third_persons == "remove"


def test_what_is_not_verified_says_so() -> None:
    assert files.drawers().kinds["cost_table"].status == "secondary"


@pytest.mark.parametrize("package", PACKAGES)
def test_exhibits_of_one_class_stand_together(package: str) -> None:
    drawers = files.drawers()
    groups = [drawers.kinds[place.kind].group for place in drawers.packages[package].exhibits if place.kind != "other"]
    changes = [group for group, before in zip(groups, [None, *groups], strict=False) if group != before]
    assert len(changes) == len(set(changes)), changes
    assert set(groups) <= set(GROUPS)


def spoil(drawer: dict[str, Any], change: Any) -> list[tuple[str, str]]:
    copy = deepcopy(drawer)
    change(copy)
    return [
        (finding.code, finding.where)
        for finding in read(copy["exhibits"], copy["packages"], {"statement_of_claim"}).findings
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d["packages"]["payment_order"]["exhibits"][0].update(kind="blood_sample"), ("unknown_kind", "packages/payment_order.yaml:exhibits:1")),
        (lambda d: d["packages"]["payment_order"]["exhibits"][1].pop("proves"), ("no_proof_purpose", "packages/payment_order.yaml:exhibits:2:proves")),
        (lambda d: d["packages"]["payment_order"]["exhibits"][1].pop("when"), ("condition", "packages/payment_order.yaml:exhibits:2:when")),
        (lambda d: d["packages"]["payment_order"]["exhibits"][1]["when"].update(fact="rich"), ("condition", "packages/payment_order.yaml:exhibits:2:when")),
        (lambda d: d["packages"]["payment_order"]["exhibits"].append(d["packages"]["payment_order"]["exhibits"][0]), ("exhibit_twice", "packages/payment_order.yaml:exhibits:14")),
        (lambda d: d["packages"]["payment_order"]["filings"][0].update(document="poem"), ("unknown_document", "packages/payment_order.yaml:filings:1")),
        (lambda d: d["exhibits"]["contract"].pop("basis"), ("incomplete", "exhibits/contract.yaml:basis")),
        (lambda d: d["exhibits"]["contract"].update(form="papyrus"), ("not_allowed", "exhibits/contract.yaml:form")),
        (lambda d: d["exhibits"].update(contract=None), ("incomplete", "exhibits/contract.yaml:third_persons")),
    ],
)  # fmt: skip
def test_a_mistake_is_found_where_it_is(drawer: dict[str, Any], change: Any, expected: tuple[str, str]) -> None:
    assert expected in spoil(drawer, change)
