"""Cases taken through the courts as practice takes them: every deadline from its own trigger, every short cut refused with its article."""

from __future__ import annotations

from datetime import date

import pytest

from legal_service.accounts.models import Guarantee
from legal_service.cases import operations, queries
from legal_service.cases.models import Case
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from tests.cases.a_case import contract_id, writing
from tests.cases.a_suit import LAWYER, Suit, a_suit

COURT = "某区人民法院"


@pytest.fixture
def suit(on_both: Installation) -> Suit:
    return a_suit(on_both)


def a_guarantor(installation: Installation, loan: str = "L1") -> None:
    with installation.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(
            Guarantee(
                contract_id=contract_id(tx, loan), name="李保", id_number="110105194912310011", id_number_index="g",
                phone="", domicile="", liability="joint", source_row="guarantors.csv:2",
            )
        )  # fmt: skip
        operations.record_milestone(tx, case_no="LC-2026-000001", kind="test", subject="", reached_on=date(2026, 6, 30))


def filed(suit: Suit, on: date = date(2026, 7, 1)) -> Suit:
    suit.approve("statement_of_claim")
    suit.move("submitted", on, {"court": COURT, "receipt": "R-1", "channel": "online"})
    return suit


def judged(suit: Suit, track: str = "simplified") -> Suit:
    filed(suit)
    suit.move("accepted", date(2026, 7, 6), {"court": COURT, "number": "(2026)沪0115民初12345号", "track": track})
    suit.move("tried", date(2026, 8, 20))
    suit.move("judged", date(2026, 9, 1), {"performance_until": "2026-10-20"})
    return suit


def test_a_return_is_corrected_and_handed_in_again_and_the_seven_days_run_anew(suit: Suit) -> None:
    filed(suit)
    assert suit.due("docketing") == [(date(2026, 7, 8), None)]
    suit.event("correction_required", date(2026, 7, 3), return_reason="seal_missing", until="2026-07-11")
    assert suit.due("docketing") == [(date(2026, 7, 8), date(2026, 7, 3))]
    assert suit.due("court_set") == [(date(2026, 7, 13), None)]  # 11 July 2026 is a Saturday
    suit.refused("correction_due", suit.move, "accepted", date(2026, 7, 9))
    suit.event("corrected", date(2026, 7, 9), receipt="R-2")
    assert suit.due("court_set") == [(date(2026, 7, 13), date(2026, 7, 9))]
    assert (date(2026, 7, 16), None) in suit.due("docketing")
    suit.move("accepted", date(2026, 7, 14), {"court": COURT, "number": "（2026）沪0115民初1号", "track": "ordinary"})
    (submission,) = suit.shown(date(2026, 7, 14))["submissions"]
    assert (submission["status"], submission["receipt"], submission["court"]) == ("docketed", "R-2", COURT)
    assert [one["kind"] for one in submission["history"]] == [
        "handed_in",
        "correction_required",
        "corrected",
        "docketed",
    ]
    assert suit.due("trial_ordinary") == [(date(2027, 1, 14), None)]
    suit.refused("suit_running", suit.move, "preparation", date(2026, 7, 20))  # the return lies behind it
    suit.event("suit_ended", date(2026, 7, 20), suit_end="withdrawal")
    suit.move("preparation", date(2026, 7, 20))


def test_forty_returns_are_mended_once(suit: Suit) -> None:
    """A court's reason shows on the lender's other cases before they are handed in, and is gone once they were."""
    sibling = Suit(suit.installation, "L2")
    filed(suit)
    number = suit.event("correction_required", date(2026, 7, 3), return_reason="address_confirmation_missing")
    (finding,) = sibling.shown(date(2026, 7, 4))["findings"]
    assert finding["code"] == "returned_elsewhere"
    assert COURT in finding["message"]
    assert "缺少送达地址确认书" in finding["message"]
    assert suit.shown(date(2026, 7, 4))["findings"] == []
    writing(suit.installation, lambda tx: operations.withdraw_event(tx, case_no=suit.case_no, event_id=number), LAWYER)
    assert sibling.shown(date(2026, 7, 4))["findings"] == []


