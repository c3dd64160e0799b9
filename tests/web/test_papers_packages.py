"""The packages pages: choosing a reader by what becomes of the data, the job, the package, its grants and downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from legal_service import clock
from legal_service.exports.models import Download, Export, Grant
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries as job_queries
from tests.exports.a_sealed_package import FILES, sealed
from tests.web.a_case_with_papers import AT, CASE, LAWYER, OTHER, SECRETS, approved, made, opened, told, writing
from tests.web.conftest import Desk, plain

PAGE = f"{AT}/packages"
READER = "counsel@firm.example"
GIVEN = {"package": "statement_of_claim", "audience": "external_counsel", "recipient": READER, "on": "2026-03-02"}
Desks = Callable[..., Desk]


@pytest.fixture
def installation(tmp_path: Path, fresh_instance: Path) -> Iterator[Installation]:
    """The prepared case, a copy for this test."""
    yield from opened(tmp_path, fresh_instance)


def a_package(installation: Installation, **how: Any) -> int:
    with writing(installation, LAWYER) as tx:
        return sealed(tx, installation.store, **({"case_no": CASE} | how)).id


def rows(installation: Installation, model: type[Any]) -> list[Any]:
    with installation.reading() as session:
        found = list(session.scalars(select(model).order_by(model.id)))
        session.expunge_all()
        return found


def asked(installation: Installation) -> list[dict[str, Any]]:
    with installation.reading() as session:
        return [job_queries.arguments_of(session, one.id) for one in job_queries.unfinished(session, "package")]


def test_the_table_shows_what_becomes_of_an_invented_person(lawyer: Desk, installation: Installation) -> None:
    approved(installation)
    page = lawyer.read(PAGE)
    assert "王样例" in page and "王**" in page and "199****0000" in page and "［已遮盖］" in page
    assert "court/1" in page and "待律师确认" in page and "可以制作" in page
    assert not [secret for secret in SECRETS if secret in lawyer.get(PAGE).get_data(as_text=True)]
    assert "external counsel" in lawyer.read(f"{PAGE}?lang=en")


def test_what_stands_against_it_is_told_beforehand_with_the_way_to_mend(
    lawyer: Desk, installation: Installation
) -> None:
    html = lawyer.get(PAGE).get_data(as_text=True)
    assert "本案还没有起诉状" in html and f'href="{AT}/filings"' in html and "legal filing" not in html
    refused = lawyer.post(PAGE, **GIVEN)
    assert refused.status_code == 422 and "本案还没有起诉状" in plain(refused.get_data(as_text=True))
    assert f'value="{READER}"' in refused.get_data(as_text=True)
    made(installation)
    page = lawyer.read(PAGE)
    assert "起诉状尚未经具名律师审批" in page
    court = lawyer.post(PAGE, **(GIVEN | {"audience": "court", "recipient": ""}))
    assert court.status_code == 422 and asked(installation) == []


def test_building_is_a_job_asked_for_once(lawyer: Desk, installation: Installation) -> None:
    approved(installation)
    first = lawyer.post(PAGE, **(GIVEN | {"recipient": "Counsel@Firm.example"}))
    assert first.status_code == 303, plain(first.get_data(as_text=True))
    assert lawyer.post(PAGE, **GIVEN).location == first.location
    assert asked(installation) == [{"case_no": CASE, **GIVEN}]
    html = lawyer.get(first.location).get_data(as_text=True)
    assert "data-job=" in html and "取消制作" in html and "没有运行中的工作进程" in html
    assert "取消制作" in lawyer.read(PAGE)
    assert "取消制作" not in lawyer.read(f"/cases/{OTHER}/packages")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("package", "nonsense", "「证据包种类」请从所列选项中选择"),
        ("audience", "", "「接收方」请从所列选项中选择"),
        ("recipient", "not an address", "邮箱"),
        ("on", "2999-01-01", "不得晚于今日"),
    ],
)
def test_a_wrong_field_is_named(lawyer: Desk, installation: Installation, field: str, value: str, says: str) -> None:
    approved(installation)
    answer = lawyer.post(PAGE, **(GIVEN | {field: value}))
    assert answer.status_code == 422 and says in plain(answer.get_data(as_text=True))
    assert asked(installation) == []


def test_tokens_need_a_recipient(lawyer: Desk, installation: Installation) -> None:
    approved(installation)
    answer = lawyer.post(PAGE, **(GIVEN | {"audience": "assignee", "recipient": ""}))
    assert answer.status_code == 422 and "两名接收人手中的代号便可互相对照" in plain(answer.get_data(as_text=True))


def test_a_job_is_cancelled_from_its_own_case_only(lawyer: Desk, desk: Desks, installation: Installation) -> None:
    approved(installation)
    number = lawyer.post(PAGE, **GIVEN).location.partition("job=")[2]
    assert lawyer.post(f"/cases/{OTHER}/packages/jobs/{number}/stop").status_code == 404
    assert desk("auditor").post(f"{PAGE}/jobs/{number}/stop").status_code == 403
    stopped = lawyer.post(f"{PAGE}/jobs/{number}/stop")
    assert stopped.status_code == 303
    assert "已取消" in lawyer.read(stopped.location) and asked(installation) == []
    assert lawyer.read(f"{PAGE}?job=nonsense") and lawyer.read(f"{PAGE}?job=99999")


def test_a_job_that_ended_leads_to_its_package_or_says_why_not(lawyer: Desk, installation: Installation) -> None:
    approved(installation)
    number = a_package(installation)
    built = rows(installation, Export)[0]
    outcomes: list[tuple[dict[str, Any], bool, str]] = [
        ({"sha256": built.sha256, "gaps": [{}, {}]}, False, f'href="{PAGE}/{number}"'),
        (
            {
                "refusal": {
                    "code": "leak",
                    "reason": "泄漏检查未通过",
                    "reason_en": "leak",
                    "basis": "个人信息保护法 第六条",
                }
            },
            True,
            "泄漏检查未通过",
        ),
    ]
    for outcome, failed, says in outcomes:
        location = lawyer.post(PAGE, **(GIVEN | {"on": f"2026-02-0{1 + failed}"})).location
        with installation.database.aside(institution_id=installation.institution_id) as session:
            claimed = jobs.claim(session, now=clock.now())
        assert claimed is not None
        with writing(installation) as tx:
            jobs.conclude(tx, claimed, outcome=outcome, failed=failed)
        assert says in lawyer.get(location).get_data(as_text=True)


def test_a_package_shows_what_is_in_it_and_how_to_verify_it(lawyer: Desk, installation: Installation) -> None:
    number = a_package(installation)
    built = rows(installation, Export)[0]
    page = lawyer.read(f"{PAGE}/{number}")
    assert built.sha256 in page and "data/exhibits/01-借款合同.pdf" in page and f"sha256sum {built.filename}" in page
    assert "尚无人下载" in page and "没有未提供的证据" in page and "缺" in page
    listed = lawyer.read(PAGE)
    assert built.package_id in listed and READER in listed
    for wrong in (f"{PAGE}/999", f"/cases/{OTHER}/packages/{number}", f"{PAGE}/99999999999"):
        assert lawyer.get(wrong).status_code == 404


def test_what_changed_since_the_package_before(lawyer: Desk, installation: Installation) -> None:
    a_package(installation)
    newer = a_package(
        installation,
        on=date(2026, 11, 1),
        files=FILES | {"data/exhibits/03-送达凭证.pdf": b"new", "data/binder.pdf": b"other"},
    )
    page = lawyer.read(f"{PAGE}/{newer}")
    assert "与上一包相比" in page and "新增 证据3 送达凭证" in page and "每次制作都会不同的文件" in page


def test_a_download_by_a_colleague_is_a_delivery_on_record(
    lawyer: Desk, desk: Desks, installation: Installation
) -> None:
    number = a_package(installation)
    assert lawyer.get(f"{PAGE}/{number}/download").status_code == 405
    taken = lawyer.post(f"{PAGE}/{number}/download")
    assert taken.status_code == 200 and taken.data.startswith(b"PK") and taken.mimetype == "application/zip"
    assert taken.headers["Content-Disposition"].startswith("attachment; filename=LC-2026-000001-statement_of_claim")
    assert [(one.by, one.grant_id) for one in rows(installation, Download)] == [(lawyer.email, None)]
    assert lawyer.post(f"/cases/{OTHER}/packages/{number}/download").status_code == 404
    for role, status in (("auditor", 403), ("admin", 403), ("counsel", 403)):
        assert desk(role).post(f"{PAGE}/{number}/download").status_code == status
    assert len(rows(installation, Download)) == 1
    assert "data-download" in lawyer.get(f"{PAGE}/{number}").get_data(as_text=True)
    assert "data-download" not in desk("auditor", "b").get(f"{PAGE}/{number}").get_data(as_text=True)


def test_a_grant_is_made_once_for_the_person_it_was_drawn_for(lawyer: Desk, installation: Installation) -> None:
    number = a_package(installation)
    given = {"recipient": READER, "until": "2099-01-01"}
    wrong = lawyer.post(f"{PAGE}/{number}/grants", **(given | {"recipient": "rival@other.example"}))
    assert wrong.status_code == 422 and "是为另一接收人制作的" in plain(wrong.get_data(as_text=True))
    past = lawyer.post(f"{PAGE}/{number}/grants", **(given | {"until": "2020-01-01"}))
    assert past.status_code == 422 and 'value="2020-01-01"' in past.get_data(as_text=True)
    for _ in range(2):
        assert lawyer.post(f"{PAGE}/{number}/grants", once="twice", **given).status_code == 303
    (grant,) = rows(installation, Grant)
    assert (grant.export_id, grant.recipient, grant.granted_by) == (number, READER, lawyer.email)
    page = lawyer.read(f"{PAGE}/{number}")
    assert "可下载" in page and "尚无账号" in page


def test_a_grant_goes_to_the_package_shown_not_to_its_namesake(lawyer: Desk, installation: Installation) -> None:
    shown = a_package(installation)
    a_package(installation, recipient="rival@other.example", files=FILES | {"data/binder.pdf": b"for the rival"})
    assert len({one.package_id for one in rows(installation, Export)}) == 1
    answer = lawyer.post(f"{PAGE}/{shown}/grants", recipient=READER, until="2099-01-01")
    assert answer.status_code == 303 and [one.export_id for one in rows(installation, Grant)] == [shown]


def test_a_court_copy_for_nobody_by_name_offers_no_grant(lawyer: Desk, installation: Installation) -> None:
    number = a_package(installation, audience="court", recipient="")
    page = lawyer.get(f"{PAGE}/{number}").get_data(as_text=True)
    assert "不能授权下载" in page and f"{PAGE}/{number}/grants" not in page
    refused = lawyer.post(f"{PAGE}/{number}/grants", recipient=READER, until="2099-01-01")
    assert refused.status_code == 422 and rows(installation, Grant) == []


def test_a_grant_is_taken_back_for_a_reason(lawyer: Desk, desk: Desks, installation: Installation) -> None:
    number, other = a_package(installation), a_package(installation, on=date(2026, 10, 21))
    lawyer.post(f"{PAGE}/{number}/grants", recipient=READER, until="2099-01-01")
    (grant,) = rows(installation, Grant)
    there = f"{PAGE}/{number}/grants/{grant.id}/revoke"
    without = lawyer.post(there, reason="")
    assert without.status_code == 422 and "「撤销理由」请从所列选项中选择" in plain(without.get_data(as_text=True))
    assert lawyer.post(f"{PAGE}/{other}/grants/{grant.id}/revoke", reason="mandate_ended").status_code == 404
    assert desk("auditor").post(there, reason="mandate_ended").status_code == 403
    assert lawyer.post(there, reason="mandate_ended").status_code == 303
    (entry,) = told(installation, "grant.revoke")
    assert (entry.actor, entry.detail["reason"]) == (lawyer.email, "mandate_ended")
    page = lawyer.read(f"{PAGE}/{number}")
    assert "✕ 已撤销" in page and "委托已结束" not in page


def test_a_damaged_package_is_told_and_not_handed_out(lawyer: Desk, installation: Installation) -> None:
    number = a_package(installation)
    built = rows(installation, Export)[0]
    vault = Path(installation.settings.store_url.removeprefix("file://"))
    (stored,) = (one for one in vault.rglob(built.sha256) if one.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"damaged")
    html = lawyer.get(f"{PAGE}/{number}").get_data(as_text=True)
    assert "已损坏或被改动" in html and "data-download" not in html
    assert lawyer.post(f"{PAGE}/{number}/download").status_code == 500
    assert rows(installation, Download) == []


def test_who_may_see_and_build(desk: Desks, installation: Installation) -> None:
    number = a_package(installation)
    assert "接收方：按各类" not in desk("collections").read(PAGE)
    assert desk("collections", "b").post(PAGE, **GIVEN).status_code == 403
    for role in ("counsel", "regulator"):
        outsider = desk(role)
        assert outsider.get(PAGE).status_code == 403 and outsider.get(f"{PAGE}/{number}").status_code == 403
