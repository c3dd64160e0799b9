"""A font program cut down to some glyphs under their old ids: by HarfBuzz where it is installed, else by fontTools."""

from __future__ import annotations

import ctypes
import ctypes.util
import io
from collections.abc import Iterable
from functools import lru_cache

from fontTools import subset
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

_DROPPED = ("name", "GSUB", "GPOS", "GDEF", "BASE", "DSIG", "meta", "VORG", "STAT", "kern", "PfEd", "FFTM")
_RETAIN_IDS_AND_NOTDEF = 0x02 | 0x40
_GLYPHS, _DROP_TABLES, _NAMES = 0, 3, 4
_DUPLICATE = 0


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    """HarfBuzz's subsetter with its signatures, or None where the system has none."""
    name = ctypes.util.find_library("harfbuzz-subset")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    signatures: dict[str, tuple[object, list[object]]] = {
        "hb_blob_create": (pointer, [ctypes.c_char_p, number, ctypes.c_int, pointer, pointer]),
        "hb_blob_destroy": (None, [pointer]),
        "hb_blob_get_data": (pointer, [pointer, ctypes.POINTER(number)]),
        "hb_face_create": (pointer, [pointer, number]),
        "hb_face_destroy": (None, [pointer]),
        "hb_face_reference_blob": (pointer, [pointer]),
        "hb_set_add": (None, [pointer, number]),
        "hb_set_clear": (None, [pointer]),
        "hb_subset_input_create_or_fail": (pointer, []),
        "hb_subset_input_destroy": (None, [pointer]),
        "hb_subset_input_set": (pointer, [pointer, ctypes.c_int]),
        "hb_subset_input_set_flags": (None, [pointer, number]),
        "hb_subset_or_fail": (pointer, [pointer, pointer]),
    }
    for function, (answer, arguments) in signatures.items():
        entry = getattr(library, function)
        entry.restype, entry.argtypes = answer, arguments
    return library


def harfbuzz_subset(data: bytes, glyphs: Iterable[int]) -> bytes | None:
    """The font with these glyph ids (and .notdef) only; None where HarfBuzz is missing or refuses the font."""
    library = _library()
    if library is None:
        return None
    blob = library.hb_blob_create(data, len(data), _DUPLICATE, None, None)
    face = library.hb_face_create(blob, 0)
    wanted = library.hb_subset_input_create_or_fail()
    try:
        library.hb_subset_input_set_flags(wanted, _RETAIN_IDS_AND_NOTDEF)
        for glyph in {0, *glyphs}:
            library.hb_set_add(library.hb_subset_input_set(wanted, _GLYPHS), glyph)
        for tag in _DROPPED:
            library.hb_set_add(
                library.hb_subset_input_set(wanted, _DROP_TABLES), int.from_bytes(tag.encode("ascii"), "big")
            )
        library.hb_set_clear(library.hb_subset_input_set(wanted, _NAMES))
        small = library.hb_subset_or_fail(face, wanted)
        if not small:
            return None
        return _bytes(library, small)
    finally:
        library.hb_subset_input_destroy(wanted)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


def _bytes(library: ctypes.CDLL, face: int) -> bytes:
    blob = library.hb_face_reference_blob(face)
    length = ctypes.c_uint()
    start = library.hb_blob_get_data(blob, ctypes.byref(length))
    copied = ctypes.string_at(start, length.value)
    library.hb_blob_destroy(blob)
    library.hb_face_destroy(face)
    return copied


def fonttools_subset(data: bytes, glyphs: Iterable[int]) -> bytes:
    """The same by fontTools: slower, everywhere available."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    count = len(font.getGlyphOrder())
    options = subset.Options(
        retain_gids=True, notdef_outline=True, layout_features=[], name_IDs=[], legacy_cmap=True, symbol_cmap=True,
        hinting=True, recalc_timestamp=False,
    )  # fmt: skip
    options.drop_tables += list(_DROPPED)
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=[glyph for glyph in glyphs if glyph < count])
    subsetter.subset(font)
    if "CFF " in font:
        nameless(font["CFF "].cff)
    written = io.BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()


def nameless(fonts: CFFFontSet) -> None:
    """Names and notices of a CFF font say nothing a reader needs."""
    for index in range(len(fonts.fontNames)):
        top = fonts.topDictIndex[index]
        for key in ("Notice", "Copyright", "FullName", "FamilyName", "Weight", "version"):
            top.rawDict.pop(key, None)
            if hasattr(top, key):
                delattr(top, key)
    fonts.fontNames = [f"F{index}" for index in range(len(fonts.fontNames))]
