"""Measures against property and person: what is refused with its article, when each ends, what opens after payment."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.cases import queries as cases
from legal_service.enforcement import operations, queries
from legal_service.enforcement.measures import MeasureFacts
from legal_service.enforcement.terms import Term
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.cases.a_case import writing
from tests.cases.a_suit import LAWYER, Suit, a_suit

FACTS = "2026 年 9 月转让名下车辆并取得价款，拒不申报财产，有履行能力。"


@pytest.fixture
def suit(on_both: Installation) -> Suit:
    return a_suit(on_both)


def enforced(suit: Suit) -> Suit:
    suit.approve("statement_of_claim")
    suit.move("submitted", date(2026, 7, 1), {"court": "某区人民法院"})
    suit.move("accepted", date(2026, 7, 6), {"track": "small_claims"})
    suit.move("judged", date(2026, 9, 1))
    for party in ("plaintiff", "borrower"):
        suit.event("judgment_served", date(2026, 9, 2), party=party)
    suit.move("effective", date(2026, 9, 2), {"title": "judgment", "performance_until": "2026-09-12"})
    suit.approve("enforcement_application")
    suit.move("enforcement", date(2026, 9, 14))
    return suit


def clue(suit: Suit, kind: str = "deposit", exempt: bool = False, what: str = "某银行尾号 1234 账户") -> int:
    return int(
        writing(
            suit.installation,
            lambda tx: operations.record_clue(
                tx,
                case_no=suit.case_no,
                kind=kind,
                party="borrower",
                description=what,
                source="creditor",
                found_on=date(2026, 7, 1),
                exempt=exempt,
            ),
            LAWYER,
        )
    )


def ask(suit: Suit, kind: str, regime: str, on: date, by: str | None = LAWYER, **more: object) -> int:
    told = {"amount": 1_000_000, "party": "borrower", **more}
    return int(
        writing(
            suit.installation,
            lambda tx: operations.record_measure(
                tx,
                case_no=suit.case_no,
                kind=kind,
                regime=regime,
                asked_on=on,
                **told,  # type: ignore[arg-type]
            ),
            by,
        )
    )


def enter(suit: Suit, measure: int, kind: str, on: date, **more: object) -> MeasureFacts:
    found = writing(
        suit.installation,
        lambda tx: operations.record_entry(tx, case_no=suit.case_no, measure_id=measure, kind=kind, on=on, **more),
        LAWYER,
    )
    assert isinstance(found, MeasureFacts)
    return found


def refused(code: str, act: object, *told: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as raised:
        act(*told, **more)  # type: ignore[operator]
    assert raised.value.code == code, raised.value.reason.zh
    assert raised.value.basis
    return raised.value


def test_a_freeze_about_to_expire_on_a_holiday_ends_on_that_day_and_is_renewed_before(suit: Suit) -> None:
    """A deposit frozen on 3 October 2025 is free again on 3 October 2026, amid the holidays; renewal is asked by the 26th of September moved BACK."""
    suit.approve("statement_of_claim")
    suit.move("submitted", date(2026, 7, 1))
    measure = ask(suit, "freeze_deposit", "in_suit", date(2026, 7, 2), clue_id=clue(suit))
    found = enter(suit, measure, "took_effect", date(2026, 7, 6), until=date(2026, 10, 3), rank=1)
    assert (found.state(date(2026, 10, 3)), found.state(date(2026, 10, 4))) == ("standing", "lapsed")
    assert suit.due("measure_term") == [(date(2026, 10, 3), None)]  # National Day week: it does not roll
    assert suit.due("preservation_renewal") == [(date(2026, 9, 24), None)]  # 26 September is Saturday, 25 Mid-Autumn
    renewed = enter(suit, measure, "renewed", date(2026, 9, 23))
    assert renewed.until == date(2027, 9, 23)
    assert suit.due("measure_term") == [(date(2026, 10, 3), date(2026, 9, 23))]
    assert suit.due("freezing_of_deposits") == [(date(2027, 9, 23), None)]
    assert suit.due("preservation_renewal")[-1] == (date(2027, 9, 16), None)


def test_a_lapsed_freeze_is_not_renewed_but_asked_for_anew(suit: Suit) -> None:
    suit.approve("statement_of_claim")
    suit.move("submitted", date(2026, 7, 1))
    place = clue(suit)
    measure = ask(suit, "freeze_deposit", "in_suit", date(2026, 7, 2), clue_id=place)
    refused("term_too_long", enter, suit, measure, "took_effect", date(2026, 7, 6), until=date(2027, 7, 7))
    enter(suit, measure, "took_effect", date(2026, 7, 6), until=date(2026, 8, 6))
    told = refused(
        "measured_already", ask, suit, "freeze_deposit", "in_suit", date(2026, 7, 20), clue_id=place, amount=5
    )
    assert "第一百零六条" in told.basis
    refused("not_standing", enter, suit, measure, "renewed", date(2026, 8, 7))
    assert ask(suit, "freeze_deposit", "in_suit", date(2026, 8, 7), clue_id=place) != measure
    with suit.installation.reading() as session:
        (finding,) = queries.findings_of(session, suit.case_no, date(2026, 8, 8))
    assert finding.code == "measure_lapsed"


def test_pre_suit_preservation_opens_thirty_days_and_bars_a_payment_order(suit: Suit) -> None:
    measure = ask(suit, "freeze_deposit", "pre_suit", date(2026, 7, 1), clue_id=clue(suit))
    refused("unknown_proof", enter, suit, measure, "took_effect", date(2026, 7, 3), proof="x" * 200)
    enter(suit, measure, "took_effect", date(2026, 7, 3))
    assert suit.due("pre_suit_preservation_suit") == [(date(2026, 8, 3), None)]  # 2 August is a Sunday
    suit.approve("payment_order_application")
    suit.refused("pre_suit_preservation", suit.move, "payment_order", date(2026, 7, 10))
    told = suit.refused("measures_standing", suit.move, "closed", date(2026, 7, 10), {"reason": "settled"})
    assert f"M-{measure}" in told.reason.zh
    refused("entry_differs", enter, suit, measure, "took_effect", date(2026, 7, 3), until=date(2026, 12, 1))
    found = enter(suit, measure, "released", date(2026, 7, 9))
    assert [found.state(date(2026, 7, day)) for day in (2, 8, 9)] == ["asked", "standing", "released"]
    suit.move("closed", date(2026, 7, 10), {"reason": "settled"})


def test_more_than_the_claim_and_living_costs_must_be_released(suit: Suit) -> None:
    suit.approve("statement_of_claim")
    suit.move("submitted", date(2026, 7, 1))
    for number, (amount, exempt) in enumerate(((10_000_000, False), (100, True))):
        place = clue(suit, exempt=exempt, what=f"账户 {number}")
        measure = ask(suit, "freeze_deposit", "in_suit", date(2026, 7, 2), clue_id=place, amount=amount)
        enter(suit, measure, "took_effect", date(2026, 7, 6))
    with suit.installation.reading() as session:
        found = queries.findings_of(session, suit.case_no, date(2026, 7, 7))
    assert [(one.code, one.severity) for one in found] == [("excess_seizure", "error"), ("exempt_property", "error")]


def test_dishonest_list_and_exit_ban_rest_on_facts_told_for_the_person_by_a_named_lawyer(suit: Suit) -> None:
    refused("not_in_enforcement", ask, suit, "exit_ban", "enforcement", date(2026, 7, 1), facts=FACTS)
    enforced(suit)
    refused("facts_required", ask, suit, "dishonest_list", "enforcement", date(2026, 10, 1), facts="没钱")
    refused("named_lawyer_required", ask, suit, "exit_ban", "enforcement", date(2026, 10, 1), None, facts=FACTS)
    refused("notice_not_given", ask, suit, "consumption_restriction", "enforcement", date(2026, 9, 15))
    suit.event("enforcement_docketed", date(2026, 9, 16))
    ask(suit, "consumption_restriction", "enforcement", date(2026, 10, 1))
    assert ask(suit, "exit_ban", "enforcement", date(2026, 10, 1), facts=FACTS) == ask(
        suit, "exit_ban", "enforcement", date(2026, 10, 1), facts=FACTS
    )
    refused("enforcement_only", ask, suit, "exit_ban", "in_suit", date(2026, 10, 1), facts=FACTS)
    refused("clue_required", ask, suit, "deduct", "enforcement", date(2026, 10, 1))
    refused("unknown_party", ask, suit, "deduct", "enforcement", date(2026, 10, 1), party="plaintiff")


def terms(suit: Suit, *told: Term) -> int:
    return int(
        writing(suit.installation, lambda tx: operations.record_terms(tx, case_no=suit.case_no, terms=told), LAWYER)
    )


def received(suit: Suit, reference: str, on: date, amount: int, reverses: str = "") -> int:
    return int(
        writing(
            suit.installation,
            lambda tx: operations.record_recovery(
                tx,
                case_no=suit.case_no,
                reference=reference,
                received_on=on,
                source="deducted",
                amount=amount,
                reverses=reverses,
            ),
            LAWYER,
        )
    )


DUE = date(2026, 9, 12)
PRINCIPAL = Term("principal", "borrower", 1_000_000, 1_000_000, DUE)
PENALTY = Term("penalty", "borrower", 80_000, 50_000, DUE, "调减至年利率 24%")


def test_what_is_owed_on_the_title_with_the_double_part(suit: Suit) -> None:
    """10,000.00 × 0.0175 % × 18 days (13 to 30 September) = 31.50; 10,500.00 + 31.50 are open."""
    enforced(suit)
    refused("bad_terms", terms, suit, Term("penalty", "borrower", 80_000, 50_000, DUE))
    assert terms(suit, PRINCIPAL, PENALTY) == terms(suit, PRINCIPAL, PENALTY) == 1
    with suit.installation.reading() as session:
        case = cases.case_row(session, suit.case_no)
        found = queries.standing(session, case.id, date(2026, 9, 30))
    assert found is not None
    assert (found.awarded, found.claimed, found.double_part, found.outstanding) == (
        1_050_000,
        1_080_000,
        3_150,
        1_053_150,
    )


def test_a_recovery_is_taken_once_and_a_reversal_undoes_it(suit: Suit) -> None:
    enforced(suit)
    refused("no_terms", received, suit, "R1", date(2026, 9, 20), 100)
    terms(suit, PRINCIPAL, PENALTY)
    first = received(suit, "R1", date(2026, 9, 20), 50_000)
    assert received(suit, "R1", date(2026, 9, 20), 50_000) == first
    refused("reference_taken", received, suit, "R1", date(2026, 9, 20), 50_001)
    received(suit, "R1-back", date(2026, 9, 21), 50_000, "R1")
    refused("unknown_recovery", received, suit, "R1-again", date(2026, 9, 22), 50_000, "R1")
    refused("unknown_recovery", received, suit, "R1-twice", date(2026, 9, 22), 50_000, "R1-back")
    with suit.installation.reading() as session:
        case = cases.case_row(session, suit.case_no)
        found = queries.standing(session, case.id, date(2026, 9, 30))
    assert found is not None
    assert (found.received, found.outstanding) == (0, 1_053_150)


def test_satisfaction_opens_the_release_list_and_the_case_closes_only_when_it_is_done(suit: Suit) -> None:
    enforced(suit)
    suit.event("enforcement_docketed", date(2026, 9, 16))
    freeze = ask(suit, "freeze_deposit", "enforcement", date(2026, 9, 17), clue_id=clue(suit))
    enter(suit, freeze, "took_effect", date(2026, 9, 18))
    ban = ask(suit, "exit_ban", "enforcement", date(2026, 9, 18), facts=FACTS)
    enter(suit, ban, "took_effect", date(2026, 9, 19))
    terms(suit, PRINCIPAL)
    received(suit, "R1", DUE, 1_000_000)
    with suit.installation.reading() as session:
        told = queries.position_json(session, suit.case_no, date(2026, 9, 30), "zh")
    assert told["release"]["opened"]
    assert [one["item"] for one in told["release"]["items"]] == [
        f"M-{freeze}", f"M-{ban}", "settlement_certificate", "credit_record_update", "enforcement_withdrawal",
    ]  # fmt: skip
    suit.refused("measures_standing", suit.move, "closed", date(2026, 10, 10), {"reason": "paid"})

    def done(item: str) -> bool:
        return bool(
            writing(
                suit.installation,
                lambda tx: operations.record_release(tx, case_no=suit.case_no, item=item, done_on=date(2026, 10, 9)),
                LAWYER,
            )
        )

    refused("unknown_release_item", done, f"M-{freeze}")
    assert [done(item) for item in ("settlement_certificate", "credit_record_update", "enforcement_withdrawal")] == [
        False
    ] * 3
    enter(suit, freeze, "released", date(2026, 10, 9))
    suit.refused("measures_standing", suit.move, "closed", date(2026, 10, 10), {"reason": "paid"})
    enter(suit, ban, "released", date(2026, 10, 9))
    suit.move("closed", date(2026, 10, 10), {"reason": "paid"})


def test_a_reversed_payment_makes_the_release_list_void(suit: Suit) -> None:
    enforced(suit)
    terms(suit, PRINCIPAL)
    received(suit, "R1", DUE, 1_000_000)
    suit.refused("release_open", suit.move, "closed", date(2026, 10, 10), {"reason": "paid"})
    received(suit, "R1-back", date(2026, 9, 20), 1_000_000, "R1")
    with suit.installation.reading() as session:
        told = queries.position_json(session, suit.case_no, date(2026, 9, 30), "zh")
    assert (told["release"]["opened"], told["release"]["items"]) == (False, [])
    suit.move("closed", date(2026, 10, 10), {"reason": "withdrawn"})


def test_what_is_told_of_property_and_person_is_encrypted(suit: Suit) -> None:
    clue(suit, what="张三名下尾号 6688 账户")
    with suit.installation.reading() as session:
        raw = session.connection().exec_driver_sql("SELECT description FROM property_clue").scalar_one()
    assert "6688" not in str(bytes(raw))
