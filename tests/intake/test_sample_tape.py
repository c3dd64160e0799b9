"""The synthetic tape: it passes the import without an error, and its loans stand where they were meant to stand."""

from collections import Counter
from datetime import date

import pytest

from legal_service.accounts.rules import rules_on
from legal_service.accounts.statement import compute
from legal_service.intake.sample import institution
from legal_service.intake.sample.credit_files import draw_files
from legal_service.intake.sample.fates import deal
from legal_service.intake.sample.tape import Sheets
from legal_service.law import files as law
from tests.intake.sampled import loans_of, read_back

AS_OF = date(2026, 11, 23)
LOANS = 600


def drawn(loans, seed, as_of=AS_OF):
    sheets, files = Sheets(), list(draw_files(loans, seed, as_of))
    for file in files:
        sheets.add(file)
    return files, sheets.files()


@pytest.fixture(scope="module")
def portfolio():
    return drawn(LOANS, 7)


@pytest.fixture(scope="module")
def tape(portfolio):
    return read_back(portfolio[1], AS_OF)


@pytest.fixture(scope="module")
def statements(tape):
    rules = rules_on(law.parameters(), AS_OF)
    return {loan_no: compute(facts, AS_OF, rules) for loan_no, facts in loans_of(tape).items()}


def test_the_same_arguments_draw_the_same_bytes(portfolio):
    assert drawn(LOANS, 7)[1] == portfolio[1]


def test_another_seed_draws_another_portfolio(portfolio):
    other = drawn(40, 8)[1]
    assert drawn(40, 7)[1]["borrowers.csv"] != other["borrowers.csv"]


def test_the_import_finds_no_error_and_only_the_doubts_intended(tape):
    assert [finding for finding in tape.findings if finding.severity == "error"] == []
    assert {finding.code for finding in tape.findings} == {"deducted_up_front", "quiet_hours"}
    assert len(tape.findings) < LOANS * 0.03


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 3, 31), date(2027, 1, 1)])
@pytest.mark.parametrize("loans", [1, 2, 45])
def test_any_size_on_any_business_date_passes_the_import(loans, as_of):
    tape = read_back(drawn(loans, 3, as_of)[1], as_of)
    assert [finding for finding in tape.findings if finding.severity == "error"] == []


def test_every_loan_stands_in_the_tier_it_was_drawn_for(portfolio, statements):
    for file in portfolio[0]:
        statement = statements[file.loan.loan_no]
        assert statement.tier == file.fate.tier
        assert file.fate.at_least <= statement.days_past_due <= file.fate.at_most


def test_the_tiers_are_spread_as_in_a_lenders_book(statements):
    tiers = Counter(statement.tier for statement in statements.values())
    assert tiers == {"none": 390, "mild": 90, "moderate": 42, "severe": 78}


def test_every_five_class_floor_occurs(statements):
    floors = Counter(statement.five_class_floor for statement in statements.values())
    assert set(floors) == {"正常", "关注", "次级", "可疑", "损失"} and min(floors.values()) >= 5


def test_those_who_pay_are_square_to_the_fen(portfolio, statements):
    current = [statements[file.loan.loan_no] for file in portfolio[0] if file.fate.tier == "none"]
    owing = [one for one in current if one.total]
    assert all(
        one.total
        == sum(line.principal_unpaid + line.interest_unpaid for line in one.lines if line.period.due_on == AS_OF)
        + one.fees
        for one in owing
    )
    assert len(owing) < len(current) * 0.05, "only an instalment due this very day may be open"


def test_the_terms_are_those_of_a_consumer_lender(portfolio):
    loans = [file.loan for file in portfolio[0]]
    methods = Counter(loan.method for loan in loans)
    assert set(methods) == {"equal_instalment", "equal_principal", "interest_only", "bullet"}
    assert methods["equal_instalment"] > 0.7 * LOANS
    assert all(72_000 <= loan.annual_rate <= 240_000 and 6 <= loan.months <= 36 for loan in loans)
    assert {loan.uplift for loan in loans} == {30, 50} and {loan.day_count for loan in loans} == {360, 365}
    assert all(0 < (AS_OF - loan.disbursed_on).days < 3 * 366 + 31 for loan in loans)
    assert any(loan.rates for loan in loans) and any(loan.given_instalments for loan in loans)
    assert any(loan.fee for loan in loans) and any(loan.paid_out < loan.principal for loan in loans)


def test_clauses_vary_and_the_cost_table_is_signed_from_its_day_on(portfolio):
    loans = [file.loan for file in portfolio[0]]
    assert all(loan.clauses.cost_table == (loan.disbursed_on >= date(2026, 8, 1)) for loan in loans)
    assert any(loan.clauses.arbitration for loan in loans) and any(loan.clauses.notarised for loan in loans)
    forums = {(loan.clauses.court, bool(loan.clauses.connection)) for loan in loans}
    assert forums == {("", False), (institution.COURT, True), (institution.OTHER_COURT, False)}
    assert not any(loan.clauses.court for loan in loans if loan.clauses.arbitration)


