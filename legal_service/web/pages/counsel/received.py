"""Counsel's packages: which were granted to him, what changed since the last one of the case, what is in one, and taking it.

Looking counts nothing and takes nothing: the bytes leave only by a form, so that a mail scanner following a link, or a
HEAD, neither downloads nor is noted. Every delivery is noted, repeated ones too.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.exports import operations, queries
from legal_service.exports.changes import Changes
from legal_service.exports.members import Inside
from legal_service.exports.offers import Treatment, treatments
from legal_service.exports.packages import Received, Sealed
from legal_service.redaction import files as redaction
from legal_service.redaction.policy import Operator, Policy
from legal_service.statuses import status_of
from legal_service.web import reader


@dataclass(frozen=True, slots=True)
class Standing:
    """A package on the list: days left (none once it has ended), and what changed since the one before of its case.

    `before` is None for the first package of a case; `unread` says why the changes cannot be told.
    """

    package: Received
    days: int
    before: Sealed | None = None
    changes: Changes | None = None
    unread: Refusal | None = None


def show() -> str:
    """The list: what may be taken now, the one that ends first on top; below it what has ended."""
    today = clock.today()
    with reader.reading() as session:
        found = queries.grants_to(session, reader.actor().email, today)
        live = [_standing(session, one, today) for one in found if one.state == "live"]
    return render_template(
        "counsel/received.html",
        live=sorted(live, key=lambda one: (one.days, -one.package.grant_id)),
        ended=[one for one in found if one.state != "live"],
        procedures=procedures(),
        size=size_text,
    )


def one(grant_id: int, refused: Refusal | None = None) -> ResponseReturnValue:
    """One package. Of a grant that has ended only its particulars are told, with what to do (410)."""
    today = clock.today()
    with reader.reading() as session:
        package = queries.received(session, grant_id, email=reader.actor().email, today=today)
        downloads = queries.downloads_under(session, grant_id)
        standing = _standing(session, package, today)
    refused = refused or package.refusal
    inside, unread = _inside(package)
    policy = policy_of(package)
    page = render_template(
        "counsel/received_package.html",
        one=package,
        standing=standing,
        inside=inside,
        papers=[file for file in inside.members if file.path.startswith("data/")] if inside else [],
        records=[file for file in inside.members if not file.path.startswith("data/")] if inside else [],
        unread=unread,
        downloads=downloads,
        steps=queries.how_to_verify(package) if package.export_id else [],
        policy=policy,
        treated=_by_operator(treatments(policy)) if policy else [],
        procedures=procedures(),
        size=size_text,
        refused=refused,
    )
    return page, status_of(refused.code) if refused else 200


def download(grant_id: int) -> ResponseReturnValue:
    """The ZIP, byte for byte as it was sealed; noted in the same transaction, before the first byte leaves."""
    try:
        with reader.transaction() as tx:
            taken = operations.take_package(tx, store=reader.installation().store, grant_id=grant_id)
    except Refusal as refused:
        if refused.code == "unknown_grant":
            raise
        return one(grant_id, refused)
    return zipped(taken.content, taken.filename, taken.sha256)


def zipped(content: bytes, filename: str, sha256: str) -> Response:
    """A ZIP to be saved, with its hash in the headers for programs."""
    answer = send_file(
        io.BytesIO(content),
        "application/zip",
        as_attachment=True,
        download_name=filename,
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Length"] = str(len(content))
    answer.headers["X-Content-SHA256"] = sha256
    answer.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def procedures() -> dict[str, Words]:
    """What the packages of each procedure are called."""
    return {code: package.title for code, package in drawer.load_drawers().packages.items()}


def policy_of(package: Sealed) -> Policy | None:
    """The redaction policy a package was drawn by; None when this release has another version of it."""
    found = next((one for one in redaction.policies().values() if one.audience.value == package.audience), None)
    return found if found and f"{found.audience.value}/{found.version}" == package.policy_version else None


def size_text(size: int) -> str:
    """A size as people read it.

    >>> size_text(512), size_text(150_000), size_text(6_225_934)
    ('512 B', '150 KB', '6.2 MB')
    """
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _standing(session: Session, package: Received, today: date) -> Standing:
    days = (package.until_on - today).days
    if package.state != "live":
        return Standing(package, days)
    store = reader.installation().store
    before = next(iter(queries.earlier(session, package.export_id)), None)
    if before is None:
        return Standing(package, days)
    try:
        return Standing(package, days, before, queries.changes_since(store, package, before))
    except Refusal as refusal:
        return Standing(package, days, before, unread=refusal)


def _inside(package: Received) -> tuple[Inside | None, Refusal | None]:
    if package.state != "live":
        return None, None
    try:
        return queries.inside_of(reader.installation().store, package), None
    except Refusal as refusal:
        return None, refusal


def _by_operator(treated: tuple[Treatment, ...]) -> list[tuple[Operator, list[Treatment]]]:
    return [
        (operator, chosen) for operator in Operator if (chosen := [one for one in treated if one.operator is operator])
    ]
