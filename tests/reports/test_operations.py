"""Issues of a return: the same ledger is the same issue; a late correction is the next one and leaves the first as it was."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy import func, select

from legal_service import clock
from legal_service.access import queries as access
from legal_service.access.models import AuditEntry
from legal_service.accounts.models import Contract, Posting
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.reports import files, operations, queries
from legal_service.reports.models import ReturnIssue
from legal_service.reports.periods import period_named
from legal_service.reports.production import CUT, FILES, MANIFEST, RETURN
from legal_service.reports.verification import verify
from legal_service.vault import queries as vault

from . import a_book
from .a_return import NAME

OFFICER = Actor("wang@hm.example", "王合规", "compliance")
NOVEMBER = clock.parse_moment("2026-11-02 09:00")


def make(
    installation: Installation, *, actor: Actor = OFFICER, moment: datetime = NOVEMBER, period: str = "2026-Q3"
) -> operations.Made:
    with installation.reading() as session:
        cut = queries.draw(session, name=NAME, period=period_named(period), progress=lambda done, total, text: None)
    with installation.database.transaction(
        actor=actor, institution_id=installation.institution_id, moment=moment
    ) as tx:
        return operations.make_return(tx, store=installation.store, name=NAME, period=period, cut=cut)


def late_payment(installation: Installation) -> None:
    """A payment of 20 August that reached the ledger in November: it clears the first instalment of HM0002."""
    with installation.database.aside(institution_id=installation.institution_id) as session:
        loan = session.scalar(select(Contract.id).where(Contract.loan_no == "HM0002"))
        assert loan is not None
        session.add(a_book.paid(loan, "2026-08-20", 103250, "LATE"))


def counts(installation: Installation) -> tuple[int, int]:
    with installation.reading() as session:
        issues = session.scalar(select(func.count()).select_from(ReturnIssue))
        return issues or 0, access.entry_count(session)


def test_an_unchanged_ledger_is_the_same_issue_and_the_same_bytes(installation: Installation) -> None:
    first = make(installation)
    before = counts(installation)
    again = make(installation, actor=LOCAL_OPERATOR, moment=clock.parse_moment("2026-11-20 18:00"))
    assert (first.issue, first.new) == (1, True)
    assert (again.issue, again.new) == (1, False)
    assert dict(again.files) == dict(first.files) and set(first.files) == set(FILES)
    assert counts(installation) == before  # nothing was written
    digests = {name: operations.digest(content) for name, content in first.files.items()}
    with installation.reading() as session:
        items = vault.items_of(session, f"return:{NAME}-2026-Q3")
        entry = session.scalar(select(AuditEntry).where(AuditEntry.action == "report.make"))
    assert {item.kind: item.sha256 for item in items} == {
        kind: digests[name] for name, kind in operations.KINDS.items()
    }
    assert entry is not None and entry.subject == f"return:{NAME}-2026-Q3"
    assert entry.detail["manifest"] == digests[MANIFEST] and entry.detail["cut"] == digests[CUT]
    assert make(installation, period="2026-10").issue == 1  # each period has issues of its own


def test_a_late_correction_makes_the_next_issue_and_leaves_the_first(installation: Installation) -> None:
    first = make(installation)
    late_payment(installation)
    second = make(installation)
    assert (second.issue, second.new) == (2, True)
    differences = json.loads(second.files[RETURN])["differences"]
    assert differences["since_issue"] == 1
    assert differences["since_return_sha256"] == operations.digest(first.files[RETURN])
    assert differences["rows"] == {"added": 0, "removed": 0, "changed": 1}
    assert verify(second.files, files.press) == []
    with installation.reading() as session:
        kept = session.scalar(select(ReturnIssue).where(ReturnIssue.issue == 1))
        assert kept is not None
        assert operations.kept(installation.store, kept) == dict(first.files)

    with installation.database.aside(institution_id=installation.institution_id) as session:
        session.delete(session.scalar(select(Posting).where(Posting.reference == "LATE")))
    third = make(installation)
    assert third.issue == 3  # the correction was itself corrected: the first figures, in an issue of their own
    assert third.files[CUT] == first.files[CUT] and third.files[RETURN] != first.files[RETURN]


@pytest.mark.parametrize(
    ("actor", "today", "name", "period", "code"),
    [
        (Actor("li@hm.example", "李催收", "collections"), "2026-11-02", NAME, "2026-Q3", "not_permitted"),
        (OFFICER, "2026-09-30", NAME, "2026-Q3", "period_not_ended"),
        (OFFICER, "2026-11-02", NAME, "2026-11", "period_not_ended"),
        (OFFICER, "2026-11-02", NAME, "2026-Q7", "bad_period"),
        (OFFICER, "2026-11-02", "disposals", "2026-Q3", "return_not_in_release"),
        (OFFICER, "2026-11-02", "weather", "2026-Q3", "unknown_return"),
    ],
)
def test_what_is_refused(actor: Actor, today: str, name: str, period: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        operations.check_request(actor=actor, today=a_book.day(today), name=name, period=period)
    assert refused.value.code == code


def test_making_checks_the_day_of_the_transaction(installation: Installation) -> None:
    with pytest.raises(Refusal) as refused:
        make(installation, moment=clock.parse_moment("2026-09-30 23:00"))
    assert refused.value.code == "period_not_ended"
    assert counts(installation)[0] == 0
