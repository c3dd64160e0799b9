"""The three commands speak the contract's JSON and exit as it says."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from legal_service.cli.redaction import detect, leakcheck, redact, redact_command
from legal_service.redaction.kinds import Kind
from legal_service.redaction.spans import KnownValue

from .a_case import KNOWN, MOBILE, NAME


@pytest.fixture
def legal() -> click.Group:
    return click.Group(
        commands=[detect, redact_command(lambda case_no: ((KnownValue(Kind.PERSON, NAME),), b"key")), leakcheck]
    )


@pytest.fixture
def known(tmp_path: Path) -> str:
    path = tmp_path / "known.json"
    path.write_text(json.dumps({"known": [{"kind": one.kind, "value": one.value} for one in KNOWN]}), encoding="utf-8")
    return str(path)


def test_detect_answers_line_by_line_in_code_points(legal, tmp_path):
    lines = [
        {"id": 1, "text": f"😀{NAME}说", "known": [{"kind": "PERSON", "value": NAME}]},
        {"id": "b", "text": "电话13900001111", "known": []},
        {"id": 3, "text": "没有"},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")
    answer = CliRunner().invoke(legal, ["detect", str(path)])
    assert answer.exit_code == 0
    assert [json.loads(line) for line in answer.stdout.splitlines()] == [
        {"id": 1, "spans": [{"start": 1, "end": 4, "kind": "PERSON"}]},
        {"id": "b", "spans": [{"start": 2, "end": 13, "kind": "MOBILE"}]},
        {"id": 3, "spans": []},
    ]


def test_detect_names_the_line_it_cannot_read(legal, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1, "text": "x"}\nnot json\n', encoding="utf-8")
    answer = CliRunner().invoke(legal, ["detect", str(path)])
    assert answer.exit_code == 1
    assert "line_unreadable" in answer.stdout and "2" in answer.stdout


def test_redact_writes_the_copy_and_a_report_without_values(legal, tmp_path, known):
    source, target, report = tmp_path / "a.txt", tmp_path / "out.txt", tmp_path / "report.json"
    source.write_text(f"{NAME} {MOBILE}", encoding="utf-8")
    arguments = [
        "redact",
        str(source),
        "--audience",
        "external_counsel",
        "--known",
        known,
        "--out",
        str(target),
        "--report",
        str(report),
    ]
    assert CliRunner().invoke(legal, arguments).exit_code == 0
    assert target.read_text(encoding="utf-8") == "张** 138****5678"
    logged = json.loads(report.read_text(encoding="utf-8"))
    assert [(entry["kind"], entry["operator"], entry["count"]) for entry in logged["redactions"]] == [
        ("PERSON", "mask", 1),
        ("MOBILE", "mask", 1),
    ]
    assert NAME not in report.read_text(encoding="utf-8")


def test_redact_takes_the_values_of_a_case(legal, tmp_path):
    source, target = tmp_path / "a.txt", tmp_path / "out.txt"
    source.write_text(f"昨天{NAME}来过", encoding="utf-8")
    arguments = ["redact", str(source), "--audience", "assignee", "--case", "C1", "--out", str(target)]
    assert CliRunner().invoke(legal, arguments).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("昨天PERSON-")
    without = click.Group(commands=[redact])
    refused = CliRunner().invoke(without, arguments)
    assert refused.exit_code == 1 and "not_initialised" in refused.stdout


def test_redact_refuses_what_it_cannot_prove_and_writes_nothing(legal, tmp_path):
    source, target = tmp_path / "a.docx", tmp_path / "out.docx"
    source.write_bytes(b"PK")
    answer = CliRunner().invoke(legal, ["redact", str(source), "--audience", "public", "--out", str(target)])
    assert answer.exit_code == 1
    assert set(json.loads(answer.stdout)["refusal"]) == {"code", "reason", "basis"}
    assert not target.exists()


def test_leakcheck_exits_one_when_anything_leaks(legal, tmp_path, known):
    clean, dirty = tmp_path / "clean.txt", tmp_path / "dirty.txt"
    clean.write_text("借款人张**", encoding="utf-8")
    dirty.write_text(NAME, encoding="utf-8")
    passed = CliRunner().invoke(legal, ["leakcheck", str(clean), "--known", known, "--json"])
    assert passed.exit_code == 0 and json.loads(passed.stdout)["ok"] is True
    failed = CliRunner().invoke(legal, ["leakcheck", str(clean), str(dirty), "--known", known, "--json"])
    assert failed.exit_code == 1
    answer = json.loads(failed.stdout)
    assert [len(entry["leaks"]) for entry in answer["files"]] == [0, 1]
    assert NAME not in failed.stdout


def test_wrong_usage_exits_two(legal, tmp_path):
    assert CliRunner().invoke(legal, ["leakcheck"]).exit_code == 2
    assert CliRunner().invoke(legal, ["redact", str(tmp_path), "--audience", "press", "--out", "x"]).exit_code == 2
