"""What the regulator sees: issues, their numbers down to pseudonymous rows, differences, and the check that a return re-runs."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from legal_service.access.models import AuditEntry
from legal_service.installation import Installation
from legal_service.reports import queries
from legal_service.reports.models import ReturnIssue
from legal_service.tasks import TASKS
from legal_service.vault.store import address
from legal_service.web.pages.regulator import number
from legal_service.worker import work
from tests.conftest import settings_in
from tests.reports.a_return import NAME, a_quarter
from tests.reports.test_issues import corrected, make
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]
READERS = ("regulator", "compliance", "admin", "auditor")
FILES = ("return.json", "return.xlsx", "return.pdf", "manifest.json")


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory, fresh_instance: Path) -> Path:
    """An instance with two issues of one return, made once and copied for each test that reads them."""
    folder = tmp_path_factory.mktemp("returned") / "instance"
    shutil.copytree(fresh_instance, folder)
    made = Installation(settings_in(folder)).opened()
    for cut in (a_quarter(), corrected()):
        make(made, cut)
    made.database.dispose()
    return folder


@pytest.fixture
def installation(tmp_path: Path, returned: Path) -> Iterator[Installation]:
    """An instance of one's own with the two issues."""
    folder = tmp_path / "instance"
    shutil.copytree(returned, folder)
    installed = Installation(settings_in(folder)).opened()
    yield installed
    installed.database.dispose()


def html_of(desk: Desk, url: str) -> str:
    """A page that must open, with its tags."""
    answer = desk.get(url)
    assert answer.status_code == 200, plain(answer.get_data(as_text=True))
    return answer.get_data(as_text=True)


def looks(installation: Installation, action: str) -> list[dict[str, object]]:
    """What the trail tells of an action."""
    with installation.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq)
        return [dict(entry.detail) for entry in session.scalars(query)]


@pytest.mark.parametrize("role", READERS)
def test_issues_stand_by_period_with_what_vouches_for_them(desk: Sign, installation: Installation, role: str) -> None:
    html = html_of(desk(role), "/returns")
    page = plain(html)
    assert "2026-Q3" in page and "第 2 版" in page and "✓ 现行" in page and "□ 已被第 2 版取代" in page
    assert page.count("✓ 审计日志第") == 2
    with installation.reading() as session:
        for one in queries.issues(session):
            assert one.manifest_sha256 in html and one.made_by in page
    assert ('action="/returns"' in html) is (role in ("compliance", "admin"))


@pytest.mark.parametrize("role", ["lawyer", "collections", "counsel"])
def test_others_do_not_open_returns(desk: Sign, role: str) -> None:
    other = desk(role)
    urls = ("/returns", "/returns/1", "/returns/1/files/return.json", "/returns/1/numbers/loans_by_tier.mild")
    assert [other.get(url).status_code for url in (*urls, "/returns/1/differences")] == [403] * 5
    posts = ("/returns", "/returns/1", "/returns/1/cut", "/returns/1/numbers/loans_by_tier.mild")
    assert [other.post(url).status_code for url in posts] == [403] * 4


def test_the_document_shows_every_number_linked_and_no_small_one(desk: Sign, installation: Installation) -> None:
    html = unescape(html_of(desk("regulator"), "/returns/2"))
    with installation.reading() as session:
        issue = queries.issue(session, 2)
    measures = queries.numbers_of(installation.store, issue)
    links = dict(re.findall(r'href="/returns/2/numbers/([^"]+)">(.*?)</a>', html))
    links = {unquote(key): plain(text) for key, text in links.items()}
    assert set(links) == {one.key for measure in measures for one in measure.numbers}
    for measure in measures:
        for one in measure.numbers:
            if one.withheld:
                assert links[one.key] == "* 不列示"
            else:
                assert links[one.key].replace(",", "") == str(one.value)
    page = plain(html)
    for told in (
        issue.cut_sha256,
        issue.definition_version,
        issue.manifest_sha256,
        "小样本抑制",
        "2026-09-30 (周三) 日终",
    ):
        assert told in page


@pytest.mark.parametrize("lang", ["zh", "hant", "en"])
def test_every_page_speaks_each_language(desk: Sign, lang: str) -> None:
    regulator = desk("regulator")
    for url in ("/returns", "/returns/2", "/returns/2/numbers/loans_by_tier.mild", "/returns/2/differences"):
        html = html_of(regulator, f"{url}?lang={lang}")
        shown = re.sub(
            r'<(\w+)[^>]*(?:data-original|lang="zh)[^>]*>.*?</\1>', "", html.split("<main")[1].split("</main>")[0]
        )
        assert bool(re.search(r"[\u4e00-\u9fff]", plain(shown))) is (lang != "en"), url