def test_diverted_mediation_runs_thirty_days_from_the_mediators_receipt_and_limitation_stays_interrupted(
    suit: Suit,
) -> None:
    filed(suit)
    suit.refused("bad_step_data", suit.move, "diverted_mediation", date(2026, 7, 7))
    refused = suit.refused(
        "mediation_refused", suit.move, "diverted_mediation", date(2026, 7, 7),
        {"mediator": "某调解中心", "received_on": "2026-07-08", "consent": "refused"},
    )  # fmt: skip
    assert "第一百二十五条" in refused.basis
    suit.move(
        "diverted_mediation", date(2026, 7, 7),
        {"mediator": "某调解中心", "received_on": "2026-07-08", "number": "（2026）沪0115诉前调678号", "consent": "agreed"},
    )  # fmt: skip
    assert suit.due("diverted_mediation") == [(date(2026, 8, 7), None)]
    assert suit.due("limitation") == [(suit.due("limitation")[0][0], date(2026, 7, 1))]
    suit.refused("mediation_running", suit.move, "accepted", date(2026, 7, 20))
    suit.event("mediation_failed", date(2026, 7, 28))
    suit.move("accepted", date(2026, 7, 30), {"number": "（2026）沪0115民初9号", "track": "simplified"})
    numbers = [one["number"] for one in suit.shown(date(2026, 7, 30))["court_numbers"]]
    assert numbers == ["（2026）沪0115诉前调678号", "（2026）沪0115民初9号"]


def ordered(suit: Suit) -> Suit:
    suit.approve("payment_order_application")
    suit.move("payment_order", date(2026, 7, 1), {"court": COURT})
    suit.event("order_accepted", date(2026, 7, 6), number="（2026）沪0115民督5号")
    suit.event("order_issued", date(2026, 7, 10))
    return suit


def test_a_payment_order_objected_to_becomes_a_suit_unless_declined_in_seven_days(suit: Suit) -> None:
    suit.refused("not_approved", suit.move, "payment_order", date(2026, 7, 1))
    ordered(suit)
    assert suit.due("payment_order_service") == [(date(2026, 8, 10), None)]  # 9 August is a Sunday
    suit.event("order_served", date(2026, 7, 20))
    assert suit.due("payment_order_objection") == [(date(2026, 8, 4), None)]
    suit.refused("period_running", suit.move, "effective", date(2026, 8, 4))
    suit.event("order_objected", date(2026, 8, 3))
    suit.refused("order_lapsed", suit.move, "effective", date(2026, 8, 5))
    suit.refused("order_not_ended", suit.move, "accepted", date(2026, 8, 5))
    suit.event("order_ended", date(2026, 8, 6), order_end="objection")
    assert suit.due("payment_order_conversion") == [(date(2026, 8, 13), None)]
    suit.move("accepted", date(2026, 8, 14), {"number": "（2026）沪0115民初77号", "track": "simplified"})
    assert suit.due("payment_order_conversion") == [(date(2026, 8, 13), date(2026, 8, 14))]


def test_a_payment_order_not_served_in_thirty_days_lapses_and_does_not_convert(suit: Suit) -> None:
    ordered(suit)
    refused = suit.refused("order_lapsed", suit.event, "order_served", date(2026, 8, 11))
    assert "第四百三十条" in refused.basis
    suit.event("order_ended", date(2026, 8, 12), order_end="not_served")
    suit.refused("order_not_ended", suit.move, "accepted", date(2026, 8, 12))
    suit.move("preparation", date(2026, 8, 12))
    assert suit.due("payment_order_conversion") == []


def test_an_unopposed_payment_order_is_a_title(suit: Suit) -> None:
    ordered(suit)
    suit.event("order_served", date(2026, 7, 20))
    suit.refused("objection_late", suit.event, "order_objected", date(2026, 8, 5))
    suit.move("effective", date(2026, 8, 5), {"title": "payment_order", "performance_until": "2026-08-05"})
    assert suit.due("enforcement") == [(date(2028, 8, 7), None)]  # 5 August 2028 is a Saturday


def test_pre_suit_preservation_bars_a_payment_order(suit: Suit) -> None:
    suit.approve("payment_order_application")
    suit.milestone("pre_suit_preservation", "")
    assert "第四百二十七条" in suit.refused("pre_suit_preservation", suit.move, "payment_order", date(2026, 7, 1)).basis


def test_an_announcement_turns_simplified_into_ordinary_and_the_limit_still_counts_from_docketing(suit: Suit) -> None:
    filed(suit)
    suit.move("accepted", date(2026, 7, 6), {"number": "（2026）沪0115民初12345号", "track": "simplified"})
    assert suit.due("trial_simplified") == [(date(2026, 10, 8), None)]  # 6 October lies in National Day week
    refused = suit.refused("announcement_in_simplified", suit.event, "announced", date(2026, 8, 1), party="borrower")
    assert "第一百四十条" in refused.basis
    suit.event("track_changed", date(2026, 8, 3), track="ordinary")
    suit.event("top_up_notified", date(2026, 8, 4))
    assert suit.due("trial_simplified") == [(date(2026, 10, 8), date(2026, 8, 3))]
    assert suit.due("trial_ordinary") == [(date(2027, 1, 6), None)]
    assert suit.due("fee_top_up") == [(date(2026, 8, 11), None)]
    suit.event("announced", date(2026, 8, 5), party="borrower")
    assert suit.due("service_by_publication", "borrower") == [(date(2026, 9, 4), None)]
    suit.refused("track_not_changed", suit.event, "track_changed", date(2026, 8, 9), track="simplified")


