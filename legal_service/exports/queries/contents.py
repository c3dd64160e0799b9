"""Looking into packages in the store: what is in one, and what changed since the one before."""

from __future__ import annotations

from legal_service.errors import Refusal, Words
from legal_service.evidence import files as drawer
from legal_service.exports.changes import Changes, compared
from legal_service.exports.members import Inside, Member, opened, unsound
from legal_service.exports.packages import Received, Sealed
from legal_service.vault.store import BlobStore


def contents_of(store: BlobStore, export: Sealed) -> list[Member]:
    """The files of a package by path. To whom it was granted reads it only while the grant is live.

    Refuses `grant_revoked`, `grant_expired`, `blob_missing`, `blob_damaged`, `custody_broken`.
    """
    return list(_inside(store, _live(export)).members)


def pages_of(store: BlobStore, export: Sealed) -> int:
    """How many pages the binder of a package has; refuses as `contents_of` does."""
    return _inside(store, _live(export)).pages


def inside_of(store: BlobStore, export: Sealed) -> Inside:
    """A package opened once: its files, its pages, what was withheld from its reader and why; refuses as `contents_of` does."""
    return _inside(store, _live(export))


def changes_since(store: BlobStore, newer: Sealed, older: Sealed) -> Changes:
    """What changed from one package to the next of the same case, kind, audience and recipient.

    The older one may have run out: its reader had it. Refuses `not_comparable`, and as `contents_of` does.
    """
    if _series(newer) != _series(older):
        raise Refusal(
            "not_comparable",
            Words(
                zh="只能比较同一案件、同一种类、同一接收人的证据包。",
                en="only packages of the same case, kind and recipient can be compared.",
            ),
        )
    if isinstance(older, Received) and older.state == "revoked" and older.refusal is not None:
        raise older.refusal
    return compared(_inside(store, _live(newer)).members, _inside(store, older).members)


def _series(export: Sealed) -> tuple[str, str, str, str]:
    return export.case_no, export.package, export.audience, export.recipient.lower()


def _live(export: Sealed) -> Sealed:
    if isinstance(export, Received) and export.refusal is not None:
        raise export.refusal
    return export


def _inside(store: BlobStore, export: Sealed) -> Inside:
    kinds = {code: kind.title for code, kind in drawer.drawers().kinds.items()}
    with store.open(export.sha256) as stream:
        inside = opened(stream, kinds)
    if inside.tagmanifest_sha256 != export.tagmanifest_sha256:
        raise unsound()
    return inside
