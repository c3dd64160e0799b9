"""Reading a package that somebody else sent: nothing in it is believed, nothing is unpacked to disk, everything is bounded.

A ZIP has two tables of contents (local headers and the central directory) and room between entries; programs that read
different ones see different files. Here both must agree and leave no room, so that what is verified is what anyone opens.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO, BinaryIO

from legal_service.errors import Refusal, Words
from legal_service.evidence.bag import check_name

LARGEST_FILE = 4 << 30
LARGEST_PACKAGE = 8 << 30
MOST_FILES = 20_000
STEEPEST = 200  # of deflate: PDF and JPEG stay under 2, repetitive JSON Lines under 50
_NOTEWORTHY = 10 << 20
_CHUNK = 1 << 20
_LOCAL = struct.Struct("<4s5H3L2H")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package: its size in bytes and how to read it."""

    size: int
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one file of a package; an empty `file` means the package as a whole."""

    file: str
    code: str
    message: Words


class Altered(OSError):
    """The bytes of a file are not those its own container says it has."""


@dataclass(slots=True)
class Tree:
    """The files of one package by their path below its root directory, and what is wrong with the container itself."""

    root: str
    entries: dict[str, Entry]
    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, code: str, zh: str, en: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, code, Words(zh=zh, en=en)))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, never more than its size; raises `OSError` when it cannot be read."""
        entry = self.entries[name]
        left = entry.size
        try:
            with entry.open() as stream:
                while left >= 0 and (chunk := stream.read(min(_CHUNK, left + 1))):
                    left -= len(chunk)
                    if left < 0:
                        raise OSError("longer than its declared size")
                    yield chunk
        except zipfile.BadZipFile as error:
            raise (Altered if "CRC-32" in str(error) else OSError)(str(error)) from error
        except (zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
            raise OSError(str(error)) from error
        if left:
            raise OSError("shorter than its declared size")

    def content(self, name: str, limit: int) -> bytes:
        """A small file as bytes; `OSError` beyond the limit."""
        if self.entries[name].size > limit:
            raise OSError(f"larger than {limit} bytes")
        return b"".join(self.chunks(name))


def read_zip(stream: BinaryIO) -> Tree:
    """The tree of a ZIP; every fault of the container is a problem, none is raised."""
    tree = Tree(root="", entries={})
    try:
        archive = zipfile.ZipFile(stream)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        struct.error,
        NotImplementedError,
        EOFError,
        OverflowError,
    ) as error:
        tree.add("", "not_a_zip", f"不是完好的 ZIP 文件：{error}", f"not a sound ZIP file: {error}")
        return tree
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > MOST_FILES or total > min(LARGEST_PACKAGE, max(_NOTEWORTHY, STEEPEST * stream.seek(0, 2))):
        tree.add(
            "", "too_large", "文件数或总大小超过上限，未展开", "more files or bytes than a package may have; not opened"
        )
        return tree
    roots: set[str] = set()
    for member in members:
        _take(archive, member, tree, roots)
    if len(roots) > 1:
        listed = "、".join(sorted(roots)[:5])
        tree.add(
            "",
            "several_roots",
            f"证据包应只有一个目录，现有：{listed}",
            f"a package has one directory; found: {listed}",
        )
    tree.root = min(roots, default="")
    _check_seams(stream, archive, members, tree)
    return tree


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, tree: Tree, roots: set[str]) -> None:
    given = member.orig_filename
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in given)[:200]
    if (fault := _fault(member)) is not None:
        tree.add(shown, *fault)
        return
    try:
        name = check_name(given.removesuffix("/"))
    except Refusal as refusal:
        tree.add(shown, "unsafe_name", refusal.reason.zh, refusal.reason.en)
        return
    root, _, inside = name.partition("/")
    roots.add(root)
    if member.is_dir():
        return
    if not inside:
        tree.add(shown, "outside_root", "文件不在证据包目录之内", "lies outside the package's directory")
    elif name != given:
        tree.add(shown, "name_not_nfc", "文件名不是 Unicode NFC 形式", "the name is not in Unicode form NFC")
    elif inside in tree.entries:
        tree.add(shown, "duplicate_name", "同一名称出现两次", "the name occurs twice")
    else:
        tree.entries[inside] = Entry(size=member.file_size, open=partial(archive.open, member))


