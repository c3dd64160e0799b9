"""Make the private font set `.fonts/` from Debian packages: 宋 仿宋 黑 楷 as static, trimmed, renamed faces.

Run by `make setup` with the project's Python: `.venv/bin/python setup/fonts.py`. Does nothing when the set is there and
nothing it was made from has changed. Exit 1, with the exact command to run, when a package is missing.

Why not the packages as they are: a face inside a .ttc renders slower and makes bigger files; FandolFang draws ￥ as $;
and fonts of the machine would change the page from one machine to the next.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "setup")]

import fangsong  # noqa: E402
import subsetter  # noqa: E402

from legal_service.documents import typefaces  # noqa: E402  (the project may not be installed yet)

OUT = ROOT / ".fonts"
SHARE = Path("/usr/share")
NOTO = SHARE / "fonts/opentype/noto"
WENKAI = SHARE / "fonts/truetype/lxgw-wenkai"
DEJAVU = SHARE / "fonts/truetype/dejavu"
PACKAGES = ("fonts-noto-cjk", "fonts-lxgw-wenkai", "fonts-dejavu-core")
SC = 2
"""Each Noto .ttc holds JP, KR, SC, TC, HK in this order; `_rename` refuses another."""
ASCENT, DESCENT = 1.01, 0.29
"""Of the em: together the 1.3 that Word gives a single line of 宋体."""

HANZI = {
    ord(c)
    for c in bytes(b for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode(
        "gb2312", "ignore"
    )
}
SYMBOLS = {
    ord(c)
    for c in bytes(b for row in range(0xA1, 0xAA) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode(
        "gb2312", "ignore"
    )
}
BLOCKS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x202F, 0x205F), (0x20A0, 0x20BF), (0x2100, 0x22FF), (0x2460, 0x266F),
    (0x2713, 0x2718), (0x3000, 0x303F), (0x3200, 0x33FF), (0xFF00, 0xFFEF),
)  # fmt: skip
WIDE = HANZI | SYMBOLS | {point for first, last in BLOCKS for point in range(first, last + 1)}
LATIN_QUOTES = frozenset(map(ord, "“”‘’"))  # LXGW WenKai draws them as wide as Latin ones
# FandolFang draws U+FFE5 ￥ as a dollar and 〇 too small; without the spaces .notdef boxes appear between words.
FANG_PUNCTUATION = set(range(0x3001, 0x3018)) | set(range(0xFF01, 0xFF5F)) | set(map(ord, "—‘’“”…·"))
NARROW = (HANZI | FANG_PUNCTUATION | {0x20, 0xA0, 0x3000}) - {0x3007, 0xFFE5, 0xFF04}


@dataclass(frozen=True)
class Face:
    """One file of the set: where its outlines come from and what it is called here."""

    file: str
    family: str
    source: Path
    member: int = 0  # which face inside a .ttc
    bold: bool = False
    points: frozenset[int] | None = None  # None: untrimmed
    struck_twice: bool = False


def _faces(fang: Path) -> list[Face]:
    wide, narrow = frozenset(WIDE), frozenset(NARROW)
    faces = [
        Face("fang-bold.otf", typefaces.FANG, fang, bold=True, points=narrow, struck_twice=True),
        Face("fang.otf", typefaces.FANG, fang, points=narrow),
        Face("title.otf", typefaces.TITLE, NOTO / "NotoSerifCJK-Bold.ttc", SC, points=wide),
    ]
    for family, stem, name in ((typefaces.SONG, "Serif", "song"), (typefaces.HEI, "Sans", "hei")):
        for bold in (False, True):
            source = NOTO / f"Noto{stem}CJK-{'Bold' if bold else 'Regular'}.ttc"
            end = "-bold.otf" if bold else ".otf"
            faces.append(Face(name + end, family, source, SC, bold, wide))
            faces.append(Face(f"{name}-full{end}", family + typefaces.FULL, source, SC, bold))
    for bold in (False, True):
        source = WENKAI / f"LXGWWenKai-{'Bold' if bold else 'Regular'}.ttf"
        end = "-bold.ttf" if bold else ".ttf"
        faces.append(Face("kai" + end, typefaces.KAI, source, bold=bold, points=wide - LATIN_QUOTES))
        faces.append(Face("kai-full" + end, typefaces.KAI + typefaces.FULL, source, bold=bold))
        boxes = DEJAVU / f"DejaVuSans{'-Bold' if bold else ''}.ttf"
        faces.append(Face("boxes" + end, typefaces.BOXES, boxes, bold=bold))
    return faces


def _make(face: Face, folder: str) -> None:
    if face.points is not None:
        font = TTFont(io.BytesIO(subsetter.trimmed(face.source, face.member, face.points)))
    else:
        font = _member(face)
        for table in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"):
            if table in font:
                del font[table]
    font.recalcBBoxes = font.recalcTimestamp = False
    if face.struck_twice:
        _strike_twice(font)
    _rename(font, face)
    _level(font)
    font.save(Path(folder) / face.file, reorderTables=None)


def _member(face: Face) -> TTFont:
    with face.source.open("rb") as stream:
        collected = stream.read(4) == b"ttcf"
    if not collected:
        return TTFont(face.source, lazy=True)
    return TTCollection(str(face.source), lazy=True)[face.member]


def _strike_twice(font: TTFont) -> None:
    """A bold of 仿宋, which has none: each outline drawn a second time a little to the right, as Word does on the screen."""
    glyphs = font.getGlyphSet()
    charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
    for name in font.getGlyphOrder():
        outline = RecordingPen()
        glyphs[name].draw(outline)
        if not outline.value:
            continue
        pen = T2CharStringPen(None, glyphs)
        outline.replay(TransformPen(pen, (1, 0, 0, 1, -11, 0)))
        outline.replay(TransformPen(pen, (1, 0, 0, 1, 11, 0)))
        old = charstrings[name]
        charstrings[name] = pen.getCharString(old.private, old.globalSubrs, optimize=False)


def _level(font: TTFont) -> None:
    """Give every face the same ascent and descent, so that a line keeps its height whichever faces its characters come from."""
    em = font["head"].unitsPerEm
    ascent, descent = round(em * ASCENT), round(em * DESCENT)
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = ascent
    font["hhea"].descent = font["OS/2"].sTypoDescender = -descent
    font["OS/2"].usWinDescent = descent
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0


def _rename(font: TTFont, face: Face) -> None:
    style = "Bold" if face.bold else "Regular"
    postscript = f"{face.family}-{style}".replace(" ", "")
    names = font["name"]
    if face.source.suffix == ".ttc" and not names.getDebugName(4).split(" CJK ")[1].startswith("SC"):
        raise SystemExit(f"fonts: face {face.member} of {face.source} is {names.getDebugName(4)}, not SC")
    licence = [names.getDebugName(number) for number in (0, 13, 14)]
    names.names = []
    texts = {
        0: licence[0],
        1: face.family,
        2: style,
        3: postscript,
        4: f"{face.family} {style}",
        6: postscript,
        13: licence[1],
        14: licence[2],
    }
    for number, text in texts.items():
        if text:
            names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if face.bold else 400
    font["OS/2"].fsSelection = 0x20 if face.bold else 0x40
    font["head"].macStyle = 1 if face.bold else 0


def _versions() -> dict[str, str]:
    """The versions of the Debian packages the faces come from; stops when one is not installed."""
    found = {}
    for package in PACKAGES:
        done = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", package],
            capture_output=True,
            text=True,
            check=False,
        )
        status, _, version = done.stdout.partition(" ")
        if status != "installed":
            command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
            print(
                f"fonts: {package} is missing. Run as root:  {command}\n  缺少软件包 {package}。请以 root 身份运行：  {command}",
                file=sys.stderr,
            )
            raise SystemExit(1)
        found[package] = version
    return found


def _licences() -> None:
    folder = OUT / "licences"
    folder.mkdir(exist_ok=True)
    for package in PACKAGES:
        shutil.copyfile(SHARE / "doc" / package / "copyright", folder / f"{package}.txt")
    for text in (OUT / "source").glob("FandolFang-*.txt"):
        shutil.copyfile(text, folder / text.name)


def _coverage(folder: Path) -> dict[str, list[tuple[int, int]]]:
    points: set[int] = set()
    for path in sorted(folder.iterdir()):
        points |= set(TTFont(path, lazy=True).getBestCmap())
    return {"ranges": list(typefaces.ranges_of(points))}


def main() -> None:
    """Make the set, or say that it is there."""
    versions = _versions()
    sources = [Path(__file__), Path(fangsong.__file__), Path(subsetter.__file__), Path(typefaces.__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources) + str(OUT).encode())
    stamp = json.dumps({"scripts": digest.hexdigest(), **versions}, indent=1, sort_keys=True)
    stamped = OUT / "stamp.json"
    if stamped.is_file() and stamped.read_text() == stamp:
        print("fonts: the private set is there and current")
        return
    fang = fangsong.face(OUT)
    stamped.unlink(missing_ok=True)
    making, faces = OUT / "making", OUT / "faces"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    wanted = _faces(fang)
    print(f"fonts: making {len(wanted)} faces of 宋 仿宋 黑 楷 …", flush=True)
    with ProcessPoolExecutor(max_workers=2) as pool:
        for done in [pool.submit(_make, face, str(making)) for face in wanted]:
            done.result()
    (OUT / "coverage.json").write_text(json.dumps(_coverage(making)))
    shutil.rmtree(faces, ignore_errors=True)
    making.rename(faces)
    _licences()
    shutil.rmtree(OUT / "cache", ignore_errors=True)
    (OUT / "fonts.conf").write_text(
        typefaces.configuration(faces=str(faces), cache=str(OUT / "cache")), encoding="utf-8"
    )
    stamped.write_text(stamp)
    print(
        f"fonts: done, {sum(path.stat().st_size for path in faces.iterdir()) // 1_000_000} MB in {faces.relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()
