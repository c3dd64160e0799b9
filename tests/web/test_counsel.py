"""What external counsel sees and takes: his packages and nobody else's, each delivery on record, no link that counts as one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from legal_service import clock
from legal_service.access.models import AuditEntry
from legal_service.database import Actor
from legal_service.exports.models import Export
from legal_service.exports.operations import create_grant, revoke_grant
from legal_service.installation import Installation
from legal_service.parties.models import Person
from tests.exports.a_sealed_package import FILES, LAWYER, a_zip, at, downloads, entries, granted, sealed
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]
ME = Actor("a@counsel.example", "a counsel", "counsel")
TODAY = clock.today()
START = TODAY - timedelta(days=40)
SECOND = {
    **{path: content for path, content in FILES.items() if "02" not in path},
    "data/exhibits/02-身份证明.pdf": b"identity",
    "data/exhibits/03-放款凭证.pdf": b"receipt",
}


def again(installation: Installation, on: date, files: dict[str, bytes] = SECOND) -> int:
    """A later package of the same case for me, granted; its grant."""
    with at(installation, LAWYER, clock.midday(on)) as tx:
        row = sealed(tx, installation.store, recipient=ME.email, on=on, files=files)
        return create_grant(tx, package_id=row.package_id, recipient=ME.email, until=TODAY + timedelta(days=30))


def test_without_a_package_the_page_says_how_one_comes(desk: Sign) -> None:
    page = desk("counsel").read("/packages")
    assert "还没有授权给您的证据包" in page
    assert ME.email in page


def test_the_list_tells_state_days_and_what_changed(desk: Sign, installation: Installation) -> None:
    granted(installation, to=ME, on=START, until=TODAY + timedelta(days=3))
    again(installation, START + timedelta(days=9))
    page = desk("counsel").read("/packages")
    assert page.count("LC-2026-000001") == 2
    assert "△ 剩 3 日" in page
    assert "本案首个证据包" in page
    assert "新增 1" in page
    assert page.count("尚未下载") == 2
    english = desk("counsel").read("/packages?lang=en")
    assert "evidence for the statement of claim" in english and "3 d left" in english


def test_a_package_says_what_is_in_it_what_changed_and_how_to_verify(desk: Sign, installation: Installation) -> None:
    granted(installation, to=ME, on=START)
    grant_id = again(installation, START + timedelta(days=9))
    html = desk("counsel").get(f"/packages/{grant_id}").get_data(as_text=True)
    page = plain(html)
    for path, content in SECOND.items():
        assert path in page
        assert hashlib.sha256(content).hexdigest() in page
    with installation.reading() as session:
        row = session.get_one(Export, 2)
    assert row.sha256 in page and row.policy_version in page
    assert f"sha256sum {row.filename}" in page and "metadata/verify.html" in page
    assert "＋ 新增 证据2 身份证明" in page
    assert "data/exhibits/02-放款凭证.pdf → data/exhibits/03-放款凭证.pdf" in page  # renumbered, not new
    assert f'action="/packages/{grant_id}/download"' in html and 'method="post"' in html


def test_what_was_withheld_is_told_with_the_catalogues_reason(desk: Sign, installation: Installation) -> None:
    grant_id, _ = granted(installation, to=ME, on=START)
    page = desk("counsel").read(f"/packages/{grant_id}")
    assert "没有未附的证据" in page
    assert "◇ 待律师确认" in page  # the policy's standing
    assert "遮盖 姓名、身份证号" in page


def test_the_bytes_are_those_sealed_and_every_delivery_is_on_record(desk: Sign, installation: Installation) -> None:
    grant_id, export_id = granted(installation, to=ME, on=START)
    counsel = desk("counsel")
    with installation.reading() as session:
        row = session.get_one(Export, export_id)
    for times in (1, 2, 3):  # one that broke off is repeated: the same form, sent again
        answer = counsel.post(f"/packages/{grant_id}/download", once="the same filling")
        assert answer.status_code == 200
        assert answer.data == a_zip(row.package_id, on=START)[0]
        assert answer.headers["Content-Disposition"] == f"attachment; filename={row.filename}"
        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.headers["X-Content-SHA256"] == row.sha256 == hashlib.sha256(answer.data).hexdigest()
        digest = answer.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
        assert base64.b64decode(digest).hex() == row.sha256
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(downloads(installation)) == entries(installation, "package.download") == times
    page = counsel.read(f"/packages/{grant_id}")
    assert "下载记录 3" in page and page.count(row.sha256) >= 4
    assert "尚未下载" not in counsel.read("/packages")


def test_looking_counts_nothing_and_no_link_leads_to_the_bytes(desk: Sign, installation: Installation) -> None:
    grant_id, _ = granted(installation, to=ME, on=START)
    counsel = desk("counsel")
    for url in ("/packages", f"/packages/{grant_id}"):
        assert counsel.get(url).status_code == 200
        assert counsel.client.head(url).status_code == 200
    download = f"/packages/{grant_id}/download"
    assert counsel.get(download).status_code == 405
    assert counsel.client.head(download).status_code == 405
    assert counsel.client.options(download).status_code == 405
    assert counsel.client.post(download).status_code == 400  # no token of the form
    assert downloads(installation) == []
    assert entries(installation, "package.download") == 0


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_what_has_ended_is_gone_and_says_what_to_do(desk: Sign, installation: Installation, state: str) -> None:
    until = TODAY + timedelta(days=30) if state == "revoked" else TODAY - timedelta(days=1)
    grant_id, export_id = granted(installation, to=ME, on=START, until=until)
    with installation.reading() as session:
        sha256 = session.get_one(Export, export_id).sha256
    if state == "revoked":
        with installation.transaction(LAWYER) as tx:
            revoke_grant(tx, grant_id=grant_id, reason="wrong_package")
    counsel = desk("counsel")
    word = {"expired": "□ 已到期", "revoked": "✕ 已撤销"}[state]
    assert word in counsel.read("/packages")
    assert "目前没有可以下载的证据包" in counsel.read("/packages")
    for answer in (counsel.get(f"/packages/{grant_id}"), counsel.post(f"/packages/{grant_id}/download")):
        html = answer.get_data(as_text=True)
        assert answer.status_code == 410
        assert word in plain(html) and "请联系发送方" in plain(html) and LAWYER.email not in html
        assert "data/exhibits" not in html and "<form" in html and "data-download" not in html
        assert (sha256 in html) is (state == "expired")  # what was taken may still be verified
    assert downloads(installation) == []


@pytest.mark.parametrize("number", ["0", "2", "999999", "99999999999999999999", "-1", "abc", "1%20or%201=1", "1.0"])
def test_another_number_is_answered_plainly_and_like_none_at_all(
    desk: Sign, installation: Installation, number: str
) -> None:
    granted(installation, to=ME, on=START)
    other, _ = granted(installation, to=Actor("b@counsel.example", "b", "counsel"), on=START + timedelta(days=1))
    assert other == 2
    counsel = desk("counsel")
    for answer in (counsel.get(f"/packages/{number}"), counsel.post(f"/packages/{number}/download")):
        page = answer.get_data(as_text=True)
        assert answer.status_code == 404
        assert "b@counsel.example" not in page and f"{START + timedelta(days=1):%Y%m%d}" not in page
        assert "请核对链接" in page or "没有这个页面" in page
    assert downloads(installation) == []


def test_a_stranger_cannot_be_told_apart_from_nobody(desk: Sign, installation: Installation) -> None:
    granted(installation, to=Actor("b@counsel.example", "b", "counsel"), on=START)
    counsel = desk("counsel")
    theirs, nobodys = (plain(counsel.get(f"/packages/{one}").get_data(as_text=True)) for one in (1, 5))
    assert theirs.replace("/packages/1", "") == nobodys.replace("/packages/5", "")


@pytest.mark.parametrize("role", ["lawyer", "compliance", "admin", "auditor", "regulator", "collections"])
def test_other_roles_have_no_such_page(desk: Sign, installation: Installation, role: str) -> None:
    grant_id, _ = granted(installation, to=ME, on=START)
    other = desk(role)
    assert other.get("/packages").status_code == 403
    assert other.get(f"/packages/{grant_id}").status_code == 403
    assert other.post(f"/packages/{grant_id}/download").status_code == 403
    assert downloads(installation) == []


def test_nothing_of_the_borrower_is_on_counsels_pages(desk: Sign, installation: Installation) -> None:
    grant_id, _ = granted(installation, to=ME, on=START)
    counsel = desk("counsel")
    assert counsel.post(f"/packages/{grant_id}/download").status_code == 200
    pages = counsel.read("/packages") + counsel.read(f"/packages/{grant_id}")
    with installation.reading() as session:
        person = session.scalars(select(Person)).one()
        for secret in (person.name, person.id_number, person.phone):
            assert secret and secret not in pages
        told = [entry.detail for entry in session.scalars(select(AuditEntry)) if entry.action == "package.download"]
    assert told and set(told[0]) == {"export", "grant", "sha256"}


def test_bytes_that_are_damaged_do_not_leave_and_the_page_says_so(desk: Sign, installation: Installation) -> None:
    grant_id, export_id = granted(installation, to=ME, on=START)
    with installation.database.aside(institution_id=installation.institution_id) as session:
        session.get_one(Export, export_id).sha256 = "0" * 64
    counsel = desk("counsel")
    assert "blob_missing" in counsel.get(f"/packages/{grant_id}").get_data(as_text=True)
    answer = counsel.post(f"/packages/{grant_id}/download")
    assert answer.status_code == 500 and "blob_missing" in answer.get_data(as_text=True)
    assert downloads(installation) == []
