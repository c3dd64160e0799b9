"""Pictures of the pages for the guide: made by the same tests that judge them, so the guide cannot age."""

from __future__ import annotations

import io
import os
import re
from functools import cache
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from legal_service import config
from tests.browser.layout import NARROW, WIDE, sized

GUIDE = config.ROOT / "docs" / "guide" / "pictures"
SHEET = config.ROOT / "legal_service" / "web" / "static" / "desk.css"
STEPS = 6
"""From each colour of the sheet to white: the edges of letters need so many."""
SCREENS = 2
"""A picture shows at most so many screens of a long page."""


def wanted() -> bool:
    """Whether the guide's own pictures are to be made anew (`make pictures`)."""
    return os.environ.get("LEGAL_PICTURES") == "1"


def take(page: Page, name: str, folder: Path) -> list[Path]:
    """One page, wide and narrow, light; answers the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for width, size in (("wide", WIDE), ("narrow", NARROW)):
        with sized(page, size):
            page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
            height = min(page.evaluate("() => document.documentElement.scrollHeight"), SCREENS * size[1])
            shot = page.screenshot(
                full_page=True,
                clip={"x": 0, "y": 0, "width": size[0], "height": max(height, size[1])},
                animations="disabled",
                caret="hide",
            )
        path = folder / f"{name}-{width}.png"
        path.write_bytes(small(shot))
        written.append(path)
    return written


def small(png: bytes) -> bytes:
    """The same picture in the desk's own colours: a third of the size, text stays crisp, amber stays amber and red red."""
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(palette=_palette(), dither=Image.Dither.NONE)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """The colours of our sheet, black, and their steps to white."""
    named = re.findall(r"--[a-z]+: #([0-9a-f]{6})\b", SHEET.read_text(encoding="utf-8"))
    inks = [tuple(bytes.fromhex(one)) for one in dict.fromkeys([*named, "000000"])]
    mixed = {
        tuple(round(255 + (part - 255) * step / STEPS) for part in ink) for ink in inks for step in range(STEPS + 1)
    }
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in sorted(mixed)[:256] for part in colour])
    return palette
