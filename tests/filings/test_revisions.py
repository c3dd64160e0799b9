"""A revision knows its standing: what it rests on, whether the books still agree, and which row moved when they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.accounts.models import Posting
from legal_service.cases import operations as cases
from legal_service.cases.serving import ServedPaper
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.filings import operations as filings
from legal_service.filings import queries as facts
from legal_service.filings.facts.claim_figures import figures
from legal_service.filings.models import Revision
from legal_service.filings.revisions import queries
from legal_service.filings.revisions.facts import RevisionFacts
from legal_service.filings.revisions.titles import title_of
from legal_service.installation import Installation
from legal_service.vault.operations import deposit
from tests.builders import TODAY, a_pdf, a_tape, add, change, imported
from tests.filings.claim_builders import a_full_claim

OWN: dict[str, Any] = {"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}}
LAWYER = Actor("lin@lender.example", "林知远", "lawyer")
DOCUMENTS = ("statement_of_claim", "statement_of_account", "contact_log")
NEXT = date(2026, 3, 3)


@pytest.fixture
def tape(installation: Installation, tmp_path: Path) -> Path:
    """The small tape, imported, with a case on HM0001 and a demand served in it."""
    tape = a_tape(tmp_path / "tape")
    imported(installation, tape)
    with writing(installation) as tx:
        case_no = cases.open_case(tx, loan_nos=["HM0001"], on=TODAY)
        assert case_no == CASE
        proof = deposit(
            tx, store=installation.store, content=a_pdf("receipt"), filename="r.pdf", media_type="application/pdf",
            kind="delivery_receipt", subject="loan:HM0001", form="copy", obtained_on=TODAY, source="邮局",
        )  # fmt: skip
        paper = ServedPaper("demand_letter", "borrower", "mail", "某地", TODAY, "delivered", TODAY, proof.sha256)
        cases.record_service(tx, case_no=case_no, paper=paper)
    return tape


CASE = "LC-2026-000001"


def writing(installation: Installation, on: date = TODAY, actor: Actor = LOCAL_OPERATOR):  # type: ignore[no-untyped-def]
    return installation.database.transaction(
        actor=actor, institution_id=installation.institution_id, moment=clock.midday(on)
    )


def make(installation: Installation, document: str = "statement_of_claim", on: date = TODAY) -> int:
    with writing(installation, on, LAWYER) as tx:
        return filings.make(
            tx, store=installation.store, case_no=CASE, document=document, as_of=TODAY, own=OWN
        ).revision_id


@contextmanager
def the_newest(installation: Installation) -> Iterator[tuple[Session, RevisionFacts]]:
    with installation.reading() as session:
        yield session, queries.revisions_of(session, CASE, own=OWN)[0]


def states(installation: Installation) -> list[tuple[int, str]]:
    with installation.reading() as session:
        return [(one.id, one.state) for one in queries.revisions_of(session, CASE, own=OWN)]


def late_payment(tape: Path) -> None:
    add(
        tape, "repayments", loan_no="HM0001", paid_on="2024-06-03", amount="100.00", reference="R9", channel="代扣",
        kind="payment",
    )  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS)
def test_drawn_again_from_unchanged_books_it_is_the_same(installation: Installation, tape: Path, document: str) -> None:
    make(installation, document)
    with the_newest(installation) as (session, revision):
        assert (revision.document, revision.state, revision.newest) == (document, "draft", True)
        drawn, told = queries.drawn_today(session, CASE, document, TODAY, OWN)
        row = session.get_one(Revision, revision.id)
        assert facts.facts_digest(drawn) == row.facts_sha256
        assert facts.canonical({"it": told}) == facts.canonical({"it": row.figures})
        assert queries.stale_rows(session, revision, own=OWN) == []


def test_its_standing_from_draft_to_superseded(installation: Installation, tape: Path) -> None:
    first = make(installation)
    assert states(installation) == [(first, "draft")]
    with writing(installation, NEXT, LAWYER) as tx:
        filings.approve(tx, case_no=CASE, document="statement_of_claim")
    assert states(installation) == [(first, "approved")]
    late_payment(tape)
    imported(installation, tape, today=NEXT)
    assert states(installation) == [(first, "stale")]
    second = make(installation, on=NEXT)
    assert states(installation) == [(second, "draft"), (first, "superseded")]
    with installation.reading() as session:
        old = queries.revision_facts(session, CASE, first, own=OWN)
        assert [(one.by, one.on) for one in old.approvals] == [(LAWYER.email, NEXT)]
        assert old.title.zh.startswith("民事起诉状") and old.template_current
        with pytest.raises(Refusal, match="unknown_revision"):
            queries.revision_facts(session, CASE, 999, own=OWN)
        with pytest.raises(Refusal, match="unknown_case"):
            queries.revision_facts(session, "LC-9", first, own=OWN)


def test_other_settings_of_the_plaintiff_and_another_template_make_it_stale(
    installation: Installation, tape: Path
) -> None:
    number = make(installation)
    other = {**OWN, "ownership": "state"}
    with installation.reading() as session:
        revision = queries.revision_facts(session, CASE, number, own=other)
        assert revision.state == "stale"
        assert [one.label.en for one in queries.stale_rows(session, revision, own=other)] == ["the plaintiff"]
    with installation.database.aside(institution_id=installation.institution_id) as session:
        session.get_one(Revision, number).template_version = "0" * 12
    with the_newest(installation) as (_, revision):
        assert (revision.state, revision.template_current) == ("stale", False)


def test_a_late_payment_is_named_with_its_line_of_the_tape(installation: Installation, tape: Path) -> None:
    make(installation)
    late_payment(tape)
    imported(installation, tape, today=NEXT)
    with the_newest(installation) as (session, revision):
        stale = {one.label.zh: one for one in queries.stale_rows(session, revision, own=OWN)}
        line = session.scalar(select(Posting.id).where(Posting.reference == "R9"))
    paid = stale["标的总额"]
    assert paid.was != paid.now and paid.was and paid.now
    for figure in stale.values():
        moved = {one.origin.row: one for one in figure.rows}
        assert f"posting:{line}" in moved, figure.label.zh
        one = moved[f"posting:{line}"]
        assert (one.how, one.origin.file, one.origin.line, one.origin.batch) == ("added", "repayments.csv", 7, 2)
        assert one.at == clock.midday(NEXT)
    assert "约定借款金额" not in stale and "放款日" not in stale


def test_a_corrected_payment_is_gone_and_its_new_line_came_in(installation: Installation, tape: Path) -> None:
    make(installation)
    with installation.reading() as session:
        wrong = session.scalar(select(Posting.id).where(Posting.reference == "R4"))
    change(tape, "repayments.csv:5:AMOUNT", "801.00")
    imported(installation, tape, today=NEXT)
    with the_newest(installation) as (session, revision):
        stale = {one.label.zh: one for one in queries.stale_rows(session, revision, own=OWN)}
    rows = {(one.how, one.origin.row): one for one in stale["标的总额"].rows}
    gone = rows["gone", f"posting:{wrong}"]
    assert gone.at == clock.midday(NEXT) and gone.origin.line == 5
    assert [one.origin.file for (how, _), one in rows.items() if how == "added"] == ["repayments.csv"]


def test_a_changed_contract_is_told_as_changed(installation: Installation, tape: Path) -> None:
    make(installation)
    change(tape, "loans.csv:2:ANNUAL_RATE", "0.17")
    imported(installation, tape, today=NEXT)
    with the_newest(installation) as (session, revision):
        stale = {one.label.zh: one for one in queries.stale_rows(session, revision, own=OWN)}
    rate = stale["借款年利率"]
    assert (rate.was, rate.now) == ("18", "17")
    assert [(one.how, one.origin.row, one.at) for one in rate.rows] == [
        ("changed", "contract:HM0001", clock.midday(NEXT))
    ]


def test_what_is_no_figure_is_named_by_its_part(installation: Installation, tape: Path) -> None:
    make(installation)
    change(tape, "borrowers.csv:2:DOMICILE", "示例市示例区二号院2号楼202室")
    imported(installation, tape, today=NEXT)
    with writing(installation, NEXT) as tx:
        item = deposit(
            tx, store=installation.store, content=a_pdf("authority"), filename="a.pdf", media_type="application/pdf",
            kind="power_of_attorney", subject=f"case:{CASE}", form="original", obtained_on=NEXT, source="本机构",
        )  # fmt: skip
        number = item.id
    with the_newest(installation) as (session, revision):
        stale = {one.label.en: one for one in queries.stale_rows(session, revision, own=OWN)}
    assert set(stale) == {"the defendants", "the list of evidence"}
    assert [(one.how, one.origin.kind.en) for one in stale["the defendants"].rows] == [
        ("changed", "particulars of the borrower")
    ]
    assert [(one.origin.row, one.how) for one in stale["the list of evidence"].rows] == [
        (f"vault_item:{number}", "added")
    ]


@pytest.mark.parametrize("document", ["statement_of_account", "contact_log"])
def test_statement_and_log_tell_their_stale_lines_too(installation: Installation, tape: Path, document: str) -> None:
    make(installation, document)
    late_payment(tape)
    change(tape, "contacts.csv:2:OUTCOME", "no_answer")
    imported(installation, tape, today=NEXT)
    with the_newest(installation) as (session, revision):
        stale = {one.label.zh: one for one in queries.stale_rows(session, revision, own=OWN)}
    if document == "statement_of_account":
        assert stale["欠款合计"].was != stale["欠款合计"].now
        assert any(one.origin.file == "repayments.csv" for one in stale["欠款合计"].rows)
        return
    (entry,) = stale.values()
    assert ("promised" in entry.was, "no_answer" in entry.now) == (True, True)
    assert sorted((one.how, one.at) for one in entry.rows) == [
        ("added", clock.midday(NEXT)),
        ("gone", clock.midday(NEXT)),
    ]


def test_every_figure_leads_to_lines_of_the_tape_or_to_who_recorded_it(installation: Installation, tape: Path) -> None:
    make(installation)
    with the_newest(installation) as (session, revision):
        told = queries.provenance_of(session, revision)
        row = session.get_one(Revision, revision.id)
    assert [(one.label.zh, one.text) for one in told] == [(one["label"], one["text"]) for one in row.figures]
    sources = {one.row: one for figure in told for one in figure.rows}
    kinds = {row.partition(":")[0] for row in sources}
    assert {"contract", "posting", "service_attempt", "statement"} <= kinds
    for one in sources.values():
        if one.row.startswith("service_attempt:"):
            assert (one.by, one.at, one.file) == (LOCAL_OPERATOR.email, clock.midday(TODAY), "")
        elif not one.row.startswith("statement:"):
            assert (one.batch, one.file.endswith(".csv")) == (1, True) and one.line is not None and one.line >= 2
        assert one.kind.zh != one.row.partition(":")[0]


def test_the_file_is_the_one_that_was_made(installation: Installation, tape: Path) -> None:
    make(installation)
    with the_newest(installation) as (_, revision):
        pass
    assert set(revision.files) == {"docx", "pdf"}
    for form, digest in revision.files.items():
        assert hashlib.sha256(queries.file_of(installation.store, revision, form)).hexdigest() == digest
    with pytest.raises(Refusal, match="no_such_format"):
        queries.file_of(installation.store, revision, "exe")
    with pytest.raises(Refusal, match="blob_missing"):
        queries.file_of(installation.store, replace(revision, files={"pdf": "0" * 64}), "pdf")


def test_every_figure_of_the_form_has_an_english_name() -> None:
    labels = {one.label for one in figures(a_full_claim())}
    assert len(labels) > 20
    assert [label for label in labels if title_of(label).en == label] == []
