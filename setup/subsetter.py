"""Trim a face to some characters with libharfbuzz-subset, the library WeasyPrint embeds fonts with: a second where Python takes a minute."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from pathlib import Path

NO_HINTING, DESUBROUTINIZE, NOTDEF_OUTLINE = 0x1, 0x4, 0x40  # hb_subset_flags_t
DROP_TABLE_TAG = 3  # hb_subset_sets_t
DROPPED = ("GSUB", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT", "MATH")


def trimmed(source: Path, member: int, points: Iterable[int]) -> bytes:
    """The font file of one face (`member` of a .ttc, else 0) with only these code points. Raises `OSError`, `ValueError`."""
    harfbuzz, subset = _libraries()
    blob = harfbuzz.hb_blob_create_from_file_or_fail(str(source).encode())
    if not blob:
        raise OSError(f"cannot read {source}")
    face = harfbuzz.hb_face_create(blob, member)
    wanted = subset.hb_subset_input_create_or_fail()
    kept = subset.hb_subset_input_unicode_set(wanted)
    for point in points:
        harfbuzz.hb_set_add(kept, point)
    dropped = subset.hb_subset_input_set(wanted, DROP_TABLE_TAG)
    for table in DROPPED:
        harfbuzz.hb_set_add(dropped, int.from_bytes(table.encode(), "big"))
    subset.hb_subset_input_set_flags(wanted, NO_HINTING | DESUBROUTINIZE | NOTDEF_OUTLINE)
    small = subset.hb_subset_or_fail(face, wanted)
    if not small:
        raise ValueError(f"{source}: harfbuzz could not trim face {member}")
    out = harfbuzz.hb_face_reference_blob(small)
    length = ctypes.c_uint()
    data = ctypes.string_at(harfbuzz.hb_blob_get_data(out, ctypes.byref(length)), length.value)
    for destroy, thing in (
        (harfbuzz.hb_blob_destroy, out),
        (harfbuzz.hb_face_destroy, small),
        (subset.hb_subset_input_destroy, wanted),
        (harfbuzz.hb_face_destroy, face),
        (harfbuzz.hb_blob_destroy, blob),
    ):
        destroy(thing)
    return data


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    harfbuzz, subset = ctypes.CDLL("libharfbuzz.so.0"), ctypes.CDLL("libharfbuzz-subset.so.0")
    handle, number = ctypes.c_void_p, ctypes.c_uint32
    signatures = {
        harfbuzz: {
            "hb_blob_create_from_file_or_fail": (handle, [ctypes.c_char_p]),
            "hb_face_create": (handle, [handle, ctypes.c_uint]),
            "hb_set_add": (None, [handle, number]),
            "hb_face_reference_blob": (handle, [handle]),
            "hb_blob_get_data": (handle, [handle, ctypes.POINTER(ctypes.c_uint)]),
            "hb_blob_destroy": (None, [handle]),
            "hb_face_destroy": (None, [handle]),
        },
        subset: {
            "hb_subset_input_create_or_fail": (handle, []),
            "hb_subset_input_unicode_set": (handle, [handle]),
            "hb_subset_input_set": (handle, [handle, ctypes.c_int]),
            "hb_subset_input_set_flags": (None, [handle, ctypes.c_uint]),
            "hb_subset_or_fail": (handle, [handle, handle]),
            "hb_subset_input_destroy": (None, [handle]),
        },
    }
    for library, functions in signatures.items():
        for name, (result, arguments) in functions.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    return harfbuzz, subset
