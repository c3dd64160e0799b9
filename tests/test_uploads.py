"""An upload lies below the instance under its own name, is refused whole, and goes when its job has ended."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from legal_service import uploads
from legal_service.database import LOCAL_OPERATOR
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.jobs import operations as jobs
from legal_service.jobs import queries
from legal_service.tasks import TASKS
from legal_service.worker import work


def kept(installation: Installation, **files: bytes) -> Path:
    return uploads.keep(installation, [(name.replace("__", "/"), BytesIO(content)) for name, content in files.items()])


def root(installation: Installation) -> Path:
    return installation.settings.instance / "uploads"


def test_the_files_are_kept_as_they_came(installation: Installation) -> None:
    place = uploads.keep(installation, [("loans.csv", BytesIO(b"a")), ("documents/合同 1.pdf", BytesIO(b"b"))])
    assert (place / "loans.csv").read_bytes() == b"a"
    assert (place / "documents" / "合同 1.pdf").read_bytes() == b"b"
    assert place.parent == root(installation)
    assert os.stat(place).st_mode & 0o077 == 0


def test_the_same_contents_have_the_same_digest_and_another_folder(installation: Installation) -> None:
    one, other = kept(installation, a=b"1", b=b"2"), kept(installation, b=b"2", a=b"1")
    assert uploads.digest_of(one) == uploads.digest_of(other)
    assert one != other
    assert uploads.digest_of(kept(installation, a=b"1", b=b"3")) != uploads.digest_of(one)
    assert uploads.digest_of(kept(installation, a=b"2", b=b"1")) != uploads.digest_of(one)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "/x",
        "a/../x",
        ".hidden",
        "a/.hidden",
        "~x",
        "a/b/c/d",
        "a//b",
        "a\\b",
        "x\x00",
        "x\n",
        "x" * 256,
        "a\u202eb",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(installation: Installation, name: str) -> None:
    with pytest.raises(Refusal) as caught:
        uploads.keep(installation, [("loans.csv", BytesIO(b"x")), (name, BytesIO(b"x"))])
    assert caught.value.code == "bad_filename"
    assert list(root(installation).iterdir()) == []


def test_nothing_twice_and_not_nothing(installation: Installation) -> None:
    for files, code in (
        ([], "no_file"),
        ([("a.csv", BytesIO(b"")), ("A.CSV", BytesIO(b""))], "bad_filename"),
        ([("a", BytesIO(b"")), ("a/b", BytesIO(b""))], "bad_filename"),
        ([(f"{number}", BytesIO(b"")) for number in range(uploads.MOST_FILES + 1)], "too_many_files"),
    ):
        with pytest.raises(Refusal) as caught:
            uploads.keep(installation, files)
        assert caught.value.code == code
        assert list(root(installation).iterdir()) == []


def test_too_much_is_refused_and_leaves_nothing(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    assert kept(installation, a=b"12345", b=b"67890")
    with pytest.raises(Refusal) as caught:
        kept(installation, a=b"12345", b=b"678901")
    assert caught.value.code == "too_large"
    assert len(list(root(installation).iterdir())) == 1


def test_only_what_is_ours_is_forgotten(installation: Installation, tmp_path: Path) -> None:
    foreign = tmp_path / "tape"
    foreign.mkdir()
    uploads.forget(installation, foreign)
    uploads.forget(installation, root(installation))
    uploads.forget(installation, installation.settings.instance)
    assert foreign.is_dir()
    place = kept(installation, a=b"1")
    uploads.forget(installation, place)
    assert not place.exists()


def test_what_was_left_behind_goes_with_a_later_upload(installation: Installation) -> None:
    left, fresh = kept(installation, a=b"1"), kept(installation, a=b"2")
    old = time.time() - uploads.LEFT_SECONDS - 60
    os.utime(left, (old, old))
    kept(installation, a=b"3")
    assert (left.exists(), fresh.exists()) == (False, True)


def ask(installation: Installation, place: Path, **how: Any) -> int:
    arguments = {"path": str(place), "tape": "x", "mapping": None, "dry_run": False, "skip_refused": False, **how}
    with installation.transaction(LOCAL_OPERATOR) as tx:
        return jobs.enqueue(tx, kind="import", arguments=arguments)


@pytest.mark.parametrize(
    ("dry_run", "forget", "stays"), [(False, False, False), (True, False, True), (True, True, False)]
)
def test_it_goes_when_its_job_has_ended(installation: Installation, dry_run: bool, forget: bool, stays: bool) -> None:
    place = kept(installation, **{"loans.csv": b"loan_no\n"})
    job = ask(installation, place, dry_run=dry_run, forget=forget)
    work(installation, TASKS, once=True)
    with installation.reading() as session:
        assert queries.job(session, job).status == "done"
    assert place.exists() is stays


def test_it_goes_when_its_job_was_refused(installation: Installation) -> None:
    place = kept(installation, **{"readme.txt": b"no tape"})
    job = ask(installation, place)
    work(installation, TASKS, once=True)
    with installation.reading() as session:
        assert queries.job(session, job).status == "failed"
    assert not place.exists()


def test_a_tape_on_the_machine_stays_where_it_is(installation: Installation, tmp_path: Path) -> None:
    tape = tmp_path / "tape"
    tape.mkdir()
    (tape / "loans.csv").write_text("loan_no\n")
    ask(installation, tape)
    work(installation, TASKS, once=True)
    assert (tape / "loans.csv").exists()


def test_it_stays_for_another_attempt(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    place = kept(installation, **{"loans.csv": b"loan_no\n"})
    ask(installation, place)

    @uploads.forgotten_after
    def crashes(run: Any) -> Any:
        raise OSError("the disk is full")

    work(installation, {**TASKS, "import": crashes}, once=True)
    assert place.exists()