def test_an_appeal_by_one_of_two_defendants_keeps_the_judgment_from_binding(suit: Suit) -> None:
    a_guarantor(suit.installation)
    judged(suit)
    told = suit.refused("judgment_not_served", suit.move, "effective", date(2026, 10, 30))
    assert "保证人1" in told.reason.zh
    for party, on in (("plaintiff", 1), ("borrower", 3), ("guarantor_1", 10)):
        suit.event("judgment_served", date(2026, 9, on), party=party)
    assert suit.due("appeal_judgment", "plaintiff") == [(date(2026, 9, 16), None)]
    assert suit.due("appeal_judgment", "borrower") == [(date(2026, 9, 18), None)]
    assert suit.due("appeal_judgment", "guarantor_1") == [(date(2026, 9, 28), None)]  # 25 September 2026 is Mid-Autumn
    suit.refused("period_running", suit.move, "effective", date(2026, 9, 19))
    suit.refused("no_appeal", suit.move, "appealed", date(2026, 9, 19))
    suit.refused("appeal_late", suit.event, "appeal_filed", date(2026, 9, 19), party="borrower")
    suit.refused("unknown_party", suit.event, "appeal_filed", date(2026, 9, 19), party="guarantor_2")
    suit.event("appeal_filed", date(2026, 9, 28), party="guarantor_1")
    suit.refused("appeal_pending", suit.move, "effective", date(2026, 10, 9))
    suit.move("appealed", date(2026, 10, 12), {"court": "某市中级人民法院", "number": "（2026）沪01民终88号"})
    assert suit.due("trial_second_instance") == [(date(2027, 1, 12), None)]
    suit.refused("appeal_not_ended", suit.move, "effective", date(2026, 11, 1))
    suit.event("appeal_decided", date(2026, 12, 1), outcome="upheld")
    suit.move("effective", date(2026, 12, 1), {"title": "judgment", "performance_until": "2026-12-31"})
    assert [last for last, done in suit.due("enforcement") if done is None] == [
        date(2029, 1, 1)  # provisional: the notice for 2029 is not there
    ]


def test_a_remanded_case_is_tried_again(suit: Suit) -> None:
    judged(suit)
    suit.event("judgment_served", date(2026, 9, 2), party="borrower")
    suit.event("appeal_filed", date(2026, 9, 9), party="borrower")
    suit.move("appealed", date(2026, 9, 20))
    suit.refused("not_remanded", suit.move, "accepted", date(2026, 11, 1))
    suit.event("appeal_decided", date(2026, 11, 1), outcome="remanded")
    suit.move("accepted", date(2026, 11, 9), {"number": "（2026）沪0115民初999号", "track": "ordinary"})
    suit.move("judged", date(2026, 11, 20))
    suit.refused("judgment_not_served", suit.move, "effective", date(2026, 12, 20))


def test_a_small_claims_judgment_binds_on_service(suit: Suit) -> None:
    judged(suit, "small_claims")
    suit.event("judgment_served", date(2026, 9, 1), party="plaintiff")
    suit.event("judgment_served", date(2026, 9, 2), party="borrower")
    assert suit.due("appeal_judgment") == []
    suit.refused("final_at_one_instance", suit.event, "appeal_filed", date(2026, 9, 3), party="borrower")
    suit.move("effective", date(2026, 9, 2), {"title": "judgment", "performance_until": "2026-09-12"})


def enforced(suit: Suit) -> Suit:
    judged(suit, "small_claims")
    for party in ("plaintiff", "borrower"):
        suit.event("judgment_served", date(2026, 9, 2), party=party)
    suit.move("effective", date(2026, 9, 2), {"title": "judgment", "performance_until": "2026-09-12"})
    suit.refused("performance_running", suit.move, "enforcement", date(2026, 9, 12))
    suit.refused("not_approved", suit.move, "enforcement", date(2026, 9, 14))
    suit.approve("enforcement_application")
    suit.move("enforcement", date(2026, 9, 14), {"court": COURT})
    suit.event("enforcement_docketed", date(2026, 9, 16), number="（2026）沪0115执555号")
    return suit


