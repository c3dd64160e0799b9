"""What a package lacks: take away one exhibit and exactly that one is named."""

from datetime import date

import pytest

from legal_service.evidence import files
from legal_service.evidence.checklist import gaps, ordered
from legal_service.evidence.drawers import FACTS

DRAWERS = files.drawers()
PLAIN = {name: (date(2025, 3, 1) if kind is date else False) for name, kind in FACTS.items()}
COMPLETE = {"licence", "id_card", "contract", "disbursement_receipt", "demand_letter", "delivery_receipt"}


def lacking(present: set[str], **facts: object) -> list[str]:
    return [gap.exhibit for gap in gaps("statement_of_claim", present, PLAIN | facts, drawers=DRAWERS)]


def test_a_plain_case_with_its_six_exhibits_lacks_nothing() -> None:
    assert lacking(COMPLETE) == []


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_each_required_exhibit_taken_away_is_the_gap(kind: str) -> None:
    assert lacking(COMPLETE - {kind}) == [kind]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"guaranteed": True}, ["guarantee_contract"]),
        ({"accelerated": True}, ["acceleration_notice"]),
        ({"signed_online": True}, ["signature_certificate"]),
        ({"represented": True}, ["power_of_attorney"]),
        ({"costs_claimed": True}, ["cost_voucher"]),
        ({"settled": True}, ["settlement_agreement"]),
        ({"disbursed_on": date(2026, 7, 31)}, []),
        ({"disbursed_on": date(2026, 8, 1)}, ["cost_table"]),
    ],
)
def test_a_condition_brings_its_exhibit(facts: dict[str, object], expected: list[str]) -> None:
    assert lacking(COMPLETE, **facts) == expected


def test_a_fact_nobody_established_is_not_taken_for_false() -> None:
    with pytest.raises(KeyError, match="guaranteed"):
        gaps(
            "statement_of_claim",
            COMPLETE,
            {key: value for key, value in PLAIN.items() if key != "guaranteed"},
            drawers=DRAWERS,
        )


def test_generated_exhibits_are_never_a_gap() -> None:
    assert "statement_of_account" not in lacking(set())


def test_a_gap_says_what_it_proves_how_to_mend_it_and_how_sure_the_law_is() -> None:
    [gap] = gaps("statement_of_claim", COMPLETE, PLAIN | {"disbursed_on": date(2026, 8, 2)}, drawers=DRAWERS)
    told = gap.as_json("zh")
    assert told["exhibit"] == "cost_table" and told["status"] == "secondary"
    assert "明示" in told["proves"] and "费用" in told["how_to_mend"]


def test_exhibits_stand_in_the_order_of_the_package_and_strangers_stay_out() -> None:
    definition = DRAWERS.packages["payment_order"]
    assert ordered(definition, {"disbursement_receipt", "contract", "recording"}) == [
        "contract",
        "disbursement_receipt",
    ]
