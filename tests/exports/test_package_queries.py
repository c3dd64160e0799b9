"""What the house and counsel see of packages: each their own, what is inside, what changed, and how to check it."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from legal_service import clock
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.exports import queries
from legal_service.exports.operations import create_grant, revoke_grant, take_own_package, take_package
from legal_service.exports.packages import Sealed
from legal_service.installation import Installation
from legal_service.scope import scope_of
from tests.evidence import a_package
from tests.exports.a_sealed_package import COUNSEL, FILES, LAWYER, ON, RIVAL, at, granted, sealed

TODAY = date(2026, 11, 23)
NOON = clock.midday(TODAY)


def reading(installation: Installation, actor):  # type: ignore[no-untyped-def]
    return installation.database.reading(institution_id=installation.institution_id, scope=scope_of(actor))


def test_the_house_sees_the_packages_of_a_case_with_grants_and_downloads(on_both: Installation) -> None:
    grant_id, export_id = granted(on_both)
    _, later_id = granted(on_both, to=RIVAL, on=date(2026, 11, 1))
    with at(on_both, LOCAL_OPERATOR, NOON) as tx:
        sealed(tx, on_both.store, case_no="LC-2026-000002")
    with at(on_both, COUNSEL, NOON) as tx:
        take_package(tx, store=on_both.store, grant_id=grant_id)
    with at(on_both, LAWYER, NOON) as tx:
        take_own_package(tx, store=on_both.store, export_id=export_id)
        revoke_grant(tx, grant_id=grant_id)
    with on_both.reading() as session:
        newer, older = queries.packages_of(session, "LC-2026-000001")
        assert queries.package_of(session, "LC-2026-000001", export_id) == older
        with pytest.raises(Refusal, match="unknown_package"):
            queries.package_of(session, "LC-2026-000002", export_id)
        with pytest.raises(Refusal, match="unknown_case"):
            queries.packages_of(session, "LC-9")
    assert (newer.export_id, older.export_id, older.case_no) == (later_id, export_id, "LC-2026-000001")
    assert [(one.recipient, one.state(TODAY), one.revoked_by) for one in older.grants] == [
        (COUNSEL.email, "revoked", LAWYER.email)
    ]
    assert [(one.by, one.grant_id, one.at) for one in older.downloads] == [
        (COUNSEL.email, grant_id, NOON),
        (LAWYER.email, None, NOON),
    ]
    assert (newer.downloads, [one.state(TODAY) for one in newer.grants]) == ((), ["live"])


def test_counsel_see_what_was_granted_to_them_and_nothing_else(on_both: Installation) -> None:
    first, _ = granted(on_both)
    rivals, _ = granted(on_both, to=RIVAL, on=date(2026, 10, 21))
    ended, _ = granted(on_both, until=date(2026, 10, 25), on=date(2026, 10, 22))
    back, _ = granted(on_both, on=date(2026, 10, 23))
    for _ in range(2):
        with at(on_both, COUNSEL, NOON) as tx:
            take_package(tx, store=on_both.store, grant_id=first)
    with at(on_both, LAWYER, NOON) as tx:
        revoke_grant(tx, grant_id=back)
    with reading(on_both, COUNSEL) as session:
        mine = {one.grant_id: one for one in queries.grants_to(session, " Counsel@Firm.example", TODAY)}
        assert list(mine) == [back, ended, first]
        assert queries.received(session, first, email=COUNSEL.email, today=TODAY) == mine[first]
        for number in (rivals, 999):
            with pytest.raises(Refusal) as caught:
                queries.received(session, number, email=COUNSEL.email, today=TODAY)
            assert caught.value.code == "unknown_grant"
        with pytest.raises(Refusal, match="unknown_grant"):  # asking in another's name finds no more rows
            queries.received(session, rivals, email=RIVAL.email, today=TODAY)
    assert [(one.state, one.downloaded_at) for one in mine.values()] == [
        ("revoked", None),
        ("expired", None),
        ("live", NOON),
    ]
    assert (mine[first].case_no, mine[first].package, mine[first].policy_version) == (
        "LC-2026-000001",
        "statement_of_claim",
        "external_counsel/1",
    )
    assert mine[back].export_id == 0 and mine[back].sha256 == ""  # out of sight once it was taken back
    with on_both.reading() as session:
        assert [one.grant_id for one in queries.grants_to(session, RIVAL.email, TODAY)] == [rivals]


def test_what_is_inside_is_read_from_the_package_while_the_grant_is_live(installation: Installation) -> None:
    grant_id, _ = granted(installation)
    with reading(installation, COUNSEL) as session:
        received = queries.received(session, grant_id, email=COUNSEL.email, today=TODAY)
    members = queries.contents_of(installation.store, received)
    with installation.store.open(received.sha256) as stream, zipfile.ZipFile(stream) as archive:
        held = {one.filename.partition("/")[2]: one.file_size for one in archive.infolist()}
    assert {one.path: one.size for one in members} == held
    named = {one.path: one.title for one in members}
    assert named["data/exhibits/01-借款合同.pdf"].read("en") == "exhibit 1: loan contract"
    assert named["data/exhibits/02-放款凭证.pdf"].zh == "证据2 放款凭证"
    assert named["metadata/timestamp.tsr"].zh == "可信时间戳"
    assert all(len(one.sha256) == 64 for one in members)
    assert queries.pages_of(installation.store, received) == 7
    for state in ("expired", "revoked"):
        with pytest.raises(Refusal) as caught:
            queries.contents_of(installation.store, replace(received, state=state))
        assert caught.value.code == f"grant_{state}"
    with pytest.raises(Refusal) as other:
        queries.contents_of(installation.store, replace(received, tagmanifest_sha256="0" * 64))
    assert other.value.code == "custody_broken"


def test_what_changed_since_last_time(installation: Installation) -> None:
    granted(installation)
    files = {
        "data/binder.pdf": b"binder of november",
        "data/exhibits/01-授权委托书.pdf": b"new",
        "data/exhibits/02-借款合同.pdf": b"contract",
        "data/exhibits/03-放款凭证.pdf": b"another receipt",
        "metadata/custody.jsonl": b"{}\n{}\n",
    }
    with at(installation, LOCAL_OPERATOR, NOON) as tx:
        row = sealed(tx, installation.store, on=TODAY, files=files)
        create_grant(tx, package_id=row.package_id, recipient=COUNSEL.email, until=date(2099, 1, 1))
        stranger = sealed(tx, installation.store, recipient=RIVAL.email, on=date(2026, 11, 1))
    with reading(installation, COUNSEL) as session:
        newer = queries.grants_to(session, COUNSEL.email, TODAY)[0]
        (older,) = queries.earlier(session, newer.export_id)
        with pytest.raises(Refusal, match="unknown_package"):
            queries.earlier(session, stranger.id)
    found = queries.changes_since(installation.store, newer, older)
    assert [one.path for one in found.added] == ["data/exhibits/01-授权委托书.pdf"]
    assert found.removed == () and not found.nothing_new
    assert [(one.before.path, one.after.path) for one in found.changed] == [
        ("data/exhibits/02-放款凭证.pdf", "data/exhibits/03-放款凭证.pdf")
    ]
    assert [one.after.path for one in found.renumbered] == ["data/exhibits/02-借款合同.pdf"]
    assert {one.after.path for one in found.expected} >= {
        "bag-info.txt",
        "data/binder.pdf",
        "metadata/custody.jsonl",
        "metadata/timestamp.tsr",
        "tagmanifest-sha256.txt",
    }
    assert all(one.expected is not None and one.expected.zh for one in found.expected)
    with pytest.raises(Refusal, match="not_comparable"):
        queries.changes_since(installation.store, newer, replace(older, recipient=RIVAL.email))
    with pytest.raises(Refusal, match="grant_expired"):
        queries.changes_since(installation.store, replace(newer, state="expired"), older)


def test_the_same_contents_on_another_day_are_nothing_new(installation: Installation) -> None:
    granted(installation)
    with at(installation, LOCAL_OPERATOR, NOON) as tx:
        row = sealed(tx, installation.store, on=TODAY, files=FILES)
        export_id = row.id
    with installation.reading() as session:
        (older,) = queries.earlier(session, export_id)
        newer = queries.package_of(session, "LC-2026-000001", export_id)
    found = queries.changes_since(installation.store, newer, older)
    assert found.nothing_new and found.renumbered == ()
    assert {one.after.path for one in found.expected} == {
        "bag-info.txt", "data/catalogue.json", "manifest-sha256.txt", "metadata/timestamp.tsr", "tagmanifest-sha256.txt",
    }  # fmt: skip


def unpacked(folder: Path) -> Sealed:
    """The package of the evidence tests on disk, unpacked, the authority's root beside it."""
    content = a_package.the_zip()
    name = a_package.FACTS.package_id
    (folder / f"{name}.zip").write_bytes(content)
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        archive.extractall(folder)
    (folder / name / "root.pem").write_bytes(a_package.an_authority().ca_pem)
    tagmanifest = (folder / name / "tagmanifest-sha256.txt").read_bytes()
    return Sealed(
        export_id=1, package_id=name, case_no=a_package.FACTS.case_no, package="statement_of_claim", audience="court",
        recipient="", dated=a_package.ON, filename=f"{name}.zip", size=len(content), sha256=_sha256(content),
        tagmanifest_sha256=_sha256(tagmanifest),
        policy_version="court/1", withheld=0, built_at=clock.midday(ON),
    )  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True)


def test_the_steps_told_to_the_recipient_work_and_find_a_changed_byte(tmp_path: Path) -> None:
    export = unpacked(tmp_path)
    steps = queries.how_to_verify(export)
    assert all(one.says.zh and one.says.en and one.read("zh") != one.read("en") for one in steps)
    digest, manifests, stamp = (
        next(one.command for one in steps if word in one.command)
        for word in ("sha256sum AJ", "sha256sum -c", "openssl")
    )
    bag = tmp_path / export.package_id
    assert run(digest, tmp_path).stdout.split()[0] == export.sha256 and export.sha256 in steps[0].says.en
    assert run(manifests, tmp_path).stdout.strip() == "ok"
    verified = run(stamp, bag)
    assert verified.returncode == 0, verified.stderr
    assert any("verify.html" in one.says.zh and not one.command for one in steps)
    assert any(one.command.startswith("legal package verify") for one in steps)

    for name in ("data/binder.pdf", "tagmanifest-sha256.txt"):
        content = bytearray((bag / name).read_bytes())
        content[10] ^= 1
        (bag / name).write_bytes(content)
    assert run(manifests, tmp_path).returncode != 0
    assert run(stamp, bag).returncode != 0
