"""True removal from text PDFs: what is hidden has left the file, the rest stays text, what is doubtful is withheld."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pdfminer.high_level import extract_text

from legal_service.redaction import files, font_subset
from legal_service.redaction.copies import make_copy
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Audience
from legal_service.redaction.pdf import redact_pdf

from .a_case import ADDRESS, CARD, CLEAN, ID, KNOWN, MOBILE, NAME, PAIRS, a_redactor
from .pdf_makers import a_contract, edited, from_html, simple


def extracted(data: bytes) -> list[str]:
    """The text by three readers, without blanks."""
    readers = [
        extract_text(io.BytesIO(data)),
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages),
        "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)),
    ]
    return ["".join(text.split()) for text in readers]


def redacted(data: bytes) -> bytes:
    return redact_pdf(data, a_redactor(), KNOWN)


@pytest.fixture(scope="module")
def copy() -> bytes:
    return redacted(a_contract())


def test_no_reader_finds_a_value_on_file(copy):
    for text in extracted(copy):
        for value in (NAME, "三丰", ID, ID[1:17], MOBILE, MOBILE[1:9], CARD, ADDRESS[9:], "Sanfeng"):
            assert value not in text


def test_what_the_mask_shows_stays(copy):
    text = extracted(copy)[1]
    assert "借款人张，身份证号1X，住浙江省杭州市余杭区。" in text
    assert "第二页：张签字" in text


def test_the_rest_of_the_text_stays_selectable(copy):
    for text in extracted(copy):
        assert "".join(CLEAN.split()) in text


def test_the_gate_agrees_and_finds_everything_in_the_original(copy):
    assert leaks("copy.pdf", copy, PAIRS) == []
    kinds = {leak.kind for leak in leaks("a.pdf", a_contract(), PAIRS) if leak.code == "known_value"}
    assert {"PERSON", "ID_NUMBER", "MOBILE", "BANK_CARD", "ADDRESS"} <= kinds


def test_the_fonts_no_longer_hold_the_removed_characters(copy):
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        maps = "".join(
            str(item.ToUnicode.read_bytes(), "ascii")
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        )
        programs = [
            item.FontFile3.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item
        ]
    assert f"<{ord('丰'):04x}>" not in maps
    assert f"<{ord('张'):04x}>" in maps
    for program in programs:
        cmap = TTFont(io.BytesIO(program)).getBestCmap() or {}
        assert ord("丰") not in cmap


def test_a_neutral_box_stands_where_a_value_was(copy):
    before = pypdfium2.PdfDocument(a_contract())[0].render(scale=1).to_pil().convert("L")
    after = pypdfium2.PdfDocument(copy)[0].render(scale=1).to_pil().convert("L")
    assert before.size == after.size
    assert sum(after.histogram()[200:210]) - sum(before.histogram()[200:210]) > 1000


def test_the_places_are_pages_and_the_same_file_gives_the_same_copy(copy):
    redactor = a_redactor()
    assert redact_pdf(a_contract(), redactor, KNOWN) == copy
    assert {entry.place for entry in redactor.tally.entries()} == {"page 1", "page 2"}


def test_a_copy_can_be_redacted_again(copy):
    again = redacted(copy)
    assert leaks("copy.pdf", again, PAIRS) == []
    assert all("".join(CLEAN.split()) in text for text in extracted(again))


def test_a_value_that_runs_over_the_page_end_is_removed():
    source = from_html("<p>电话138123</p><p style='page-break-before:always'>45678。还款</p>")
    assert {leak.kind for leak in leaks("a.pdf", source, PAIRS)} == {"MOBILE"}
    copy = redacted(source)
    assert leaks("copy.pdf", copy, PAIRS) == []
    assert "还款" in extracted(copy)[0]


def _hostile(pdf: pikepdf.Pdf) -> None:
    """Values in every corner where they survive a careless redaction."""
    secret = f"{NAME} {MOBILE} {ID}"
    pdf.docinfo["/Title"] = secret
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = secret
    pdf.attachments["秘密.txt"] = pikepdf.AttachedFileSpec(
        pdf, secret.encode(), filename="秘密.txt", description=secret
    )
    page = pdf.pages[0].obj
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[10, 10, 100, 100],
        Contents=secret,
        T=NAME,
        DA="/Helv 9 Tf",
    )
    page["/Annots"] = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
    page["/PieceInfo"] = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=secret))
    page["/Thumb"] = pdf.make_stream(secret.encode())
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret, 0))
    root = pdf.Root
    root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{secret}')")
    root["/AcroForm"] = pikepdf.Dictionary(
        Fields=pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=secret, V=secret))])
    )
    root["/PageLabels"] = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(P=secret)]))
    root["/StructTreeRoot"] = pikepdf.Dictionary(
        Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Dictionary(S=pikepdf.Name.P, ActualText=secret)
    )
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=secret))
    root["/OCProperties"] = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(Name=secret))
    root["/Lang"] = secret


def test_nothing_outside_the_page_text_has_a_way_into_the_copy():
    hostile = edited(from_html(f"<p>借款人{NAME}。</p>"), _hostile)
    assert len({leak.where for leak in leaks("a.pdf", hostile, PAIRS)}) > 8
    copy = redacted(hostile)
    assert leaks("copy.pdf", copy, PAIRS) == []
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.pages[0].obj.keys()) <= {
            "/Type",
            "/Parent",
            "/MediaBox",
            "/CropBox",
            "/Resources",
            "/Contents",
            "/Rotate",
        }
        assert "/Info" not in pdf.trailer


def test_an_older_revision_does_not_survive():
    first = from_html(f"<p>借款人{NAME}。</p>")
    update = b"\n1 0 obj\n<< /Type /Font >>\nendobj\nxref\n0 0\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n"
    assert any(leak.why == "older_revision" for leak in leaks("a.pdf", first + update, []))
    assert redacted(first).count(b"startxref") == 1


def test_a_black_bar_over_a_name_hides_nothing_and_is_not_trusted():
    covered = simple(b"BT /F1 12 Tf 72 700 Td (Zhang Sanfeng 13812345678) Tj ET 0 g 70 695 300 20 re f")
    assert {leak.kind for leak in leaks("a.pdf", covered, PAIRS) if leak.kind} == {"PERSON", "MOBILE"}
    assert leaks("copy.pdf", redacted(covered), PAIRS) == []


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf 72 700 Td (tel 138) Tj (1234) Tj (5678 end) Tj ET",
        b"BT /F1 12 Tf 72 700 Td [(tel 1) -20 (3) 15 (812) (34) -5 (5678 end)] TJ ET",
        b"BT /F1 12 Tf 14 TL 72 700 Td (tel 13812) Tj (345678 end) ' ET",
        b'BT /F1 12 Tf 14 TL 72 700 Td (tel 13812) Tj 1 0.5 (345678 end) " ET',
        b"BT /F1 12 Tf 3 Tr 72 700 Td (tel 13812345678 end) Tj ET",
        b"q 0 1 -1 0 300 300 cm BT /F1 12 Tf 2 Tc 72 70 Td (tel 13812345678 end) Tj ET Q",
        b"BT /F1 12 Tf 120 700 Td (345678 end) Tj ET BT /F1 12 Tf 72 700 Td (tel 13812) Tj ET",
        b"BT /F1 12 Tf 72 700 Td (tel 13812345678 end) Tj 0.2 0 Td (tel 13812345678 end) Tj ET",
        b"/Span <</ActualText (13812345678)>> BDC BT /F1 12 Tf 72 700 Td (tel 13812345678 end) Tj ET EMC",
        b"Q Q BT /F1 12 Tf 72 700 Td (tel 13812345678 end) Tj ET q q",
    ],
)
def test_a_number_goes_however_it_is_drawn(content):
    copy = redacted(simple(content))
    for text in extracted(copy):
        assert MOBILE[3:7] not in text
        assert "end" in text or "dne" in text  # pdfminer reads turned text from the end
    assert leaks("copy.pdf", copy, PAIRS) == []


def test_what_follows_a_removed_value_stays_in_its_place():
    content = b"BT /F1 12 Tf 1.5 Tc 3 Tw 90 Tz 72 700 Td (tel 13812345678 after that) Tj ( more) Tj ET"

    def places(data: bytes) -> dict[str, float]:
        page = pypdfium2.PdfDocument(data)[0].get_textpage()
        chars = [(page.get_text_range(at, 1), page.get_charbox(at)[0]) for at in range(page.count_chars())]
        return {char: left for char, left in chars if char in "frm"}

    before, after = places(simple(content)), places(redacted(simple(content)))
    assert before.keys() == after.keys() == {"f", "r", "m"}
    assert all(abs(before[char] - after[char]) < 0.05 for char in before)


def test_text_in_a_form_is_removed_too():
    def wrap(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        form = pdf.make_stream(page.Contents.read_bytes())
        form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        form["/BBox"], form["/Resources"] = pikepdf.Array([0, 0, 595, 842]), page.Resources
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/{'A' * 3}": form}))
        page.obj["/Contents"] = pdf.make_stream(b"q 1 0 0 1 5 5 cm /AAA Do Q q 1 0 0 1 5 -300 cm /AAA Do Q")

    copy = redacted(edited(from_html(f"<p>借款人{NAME}还款</p>"), wrap))
    assert leaks("copy.pdf", copy, PAIRS) == []
    assert all(text.count("借款人张还款") == 2 for text in extracted(copy)[1:])


def test_a_whole_copy_passes_redactor_and_gate_for_every_audience():
    source = from_html(f"<p>借款人{NAME}，电话{MOBILE}，住{ADDRESS}，身份证{ID}。{CLEAN}</p>")
    for audience in Audience:
        copy = make_copy("a.pdf", source, files.policy_for(audience), KNOWN)
        hidden = [pair for pair in PAIRS if files.policy_for(audience).hides(pair[0])]
        assert leaks("a.pdf", copy.data, hidden) == [] or audience is Audience.COURT


def test_fonts_are_cut_down_without_harfbuzz_too(monkeypatch):
    monkeypatch.setattr(font_subset, "_library", lambda: None)
    source = from_html("<style>body{font-family:'LXGW WenKai'}</style><p>借款人张三丰</p>")
    copy = redacted(source)
    assert re.search("借款人张", extracted(copy)[2])
    assert leaks("copy.pdf", copy, PAIRS) == []
