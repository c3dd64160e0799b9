"""A paper as an office scanner leaves it: a slightly crooked, grey and noisy picture of each page, and no text layer."""

from __future__ import annotations

import io
from random import Random
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

DOTS_PER_INCH = 110
_TILE = 256


def scanned(pdf: bytes, seed: str) -> bytes:
    """Each page photographed; the same PDF and seed give the same bytes."""
    chance = Random(f"scan:{seed}")
    noise = Image.frombytes("L", (_TILE, _TILE), chance.randbytes(_TILE * _TILE))
    out = pikepdf.new()
    source = pypdfium2.PdfDocument(pdf)
    try:
        for page in source:
            grey = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
            _add(out, _aged(grey, noise, chance), page.get_size())
    finally:
        source.close()
    written = io.BytesIO()
    out.save(written, deterministic_id=True)
    return written.getvalue()


def _aged(page: Image.Image, noise: Image.Image, chance: Random) -> Image.Image:
    """Turned by less than a degree, dulled, and sprinkled with the scanner's noise."""
    turned = page.rotate(chance.randrange(-60, 61) / 100, Image.Resampling.BICUBIC, fillcolor=250)
    grain = Image.new("L", turned.size)
    for top in range(0, turned.height, _TILE):
        for left in range(0, turned.width, _TILE):
            grain.paste(noise, (left, top))
    dull = turned.point([20 + level * 228 // 255 for level in range(256)])
    return Image.blend(dull, grain, 0.07)


def _add(out: Any, picture: Image.Image, size: tuple[float, float]) -> None:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=62)
    page = out.add_blank_page(page_size=size)
    image = pikepdf.Stream(
        out,
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    page.Contents = pikepdf.Stream(out, f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Scan Do Q".encode())
