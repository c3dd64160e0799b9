"""A proof of service withdrawn, the defence of limitation decided: by a named lawyer, with a reason, in the trail; dates follow the proof alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from legal_service.access.operations import record
from legal_service.accounts.models import Guarantee
from legal_service.cases import operations, queries
from legal_service.cases.models import WorkLine
from legal_service.cases.serving import parse
from legal_service.errors import Refusal
from legal_service.installation import Installation
from tests.builders import rows_of
from tests.cases.a_case import AS_OF, a_portfolio, contract_id, writing
from tests.cases.test_operations import LETTER, evidence, open_case, trail

LAWYER = "lawyer@b.cn"


@pytest.fixture
def portfolio(on_both: Installation) -> Installation:
    return a_portfolio(on_both)


def ends(installation: Installation) -> date | None:
    (line,) = rows_of(installation, WorkLine)
    return line.limitation_on  # type: ignore[no-any-return]


def told(installation: Installation, case_no: str) -> Any:
    with installation.reading() as session:
        return queries.limitation_of(session, case_no, AS_OF, "zh")


def served(installation: Installation, case_no: str, party: str = "borrower", content: bytes = b"%PDF-1.7 x") -> int:
    proof = evidence(installation, f"case:{case_no}", "delivery_receipt", content)
    paper = parse(LETTER | {"proof": proof, "party": party})
    return int(writing(installation, lambda tx: operations.record_service(tx, case_no=case_no, paper=paper)))


def withdraw(
    installation: Installation, case_no: str, service: int, reason: str = "wrong_person", by: str | None = LAWYER
) -> None:
    writing(
        installation,
        lambda tx: operations.withdraw_proof(tx, case_no=case_no, service_id=service, reason=reason, on=AS_OF),
        by,
    )


def on_docket(installation: Installation, case_no: str) -> list[tuple[date, bool]]:
    """The limitation deadlines of the case: the day each counts from, and whether it is done."""
    with installation.reading() as session:
        due = queries.docket(session, case_no=case_no)
    return [(one.trigger, one.done_on is not None) for one in due if one.rule == "limitation"]


def test_the_docket_follows_a_proof_and_its_withdrawal(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    assert on_docket(portfolio, case_no) == [(date(2026, 2, 28), False)]
    service = served(portfolio, case_no)
    arrived = date.fromisoformat(LETTER["effective_on"])
    assert on_docket(portfolio, case_no) == [(arrived, False)]
    withdraw(portfolio, case_no, service)
    assert on_docket(portfolio, case_no) == [(date(2026, 2, 28), False)]
    assert trail(portfolio).count("docket.follow") == 2


def decide(
    installation: Installation, case_no: str, decision: str, reason: str, proof: str = "", by: str | None = LAWYER
) -> None:
    writing(
        installation,
        lambda tx: operations.decide_limitation(
            tx, case_no=case_no, loan_no="L1", decision=decision, reason=reason, on=AS_OF, proof=proof
        ),
        by,
    )


def refused(code: str, act: Any) -> None:
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code


def test_a_proof_withdrawn_takes_its_interruption_back(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    service = served(portfolio, case_no)
    assert ends(portfolio) == date(2029, 4, 4)
    (loan,) = told(portfolio, case_no)["loans"]
    assert [(step["kind"], step["expiry"]) for step in loan["steps"]] == [
        ("start", "2029-02-28"), ("demand_delivered", "2029-04-04"),
    ]  # fmt: skip
    assert "快递妥投记录" in loan["steps"][1]["proof"]
    withdraw(portfolio, case_no, service)
    assert ends(portfolio) == date(2029, 2, 28)
    assert [step["kind"] for step in told(portfolio, case_no)["loans"][0]["steps"]] == ["start"]
    with portfolio.reading() as session:
        assert [one.proven for one in queries.services_of(session, case_no)] == [False]
        words = [event.words.zh for event in queries.timeline(session, case_no)]
    assert "撤回送达凭证：收件人并非当事人" in words
    assert "case.milestone.proof_withdrawn" in trail(portfolio)


def test_withdrawing_again_changes_nothing_and_another_proof_counts(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    service = served(portfolio, case_no)
    withdraw(portfolio, case_no, service)
    withdraw(portfolio, case_no, service, "not_genuine")
    served(portfolio, case_no, content=b"%PDF-1.7 another")
    assert ends(portfolio) == date(2029, 4, 4)
    assert [one["proven"] for one in told(portfolio, case_no)["services"]] == [False, True]


def test_only_a_named_lawyer_withdraws_for_a_known_reason_what_is_there(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    service = served(portfolio, case_no)
    refused("named_lawyer_required", lambda: withdraw(portfolio, case_no, service, by=None))
    refused("reason_required", lambda: withdraw(portfolio, case_no, service, "张三没有收到"))
    refused("unknown_service", lambda: withdraw(portfolio, case_no, service + 1))
    assert ends(portfolio) == date(2029, 4, 4)


def test_a_decision_is_kept_with_who_and_why_and_moves_no_date(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    before = ends(portfolio)
    proof = evidence(portfolio, f"case:{case_no}", "settlement_agreement")
    decide(portfolio, case_no, "lost", "new_agreement", proof)
    decide(portfolio, case_no, "stands", "not_proven")
    assert ends(portfolio) == before
    found = told(portfolio, case_no)["loans"][0]["decisions"]
    assert [(one["decision"], one["reason"], one["proof"], one["by"]) for one in found] == [
        ("lost", "new_agreement", proof, LAWYER), ("stands", "not_proven", "", LAWYER),
    ]  # fmt: skip


def test_that_the_defence_is_lost_is_decided_by_a_lawyer_on_proof(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    refused("unknown_proof", lambda: decide(portfolio, case_no, "lost", "demand_signed"))
    refused("unknown_proof", lambda: decide(portfolio, case_no, "lost", "demand_signed", "ab" * 32))
    refused("reason_required", lambda: decide(portfolio, case_no, "lost", "not_proven"))
    refused("bad_decision", lambda: decide(portfolio, case_no, "perhaps", "not_proven"))
    refused("named_lawyer_required", lambda: decide(portfolio, case_no, "stands", "not_proven", by=None))
    assert told(portfolio, case_no)["loans"][0]["decisions"] == []


def test_each_guarantor_has_his_last_day_and_a_demand_that_may_be_anyones_binds_nobody(
    portfolio: Installation,
) -> None:
    case_no = open_case(portfolio)
    served(portfolio, case_no, party="guarantor")
    assert told(portfolio, case_no)["loans"][0]["guarantors"] == []

    def guaranteed(number: str, liability: str) -> None:
        writing(portfolio, lambda tx: _add(tx, number, liability))

    guaranteed("1", "joint")
    (only,) = told(portfolio, case_no)["loans"][0]["guarantors"]
    assert (only["last_day"], only["state"]) == ("2026-08-28", "preserved")
    guaranteed("2", "unclear")
    both = told(portfolio, case_no)["loans"][0]["guarantors"]
    assert [(one["liability"], one["state"]) for one in both] == [("joint", "open"), ("general", "open")]


def _add(tx: Any, number: str, liability: str) -> None:
    tx.session.add(
        Guarantee(
            contract_id=contract_id(tx, "L1"), name="保证人", id_number=number, id_number_index=number, liability=liability,
            phone=None, domicile=None, source_row="guarantors.csv:2",
        )
    )  # fmt: skip
    record(tx, action="test.guarantee", subject="test")
