"""Filling a Word template: nothing is lost, nothing is printed blank, and a lawyer is told where the fault is."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx as python_docx
import pytest

from legal_service.documents import page, plain, word
from legal_service.errors import Refusal
from tests.documents.words import docx, p, table, tc, tr

FACTS: dict[str, Any] = {
    "plaintiff": {"name": "甲&乙<丙>公司"},
    "defendants": [{"name": "张三"}, {"name": "李四"}],
    "sued": False,
}


def test_ampersands_and_angle_brackets_survive() -> None:
    filled = word.render(docx(p("原告：{{ plaintiff.name }}。")), FACTS)
    assert plain.words_of_docx(filled) == "原告：甲&乙<丙>公司。"
    assert [paragraph.text for paragraph in python_docx.Document(io.BytesIO(filled)).paragraphs] == [
        "原告：甲&乙<丙>公司。"
    ]


def test_same_facts_same_bytes_in_the_order_of_the_template() -> None:
    body = docx(p("{{ plaintiff.name }}"), footer=p("页脚"), header=p("页眉"))
    first = word.render(body, FACTS)
    assert first == word.render(body, FACTS)
    with zipfile.ZipFile(io.BytesIO(first)) as filled, zipfile.ZipFile(io.BytesIO(body)) as template:
        names = filled.namelist()
        assert [name for name in names if name in template.namelist()] == template.namelist()
        assert {entry.date_time for entry in filled.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_does_not_tell_who_opened_the_template_last() -> None:
    source = python_docx.Document()
    source.core_properties.author = source.core_properties.last_modified_by = "某律师"
    source.add_paragraph("{{ plaintiff.name }}")
    out = io.BytesIO()
    source.save(out)
    properties = python_docx.Document(
        io.BytesIO(word.render(out.getvalue(), FACTS, on=date(2026, 3, 2)))
    ).core_properties
    assert "某律师" not in (properties.author, properties.last_modified_by)
    assert properties.created is not None
    assert properties.created.date() == date(2026, 3, 2)


def test_a_missing_field_names_cell_field_and_cure() -> None:
    body = docx(
        p("民事起诉状") + table(tr(tc("被告"), tc("身份证号：{{ defendants[0].id_number }}")), grid=(2000, 6000))
    )
    with pytest.raises(Refusal) as refused:
        word.render(body, FACTS)
    assert refused.value.code == "template_field_missing"
    said = refused.value.reason
    assert "正文第1个表格第1行第2格第1段" in said.zh
    assert "defendants[0].id_number" in said.zh
    assert "补齐" in said.zh
    assert "table 1, row 1, cell 2" in said.en


def test_the_right_one_of_two_like_places_is_named() -> None:
    body = docx(p("{{ plaintiff.name }}") + p("电话：{{ plaintiff.phone }}") + p("{{ plaintiff.name }}"))
    with pytest.raises(Refusal) as refused:
        word.render(body, FACTS)
    assert "正文第2段" in refused.value.reason.zh


def test_a_missing_field_in_a_footer_is_found() -> None:
    with pytest.raises(Refusal) as refused:
        word.render(docx(p("正文"), footer=p("{{ seal }}")), FACTS)
    assert "页脚第1段" in refused.value.reason.zh


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], {"a": 1}])
def test_a_value_that_is_no_text_is_not_printed(value: object) -> None:
    with pytest.raises(Refusal) as refused:
        word.render(docx(p("{{ x }}")), {"x": value})
    assert refused.value.code == "template_value_unprintable"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0c", "\x1f", "\ufffe"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(Refusal) as refused:
        word.render(docx(p("{{ x }}")), {"x": f"张{character}三"})
    assert f"U+{ord(character):04X}" in refused.value.reason.zh


def test_a_template_cannot_run_code() -> None:
    with pytest.raises(Refusal) as refused:
        word.render(docx(p("{{ x.__class__.__mro__ }}")), {"x": "a"})
    assert refused.value.code in {"template_forbidden", "template_field_missing"}


def test_conditions_leave_no_empty_paragraph_and_meant_blank_lines_stay() -> None:
    body = docx(
        p("甲")
        + p("{% if sued %}已起诉{% endif %}")
        + p()
        + p("{%p if sued %}")
        + p("乙")
        + p("{%p endif %}")
        + p("丙")
    )
    filled = python_docx.Document(io.BytesIO(word.render(body, FACTS)))
    assert [paragraph.text for paragraph in filled.paragraphs] == ["甲", "", "丙"]


def test_a_cell_keeps_its_only_paragraph() -> None:
    body = docx(table(tr(tc("{% if sued %}是{% endif %}")), grid=(2000,)))
    assert len(python_docx.Document(io.BytesIO(word.render(body, FACTS))).tables[0].cell(0, 0).paragraphs) == 1


def test_rows_repeat_for_every_defendant() -> None:
    rows = (
        tr(tc("{%tr for d in defendants %}")) + tr(tc("被告{{ loop.index }}：{{ d.name }}")) + tr(tc("{%tr endfor %}"))
    )
    assert plain.words_of_docx(word.render(docx(table(rows, grid=(4000,))), FACTS)) == "被告1：张三\n被告2：李四"


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        word.render(b"PK\x03\x04 nothing", FACTS)
    assert refused.value.code == "word_unreadable"


def test_an_html_template_names_document_field_and_line() -> None:
    with pytest.raises(Refusal) as refused:
        page.render_html("<p>甲</p>\n<p>{{ loan.number }}</p>", {"loan": {}}, name="statement/body.html")
    assert refused.value.code == "template_field_missing"
    assert "statement/body.html 第2行" in refused.value.reason.zh
    assert "loan.number" in refused.value.reason.zh


def test_an_html_template_escapes() -> None:
    assert page.render_html("<p>{{ name }}</p>", {"name": "甲&乙<丙>"}) == "<p>甲&amp;乙&lt;丙&gt;</p>"


@pytest.mark.parametrize(
    ("body", "code"),
    [("{% if %}", "template_broken"), ("{{ x|nosuch }}", "template_broken"), ("{{ 1/0 }}", "template_broken")],
)
def test_a_wrong_html_template_is_refused(body: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        page.render_html(body, {"x": "a"})
    assert refused.value.code == code