def _fault(member: zipfile.ZipInfo) -> tuple[str, str, str] | None:
    mode = member.external_attr >> 16
    if member.flag_bits & 0x1:
        return "encrypted", "文件已加密", "the file is encrypted"
    if member.create_system == 3 and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "not_a_file", "链接或特殊文件", "a link or special file"
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "compression", "不支持的压缩方法", "compressed by an unsupported method"
    if not member.flag_bits & 0x800 and not member.orig_filename.isascii():
        return "name_encoding", "文件名未声明为 UTF-8", "the name is not declared to be UTF-8"
    if member.file_size > LARGEST_FILE:
        return "too_large", "文件过大", "the file is too large"
    if member.file_size > max(_NOTEWORTHY, STEEPEST * member.compress_size):
        return "bomb", "压缩比异常，未展开", "suspiciously compressed; not opened"
    return None


def _check_seams(stream: BinaryIO, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], tree: Tree) -> None:
    """Entries must lie one behind the other from the first byte to the central directory, each as its local header says."""
    hidden = ("hidden_data", "ZIP 内有目录未列出的数据", "the ZIP holds data that its directory does not list")
    position = 0
    try:
        for member in sorted(members, key=lambda each: each.header_offset):
            if member.header_offset != position:
                tree.add("", *hidden)
                return
            stream.seek(position)
            magic, _, flags, method, _, _, _, size, plain, name_length, extra_length = _LOCAL.unpack(
                stream.read(_LOCAL.size)
            )
            local_name = stream.read(name_length)
            expected = member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace")
            described = bool(flags & 0x8)
            if magic != b"PK\x03\x04" or local_name != expected or method != member.compress_type:
                tree.add(member.orig_filename, "headers_differ", "两处目录不一致", "its two headers disagree")
                return
            if (
                not described
                and 0xFFFFFFFF not in (size, plain)
                and (size, plain) != (member.compress_size, member.file_size)
            ):
                tree.add(member.orig_filename, "headers_differ", "两处目录不一致", "its two headers disagree")
                return
            position += _LOCAL.size + name_length + extra_length + member.compress_size
            if described:
                position += _descriptor(stream, position, member)
        end = stream.seek(0, 2)
        if position != archive.start_dir or archive.comment or _tail(stream, archive.start_dir, end) != end:
            tree.add("", *hidden)
    except (struct.error, OSError, ValueError) as error:
        tree.add("", "not_a_zip", f"不是完好的 ZIP 文件：{error}", f"not a sound ZIP file: {error}")


def _descriptor(stream: BinaryIO, position: int, member: zipfile.ZipInfo) -> int:
    """The length of the data descriptor behind an entry: with or without signature, 32 or 64 bits."""
    stream.seek(position)
    found = stream.read(24)
    for signature in (b"PK\x07\x08", b""):
        for layout in ("<LLL", "<LQQ"):
            wanted = signature + struct.pack(layout, member.CRC, member.compress_size, member.file_size)
            if found.startswith(wanted):
                return len(wanted)
    raise ValueError("data descriptor")


def _tail(stream: BinaryIO, start: int, end: int) -> int:
    """Where the archive ends by its own account: central directory, 64-bit records if any, end record without comment."""
    stream.seek(max(start, end - 98))
    rest = stream.read()
    record = rest[-22:]
    if record[:4] != b"PK\x05\x06":
        return -1
    size = struct.unpack("<L", record[12:16])[0]
    locator = rest[-42:-22]
    if locator[:4] == b"PK\x06\x07":
        wide = rest[-98:-42]
        if len(wide) != 56 or wide[:4] != b"PK\x06\x06":
            return -1
        return start + int(struct.unpack("<Q", wide[40:48])[0]) + 98
    return start + int(size) + 22
