"""Importing and jobs in the browser: checked first, findings row by row, done once, told when stopped."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from legal_service.installation import Installation
from legal_service.intake.sample.files import write_sample
from legal_service.tasks import TASKS
from legal_service.worker import work
from tests.builders import TODAY
from tests.web.conftest import Desk, plain

Sign = Callable[..., Desk]


@pytest.fixture(scope="session")
def tape(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample tape with its papers."""
    folder = tmp_path_factory.mktemp("sample") / "tape"
    write_sample(folder, loans=4, seed=3, as_of=TODAY, progress=lambda done, total, text: None)
    return folder


def files_of(tape: Path, *, damage: bool = False) -> list[tuple[io.BytesIO, str]]:
    """The files of a tape as a browser sends a chosen folder; `damage` makes one principal a word."""
    sent = []
    for path in sorted(tape.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if damage and path.name == "loans.csv":
            head, first, rest = content.split(b"\n", 2)
            at = head.decode("utf-8-sig").split(",").index("principal")
            cells = first.split(b",")
            cells[at] = "很多".encode()
            content = b"\n".join([head, b",".join(cells), rest])
        sent.append((io.BytesIO(content), f"tape/{path.relative_to(tape)}"))
    return sent


def worked(installation: Installation) -> None:
    """What the worker does meanwhile."""
    work(installation, TASKS, once=True)


def test_a_tape_is_checked_then_the_same_files_are_imported(desk: Sign, installation: Installation, tape: Path) -> None:
    lawyer = desk("lawyer")
    sent = lawyer.post("/imports", way="check", folder=files_of(tape))
    assert sent.status_code == 303, plain(sent.get_data(as_text=True))
    page = sent.headers["Location"]
    assert "等待中" in lawyer.read(page)
    worked(installation)
    text = lawyer.read(page)
    assert "只核对，未写入" in text
    assert "导入刚才核对的文件" in text
    going = lawyer.post(f"{page}/go-on", way="whole")
    assert going.status_code == 303
    worked(installation)
    text = lawyer.read(going.headers["Location"])
    assert "已写入，批次 1" in text
    assert list((installation.settings.instance / "uploads").iterdir()) == []
    late = lawyer.post(f"{page}/go-on", way="whole")
    assert late.status_code == 422
    assert "请重新上传" in plain(late.get_data(as_text=True))


def test_an_error_is_told_by_row_and_field_and_nothing_is_written(
    desk: Sign, installation: Installation, tape: Path
) -> None:
    lawyer = desk("lawyer")
    page = lawyer.post("/imports", way="whole", folder=files_of(tape, damage=True)).headers["Location"]
    worked(installation)
    text = lawyer.read(page)
    assert "loans.csv:2:PRINCIPAL" in text, text
    assert "一行也没有写入" in text
    only_doubts = lawyer.read(f"{page}?severity=doubt")
    assert "loans.csv:2:PRINCIPAL" not in only_doubts


def test_the_clean_rows_can_be_imported_alone(desk: Sign, installation: Installation, tape: Path) -> None:
    lawyer = desk("lawyer")
    page = lawyer.post("/imports", way="check", folder=files_of(tape, damage=True)).headers["Location"]
    worked(installation)
    assert "disabled" in lawyer.get(page).get_data(as_text=True)
    going = lawyer.post(f"{page}/go-on", way="clean").headers["Location"]
    worked(installation)
    assert "已写入" in lawyer.read(going)


def test_an_upload_sent_twice_is_one_job(desk: Sign, tape: Path) -> None:
    lawyer = desk("lawyer")
    first = lawyer.post("/imports", once="o1", way="check", folder=files_of(tape))
    second = lawyer.post("/imports", once="o1", way="check", folder=files_of(tape))
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"way": "check"}, "请至少上传一个文件"),
        ({"way": "whenever", "files": [(io.BytesIO(b"x"), "loans.csv")]}, "「方式」"),
        ({"way": "check", "files": [(io.BytesIO(b"x"), "../../etc/passwd")]}, "点号"),
        ({"way": "check", "files": [(io.BytesIO(b"x"), "a.csv"), (io.BytesIO(b"y"), "A.csv")]}, "同名"),
    ],
)
def test_rubbish_is_refused_and_nothing_is_kept(
    desk: Sign, installation: Installation, fields: dict[str, object], says: str
) -> None:
    answer = desk("lawyer").post("/imports", **fields)
    assert answer.status_code == 422
    assert says in plain(answer.get_data(as_text=True))
    left = installation.settings.instance / "uploads"
    assert not left.exists() or list(left.iterdir()) == []


def test_a_waiting_job_is_stopped_and_says_so(desk: Sign, installation: Installation, tape: Path) -> None:
    lawyer = desk("lawyer")
    page = lawyer.post("/imports", way="whole", folder=files_of(tape)).headers["Location"]
    job = re.search(r"\d+$", page)
    assert job
    assert lawyer.post(f"/jobs/{job[0]}/stop").status_code == 303
    assert "已取消" in lawyer.read(f"/jobs/{job[0]}")
    worked(installation)
    again = lawyer.post(f"/jobs/{job[0]}/stop")
    assert again.status_code == 303 or again.status_code == 409
    assert lawyer.get(f"/jobs/{job[0]}/state").get_json()["status"] == "stopped"


def test_a_job_that_is_not_there(desk: Sign) -> None:
    lawyer = desk("lawyer")
    for url in ("/jobs/99", "/imports/99", "/jobs/99/state"):
        assert lawyer.get(url).status_code == 404
    assert lawyer.post("/jobs/99/stop").status_code == 404


def test_jobs_are_listed_and_narrowed(desk: Sign, installation: Installation, tape: Path) -> None:
    lawyer, other = desk("lawyer"), desk("lawyer", "b")
    lawyer.post("/imports", way="check", folder=files_of(tape))
    assert "导入贷款清单" in lawyer.read("/jobs?mine=1")
    assert "还没有任务" in other.read("/jobs?mine=1")
    worked(installation)
    assert "还没有任务" in lawyer.read("/jobs?status=waiting")
    assert "已完成" in lawyer.read("/jobs?status=done")


@pytest.mark.parametrize("role", ["counsel", "regulator"])
def test_outsiders_neither_import_nor_see_jobs(desk: Sign, role: str, tape: Path) -> None:
    reader = desk(role)
    assert reader.get("/imports").status_code == reader.get("/jobs").status_code == 403
    assert reader.post("/imports", way="check", folder=files_of(tape)).status_code == 403
