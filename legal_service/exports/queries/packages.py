"""Packages, grants and downloads as rows tell them.

Counsel read through a session that shows Export, Grant and Download rows of their own only: nothing here joins a table
that tells more, and nothing fails when a row is out of sight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from legal_service.cases import queries as cases
from legal_service.errors import Refusal, Words
from legal_service.exports.models import Download, Export, Grant
from legal_service.exports.packages import (
    DownloadFacts,
    GrantFacts,
    PackageFacts,
    Received,
    Sealed,
    case_number,
    state_of,
    unknown_grant,
)

_AT_ONCE = 400


def export_with(session: Session, package_id: str) -> Export:
    """The newest export of a package id; refuses `unknown_package`."""
    row = session.scalar(select(Export).where(Export.package_id == package_id).order_by(Export.id.desc()).limit(1))
    if row is None:
        raise _unknown_package(package_id)
    return row


def export_row(session: Session, export_id: int) -> Export:
    """One export; refuses `unknown_package` for one that is not there or out of sight."""
    row = session.scalar(select(Export).where(Export.id == export_id))
    if row is None:
        raise _unknown_package(str(export_id))
    return row


def packages_of(session: Session, case_no: str) -> list[PackageFacts]:
    """The packages of a case, newest first, each with its grants and downloads; refuses `unknown_case`."""
    case = cases.case_row(session, case_no)
    query = select(Export).where(Export.case_id == case.id).order_by(Export.id.desc())
    return _packages(session, list(session.scalars(query)))


def package_of(session: Session, case_no: str, export_id: int) -> PackageFacts:
    """One package of a case; refuses `unknown_case`, `unknown_package`."""
    case = cases.case_row(session, case_no)
    rows = list(session.scalars(select(Export).where(Export.case_id == case.id, Export.id == export_id)))
    if not rows:
        raise _unknown_package(str(export_id))
    return _packages(session, rows)[0]


def grants_to(session: Session, email: str, today: date) -> list[Received]:
    """What was granted to a person, newest first: how a package stands on a day, and when he last took it."""
    mine = select(Grant).where(func.lower(Grant.recipient) == email.strip().lower())
    return _received(session, list(session.scalars(mine.order_by(Grant.id.desc()))), today)


def received(session: Session, grant_id: int, *, email: str, today: date) -> Received:
    """One grant as its recipient sees it; refuses `unknown_grant`, for somebody else's too."""
    return _received(session, [grant_for(session, grant_id, email)], today)[0]


def grant_for(session: Session, grant_id: int, email: str) -> Grant:
    """The row of a grant to this person; refuses `unknown_grant`, for somebody else's in the same words."""
    row = session.scalar(select(Grant).where(Grant.id == grant_id))
    if row is None or row.recipient.lower() != email.strip().lower():
        raise unknown_grant()
    return row


def earlier(session: Session, export_id: int) -> list[Sealed]:
    """The packages before this one that the reader sees: same case, kind, audience and recipient, newest first."""
    newer = export_row(session, export_id)
    query = select(Export).where(
        Export.case_id == newer.case_id,
        Export.package == newer.package,
        Export.audience == newer.audience,
        Export.recipient == newer.recipient,
        Export.id < newer.id,
    )
    return [sealed(row) for row in session.scalars(query.order_by(Export.id.desc()))]


def sealed(row: Export) -> Sealed:
    """An export as a fact."""
    return Sealed(
        export_id=row.id,
        package_id=row.package_id,
        case_no=case_number(row.package_id, row.package, row.audience, row.dated),
        package=row.package,
        audience=row.audience,
        recipient=row.recipient,
        dated=row.dated,
        filename=row.filename,
        size=row.size,
        sha256=row.sha256,
        tagmanifest_sha256=row.tagmanifest_sha256,
        policy_version=row.policy_version,
        withheld=row.withheld,
        built_at=row.built_at,
    )


def _unknown_package(name: str) -> Refusal:
    return Refusal("unknown_package", Words(zh=f"没有证据包 {name[:80]}", en=f"no package {name[:80]}"))


def _packages(session: Session, rows: Sequence[Export]) -> list[PackageFacts]:
    grants: dict[int, list[GrantFacts]] = defaultdict(list)
    downloads: dict[int, list[DownloadFacts]] = defaultdict(list)
    for part in _parts(row.id for row in rows):
        for one in session.scalars(select(Grant).where(Grant.export_id.in_(part)).order_by(Grant.id)):
            grants[one.export_id].append(
                GrantFacts(
                    one.id,
                    one.recipient,
                    one.until_on,
                    one.granted_by,
                    one.granted_at,
                    one.revoked_by,
                    one.revoked_at,
                )
            )
        for took in session.scalars(select(Download).where(Download.export_id.in_(part)).order_by(Download.id)):
            downloads[took.export_id].append(DownloadFacts(took.id, took.by, took.at, took.grant_id, took.sha256))
    return [
        PackageFacts(
            **asdict(sealed(row)),
            built_by=row.built_by,
            grants=tuple(grants[row.id]),
            downloads=tuple(downloads[row.id]),
        )
        for row in rows
    ]


def _received(session: Session, grants: Sequence[Grant], today: date) -> list[Received]:
    packages: dict[int, Sealed] = {}
    taken: dict[int, datetime] = {}
    for part in _parts(grant.export_id for grant in grants):
        packages |= {row.id: sealed(row) for row in session.scalars(select(Export).where(Export.id.in_(part)))}
    for part in _parts(grant.id for grant in grants):
        for took in session.scalars(select(Download).where(Download.grant_id.in_(part)).order_by(Download.id)):
            if took.grant_id is not None:
                taken[took.grant_id] = took.at
    return [
        Received(
            **asdict(packages.get(grant.export_id, _out_of_sight(grant))),
            grant_id=grant.id,
            granted_by=grant.granted_by,
            granted_at=grant.granted_at,
            until_on=grant.until_on,
            revoked_at=grant.revoked_at,
            state=state_of(grant.until_on, grant.revoked_at, today),
            downloaded_at=taken.get(grant.id),
        )
        for grant in grants
    ]


def _out_of_sight(grant: Grant) -> Sealed:
    return Sealed(
        export_id=0,
        package_id="",
        case_no="",
        package="",
        audience="",
        recipient=grant.recipient,
        dated=grant.granted_at.date(),
        filename="",
        size=0,
        sha256="",
        tagmanifest_sha256="",
        policy_version="",
        withheld=0,
        built_at=None,
    )


def _parts(keys: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(keys))
    return [ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE)]
