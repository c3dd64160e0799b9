"""Handing out a package's bytes: to the person it was granted to, or to a colleague with the right; each time noted."""

from __future__ import annotations

import io
from dataclasses import dataclass

from legal_service import clock
from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.database import Transaction
from legal_service.errors import Refusal, Words
from legal_service.exports import queries
from legal_service.exports.members import opened, unsound
from legal_service.exports.models import Download, Export
from legal_service.exports.packages import grant_expired, grant_revoked, state_of
from legal_service.vault.store import BlobStore

LARGEST = 256 << 20
"""Bytes of the largest package handed out whole: packages are tens of megabytes, and this one lies in memory while it leaves."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A package to be handed out now: its file name, its bytes, and the hash they were checked against."""

    filename: str
    content: bytes
    sha256: str
    size: int


def take_package(tx: Transaction, *, store: BlobStore, grant_id: int) -> Taken:
    """The package of a grant, for the person it was granted to, while the grant is live on the transaction's day (Shanghai).

    Refuses `unknown_grant` (somebody else's too), `grant_revoked`, `grant_expired`, `package_too_large`, `blob_missing`,
    `blob_damaged`, `custody_broken`. The bytes leave only with the row and the entry that tell of it.
    """
    grant = queries.grant_for(tx.session, grant_id, tx.actor.email)
    state = state_of(grant.until_on, grant.revoked_at, tx.moment.astimezone(clock.SHANGHAI).date())
    if state == "revoked":
        raise grant_revoked()
    if state == "expired":
        raise grant_expired(grant.until_on)
    return _taken(tx, store, queries.export_row(tx.session, grant.export_id), grant.id)


def take_own_package(tx: Transaction, *, store: BlobStore, export_id: int) -> Taken:
    """A package for a colleague who could build it himself and may download; noted like any other. Never without a grant for counsel.

    Refuses `not_permitted`, `unknown_package`, and as `take_package` does for the bytes.
    """
    permissions.require(tx.actor, "package.build")
    permissions.require(tx.actor, "package.download")
    return _taken(tx, store, queries.export_row(tx.session, export_id), None)


def _taken(tx: Transaction, store: BlobStore, export: Export, grant_id: int | None) -> Taken:
    if export.size > LARGEST:
        raise Refusal(
            "package_too_large",
            Words(
                zh=f"证据包超过 {LARGEST >> 20} MB，不能网上下载；请以移动介质交付（legal package build --out）。",
                en=f"the package is larger than {LARGEST >> 20} MB and is not handed out here; deliver it on a medium (legal package build --out).",
            ),
            "机构内部规则：单次下载的上限（house policy: the largest single download）",
        )
    content = store.get(export.sha256)
    if opened(io.BytesIO(content), {}).tagmanifest_sha256 != export.tagmanifest_sha256:
        raise unsound()
    tx.session.add(
        Download(export_id=export.id, grant_id=grant_id, by=tx.actor.email, at=tx.moment, sha256=export.sha256)
    )
    tx.session.flush()
    record(
        tx,
        action="package.download",
        subject=f"package:{export.package_id}",
        export=export.id,
        grant=grant_id,
        sha256=export.sha256,
    )
    return Taken(export.filename, content, export.sha256, len(content))
