"""What the command line answers when files, keys or settings are not as they should be: a refusal, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legal_service.cli import legal
from legal_service.installation import Installation


def answer_of(result: Result) -> dict[str, Any]:
    """The one JSON document on stdout."""
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def refused(result: Result) -> str:
    """The code of a refusal that says why and exits 1."""
    assert result.exit_code == 1, result.output
    refusal = answer_of(result)["refusal"]
    assert refusal["reason"]
    return str(refusal["code"])


@pytest.fixture
def folder(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instance that the commands below find in their environment."""
    monkeypatch.setenv("LEGAL_INSTANCE", str(installation.settings.instance))
    for name in ("LEGAL_DATABASE_URL", "LEGAL_STORE_URL", "LEGAL_FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    return installation.settings.instance


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(legal, [str(one) for one in arguments])


def test_an_original_is_never_overwritten_by_its_redacted_copy(tmp_path: Path) -> None:
    original = tmp_path / "letter.txt"
    original.write_text("被告电话13800138000。", encoding="utf-8")
    again = tmp_path / "." / "letter.txt"
    assert refused(run("redact", original, "--audience", "public", "--out", again)) == "same_file"
    copy = tmp_path / "copy.txt"
    assert refused(run("redact", original, "--audience", "public", "--out", copy, "--report", copy)) == "same_file"
    assert original.read_text(encoding="utf-8") == "被告电话13800138000。"


def test_a_folder_that_cannot_be_made_is_a_refusal(tmp_path: Path) -> None:
    original = tmp_path / "letter.txt"
    original.write_text("没有个人信息。", encoding="utf-8")
    assert refused(run("redact", original, "--audience", "public", "--out", original / "below.txt")) == "file_unusable"


@pytest.mark.parametrize("line", ['{"id": 1, "text": 5}', '{"id": 1, "text": null}', "[" * 100_000])
def test_detect_refuses_a_line_without_text(tmp_path: Path, line: str) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(line + "\n", encoding="utf-8")
    assert refused(run("detect", asked)) == "line_unreadable"


def test_new_keys_are_never_made_beside_an_old_database(folder: Path) -> None:
    """Otherwise the advice to initialise would lose every sealed value."""
    key = folder / "keys" / "field.keys"
    kept = key.read_bytes()
    key.unlink()
    assert refused(run("init", "--json")) == "keys_lost"
    assert not key.exists()
    key.write_bytes(kept)
    assert answer_of(run("init", "--json"))["keys_made"] == []


def test_a_settings_file_that_cannot_be_read_is_a_refusal(folder: Path) -> None:
    (folder / "config.toml").write_text("x = [", encoding="utf-8")
    assert refused(run("case", "list", "--json")) == "bad_settings"
    assert refused(run("config", "check", "--json")) == "bad_settings"
    (folder / "config.toml").write_bytes(b"\xff\xfe\xb5")
    assert refused(run("case", "list", "--json")) == "bad_settings"


def test_a_database_address_that_is_none_is_a_refusal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGAL_DATABASE_URL", "rubbish")
    assert refused(run("case", "list", "--json")) == "bad_settings"
    checked = run("config", "check", "--json")
    states = {row["name"]: row["state"] for row in answer_of(checked)["settings"]}
    assert checked.exit_code == 1
    assert states["LEGAL_DATABASE_URL"] == "missing"


def test_a_key_file_that_is_no_key_is_a_refusal(folder: Path) -> None:
    (folder / "keys" / "field.keys").write_bytes(b"\xff\xfe")
    assert refused(run("case", "list", "--json")) == "bad_field_keys"


def test_case_numbers_must_be_text(folder: Path, tmp_path: Path) -> None:
    numbers = tmp_path / "cases.txt"
    numbers.write_bytes(b"\xff\xfe\xb5\xda")
    result = run("filing", "batch", "statement_of_claim", "--cases", numbers, "--out", tmp_path / "out", "--json")
    assert refused(result) == "bad_cases_file"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_sample_needs_a_day_within_the_calendar(tmp_path: Path, day: str) -> None:
    result = run("sample", "--loans", "2", "--seed", "1", "--as-of", day, "--out", tmp_path / "tape", "--json")
    assert refused(result) == "date_out_of_range"


def test_a_user_is_answered_as_he_is_kept(folder: Path) -> None:
    added = answer_of(run("user", "add", "  Lawyer@Firm.Example ", "--role", "lawyer", "--json"))
    assert added["email"] == "lawyer@firm.example"
    listed = json.loads(run("user", "list", "--json").stdout)
    assert [one["email"] for one in listed] == ["lawyer@firm.example"]


def test_a_batch_for_a_stage_that_does_not_exist_is_a_refusal(tmp_path: Path) -> None:
    result = run("filing", "batch", "statement_of_claim", "--stage", "nostage", "--out", tmp_path, "--json")
    assert refused(result) == "unknown_stage"
