"""A PDF leaves the house only when every character on it can be read, and twice made it is the same file."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from legal_service.documents import files, pdf, styles, typefaces
from legal_service.errors import Refusal

ON = date(2026, 3, 2)


def words(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def faces(data: bytes) -> set[str]:
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]).split("+")[1])
    return found


def test_same_document_same_bytes_and_dated_by_its_own_date() -> None:
    html = "<h1>催收函</h1><p>尚欠本金人民币￥41,234.56元。</p>"
    first = pdf.from_html(html, css=styles.BASE, title="催收函", on=ON)
    assert first == pdf.from_html(html, css=styles.BASE, title="催收函", on=ON)
    assert first != pdf.from_html(html, css=styles.BASE, title="催收函", on=date(2026, 3, 3))
    facts = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert facts is not None
    assert (facts.title, facts.creation_date_raw) == ("催收函", "D:20260302120000+08'00")


def test_it_claims_pdf_a_3u() -> None:
    metadata = pypdf.PdfReader(io.BytesIO(pdf.from_html("<p>文</p>", title="文", on=ON))).xmp_metadata
    assert metadata is not None
    raw = metadata.stream.get_data().decode()
    assert 'part="3"' in raw
    assert 'conformance="U"' in raw


@pytest.mark.parametrize("face", ["宋体", "仿宋_GB2312", "黑体", "楷体", "方正小标宋简体"])
def test_the_faces_of_a_court_document_are_real_and_the_yuan_sign_is_no_dollar(face: str) -> None:
    data = pdf.from_html(f'<p style="font-family:{face}">借款￥100元，二〇二六年</p>', title="字", on=ON)
    assert words(data) == "借款￥100元，二〇二六年"
    family = typefaces.family_of(face)
    assert family is not None
    assert family.replace(" ", "-") in faces(data)
    if face == "仿宋_GB2312":  # FandolFang has a dollar where ￥ belongs: both 宋 and 仿宋 are used
        assert "Court-Song" in faces(data)


def test_rare_names_are_drawn_and_can_be_read_back() -> None:
    name = "玥璟珺祎喆镕堃犇㛃䶮𠮷"
    data = pdf.from_html(f'<p style="font-family:仿宋">{name}</p>', title="名", on=ON)
    assert words(data) == name


def test_a_character_nobody_draws_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refused:
        pdf.from_html("<p>被告：张\U0001f9ff</p>", title="x", on=ON)
    assert refused.value.code == "glyph_missing"
    assert "U+1F9FF" in refused.value.reason.zh


def test_a_character_that_only_the_style_prints_is_refused_too() -> None:
    with pytest.raises(Refusal) as refused:
        pdf.from_html("<p>文</p>", css='p::before{content:"\\1f9ff"}', title="x", on=ON)
    assert refused.value.code == "glyph_missing"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://localhost/x.png", "data:image/png;base64,AAAA"])
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(Refusal) as refused:
        pdf.from_html(f"<img src='{address}'>", title="x", on=ON)
    assert refused.value.code == "outside_resource"


def test_justified_chinese_ends_at_the_margin() -> None:
    text = (
        "根据《中华人民共和国民法典》第六百七十四条之规定，借款人应当按照约定的期限支付利息，逾期 4 期的，应当按照约定支付逾期利息。"
        * 3
    )

    def right_edges(css: str) -> list[float]:
        import pypdfium2

        page = pypdfium2.PdfDocument(pdf.from_html(f"<p>{text}</p>", css=styles.BASE + css, title="x", on=ON))[0]
        textpage = page.get_textpage()
        lines: dict[int, float] = {}
        for index in range(textpage.count_chars()):
            _left, bottom, right, _top = textpage.get_charbox(index, loose=True)
            if bottom > 120 and textpage.get_text_range(index, 1).strip():
                line = round(bottom / 14)
                lines[line] = max(lines.get(line, 0.0), right)
        return [lines[line] for line in sorted(lines, reverse=True)][:-1]

    margin = (210 - 26) / 25.4 * 72
    assert max(abs(edge - margin) for edge in right_edges("")) < 1.5
    assert max(abs(edge - margin) for edge in right_edges("p{text-align:left!important}")) > 4


def test_missing_fonts_are_refused_before_anything_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("legal_service.config.FONTS", tmp_path)
    files.prepare.cache_clear()
    try:
        with pytest.raises(Refusal) as refused:
            pdf.from_html("<p>文</p>", title="x", on=ON)
        assert refused.value.code == "fonts_missing"
        assert "make setup" in refused.value.reason.zh
    finally:
        files.prepare.cache_clear()
