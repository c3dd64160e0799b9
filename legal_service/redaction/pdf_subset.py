"""Fonts of a redacted copy: only the glyphs that are still shown, no names, no leftovers in maps and widths."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import Any

import pikepdf
from fontTools.agl import UV2AGL
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont, TTLibError

from legal_service.redaction.font_subset import fonttools_subset, harfbuzz_subset, nameless
from legal_service.redaction.pdf_fonts import PdfFont, font_program
from legal_service.redaction.withheld import Withheld

_DESCRIPTOR_WRITTEN = """
/Flags /FontBBox /ItalicAngle /Ascent /Descent /CapHeight /XHeight /StemV /StemH /MissingWidth
"""
_DESCRIPTOR = _DESCRIPTOR_WRITTEN.split()
_BROKEN = (TTLibError, KeyError, ValueError, AssertionError, TypeError, IndexError, AttributeError, EOFError)


def font_copy(target: pikepdf.Pdf, font: PdfFont, used: Collection[int], number: int) -> Any:
    """The font in the new document with the used codes only; `number` names it."""
    if font.wide:
        return _composite(target, font, sorted(used), number)
    return _simple(target, font, sorted(used), number)


def _composite(target: pikepdf.Pdf, font: PdfFont, used: list[int], number: int) -> Any:
    old = font.source.DescendantFonts[0]
    program = font_program(old.get("/FontDescriptor"))
    name = _name(old.get("/BaseFont"), program, number)
    glyphs, mapping = _cid_glyphs(old, used)
    new = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=old.Subtype,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=font.default_width,
        W=pikepdf.Array(
            [item for code in used if code in font.widths for item in (code, pikepdf.Array([font.widths[code]]))]
        ),
        FontDescriptor=_descriptor(target, old.get("/FontDescriptor"), name, program, used, glyphs, None),
    )
    if str(old.Subtype) == "/CIDFontType2":
        new["/CIDToGIDMap"] = pikepdf.Name.Identity if mapping is None else target.make_stream(mapping)
    return target.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([target.make_indirect(new)]),
            ToUnicode=target.make_stream(to_unicode_map(font, used)),
        )
    )


def _cid_glyphs(old: Any, used: list[int]) -> tuple[list[int], bytes | None]:
    """The glyph ids of the used codes, and the code-to-glyph map without the others."""
    table = old.get("/CIDToGIDMap")
    if not isinstance(table, pikepdf.Stream):
        return used, None
    old_map = table.read_bytes()
    new_map = bytearray(2 * (max(used, default=0) + 1))
    glyphs = []
    for code in used:
        entry = old_map[2 * code : 2 * code + 2]
        new_map[2 * code : 2 * code + 2] = entry.ljust(2, b"\0")
        glyphs.append(int.from_bytes(entry, "big"))
    return glyphs, bytes(new_map)


def _simple(target: pikepdf.Pdf, font: PdfFont, used: list[int], number: int) -> Any:
    old = font.source
    program = font_program(old.get("/FontDescriptor"))
    name = _name(old.get("/BaseFont"), program, number)
    new = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=old.Subtype, BaseFont=name)
    if "/Widths" in old and used:
        new["/FirstChar"], new["/LastChar"] = used[0], used[-1]
        new["/Widths"] = pikepdf.Array(
            [font.widths.get(code, 0) if code in used else 0 for code in range(used[0], used[-1] + 1)]
        )
    encoding = _encoding_copy(old.get("/Encoding"), used)
    if encoding is not None:
        new["/Encoding"] = encoding
    if "/FontDescriptor" in old:
        new["/FontDescriptor"] = _descriptor(target, old.FontDescriptor, name, program, used, [], font)
    new["/ToUnicode"] = target.make_stream(to_unicode_map(font, used))
    return target.make_indirect(new)


def _encoding_copy(entry: Any, used: list[int]) -> Any:
    if entry is None or not hasattr(entry, "keys"):
        return None if entry is None else pikepdf.Name(str(entry))
    copy = pikepdf.Dictionary(Type=pikepdf.Name.Encoding)
    if "/BaseEncoding" in entry:
        copy["/BaseEncoding"] = pikepdf.Name(str(entry.BaseEncoding))
    differences: list[Any] = []
    code = 0
    for item in entry.get("/Differences", []):
        if isinstance(item, int):
            code = item
            continue
        if code in used:
            differences += [code, pikepdf.Name(str(item))]
        code += 1
    copy["/Differences"] = pikepdf.Array(differences)
    return copy


def _name(old: Any, program: tuple[str, Any] | None, number: int) -> pikepdf.Name:
    """Standard fonts keep their name; an embedded font is only numbered."""
    return pikepdf.Name(str(old)) if program is None and str(old).isascii() else pikepdf.Name(f"/AAAAAA+F{number}")


def _descriptor(
    target: pikepdf.Pdf,
    old: Any,
    name: pikepdf.Name,
    program: tuple[str, Any] | None,
    codes: list[int],
    glyphs: list[int],
    simple: PdfFont | None,
) -> Any:
    new = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=name)
    for key in _DESCRIPTOR:
        if old is not None and key in old:
            new[key] = pikepdf.Array([float(part) for part in old[key]]) if key == "/FontBBox" else float(old[key])
    new["/Flags"] = int(new.get("/Flags", 4))
    if program is None:
        return target.make_indirect(new)
    key, stream = program
    subtype = str(stream.get("/Subtype", ""))
    data = stream.read_bytes()
    try:
        if key == "/FontFile2" or subtype == "/OpenType":
            data = _sfnt(data, glyphs, codes, simple)
        elif key == "/FontFile3":
            data = _bare_cff(data, glyphs, codes, simple)
        else:
            raise Withheld(
                "font_type1",
                "PDF 内嵌 Type 1 字体无法重新裁剪",
                "an embedded Type 1 font cannot be cut down to what is left",
            )
    except _BROKEN as error:
        raise Withheld(
            "font_program", "PDF 内嵌字体无法重新裁剪", "an embedded font cannot be cut down to what is left"
        ) from error
    copy = target.make_stream(data)
    if key == "/FontFile2":
        copy["/Length1"] = len(data)
    else:
        copy["/Subtype"] = pikepdf.Name(subtype)
    new[key] = copy
    return target.make_indirect(new)


def _sfnt(data: bytes, glyphs: list[int], codes: list[int], simple: PdfFont | None) -> bytes:
    """A TrueType or OpenType program with the wanted glyphs only, under their old ids."""
    if simple is not None:
        font = TTFont(io.BytesIO(data), lazy=True)
        glyphs = [font.getGlyphID(name) for name in _simple_glyphs(font, codes, simple)]
    small = harfbuzz_subset(data, glyphs)
    return small if small is not None else fonttools_subset(data, glyphs)


def _simple_glyphs(font: TTFont, codes: list[int], simple: PdfFont) -> list[str]:
    """Every glyph that a viewer might take for one of the used codes."""
    wanted: set[str] = set()
    order = set(font.getGlyphOrder())
    for table in font["cmap"].tables if "cmap" in font else []:
        for code in codes:
            text = simple.texts.get(code, "")
            for sought in (code, 0xF000 + code, ord(text) if len(text) == 1 else -1):
                if sought in table.cmap:
                    wanted.add(table.cmap[sought])
    if not wanted:
        wanted |= order if len(order) <= len(codes) + 4 else set()
    return sorted(wanted & order)


def _bare_cff(data: bytes, glyphs: list[int], codes: list[int], simple: PdfFont | None) -> bytes:
    """A bare CFF font whose unused glyphs are emptied in place, so that ids and encodings stay."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[fonts.fontNames[0]]
    order = top.charset
    if simple is None:
        wanted = {f"cid{code:05d}" for code in codes} | (
            {order[glyph] for glyph in glyphs if glyph < len(order)} if not hasattr(top, "ROS") else set()
        )
    else:
        encoding = top.Encoding if isinstance(top.Encoding, list) else []
        wanted = {encoding[code] for code in codes if code < len(encoding)} | _differences(simple, codes)
    for name in order:
        if name != ".notdef" and name not in wanted:
            charstring = top.CharStrings[name]
            charstring.decompile()
            charstring.setProgram(["endchar"])
    nameless(fonts)
    written = io.BytesIO()
    fonts.compile(written, None, isCFF2=False)
    return written.getvalue()


def _differences(simple: PdfFont, codes: list[int]) -> set[str]:
    entry = simple.source.get("/Encoding")
    names = {UV2AGL.get(ord(simple.texts[code]), "") for code in codes if len(simple.texts.get(code, "")) == 1}
    code = 0
    for item in entry.get("/Differences", []) if entry is not None and hasattr(entry, "keys") else []:
        if isinstance(item, int):
            code = item
            continue
        if code in codes:
            names.add(str(item).lstrip("/"))
        code += 1
    return names - {""}


def to_unicode_map(font: PdfFont, used: Collection[int]) -> bytes:
    """A ToUnicode map of the used codes and nothing else."""
    digits = 4 if font.wide else 2
    codes = [code for code in sorted(used) if font.texts.get(code)]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", f"<{'0' * digits}> <{'f' * digits}>", "endcodespacerange",
    ]  # fmt: skip
    for at in range(0, len(codes), 100):
        block = codes[at : at + 100]
        lines += [f"{len(block)} beginbfchar"]
        lines += [f"<{code:0{digits}x}> <{font.texts[code].encode('utf-16-be').hex()}>" for code in block]
        lines += ["endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