def test_the_ledger_has_what_ledgers_have(tape):
    kinds = Counter(row.text("kind") for row in tape.rows["repayments"])
    assert kinds["payment"] > 100 and kinds["deduction"] > 100 and kinds["reversal"] > 5
    assert any(row.text("designated") for row in tape.rows["repayments"])
    assert {row.text("kind") for row in tape.rows["charges"]} >= {"service_fee", "insurance", "legal_cost"}
    assert {row.values["disclosed"] for row in tape.rows["charges"]} == {True, False}
    assert tape.rows["waivers"] and all(row.text("approved_by") for row in tape.rows["waivers"])
    assert any(row.values["accelerated_on"] for row in tape.rows["loans"])
    compensated = [row for row in tape.rows["loans"] if row.values["compensated_on"]]
    assert compensated and all(row.text("compensated_by") and row.values["compensated_amount"] for row in compensated)


def test_nothing_happens_before_the_payout_or_after_the_business_date(portfolio, tape):
    for file in portfolio[0]:
        days = [contact.at.date() for contact in file.contacts] + [one.received_on for one in file.complaints]
        assert all(file.loan.disbursed_on <= day <= AS_OF for day in days)
    for sheet, column in (
        ("repayments", "paid_on"),
        ("charges", "on"),
        ("waivers", "on"),
        ("complaints", "received_on"),
    ):
        assert max(row.values[column] for row in tape.rows[sheet]) <= AS_OF
    assert max(row.values["at"].date() for row in tape.rows["contacts"]) <= AS_OF


def test_contacts_follow_the_arrears(portfolio):
    for file in portfolio[0]:
        outward = [contact for contact in file.contacts if contact.direction == "out" and contact.channel == "call"]
        for contact in outward:
            assert any(
                episode.due_on < contact.at.date() <= (episode.ended_on or AS_OF) for episode in file.ledger.episodes
            ), "nobody is called who owes nothing overdue"
    severe = [len(file.contacts) for file in portfolio[0] if file.fate.tier == "severe"]
    current = [len(file.contacts) for file in portfolio[0] if file.fate.tier == "none"]
    assert sum(severe) / len(severe) > 10 > sum(current) / len(current)


def test_third_persons_are_asked_with_consent_and_named_in_the_notes(portfolio):
    third = [(file, contact) for file in portfolio[0] for contact in file.contacts if contact.party == "third_party"]
    asked = [(file, contact) for file, contact in third if contact.address == file.kin.phone]
    assert asked and all(contact.consent == "Y" for _, contact in asked)
    assert any(file.kin.name in contact.content for file, contact in asked)


def test_guarantors_stand_behind_about_one_loan_in_seven(portfolio):
    guarantees = [file.guarantee for file in portfolio[0] if file.guarantee]
    assert 0.1 < len(guarantees) / LOANS < 0.2
    assert {one.liability for one in guarantees} == {"joint", "general", "unclear"}
    assert any(one.until is None for one in guarantees)


def test_some_borrowers_have_two_loans(portfolio):
    numbers = Counter(file.borrower.number for file in portfolio[0])
    assert LOANS * 0.85 < len(numbers) < LOANS


def test_few_complain_and_some_complaints_are_open(tape):
    complaints = tape.rows["complaints"]
    assert 2 <= len(complaints) < LOANS * 0.05
    assert all(bool(row.values["closed_on"]) == bool(row.text("outcome")) for row in complaints)


def test_the_exemplary_case_is_the_first_severe_loan_and_ready_to_sue(portfolio, statements):
    file = next(file for file in portfolio[0] if file.fate.tier == "severe")
    statement = statements[file.loan.loan_no]
    assert file.exemplary and sum(one.exemplary for one in portfolio[0]) == 1
    assert statement.days_past_due > 90 and statement.accelerated_on and statement.claim.total > 0
    assert statement.principal_undue == 0, "all of it is due"
    assert file.guarantee is not None and file.guarantee.liability == "joint" and file.guarantee.until > AS_OF
    clauses = file.loan.clauses
    assert clauses.acceleration and clauses.court and clauses.connection and not clauses.arbitration
    assert not file.complaints and file.ledger.compensated_on is None
    served = {(letter.kind, letter.party) for letter in file.letters if letter.outcome == "delivered"}
    assert served >= {
        (kind, party) for kind in ("demand_letter", "acceleration_notice") for party in ("borrower", "guarantor")
    }
    reached = next(one for one in file.letters if one.kind == "acceleration_notice" and one.party == "borrower")
    assert reached.ended_on == file.ledger.accelerated_on, "acceleration takes effect when the notice arrives"
    assert any(contact.outcome == "promised" for contact in file.contacts)


@pytest.mark.parametrize("loans", [1, 3, 7, 60, 999])
def test_the_deck_always_holds_every_loan_and_a_case_to_show(loans):
    fates = deal(loans, 11)
    assert len(fates) == loans and any(fate.tier == "severe" for fate in fates)
