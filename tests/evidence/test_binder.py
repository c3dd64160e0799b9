"""The binder, looked at page by page with another PDF library: numbers, labels, bookmarks, links."""

import io
import re
import zipfile

import pikepdf
import pypdfium2
import pytest

from legal_service.errors import Refusal
from legal_service.evidence import binder, images
from legal_service.evidence.stamps import stamp_font
from tests.evidence.a_package import text_pdf, the_zip


@pytest.fixture(scope="module")
def bound() -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(the_zip()))
    return archive.read(next(name for name in archive.namelist() if name.endswith("binder.pdf")))


@pytest.fixture(scope="module")
def texts(bound: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(bound)]


def test_every_page_carries_its_running_number(texts: list[str]) -> None:
    for number, text in enumerate(texts, 1):
        assert f"第 {number} 页 共 {len(texts)} 页" in text


def test_exhibit_pages_carry_their_exhibit_number_and_front_pages_none(texts: list[str]) -> None:
    labels = ["".join(line for line in text.splitlines() if re.fullmatch(r"证据\d+", line)) for text in texts]
    assert labels[0] == labels[1] == ""
    assert labels[4:11] == ["证据1", "证据2", "证据2", "证据2", "证据3", "证据4", "证据4"]
    assert labels[11].startswith("证据5")


def test_contents_and_catalogue_name_the_pages_where_the_exhibits_really_are(texts: list[str]) -> None:
    contract = next(number for number, text in enumerate(texts, 1) if "正文" in text and "证据2" in text)
    assert f"第{contract}至{contract + 2}页" in texts[1]
    assert f"第{contract}至{contract + 2}页" in "".join(texts[2:4]).replace("\r\n", "")


def test_bookmarks_lead_to_cover_contents_catalogue_and_each_exhibit(bound: bytes, texts: list[str]) -> None:
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pypdfium2.PdfDocument(bound).get_toc()]
    assert [title for title, _ in marks[:3]] == ["封面", "目录", "证据目录"]
    for title, index in marks[3:]:
        assert title.split()[0] in texts[index].split()


def test_contents_link_to_the_exhibits_and_to_nothing_outside(bound: bytes) -> None:
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        assert all("/A" not in link for link in links)
        assert {numbers[link.Dest[0].objgen] for link in links} == {4, 5, 8, 9, 11}


def test_the_number_stands_at_the_lower_right_of_a_sideways_page_as_the_reader_sees_it(bound: bytes) -> None:
    page = pypdfium2.PdfDocument(bound)[8]
    assert page.get_rotation() == 90
    picture = page.render(scale=1).to_pil().convert("L")
    corner = picture.crop((picture.width - 120, picture.height - 40, picture.width, picture.height))
    assert corner.getextrema()[0] < 128
    middle = picture.crop((120, 100, picture.width - 120, picture.height - 60))
    assert middle.getextrema() == (255, 255)


def test_a_form_in_an_exhibit_stays_visible_and_its_scripts_stay_out() -> None:
    with pikepdf.open(io.BytesIO(text_pdf("合同"))) as pdf:
        look = pdf.make_stream(
            b"q 1 0 0 rg 0 0 50 20 re f Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 20]
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="sign", F=4, Rect=[100, 100, 150, 120],
                AP=pikepdf.Dictionary(N=look), AA=pikepdf.Dictionary(F=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        out = io.BytesIO()
        pdf.save(out)
    front = binder.Front(cover=text_pdf("封面", 2), catalogue=text_pdf("目录"))
    pages = binder.PageMap(contents=2, catalogue=3, exhibits=((4, 4),), total=4)
    bound = binder.bind(front, [binder.Part(1, "合同", out.getvalue())], pages, title="证据册")
    assert b"JavaScript" not in bound and b"app.alert" not in bound
    picture = pypdfium2.PdfDocument(bound)[3].render(scale=1).to_pil()
    assert picture.getpixel((125, picture.height - 110)) == (255, 0, 0)


def test_pages_settle_although_their_numbers_lengthen_the_contents() -> None:
    seen: list[binder.PageMap] = []

    def render(pages: binder.PageMap) -> binder.Front:
        seen.append(pages)
        return binder.Front(cover=text_pdf("封面", 3), catalogue=text_pdf("目录", 2))

    pages, _ = binder.paginate([2, 1], render)
    assert pages == binder.PageMap(contents=2, catalogue=4, exhibits=((6, 7), (8, 8)), total=8)
    assert seen[-1] == pages


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_a_damaged_exhibit_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        binder.page_count(content, "借款合同")
    assert refused.value.code == "exhibit_unreadable" and "借款合同" in refused.value.reason.zh


def test_an_exhibit_with_a_password_is_refused() -> None:
    with pikepdf.open(io.BytesIO(text_pdf("合同"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(Refusal) as refused:
        binder.page_count(out.getvalue(), "借款合同")
    assert refused.value.code == "exhibit_encrypted"


def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        images.pages_of(b"\xff\xd8\xff\xe0 cut off", "身份证")
    assert refused.value.code == "exhibit_unreadable"


def test_the_stamp_font_draws_every_character_a_stamp_can_hold() -> None:
    font = stamp_font()
    assert font.width("第", 10) == pytest.approx(10)
    assert 0 < font.width("8", 10) < 10
