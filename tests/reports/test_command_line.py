"""`legal report`: made as a job, checked without an instance, exit codes of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from legal_service.cli import legal
from legal_service.installation import Installation
from legal_service.jobs.models import Job

from .a_return import NAME


def run(*arguments: str) -> Result:
    return CliRunner().invoke(legal, ["report", *arguments, "--json"])


def test_a_return_is_made_as_a_job_and_verified_without_an_instance(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "return"
    made = run("make", NAME, "--period", "2026-Q3", "--out", str(out))
    assert made.exit_code == 0, made.output
    answer = json.loads(made.stdout)
    assert (answer["return"], answer["period"], answer["issue"], answer["new"]) == (NAME, "2026-Q3", 1, True)
    assert {Path(one).name for one in answer["files"]} == {path.name for path in out.iterdir()} == set(answer["sha256"])
    with installation.reading() as session:
        assert [(job.kind, job.status) for job in session.scalars(select(Job))] == [("report", "done")]
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    again = json.loads(run("make", NAME, "--period", "2026-Q3", "--out", str(out)).stdout)
    assert (again["issue"], again["new"]) == (1, False)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before

    monkeypatch.setenv("LEGAL_INSTANCE", str(tmp_path / "nowhere"))
    monkeypatch.setenv("LEGAL_DATABASE_URL", "")
    checked = run("verify", str(out))
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, {"ok": True, "files": 5, "problems": []})
    listed = json.loads(run("rows", str(out), "loans_by_tier.moderate").stdout)
    assert [row["row"] for row in listed["rows"]] == ["contract:HM0002"]
    (out / "return.json").write_bytes(before["return.json"].replace(b'"issue": 1', b'"issue": 2'))
    altered = run("verify", str(out))
    assert altered.exit_code == 1
    assert [(one["file"], one["code"]) for one in json.loads(altered.stdout)["problems"]] == [
        ("return.json", "hash_differs")
    ]


@pytest.mark.parametrize(
    ("name", "period", "code"),
    [
        ("conduct", "2026-Q3", "return_not_in_release"),
        (NAME, "2999-Q4", "period_not_ended"),
        (NAME, "third quarter", "bad_period"),
    ],
)
def test_refusals_come_as_json_before_any_job(
    installation: Installation, tmp_path: Path, name: str, period: str, code: str
) -> None:
    refused = run("make", name, "--period", period, "--out", str(tmp_path / "out"))
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["refusal"]["code"] == code
    with installation.reading() as session:
        assert session.scalars(select(Job)).all() == []


def test_rows_of_a_number_that_is_not_there(tmp_path: Path, made: dict[str, bytes]) -> None:
    (tmp_path / "cut.jsonl").write_bytes(made["cut.jsonl"])
    refused = run("rows", str(tmp_path), "loans_by_moon")
    assert (refused.exit_code, json.loads(refused.stdout)["refusal"]["code"]) == (1, "unknown_number")


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    assert run("make", NAME, "--out", str(tmp_path)).exit_code == 2
    assert run("verify", str(tmp_path / "absent")).exit_code == 2
