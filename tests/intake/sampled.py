"""A tape read back as the importer reads it, and its loans as the account reads them: by way of the CSV alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from legal_service.accounts.facts import InstalmentFact, LoanFacts, PostingFact, RateSegment
from legal_service.intake import csv_reading, files
from legal_service.intake.checks import check
from legal_service.intake.known import Known
from legal_service.intake.rows import Row, Tape, type_tape


def read_back(content: dict[str, bytes], today: date) -> Tape:
    """The typed tape after every check of the import."""
    raw = [csv_reading.read(data, name) for name, data in content.items() if name.endswith(".csv")]
    tape = type_tape(raw, files.builtin_mapping())
    check(tape, Known(), today=today)
    return tape


def loans_of(tape: Tape) -> dict[str, LoanFacts]:
    """Loan number → the facts of a statement."""
    of: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for sheet, rows in tape.rows.items():
        for row in rows:
            of[row.text("loan_no")][sheet].append(row)
    return {row.text("loan_no"): _facts(row, of[row.text("loan_no")]) for row in tape.rows["loans"]}


def _facts(row: Row, own: dict[str, list[Row]]) -> LoanFacts:
    v = row.values
    lines = [*own["repayments"], *own["charges"], *own["waivers"]]
    return LoanFacts(
        loan_no=row.text("loan_no"),
        contract_no=row.text("contract_no"),
        principal=v["principal"],
        disbursed_amount=v["disbursed_amount"] or v["principal"],
        annual_rate=v["annual_rate"],
        penalty_uplift=v["penalty_uplift"],
        compound=v["compound"],
        day_count=int(v["day_count"]),
        method=v["method"],
        term_months=v["term_months"],
        disbursed_on=v["disbursed_on"],
        first_due_on=v["first_due_on"],
        row="",
        allocation=row.text("allocation"),
        acceleration_clause=v["acceleration_clause"],
        accelerated_on=v["accelerated_on"],
        signed_cost_table=v["signed_cost_table"],
        rates=tuple(RateSegment(r.values["from"], r.values["annual_rate"], "") for r in own["rates"]),
        instalments=tuple(
            InstalmentFact(
                r.values["number"],
                r.values["due_on"],
                r.values["principal"],
                r.values["interest"],
                r.values["fee"],
                f"i{r.values['number']}",
            )
            for r in own["instalments"]
        ),
        postings=tuple(_posting(line, place) for place, line in enumerate(lines)),
    )


def _posting(row: Row, place: int) -> PostingFact:
    repayment = row.sheet == "repayments"
    designated = row.text("designated")
    return PostingFact(
        on=row.values["paid_on" if repayment else "on"],
        kind=row.text("kind") if repayment else row.sheet.removesuffix("s"),
        amount=row.values["amount"],
        reference=row.text("reference"),
        row=f"{row.sheet}:{place}",
        position=place,
        component="" if repayment else row.text("kind"),
        reverses=row.text("reverses"),
        designated=tuple(designated.split(",")) if designated else (),
        disclosed=bool(row.values.get("disclosed", True)),
    )
