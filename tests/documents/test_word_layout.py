"""The PDF of a Word document says what the Word document says, stands as it stands, or is refused."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdfium2
import pytest

from legal_service import config
from legal_service.documents import plain, word_layout
from legal_service.errors import Refusal
from tests.documents.words import PAGE, STYLES, docx, p, table, tc, tr

ON = date(2026, 3, 2)
PAGE_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages(data: bytes) -> list[str]:
    return [flat(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(data)]


def pdf_of(body: str, **parts: str) -> bytes:
    return word_layout.word_pdf(docx(body, **parts), title="文书", on=ON)


def place(data: bytes, words: str) -> tuple[float, float]:
    """Left and baseline of the first occurrence of some words on the first page, in points from the upper left."""
    page = pypdfium2.PdfDocument(data)[0]
    textpage = page.get_textpage()
    found = textpage.search(words).get_next()
    assert found is not None, words
    left, bottom, _right, _top = textpage.get_charbox(found[0], loose=True)
    return left, page.get_height() - bottom


def test_words_of_word_and_pdf_are_the_same() -> None:
    body = (
        p("民事起诉状", ppr='<w:jc w:val="center"/>', rpr='<w:rFonts w:eastAsia="黑体"/><w:sz w:val="44"/>')
        + p(
            "原告：某某消费金融有限公司，住所地上海市浦东新区。被告：张三，身份证号码310101199001011234。",
            ppr='<w:ind w:firstLineChars="200"/><w:jc w:val="both"/>',
        )
        + table(
            tr(tc("本金"), tc("￥41,234.56元")),
            tr(tc("利息"), tc("截至2026年1月31日欠利息1,234.00元")),
            grid=(2000, 6000),
        )
        + p("此致")
    )
    source = docx(body, header=p("机密"), footer=p("第一版"))
    assert sorted(pages(word_layout.word_pdf(source, title="x", on=ON))[0]) == sorted(flat(plain.words_of_docx(source)))


@pytest.mark.parametrize("code", [path.parent.name for path in sorted(config.TEMPLATES.glob("*/body.docx"))])
def test_every_word_template_of_the_house_converts_word_for_word(code: str) -> None:
    body = (config.TEMPLATES / code / "body.docx").read_bytes()
    drawn = "".join(pages(word_layout.word_pdf(body, title=code, on=ON)))
    for line in plain.words_of_docx(body).splitlines():
        assert flat(line)[:12] in drawn, line


def test_indents_follow_the_ruler() -> None:
    data = pdf_of(
        p("甲段") + p("乙段", ppr='<w:ind w:firstLineChars="200"/>') + p("丙段", ppr='<w:ind w:left="1440"/>')
    )
    first, second, third = (place(data, words)[0] for words in ("甲段", "乙段", "丙段"))
    assert (round(first), round(second - first, 1), round(third - first, 1)) == (72, 21.0, 72.0)


def test_exact_line_spacing_holds_whatever_faces_a_line_mixes() -> None:
    exact = '<w:spacing w:line="560" w:lineRule="exact"/>'
    size = '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>'
    data = pdf_of(
        p("甲段", ppr=exact, rpr=size) + p("乙段12☑玥￥3", ppr=exact, rpr=size) + p("丙段", ppr=exact, rpr=size)
    )
    at = [place(data, words)[1] for words in ("甲段", "乙段", "丙段")]
    assert at[1] - at[0] == pytest.approx(28, abs=0.2)
    assert at[2] - at[1] == pytest.approx(28, abs=0.2)


def test_space_after_and_before_are_added_as_word_adds_them() -> None:
    data = pdf_of(
        p("甲段", ppr='<w:spacing w:after="200" w:line="400" w:lineRule="exact"/>')
        + p("乙段", ppr='<w:spacing w:before="100" w:line="400" w:lineRule="exact"/>')
    )
    assert place(data, "乙段")[1] - place(data, "甲段")[1] == pytest.approx(20 + 10 + 5, abs=0.2)


def test_styles_inherit() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:sz w:val="40"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    html, css = word_layout.html_of(docx(p("甲", ppr='<w:pStyle w:val="B"/>'), styles=styles))
    assert "font-size:20pt" in css
    assert "text-align:right" in css
    assert "font-weight:bold" in css
    assert "甲" in html


def test_merged_cells_keep_the_grid() -> None:
    body = table(
        tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("丙"), tc("丁")),
        grid=(2000, 2000, 4000),
    )
    html, _css = word_layout.html_of(docx(body))
    assert html.count('rowspan="2"') == 1
    assert html.count('colspan="2"') == 1
    assert html.count("<td") == 4
    data = pdf_of(body)
    assert place(data, "丁")[0] - place(data, "丙")[0] == pytest.approx(100, abs=1)


def test_head_rows_repeat_and_pages_are_numbered() -> None:
    rows = [tr(tc("期数"), tc("金额"), trpr="<w:tblHeader/>")] + [
        tr(tc(f"第{n}期"), tc(f"{n}.00"), trpr="<w:cantSplit/>") for n in range(1, 121)
    ]
    found = pages(
        pdf_of(table(*rows, grid=(3000, 3000)), footer=f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{PAGE_FIELD}</w:p>')
    )
    assert len(found) >= 3
    assert all("期数金额" in text for text in found)
    assert [text[-1] for text in found] == [str(number) for number in range(1, len(found) + 1)]
    assert not any(text[-1] == "9" for text in found)  # the 9 Word once cached


def test_a_page_break_starts_a_page_and_leaves_no_blank_one() -> None:
    body = p("甲") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + p("乙") + p("丙", ppr="<w:pageBreakBefore/>")
    assert pages(pdf_of(body)) == ["甲", "乙", "丙"]


def test_sections_have_their_own_page_size() -> None:
    wide = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
    found = pypdfium2.PdfDocument(pdf_of(p("甲", ppr=wide) + p("乙"), sect=PAGE))
    assert [(round(page.get_width()), round(page.get_height())) for page in found] == [(842, 595), (595, 842)]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%2."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def test_numbering_counts_and_starts_anew_below() -> None:
    def item(text: str, level: int) -> str:
        return p(text, ppr=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')

    body = item("甲", 0) + item("子", 1) + item("丑", 1) + item("乙", 0) + item("寅", 1)
    source = docx(body, numbering=NUMBERING)
    assert pages(word_layout.word_pdf(source, title="x", on=ON)) == ["一、甲1.子2.丑二、乙1.寅"]
    assert plain.words_of_docx(source) == "一、甲\n1.子\n2.丑\n二、乙\n1.寅"


def test_tabs_reach_their_stops() -> None:
    tab = "<w:r><w:t>姓名</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>民族</w:t></w:r>"
    data = pdf_of(f'<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="4000"/></w:tabs></w:pPr>{tab}</w:p>')
    assert place(data, "民族")[0] == pytest.approx(72 + 200, abs=0.5)


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<w:r><w:drawing/></w:r>", "图片、文本框或图形"),
        ("<w:r><w:object/></w:r>", "嵌入对象"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', "符号字体"),
        ('<w:ins w:id="1" w:author="x"><w:r><w:t>甲</w:t></w:r></w:ins>', "未接受的修订"),
        ('<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>', "隐藏文字"),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>x</w:t></w:r></w:fldSimple>', "DATE"),
        ('<w:r><w:rPr><w:rFonts w:eastAsia="某某手写体"/></w:rPr><w:t>甲</w:t></w:r>', "某某手写体"),
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "脚注"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_by_name_and_place(inside: str, named: str) -> None:
    with pytest.raises(Refusal) as refused:
        word_layout.html_of(docx(p("好") + table(tr(tc(f"<w:p>{inside}</w:p>")), grid=(4000,))))
    assert refused.value.code == "word_unsupported"
    assert named in refused.value.reason.zh
    assert "正文第1个表格第1行第1格第1段" in refused.value.reason.zh


def test_columns_and_floating_tables_are_refused() -> None:
    for source in (
        docx(p("甲"), sect=PAGE + '<w:cols w:num="2"/>'),
        docx(table(tr(tc("甲")), grid=(1000,), tblpr='<w:tblpPr w:tblpX="1"/>')),
    ):
        with pytest.raises(Refusal) as refused:
            word_layout.html_of(source)
        assert refused.value.code == "word_unsupported"


def test_the_pdf_is_the_same_each_time() -> None:
    body = p("甲乙丙") + table(tr(tc("丁")), grid=(4000,))
    assert pdf_of(body) == pdf_of(body)
    assert io.BytesIO(pdf_of(body)).read(5) == b"%PDF-"
