"""The JSON of a statement: exact names of the contract, and the rows every figure rests on."""

from __future__ import annotations

import json
from dataclasses import replace

from legal_service.accounts.facts import LoanFacts, PostingFact
from legal_service.accounts.statement_json import as_json
from tests.accounts.a_loan import a_loan, charged, day, instalment, paid, reversed_, statement_of, waived

CONTRACT_KEYS = {
    "loan_no", "as_of", "day_count", "days_past_due", "oldest_due_on", "tier", "five_class_floor", "principal_due",
    "principal_undue", "principal", "interest", "penalty", "compound", "fees", "costs", "total", "cap", "claim_total",
    "accelerated_on", "lines", "postings", "basis",
}  # fmt: skip
CAP_KEYS = {
    "rate", "basis", "ceiling", "charged", "per_period_reduction", "lifetime_reduction", "reduction", "paid_excess",
}  # fmt: skip
LINE_KEYS = {
    "instalment", "due_on", "principal", "interest", "principal_paid", "interest_paid", "paid_off_on", "overdue_days",
    "penalty", "compound",
}  # fmt: skip
POSTING_KEYS = {
    "on", "kind", "reference", "amount", "to_costs", "to_fees", "to_interest", "to_penalty", "to_compound",
    "to_principal", "unapplied",
}  # fmt: skip
FIGURES = (
    "days_past_due", "principal_due", "principal_undue", "interest", "penalty", "compound", "fees", "costs", "total",
    "claim_total",
)  # fmt: skip


def a_full_loan() -> LoanFacts:
    return a_loan(
        charged("2026-02-16", "service_fee", "20.00", "C1"),
        charged("2026-02-17", "legal_cost", "80.00", "C2"),
        paid("2026-02-25", "200.00", "R1"),
        paid("2026-02-26", "77.00", "R2"),
        reversed_("2026-02-27", "R2"),
        paid("2026-03-25", "300.00", "R3"),
        waived("2026-03-31", "penalty", "1.00"),
        compound=True,
        instalments=tuple(
            instalment(number, f"2026-0{number + 1}-15", "1000", interest)
            for number, interest in ((1, "30"), (2, "20"), (3, "10"))
        ),
    )


def test_every_name_of_the_contract_is_there() -> None:
    document = as_json(statement_of(a_full_loan(), "2026-04-01"))
    assert document.keys() >= CONTRACT_KEYS
    assert document["cap"].keys() >= CAP_KEYS
    assert all(line.keys() >= LINE_KEYS for line in document["lines"])
    assert all(posting.keys() >= POSTING_KEYS for posting in document["postings"])


def test_amounts_are_texts_dates_iso_and_the_whole_is_plain_json() -> None:
    document = as_json(statement_of(a_loan(accelerated_on=day("2026-03-01")), "2026-03-02"))
    assert json.loads(json.dumps(document)) == document
    assert (document["principal_due"], document["interest"]) == ("3000.00", "39.33")
    assert (document["as_of"], document["accelerated_on"], document["cap"]["rate"]) == (
        "2026-03-02",
        "2026-03-01",
        "0.24",
    )
    assert (document["lines"][1]["instalment"], document["lines"][1]["due_on"]) == (None, "2026-03-01")


def test_nothing_overdue_reads_null() -> None:
    document = as_json(statement_of(a_loan(), "2026-02-15"))
    assert (document["days_past_due"], document["oldest_due_on"], document["accelerated_on"]) == (0, None, None)
    assert [line["paid_off_on"] for line in document["lines"]] == [None, None, None]


def test_the_order_among_interest_penalty_and_fees_is_marked_for_counsel() -> None:
    basis = as_json(statement_of(a_full_loan(), "2026-04-01"))["basis"]
    marked = [line for line in basis if "第五百六十一条" in line and "awaiting_counsel" in line]
    assert len(marked) == 1
    assert any(line == "民法典 第五百六十一条：费用、利息、本金的抵充次序" for line in basis)
    assert any("法发〔2017〕22号" in line and "awaiting_counsel" in line for line in basis)


def test_a_row_that_moves_the_total_or_the_claim_is_named_by_it() -> None:
    """Change one row at a time and look what moved."""
    loan = a_full_loan()
    before = as_json(statement_of(loan, "2026-04-01"))
    for row, changed in _one_row_changed(loan):
        after = as_json(statement_of(changed, "2026-04-01"))
        moved = [name for name in FIGURES if after[name] != before[name]]
        assert moved, f"{row} moved nothing"
        named = [name for name in moved if row in before["sources"][name]]
        assert ("total" in moved) == ("total" in named), (row, moved)
        assert ("claim_total" in moved) == ("claim_total" in named), (row, moved)


def _one_row_changed(loan: LoanFacts) -> list[tuple[str, LoanFacts]]:
    found = []
    for posting in loan.postings:
        if posting.kind != "reversal" and posting.reference != "R2":
            found.append(
                (posting.row, replace(loan, postings=_with(loan, replace(posting, amount=posting.amount + 7))))
            )
    for line in loan.instalments:
        dearer = tuple(replace(each, interest=each.interest + 9) if each is line else each for each in loan.instalments)
        if line.number < 3:
            found.append((line.row, replace(loan, instalments=dearer)))
    return found


def _with(loan: LoanFacts, changed: PostingFact) -> tuple[PostingFact, ...]:
    return tuple(changed if posting.row == changed.row else posting for posting in loan.postings)


def test_a_reversed_posting_rests_under_reversed_not_under_postings() -> None:
    document = as_json(statement_of(a_full_loan(), "2026-04-01"))
    assert [posting["reference"] for posting in document["postings"]] == ["R1", "R3", "W1"]
    assert document["reversed"][0]["rows"] == ["posting:R2", "posting:X1"]


def test_a_line_names_its_terms_and_every_posting_that_touched_it() -> None:
    document = as_json(statement_of(a_full_loan(), "2026-04-01"))
    assert document["lines"][0]["rows"] == ["contract:HM0001", "instalment:1", "posting:R1", "posting:R3", "posting:W1"]
    assert document["lines"][2]["rows"] == ["contract:HM0001", "instalment:3"]


def test_the_segments_of_a_line_add_up_to_its_penalty_and_compound() -> None:
    document = as_json(statement_of(a_full_loan(), "2026-04-01"))
    for line in document["lines"]:
        for kind in ("penalty", "compound"):
            parts = [part["amount"] for part in line["segments"] if part["kind"] == kind]
            assert sum(round(float(part) * 100) for part in parts) == round(float(line[kind]) * 100)


def test_both_languages_say_why() -> None:
    why = as_json(statement_of(a_loan(), "2026-02-16"))["why_tier"]
    assert why["zh"].startswith("第 1 期（2026-02-15 到期）")
    assert why["en"].startswith("mild (over 0 days)")
