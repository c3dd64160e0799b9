"""The gate lets nothing through that it finds or cannot read, and lets clean files pass. It shares no code."""

from __future__ import annotations

import ast
import io
import zipfile
from pathlib import Path

import pytest

import legal_service.redaction
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Kind

from .a_case import ADDRESS, CARD, CLEAN, ID, MOBILE, NAME, PAIRS
from .pdf_makers import from_html, simple

MASKED = (
    "借款人张**，电话138****5678，身份证号1****************X，卡号622588******6783，住浙江省杭州市余杭区***。" + CLEAN
)


def codes(name: str, data: bytes, known=PAIRS, allowed=()) -> set[str]:
    return {leak.code for leak in leaks(name, data, known, allowed)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_masked_copy_passes_in_every_encoding(encoding):
    assert codes("a.txt", MASKED.encode(encoding)) == set()


@pytest.mark.parametrize(
    "text",
    [
        NAME, "张 三 丰", "張三豐", "张\n三丰", "三丰", "Zhang Sanfeng", "SANFENG, ZHANG", "zhāng sānfēng", "张\u200b三丰", "&#24352;&#19977;&#20016;",
        "\\u5f20\\u4e09\\u4e30", "%E5%BC%A0%E4%B8%89%E4%B8%B0", "5byg5LiJ5Liw5byg5LiJ5Liw", "<b>张</b><i>三丰</i>", MOBILE, "138-1234-5678", "138 1234\n5678",
        "１３８１２３４５６７８", "一三八一二三四五六七八", "壹叁捌壹贰叁肆伍陆柒捌", "138l2345678", MOBILE[:9], ID, ID.lower(), ID[3:16], CARD, "6225 8801 2345 6783",
        ADDRESS, ADDRESS[9:], "文一西路九六九号3幢2单元1201室", "1949年12月31日", "1949-12-31", "ZSF1949＠example．com",
    ],
)  # fmt: skip
def test_a_value_on_file_is_a_leak_however_it_is_written(text):
    assert "known_value" in codes("a.txt", f"前文 {text} 后文".encode())


def test_the_file_name_is_read_too():
    assert codes(f"{NAME}合同.txt", b"ok") == {"known_value"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证11010519491231002X", "ID_NUMBER"),
        ("电话18611112222。", "MOBILE"),
        ("186-1111-2222", "MOBILE"),
        ("卡6225880123456783", "BANK_CARD"),
    ],
)
def test_a_valid_number_nobody_told_of_is_refused_unless_allowed(text, kind):
    found = leaks("a.txt", text.encode(), [])
    assert [(leak.code, leak.kind) for leak in found] == [("unmasked_number", kind)]
    bare = "".join(char for char in text if char.isascii() and char.isalnum())
    assert leaks("a.txt", text.encode(), [], [bare]) == []


def test_numbers_that_are_no_personal_data_pass():
    text = "合同编号：6225880123456783 流水号18611112222 摘要e3b0c44298fc1c149afb18611112222855 编号110105194912310021 金额13,800,000.00"
    assert codes("a.txt", text.encode(), []) == set()


def test_a_leak_never_repeats_the_value():
    for leak in leaks("a.txt", f"{NAME}{MOBILE}".encode(), PAIRS):
        assert NAME not in str(leak) and MOBILE not in str(leak)


def test_a_name_that_is_a_word_leaks_only_where_a_person_stands():
    known = [(Kind.PERSON, "高兴")]
    assert codes("a.txt", "他很高兴。".encode(), known) == set()
    assert codes("a.txt", "借款人：高兴".encode(), known) == {"known_value"}
    assert codes("a.txt", "高兴先生".encode(), known) == {"known_value"}


