"""Making a return: the cut frozen in the vault, the files that follow from it, the row of the issue. And opening it to be checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.database import Actor, Transaction
from legal_service.errors import Refusal, Words
from legal_service.reports import files, queries
from legal_service.reports.composition import Issue, Previous
from legal_service.reports.cut import Cut, decode, digest, encode
from legal_service.reports.issues import RowsBehind, row_changes
from legal_service.reports.models import ReturnIssue
from legal_service.reports.periods import Period, period_named, refuse_unended
from legal_service.reports.production import CUT, MANIFEST, MEDIA, PDF, RETURN, XLSX, produce, values_of
from legal_service.reports.queries import kept as kept
from legal_service.vault.operations import deposit
from legal_service.vault.store import BlobStore

KINDS = {CUT: "return_cut", RETURN: "return_json", XLSX: "return_xlsx", PDF: "return_pdf", MANIFEST: "return_manifest"}


@dataclass(frozen=True, slots=True)
class Made:
    """An issue of a return: its files by name (content and SHA-256); `new` is False when the ledger had not changed."""

    name: str
    period: str
    issue: int
    new: bool
    files: Mapping[str, bytes]

    def as_json(self) -> dict[str, object]:
        """What the command answers, but for the path."""
        document = json.loads(self.files[RETURN])
        return {
            "return": self.name,
            "period": self.period,
            "issue": self.issue,
            "new": self.new,
            "cut_sha256": digest(self.files[CUT]),
            "sha256": {name: digest(content) for name, content in self.files.items()},
            "withheld": document["suppression"]["withheld"],
            "differences": document["differences"],
        }


def check_request(*, actor: Actor, today: date, name: str, period: str) -> Period:
    """Whether this person may have this return of this period, before any row is read.

    Refuses `not_permitted`, `unknown_return`, `return_not_in_release`, `bad_period`, `period_not_ended`.
    """
    permissions.require(actor, "report.make")
    files.definition(name)
    found = period_named(period)
    refuse_unended(found, today)
    return found


def make_return(tx: Transaction, *, store: BlobStore, name: str, period: str, cut: Cut) -> Made:
    """Make a return from a cut that `queries.draw` drew.

    When rows and definition are those of the newest issue, that issue is answered from the vault, byte for byte. Otherwise
    the next issue is made, with the differences from the one before; the one before stays as it was.
    """
    check_request(actor=tx.actor, today=tx.moment.date(), name=name, period=period)
    if (cut.head.name, cut.head.period.name) != (name, period):
        raise ValueError(f"the cut is of {cut.head.name} {cut.head.period.name}")
    press, content = files.press(name), encode(cut)
    latest = queries.latest_issue(tx.session, name, period)
    if latest and (latest.cut_sha256, latest.definition_version) == (digest(content), press.definition.version):
        return Made(name, period, latest.issue, False, kept(store, latest))
    previous = _previous(store, latest, cut) if latest else None
    issue = Issue(number=latest.issue + 1 if latest else 1, prepared_by=tx.actor.name, previous=previous)
    try:
        made = produce(content, press, issue)
    except ValueError as failure:
        raise Refusal(
            "not_in_definition",
            Words(
                zh=f"有数据不在报表口径之内，报表未制作：{failure}",
                en=f"a row is outside the definition of the return, nothing was made: {failure}",
            ),
        ) from failure
    _keep(tx, store, cut, issue, made)
    tx.session.add(
        ReturnIssue(
            name=name,
            period=period,
            issue=issue.number,
            cut_sha256=digest(content),
            sha256=digest(made[RETURN]),
            manifest_sha256=digest(made[MANIFEST]),
            definition_version=press.definition.version,
            made_by=tx.actor.email,
            made_at=tx.moment,
        )
    )
    tx.session.flush()
    record(
        tx,
        action="report.make",
        subject=f"return:{name}-{period}",
        issue=issue.number,
        cut=digest(content),
        manifest=digest(made[MANIFEST]),
        definition=press.definition.version,
    )
    return Made(name, period, issue.number, True, made)


def inspect_rows(tx: Transaction, *, store: BlobStore, issue_id: int, key: str) -> RowsBehind:
    """The rows behind a number for whoever may check (`report.inspect`), small cells included; who looked is entered in the trail.

    Refuses `not_permitted`, `unknown_issue`, `unknown_number`, `definition_differs`.
    """
    permissions.require(tx.actor, "report.inspect")
    issue = queries.issue(tx.session, issue_id)
    found = queries.rows_behind(store, issue, key, checking=True)
    record(
        tx,
        action="report.inspect",
        subject=f"return:{issue.name}-{issue.period}",
        issue=issue.issue,
        number=key,
        rows=len(found.rows),
        small=found.small,
    )
    return found


def take_cut(tx: Transaction, *, store: BlobStore, issue_id: int) -> dict[str, bytes]:
    """All files of an issue, the cut among them, so that whoever may check re-runs it elsewhere; entered in the trail.

    Refuses `not_permitted`, `unknown_issue`, `blob_missing`, `blob_damaged`.
    """
    permissions.require(tx.actor, "report.inspect")
    issue = queries.issue(tx.session, issue_id)
    found = kept(store, issue)
    record(
        tx,
        action="report.take_cut",
        subject=f"return:{issue.name}-{issue.period}",
        issue=issue.issue,
        cut=issue.cut_sha256,
    )
    return found


def _keep(tx: Transaction, store: BlobStore, cut: Cut, issue: Issue, made: Mapping[str, bytes]) -> None:
    period = cut.head.period
    for name, content in made.items():
        deposit(
            tx,
            store=store,
            content=content,
            filename=f"{cut.head.name}-{period.name}-{issue.number}-{name}",
            media_type=MEDIA[name],
            kind=KINDS[name],
            subject=f"return:{cut.head.name}-{period.name}",
            form="generated",
            obtained_on=period.last,
            source=f"return {cut.head.name} {period.name} issue {issue.number}",
        )


def _previous(store: BlobStore, latest: ReturnIssue, cut: Cut) -> Previous:
    return Previous(
        number=latest.issue,
        cut_sha256=latest.cut_sha256,
        sha256=latest.sha256,
        definition_version=latest.definition_version,
        values=values_of(json.loads(store.get(latest.sha256))),
        rows=row_changes(decode(store.get(latest.cut_sha256)), cut),
    )
