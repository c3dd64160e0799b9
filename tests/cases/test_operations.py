"""Opening a case, moving it, recording what guards ask for: refused with reasons, repeated without effect, told in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from legal_service.access import queries as access
from legal_service.cases import operations, queries
from legal_service.cases.models import StageEntry
from legal_service.cases.operations.limitation_deadlines import follow_limitation
from legal_service.cases.position import CasePosition
from legal_service.cases.serving import parse
from legal_service.database import Transaction
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.settlements import operations as settlements
from legal_service.vault.operations import deposit
from tests.cases.a_case import AS_OF, a_portfolio, call, complain, contract_id, writing

LETTER = {
    "document": "demand_letter", "mode": "mail", "address": "某市某路2号", "sent_on": "2026-04-01", "outcome": "delivered",
    "effective_on": "2026-04-04",
}  # fmt: skip


@pytest.fixture
def portfolio(on_both: Installation) -> Installation:
    return a_portfolio(on_both)


def open_case(
    installation: Installation, loans: Sequence[str] = ("L1",), on: date = AS_OF, by: str | None = None
) -> str:
    return str(writing(installation, lambda tx: operations.open_case(tx, loan_nos=loans, on=on), by))


def advance(installation: Installation, case_no: str, target: str, on: date = AS_OF, **more: Any) -> CasePosition:
    found = writing(installation, lambda tx: operations.advance(tx, case_no=case_no, target=target, on=on, **more))
    assert isinstance(found, CasePosition)
    return found


def settle(
    installation: Installation,
    outcome: str = "refused",
    on: date = date(2026, 5, 1),
    until: date | None = None,
    loan: str = "L1",
) -> int:
    def write(tx: Transaction) -> int:
        return settlements.record_attempt(
            tx, contract_id=contract_id(tx, loan), attempted_on=on, channel="call", offer="分六期", outcome=outcome,
            agreed_until=until,
        )  # fmt: skip

    return int(writing(installation, write))


def evidence(installation: Installation, subject: str, kind: str, content: bytes = b"%PDF-1.7 x") -> str:
    def write(tx: Transaction) -> str:
        return deposit(
            tx, store=installation.store, content=content, filename="a.pdf", media_type="application/pdf", kind=kind,
            subject=subject, form="electronic", obtained_on=None, source="信贷系统",
        ).sha256  # fmt: skip

    return str(writing(installation, write))


def refused(code: str, call: Any) -> Refusal:
    with pytest.raises(Refusal) as raised:
        call()
    assert raised.value.code == code
    return raised.value


def trail(installation: Installation) -> list[str]:
    with installation.reading() as session:
        return [entry.action for entry in access.entries(session)]


# -- opening


def test_a_case_is_numbered_by_year_and_its_limitation_is_on_the_docket(portfolio: Installation) -> None:
    case_no = open_case(portfolio, ["L2", "L1"])
    assert case_no == "LC-2026-000001"
    assert open_case(portfolio, ["L3"]) == "LC-2026-000002"
    assert open_case(portfolio, ["L4"], on=date(2027, 1, 4)) == "LC-2027-000001"
    with portfolio.reading() as session:
        case = queries.case_row(session, case_no)
        assert (case.stage, case.stage_since, case.opened_by) == ("assessment", AS_OF, "operator@localhost")
        assert [row.loan_no for row in queries.contracts_of(session, case.id)] == ["L1", "L2"]
        due = queries.docket(session, case_no=case_no)
    assert [(one.rule, one.subject, one.trigger) for one in due] == [
        ("limitation", "L1", date(2026, 2, 28)),
        ("limitation", "L2", date(2026, 5, 15)),
    ]
    assert due[0].period.raw == date(2029, 2, 28)
    assert due[0].period.provisional


def test_the_same_loans_again_are_the_same_case(portfolio: Installation) -> None:
    case_no = open_case(portfolio, ["L1", "L2"])
    before = trail(portfolio)
    assert open_case(portfolio, ["L2", "L1", "L1"]) == case_no
    assert trail(portfolio) == before
    refused("already_in_case", lambda: open_case(portfolio, ["L1"]))


def test_a_loan_is_in_one_open_case_at_a_time(portfolio: Installation) -> None:
    case_no = open_case(portfolio, ["L1"])
    told = refused("already_in_case", lambda: open_case(portfolio, ["L1", "L2"]))
    assert case_no in told.reason.zh
    advance(portfolio, case_no, "closed", data={"reason": "withdrawn"})
    assert open_case(portfolio, ["L1", "L2"]) == "LC-2026-000002"


@pytest.mark.parametrize(
    ("loans", "code"),
    [(["L1", "L3"], "different_borrowers"), (["L1", "L4"], "different_lenders"), (["L1", "L9"], "unknown_loan")],
)
def test_loans_that_are_no_one_case_are_refused(portfolio: Installation, loans: list[str], code: str) -> None:
    told = refused(code, lambda: open_case(portfolio, loans))
    assert told.reason.zh
    with portfolio.reading() as session:
        assert queries.cases(session) == []


def test_a_reader_opens_nothing(portfolio: Installation) -> None:
    refused("not_permitted", lambda: open_case(portfolio, by="auditor@b.cn"))


# -- moving


def test_the_road_up_to_submission(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    assert advance(portfolio, case_no, "contact").stage == "contact"
    refused("no_contact", lambda: advance(portfolio, case_no, "negotiation"))
    writing(portfolio, lambda tx: call(tx, "L1", date(2026, 4, 1)))
    advance(portfolio, case_no, "negotiation")
    refused("no_settlement_attempt", lambda: advance(portfolio, case_no, "preparation"))
    settle(portfolio)
    advance(portfolio, case_no, "preparation")
    told = refused("no_contract", lambda: advance(portfolio, case_no, "submitted"))
    assert [f"（{number}）" in told.reason.zh for number in (1, 2, 3, 4, 5)] == [True, True, True, True, False]
    evidence(portfolio, "loan:L1", "contract")
    writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=parse(LETTER)))
    for kind, subject, by in (
        ("statement", "statement_of_account", None),
        ("revision", "statement_of_claim", None),
        ("approval", "statement_of_claim", "lawyer@b.cn"),
    ):
        writing(
            portfolio,
            lambda tx, kind=kind, subject=subject: operations.record_milestone(
                tx, case_no=case_no, kind=kind, subject=subject, reached_on=AS_OF, reference="r1"
            ),
            by,
        )
    position = advance(portfolio, case_no, "submitted", on=date(2026, 9, 24), data={"court": "某区人民法院"})
    assert position.stage == "submitted"
    with portfolio.reading() as session:
        docket = {one.rule: one for one in queries.docket(session, case_no=case_no)}
        told_case = queries.case_json(session, case_no, date(2026, 9, 24), "zh")
    # 7 days from 24 September end on National Day; the first working day after it is 8 October.
    assert docket["docketing"].period.raw == date(2026, 10, 1)
    assert docket["docketing"].period.last_day == date(2026, 10, 8)
    assert docket["docketing"].period.internal == date(2026, 9, 30)
    assert not docket["docketing"].period.provisional
    assert docket["limitation"].done_on == date(2026, 9, 24), "while the suit runs no limitation does"
    history = told_case["history"]
    assert isinstance(history, list)
    assert [(one["from"], one["to"]) for one in history] == [
        ("assessment", "contact"),
        ("contact", "negotiation"),
        ("negotiation", "preparation"),
        ("preparation", "submitted"),
    ]
    assert history[-1]["data"] == {"court": "某区人民法院"}


def test_a_suit_that_comes_back_opens_limitation_anew_from_its_filing(portfolio: Installation) -> None:
    """On the conservative track a withdrawn suit counts from the day it was filed (law.md 4)."""
    case_no = open_case(portfolio)

    def went(tx: Transaction, source: str, target: str, on: date) -> None:
        case = queries.case_row(tx.session, case_no)
        tx.session.add(
            StageEntry(
                case_id=case.id, from_stage=source, to_stage=target, entered_on=on, moved_by="", moved_at=tx.moment,
                data="{}",
            )
        )  # fmt: skip
        tx.session.flush()
        follow_limitation(tx, case=case, on=on)

    writing(portfolio, lambda tx: went(tx, "preparation", "submitted", date(2026, 9, 24)))
    writing(portfolio, lambda tx: went(tx, "submitted", "preparation", date(2026, 10, 20)))
    with portfolio.reading() as session:
        due = [one for one in queries.docket(session, case_no=case_no) if one.rule == "limitation"]
    assert [(one.trigger, one.done_on) for one in sorted(due, key=lambda one: one.trigger)] == [
        (date(2026, 2, 28), date(2026, 9, 24)),
        (date(2026, 9, 24), None),
    ]


def test_what_was_said_of_a_move_is_encrypted(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    advance(portfolio, case_no, "contact", data={"note": "张三之妻接听"})
    with portfolio.database.engine.connect() as connection:
        stored = bytes(connection.execute(text("SELECT data FROM stage_entry")).scalar_one())
    assert "张三".encode() not in stored


def test_the_stage_it_is_in_changes_nothing(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    advance(portfolio, case_no, "contact")
    before = trail(portfolio)
    assert advance(portfolio, case_no, "contact").stage == "contact"
    assert trail(portfolio) == before


def test_a_refused_move_leaves_no_trace(portfolio: Installation) -> None:
    case_no = open_case(portfolio, ["L4"])
    before = trail(portfolio)
    told = refused("not_overdue", lambda: advance(portfolio, case_no, "contact"))
    assert "民法典" in told.basis
    assert trail(portfolio) == before
    with portfolio.reading() as session:
        assert queries.case_row(session, case_no).stage == "assessment"
        assert queries.history_of(session, queries.case_row(session, case_no).id) == []


def test_an_open_complaint_holds_the_case_until_it_is_closed(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    writing(portfolio, lambda tx: complain(tx, "L1", date(2026, 6, 1), closed=date(2026, 7, 10)))
    refused("open_complaint", lambda: advance(portfolio, case_no, "contact"))
    assert advance(portfolio, case_no, "contact", on=date(2026, 7, 10)).stage == "contact"


def test_time_does_not_run_backwards(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    refused("bad_date", lambda: advance(portfolio, case_no, "contact", on=date(2026, 6, 29)))


def test_an_unknown_stage_or_case_is_refused(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    refused("no_such_move", lambda: advance(portfolio, case_no, "judged"))
    refused("no_such_move", lambda: advance(portfolio, case_no, "nonsense"))
    refused("unknown_case", lambda: advance(portfolio, "LC-1", "contact"))


@pytest.mark.parametrize("data", [None, {}, {"reason": ""}, {"reason": "written_off"}])
def test_closing_needs_a_reason_and_a_write_off_is_none(portfolio: Installation, data: dict[str, Any] | None) -> None:
    case_no = open_case(portfolio)
    told = refused("bad_closing", lambda: advance(portfolio, case_no, "closed", data=data))
    assert "核销不是结案" in told.reason.zh


def test_closing_ends_what_is_open_on_the_docket_and_done_deadlines_stay(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    advance(portfolio, case_no, "closed", on=date(2026, 7, 1), data={"reason": "paid"})
    with portfolio.reading() as session:
        assert [one.done_on for one in queries.docket(session, case_no=case_no)] == [date(2026, 7, 1)]
    refused("no_such_move", lambda: advance(portfolio, case_no, "contact", on=date(2026, 7, 2)))


def test_two_people_cannot_move_a_case_at_once(installation: Installation) -> None:
    """The version of the case guards against an edit made on what another has changed since."""
    a_portfolio(installation)
    case_no = open_case(installation)
    with installation.reading() as session:
        version = queries.case_row(session, case_no).version
    advance(installation, case_no, "contact")
    with installation.reading() as session:
        assert queries.case_row(session, case_no).version == version + 1


# -- recording


def test_a_service_is_recorded_once(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    proof = evidence(portfolio, f"case:{case_no}", "delivery_receipt")
    paper = parse(LETTER | {"proof": proof})
    first = writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=paper))
    before = trail(portfolio)
    assert writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=paper)) == first
    assert trail(portfolio) == before
    other = parse(LETTER | {"proof": proof, "sent_on": "2026-04-02"})
    assert writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=other)) != first
    with portfolio.reading() as session:
        assert [one.proven for one in queries.services_of(session, case_no)] == [True, True]


def test_a_proof_lies_in_the_vault_of_the_case_or_of_its_loan(portfolio: Installation) -> None:
    case_no, other = open_case(portfolio), open_case(portfolio, ["L3"])
    foreign = evidence(portfolio, f"case:{other}", "delivery_receipt", b"%PDF-1.7 foreign")
    own = evidence(portfolio, "loan:L1", "delivery_receipt", b"%PDF-1.7 own")

    def served(proof: str) -> int:
        paper = parse(LETTER | {"proof": proof})
        return int(writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=paper)))

    refused("unknown_proof", lambda: served("ab" * 32))
    refused("unknown_proof", lambda: served(foreign))
    assert served(own) > 0


def test_a_settlement_attempt_is_recorded_once_and_its_offer_stays_secret(portfolio: Installation) -> None:
    first = settle(portfolio)
    assert settle(portfolio) == first
    assert settle(portfolio, "no_response") != first
    with portfolio.database.engine.connect() as connection:
        offers = connection.execute(text("SELECT offer FROM settlement_attempt")).scalars().all()
    assert all("分六期".encode() not in bytes(offer) for offer in offers)


def test_a_plan_being_kept_holds_the_case_and_a_broken_one_does_not(portfolio: Installation) -> None:
    case_no = open_case(portfolio, ["L1", "L2"])
    advance(portfolio, case_no, "contact")
    writing(portfolio, lambda tx: call(tx, "L1", date(2026, 4, 1)))
    settle(portfolio, "agreed", until=date(2026, 12, 31))
    refused("plan_performing", lambda: advance(portfolio, case_no, "preparation"))
    settle(portfolio, "broken", on=date(2026, 6, 20), loan="L2")
    refused("plan_performing", lambda: advance(portfolio, case_no, "preparation"))
    settle(portfolio, "broken", on=date(2026, 6, 20), loan="L1")
    assert advance(portfolio, case_no, "preparation").stage == "preparation"


def test_a_milestone_again_changes_nothing_until_its_reference_changes(portfolio: Installation) -> None:
    case_no = open_case(portfolio)

    def reach(reference: str) -> None:
        writing(
            portfolio,
            lambda tx: operations.record_milestone(
                tx,
                case_no=case_no,
                kind="revision",
                subject="statement_of_claim",
                reached_on=AS_OF,
                reference=reference,
            ),
        )

    for reference in ("r1", "r1", "r2", "r2", "r1"):
        reach(reference)
    assert trail(portfolio).count("case.milestone.revision") == 3


def test_contacts_and_attempts_after_the_day_do_not_count_yet(portfolio: Installation) -> None:
    open_case(portfolio)
    writing(portfolio, lambda tx: call(tx, "L1", date(2026, 7, 1)))
    settle(portfolio, on=date(2026, 7, 1))
    with portfolio.reading() as session:
        before = queries.position_of_loan(session, "L1", AS_OF)
        after = queries.position_of_loan(session, "L1", date(2026, 7, 1))
    assert (len(before.contacts), len(before.settlements)) == (0, 0)
    assert (len(after.contacts), len(after.settlements)) == (1, 1)
