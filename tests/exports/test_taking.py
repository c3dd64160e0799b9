"""A package leaves only for the person it was granted to, while the grant is live, whole as sealed, and never unnoted."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.access.queries import walk_trail
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.exports.models import Export
from legal_service.exports.operations import LARGEST, revoke_grant, take_own_package, take_package
from legal_service.installation import Installation
from legal_service.scope import scope_of
from legal_service.vault.store import address
from tests.exports.a_sealed_package import (
    COUNSEL,
    LAWYER,
    ON,
    RIVAL,
    a_zip,
    at,
    downloads,
    entries,
    granted,
    sealed,
    the_grant,
)

LATER = clock.midday(date(2026, 11, 23))


def refused(installation: Installation, grant_id: int, *, actor: Actor = COUNSEL, moment=LATER) -> Refusal:
    with (
        at(installation, actor, moment, scope_of(actor)) as tx,
        pytest.raises(Refusal) as caught,
    ):
        take_package(tx, store=installation.store, grant_id=grant_id)
    return caught.value


def test_the_recipient_takes_the_bytes_as_sealed_and_each_time_is_on_record(on_both: Installation) -> None:
    grant_id, export_id = granted(on_both)
    for actor in (COUNSEL, Actor("Counsel@Firm.Example", "甲律师", "counsel")):
        with at(on_both, actor, LATER, scope_of(actor)) as tx:
            taken = take_package(tx, store=on_both.store, grant_id=grant_id)
        assert taken.content == a_zip(taken.filename.removesuffix(".zip"))[0]
        assert taken.size == len(taken.content)
    rows = downloads(on_both)
    assert [(one.export_id, one.grant_id, one.by.lower(), one.at) for one in rows] == [
        (export_id, grant_id, COUNSEL.email, LATER)
    ] * 2
    with on_both.reading() as session:
        told = list(session.scalars(select(AuditEntry).where(AuditEntry.action == "package.download")))
        assert [one.subject for one in told] == [f"package:{taken.filename.removesuffix('.zip')}"] * 2
        assert told[0].detail == {"export": export_id, "grant": grant_id, "sha256": taken.sha256}
        assert walk_trail(session)[0] is None


def test_somebody_elses_grant_is_like_none_at_all(on_both: Installation) -> None:
    grant_id, _ = granted(on_both)
    scoped = refused(on_both, grant_id, actor=RIVAL)
    nothing = refused(on_both, grant_id + 1000, actor=RIVAL)
    with (
        at(on_both, RIVAL, LATER) as tx,
        pytest.raises(Refusal) as unscoped,
    ):  # the operation itself looks, scope or not
        take_package(tx, store=on_both.store, grant_id=grant_id)
    assert {(one.code, one.reason, one.basis) for one in (scoped, nothing, unscoped.value)} == {
        ("unknown_grant", nothing.reason, nothing.basis)
    }
    assert refused(on_both, grant_id, actor=LAWYER).code == "unknown_grant"  # not even a colleague, under a grant
    assert downloads(on_both) == [] and entries(on_both, "package.download") == 0


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-11-23 00:00", ""),
        ("2026-11-23 23:59:59.999999", ""),
        ("2026-11-24 00:00", "grant_expired"),
        ("2026-11-23T15:59:59+00:00", ""),
        ("2026-11-23T16:00:00+00:00", "grant_expired"),
    ],
)
def test_the_last_day_ends_at_midnight_in_shanghai(installation: Installation, moment: str, code: str) -> None:
    grant_id, _ = granted(installation, until=date(2026, 11, 23))
    for on in (clock.parse_moment(moment), clock.parse_moment(moment).astimezone(UTC)):
        with at(installation, COUNSEL, on) as tx:
            if code:
                with pytest.raises(Refusal) as caught:
                    take_package(tx, store=installation.store, grant_id=grant_id)
                assert caught.value.code == code and "2026-11-23" in caught.value.reason.en
            else:
                assert take_package(tx, store=installation.store, grant_id=grant_id).size
    assert len(downloads(installation)) == (0 if code else 2)


def test_a_grant_taken_back_is_closed_at_once_and_stays_so(on_both: Installation) -> None:
    grant_id, _ = granted(on_both, until=date(2026, 11, 1))
    with at(on_both, COUNSEL, clock.midday(date(2026, 10, 21))) as tx:
        take_package(tx, store=on_both.store, grant_id=grant_id)
    with at(on_both, LAWYER, clock.midday(date(2026, 10, 22))) as tx:
        revoke_grant(tx, grant_id=grant_id)
    with at(on_both, LOCAL_OPERATOR, LATER) as tx:
        revoke_grant(tx, grant_id=grant_id)  # again: nothing changes, nothing is entered
    row = the_grant(on_both, grant_id)
    assert (row.revoked_by, row.revoked_at) == (LAWYER.email, clock.midday(date(2026, 10, 22)))
    assert entries(on_both, "grant.revoke") == 1
    for moment in (clock.midday(date(2026, 10, 22)), LATER):  # within its days, and past them
        assert refused(on_both, grant_id, moment=moment).code == "grant_revoked"
    assert len(downloads(on_both)) == 1  # what was taken stays on record


def test_who_may_take_a_grant_back(installation: Installation) -> None:
    grant_id, _ = granted(installation)
    for actor, number, code in ((COUNSEL, grant_id, "not_permitted"), (LAWYER, 999, "unknown_grant")):
        with at(installation, actor, LATER) as tx, pytest.raises(Refusal) as caught:
            revoke_grant(tx, grant_id=number)
        assert caught.value.code == code
    assert the_grant(installation, grant_id).revoked_at is None


@pytest.mark.parametrize(
    ("harm", "code"), [("flip", "blob_damaged"), ("cut", "blob_damaged"), ("lose", "blob_missing")]
)
def test_bytes_that_are_not_those_sealed_do_not_leave(installation: Installation, harm: str, code: str) -> None:
    grant_id, export_id = granted(installation)
    with installation.reading() as session:
        digest = session.get_one(Export, export_id).sha256
    path = Path(installation.settings.store_url.removeprefix("file://")) / address(digest)
    content = bytearray(path.read_bytes())
    path.chmod(0o600)
    if harm == "lose":
        path.unlink()
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content if harm == "flip" else content[:-1])
    assert refused(installation, grant_id).code == code
    with at(installation, LAWYER, LATER) as tx, pytest.raises(Refusal) as caught:
        take_own_package(tx, store=installation.store, export_id=export_id)
    assert caught.value.code == code
    assert downloads(installation) == [] and entries(installation, "package.download") == 0


def test_a_row_made_to_point_at_the_courts_copy_gives_nothing(installation: Installation) -> None:
    grant_id, export_id = granted(installation)
    with at(installation, LOCAL_OPERATOR, LATER) as tx:
        court = sealed(tx, installation.store, audience="court", recipient="", files={"data/binder.pdf": b"in clear"})
        tx.session.execute(update(Export).where(Export.id == export_id).values(sha256=court.sha256, size=court.size))
    assert refused(installation, grant_id).code == "custody_broken"
    assert downloads(installation) == []


def test_a_colleague_with_the_right_takes_a_package_and_is_noted(installation: Installation) -> None:
    _, export_id = granted(installation)
    with at(installation, LAWYER, LATER) as tx:
        assert take_own_package(tx, store=installation.store, export_id=export_id).content[:2] == b"PK"
    assert [(one.by, one.grant_id) for one in downloads(installation)] == [(LAWYER.email, None)]
    assert entries(installation, "package.download") == 1


@pytest.mark.parametrize("role", ["counsel", "collections", "regulator", "admin", "auditor"])
def test_others_of_the_house_and_from_outside_do_not(installation: Installation, role: str) -> None:
    _, export_id = granted(installation)
    with (
        at(installation, Actor(COUNSEL.email, "某人", role), LATER) as tx,
        pytest.raises(Refusal) as caught,
    ):
        take_own_package(tx, store=installation.store, export_id=export_id)
    assert caught.value.code == "not_permitted"


def test_a_package_beyond_the_limit_is_not_read_into_memory(installation: Installation) -> None:
    grant_id, export_id = granted(installation)
    with at(installation, LOCAL_OPERATOR, clock.midday(ON) + timedelta(days=1)) as tx:
        row = tx.session.get_one(Export, export_id)
        row.size, row.sha256 = LARGEST + 1, "0" * 64  # reading it would be `blob_missing`
        with pytest.raises(Refusal) as caught:
            take_own_package(tx, store=installation.store, export_id=export_id)
        assert caught.value.code == "package_too_large"
        with pytest.raises(Refusal) as unknown:
            take_own_package(tx, store=installation.store, export_id=export_id + 1)
        assert unknown.value.code == "unknown_package"
        tx.session.rollback()
    assert the_grant(installation, grant_id).revoked_at is None
