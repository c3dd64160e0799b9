"""A template folder: its manifest is checked whole, its version changes with any of its files, its faults are found beforehand."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from legal_service import config
from legal_service.documents import files
from legal_service.documents.lint import lint
from legal_service.documents.manifest import Manifest, Template
from legal_service.errors import Findings, Refusal, Words
from tests.documents.words import docx, p, table, tc, tr

MANIFEST = """\
code: letter
title: {zh: 函, en: letter}
engine: html
output: [pdf]
addressee: 借款人
audience: counterparty
mandatory:
  - {element: 欠款金额, basis: 民法典 第六百七十五条}
signs: []
attachments: []
needs_approval: true
effective_from: 2026-01-01
approved_by: ""
status: house
"""


def folder(tmp_path: Path, manifest: str = MANIFEST, body: str = "<p>{{ name }}</p>") -> Path:
    home = tmp_path / "letter"
    home.mkdir(exist_ok=True)
    (home / "manifest.yaml").write_text(manifest, encoding="utf-8")
    (home / "body.html").write_text(body, encoding="utf-8")
    return tmp_path


def test_a_template_is_loaded_with_its_law(tmp_path: Path) -> None:
    template = files.load("letter", folder=folder(tmp_path))
    assert template.manifest.title == Words("函", "letter")
    assert template.manifest.audience == ("counterparty",)
    assert template.manifest.mandatory[0].basis == "民法典 第六百七十五条"
    assert template.manifest.effective_from == date(2026, 1, 1)
    assert len(template.version) == 12


def test_any_change_is_a_new_version_and_none_is_not(tmp_path: Path) -> None:
    first = files.load("letter", folder=folder(tmp_path)).version
    assert files.load("letter", folder=tmp_path).version == first
    changed = files.load("letter", folder=folder(tmp_path, body="<p>{{ name }}。</p>")).version
    (tmp_path / "letter" / "style.css").write_text("p{}")
    assert len({first, changed, files.load("letter", folder=tmp_path).version}) == 3


def test_all_faults_of_a_manifest_are_found_at_once(tmp_path: Path) -> None:
    wrong = (
        MANIFEST.replace("engine: html", "engine: latex")
        .replace("addressee: 借款人\n", "")
        .replace("status: house", "status: house\ncolour: red")
    )
    with pytest.raises(Findings) as found:
        files.load("letter", folder=folder(tmp_path, wrong))
    assert {finding.where.rpartition(":")[2] for finding in found.value.findings} == {"engine", "addressee", "colour"}


@pytest.mark.parametrize("code", ["nosuch", "../letter", ""])
def test_an_unknown_template_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.load(code, folder=folder(tmp_path))
    assert refused.value.code == "template_unknown"


def test_every_template_of_the_house_loads_and_lints_without_error() -> None:
    for code in files.codes():
        assert [finding for finding in lint(files.load(code)) if finding.severity == "error"] == [], code


def word_template(body: str) -> Template:
    manifest = Manifest(
        "t", Words("文", "t"), "word", ("docx",), "法院", ("court",), (), (), (), True, date(2026, 1, 1), "", "house"
    )
    return Template("t", manifest, docx(body), "", "0" * 12)


def codes_of(body: str, known: set[str] | None = None) -> set[str]:
    return {finding.code for finding in lint(word_template(body), known=known)}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (p("{%p if a %}{%p endif %}"), "template_two_block_tags"),
        (p("{%p if a == '50%' %}") + p("{%p endif %}"), "template_percent_in_tag"),
        (p("{% p if a %}") + p("{%p endif %}"), "template_tag_space"),
        (p("{%p for a in b %}") + p("{{ a }}"), "template_tag_unclosed"),
        (p("{%p endif %}"), "template_tag_unopened"),
        (p("{{ name }"), "template_tag_wrong"),
        (p("{{ name | }}"), "template_tag_wrong"),
        ("<w:p><w:r><w:t>{{ na</w:t></w:r><w:r><w:t>me }}</w:t></w:r></w:p>", "template_tag_fragmented"),
        (p("原告,被告"), "template_latin_punctuation"),
        (p("壹万元整整"), "template_doubled"),
        (p("{{ total_capital }}整"), "template_doubled"),
        ("<w:p><w:r><w:drawing/></w:r></w:p>", "word_unsupported"),
    ],
)
def test_each_fault_of_a_word_template_is_found(body: str, code: str) -> None:
    assert code in codes_of(p("前文") + body)


def test_a_fault_is_placed_by_cell() -> None:
    body = p("标题") + table(tr(tc("甲"), tc("{{ name }")), grid=(1000, 1000))
    assert [finding.where for finding in lint(word_template(body))] == ["t/body.docx:正文第1个表格第1行第2格第1段"]


def test_a_clean_template_is_clean() -> None:
    body = (
        p("原告：{{ plaintiff.name }}（以下称“原告”）。")
        + p("{%p for d in defendants %}")
        + p("被告：{{ d.name }}，1.5倍，A/B。")
        + p("{%p endfor %}")
    )
    assert codes_of(body) == set()
    assert codes_of(body, known={"plaintiff.name", "defendants"}) == set()


def test_an_unknown_field_is_named() -> None:
    found = lint(word_template(p("{{ plaintiff.nmae }}")), known={"plaintiff.name"})
    assert [(finding.code, "plaintiff.nmae" in finding.message.zh) for finding in found] == [
        ("template_field_unknown", True)
    ]


def test_the_system_script_is_quiet_when_nothing_is_missing_and_exact_when_something_is(tmp_path: Path) -> None:
    script = config.ROOT / "setup" / "system.sh"
    query, who = tmp_path / "dpkg-query", tmp_path / "id"
    who.write_text("#!/bin/sh\necho 1000\n")
    who.chmod(0o755)

    def run(installed: str) -> subprocess.CompletedProcess[str]:
        query.write_text(f"#!/bin/sh\n{installed}\n")
        query.chmod(0o755)
        path = f"{tmp_path}:/usr/bin:/bin"
        return subprocess.run(["sh", str(script)], env={"PATH": path}, capture_output=True, text=True, check=False)

    there = run("printf installed")
    assert (there.returncode, len(there.stdout.splitlines())) == (0, 1)
    lacking = run('for last; do :; done; [ "$last" = libharfbuzz-subset0 ] || printf installed')
    assert lacking.returncode == 1
    assert "apt-get update && apt-get install -y --no-install-recommends libharfbuzz-subset0\n" in lacking.stderr
    assert "请以 root 身份" in lacking.stderr
