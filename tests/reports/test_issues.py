"""What the regulator reads of a return: its issues, numbers, rows and differences, checked against its own cut and the trail.

Everything is asked through the scope of a regulator: issues, the trail and the store, and no other table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.accounts.models import Contract
from legal_service.cases.models import Case
from legal_service.database import Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.reports import files, operations, queries
from legal_service.reports.cut import Cut, line_of
from legal_service.reports.issues import IssueFacts, Number, Verified
from legal_service.reports.models import ReturnIssue
from legal_service.reports.periods import period_named
from legal_service.reports.production import CUT, FILES, MANIFEST, PDF, RETURN, XLSX
from legal_service.scope import scope_of
from legal_service.vault.store import address

from .a_return import NAME, a_loan, a_quarter

OFFICER = Actor("wang@hm.example", "王合规", "compliance")
REGULATOR = Actor("chen@regulator.example", "陈监管", "regulator")
NOVEMBER = clock.parse_moment("2026-11-02 09:00")


def make(installation: Installation, cut: Cut) -> None:
    with installation.database.transaction(
        actor=OFFICER, institution_id=installation.institution_id, moment=NOVEMBER
    ) as tx:
        operations.make_return(tx, store=installation.store, name=NAME, period=cut.head.period.name, cut=cut)


def corrected() -> Cut:
    """The quarter with one mild loan found to be current, and one loan more."""
    cut = a_quarter()
    rows = [replace(row, tier="none", days_past_due=0) if row.row == "contract:HM0041" else row for row in cut.rows]
    return Cut(cut.head, (*rows, a_loan(99)))


@contextmanager
def regulator(installation: Installation) -> Iterator[Session]:
    with installation.database.reading(
        institution_id=installation.institution_id, scope=scope_of(REGULATOR)
    ) as session:
        assert list(session.scalars(select(Contract))) == [] and list(session.scalars(select(Case))) == []
        yield session


def numbers(installation: Installation, issue: IssueFacts) -> dict[str, Number]:
    return {one.key: one for measure in queries.numbers_of(installation.store, issue) for one in measure.numbers}


def test_issues_are_told_by_period_with_their_standing_and_their_entry_in_the_trail(installation: Installation) -> None:
    make(installation, a_quarter())
    make(installation, corrected())
    with regulator(installation) as session:
        second, first = queries.issues(session)
        assert queries.issue(session, first.id) == first and queries.issue(session, second.id) == second
        with pytest.raises(Refusal, match="unknown_issue"):
            queries.issue(session, 99)
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.action == "report.make")))
    assert [(one.issue, one.status, one.superseded_by) for one in (first, second)] == [
        (1, "superseded", 2),
        (2, "current", None),
    ]
    assert (first.title.zh, first.period, first.made_by, first.made_at) == (
        "催收与诉讼情况报表",
        "2026-Q3",
        OFFICER.email,
        NOVEMBER,
    )
    for one, entry in zip((first, second), entries, strict=True):
        assert one.recorded is not None
        assert (one.recorded.seq, one.recorded.sealed) == (entry.seq, entry.sealed)
        assert one.recorded.manifest_sha256 == one.manifest_sha256


def test_numbers_bear_their_definition_and_small_cells_say_nothing(installation: Installation) -> None:
    make(installation, a_quarter())
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    measures = {one.code: one for one in queries.numbers_of(installation.store, issue)}
    tiers = measures["loans_by_tier"]
    assert tiers.definition.zh.startswith("存续贷款") and tiers.section_title.en == "loans and arrears (at the close)"
    assert tiers.suppressed and tiers.takes["by"] == "tier"
    shown = {one.key: one for one in tiers.numbers}
    assert (shown["loans_by_tier.mild"].value, shown["loans_by_tier.mild"].rows) == (10, 10)
    severe = shown["loans_by_tier.severe"]
    assert (severe.value, severe.withheld, severe.rows, severe.rows_sha256) == (None, True, None, None)
    assert any(one.shown_because is not None and not one.suppressed for one in measures.values())
    document = json.loads(queries.file_of(installation.store, issue, RETURN).content)
    told = {cell["id"]: cell["value"] for one in document["measures"] for cell in one["cells"]}
    assert {key: one.value for key, one in numbers(installation, issue).items()} == told


def test_a_number_opens_its_rows_as_frozen(installation: Installation) -> None:
    make(installation, a_quarter())
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    found = queries.rows_behind(installation.store, issue, "loans_by_tier.none")
    assert not found.small and len(found.rows) == 40
    assert list(found.rows) == [line_of(row) for row in a_quarter().rows if getattr(row, "tier", "") == "none"]
    for key in ("loans_by_tier.nothing", "weather"):
        with pytest.raises(Refusal, match="unknown_number"):
            queries.rows_behind(installation.store, issue, key)
    with pytest.raises(Refusal, match="definition_differs"):
        queries.rows_behind(installation.store, replace(issue, definition_version="0-aaaa"), "loans_by_tier.mild")


def test_no_open_row_tells_of_a_withheld_cell(installation: Installation) -> None:
    """Whatever is opened without checking, the rows of withheld cells are never among it, the totals' neither."""
    make(installation, a_quarter())
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    published = numbers(installation, issue)
    secret = {
        row["row"]
        for key, one in published.items()
        if one.withheld
        for row in queries.rows_behind(installation.store, issue, key, checking=True).rows
    }
    opened, closed = set(), set()
    for key, one in published.items():
        try:
            opened |= {row["row"] for row in queries.rows_behind(installation.store, issue, key).rows}
            assert not one.withheld
        except Refusal as refusal:
            assert refusal.code == "rows_withheld"
            closed.add(key)
    assert opened and secret and not opened & secret
    assert {"loans_by_tier.severe", "loans_by_tier.total"} <= closed


