"""What proves that a notice of acceleration arrived (民法典 137, 565): a record with its proof, or notice, receipt and log together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from legal_service.accounts.alternatives import acceleration_status, alternatives
from legal_service.accounts.models import Contract
from legal_service.cases import guards, operations, queries
from legal_service.cases.acceleration import NoticeSent, NoticeServed, PaperHeld, arrival_of
from legal_service.cases.position import Served
from legal_service.cases.serving import parse
from legal_service.database import Transaction
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.cases.a_case import AS_OF, a_portfolio, a_position, writing

SERVED = NoticeServed(date(2026, 3, 4), True, "service_attempt:1")
LETTER = NoticeSent(date(2026, 3, 1), "delivered", True, "寄出贷款提前到期通知书，3月4日签收。", "contact_attempt:5")
NOTICE = PaperHeld("acceleration_notice", date(2026, 3, 1), "vault_item:1")
RECEIPT = PaperHeld("delivery_receipt", date(2026, 3, 4), "vault_item:2")


def test_a_recorded_service_with_its_proof_is_enough() -> None:
    found = arrival_of([SERVED], [], [], AS_OF)
    assert found is not None
    assert (found.on, found.rows) == (date(2026, 3, 4), ("service_attempt:1",))


def test_a_recorded_service_without_proof_needs_a_receipt_in_the_vault() -> None:
    bare = replace(SERVED, proven=False)
    assert arrival_of([bare], [], [NOTICE], AS_OF) is None
    found = arrival_of([bare], [], [NOTICE, RECEIPT], AS_OF)
    assert found is not None
    assert found.rows == ("service_attempt:1", "vault_item:2")


def test_an_arrival_after_the_day_of_the_statement_does_not_count_yet() -> None:
    assert arrival_of([SERVED], [], [], date(2026, 3, 3)) is None
    assert arrival_of([SERVED], [], [], date(2026, 3, 4)) is not None


def test_a_letter_arrived_on_the_day_of_its_receipt_not_of_its_sending() -> None:
    found = arrival_of([], [LETTER], [NOTICE, RECEIPT], AS_OF)
    assert found is not None
    assert (found.on, found.rows) == (date(2026, 3, 4), ("contact_attempt:5", "vault_item:1", "vault_item:2"))


def test_a_letter_with_an_undated_or_earlier_receipt_is_not_proved() -> None:
    for on in (None, date(2026, 2, 28)):
        assert arrival_of([], [LETTER], [NOTICE, replace(RECEIPT, obtained_on=on)], AS_OF) is None


def test_a_message_arrived_on_the_day_of_the_log() -> None:
    message = replace(LETTER, letter=False, outcome="read")
    found = arrival_of([], [message], [NOTICE, replace(RECEIPT, obtained_on=None)], AS_OF)
    assert found is not None
    assert found.on == date(2026, 3, 1)


def test_log_notice_and_receipt_are_all_needed_and_the_log_must_name_the_notice() -> None:
    assert arrival_of([], [LETTER], [NOTICE], AS_OF) is None
    assert arrival_of([], [LETTER], [RECEIPT], AS_OF) is None
    assert arrival_of([], [], [NOTICE, RECEIPT], AS_OF) is None
    assert arrival_of([], [replace(LETTER, content="寄出催收函")], [NOTICE, RECEIPT], AS_OF) is None
    assert arrival_of([], [replace(LETTER, outcome="returned_unknown")], [NOTICE, RECEIPT], AS_OF) is None


def test_the_earliest_proof_counts() -> None:
    late = replace(SERVED, effective_on=date(2026, 4, 1))
    found = arrival_of([late], [LETTER], [NOTICE, RECEIPT], AS_OF)
    assert found is not None
    assert found.on == date(2026, 3, 4)


def test_the_statement_of_a_case_knows_the_service_recorded_in_it(installation: Installation) -> None:
    """L4, due on 1 December, told to be accelerated on 1 March 2026."""
    a_portfolio(installation)

    def told(tx: Transaction) -> str:
        contract = tx.session.query(Contract).filter_by(loan_no="L4").one()
        contract.acceleration_clause, contract.accelerated_on = True, date(2026, 3, 1)
        return operations.open_case(tx, loan_nos=["L4"], on=AS_OF)

    case_no = writing(installation, told)
    with installation.reading() as session:
        assert acceleration_status(queries.statement(session, "L4", AS_OF)) == "awaiting_counsel"
    paper = {
        "document": "acceleration_notice", "mode": "direct", "address": "某市某路2号", "sent_on": "2026-03-01",
        "outcome": "delivered", "effective_on": "2026-03-01",
    }  # fmt: skip

    def serve(tx: Transaction) -> None:
        item = deposit(
            tx, store=installation.store, content=b"receipt", filename="receipt.txt", media_type="text/plain",
            kind="delivery_receipt", subject="loan:L4", form="copy", obtained_on=date(2026, 3, 1), source="",
        )  # fmt: skip
        operations.record_service(tx, case_no=case_no, paper=parse(paper | {"proof": item.sha256}))

    writing(installation, serve)
    with installation.reading() as session:
        statement = queries.statement(session, "L4", AS_OF)
    assert acceleration_status(statement) == "verified"
    assert statement.facts.notice is not None
    assert statement.facts.notice.rows[0].startswith("service_attempt:")


def test_the_statement_of_a_case_knows_the_service_of_the_complaint(installation: Installation) -> None:
    """L4, told to be accelerated on 1 March 2026 without proof; its complaint is served on 20 March."""
    a_portfolio(installation)

    def told(tx: Transaction) -> None:
        contract = tx.session.query(Contract).filter_by(loan_no="L4").one()
        contract.acceleration_clause, contract.accelerated_on = True, date(2026, 3, 1)
        case_no = operations.open_case(tx, loan_nos=["L4"], on=AS_OF)
        served = {"document": "statement_of_claim", "mode": "direct", "address": "某市某路2号", "sent_on": "2026-03-18"}
        for party, on in (("guarantor", "2026-03-19"), ("borrower", "2026-03-20")):
            paper = served | {"party": party, "outcome": "delivered", "effective_on": on}
            operations.record_service(tx, case_no=case_no, paper=parse(paper))

    writing(installation, told)
    with installation.reading() as session:
        statement = queries.statement(session, "L4", AS_OF)
        earlier = queries.statement(session, "L4", date(2026, 3, 19))
    assert acceleration_status(statement) == "awaiting_counsel"
    (beside,) = alternatives(statement)
    assert (beside.code, beside.statement.accelerated_on) == ("from_service_of_complaint", date(2026, 3, 20))
    (before,) = alternatives(earlier)
    assert before.statement.accelerated_on is None


def test_the_complaint_is_no_demand_of_the_lender() -> None:
    with_complaint = a_position(served=(Served("statement_of_claim", "borrower", AS_OF, True),))
    assert guards.demand_served(with_complaint) is not None