def test_the_end_of_a_round_property_found_and_restored(suit: Suit) -> None:
    enforced(suit)
    assert suit.due("enforcement") == [(date(2028, 9, 12), date(2026, 9, 14))]
    assert suit.due("enforcement_completion") == [(date(2027, 3, 16), None)]
    suit.refused("no_ruling", suit.move, "round_ended", date(2026, 12, 1))
    early = suit.event("round_ended", date(2026, 12, 1))
    suit.refused("too_early", suit.move, "round_ended", date(2026, 12, 2))
    writing(suit.installation, lambda tx: operations.withdraw_event(tx, case_no=suit.case_no, event_id=early), LAWYER)
    suit.event("round_ended", date(2026, 12, 18))
    suit.move("round_ended", date(2026, 12, 18))
    assert suit.due("round_recheck") == [(date(2027, 6, 18), None)]
    suit.event("property_checked", date(2027, 6, 18))
    assert (date(2027, 12, 18), None) in suit.due("round_recheck")
    suit.refused("no_property", suit.move, "enforcement", date(2027, 7, 1))
    suit.event("property_found", date(2027, 7, 1))
    suit.refused("not_approved", suit.move, "enforcement", date(2027, 7, 1))
    suit.approve("enforcement_restoration_application")
    suit.move("enforcement", date(2027, 7, 2))
    assert suit.shown(date(2027, 7, 2))["stage"] == "enforcement"


def test_a_debt_sold_in_the_middle_of_enforcement_goes_on_in_the_buyers_name(suit: Suit) -> None:
    enforced(suit)
    suit.event("debt_assigned", date(2026, 10, 9), organisation="某资产管理公司", notified_on="2026-10-12")
    suit.event("substitution_applied", date(2026, 10, 20), organisation="某资产管理公司")
    suit.event(
        "applicant_substituted", date(2026, 11, 30), organisation="某资产管理公司", number="（2026）沪0115执异3号"
    )
    shown = suit.shown(date(2026, 12, 1))
    assert [one["kind"] for one in shown["events"]][-3:] == [
        "debt_assigned",
        "substitution_applied",
        "applicant_substituted",
    ]
    suit.move("closed", date(2026, 12, 1), {"reason": "transferred"})
    with suit.installation.reading() as session:
        open_ones = [one.rule for one in queries.docket(session, case_no=suit.case_no) if one.done_on is None]
    assert open_ones == []


def test_a_case_does_not_close_before_its_release_list_is_done(suit: Suit) -> None:
    enforced(suit)
    suit.milestone("release_list", "", "opened")
    suit.refused("release_open", suit.move, "closed", date(2026, 12, 1), {"reason": "paid"})
    suit.milestone("release_list", "", "done")
    suit.move("closed", date(2026, 12, 1), {"reason": "paid"})


def test_a_settlement_becomes_a_title_only_through_a_mediation_body_and_a_court(suit: Suit) -> None:
    suit.move("settlement", date(2026, 7, 1))
    told = suit.refused("no_title", suit.move, "effective", date(2026, 8, 1))
    assert "调解组织" in told.reason.zh
    suit.refused("bad_step_data", suit.event, "mediation_agreement", date(2026, 7, 2))
    suit.event("mediation_agreement", date(2026, 7, 2), mediator="某调解中心")
    assert suit.due("judicial_confirmation") == [(date(2026, 8, 3), None)]  # 1 August is a Saturday
    suit.refused("confirmation_late", suit.event, "confirmation_applied", date(2026, 8, 4), court=COURT)
    suit.event("confirmation_applied", date(2026, 7, 20), court=COURT)
    suit.event("confirmed", date(2026, 7, 28), court=COURT, number="（2026）沪0115诉前调确4号")
    suit.move("effective", date(2026, 7, 28), {"title": "judicial_confirmation", "performance_until": "2026-08-31"})


def test_an_event_is_recorded_once_and_an_event_of_another_stage_is_refused_with_those_there_are(suit: Suit) -> None:
    filed(suit)
    first = suit.event("receipt_given", date(2026, 7, 2), court=COURT, receipt="R-9")
    assert suit.event("receipt_given", date(2026, 7, 2), court=COURT, receipt="R-9") == first
    told = suit.refused("not_at_this_stage", suit.event, "appeal_filed", date(2026, 7, 2), party="borrower")
    assert "退回补正" in told.reason.zh
    suit.refused("not_at_this_stage", suit.event, "docketed", date(2026, 7, 2))
    suit.refused("unknown_event", suit.event, "abolished", date(2026, 7, 2))
    wrong = suit.refused(
        "bad_step_data", suit.event, "receipt_given", date(2026, 7, 2), court=COURT, receipt="R", judge="x"
    )
    assert "judge" in wrong.reason.zh
    assert "receipt" in wrong.reason.zh


