"""Loans as life deals them, for the comparison of the engine with the diary: every method, day count and kind of posting."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from legal_service.accounts.facts import InstalmentFact, LoanFacts, PostingFact, PostingKind, RateSegment
from tests.accounts.independent_schedule import months_later, schedule

ORDERS = (
    "costs,interest,principal",
    "costs,principal,interest",
    "principal,interest,costs",
    "costs,interest,principal;91:costs,principal,interest",
    "interest,costs,principal;31:costs,interest,principal;91:principal,costs,interest",
)
DESIGNATIONS = (
    (),
    (),
    (),
    ("principal", "interest", "costs"),
    ("interest", "costs", "principal"),
    ("costs", "principal", "interest"),
)
CHARGES = ("service_fee", "insurance", "guarantee_fee", "legal_cost", "other")
WAIVERS = ("interest", "penalty", "compound", "fees", "principal")
KINDS: tuple[PostingKind, ...] = ("payment", "payment", "payment", "payment", "deduction", "charge", "charge", "waiver")


@st.composite
def terms(draw: st.DrawFn) -> LoanFacts:
    """The contract alone: amount, rates, method, days, acceleration."""
    disbursed_on = draw(st.sampled_from((date(2023, 11, 1), date(2025, 6, 15), date(2026, 8, 1)))) + timedelta(
        days=draw(st.integers(0, 400))
    )
    monthly = draw(st.booleans())
    first_due_on = months_later(disbursed_on, 1) if monthly else disbursed_on + timedelta(days=draw(st.integers(5, 75)))
    amount = draw(st.integers(50_000, 20_000_000))
    return LoanFacts(
        loan_no="RANDOM", contract_no="RANDOM-C", row="contract:RANDOM",
        principal=amount, disbursed_amount=amount,
        annual_rate=draw(st.sampled_from((180_000, 0, 36_000, 120_000, 150_000, 239_900, 240_000, 300_000)) | st.integers(90_000, 360_000)),
        penalty_uplift=draw(st.sampled_from((50, 0, 30, 100)) | st.integers(0, 100)),
        compound=draw(st.sampled_from((True, True, False))),
        day_count=draw(st.sampled_from((360, 365))),
        method=draw(st.sampled_from(("equal_instalment", "equal_principal", "interest_only", "bullet"))),
        term_months=draw(st.integers(1, 9) | st.sampled_from((12, 24))),
        disbursed_on=disbursed_on, first_due_on=first_due_on,
        allocation=draw(st.sampled_from(ORDERS)),
        signed_cost_table=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def given_instalments(draw: st.DrawFn, loan: LoanFacts) -> tuple[InstalmentFact, ...]:
    """A table of instalments as a tape gives it: the due days of the terms, uneven principal, odd interest, some fees."""
    rows, left = [], loan.disbursed_amount
    computed = schedule(loan)
    for each in computed:
        last = each.number == len(computed)
        principal = left if last else min(left, draw(st.sampled_from((each.principal, 0, left // 3))))
        interest = draw(st.sampled_from((each.interest, each.interest * 2, each.interest // 3)))
        fee = draw(st.sampled_from((0, 0, 1_500, 9_999)))
        rows.append(InstalmentFact(each.number, each.due_on, principal, interest, fee, f"instalment:{each.number}"))
        left -= principal
    return tuple(rows)


@st.composite
def postings(draw: st.DrawFn, loan: LoanFacts) -> tuple[PostingFact, ...]:
    """A ledger: payments round about the due days and at random, charges, waivers, and reversals of some of them."""
    due = [each.due_on for each in schedule(loan)]
    lines: list[PostingFact] = []
    for _ in range(draw(st.integers(0, 10))):
        kind = draw(st.sampled_from(KINDS))
        near = draw(st.sampled_from(due)) + timedelta(days=draw(st.integers(-3, 40)))
        on = draw(st.sampled_from((near, near, loan.disbursed_on + timedelta(days=draw(st.integers(0, 400))))))
        share = loan.disbursed_amount // draw(st.sampled_from((3, 1, 6, 12, 24, 40, 60, 100)))
        amount = (
            share + draw(st.integers(0, 50_000)) if kind in ("payment", "deduction") else draw(st.integers(1, 40_000))
        )
        component = (
            draw(st.sampled_from(CHARGES if kind == "charge" else WAIVERS)) if kind in ("charge", "waiver") else ""
        )
        designated = draw(st.sampled_from(DESIGNATIONS)) if kind == "payment" else ()
        number = len(lines) + 1
        lines.append(PostingFact(
            on=max(on, loan.disbursed_on), kind=kind, amount=amount, reference=f"R{number}", row=f"posting:{number}",
            position=number, component=component, designated=designated, disclosed=draw(st.booleans()),
        ))  # fmt: skip
    for line in list(lines):
        if line.kind in ("payment", "deduction") and draw(st.integers(0, 5)) == 0:
            number, on = len(lines) + 1, line.on + timedelta(days=draw(st.integers(0, 60)))
            lines.append(
                PostingFact(
                    on, "reversal", line.amount, f"R{number}", f"posting:{number}", number, reverses=line.reference
                )
            )
    return tuple(lines)


@st.composite
def dated_rates(draw: st.DrawFn, loan: LoanFacts) -> tuple[RateSegment, ...]:
    """One or two dated rates; some repeat the rate that held before and so change nothing."""
    rate = st.sampled_from((loan.annual_rate, 155_000, 0)) | st.integers(0, 360_000)
    starts = sorted(draw(st.sets(st.integers(0, 300), min_size=1, max_size=2)))
    return tuple(
        RateSegment(loan.disbursed_on + timedelta(days=start), draw(rate), f"rate:{start}") for start in starts
    )


@st.composite
def loans(draw: st.DrawFn) -> tuple[LoanFacts, date]:
    """A loan with its ledger, and the day of the statement."""
    loan = draw(terms())
    changed: dict[str, object] = {}
    last_due = schedule(loan)[-1].due_on
    if draw(st.booleans()):
        changed["instalments"] = draw(given_instalments(loan))
    if ("instalments" in changed or loan.method == "bullet") and draw(st.booleans()):
        changed["rates"] = draw(dated_rates(loan))
    if draw(st.integers(0, 2)) == 0:
        changed["accelerated_on"] = loan.disbursed_on + timedelta(
            days=draw(st.integers(1, (last_due - loan.disbursed_on).days + 20))
        )
        changed["acceleration_clause"] = True
    changed["postings"] = draw(postings(loan))
    named = {name: getattr(loan, name) for name in LoanFacts.__dataclass_fields__}
    return LoanFacts(**(named | changed)), loan.disbursed_on + timedelta(
        days=draw(st.integers(90, 500) | st.integers(0, 500))
    )
