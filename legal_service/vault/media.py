"""What a file is, told by its bytes and not by its name."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile

from legal_service.errors import Finding, Words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN = "application/octet-stream"

_OPENINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"ID3", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftyp", "video/mp4"),
)

_SUFFIXES: dict[str, frozenset[str]] = {
    ".pdf": frozenset({"application/pdf"}),
    ".png": frozenset({"image/png"}),
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".tif": frozenset({"image/tiff"}),
    ".tiff": frozenset({"image/tiff"}),
    ".mp3": frozenset({"audio/mpeg"}),
    ".wav": frozenset({"audio/wav"}),
    ".mp4": frozenset({"video/mp4"}),
    ".m4a": frozenset({"video/mp4"}),
    ".docx": frozenset({DOCX}),
    ".xlsx": frozenset({XLSX}),
    ".zip": frozenset({"application/zip"}),
    ".json": frozenset({"application/json"}),
    ".csv": frozenset({"text/csv", "text/plain"}),
    ".txt": frozenset({"text/plain", "text/csv", "application/json"}),
}

_PARTS_LIST = "[Content_Types].xml"
_PARTS_LIMIT = 1 << 20  # bytes; the list of parts of a real document is a few kilobytes


def sniff(content: bytes) -> str:
    """The media type of these bytes; `application/octet-stream` when they are nothing we know.

    >>> sniff(b"%PDF-1.7")
    'application/pdf'
    >>> sniff("合同编号,本金\\nHT0001,10000.00\\n".encode("gb18030"))
    'text/csv'
    """
    for offset, opening, media_type in _OPENINGS:
        if content[offset : offset + len(opening)] == opening:
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _written(content)


def check(filename: str, content: bytes) -> Finding | None:
    """A finding when the bytes are not what the suffix of the name promises; `doubt` for a suffix we do not know."""
    dot = filename.rfind(".")
    suffix = filename[dot:].lower() if dot > 0 else ""
    found = sniff(content)
    allowed = _SUFFIXES.get(suffix)
    if allowed is None:
        return Finding(
            "suffix_unknown",
            "doubt",
            filename,
            Words(
                zh=f"无法由后缀判断文件类型；内容为 {found}",
                en=f"the suffix does not tell the type; the bytes are {found}",
            ),
        )
    if found in allowed:
        return None
    return Finding(
        "media_type_mismatch",
        "error",
        filename,
        Words(
            zh=f"后缀为 {suffix}，内容却是 {found}：请核对是否传错文件或文件已损坏",
            en=f"the suffix is {suffix} but the bytes are {found}: wrong file, or damaged?",
        ),
    )


def _office(content: bytes) -> str:
    """DOCX and XLSX are ZIP files whose list of parts names the main part; any other sound ZIP is a ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _PARTS_LIST not in archive.namelist():
                return "application/zip"
            with archive.open(_PARTS_LIST) as stream:
                parts = stream.read(_PARTS_LIMIT)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return UNKNOWN
    for media_type in (DOCX, XLSX):
        if f"{media_type}.main+xml".encode() in parts:
            return media_type
    return "application/zip"


def _written(content: bytes) -> str:
    """Text, CSV or JSON in UTF-8 or GB18030; text holds no control characters but tab and line ends."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return UNKNOWN
    if any(letter not in "\t\r\n\f" and unicodedata.category(letter) == "Cc" for letter in set(text)):
        return UNKNOWN
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return "application/json"
    return "text/csv" if _is_table(text) else "text/plain"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(text: str) -> bool:
    try:
        widths = {
            len(row) for _, row in zip(range(50), csv.reader(io.StringIO(text), strict=True), strict=False) if row
        }
    except csv.Error:
        return False
    return len(widths) == 1 and widths != {1} and text.count("\n") > 0
