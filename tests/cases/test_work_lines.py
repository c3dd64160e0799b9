"""Work lines follow every write: each says what its rows say, and all of them can be made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from legal_service import tasks
from legal_service.access.operations import record
from legal_service.accounts.models import Posting
from legal_service.cases import operations, queries
from legal_service.cases.models import WorkLine
from legal_service.cases.operations import work_lines
from legal_service.cases.serving import parse
from legal_service.contacts.models import ContactAttempt
from legal_service.database import LOCAL_OPERATOR, Transaction
from legal_service.errors import Refusal
from legal_service.evidence import operations as evidence_operations
from legal_service.installation import Installation
from legal_service.law import files as law
from legal_service.law.limitation import Event, reckon
from legal_service.worker import run_now
from tests.builders import rows_of
from tests.cases.a_case import AS_OF, BORN, DUES, a_portfolio, call, contract_id, writing
from tests.cases.test_operations import LETTER, advance, evidence, open_case
from tests.conftest import settings_in
from tests.postgres import new_database

FIELDS = [column.name for column in WorkLine.__table__.columns if column.name not in ("id", "institution_id")]
CLAIM = "statement_of_claim"


@pytest.fixture
def portfolio(on_both: Installation) -> Installation:
    return a_portfolio(on_both)


def lines(installation: Installation) -> list[dict[str, Any]]:
    found = sorted(rows_of(installation, WorkLine), key=lambda row: row.case_id)
    return [{name: getattr(row, name) for name in FIELDS} for row in found]


def line(installation: Installation) -> dict[str, Any]:
    (only,) = lines(installation)
    return only


def milestone(installation: Installation, case_no: str, kind: str, reference: str) -> None:
    writing(
        installation,
        lambda tx: operations.record_milestone(
            tx, case_no=case_no, kind=kind, subject=CLAIM, reached_on=AS_OF, reference=reference
        ),
    )


def sweep(installation: Installation, as_of: date) -> None:
    run_now(
        installation, actor=LOCAL_OPERATOR, kind="sweep", arguments={"as_of": as_of.isoformat()}, tasks=tasks.TASKS,
        watch=lambda done, total, text: None,
    )  # fmt: skip


def paid(tx: Transaction, on: date, reference: str, kind: str = "payment", reverses: str = "") -> None:
    """A repayment on L1's ledger, as an import leaves it."""
    tx.session.add(
        Posting(
            contract_id=contract_id(tx, "L1"), family="repayment", kind=kind, posted_on=on, amount=1_000, reference=reference,
            reverses=reverses, recorded_at=BORN, source_row="repayments.csv:2",
        )
    )  # fmt: skip
    record(tx, action="test.posting", subject="test")


def conservative(*events: Event) -> date:
    found = reckon(
        "general", law.parameters(), law.calendar(), last_due_on=DUES["L1"], asked_on=AS_OF, events=events
    ).conservative.expiry
    assert found is not None
    return found


def test_an_opened_case_has_its_line(portfolio: Installation) -> None:
    open_case(portfolio, ["L1", "L2"])
    assert line(portfolio) == {
        "case_id": 1, "open": True, "next_rule": "limitation", "next_last_day": date(2029, 2, 28),
        "next_internal": line(portfolio)["next_internal"], "next_provisional": True, "limitation_on": conservative(),
        "awaits_approval": False, "gaps": 6, "returned": False, "days_past_due": 122, "tier": "severe",
        "claim_total": _claim(portfolio), "claim_as_of": AS_OF,
    }  # fmt: skip


def _claim(installation: Installation) -> int:
    with installation.reading() as session:
        return queries.position_of(session, "LC-2026-000001", AS_OF).claim_total


