"""`legal template lint`: a folder, the body in one, or a lone file; every finding says in which file and where in it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from legal_service import config
from legal_service.cli.filings import template


def lint(*paths: Path, code: int) -> list[dict[str, str]]:
    """Run the command; one JSON document on stdout, the expected exit code, the findings in the contract's shape."""
    done = CliRunner().invoke(template, ["lint", *map(str, paths), "--json"])
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    assert list(found) == ["findings"]
    for finding in found["findings"]:
        assert list(finding) == ["code", "severity", "where", "message", "basis"]
        assert finding["severity"] in ("error", "doubt")
    return list(found["findings"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the drawer that may be spoilt."""
    return Path(shutil.copytree(config.TEMPLATES, tmp_path / "templates"))


def a_letter(path: Path, *paragraphs: str) -> Path:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(out.getvalue())
    return path


def test_the_drawer_is_clean() -> None:
    assert lint(*sorted(path for path in config.TEMPLATES.iterdir() if path.is_dir()), code=0) == []


def test_the_body_in_a_folder_stands_for_the_folder(folder: Path) -> None:
    assert lint(folder / "statement_of_claim" / "body.docx", folder / "contact_log" / "body.html", code=0) == []
    (folder / "contact_log" / "manifest.yaml").write_text("code: contact_log\nengine: html\n", encoding="utf-8")
    found = lint(folder / "contact_log" / "body.html", code=1)
    assert {finding["code"] for finding in found} == {"manifest_field_missing"}
    assert {finding["where"].split(":")[0] for finding in found} == {"contact_log/manifest.yaml"}


def test_a_misspelt_field_of_a_known_document_is_found(folder: Path) -> None:
    body = folder / "evidence_catalogue" / "body.html"
    body.write_text(body.read_text(encoding="utf-8").replace("{{ submitter }}", "{{ submiter }}", 1), encoding="utf-8")
    found = lint(folder / "evidence_catalogue", code=1)
    assert [finding["code"] for finding in found] == ["template_field_unknown"]
    assert "submiter" in found[0]["message"]


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("evidence_catalogue", "{{ row.proves }}", "{{ row.prooves }}"),
        ("contact_log", "{{ row.outcome }}", "{{ row.outcom }}"),
    ],
)
def test_a_misspelt_field_within_a_loop_is_found_by_trying_it_out(
    folder: Path, code: str, right: str, wrong: str
) -> None:
    body = folder / code / "body.html"
    body.write_text(body.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    found = lint(folder / code, code=1)
    assert [(finding["code"], finding["where"]) for finding in found] == [("template_field_missing", code)]
    assert wrong.strip("{} ") in found[0]["message"]


def test_a_lone_word_file_is_checked_paragraph_by_paragraph(tmp_path: Path) -> None:
    letter = a_letter(tmp_path / "letter.docx", "致：{{ name }}", "请于{{ day }}前还款,逾期起诉。", "{% if late %}逾期")
    found = lint(letter, code=1)
    assert {finding["where"].split(":")[0] for finding in found} == {"letter.docx"}
    told = {(finding["code"], finding["where"].split(":")[1]) for finding in found}
    assert ("template_latin_punctuation", "正文第2段") in told
    assert ("template_tag_unclosed", "正文第3段") in told


def test_a_lone_html_file_is_checked_line_by_line(tmp_path: Path) -> None:
    page = tmp_path / "notice.html"
    page.write_text("<p>你好</p>\n<p>{{ name </p>\n", encoding="utf-8")
    found = lint(page, code=1)
    assert [(finding["code"], finding["where"]) for finding in found] == [("template_tag_wrong", "notice.html:2")]


def test_a_clean_lone_file_has_no_findings(tmp_path: Path) -> None:
    assert lint(a_letter(tmp_path / "letter.docx", "致：{{ name }}"), code=0) == []


def test_what_cannot_be_read_is_a_finding_and_the_rest_is_still_checked(tmp_path: Path, folder: Path) -> None:
    broken, gb, text = tmp_path / "broken.docx", tmp_path / "gb.html", tmp_path / "notes.txt"
    broken.write_bytes(b"PK\x03\x04 not a Word file")
    gb.write_bytes("<p>催收函</p>".encode("gb18030"))
    text.write_text("x", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    (folder / "contact_log" / "manifest.yaml").write_text("code: [", encoding="utf-8")
    last = a_letter(tmp_path / "last.docx", "金额：{{ amount }}整整")
    found = lint(broken, gb, text, empty, folder / "contact_log", last, code=1)
    assert [(finding["code"], finding["where"].split(":")[0]) for finding in found] == [
        ("word_unreadable", "broken.docx"),
        ("template_not_utf8", "gb.html"),
        ("template_kind_unknown", "notes.txt"),
        ("template_unknown", "empty"),
        ("template_manifest_unreadable", "contact_log"),
        ("template_doubled", "last.docx"),
    ]


def test_a_template_of_a_new_document_is_linted_without_a_sample(folder: Path) -> None:
    shutil.copytree(folder / "package_slip", folder / "new_letter")
    manifest = folder / "new_letter" / "manifest.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("package_slip", "new_letter"), encoding="utf-8")
    body = folder / "new_letter" / "body.html"
    body.write_text(body.read_text(encoding="utf-8") + "<p>{{ anything }}</p>", encoding="utf-8")
    assert lint(folder / "new_letter", code=0) == []


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(template, ["lint", str(tmp_path / "none.docx"), "--json"]).exit_code == 2


def test_people_get_lines(tmp_path: Path) -> None:
    done = CliRunner().invoke(template, ["lint", str(a_letter(tmp_path / "letter.docx", "{{ a"))])
    assert done.exit_code == 1
    assert "[error] letter.docx:正文第1段 template_tag_wrong" in done.output
