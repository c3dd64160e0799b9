"""One package: what is in it, what was withheld and why, who may take it until when, who took it, how to verify it, what changed."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service.access import queries as access
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.evidence import queries as evidence
from legal_service.exports import operations, queries
from legal_service.exports.changes import Changes
from legal_service.exports.members import Inside
from legal_service.exports.packages import REVOKE_REASONS, PackageFacts, Sealed, unknown_grant
from legal_service.filings.operations import MAKES
from legal_service.redaction.kinds import Audience
from legal_service.statuses import status_of
from legal_service.web import forms, reader
from legal_service.web.forms import Done
from legal_service.web.pages.cases.head import head_of
from legal_service.web.pages.papers.sending import attachment

RECIPIENT, UNTIL = Words("授权给", "Granted to"), Words("截止日", "Until")
REASON = Words("撤销理由", "Reason")
MONTH = timedelta(days=30)


def show(case_no: str, export_id: int, *, refused: Refusal | None = None, at: str = "") -> str:
    """The page; `at` tells which form was refused (`grant`, or the number of a grant)."""
    drawers = drawer.drawers()
    with reader.reading() as session:
        head = head_of(session, case_no)
        package = queries.package_of(session, case_no, export_id)
        inside, damaged = _inside(package)
        older = queries.earlier(session, export_id)
        gaps = evidence.package_gaps(session, case_no, package.package, head.today, drawers, MAKES)
        accounts = {str(one["email"]).lower() for one in access.users(session) if one["active"]}
    return render_template(
        "papers/package.html",
        head=head,
        tab="case_packages",
        package=package,
        definition=drawers.packages.get(package.package),
        inside=inside,
        damaged=damaged,
        older=older[0] if older else None,
        changes=_changes(package, older[0]) if older and inside else None,
        gaps=gaps,
        accounts=accounts,
        may_grant=reader.may("grant.create"),
        in_clear=package.audience == Audience.COURT.value,
        until=head.today + MONTH,
        reasons=REVOKE_REASONS,
        steps=queries.how_to_verify(package),
        refused=refused,
        at=at,
    )


def _inside(package: PackageFacts) -> tuple[Inside | None, Refusal | None]:
    """The package opened, or why it cannot be: the page tells so and hands nothing out."""
    try:
        return queries.inside_of(reader.installation().store, package), None
    except Refusal as refused:
        return None, refused


def _changes(package: PackageFacts, older: Sealed) -> Changes | None:
    try:
        return queries.changes_since(reader.installation().store, package, older)
    except Refusal:
        return None  # the older one cannot be read any more: there is nothing to compare with


def take(case_no: str, export_id: int) -> ResponseReturnValue:
    """Hand the package to a colleague; every delivery is noted before a byte leaves."""
    try:
        with reader.transaction() as tx:
            queries.package_of(tx.session, case_no, export_id)
            taken = operations.take_own_package(tx, store=reader.installation().store, export_id=export_id)
    except Refusal as refused:
        if refused.code in ("unknown_case", "unknown_package"):
            raise
        return show(case_no, export_id, refused=refused), status_of(refused.code)
    return attachment(taken.content, media_type="application/zip", filename=taken.filename)


def grant(case_no: str, export_id: int) -> ResponseReturnValue:
    """Let one person take this package until a date; the same grant again is the one already there."""

    def work(tx: Transaction) -> Done:
        package = queries.package_of(tx.session, case_no, export_id)
        recipient, until = forms.text("recipient", RECIPIENT, most=200), forms.the_day("until", UNTIL)
        operations.create_grant(
            tx, package_id=package.package_id, recipient=recipient, until=until, export_id=export_id
        )
        return Done(_there(case_no, export_id), Words(zh="已授权下载。", en="The download is granted."))

    try:
        return forms.act(work)
    except Refusal as refused:
        at = {"bad_email": "recipient", "wrong_recipient": "recipient", "bad_date": "until"}.get(refused.code)
        if at:
            refused.field = at  # type: ignore[attr-defined]  # where the page shows it
        return _again(case_no, export_id, refused, "grant")


def revoke(case_no: str, export_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a grant of this package back, for a reason that the trail keeps."""

    def work(tx: Transaction) -> Done:
        _granted(tx.session, case_no, export_id, grant_id)
        operations.revoke_grant(tx, grant_id=grant_id, reason=forms.choice("reason", REASON, REVOKE_REASONS))
        return Done(_there(case_no, export_id), Words(zh="授权已撤销。", en="The grant is taken back."))

    try:
        return forms.act(work)
    except Refusal as refused:
        return _again(case_no, export_id, refused, str(grant_id))


def _granted(session: Session, case_no: str, export_id: int, grant_id: int) -> None:
    if all(one.id != grant_id for one in queries.package_of(session, case_no, export_id).grants):
        raise unknown_grant()


def _again(case_no: str, export_id: int, refused: Refusal, at: str) -> ResponseReturnValue:
    if refused.code.startswith("unknown_"):
        raise refused
    return show(case_no, export_id, refused=refused, at=at), status_of(refused.code)


def _there(case_no: str, export_id: int) -> str:
    return url_for("case_package", case_no=case_no, export_id=export_id, _anchor="grants")