@pytest.mark.parametrize(("measure", "what"), [("loans", "count(*)"), ("principal", "sum(principal)")])
def test_a_number_is_reproduced_from_the_rows_shown(desk: Sign, measure: str, what: str) -> None:
    html = html_of(desk("regulator"), f"/returns/1/numbers/{measure}_by_tier.none")
    page, published = plain(html), re.search(r'class="published">([\d,.]+)', html)
    assert f"{what} over kind = loan where standing = outstanding and tier = none" in page
    assert published and f"由这些数据行重新得出： {published[1]} ·" in page
    rows = set(re.findall(r"contract:HM\d+", html))
    assert len(rows) == 40 and published[1] in ("40", "40,000.00")
    assert "✓ 与公布数一致" in page and "✓ 数据行与报表所记相同" in page
    assert "by the collection tier" in page or "by collection tier" in page  # both languages, whoever reads
    assert "存续贷款" in page


def test_rows_are_turned_page_by_page(desk: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number, "SHOWN", 10)
    regulator, url, seen = desk("regulator"), "/returns/2/numbers/contacts_by_channel.call", []
    first = url
    while url:
        html = html_of(regulator, url)
        seen += re.findall(r"contact_attempt:\d+", html)
        assert "本页" in plain(html)
        following = re.search(r'rel="next" href="([^"#]+)', html)
        url = first + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 25
    for rubbish in ("-1", "x", "99999999999999999999", "500"):
        assert regulator.get(f"{first}?from={rubbish}").status_code == 200


def test_small_cells_are_opened_by_a_form_and_each_look_is_entered(desk: Sign, installation: Installation) -> None:
    regulator, url = desk("regulator"), "/returns/1/numbers/loans_by_tier.severe"
    page = regulator.read(url)
    assert "* 不列示" in page and "不予列示的小格" in page
    assert "contract:HM" not in page and looks(installation, "report.inspect") == []
    answer = regulator.post(url)
    opened = plain(answer.get_data(as_text=True))
    assert answer.status_code == 200 and opened.count("contract:HM") == 3
    assert "由这些数据行重新得出： 3" in opened and "□ 公布时不列示" in opened
    assert looks(installation, "report.inspect") == [
        {"issue": 1, "number": "loans_by_tier.severe", "rows": 3, "small": True}
    ]
    assert regulator.post(url).status_code == 200
    assert len(looks(installation, "report.inspect")) == 2


def test_an_administrator_reads_returns_but_no_rows(desk: Sign, installation: Installation) -> None:
    admin = desk("admin")
    html = html_of(admin, "/returns/1/numbers/loans_by_tier.none")
    assert "contract:HM" not in html and "有核查权限的人" in html
    assert admin.post("/returns/2/numbers/loans_by_tier.none").status_code == 403
    assert admin.post("/returns/2/cut").status_code == 403
    assert "/returns/2/cut" not in html_of(admin, "/returns/2")
    assert looks(installation, "report.inspect") == []


def test_two_issues_stand_side_by_side(desk: Sign, installation: Installation) -> None:
    page = desk("regulator").read("/returns/2/differences?with=1")
    with installation.reading() as session:
        newer, older = queries.issues(session)
    found = queries.differences(installation.store, older, newer)
    assert "新增 1 · 不再计入 0 · 变动 1" in page and "口径未变" in page
    for one in found.numbers:
        assert (one.key in page) is one.changed
    every = desk("regulator", "b").read("/returns/2/differences?all=1")
    assert all(one.key in every for one in found.numbers)
    assert desk("regulator", "c").read("/returns/1/differences").split("数值")[1] == page.split("数值")[1]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/returns/3", 404),
        ("/returns/99999999999999999999", 404),
        ("/returns/x", 404),
        ("/returns/2/differences?with=3", 404),
        ("/returns/2/differences?with=x%27", 404),
        ("/returns/2/differences?with=99999999999999999999", 404),
        ("/returns/2/numbers/no_such", 404),
        ("/returns/2/numbers/loans_by_tier.%00", 404),
        ("/returns/2/files/cut.jsonl", 404),
        ("/returns/2/files/..%2f..%2fservice.db", 404),
        ("/returns/2/files/return.exe", 404),
    ],
)
def test_rubbish_is_answered_plainly(desk: Sign, url: str, status: int) -> None:
    assert desk("regulator").get(url).status_code == status