def test_whoever_checks_opens_all_rows_and_is_noted(installation: Installation) -> None:
    make(installation, a_quarter())
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    with installation.database.transaction(
        actor=REGULATOR, institution_id=installation.institution_id, moment=NOVEMBER, scope=scope_of(REGULATOR)
    ) as tx:
        found = operations.inspect_rows(tx, store=installation.store, issue_id=issue.id, key="loans_by_tier.severe")
        held = operations.take_cut(tx, store=installation.store, issue_id=issue.id)
    assert found.small and {row["tier"] for row in found.rows} == {"severe"}
    assert set(held) == set(FILES)
    with installation.reading() as session:
        seen = session.scalar(select(AuditEntry).where(AuditEntry.action == "report.inspect"))
        taken = session.scalar(select(AuditEntry).where(AuditEntry.action == "report.take_cut"))
    assert seen is not None and taken is not None
    assert (seen.actor, seen.subject) == (REGULATOR.email, f"return:{NAME}-2026-Q3")
    assert seen.detail == {"issue": 1, "number": "loans_by_tier.severe", "rows": 3, "small": True}
    assert taken.detail == {"issue": 1, "cut": issue.cut_sha256}
    for role in ("counsel", "collections"):
        with (
            installation.database.transaction(
                actor=Actor("x@y.example", "某", role), institution_id=installation.institution_id
            ) as tx,
            pytest.raises(Refusal, match="not_permitted"),
        ):
            operations.inspect_rows(tx, store=installation.store, issue_id=issue.id, key="loans_by_tier.mild")


def test_two_issues_side_by_side(installation: Installation) -> None:
    make(installation, a_quarter())
    make(installation, corrected())
    make(installation, Cut(replace(a_quarter().head, period=period_named("2026-Q2")), ()))
    with regulator(installation) as session:
        second, first, other = queries.issues(session)
    found = queries.differences(installation.store, first, second)
    assert found.rows == {"added": 1, "removed": 0, "changed": 1} and not found.definition_changed
    changed = {one.key: one for one in found.numbers if one.changed}
    mild = changed["loans_by_tier.mild"]
    assert mild.before is not None and mild.after is not None
    assert (mild.before.value, mild.after.value) == (10, 9)
    assert {one.key for one in found.numbers} == set(numbers(installation, second))
    document = json.loads(queries.file_of(installation.store, second, RETURN).content)
    assert set(changed) == {one["id"] for one in document["differences"]["numbers"]}  # as the issue itself says
    with pytest.raises(Refusal, match="not_comparable"):
        queries.differences(installation.store, other, second)


def test_an_issue_is_made_again_from_its_cut_and_found_whole(installation: Installation) -> None:
    make(installation, a_quarter())
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    found = queries.verify(installation.store, issue)
    assert found.ok and found.as_json("zh") == {"ok": True, "files": 5, "problems": []}
    for name in (RETURN, XLSX, PDF, MANIFEST):
        file = queries.file_of(installation.store, issue, name)
        assert file.filename.startswith(f"{NAME}-2026-Q3-1-") and file.sha256 == operations.digest(file.content)
    for name in (CUT, "../keys", "anything"):  # row by row: only handed to whoever checks, and noted
        with pytest.raises(Refusal, match="unknown_file"):
            queries.file_of(installation.store, issue, name)


def codes(found: Verified) -> set[tuple[str, str]]:
    return {(one.file, one.code) for one in found.problems}


def test_tampering_with_store_row_or_trail_is_told(installation: Installation) -> None:
    make(installation, a_quarter())
    make(installation, corrected())
    with regulator(installation) as session:
        second, first = queries.issues(session)
    assert codes(queries.verify(installation.store, replace(second, recorded=None))) == {(MANIFEST, "not_in_trail")}
    with installation.database.aside(institution_id=installation.institution_id) as session:
        session.execute(
            update(ReturnIssue).where(ReturnIssue.id == second.id).values(manifest_sha256=first.manifest_sha256)
        )
    with regulator(installation) as session:
        forged = queries.issue(session, second.id)
    assert {(MANIFEST, "trail_differs"), (RETURN, "not_of_this_issue")} <= codes(
        queries.verify(installation.store, forged)
    )
    not_a_manifest = replace(second, manifest_sha256=second.cut_sha256)
    assert codes(queries.verify(installation.store, not_a_manifest)) == {(MANIFEST, "unreadable")}
    path = Path(installation.settings.store_url.removeprefix("file://")) / address(first.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"60", b"61", 1))
    assert codes(queries.verify(installation.store, first)) == {(MANIFEST, "blob_damaged")}
    with pytest.raises(Refusal, match="blob_damaged"):
        queries.numbers_of(installation.store, first)


def test_a_return_of_another_release_is_still_read(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    make(installation, a_quarter())
    real = files.definition

    def gone(name: str) -> object:
        raise Refusal("return_not_in_release", real(name).title)

    monkeypatch.setattr(files, "definition", gone)
    with regulator(installation) as session:
        (issue,) = queries.issues(session)
    assert issue.title.zh == NAME
    assert numbers(installation, issue)["loans_by_tier.mild"].value == 10
