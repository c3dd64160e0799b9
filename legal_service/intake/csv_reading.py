"""Reading one CSV file of the tape: encoding detected, every defect of form told with its line."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io

from legal_service.errors import Finding
from legal_service.intake.tape import MOST_ROWS, RawSheet, doubt, error

_TEXT_LIMIT = 256 * 1024 * 1024


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """The text of a CSV file in UTF-8 (with or without BOM) or GB18030.

    A file that is neither (cut in the middle of a character, UTF-16, binary) gives an `error` that names the line and
    the byte where reading stopped. A damaged UTF-8 file is not taken for GB18030, which would read it as other characters.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        line = data.count(b"\n", 0, max(data.find(b"\x00"), 0)) + 1
        return "", [
            error(
                "bad_encoding",
                f"{name}:{line}",
                "文件含 NUL 字节或为 UTF-16 编码；请另存为 UTF-8 或 GB18030 的 CSV。",
                "the file has NUL bytes or is UTF-16; save it as CSV in UTF-8 or GB18030.",
            )
        ]
    encoding = "UTF-8"
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as failure:
        offset = failure.start
    if not _meant_as_utf8(data):
        encoding = "GB18030"
        try:
            return data.decode("gb18030"), []
        except UnicodeDecodeError as failure:
            offset = failure.start
    return "", [_not_decoded(data, name, offset, encoding)]


def _meant_as_utf8(data: bytes) -> bool:
    """Whether a damaged file was UTF-8: more Chinese characters read as such than bytes fail to.

    A Chinese character has three bytes in UTF-8, which GB18030 text with its two imitates only by rare chance.

    >>> [_meant_as_utf8(text) for text in ("张伟李娜".encode("gb18030"), "张伟李娜".encode()[:-1])]
    [False, True]
    """
    text = data.decode("utf-8", errors="replace")
    return data.startswith(codecs.BOM_UTF8) or sum(one > "\u07ff" for one in text) > 2 * text.count("\ufffd")


def _not_decoded(data: bytes, name: str, offset: int, encoding: str) -> Finding:
    line = data.count(b"\n", 0, offset) + 1
    cut = offset >= len(data) - 4
    return error(
        "bad_encoding",
        f"{name}:{line}",
        f"第 {line} 行、第 {offset} 字节处不是合法的 {encoding} 字符"
        + ("：文件似乎在一个汉字中间被截断，请重新导出完整文件。" if cut else "；请确认编码为 UTF-8 或 GB18030。"),
        f"line {line}, byte {offset} is not valid {encoding}"
        + (
            ": the file seems cut in the middle of a character; export it again, whole."
            if cut
            else "; save as UTF-8 or GB18030."
        ),
    )


def read(data: bytes, name: str) -> RawSheet:
    """One CSV file as a raw sheet; defects of form are in its findings, never exceptions.

    >>> read(b"loan_no,amount\\nHM1,2.00\\n", "x.csv").rows
    ((2, ('HM1', '2.00')),)
    """
    digest = hashlib.sha256(data).hexdigest()
    text, findings = decode(data, name)
    if findings:
        return RawSheet(name, (), (), digest, tuple(findings))
    csv.field_size_limit(_TEXT_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for cells in reader:
            if not header:
                header = tuple(cells)
            elif any(cell.strip() for cell in cells):
                findings += _shape(name, line, cells, header)
                rows.append((line, tuple(cells)))
                if len(rows) > MOST_ROWS:
                    findings.append(
                        error(
                            "too_many_rows",
                            f"{name}:1",
                            f"超过 {MOST_ROWS} 行，请分批导入。",
                            f"more than {MOST_ROWS} rows; import in parts.",
                        )
                    )
                    break
            line = reader.line_num + 1
    except csv.Error as failure:
        findings.append(
            error(
                "bad_csv",
                f"{name}:{line}",
                f"第 {line} 行起不是合法的 CSV（{failure}）：多因引号未配对或文件被截断，请补全引号或重新导出。",
                f"not valid CSV from line {line} ({failure}): often an unpaired quote or a cut file; close it or export again.",
            )
        )
    if text and not text.endswith(("\n", "\r")) and rows:
        findings.append(
            doubt(
                "no_final_newline",
                f"{name}:{rows[-1][0]}",
                "文件末尾没有换行，可能被截断；请核对最后一行。",
                "the file does not end with a line break and may be cut; check its last row.",
            )
        )
    return RawSheet(name, header, tuple(rows), digest, tuple(findings))


def _shape(name: str, line: int, cells: list[str], header: tuple[str, ...]) -> list[Finding]:
    found: list[Finding] = []
    if len(cells) < len(header):
        found.append(
            error(
                "short_row",
                f"{name}:{line}",
                f"本行只有 {len(cells)} 列，表头有 {len(header)} 列：文件可能被截断或缺少逗号，请补全本行。",
                f"{len(cells)} cells where the header has {len(header)}: the file was cut or a comma is missing; complete the row.",
            )
        )
    if any(cell.strip() for cell in cells[len(header) :]):
        found.append(
            error(
                "long_row",
                f"{name}:{line}",
                f"本行有 {len(cells)} 列，多于表头的 {len(header)} 列：含逗号的内容须加引号。",
                f"{len(cells)} cells where the header has {len(header)}: quote cells that contain commas.",
            )
        )
    return found