def test_an_event_taken_back_stays_visible_and_ends_the_deadline_it_opened(suit: Suit) -> None:
    filed(suit)
    number = suit.event("correction_required", date(2026, 7, 3), return_reason="seal_missing", until="2026-07-20")

    def take_back() -> list[str]:
        return writing(
            suit.installation, lambda tx: operations.withdraw_event(tx, case_no=suit.case_no, event_id=number), LAWYER
        )  # type: ignore[no-any-return]

    assert take_back() == ["court_set"]
    assert take_back() == []
    shown = suit.shown(date(2026, 7, 9))
    assert [(one["kind"], one["withdrawn"]) for one in shown["events"]] == [
        ("handed_in", False),
        ("correction_required", True),
    ]
    assert [done is None for _last, done in suit.due("court_set")] == [False]
    again = suit.event("correction_required", date(2026, 7, 3), return_reason="seal_missing", until="2026-07-20")
    assert again != number
    assert [done is None for _last, done in suit.due("court_set")] == [True], "recorded anew, it runs anew"
    suit.event("corrected", date(2026, 7, 8))
    suit.move("accepted", date(2026, 7, 9), {"track": "simplified"})


# -- forcing


def ask(suit: Suit, target: str, on: date, by: str = LAWYER, reason: str = "法院口头告知已立案") -> int:
    return int(
        writing(
            suit.installation,
            lambda tx: operations.ask_force(tx, case_no=suit.case_no, target=target, on=on, reason=reason),
            by,
        )
    )


def decide(suit: Suit, number: int, by: str, grant: bool = True) -> None:
    writing(
        suit.installation,
        lambda tx: operations.decide_force(tx, case_no=suit.case_no, request_id=number, grant=grant),
        by,
    )


def test_a_forced_step_needs_a_second_person_and_stays_visible(suit: Suit) -> None:
    with suit.installation.transaction(LOCAL_OPERATOR) as tx:
        operations_of_users(tx)
    filed(suit)
    suit.event("correction_required", date(2026, 7, 3), return_reason="other")
    number = ask(suit, "accepted", date(2026, 7, 9))
    assert ask(suit, "accepted", date(2026, 7, 9)) == number
    suit.refused("same_person", decide, suit, number, LAWYER)
    suit.refused("not_permitted", decide, suit, number, "auditor@b.cn")
    decide(suit, number, "second@b.cn")
    shown = suit.shown(date(2026, 7, 9))
    assert shown["stage"] == "accepted"
    assert shown["history"][-1]["data"] == {"forced": number}
    (forced,) = shown["forced"]
    assert (forced["guards"], forced["asked_by"], forced["decided_by"]) == (["correction_due"], LAWYER, "second@b.cn")


def operations_of_users(tx: object) -> None:
    from legal_service.access.operations import add_user

    add_user(tx, email="second@b.cn", role="lawyer", name="赵律师")  # type: ignore[arg-type]


def test_nobody_forces_a_filing_without_approval(suit: Suit) -> None:
    told = suit.refused("not_approved", ask, suit, "submitted", date(2026, 7, 1))
    assert "具名律师" in told.reason.zh
    suit.refused("not_approved", ask, suit, "payment_order", date(2026, 7, 1))


def test_a_request_is_void_once_the_case_moved(suit: Suit) -> None:
    with suit.installation.transaction(LOCAL_OPERATOR) as tx:
        operations_of_users(tx)
    filed(suit)
    suit.event("correction_required", date(2026, 7, 3), return_reason="other")
    number = ask(suit, "accepted", date(2026, 7, 9))
    suit.move("preparation", date(2026, 7, 9))
    suit.refused("stale_request", decide, suit, number, "second@b.cn")


def test_collections_do_not_file(suit: Suit) -> None:
    with suit.installation.transaction(LOCAL_OPERATOR) as tx:
        from legal_service.access.operations import add_user

        add_user(tx, email="caller@b.cn", role="collections", name="催")
    suit.approve("statement_of_claim")
    suit.refused("not_for_role", suit.move, "submitted", date(2026, 7, 1), None, "caller@b.cn")
    with suit.installation.reading() as session:
        assert session.query(Case).one().stage == "preparation"