def a_zip(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def test_archives_are_read_to_the_bottom():
    clean = a_zip({"a/b.txt": MASKED.encode(), "inner.zip": a_zip({"c.csv": b"1,2"})})
    assert codes("a.zip", clean) == set()
    for hidden in (
        a_zip({"inner.zip": a_zip({"deep.txt": NAME.encode()})}),
        a_zip({f"{NAME}.txt": b"ok"}),
        a_zip({"a.txt": b"ok"}, comment=NAME.encode()),
    ):
        assert "known_value" in codes("a.zip", hidden)


def test_bombs_escapes_and_locked_archives_are_unreadable():
    nested = b"ok"
    for _ in range(8):
        nested = a_zip({"a.zip" if nested != b"ok" else "a.txt": nested})
    for data in (
        a_zip({"zeros": b"0" * (40 << 20)}),
        a_zip({"../a.txt": b"ok"}),
        b"glue" + a_zip({"a.txt": b"ok"}),
        nested,
        a_zip({"a.txt": b"x"})[:-30],
    ):
        assert codes("a.zip", data) == {"unreadable"}


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": "<w><p><r>借款人张</r><r>**</r></p></w>".encode()}


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("word/document.xml", "<w><r>张</r><r>三</r><r>丰</r></w>"),
        ("word/comments.xml", f"<c author='{NAME}'/>"),
        ("docProps/core.xml", f"<c><!-- {NAME} --></c>"),
        ("word/settings.xml", f"<?note {MOBILE}?><c/>"),
        ("xl/sharedStrings.xml", f"<sst><si><t>{MOBILE[:5]}</t><t>{MOBILE[5:]}</t></si></sst>"),
    ],
)
def test_office_parts_are_read_with_attributes_comments_and_split_runs(part, body):
    assert codes("a.docx", a_zip(DOCX)) == set()
    assert "known_value" in codes("a.docx", a_zip({**DOCX, part: body.encode()}))


def test_a_picture_inside_or_outside_cannot_be_proven_clean():
    assert codes("a.docx", a_zip({**DOCX, "word/media/image1.png": b"\x89PNG\r\n\x1a\n"})) == {"unreadable"}
    for start in (b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a"):
        assert codes("a.txt", start + b"rest") == {"unreadable"}
    assert codes("a.bin", bytes(range(256))) == {"unreadable"}


def test_a_clean_pdf_passes_and_one_that_says_a_value_anywhere_does_not():
    assert codes("a.pdf", from_html(f"<p>{MASKED}</p>")) == set()
    assert "known_value" in codes("a.pdf", from_html(f"<p>电话{MOBILE[:6]}<br>{MOBILE[6:]}</p>"))
    assert "known_value" in codes("a.pdf", from_html(f"<title>{NAME}</title><p>ok</p>"))
    assert "known_value" in codes("a.pdf", from_html(f"<p style='color:#fff;font-size:1px'>{NAME}</p>"))


def test_what_hangs_on_a_pdf_is_refused():
    clean = simple(b"BT /F1 12 Tf 72 700 Td (clean) Tj ET")
    assert codes("a.pdf", clean) == set()
    for data in (clean + b"trailing", b"leading " + clean, clean[:-200], clean + clean):
        assert "unreadable" in codes("a.pdf", data)


def test_characters_left_in_a_font_are_a_leak():
    import pikepdf

    from .pdf_makers import edited

    def forget(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.obj["/Contents"] = pdf.make_stream(
            b"BT " + page.Contents.read_bytes().split(b"BT")[1].split(b"Tf")[0] + b"Tf ET"
        )

    assert "residual_glyphs" in codes("a.pdf", edited(from_html(f"<p>{NAME}</p>"), forget))


def test_the_gate_shares_no_code_and_no_pdf_library_with_the_redactor():
    room = Path(legal_service.redaction.__file__).parent
    modules = sorted(room.glob("gate*.py"))
    assert len(modules) >= 5
    allowed = {f"legal_service.redaction.{path.stem}" for path in modules} | {"legal_service.redaction.kinds"}
    for path in modules:
        imported = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                imported |= {
                    f"{node.module}.{alias.name}" if node.module == "legal_service.redaction" else node.module
                    for alias in node.names
                }
        ours = {name for name in imported if name.startswith("legal_service")}
        assert ours <= allowed, (path.name, ours - allowed)
        assert not {name.split(".")[0] for name in imported} & {"pikepdf", "pypdfium2", "fontTools", "ahocorasick"}
    redactor = [path for path in room.glob("*.py") if path not in modules]
    assert not any(
        "pdfminer" in path.read_text(encoding="utf-8") or "import pypdf\n" in path.read_text(encoding="utf-8")
        for path in redactor
    )