def test_a_revision_awaits_approval_until_it_is_approved_and_a_newer_one_again(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    seen = []
    for kind, reference in (
        ("revision", "1"),
        ("approval", "1"),
        ("revision", "2"),
        ("approval", "1"),
        ("approval", "2"),
    ):
        milestone(portfolio, case_no, kind, reference)
        seen.append(line(portfolio)["awaits_approval"])
    assert seen == [True, False, True, True, False]


def test_a_demand_with_proof_restarts_limitation_and_one_without_does_not(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    letter = {**LETTER, "effective_on": "2026-04-04"}
    writing(portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=parse(letter)))
    assert line(portfolio)["limitation_on"] == conservative()
    proof = evidence(portfolio, f"case:{case_no}", "delivery_receipt")
    writing(
        portfolio, lambda tx: operations.record_service(tx, case_no=case_no, paper=parse({**letter, "proof": proof}))
    )
    assert line(portfolio)["limitation_on"] == conservative(Event("demand_delivered", date(2026, 4, 4)))
    assert line(portfolio)["limitation_on"] == date(2029, 4, 4)


def test_a_payment_restarts_limitation_at_the_next_sweep_and_its_reversal_takes_that_back(
    portfolio: Installation,
) -> None:
    open_case(portfolio)
    writing(portfolio, lambda tx: paid(tx, date(2026, 6, 1), "R1"))
    sweep(portfolio, AS_OF)
    assert line(portfolio)["limitation_on"] == conservative(Event("part_payment", date(2026, 6, 1)))
    writing(portfolio, lambda tx: paid(tx, date(2026, 6, 20), "R2", "reversal", "R1"))
    sweep(portfolio, AS_OF)
    assert line(portfolio)["limitation_on"] == conservative()


def test_the_sweep_ages_the_line_and_an_earlier_sweep_turns_nothing_back(portfolio: Installation) -> None:
    open_case(portfolio)
    sweep(portfolio, date(2026, 7, 15))
    later = line(portfolio)
    assert (later["days_past_due"], later["claim_as_of"]) == (137, date(2026, 7, 15))
    sweep(portfolio, date(2026, 7, 1))
    assert line(portfolio) == later


def test_a_case_that_falls_back_is_returned_until_it_moves_on(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    writing(portfolio, lambda tx: call(tx, "L1", date(2026, 4, 1)))
    advance(portfolio, case_no, "contact")
    settled = lambda tx: operations.record_settlement(  # noqa: E731
        tx, case_no=case_no, attempted_on=date(2026, 5, 1), channel="call", offer="分六期", outcome="refused"
    )
    writing(portfolio, settled)
    advance(portfolio, case_no, "preparation")
    assert not line(portfolio)["returned"]
    advance(portfolio, case_no, "settlement")
    assert line(portfolio)["returned"]
    advance(portfolio, case_no, "preparation")
    assert not line(portfolio)["returned"]


def test_evidence_and_an_agreement_change_the_gaps(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    before = line(portfolio)["gaps"]

    def add(tx: Transaction) -> None:
        evidence_operations.add_evidence(
            tx, store=portfolio.store, case_no=case_no, content=b"%PDF-1.7\n1 0 obj\n", filename="a.pdf", kind="contract",
            known_kinds=frozenset({"contract"}),
        )  # fmt: skip

    writing(portfolio, add)
    assert line(portfolio)["gaps"] == before - 1
    writing(portfolio, add)
    assert line(portfolio)["gaps"] == before - 1
    agreed = lambda tx: operations.record_settlement(  # noqa: E731
        tx, case_no=case_no, attempted_on=date(2026, 5, 1), channel="call", offer="分六期", outcome="agreed",
        agreed_until=date(2026, 12, 1),
    )  # fmt: skip
    writing(portfolio, agreed)
    assert line(portfolio)["gaps"] == before


def test_papers_that_came_by_import_are_counted_by_the_sweep(portfolio: Installation) -> None:
    open_case(portfolio)
    before = line(portfolio)["gaps"]
    evidence(portfolio, "loan:L1", "id_card")
    assert line(portfolio)["gaps"] == before
    sweep(portfolio, AS_OF)
    assert line(portfolio)["gaps"] == before - 1


def test_gaps_counted_since_the_sweep_looked_are_not_overwritten(portfolio: Installation) -> None:
    from legal_service.cases.operations.ageing import count_gaps
    from legal_service.cases.operations.sweep import grade

    open_case(portfolio)
    evidence(portfolio, "loan:L1", "id_card")
    with portfolio.reading() as session:
        graded = grade(session, as_of=AS_OF, progress=lambda done, total, text: None)
        counted = count_gaps(session, as_of=AS_OF, progress=lambda done, total, text: None)
    evidence(portfolio, "loan:L1", "contract")
    writing(portfolio, lambda tx: work_lines.recount_gaps(tx, case_no="LC-2026-000001"))
    newest = line(portfolio)["gaps"]
    writing(portfolio, lambda tx: operations.sweep(tx, as_of=AS_OF, graded=graded, gaps=counted))
    assert line(portfolio)["gaps"] == newest == counted[1].now - 1


def test_a_closed_case_leaves_the_list_and_claims_nothing(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    sweep(portfolio, date(2026, 7, 15))
    advance(portfolio, case_no, "closed", date(2026, 7, 10), data={"reason": "withdrawn"})
    closed = line(portfolio)
    assert (closed["open"], closed["claim_total"], closed["gaps"], closed["next_rule"]) == (False, 0, 0, "")
    assert closed["claim_as_of"] == date(2026, 7, 10)
    sweep(portfolio, date(2026, 8, 1))
    assert line(portfolio) == closed


def test_an_instance_of_an_earlier_release_gets_its_lines_at_init(portfolio: Installation) -> None:
    open_case(portfolio)
    open_case(portfolio, ["L3"])
    sweep(portfolio, AS_OF)
    before = lines(portfolio)

    def forget(tx: Transaction) -> None:
        tx.session.execute(delete(WorkLine))
        record(tx, action="test.forget", subject="test")

    writing(portfolio, forget)
    assert lines(portfolio) == []
    portfolio.initialise()
    assert lines(portfolio) == before
    trail = len(rows_of(portfolio, WorkLine))
    portfolio.initialise()
    assert len(rows_of(portfolio, WorkLine)) == trail == 2


# -- the property: whatever was done, in whatever order, every line is what a rebuild from nothing makes of the rows


def _open(installation: Installation, loan: str) -> None:
    open_case(installation, [loan], AS_OF)


STEPS: dict[str, Any] = {
    "open L1": lambda i: _open(i, "L1"),
    "open L3": lambda i: _open(i, "L3"),
    "call": lambda i: writing(
        i, lambda tx: call(tx, "L1", date(2026, 4, 1), number=f"C{tx.session.query(ContactAttempt).count()}")
    ),
    "contact": lambda i: advance(i, FIRST, "contact"),
    "settlement": lambda i: advance(i, FIRST, "settlement"),
    "preparation": lambda i: advance(i, FIRST, "preparation"),
    "submitted": lambda i: advance(i, FIRST, "submitted"),
    "closed": lambda i: advance(i, FIRST, "closed", date(2026, 7, 20), data={"reason": "paid"}),
    "revision": lambda i: milestone(i, FIRST, "revision", "7"),
    "approval": lambda i: milestone(i, FIRST, "approval", "7"),
    "statement": lambda i: milestone(i, FIRST, "statement", "s"),
    "refused": lambda i: _settled(i, "refused"),
    "agreed": lambda i: _settled(i, "agreed"),
    "letter": lambda i: _letter(i),
    "paper": lambda i: _paper(i, "contract"),
    "paid": lambda i: writing(i, lambda tx: paid(tx, date(2026, 6, 2), f"R{tx.session.query(Posting).count()}")),
    "deadline": lambda i: writing(i, _deadline),
    "done": lambda i: writing(i, _done),
    "sweep": lambda i: sweep(i, date(2026, 7, 3)),
    "later sweep": lambda i: sweep(i, date(2026, 7, 18)),
}
FIRST = "LC-2026-000001"


def _settled(installation: Installation, outcome: str) -> None:
    until = date(2026, 7, 1) if outcome == "agreed" else None
    writing(
        installation,
        lambda tx: operations.record_settlement(
            tx,
            case_no=FIRST,
            attempted_on=date(2026, 5, 1),
            channel="call",
            offer="x",
            outcome=outcome,
            agreed_until=until,
        ),
    )


def _letter(installation: Installation) -> None:
    proof = evidence(installation, f"case:{FIRST}", "delivery_receipt")
    writing(
        installation, lambda tx: operations.record_service(tx, case_no=FIRST, paper=parse({**LETTER, "proof": proof}))
    )


def _paper(installation: Installation, kind: str) -> None:
    writing(
        installation,
        lambda tx: evidence_operations.add_evidence(
            tx, store=installation.store, case_no=FIRST, content=b"%PDF-1.7\n1 0 obj\n", filename="a.pdf", kind=kind,
            known_kinds=frozenset({kind}),
        ),
    )  # fmt: skip


def _deadline(tx: Transaction) -> None:
    operations.open_deadline(tx, case=queries.case_row(tx.session, FIRST), rule="docketing", trigger=date(2026, 7, 1))


def _done(tx: Transaction) -> None:
    operations.close_deadlines(tx, case=queries.case_row(tx.session, FIRST), rule="docketing", on=date(2026, 7, 5))


@contextmanager
def a_fresh_portfolio(request: pytest.FixtureRequest, engine: str) -> Iterator[Installation]:
    """An instance of its own for one example."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("example") / "instance"
    given_settings = settings_in(folder)
    if engine == "sqlite":
        shutil.copytree(request.getfixturevalue("fresh_instance"), folder)
    else:
        fresh = request.getfixturevalue("fresh_postgres")
        shutil.copytree(fresh.instance, folder)
        template = fresh.database_url.rpartition("/")[2]
        url = new_database(request.getfixturevalue("postgres_server"), template=template)
        given_settings = replace(given_settings, database_url=url)
    installation = Installation(given_settings).opened()
    try:
        yield a_portfolio(installation)
    finally:
        installation.database.dispose()


def made_anew(tx: Transaction, as_of: date) -> None:
    """Throw every line away and make it from the rows."""
    tx.session.execute(delete(WorkLine))
    work_lines.rebuild(tx, as_of=as_of)


QUICK = (Phase.explicit, Phase.generate)  # each example is an instance of its own: shrinking one takes minutes
STEP_LISTS = st.lists(st.sampled_from(sorted(STEPS)), min_size=4, max_size=16)
LAST = date(2026, 7, 19)


def check_that_lines_equal_a_rebuild(installation: Installation, steps: list[str]) -> None:
    """Do what the steps say, sweep, and compare every line with what the rows make of it."""
    for step in ["open L1", *steps]:
        try:
            STEPS[step](installation)
        except Refusal:
            continue  # a move that the table does not allow is no write
    sweep(installation, LAST)
    before = lines(installation)
    assert before
    writing(installation, lambda tx: made_anew(tx, LAST))
    assert lines(installation) == before


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_line_equals_a_rebuild_from_nothing(engine: str, request: pytest.FixtureRequest) -> None:
    @settings(max_examples=15 if engine == "sqlite" else 4, deadline=None, derandomize=True, phases=QUICK)
    @example(
        steps=["call", "contact", "agreed", "letter", "refused", "preparation", "revision", "approval", "settlement"]
    )
    @example(steps=["open L3", "paper", "paid", "deadline", "later sweep", "sweep", "closed"])
    @given(steps=STEP_LISTS)
    def whatever_was_done(steps: list[str]) -> None:
        with a_fresh_portfolio(request, engine) as installation:
            check_that_lines_equal_a_rebuild(installation, steps)

    whatever_was_done()


def test_a_line_left_behind_would_be_noticed(portfolio: Installation) -> None:
    case_no = open_case(portfolio)
    sweep(portfolio, LAST)

    def behind_its_back(tx: Transaction) -> None:
        queries.case_row(tx.session, case_no).stage = "closed"
        record(tx, action="test.behind", subject="test")

    writing(portfolio, behind_its_back)
    before = lines(portfolio)
    writing(portfolio, lambda tx: made_anew(tx, LAST))
    assert lines(portfolio) != before