def test_the_files_are_those_of_the_manifest(desk: Sign, installation: Installation) -> None:
    regulator = desk("regulator")
    for name in FILES:
        answer = regulator.get(f"/returns/2/files/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f"attachment; filename={NAME}-2026-Q3-2-{name}"
        assert answer.headers["X-Content-SHA256"] == hashlib.sha256(answer.data).hexdigest()
    with installation.reading() as session:
        issue = queries.issue(session, 2)
    assert hashlib.sha256(answer.data).hexdigest() == issue.manifest_sha256
    html = html_of(regulator, "/returns/2")
    for one in json.loads(answer.data)["files"].values():
        assert one["sha256"] in html


def test_the_cut_is_handed_over_whole_and_noted(desk: Sign, installation: Installation) -> None:
    regulator = desk("regulator")
    assert regulator.get("/returns/2/cut").status_code == 405
    answer = regulator.post("/returns/2/cut")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert {Path(name).name for name in archive.namelist()} == {*FILES, "cut.jsonl"}
    assert len(looks(installation, "report.take_cut")) == 1
    assert answer.headers["X-Content-SHA256"] == hashlib.sha256(answer.data).hexdigest()


def test_a_return_re_runs_and_a_damaged_one_is_told(desk: Sign, installation: Installation) -> None:
    regulator = desk("regulator")
    answer = regulator.post("/returns/2")
    assert answer.status_code == 200 and "✓ 一致 5 个文件" in plain(answer.get_data(as_text=True))
    with installation.database.aside(institution_id=installation.institution_id) as session:
        row = session.get_one(ReturnIssue, 2)
        row.manifest_sha256 = session.get_one(ReturnIssue, 1).manifest_sha256
    told = plain(regulator.post("/returns/2").get_data(as_text=True))
    assert "✕ 不一致" in told and "trail_differs" in told and "not_of_this_issue" in told
    assert "✕ 与审计日志第" in regulator.read("/returns")


def test_a_file_lost_from_the_store_is_told_by_the_check(desk: Sign, installation: Installation) -> None:
    with installation.reading() as session:
        issue = queries.issue(session, 2)
    pdf = json.loads(installation.store.get(issue.manifest_sha256))["files"]["return.pdf"]["sha256"]
    (Path(installation.settings.store_url.removeprefix("file://")) / address(pdf)).unlink()
    told = plain(desk("regulator").post("/returns/2").get_data(as_text=True))
    assert "✕ 不一致" in told and "blob_missing" in told


def test_compliance_asks_for_a_return_once_and_follows_it(desk: Sign, installation: Installation) -> None:
    compliance = desk("compliance")
    fields = {"name": NAME, "period": "2026-Q2"}
    answers = [compliance.post("/returns", once="one filling", **fields) for _ in range(2)]
    answers.append(compliance.post("/returns", **fields))  # asked again meanwhile: the same job
    assert [answer.status_code for answer in answers] == [303] * 3
    html = html_of(compliance, "/returns")
    assert html.count("data-job=") == 1 and 'data-status="waiting"' in html
    assert "data-job" not in html_of(desk("regulator"), "/returns")
    assert work(installation, TASKS, once=True) == 1
    assert "已出第 1 版" in compliance.read("/returns")
    assert "2026-Q2" in desk("regulator", "b").read("/returns")
    compliance.post("/returns", **fields)
    assert work(installation, TASKS, once=True) == 1
    assert "数据与口径未变，仍为第 1 版" in compliance.read("/returns")


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("2026", "季度写作 2026-Q3"),
        ("2999-Q1", "终了后才能报送"),
        ("", "「期间」必填"),
        ("2026-Q1'; --", "「期间」最多 10 个字"),
    ],
)
def test_a_period_that_cannot_be_is_refused_and_stays_in_the_form(desk: Sign, period: str, says: str) -> None:
    answer = desk("compliance").post("/returns", name=NAME, period=period)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in plain(html) and f'name="period" type="text" value="{period}"' in unescape(html)


def test_a_return_that_is_not_made_here_is_refused(desk: Sign) -> None:
    assert desk("admin").post("/returns", name="conduct", period="2026-Q2").status_code == 422
