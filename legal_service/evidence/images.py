"""A picture handed in as evidence becomes pages of the binder: the JPEG's own bytes are embedded, nothing is recompressed."""

from __future__ import annotations

import io
import zlib

import pikepdf
from PIL import Image, ImageSequence

from legal_service.errors import Refusal, Words

MEDIA = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "bmp", "webp"})

_SHORT, _LONG, _MARGIN = 595.28, 841.89, 42.5
_ORIENTATION = 0x0112
_MOST_FRAMES = 500


def pages_of(content: bytes, name: str) -> bytes:
    """A PDF with one A4 page per frame, upright as the camera recorded. Refuses (`exhibit_unreadable`) a damaged picture."""
    try:
        with Image.open(io.BytesIO(content)) as picture, pikepdf.new() as pdf:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= _MOST_FRAMES:
                    raise ValueError("too many frames")
                _add(pdf, frame, content)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal(
            "exhibit_unreadable",
            Words(zh=f"图片无法打开：{name}（{error}）", en=f"the picture cannot be opened: {name} ({error})"),
        ) from error


def _add(pdf: pikepdf.Pdf, frame: Image.Image, content: bytes) -> None:
    orientation = int(frame.getexif().get(_ORIENTATION, 1))
    turned = orientation in {5, 6, 7, 8}
    wide, high = (frame.height, frame.width) if turned else (frame.width, frame.height)
    paper = (_LONG, _SHORT) if wide > high else (_SHORT, _LONG)
    scale = min((paper[0] - 2 * _MARGIN) / wide, (paper[1] - 2 * _MARGIN) / high)
    w, h = wide * scale, high * scale
    matrix = " ".join(f"{value:.3f}" for value in _matrix(orientation, (paper[0] - w) / 2, (paper[1] - h) / 2, w, h))
    page = pdf.add_blank_page(page_size=paper)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=_stream(pdf, frame, content)))
    page.obj.Contents = pdf.make_stream(f"q {matrix} cm /Im Do Q\n".encode())


def _matrix(
    orientation: int, x: float, y: float, w: float, h: float
) -> tuple[float, float, float, float, float, float]:
    """The placing of a picture stored in one of the eight orientations of EXIF into the box at (x, y)."""
    return {
        2: (-w, 0, 0, h, x + w, y),
        3: (-w, 0, 0, -h, x + w, y + h),
        4: (w, 0, 0, -h, x, y + h),
        5: (0, -h, -w, 0, x + w, y + h),
        6: (0, -h, w, 0, x, y + h),
        7: (0, h, w, 0, x, y),
        8: (0, h, -w, 0, x + w, y),
    }.get(orientation, (w, 0, 0, h, x, y))


def _stream(pdf: pikepdf.Pdf, frame: Image.Image, content: bytes) -> pikepdf.Stream:
    if frame.format == "JPEG" and frame.mode in {"L", "RGB"}:
        frame.load()  # a truncated picture fails here and not in the reader's hands
        data, mode, coding = content, frame.mode, pikepdf.Name.DCTDecode
    else:
        flat = frame.convert("L" if frame.mode in {"1", "L"} else "RGBA")
        if flat.mode == "RGBA":
            paper = Image.new("RGBA", flat.size, "white")
            flat = Image.alpha_composite(paper, flat).convert("RGB")
        data, mode, coding = zlib.compress(flat.tobytes(), 6), flat.mode, pikepdf.Name.FlateDecode
    colours = pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB
    stream = pdf.make_stream(b"")
    stream.write(data, filter=coding)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.ColorSpace, stream.BitsPerComponent = frame.width, frame.height, colours, 8
    return stream
