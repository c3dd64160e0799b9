"""Templates printed on the sample case: every document, from the template as it lies there now, with nobody's data."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from legal_service import config
from legal_service.accounts.rules import rules_on
from legal_service.cli.filings import template
from legal_service.documents.files import codes
from legal_service.documents.plain import words_of_docx
from legal_service.errors import Refusal
from legal_service.filings import operations
from legal_service.filings import preview as sample
from legal_service.filings.facts.claim_readiness import readiness
from legal_service.filings.files import preview
from legal_service.filings.sample_case import sample_case
from legal_service.law import files as law
from legal_service.law import identifiers

ON = date(2026, 9, 30)


def words_of(pdf: bytes) -> str:
    """The words of a PDF without white space."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in document))


def the_case(on: date = ON) -> Any:
    return sample_case(on, rules_on(law.parameters(), on))


def texts(value: Any) -> list[str]:
    """Every text in a structure of facts."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def test_every_document_that_is_made_can_be_previewed() -> None:
    assert set(operations.MAKES) <= set(sample.DOCUMENTS) <= set(codes())


EXPECTED = {
    "statement_of_account": ("欠款明细", "样例·张三", "样例还款6", "样稿：资料均系虚构"),
    "contact_log": ("催收记录", "样例·张三", "联系案外人的记录1条未列入", "样稿：资料均系虚构"),
    "evidence_catalogue": ("证据目录", "样例·李四", "对应诉讼请求第1、2项", "样稿：资料均系虚构"),
    "package_cover": ("证据册", "样例市样例区人民法院", "证据2催收录音", "样稿：资料均系虚构"),
    "package_slip": ("证据2", "本件未随本副本提供", "含案外人信息", "样稿：资料均系虚构"),
}


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_an_html_template_becomes_a_marked_pdf(document: str) -> None:
    files = preview(document, on=ON)
    assert list(files) == [f"{document}.pdf"]
    words = words_of(files[f"{document}.pdf"])
    for expected in EXPECTED[document]:
        assert expected in words


def test_the_statement_of_claim_comes_as_word_and_pdf() -> None:
    files = preview("statement_of_claim", on=ON)
    assert sorted(files) == ["statement_of_claim.docx", "statement_of_claim.pdf"]
    for words in (words_of_docx(files["statement_of_claim.docx"]), words_of(files["statement_of_claim.pdf"])):
        assert "民事起诉状" in words
        assert "样例·张三" in words
        assert "样例消费金融有限公司" in words


def test_the_same_day_gives_the_same_bytes() -> None:
    assert preview("package_slip", on=ON) == preview("package_slip", on=ON)
    assert the_case() == the_case()


@pytest.mark.parametrize("on", [date(2019, 3, 31), date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_sample_is_overdue_and_ready_to_be_filed_on_any_day(on: date) -> None:
    case = the_case(on)
    assert case.statement.days_past_due > 90
    assert case.statement.claim.total > 0
    assert [finding for finding in readiness(case.claim) if finding.severity == "error"] == []


def test_a_day_before_the_law_on_file_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        preview("statement_of_account", on=date(2016, 1, 1))
    assert refused.value.code == "before_first_value"


def test_nobody_is_meant_by_the_sample() -> None:
    case = the_case()
    names = [
        case.names.borrower,
        *(one.person.name for one in case.claim.defendants),
        case.claim.plaintiff.representative,
    ]
    assert all(name.startswith("样例·") for name in names)
    every = "\n".join(texts(asdict(case.claim)) + texts(asdict(case.log)))
    for number in re.findall(r"\d{11,17}[\dX]?", every):
        assert not identifiers.check("id_card", number).valid
        assert not identifiers.check("mobile", number).valid
        assert not identifiers.check("uscc", number).valid


def test_a_lawyers_edit_shows_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(config.TEMPLATES, tmp_path / "templates"))
    body = folder / "package_slip" / "body.html"
    body.write_text(body.read_text(encoding="utf-8").replace("本件未随本副本提供", "此件另行提交"), encoding="utf-8")
    assert "此件另行提交" in words_of(preview("package_slip", on=ON, folder=folder)["package_slip.pdf"])


def test_an_unknown_document_is_refused_with_the_list() -> None:
    with pytest.raises(Refusal) as refused:
        preview("lawyers_letter", on=ON)
    assert refused.value.code == "unknown_document"
    for document in sample.DOCUMENTS:
        assert document in refused.value.reason.zh
        assert document in refused.value.reason.en


def test_the_command_writes_the_files(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    done = CliRunner().invoke(template, ["preview", "package_slip", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert (out / "package_slip.pdf").read_bytes().startswith(b"%PDF")
    refused = CliRunner().invoke(template, ["preview", "nothing", "--out", str(out)])
    assert refused.exit_code == 1
    assert '"unknown_document"' in refused.stdout
