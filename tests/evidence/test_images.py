"""A picture becomes pages: upright, whole, its own bytes."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from legal_service.evidence.images import pages_of

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def four_corners() -> Image.Image:
    """Red upper left, green upper right, blue lower left, yellow lower right; wider than high."""
    picture = Image.new("RGB", (120, 80))
    for place, colour in (((0, 0), RED), ((60, 0), GREEN), ((0, 40), BLUE), ((60, 40), YELLOW)):
        picture.paste(colour, (*place, place[0] + 60, place[1] + 40))
    return picture


def stored(orientation: int) -> bytes:
    """The same sight as a camera stores it in one of the eight orientations."""
    turns = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    picture, exif, out = four_corners(), Image.Exif(), io.BytesIO()
    turn = turns[orientation]
    exif[0x0112] = orientation
    (picture.transpose(turn) if turn is not None else picture).save(out, "JPEG", exif=exif, quality=95, subsampling=0)
    return out.getvalue()


def corners(pdf: bytes) -> list[tuple[int, ...]]:
    """The colours seen at the four quarters of the printed picture."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    left, top, right, bottom = Image.eval(page.convert("L"), lambda value: 255 if value < 250 else 0).getbbox() or (
        0,
        0,
        0,
        0,
    )
    wide, high = right - left, bottom - top
    return [page.getpixel((left + wide * x // 4, top + high * y // 4)) for y in (1, 3) for x in (1, 3)]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    for seen, expected in zip(corners(pages_of(stored(orientation), "照片")), [RED, GREEN, BLUE, YELLOW], strict=True):
        assert all(abs(one - other) < 40 for one, other in zip(seen, expected, strict=True)), orientation


def test_a_jpeg_is_embedded_byte_for_byte() -> None:
    content = stored(6)
    with pikepdf.open(io.BytesIO(pages_of(content, "照片"))) as pdf:
        assert pdf.pages[0].Resources.XObject.Im.read_raw_bytes() == content


def test_each_page_of_a_fax_becomes_a_page() -> None:
    out = io.BytesIO()
    frames = [Image.new("1", (50, 80), 1) for _ in range(3)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    assert len(pypdfium2.PdfDocument(pages_of(out.getvalue(), "传真"))) == 3


def test_what_is_transparent_is_printed_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    page = pypdfium2.PdfDocument(pages_of(out.getvalue(), "印章"))[0].render(scale=1).to_pil().convert("L")
    assert page.getextrema() == (255, 255)
