"""A guarantor is bound for a period that nothing extends (民法典 692, 693): the docket watches it, and says when he is free."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.access.operations import record
from legal_service.accounts.models import Guarantee
from legal_service.cases import litigants, operations, queries
from legal_service.cases.docket import RELEASED, Due
from legal_service.cases.serving import parse
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.cases.a_case import AS_OF, a_portfolio, contract_id, writing
from tests.cases.a_suit import LAWYER, LETTER, Suit

LAST = date(2026, 8, 28)
"""Six months from the day the main debt fell due, 2026-02-28 (民法典 692 II)."""
SUBJECT = "L1:guarantor_1"


def a_guaranteed_suit(installation: Installation, liability: str = "general", until: date | None = None) -> Suit:
    a_portfolio(installation)
    stand_surety(installation, liability, until)
    return Suit(installation)


def stand_surety(installation: Installation, liability: str, until: date | None = None, number: str = "1") -> None:
    def write(tx: Any) -> None:
        tx.session.add(
            Guarantee(
                contract_id=contract_id(tx, "L1"), name="李四", id_number=f"11010519491231{number}02X",
                id_number_index=f"guarantor-{number}", phone=None, domicile=None, liability=liability, guarantee_until=until,
                source_row="guarantors.csv:2",
            )
        )  # fmt: skip
        record(tx, action="test.guarantee", subject="test")

    writing(installation, write)


def watched(suit: Suit) -> list[Due]:
    with suit.installation.reading() as session:
        found = queries.docket(session, case_no=suit.case_no)
    return [one for one in found if one.rule == "guarantee_period"]


def follow(suit: Suit, on: date) -> None:
    def write(tx: Any) -> None:
        case = queries.case_row(tx.session, suit.case_no)
        operations.follow_records(tx, case=case, on=on)
        record(tx, action="test.follow", subject="test")

    writing(suit.installation, write)


def hand_in(suit: Suit, on: date) -> None:
    suit.approve("statement_of_claim")
    suit.move("submitted", on, {"court": "某市某区人民法院", "receipt": "R1"})


def test_the_period_is_on_the_docket_from_the_day_the_case_opens(installation: Installation) -> None:
    (due,) = watched(a_guaranteed_suit(installation))
    assert (due.subject, due.trigger, due.period.raw, due.period.last_day) == (SUBJECT, date(2026, 2, 28), LAST, LAST)
    assert "第六百九十二条" in due.period.basis
    assert due.done_on is None
    assert litigants.name(due.subject).zh == "保证人1（借据 L1）"


def test_an_agreed_last_day_is_kept_and_each_guarantor_has_his_own(installation: Installation) -> None:
    a_portfolio(installation)
    stand_surety(installation, "joint", date(2027, 3, 1), "1")
    stand_surety(installation, "general", None, "2")
    assert {one.subject: one.period.raw for one in watched(Suit(installation))} == {
        SUBJECT: date(2027, 3, 1),
        "L1:guarantor_2": LAST,
    }


@pytest.mark.parametrize("liability", ["general", "joint", "unclear"])
def test_a_suit_in_time_keeps_every_guarantor_bound(installation: Installation, liability: str) -> None:
    """The complaint names the guarantors on file beside the debtor: each is sued."""
    suit = a_guaranteed_suit(installation, liability)
    hand_in(suit, date(2026, 8, 28))
    (due,) = watched(suit)
    assert (due.done_on, due.closed_reason) == (date(2026, 8, 28), "")


def test_a_demand_does_nothing_for_a_general_guarantee_and_keeps_a_joint_one(installation: Installation) -> None:
    def demand(suit: Suit) -> None:
        writing(suit.installation, lambda tx: _served(tx, suit))

    suit = a_guaranteed_suit(installation, "joint")
    assert watched(suit)[0].done_on is None
    demand(suit)
    assert watched(suit)[0].done_on == date(2026, 4, 4)


def _served(tx: Any, suit: Suit) -> None:
    proof = deposit(
        tx, store=suit.installation.store, content=b"%PDF-1.7 proof", filename="p.pdf", media_type="application/pdf",
        kind="service_proof", subject=f"case:{suit.case_no}", form="electronic", obtained_on=None, source="邮政",
    )  # fmt: skip
    told = LETTER | {"party": "guarantor", "proof": proof.sha256}
    operations.record_service(tx, case_no=suit.case_no, paper=parse(told))


def test_a_guarantor_released_by_time_is_said_to_be_free(installation: Installation) -> None:
    suit = a_guaranteed_suit(installation)
    follow(suit, date(2026, 8, 28))
    assert watched(suit)[0].done_on is None, "the last day is still his"
    follow(suit, date(2026, 9, 1))
    (due,) = watched(suit)
    assert (due.done_on, due.closed_reason) == (LAST, RELEASED)
    hand_in(suit, date(2026, 9, 2))
    assert watched(suit)[0].closed_reason == RELEASED, "a suit that comes late binds nobody again"


def test_a_suit_taken_back_leaves_the_period_open_again(installation: Installation) -> None:
    suit = a_guaranteed_suit(installation)
    hand_in(suit, date(2026, 7, 1))
    assert watched(suit)[0].done_on == date(2026, 7, 1)
    suit.event("not_accepted", date(2026, 7, 6))
    suit.move("preparation", date(2026, 7, 20))
    assert watched(suit)[0].done_on is None
    assert watched(suit)[0].period.last_day == LAST


def test_it_is_followed_and_never_corrected_by_hand(installation: Installation) -> None:
    suit = a_guaranteed_suit(installation)
    with pytest.raises(Refusal) as raised:
        writing(
            installation,
            lambda tx: operations.correct_deadline(
                tx, case_no=suit.case_no, rule="guarantee_period", subject=SUBJECT, corrected=AS_OF,
                reason="court_notice",
            ),
            LAWYER,
        )  # fmt: skip
    assert raised.value.code == "limitation_follows_events"


def test_followed_twice_nothing_is_written(installation: Installation) -> None:
    suit = a_guaranteed_suit(installation)
    before = watched(suit)
    follow(suit, date(2026, 7, 1))
    follow(suit, date(2026, 7, 1))
    assert watched(suit) == before


def test_a_guarantor_who_is_free_is_a_finding_of_the_case_and_so_is_a_suit_beside_a_payment_order(
    installation: Installation,
) -> None:
    suit = a_guaranteed_suit(installation)
    before = {one["code"]: one for one in suit.shown(AS_OF)["findings"]}
    assert set(before) == {"guarantor_suit_ends_order"}
    assert "第四百三十四条" in before["guarantor_suit_ends_order"]["basis"]
    follow(suit, date(2026, 9, 1))
    after = {one["code"]: one for one in suit.shown(date(2026, 9, 1))["findings"]}
    assert (after["guarantor_released"]["where"], LAST.isoformat() in after["guarantor_released"]["message"]) == (
        SUBJECT,
        True,
    )
    hand_in(suit, date(2026, 9, 2))
    assert {one["code"] for one in suit.shown(date(2026, 9, 2))["findings"]} == {"guarantor_released"}
